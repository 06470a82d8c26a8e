//! Mutations up: each applied whole or not at all, its receipt in the same transaction, answered after the commit.

use super::{
    apply,
    history::History,
    queries::{self, Kept, NewReceipt},
};
use crate::{State, account::Session, db::Writing, error::Error, random};
use app::{
    account::Actor,
    id::MutationId,
    sync::{
        Refusal,
        protocol::{Envelope, Mutation, Outcome, PUSH_MAX, ProblemCode, Push, Pushed, Receipt, WIRE},
    },
};
use axum::{Json, extract, extract::rejection::JsonRejection};
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The most numbers that are reported as missing at once.
const MISSING_MAX: usize = 100;

/// A mutation as it was sent: read only when it is its turn, so that one that cannot be read does not hold up the rest.
type Sent = Envelope<Box<RawValue>>;

/// `POST /api/sync/push`.
///
/// # Errors
/// [`ProblemCode::Malformed`], [`ProblemCode::TooLarge`], [`ProblemCode::TooNew`], [`ProblemCode::AnotherMember`], [`ProblemCode::Rewound`].
pub async fn push(
    extract::State(state): extract::State<State>,
    session: Session,
    body: Result<Json<Push<Box<RawValue>>>, JsonRejection>,
) -> Result<Json<Pushed>, Error> {
    let Json(push) = body.map_err(Error::from)?;
    check(&push, &session)?;
    let Session { organisation, actor, .. } = session;
    let pushed = state.writer.write(organisation, move |writing| Box::pin(accept(writing, actor, push))).await?;
    Ok(Json(pushed))
}

/// Whether the push as a whole can be taken on.
fn check(push: &Push<Box<RawValue>>, session: &Session) -> Result<(), Error> {
    if push.mutations.len() > PUSH_MAX {
        return Err(Error::problem(ProblemCode::TooLarge, &format!("Send at most {PUSH_MAX} changes at once.")));
    }
    if push.mutations.iter().any(|envelope| envelope.wire > WIRE) {
        return Err(Error::problem(ProblemCode::TooNew, "This server is older than your app. Your changes wait on this device."));
    }
    if push.mutations.iter().any(|envelope| envelope.sequence == 0 || envelope.sequence > i64::MAX as u64) {
        return Err(Error::problem(ProblemCode::Malformed, "Sequence numbers start at 1."));
    }
    if push.mutations.iter().any(|envelope| envelope.member != session.actor.member.id) {
        return Err(Error::problem(ProblemCode::AnotherMember, "These changes were made by another member. Sign in as that member."));
    }
    Ok(())
}

async fn accept(writing: &mut Writing, actor: Actor, push: Push<Box<RawValue>>) -> Result<Pushed, Error> {
    let mut arrived = queries::claim_device(writing, push.device, actor.member.id).await?;
    let history = History::new(&mut writing.tx, writing.organisation, writing.sequence).await?;
    if push.seen.as_ref().is_some_and(|seen| !history.knows(seen)) {
        // What builds on what was lost would be refused for good.
        return Err(Error::problem(ProblemCode::Rewound, "This server was restored from a backup. What it lost is sent again."));
    }
    let kept = queries::receipts(writing, push.device, &push.mutations).await?;
    writing.savepoint().await?;
    let answered = match answer(writing, &actor, &push, kept.clone(), Care::Hopeful).await? {
        Some(answered) => {
            writing.release().await?;
            answered
        }
        None => {
            writing.undo().await?;
            answer(writing, &actor, &push, kept, Care::Careful).await?.unwrap_or_default()
        }
    };
    queries::keep_receipts(writing, push.device, &answered.new).await?;
    push.mutations.iter().for_each(|sent| arrived.add(sent.sequence));
    queries::keep_arrived(writing, push.device, &arrived).await?;
    let missing = arrived.missing(push.lowest_unsent, MISSING_MAX);
    Ok(Pushed { epoch: history.epoch_of(writing.sequence), receipts: answered.receipts, missing })
}

/// How mutations are applied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// As if none were refused, as is usual: without a savepoint for each.
    Hopeful,
    /// Each in a savepoint of its own.
    Careful,
}

/// What came of a push.
#[derive(Default)]
struct Answered {
    /// One per mutation, in order.
    receipts: Vec<Receipt>,
    /// Those to keep.
    new: Vec<NewReceipt>,
}

/// Applies each mutation once: a retry gets the first answer from `kept`, the same id with another content an error. `None` where one of the
/// hopeful is refused, perhaps half-way.
async fn answer(
    writing: &mut Writing,
    actor: &Actor,
    push: &Push<Box<RawValue>>,
    mut kept: HashMap<MutationId, Kept>,
    care: Care,
) -> Result<Option<Answered>, Error> {
    let mut answered = Answered::default();
    for sent in &push.mutations {
        let body_hash = random::sha256(sent.mutation.get());
        let outcome = match kept.get(&sent.id) {
            Some(first) if first.body_hash == body_hash => first.outcome.clone(),
            Some(_) => Outcome::Refused { refusal: Refusal::Altered },
            None => {
                let outcome = apply_one(writing, actor, sent, care).await?;
                if let Outcome::Refused { refusal } = &outcome {
                    if care == Care::Hopeful {
                        return Ok(None);
                    }
                    queries::quarantine(writing, push.device, sent, refusal).await?;
                }
                answered.new.push(NewReceipt::new(sent, &body_hash, &outcome)?);
                kept.insert(sent.id, Kept { body_hash, outcome: outcome.clone() });
                outcome
            }
        };
        answered.receipts.push(Receipt { mutation: sent.id, outcome });
    }
    Ok(Some(answered))
}

/// Applies a mutation. No outcome where something broke that may pass: the phone tries the whole push again.
async fn apply_one(writing: &mut Writing, actor: &Actor, sent: &Sent, care: Care) -> Result<Outcome, Error> {
    let mutation = match serde_json::from_str::<Mutation>(sent.mutation.get()) {
        Ok(mutation) => mutation,
        Err(error) => return Ok(Outcome::Refused { refusal: Refusal::Unreadable { message: error.to_string() } }),
    };
    if care == Care::Careful {
        writing.savepoint().await?;
    }
    match apply(writing, actor, &mutation).await {
        Ok(()) => {
            if care == Care::Careful {
                writing.release().await?;
            }
            Ok(Outcome::Accepted { sequence: writing.sequence })
        }
        Err(Error::Refused(refusal)) => {
            if care == Care::Careful {
                writing.undo().await?;
            }
            Ok(Outcome::Refused { refusal })
        }
        Err(error) => Err(error),
    }
}
