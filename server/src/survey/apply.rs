use crate::{
    account::Audience,
    db::{self, Writing},
    error::Error,
    meeting, organisation,
};
use app::{
    account::Actor,
    customer::Customer,
    id::{InvitationId, RatingId},
    meeting::Meeting,
    survey::{Ask, Invitation, InvitationState, Sealed, TokenHash, ask},
    sync::Refusal,
    time::Timestamp,
};

/// A contact is asked to rate a meeting of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where the meeting is not there or not held, the contact was not present, or must not be asked yet.
pub async fn invite(writing: &mut Writing, actor: &Actor, invitation: &Invitation, token: Option<&TokenHash>) -> Result<(), Error> {
    token.map_or(Ok(()), TokenHash::check)?;
    invitation.asked_at.check("asked_at")?;
    let id = writing.organisation.to_string();
    let meeting: Option<Meeting> = db::find(&mut writing.tx, &id, &invitation.meeting.to_string()).await?;
    let meeting = meeting.filter(|it| it.rep == actor.member.id).ok_or_else(|| Refusal::not_found("meeting"))?;
    let present = invitation.contact.map_or(meeting.contacts.is_empty(), |contact| meeting.contacts.contains(&contact));
    if !meeting.is_held() || invitation.rep != actor.member.id || invitation.customer != meeting.customer || !present {
        return Err(Refusal::NotDue.into());
    }
    if db::find::<Invitation>(&mut writing.tx, &id, &invitation.id.to_string()).await?.is_some() {
        return Err(Refusal::IdTaken.into());
    }
    let rules = organisation::find(&mut writing.tx, writing.organisation).await?.ok_or_else(Error::not_found)?.rules;
    let mut known = db::by::<Invitation>(&mut writing.tx, &id, "rep", &actor.member.id.to_string()).await?;
    if let Some(contact) = invitation.contact {
        known.extend(db::by::<Invitation>(&mut writing.tx, &id, "contact", &contact.to_string()).await?);
    }
    known.sort_by_key(|it| it.id);
    known.dedup_by_key(|it| it.id);
    if ask(invitation.contact, invitation.rep, &known, &rules, invitation.asked_at, meeting.offset_minutes) != Ask::Today {
        return Err(Refusal::NotDue.into());
    }
    save(writing, invitation).await
}

/// What became of an invitation of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn settle_invitation(writing: &mut Writing, actor: &Actor, id: InvitationId, state: InvitationState) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let invitation: Option<Invitation> = db::find(&mut writing.tx, &organisation, &id.to_string()).await?;
    let mut invitation = invitation.filter(|it| it.rep == actor.member.id).ok_or_else(|| Refusal::not_found("invitation"))?;
    invitation.state = state;
    save(writing, &invitation).await
}

/// Answers given on a handed-over device.
///
/// # Errors
/// [`Refusal::CannotOpen`].
pub async fn submit_sealed(
    _writing: &mut Writing,
    _actor: &Actor,
    _id: RatingId,
    _invitation: InvitationId,
    _given_at: Timestamp,
    _sealed: &Sealed,
) -> Result<(), Error> {
    Err(Refusal::CannotOpen.into())
}

/// What the rep adds to a rating.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn add_context(_writing: &mut Writing, _actor: &Actor, _id: RatingId, _context: &str) -> Result<(), Error> {
    Err(Refusal::not_found("rating").into())
}

async fn save(writing: &mut Writing, invitation: &Invitation) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let customer: Option<Customer> = db::find(&mut writing.tx, &organisation, &invitation.customer.to_string()).await?;
    let customer = customer.ok_or_else(|| Refusal::not_found("customer"))?;
    let audience: Audience = meeting::audience(writing, &customer, &[invitation.rep]).await?;
    db::save(writing, invitation, &audience).await
}
