use crate::{
    account::{Audience, care},
    customer,
    db::{self, Writing},
    error::Error,
    meeting,
};
use app::{
    account::{Actor, Member},
    customer::Customer,
    id::InsideAskId,
    promise::{InsideAsk, InsideAskState},
    sync::Refusal,
};

/// A customer's wish that `actor` puts to a colleague.
///
/// # Errors
/// [`Refusal`] where it cannot be asked.
pub async fn ask_inside(writing: &mut Writing, actor: &Actor, ask: &InsideAsk) -> Result<(), Error> {
    ask.check(actor.member.id)?;
    let customer = customer::visible(writing, actor, ask.customer).await?;
    if writing.find::<Member>(&ask.to.to_string()).await?.is_none_or(|member| !member.active) {
        return Err(Refusal::not_found("colleague").into());
    }
    let ask = InsideAsk { customer_name: customer.name.clone(), ..ask.clone() };
    let audience = audience(writing, &customer, &ask).await?;
    db::add(writing, &ask, &audience)
}

/// What the colleague answers.
///
/// # Errors
/// [`Refusal`] where it is not there, another's, or the answer says nothing.
pub async fn answer_inside_ask(
    writing: &mut Writing,
    actor: &Actor,
    id: InsideAskId,
    state: InsideAskState,
    text: &str,
) -> Result<(), Error> {
    let ask = find(writing, id).await?.filter(|ask| ask.to == actor.member.id).ok_or_else(|| Refusal::not_found("question"))?;
    let ask = ask.answered(actor.member.id, state, text)?;
    let customer = customer::standing_for(writing, ask.customer).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let audience = audience(writing, &customer, &ask).await?;
    db::save(writing, &ask, &audience).await
}

/// Removes a question that `actor` asked by mistake.
///
/// # Errors
/// [`Refusal`] where it is not there, another's or answered.
pub async fn delete_inside_ask(writing: &mut Writing, actor: &Actor, id: InsideAskId) -> Result<(), Error> {
    let ask = find(writing, id).await?.filter(|ask| ask.from == actor.member.id).ok_or_else(|| Refusal::not_found("question"))?;
    if !ask.may_take_back(actor.member.id) {
        return Err(Refusal::NotYours.into());
    }
    db::delete::<InsideAsk>(writing, &id.to_string()).await
}

async fn find(writing: &mut Writing, id: InsideAskId) -> Result<Option<InsideAsk>, Error> {
    let organisation = writing.organisation.to_string();
    db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await
}

async fn audience(writing: &mut Writing, customer: &Customer, ask: &InsideAsk) -> Result<Audience, Error> {
    Ok(care(meeting::audience(writing, customer, &[ask.from, ask.to]).await?))
}
