use super::following::follow;
use crate::{
    account::{Audience, audience_of_customer, audience_of_member},
    customer,
    db::{self, Writing, fetch_optional},
    error::Error,
    photo, score,
};
use app::{
    account::{Actor, Member},
    customer::{Contact, Customer},
    id::{ContactId, CustomerId, MeetingId, MemberId, TouchId},
    meeting::{Meeting, MeetingEdit, Touch},
    photo::PhotoSubject,
    sync::{Refusal, merge::Incoming},
};
use std::collections::BTreeSet;

/// Who sees what happened at a customer: its owners, the people of ours who took part, and the managers of both.
///
/// # Errors
/// The database's.
pub async fn audience(writing: &mut Writing, customer: &Customer, members: &[MemberId]) -> Result<Audience, Error> {
    let mut audience = audience_of_customer(writing, customer).await?;
    for member in BTreeSet::from_iter(members.iter().copied()) {
        audience.extend(audience_of_member(writing, member).await?);
    }
    Ok(audience)
}

/// A meeting of `actor`'s own, planned or held.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn create(writing: &mut Writing, actor: &Actor, meeting: &Meeting) -> Result<(), Error> {
    meeting.check()?;
    if meeting.rep != actor.member.id || !meeting.corrections.is_empty() || !meeting.history.is_empty() {
        return Err(Refusal::NotYours.into());
    }
    let customer = customer::visible(writing, actor, meeting.customer).await?;
    check_people(writing, meeting, &[]).await?;
    let audience = audience(writing, &customer, &[meeting.rep]).await?;
    db::add(writing, meeting, &audience)
}

/// A change of a meeting, by its rep or by the rep's manager with a reason.
///
/// # Errors
/// [`Refusal`] where it is not to be seen, not to be changed any more, or cannot be kept.
pub async fn edit(
    writing: &mut Writing,
    actor: &Actor,
    id: MeetingId,
    edit: &Incoming<'_, MeetingEdit>,
    reason: Option<&str>,
) -> Result<(), Error> {
    let before = own_or_managed(writing, actor, id).await?;
    let asked = is_asked(writing, id).await?;
    let (named, saw) = (naming(writing, &before, edit.edit).await?, naming(writing, &before, edit.saw).await?);
    let after = before.merged(&Incoming { edit: &named, saw: &saw, ..*edit }, reason, asked)?;
    let customer = if after.customer == before.customer {
        // Its rep goes on with it even where the customer has another owner by now.
        customer::standing_for(writing, after.customer).await?.ok_or_else(|| Refusal::not_found("customer"))?
    } else {
        customer::visible(writing, actor, after.customer).await?
    };
    // Whoever was there already was one of the customer's people then.
    let known = if after.customer == before.customer { before.contacts.as_slice() } else { &[] };
    check_people(writing, &after, known).await?;
    let audience = audience(writing, &customer, &[after.rep]).await?;
    if (after.format, after.channel) != (before.format, before.channel) {
        score::meeting_changed(writing, id).await?;
    }
    db::save(writing, &after, &audience).await?;
    if after.customer != before.customer || after.contacts != before.contacts {
        follow(writing, &before, &after).await?;
    }
    Ok(())
}

/// The edit, where it names the customer of `before` by one that is the same, naming the one that the meeting was written for.
async fn naming(writing: &mut Writing, before: &Meeting, edit: &MeetingEdit) -> Result<MeetingEdit, Error> {
    let Some(named) = edit.customer else { return Ok(edit.clone()) };
    let same = customer::are_one(writing, named, before.customer).await?;
    Ok(edit.naming(before.customer, |id| if same { before.customer } else { id }))
}

/// Deletes a meeting of `actor`'s own that nobody was asked to rate, with its photos. Promises made at it stay promises.
///
/// # Errors
/// [`Refusal`] where it is not to be seen or not to be deleted any more.
pub async fn delete(writing: &mut Writing, actor: &Actor, id: MeetingId) -> Result<(), Error> {
    let meeting = own_or_managed(writing, actor, id).await?;
    let asked = is_asked(writing, id).await?;
    meeting.check_deletable(actor.member.id, asked)?;
    photo::remove_of(writing, PhotoSubject::Meeting(id)).await?;
    db::delete::<Meeting>(writing, &id.to_string()).await
}

/// A touch of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn record_touch(writing: &mut Writing, actor: &Actor, touch: &Touch) -> Result<(), Error> {
    touch.check()?;
    if touch.rep != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    let customer = customer::visible(writing, actor, touch.customer).await?;
    let audience = audience(writing, &customer, &[touch.rep]).await?;
    db::add(writing, touch, &audience)
}

/// Deletes a touch of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn delete_touch(writing: &mut Writing, actor: &Actor, id: TouchId) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let touch: Option<Touch> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    if touch.is_none_or(|touch| touch.rep != actor.member.id) {
        return Err(Refusal::not_found("touch").into());
    }
    db::delete::<Touch>(writing, &id.to_string()).await
}

/// The meeting, if it is `actor`'s own or of somebody that `actor` manages.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn own_or_managed(writing: &mut Writing, actor: &Actor, id: MeetingId) -> Result<Meeting, Error> {
    let organisation = writing.organisation.to_string();
    let meeting: Option<Meeting> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    let meeting = meeting.ok_or_else(|| Refusal::not_found("meeting"))?;
    if meeting.rep == actor.member.id {
        return Ok(meeting);
    }
    let rep: Option<Member> = db::find(writing.tx.up_to_date().await?, &organisation, &meeting.rep.to_string()).await?;
    if rep.is_some_and(|rep| actor.manages(&rep)) { Ok(meeting) } else { Err(Refusal::not_found("meeting").into()) }
}

/// Whether a request to rate the meeting is out.
async fn is_asked(writing: &mut Writing, id: MeetingId) -> Result<bool, Error> {
    let found = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String,),
        "select id from invitation where organisation = $1 and meeting = $2 limit 1",
        writing.organisation.to_string(),
        id.to_string()
    )?;
    Ok(found.is_some())
}

/// Whether the contacts but those who are `known` to be are people of the customer, and the colleagues members of ours.
async fn check_people(writing: &mut Writing, meeting: &Meeting, known: &[ContactId]) -> Result<(), Error> {
    let others = meeting.contacts.iter().filter(|contact| !known.contains(contact));
    check_contacts(writing, meeting.customer, others).await?;
    for colleague in &meeting.colleagues {
        if writing.find::<Member>(&colleague.to_string()).await?.is_none() {
            return Err(Refusal::not_found("colleague").into());
        }
    }
    Ok(())
}

async fn check_contacts<'a>(
    writing: &mut Writing,
    customer: CustomerId,
    contacts: impl Iterator<Item = &'a ContactId>,
) -> Result<(), Error> {
    for contact in contacts {
        let contact = writing.find::<Contact>(&contact.to_string()).await?.ok_or_else(|| Refusal::not_found("contact"))?;
        if !customer::are_one(writing, contact.customer, customer).await? {
            return Err(Refusal::not_found("contact").into());
        }
    }
    Ok(())
}
