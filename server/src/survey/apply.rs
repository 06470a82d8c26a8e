use super::{
    answer,
    release::{self, Reached},
    seal,
    submission::{self, By, Submission},
    token,
};
use crate::{
    account::Audience,
    customer,
    db::{self, Writing},
    error::Error,
    meeting, organisation, score,
};
use app::{
    account::Actor,
    id::{InvitationId, RatingId},
    meeting::Meeting,
    organisation::Organisation,
    survey::{Ask, Invitation, InvitationState, Sealed, TokenHash, Way, ask},
    sync::Refusal,
    text,
    time::Timestamp,
};

/// A contact is asked to rate a meeting of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where the meeting is not there or not held, the contact was not present, or must not be asked yet and was not.
pub async fn invite(writing: &mut Writing, actor: &Actor, invitation: &Invitation, token: Option<&TokenHash>) -> Result<(), Error> {
    token.map_or(Ok(()), TokenHash::check)?;
    invitation.asked_at.check("asked_at")?;
    let id = writing.organisation.to_string();
    let meeting: Option<Meeting> = db::find(writing.tx.up_to_date().await?, &id, &invitation.meeting.to_string()).await?;
    let meeting = meeting.filter(|it| it.rep == actor.member.id).ok_or_else(|| Refusal::not_found("meeting"))?;
    let present = invitation.contact.map_or(meeting.contacts.is_empty(), |contact| meeting.contacts.contains(&contact));
    let same = customer::are_one(writing, invitation.customer, meeting.customer).await?;
    if !meeting.is_held() || invitation.rep != actor.member.id || !same || !present {
        return Err(Refusal::NotDue.into());
    }
    if db::find::<Invitation>(writing.tx.up_to_date().await?, &id, &invitation.id.to_string()).await?.is_some() {
        return Err(Refusal::IdTaken.into());
    }
    let organisation = organisation::find(writing.tx.up_to_date().await?, writing.organisation).await?.ok_or_else(Error::not_found)?;
    if !was_shown(invitation, token) && !may_be_asked(writing, &organisation, invitation, &meeting).await? {
        return Err(Refusal::NotDue.into());
    }
    save(writing, invitation).await?;
    if let Some(token) = token {
        let expires_at = invitation.asked_at.min(writing.now).plus_days(i64::from(organisation.rules.link_valid_days));
        token::bind(writing, actor.member.id, &invitation.id.to_string(), token, expires_at).await?;
        answer::join(writing, &organisation, invitation, &token.0).await?;
    }
    Ok(())
}

/// Whether the customer has the link or had the device by the time that the server hears of it. A phone without network does not know
/// whom a colleague asked yesterday. To refuse then would unask nobody, but forget who was asked when, and drop what they answered.
fn was_shown(invitation: &Invitation, token: Option<&TokenHash>) -> bool {
    token.is_some() || invitation.way == Way::Handover
}

/// Whether the rule that phones ask before they show anything lets the contact be asked.
async fn may_be_asked(
    writing: &mut Writing,
    organisation: &Organisation,
    invitation: &Invitation,
    meeting: &Meeting,
) -> Result<bool, Error> {
    let id = writing.organisation.to_string();
    let mut known = db::by::<Invitation>(writing.tx.up_to_date().await?, &id, "rep", &invitation.rep.to_string()).await?;
    if let Some(contact) = invitation.contact {
        known.extend(db::by::<Invitation>(writing.tx.up_to_date().await?, &id, "contact", &contact.to_string()).await?);
    }
    known.sort_by_key(|it| it.id);
    known.dedup_by_key(|it| it.id);
    let Invitation { contact, rep, asked_at, .. } = *invitation;
    Ok(ask(contact, rep, &known, &organisation.rules, asked_at, meeting.offset_minutes) == Ask::Today)
}

/// What became of an invitation of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn settle_invitation(writing: &mut Writing, actor: &Actor, id: InvitationId, state: InvitationState) -> Result<(), Error> {
    let mut invitation = own(writing, actor, id).await?;
    if state == InvitationState::Asked {
        return Err(Refusal::invalid("state", "what was asked stays asked").into());
    }
    invitation.state = state;
    save(writing, &invitation).await
}

/// Answers given on a handed-over device of `actor`'s.
///
/// # Errors
/// [`Refusal`] where the invitation is not there or another's, or the answers cannot be opened.
pub async fn submit_sealed(
    writing: &mut Writing,
    actor: &Actor,
    id: RatingId,
    invitation: InvitationId,
    given_at: Timestamp,
    sealed: &Sealed,
) -> Result<(), Error> {
    let invitation = own(writing, actor, invitation).await?;
    let organisation = organisation::find(writing.tx.up_to_date().await?, writing.organisation).await?.ok_or_else(Error::not_found)?;
    let answers = seal::open(writing, sealed).await?;
    answer::sealed(writing, &organisation, actor.member.id, id, &invitation, given_at, answers).await
}

/// What the rep adds to a rating that reached the rep.
///
/// # Errors
/// [`Refusal::NotFound`] where it has not, [`Refusal::Invalid`] where it is too long.
pub async fn add_context(writing: &mut Writing, actor: &Actor, id: RatingId, context: &str) -> Result<(), Error> {
    text::check("context", context, text::NOTE_MAX)?;
    let (organisation, id) = (writing.organisation.to_string(), id.to_string());
    let unknown = || Refusal::not_found("rating");
    let reached = release::reached(writing.tx.up_to_date().await?, &organisation, &id).await?.ok_or_else(unknown)?;
    let submission = submission::find(writing.tx.up_to_date().await?, &organisation, By::Id, &id).await?;
    let is_read = |it: &Submission| it.rep == actor.member.id && reached.is_read_by_rep(it);
    let submission = submission.filter(is_read).ok_or_else(unknown)?;
    release::publish(writing, &submission, &Reached { context: context.to_owned(), ..reached }).await
}

/// An invitation of `actor`'s own.
async fn own(writing: &mut Writing, actor: &Actor, id: InvitationId) -> Result<Invitation, Error> {
    let organisation = writing.organisation.to_string();
    let invitation: Option<Invitation> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    Ok(invitation.filter(|it| it.rep == actor.member.id).ok_or_else(|| Refusal::not_found("invitation"))?)
}

/// Keeps an invitation and tells it to whom it belongs.
pub(super) async fn save(writing: &mut Writing, invitation: &Invitation) -> Result<(), Error> {
    let customer = customer::standing_for(writing, invitation.customer).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let audience: Audience = meeting::audience(writing, &customer, &[invitation.rep]).await?;
    // 'Asked 12 of 15' stands beside the score.
    score::mark_stale(writing).await?;
    db::save(writing, invitation, &audience).await
}
