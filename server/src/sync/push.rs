//! Mutations up: each in a savepoint of its own, its receipt in the same transaction, answered after the commit.

use super::{apply, history::History, queries};
use crate::{State, account::Session, db::Writing, error::Error, random};
use app::{
    account::Actor,
    id::DeviceId,
    sync::{
        Refusal,
        protocol::{Envelope, Mutation, Outcome, PUSH_MAX, ProblemCode, Push, Pushed, Receipt, WIRE},
    },
};
use axum::{Json, extract, extract::rejection::JsonRejection};
use serde_json::value::RawValue;

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
    queries::claim_device(writing, push.device, actor.member.id).await?;
    let history = History::new(&mut writing.tx, writing.organisation, writing.sequence).await?;
    if push.seen.is_some_and(|seen| !history.knows(&seen)) {
        // What builds on what was lost would be refused for good.
        return Err(Error::problem(ProblemCode::Rewound, "This server was restored from a backup. What it lost is sent again."));
    }
    let mut receipts = Vec::with_capacity(push.mutations.len());
    for sent in &push.mutations {
        let outcome = accept_one(writing, &actor, push.device, sent).await?;
        receipts.push(Receipt { mutation: sent.id, outcome });
    }
    let missing = queries::missing(writing, push.device, push.lowest_unsent).await?;
    Ok(Pushed { epoch: history.epoch_of(writing.sequence), receipts, missing })
}

/// Applies a mutation once: a retry gets the first answer, the same id with another content an error.
async fn accept_one(writing: &mut Writing, actor: &Actor, device: DeviceId, sent: &Sent) -> Result<Outcome, Error> {
    let body_hash = random::sha256(sent.mutation.get());
    if let Some(receipt) = queries::receipt(writing, device, sent.id).await? {
        let altered = || Outcome::Refused { refusal: Refusal::Altered };
        return Ok(if receipt.body_hash == body_hash { receipt.outcome } else { altered() });
    }
    let outcome = match serde_json::from_str::<Mutation>(sent.mutation.get()) {
        Ok(mutation) => {
            writing.savepoint().await?;
            match apply(writing, actor, &mutation).await {
                Ok(()) => {
                    writing.release().await?;
                    Outcome::Accepted { sequence: writing.sequence }
                }
                Err(Error::Refused(refusal)) => {
                    writing.undo().await?;
                    Outcome::Refused { refusal }
                }
                // No receipt: whatever broke may pass, and the phone tries the whole push again.
                Err(error) => return Err(error),
            }
        }
        Err(error) => Outcome::Refused { refusal: Refusal::Unreadable { message: error.to_string() } },
    };
    if let Outcome::Refused { refusal } = &outcome {
        queries::quarantine(writing, device, sent, refusal).await?;
    }
    queries::keep_receipt(writing, device, sent, &body_hash, &outcome).await?;
    Ok(outcome)
}
