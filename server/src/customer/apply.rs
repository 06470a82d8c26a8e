use super::uniting::{all_one_with, are_one, chain, standing_for};
use crate::{
    account::{audience_of_customer, republish_at_customer},
    db::{self, Writing},
    error::Error,
    photo,
};
use app::{
    account::{Actor, Member},
    customer::{Contact, ContactEdit, Customer, CustomerEdit, Insight, edited_as_one},
    id::{ContactId, CustomerId, InsightId},
    meeting::{Meeting, Touch},
    promise::{InsideAsk, Promise},
    recovery::RecoveryCase,
    survey::Invitation,
    sync::{Refusal, merge::Incoming},
};
use std::sync::Arc;

/// The customer that stands for the one of that id ([`standing_for`]), if `actor` may see it.
///
/// # Errors
/// [`Refusal::NotFound`] where there is none or `actor` may not see it: the two cannot be told apart.
pub async fn visible(writing: &mut Writing, actor: &Actor, id: CustomerId) -> Result<Arc<Customer>, Error> {
    let customer = standing_for(writing, id).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let owner = writing.find::<Member>(&customer.owner.to_string()).await?;
    if customer.is_visible_to(actor, owner.as_deref()) { Ok(customer) } else { Err(Refusal::not_found("customer").into()) }
}

/// A new customer of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn create(writing: &mut Writing, actor: &Actor, customer: &Customer) -> Result<(), Error> {
    customer.check()?;
    let forged = !customer.co_owners.is_empty() || !customer.history.is_empty() || customer.united.is_some();
    if customer.owner != actor.member.id || forged {
        return Err(Refusal::NotYours.into());
    }
    let audience = audience_of_customer(writing, customer).await?;
    db::add(writing, customer, &audience)
}

/// A change of a customer.
///
/// # Errors
/// [`Refusal`] where it is not to be seen or the change cannot be kept.
pub async fn edit(writing: &mut Writing, actor: &Actor, id: CustomerId, edit: &Incoming<'_, CustomerEdit>) -> Result<(), Error> {
    let standing = visible(writing, actor, id).await?;
    let audience = audience_of_customer(writing, &standing).await?;
    for customer in edited_as_one(&chain(writing, id).await?, edit)? {
        db::save(writing, &customer, &audience).await?;
    }
    Ok(())
}

/// A new contact at a customer that `actor` sees.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn create_contact(writing: &mut Writing, actor: &Actor, contact: &Contact) -> Result<(), Error> {
    contact.check()?;
    if !contact.history.is_empty() {
        return Err(Refusal::NotYours.into());
    }
    let customer = visible(writing, actor, contact.customer).await?;
    let audience = audience_of_customer(writing, &customer).await?;
    db::add(writing, contact, &audience)
}

/// A change of a contact.
///
/// # Errors
/// [`Refusal`] where it is not to be seen or the change cannot be kept.
pub async fn edit_contact(writing: &mut Writing, actor: &Actor, id: ContactId, edit: &Incoming<'_, ContactEdit>) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let contact: Option<Contact> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    let contact = contact.ok_or_else(|| Refusal::not_found("contact"))?;
    let customer = visible(writing, actor, contact.customer).await.map_err(|_| Refusal::not_found("contact"))?;
    let contact = contact.merged(edit)?;
    let audience = audience_of_customer(writing, &customer).await?;
    db::save(writing, &contact, &audience).await
}

/// Something worth knowing about a contact.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn record_insight(writing: &mut Writing, actor: &Actor, insight: &Insight) -> Result<(), Error> {
    insight.check()?;
    let organisation = writing.organisation.to_string();
    if insight.author != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    let contact: Option<Contact> = db::find(writing.tx.up_to_date().await?, &organisation, &insight.contact.to_string()).await?;
    let there = contact.ok_or_else(|| Refusal::not_found("contact"))?.customer;
    if !are_one(writing, there, insight.customer).await? {
        return Err(Refusal::not_found("contact").into());
    }
    let customer = visible(writing, actor, insight.customer).await?;
    let audience = audience_of_customer(writing, &customer).await?;
    db::add(writing, insight, &audience)
}

/// Deletes an insight of `actor`'s own.
///
/// # Errors
/// [`Refusal::NotFound`] where it is not there or another's.
pub async fn delete_insight(writing: &mut Writing, actor: &Actor, id: InsightId) -> Result<(), Error> {
    let (organisation, id) = (writing.organisation.to_string(), id.to_string());
    let insight: Option<Insight> = db::find(writing.tx.up_to_date().await?, &organisation, &id).await?;
    if insight.is_none_or(|insight| !insight.is_deletable_by(actor.member.id)) {
        return Err(Refusal::not_found("insight").into());
    }
    db::delete::<Insight>(writing, &id).await
}

/// Tells everything about a customer that stands for itself, and about all for whom it stands, to whom it belongs now: after its owner,
/// co-owners or their team changed.
///
/// # Errors
/// The database's.
pub async fn republish(writing: &mut Writing, customer: &Customer) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let audience = audience_of_customer(writing, customer).await?;
    db::save(writing, customer, &audience).await?;
    for id in all_one_with(writing.tx.up_to_date().await?, &organisation, customer.id).await? {
        if let Some(one) = writing.find::<Customer>(&id.to_string()).await?.filter(|one| one.id != customer.id) {
            db::save(writing, &*one, &audience).await?;
        }
        let id = id.to_string();
        for contact in db::by::<Contact>(writing.tx.up_to_date().await?, &organisation, "customer", &id).await? {
            db::save(writing, &contact, &audience).await?;
        }
        for insight in db::by::<Insight>(writing.tx.up_to_date().await?, &organisation, "customer", &id).await? {
            db::save(writing, &insight, &audience).await?;
        }
        republish_at_customer::<Meeting>(writing, customer, &id).await?;
        republish_at_customer::<Touch>(writing, customer, &id).await?;
        republish_at_customer::<Promise>(writing, customer, &id).await?;
        republish_at_customer::<InsideAsk>(writing, customer, &id).await?;
        republish_at_customer::<RecoveryCase>(writing, customer, &id).await?;
        photo::republish_at_customer(writing, &id).await?;
        republish_at_customer::<Invitation>(writing, customer, &id).await?;
    }
    Ok(())
}
