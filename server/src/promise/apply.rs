use crate::{
    account::Audience,
    customer,
    db::{self, Writing},
    error::Error,
    meeting, photo, recovery, score,
};
use app::{
    account::{Actor, Member},
    customer::Customer,
    id::{MemberId, PromiseId},
    meeting::Meeting,
    photo::PhotoSubject,
    promise::{Agreed, Course, KeeperAnswer, Promise, PromiseState, Report, Settled},
    sync::Refusal,
    time::Timestamp,
};

/// A promise that `actor` made.
///
/// # Errors
/// [`Refusal`] where it cannot be kept in the books.
pub async fn make(writing: &mut Writing, actor: &Actor, promise: &Promise) -> Result<(), Error> {
    promise.check()?;
    if !promise.is_new_of(actor.member.id) {
        return Err(Refusal::NotYours.into());
    }
    let customer = customer::visible(writing, actor, promise.customer).await?;
    if let Some(meeting) = promise.meeting {
        let meeting = writing.find::<Meeting>(&meeting.to_string()).await?.ok_or_else(|| Refusal::not_found("meeting"))?;
        if !customer::are_one(writing, meeting.customer, promise.customer).await? {
            return Err(Refusal::not_found("meeting").into());
        }
    }
    check_keeper(writing, promise.keeper).await?;
    let course = Course { customer_name: customer.name.clone(), ..Course::default() };
    // Whoever keeps an own promise knows to whom.
    let promise = if promise.keeper == promise.maker { promise.clone() } else { Promise { course, ..promise.clone() } };
    let audience = audience(writing, &customer, &promise).await?;
    db::add(writing, &promise, &audience)
}

/// How it went, as its maker or keeper sees it, what was agreed in its place, and when that was said.
///
/// # Errors
/// [`Refusal`] where it is not there or another's, or what was agreed cannot be kept in the books.
pub async fn settle(
    writing: &mut Writing,
    actor: &Actor,
    id: PromiseId,
    state: PromiseState,
    agreed: Option<Agreed>,
    at: Option<Timestamp>,
) -> Result<(), Error> {
    at.map_or(Ok(()), |at| at.check("at"))?;
    let said_at = at.unwrap_or(writing.now);
    let Settled { promise, instead, given_up } = own(writing, actor, id).await?.settled(actor.member.id, state, agreed, said_at)?;
    if let Some(given_up) = given_up
        && find(writing, given_up).await?.is_some_and(|it| it.is_untouched_instead_of(id))
    {
        photo::remove_of(writing, PhotoSubject::Promise(given_up)).await?;
        db::delete::<Promise>(writing, &given_up.to_string()).await?;
    }
    if let Some(instead) = instead {
        match find(writing, instead.id).await? {
            None => save(writing, &instead).await?,
            // Said once more, it is there already.
            Some(there) if there.course.instead_of == Some(id) => {}
            Some(_) => return Err(Refusal::IdTaken.into()),
        }
    }
    recovery::promise_settled(writing, &promise, at).await?;
    save(writing, &promise).await
}

/// Whether its keeper can do it.
///
/// # Errors
/// [`Refusal`] where it is not there, another's or settled.
pub async fn answer(writing: &mut Writing, actor: &Actor, id: PromiseId, answer: KeeperAnswer) -> Result<(), Error> {
    let before = own(writing, actor, id).await?;
    let after = before.answered(actor.member.id, answer)?;
    keep(writing, &before, &after).await
}

/// Somebody else keeps it.
///
/// # Errors
/// [`Refusal`] where it is not there, another's or settled, or nobody of that id is among us.
pub async fn hand(writing: &mut Writing, actor: &Actor, id: PromiseId, keeper: MemberId) -> Result<(), Error> {
    let before = own(writing, actor, id).await?;
    check_keeper(writing, keeper).await?;
    let mut after = before.handed(actor.member.id, keeper)?;
    if let Some(customer) = customer::standing_for(writing, after.customer).await? {
        after.course.customer_name = customer.name.clone();
    }
    keep(writing, &before, &after).await?;
    photo::follow(writing, PhotoSubject::Promise(id)).await
}

/// What was done about it, and how the customer was told.
///
/// # Errors
/// [`Refusal`] where it is not there, another's or open.
pub async fn report(writing: &mut Writing, actor: &Actor, id: PromiseId, report: Report) -> Result<(), Error> {
    let promise = own(writing, actor, id).await?.reported(actor.member.id, report, writing.now)?;
    save(writing, &promise).await
}

/// Keeps `after` in the place of `before`; scores hear of it where somebody else answers for it now.
async fn keep(writing: &mut Writing, before: &Promise, after: &Promise) -> Result<(), Error> {
    if before.answerable() != after.answerable() {
        score::promise_changed(writing, after.id, after.maker).await?;
    }
    save(writing, after).await
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
    photo::remove_of(writing, PhotoSubject::Promise(id)).await?;
    db::delete::<Promise>(writing, &id.to_string()).await
}

async fn find(writing: &mut Writing, id: PromiseId) -> Result<Option<Promise>, Error> {
    let organisation = writing.organisation.to_string();
    db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await
}

async fn check_keeper(writing: &mut Writing, keeper: MemberId) -> Result<(), Error> {
    match writing.find::<Member>(&keeper.to_string()).await? {
        Some(_) => Ok(()),
        None => Err(Refusal::not_found("colleague").into()),
    }
}

/// Keeps `promise` and tells whoever it concerns; a keeper whom it was taken from hears that it is gone.
async fn save(writing: &mut Writing, promise: &Promise) -> Result<(), Error> {
    let customer = customer::standing_for(writing, promise.customer).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let audience = audience(writing, &customer, promise).await?;
    db::save(writing, promise, &audience).await
}

/// The promise, if `actor` made it or keeps it.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn own(writing: &mut Writing, actor: &Actor, id: PromiseId) -> Result<Promise, Error> {
    let promise = find(writing, id).await?;
    promise.filter(|promise| promise.may_settle(actor.member.id)).ok_or_else(|| Refusal::not_found("promise").into())
}

/// Who sees a promise to `customer`.
///
/// # Errors
/// The database's.
pub async fn audience(writing: &mut Writing, customer: &Customer, promise: &Promise) -> Result<Audience, Error> {
    meeting::audience(writing, customer, &[promise.maker, promise.keeper]).await
}
