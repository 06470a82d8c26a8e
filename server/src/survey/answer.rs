//! A customer's answers, kept once: by link or sealed.

use super::{
    release,
    submission::{self, Asked, By, Submission},
};
use crate::{
    customer,
    db::{Writing, fetch_optional, read_kept},
    error::Error,
    random,
};
use app::{
    id::{MemberId, RatingId},
    organisation::Organisation,
    promise::Promise,
    survey::{Answers, Invitation, InvitationState},
    sync::Refusal,
    time::Timestamp,
};

/// What came of answers sent by link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Kept now, or kept before by the same page: a double tap, or a response that was lost.
    Kept {
        /// Until when they can be corrected.
        correctable_until: Timestamp,
    },
    /// The link was used before.
    Used,
    /// The link is too old.
    Expired,
    /// No such link.
    Unknown,
}

/// Hours in which a submission can be corrected.
pub(super) const CORRECTABLE_HOURS: i64 = 24;

/// Until when a submission can be corrected.
pub(super) fn correctable_until(given_at: Timestamp) -> Timestamp {
    given_at.plus_millis(CORRECTABLE_HOURS * 3_600_000)
}

/// A link as it stands: who is rated, until when, and what it was bound to.
#[derive(sqlx::FromRow)]
struct Standing {
    member: String,
    expires_at: i64,
    invitation: Option<String>,
    meeting: Option<String>,
    customer: Option<String>,
    contact: Option<String>,
}

/// Keeps the answers sent by the link of that hash. `secret_hash` names the page that sent them.
///
/// # Errors
/// The database's.
pub async fn by_link(
    writing: &mut Writing,
    organisation: &Organisation,
    token_hash: String,
    secret_hash: String,
    answers: Answers,
) -> Result<Answered, Error> {
    let id = writing.organisation.to_string();
    let standing = fetch_optional!(
        writing.tx.up_to_date().await?,
        Standing,
        "select token.member, token.expires_at, invitation.id as invitation, invitation.meeting, invitation.customer, invitation.contact
        from token
        left join invitation on invitation.organisation = token.organisation and invitation.token_hash = token.hash
        where token.organisation = $1 and token.hash = $2",
        &id,
        &token_hash
    )?;
    let Some(standing) = standing else { return Ok(Answered::Unknown) };
    if standing.expires_at <= writing.now.0 {
        return Ok(used(writing, &token_hash, &secret_hash).await?.unwrap_or(Answered::Expired));
    }
    let asked = match (standing.invitation, standing.meeting, standing.customer) {
        (Some(invitation), Some(meeting), Some(customer)) => {
            Some(Asked { invitation, meeting, customer, contact: standing.contact.unwrap_or_default() })
        }
        _ => None,
    };
    let rep = read_kept(&standing.member)?;
    let submission = Submission {
        id: RatingId(random::uuid()),
        token_hash: Some(token_hash.clone()),
        asked,
        rep,
        given_at: writing.now,
        answers,
        first_answers: None,
        secret_hash: Some(secret_hash.clone()),
        counted: false,
        rep_due: None,
        manager_due: None,
    };
    let correctable_until = correctable_until(submission.given_at);
    if keep(writing, organisation, submission, true).await? {
        return Ok(Answered::Kept { correctable_until });
    }
    used(writing, &token_hash, &secret_hash).await?.ok_or_else(|| Error::Internal("a page's secret came by two links".into()))
}

/// What to say where the link was used before.
async fn used(writing: &mut Writing, token_hash: &str, secret_hash: &str) -> Result<Option<Answered>, Error> {
    let id = writing.organisation.to_string();
    let before = submission::find(writing.tx.up_to_date().await?, &id, By::Token, token_hash).await?;
    Ok(before.map(|before| {
        let same = before.secret_hash.as_deref() == Some(secret_hash);
        if same { Answered::Kept { correctable_until: correctable_until(before.given_at) } } else { Answered::Used }
    }))
}

/// Keeps answers opened from a sealed box that `rep`'s device sent.
///
/// # Errors
/// [`Refusal::IdTaken`] where the id names other answers.
pub(super) async fn sealed(
    writing: &mut Writing,
    organisation: &Organisation,
    rep: MemberId,
    id: RatingId,
    invitation: &Invitation,
    given_at: Timestamp,
    answers: Answers,
) -> Result<(), Error> {
    let key = writing.organisation.to_string();
    if let Some(before) = submission::find(writing.tx.up_to_date().await?, &key, By::Id, &id.to_string()).await? {
        let same = submission::invitation_of(&before)? == Some(invitation.id) && before.answers == answers;
        return if same { Ok(()) } else { Err(Refusal::IdTaken.into()) };
    }
    let submission = Submission {
        id,
        token_hash: None,
        asked: Some(Asked::from(invitation)),
        rep,
        // A device's clock may be wrong, but not into the future.
        given_at: given_at.clamp(Timestamp(0), writing.now),
        answers,
        first_answers: None,
        secret_hash: None,
        counted: false,
        rep_due: None,
        manager_due: None,
    };
    let sent = invitation.state != InvitationState::Abandoned;
    let kept = keep(writing, organisation, submission, sent).await?;
    if kept { Ok(()) } else { Err(Refusal::IdTaken.into()) }
}

/// Keeps a new submission; it may count only where it was sent on purpose. False where its id, its link or its receipt is taken.
async fn keep(writing: &mut Writing, organisation: &Organisation, mut it: Submission, sent: bool) -> Result<bool, Error> {
    if let Some(asked) = it.asked.clone() {
        only_own_promises(writing, &asked, &mut it.answers).await?;
    }
    // Whether another counts already is left to the index: asked first, it would be one question more on the way of every customer.
    let counts = sent && it.asked.is_some();
    Ok(counts && insert(writing, organisation, &it, true).await? || insert(writing, organisation, &it, false).await?)
}

/// Keeps a new submission as one that counts or not, and brings it to those for whom it is due at once. False where it cannot be kept so.
async fn insert(writing: &mut Writing, organisation: &Organisation, it: &Submission, counted: bool) -> Result<bool, Error> {
    let mut it = Submission { counted, ..it.clone() };
    release::schedule(&mut it, organisation, writing.now);
    let reached = release::take_due(&mut it, writing.now);
    if !submission::insert(writing, &it).await? {
        return Ok(false);
    }
    if let Some(reached) = reached {
        release::publish(writing, &it, &reached).await?;
    }
    Ok(true)
}

/// The phone's request arrived: answers that waited for it join.
pub(super) async fn join(
    writing: &mut Writing,
    organisation: &Organisation,
    invitation: &Invitation,
    token_hash: &str,
) -> Result<(), Error> {
    let id = writing.organisation.to_string();
    let Some(mut it) = submission::find(writing.tx.up_to_date().await?, &id, By::Token, token_hash).await? else { return Ok(()) };
    let asked = Asked::from(invitation);
    it.counted = !submission::is_counted(writing, &asked).await?;
    it.asked = Some(asked);
    let given_at = it.given_at;
    release::schedule(&mut it, organisation, given_at);
    // It has reached nobody yet.
    if let Some(reached) = release::take_due(&mut it, writing.now) {
        release::publish(writing, &it, &reached).await?;
    }
    submission::update(writing, &it).await
}

/// Drops answers about promises that were not made to this customer: the page never asks about others.
pub(super) async fn only_own_promises(writing: &mut Writing, asked: &Asked, answers: &mut Answers) -> Result<(), Error> {
    if answers.promises.is_empty() {
        return Ok(());
    }
    let organisation = writing.organisation.to_string();
    let own: Vec<Promise> = customer::at_all_one_with(writing.tx.up_to_date().await?, &organisation, &asked.customer).await?;
    answers.promises.retain(|id, _| own.iter().any(|promise| promise.id == *id));
    Ok(())
}
