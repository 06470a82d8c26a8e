//! Mutations up: each applied whole or not at all, its receipt in the same transaction, answered after the commit.

use super::{
    apply::{apply, apply_with_others},
    arrived::Arrived,
    history::History,
    queries::{self, Kept, NewReceipt},
};
use crate::{State, account::Session, db::Writing, error::Error, random};
use app::{
    account::Actor,
    customer::{Contact, Customer},
    id::{DeviceId, MemberId, MutationId},
    sync::{
        Refusal,
        protocol::{Envelope, Mutation, Outcome, PUSH_MAX, ProblemCode, Push, Pushed, Receipt, WIRE},
    },
};
use axum::{Json, extract, extract::rejection::JsonRejection};
use serde_json::value::RawValue;
use std::collections::{BTreeSet, HashMap};

/// The most numbers that are reported as missing at once.
const MISSING_MAX: usize = 100;

/// A mutation as it was sent: one that cannot be read does not hold up the rest.
type Unread = Envelope<Box<RawValue>>;

/// A mutation that was sent, and what it says.
pub(super) type Sent = Envelope<Read>;

/// What was read of a mutation.
pub(super) struct Read {
    /// As it was sent.
    pub(super) body: Box<RawValue>,
    /// SHA-256 of that.
    pub(super) hash: String,
    /// What it is, or why it cannot be read.
    says: Result<Mutation, Refusal>,
}

/// Reads what was sent. Done before it is its turn to be written: all others of the organisation wait for what is done then.
pub(super) fn read(sent: Vec<Unread>) -> Vec<Sent> {
    let read = |body: Box<RawValue>| {
        let says = serde_json::from_str(body.get()).map_err(|error| Refusal::Unreadable { message: error.to_string() });
        Read { hash: random::sha256(body.get()), says, body }
    };
    sent.into_iter().map(|sent| sent.map(read)).collect()
}

/// `POST /api/sync/push`.
///
/// # Errors
/// [`ProblemCode::Malformed`], [`ProblemCode::TooLarge`], [`ProblemCode::TooNew`], [`ProblemCode::AnotherMember`], [`ProblemCode::Rewound`].
pub async fn push(
    extract::State(state): extract::State<State>,
    session: Session,
    body: Result<Json<Push<Box<RawValue>>>, JsonRejection>,
) -> Result<Json<Pushed>, Error> {
    let Json(Push { device, lowest_unsent, seen, mutations }) = body.map_err(Error::from)?;
    check(&mutations, session.actor.member.id)?;
    let Session { organisation, actor, .. } = session;
    let push = Push { device, lowest_unsent, seen, mutations: read(mutations) };
    let pushed = state.writer.write(organisation, move |writing| Box::pin(accept(writing, actor, push))).await?;
    Ok(Json(pushed))
}

/// Whether what `member` sends can be taken on as a whole.
///
/// # Errors
/// As [`push`] has them.
pub(super) fn check(mutations: &[Unread], member: MemberId) -> Result<(), Error> {
    if mutations.len() > PUSH_MAX {
        return Err(Error::problem(ProblemCode::TooLarge, &format!("Send at most {PUSH_MAX} changes at once.")));
    }
    if mutations.iter().any(|envelope| envelope.wire > WIRE) {
        return Err(Error::problem(ProblemCode::TooNew, "This server is older than your app. Your changes wait on this device."));
    }
    if mutations.iter().any(|envelope| envelope.sequence == 0 || envelope.sequence > i64::MAX as u64) {
        return Err(Error::problem(ProblemCode::Malformed, "Sequence numbers start at 1."));
    }
    if mutations.iter().any(|envelope| envelope.member != member) {
        return Err(Error::problem(ProblemCode::AnotherMember, "These changes were made by another member. Sign in as that member."));
    }
    Ok(())
}

async fn accept(writing: &mut Writing, actor: Actor, push: Push<Read>) -> Result<Pushed, Error> {
    let Push { device, lowest_unsent, seen, mutations: sent } = push;
    let mut arrived = queries::claim_device(writing, device, actor.member.id).await?;
    let history = History::new(writing.tx.up_to_date().await?, writing.organisation, writing.sequence).await?;
    if seen.is_some_and(|seen| !history.knows(&seen)) {
        // What builds on what was lost would be refused for good.
        return Err(Error::problem(ProblemCode::Rewound, "This server was restored from a backup. What it lost is sent again."));
    }
    let kept = queries::receipts(writing, device, actor.member.id, &sent).await?;
    writing.savepoint().await?;
    let by = |care| By::Member { actor: &actor, care };
    let answered = match answer(writing, by(Care::Hopeful), device, &sent, kept.clone()).await? {
        // Rows are inserted with others, so that only now all of them are known not to be refused.
        Some(answered) if release(writing).await? => answered,
        _ => {
            writing.undo().await?;
            answer(writing, by(Care::Careful), device, &sent, kept).await?.unwrap_or_default()
        }
    };
    keep(writing, device, &sent, &answered, &mut arrived).await?;
    let missing = arrived.missing(lowest_unsent, MISSING_MAX);
    Ok(Pushed { epoch: history.epoch_of(writing.sequence), receipts: answered.receipts, missing })
}

/// Keeps what was done since the savepoint. False where a new row was there before.
async fn release(writing: &mut Writing) -> Result<bool, Error> {
    match writing.release().await {
        Ok(()) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Keeps the new receipts, and that what was sent has arrived.
///
/// # Errors
/// The database's.
pub(super) async fn keep(
    writing: &mut Writing,
    device: DeviceId,
    sent: &[Sent],
    answered: &Answered,
    arrived: &mut Arrived,
) -> Result<(), Error> {
    queries::keep_receipts(writing, device, &answered.new).await?;
    sent.iter().for_each(|sent| arrived.add(sent.sequence));
    queries::keep_arrived(writing, device, arrived).await
}

/// How mutations are applied.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// As if none were refused, as is usual: without a savepoint for each.
    Hopeful,
    /// Each in a savepoint of its own.
    Careful,
}

/// Who sends.
#[derive(Clone, Copy)]
pub(super) enum By<'a> {
    /// A member who is signed in.
    Member {
        /// Who.
        actor: &'a Actor,
        /// How to apply what was sent.
        care: Care,
    },
    /// A device that was revoked: nothing of it is applied.
    Revoked,
}

/// What came of a push.
#[derive(Default)]
pub(super) struct Answered {
    /// One per mutation, in order.
    pub(super) receipts: Vec<Receipt>,
    /// Those to keep.
    new: Vec<NewReceipt>,
}

/// Reads at once of which customers and people the mutations are that were not answered before.
async fn read_ahead(writing: &mut Writing, sent: &[Sent], kept: &HashMap<MutationId, Kept>) -> Result<(), Error> {
    let new = sent.iter().filter(|sent| !kept.contains_key(&sent.id));
    let named = new.flat_map(|sent| &sent.mutation.says).flat_map(Mutation::builds_on);
    let keys: BTreeSet<String> = named.map(|id| id.to_string()).collect();
    writing.read_ahead::<Customer>(&keys).await?;
    writing.read_ahead::<Contact>(&keys).await
}

/// Applies each mutation once: a retry gets the first answer from `kept`, the same id with another content an error. `None` where one of the
/// hopeful is refused, perhaps half-way.
///
/// # Errors
/// Whatever may pass when tried again.
pub(super) async fn answer(
    writing: &mut Writing,
    by: By<'_>,
    device: DeviceId,
    sent: &[Sent],
    mut kept: HashMap<MutationId, Kept>,
) -> Result<Option<Answered>, Error> {
    if let By::Member { .. } = by {
        read_ahead(writing, sent, &kept).await?;
    }
    let mut answered = Answered::default();
    for sent in sent {
        let Envelope { id, mutation: Read { hash, says, .. }, .. } = sent;
        let outcome = match kept.get(id) {
            Some(first) if first.body_hash == *hash => {
                let outcome = first.outcome.clone();
                if first.device != device {
                    // Carried here by hand: its number has arrived from this device, too.
                    answered.new.push(NewReceipt::new(sent, &outcome)?);
                    kept.insert(*id, Kept { device, body_hash: hash.clone(), outcome: outcome.clone() });
                }
                outcome
            }
            Some(_) => Outcome::Refused { refusal: Refusal::Altered },
            None => {
                let outcome = match by {
                    By::Member { actor, care } => match says {
                        Ok(mutation) => apply_one(writing, actor, mutation, care).await?,
                        Err(refusal) => Outcome::Refused { refusal: refusal.clone() },
                    },
                    By::Revoked => Outcome::Refused { refusal: Refusal::Revoked },
                };
                if let Outcome::Refused { refusal } = &outcome {
                    if matches!(by, By::Member { care: Care::Hopeful, .. }) {
                        return Ok(None);
                    }
                    queries::quarantine(writing, device, sent, refusal).await?;
                }
                answered.new.push(NewReceipt::new(sent, &outcome)?);
                kept.insert(*id, Kept { device, body_hash: hash.clone(), outcome: outcome.clone() });
                outcome
            }
        };
        answered.receipts.push(Receipt { mutation: *id, outcome });
    }
    Ok(Some(answered))
}

/// Applies a mutation. No outcome where something broke that may pass: the phone tries the whole push again.
async fn apply_one(writing: &mut Writing, actor: &Actor, mutation: &Mutation, care: Care) -> Result<Outcome, Error> {
    if care == Care::Careful {
        writing.savepoint().await?;
    }
    let applied = match care {
        Care::Careful => apply(writing, actor, mutation).await,
        Care::Hopeful => apply_with_others(writing, actor, mutation).await,
    };
    match applied {
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
