use crate::{
    account::Audience,
    customer,
    db::{self, Writing},
    error::Error,
    meeting,
};
use app::{
    account::{Actor, Member},
    customer::Customer,
    id::PromiseId,
    meeting::Meeting,
    promise::{Promise, PromiseState},
    sync::Refusal,
};

/// A promise that `actor` made.
///
/// # Errors
/// [`Refusal`] where it cannot be kept in the books.
pub async fn make(writing: &mut Writing, actor: &Actor, promise: &Promise) -> Result<(), Error> {
    promise.check()?;
    if promise.maker != actor.member.id || promise.state != PromiseState::Open {
        return Err(Refusal::NotYours.into());
    }
    let customer = customer::visible(writing, actor, promise.customer).await?;
    if let Some(meeting) = promise.meeting {
        let meeting = writing.find::<Meeting>(&meeting.to_string()).await?;
        if meeting.is_none_or(|meeting| meeting.customer != promise.customer) {
            return Err(Refusal::not_found("meeting").into());
        }
    }
    if writing.find::<Member>(&promise.keeper.to_string()).await?.is_none() {
        return Err(Refusal::not_found("colleague").into());
    }
    let audience = audience(writing, &customer, promise).await?;
    db::add(writing, promise, &audience)
}

/// How it went, as its maker or keeper sees it.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn settle(writing: &mut Writing, actor: &Actor, id: PromiseId, state: PromiseState) -> Result<(), Error> {
    let mut promise = own(writing, actor, id).await?;
    promise.state = state;
    let customer = writing.find::<Customer>(&promise.customer.to_string()).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let audience = audience(writing, &customer, &promise).await?;
    db::save(writing, &promise, &audience).await
}

/// Removes a promise that `actor` made by mistake.
///
/// # Errors
/// [`Refusal`] where it is not there, another's or settled.
pub async fn delete(writing: &mut Writing, actor: &Actor, id: PromiseId) -> Result<(), Error> {
    let promise = own(writing, actor, id).await?;
    if promise.maker != actor.member.id || promise.state != PromiseState::Open {
        return Err(Refusal::NotYours.into());
    }
    db::delete::<Promise>(writing, &id.to_string()).await
}

async fn own(writing: &mut Writing, actor: &Actor, id: PromiseId) -> Result<Promise, Error> {
    let organisation = writing.organisation.to_string();
    let promise: Option<Promise> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    promise.filter(|promise| promise.may_settle(actor.member.id)).ok_or_else(|| Refusal::not_found("promise").into())
}

async fn audience(writing: &mut Writing, customer: &Customer, promise: &Promise) -> Result<Audience, Error> {
    meeting::audience(writing, customer, &[promise.maker, promise.keeper]).await
}
