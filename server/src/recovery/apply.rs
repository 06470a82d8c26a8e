use crate::{
    account::{Audience, care},
    customer,
    db::{self, Writing},
    error::Error,
    meeting,
};
use app::{
    account::Actor,
    customer::Customer,
    id::RecoveryCaseId,
    recovery::{RecoveryCase, Step},
    sync::Refusal,
    time::Timestamp,
};

/// A case that `actor` opens by hand.
///
/// # Errors
/// [`Refusal`] where it cannot be opened.
pub async fn open(writing: &mut Writing, actor: &Actor, case: &RecoveryCase) -> Result<(), Error> {
    case.check(actor.member.id)?;
    let customer = customer::visible(writing, actor, case.customer).await?;
    let audience = audience(writing, &customer, case).await?;
    db::add(writing, case, &audience)
}

/// What was done as one step.
///
/// # Errors
/// [`Refusal`] where it is not there, another's or closed.
pub async fn record(writing: &mut Writing, actor: &Actor, id: RecoveryCaseId, step: Step, words: &str, at: Timestamp) -> Result<(), Error> {
    let case = own(writing, actor, id).await?.recorded(actor.member.id, step, words, at)?;
    save(writing, &case).await
}

/// Everything was done.
///
/// # Errors
/// [`Refusal`] where it is not there, another's or nothing was done.
pub async fn close(writing: &mut Writing, actor: &Actor, id: RecoveryCaseId, at: Timestamp) -> Result<(), Error> {
    let case = own(writing, actor, id).await?.closed(actor.member.id, at)?;
    save(writing, &case).await
}

/// There is more to do.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn reopen(writing: &mut Writing, actor: &Actor, id: RecoveryCaseId) -> Result<(), Error> {
    let case = own(writing, actor, id).await?.reopened(actor.member.id)?;
    save(writing, &case).await
}

/// Removes a case that `actor` opened by mistake.
///
/// # Errors
/// [`Refusal`] where it is not there, another's, or not to be taken back any more.
pub async fn delete(writing: &mut Writing, actor: &Actor, id: RecoveryCaseId) -> Result<(), Error> {
    if !own(writing, actor, id).await?.may_take_back(actor.member.id) {
        return Err(Refusal::NotYours.into());
    }
    db::delete::<RecoveryCase>(writing, &id.to_string()).await
}

async fn own(writing: &mut Writing, actor: &Actor, id: RecoveryCaseId) -> Result<RecoveryCase, Error> {
    let case = find(writing, id).await?;
    case.filter(|case| case.rep == actor.member.id).ok_or_else(|| Refusal::not_found("case").into())
}

pub(super) async fn find(writing: &mut Writing, id: RecoveryCaseId) -> Result<Option<RecoveryCase>, Error> {
    let organisation = writing.organisation.to_string();
    db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await
}

pub(super) async fn save(writing: &mut Writing, case: &RecoveryCase) -> Result<(), Error> {
    let customer = customer::standing_for(writing, case.customer).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let audience = audience(writing, &customer, case).await?;
    db::save(writing, case, &audience).await
}

async fn audience(writing: &mut Writing, customer: &Customer, case: &RecoveryCase) -> Result<Audience, Error> {
    Ok(care(meeting::audience(writing, customer, &[case.rep]).await?))
}
