use super::{
    queries::{self, Kept},
    read::unreadable,
};
use crate::{
    account,
    db::{self, Writing},
    error::Error,
    sync,
};
use app::{
    account::Actor,
    id::MutationId,
    quarantine::{Correction, Ending, Settlement, check_discard},
    sync::{
        Refusal,
        protocol::{ProblemCode, Scope},
    },
};
use std::collections::BTreeSet;

/// Applies a refused mutation as its author, with what the refusal named corrected by `actor`. Where it is refused again nothing changes.
///
/// # Errors
/// [`Refusal`] where it still cannot be applied, [`ProblemCode::NotFound`] where there is nothing to decide.
pub async fn apply(writing: &mut Writing, actor: &Actor, id: MutationId, correction: Option<Correction>) -> Result<(), Error> {
    let kept = undecided(writing, id).await?;
    let sent = kept.mutation().ok_or_else(unreadable)?;
    let mutation = match &correction {
        Some(correction) => correction.of(&sent, &kept.refusal)?,
        None => sent,
    };
    let author = account::author(writing.tx.up_to_date().await?, writing.organisation, kept.member)
        .await?
        .ok_or_else(|| Refusal::not_found("member"))?;
    sync::apply(writing, &author, &mutation).await?;
    settle(writing, &kept, actor, Ending::Applied { corrected: correction }).await
}

/// Decides that a refused mutation is never applied. It is kept as it came.
///
/// # Errors
/// [`Refusal`] where `actor` may not, or gives no reason; [`ProblemCode::NotFound`] where there is nothing to decide.
pub async fn discard(writing: &mut Writing, actor: &Actor, id: MutationId, reason: &str) -> Result<(), Error> {
    let kept = undecided(writing, id).await?;
    check_discard(kept.mutation().as_ref(), kept.member, actor.member.id, reason)?;
    settle(writing, &kept, actor, Ending::Discarded { reason: reason.trim().to_owned() }).await
}

/// What waits for a decision under that id. The organisation's row is locked, so that of two decisions the second finds the first.
async fn undecided(writing: &mut Writing, id: MutationId) -> Result<Kept, Error> {
    let kept = queries::find(writing.tx.up_to_date().await?, &writing.organisation.to_string(), id).await?;
    let kept = kept.ok_or_else(Error::not_found)?;
    if kept.settlement.is_some() {
        return Err(Error::problem(ProblemCode::NotFound, "Somebody decided about this already. Look at the list again."));
    }
    Ok(kept)
}

/// Keeps the decision and tells the author's phones.
async fn settle(writing: &mut Writing, kept: &Kept, actor: &Actor, ending: Ending) -> Result<(), Error> {
    let settlement = Settlement { id: kept.id, member: kept.member, by: actor.member.id, at: writing.now, ending };
    db::save(writing, &settlement, &BTreeSet::from([Scope::Outbox(kept.member)])).await
}
