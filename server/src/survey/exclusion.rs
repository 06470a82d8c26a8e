use super::{
    release::{self, Reached},
    submission::{self, By, Submission},
};
use crate::{
    db::{self, Writing},
    error::Error,
};
use app::{
    account::{Actor, Member},
    id::RatingId,
    survey::{Decision, ExclusionReason, Rating},
    sync::Refusal,
};

/// Leaves a rating out of the scores; it stays where it is, with what `actor` found.
///
/// # Errors
/// [`Refusal`] where `actor` does not see it or may not decide about it, it is left out already, or the note cannot be kept.
pub async fn exclude_rating(writing: &mut Writing, actor: &Actor, id: RatingId, reason: ExclusionReason, note: &str) -> Result<(), Error> {
    let (submission, rating, reached) = decidable(writing, actor, id).await?;
    let Rating { exclusions, .. } = rating.excluded(reason, decision(writing, actor, note))?;
    release::publish(writing, &submission, &Reached { exclusions, ..reached }).await
}

/// Lets a rating that was left out count again.
///
/// # Errors
/// [`Refusal`] where `actor` does not see it or may not decide about it, it counts already, or the note cannot be kept.
pub async fn count_rating(writing: &mut Writing, actor: &Actor, id: RatingId, note: &str) -> Result<(), Error> {
    let (submission, rating, reached) = decidable(writing, actor, id).await?;
    let Rating { exclusions, .. } = rating.counted(decision(writing, actor, note))?;
    release::publish(writing, &submission, &Reached { exclusions, ..reached }).await
}

fn decision(writing: &Writing, actor: &Actor, note: &str) -> Decision {
    Decision { member: actor.member.id, at: writing.now, note: note.trim().to_owned() }
}

/// The rating and whom it has reached, if `actor` may decide about it. One that has not reached who asks is not there: nobody learns by asking that it is.
async fn decidable(writing: &mut Writing, actor: &Actor, id: RatingId) -> Result<(Submission, Rating, Reached), Error> {
    let unknown = || Refusal::not_found("rating");
    let (organisation, id) = (writing.organisation.to_string(), id.to_string());
    let reached = release::reached(writing.tx.up_to_date().await?, &organisation, &id).await?.ok_or_else(unknown)?;
    let submission = submission::find(writing.tx.up_to_date().await?, &organisation, By::Id, &id).await?.ok_or_else(unknown)?;
    let rep: Member = db::find(writing.tx.up_to_date().await?, &organisation, &submission.rep.to_string()).await?.ok_or_else(unknown)?;
    let rating = submission.rating()?.ok_or_else(unknown)?;
    let rating = Rating { exclusions: reached.exclusions.clone(), ..rating };
    if rating.is_decided_by(actor, &rep) && reached.manager_at.is_some() {
        return Ok((submission, rating, reached));
    }
    let is_own_and_read = rating.rep == actor.member.id && reached.is_read_by_rep(&submission);
    Err(if is_own_and_read { Refusal::NotYours } else { unknown() }.into())
}
