use crate::{
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
    let organisation = writing.organisation.to_string();
    if let Some(meeting) = promise.meeting {
        let meeting: Option<Meeting> = db::find(&mut writing.tx, &organisation, &meeting.to_string()).await?;
        if meeting.is_none_or(|meeting| meeting.customer != promise.customer) {
            return Err(Refusal::not_found("meeting").into());
        }
    }
    if db::find::<Member>(&mut writing.tx, &organisation, &promise.keeper.to_string()).await?.is_none() {
        return Err(Refusal::not_found("colleague").into());
    }
    if db::find::<Promise>(&mut writing.tx, &organisation, &promise.id.to_string()).await?.is_some() {
        return Err(Refusal::IdTaken.into());
    }
    save(writing, &customer, promise).await
}

/// How it went, as its maker or keeper sees it.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn settle(writing: &mut Writing, actor: &Actor, id: PromiseId, state: PromiseState) -> Result<(), Error> {
    let mut promise = own(writing, actor, id).await?;
    promise.state = state;
    let organisation = writing.organisation.to_string();
    let customer: Option<Customer> = db::find(&mut writing.tx, &organisation, &promise.customer.to_string()).await?;
    let customer = customer.ok_or_else(|| Refusal::not_found("customer"))?;
    save(writing, &customer, &promise).await
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
    let promise: Option<Promise> = db::find(&mut writing.tx, &organisation, &id.to_string()).await?;
    promise.filter(|promise| promise.may_settle(actor.member.id)).ok_or_else(|| Refusal::not_found("promise").into())
}

async fn save(writing: &mut Writing, customer: &Customer, promise: &Promise) -> Result<(), Error> {
    let audience = meeting::audience(writing, customer, &[promise.maker, promise.keeper]).await?;
    db::save(writing, promise, &audience).await
}
