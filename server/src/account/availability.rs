//! When members work: everybody in the organisation sees it, the member alone says it.

use crate::{
    db::{self, Writing},
    error::Error,
};
use app::{
    account::{Absence, Actor, Availability, Hours, may_cover},
    customer::Customer,
    id::{AbsenceId, MemberId},
    sync::{Refusal, protocol::Scope},
};
use std::collections::BTreeSet;

/// The hours in which `actor` works.
///
/// # Errors
/// [`Refusal`] where they cannot be kept.
pub async fn set_hours(writing: &mut Writing, actor: &Actor, member: MemberId, hours: &Hours) -> Result<(), Error> {
    let after = of(writing, actor, member).await?.with_hours(hours)?;
    save(writing, &after).await
}

/// Days on which `actor` is away. The cover is a colleague who sees some of the actor's customers anyway.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn plan_absence(writing: &mut Writing, actor: &Actor, member: MemberId, absence: &Absence) -> Result<(), Error> {
    let after = of(writing, actor, member).await?.with_absence(absence)?;
    if let Some(cover) = absence.cover {
        check_cover(writing, actor, cover).await?;
    }
    save(writing, &after).await
}

/// `actor` will not be away, or was not.
///
/// # Errors
/// [`Refusal`] where it is not there.
pub async fn cancel_absence(writing: &mut Writing, actor: &Actor, member: MemberId, id: AbsenceId) -> Result<(), Error> {
    let after = of(writing, actor, member).await?.without_absence(id)?;
    save(writing, &after).await
}

/// What is known of when `member`, who must be `actor`, works.
async fn of(writing: &mut Writing, actor: &Actor, member: MemberId) -> Result<Availability, Error> {
    if member != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    let organisation = writing.organisation.to_string();
    let found: Option<Availability> = db::find(writing.tx.up_to_date().await?, &organisation, &member.to_string()).await?;
    Ok(found.unwrap_or_else(|| Availability::of(member)))
}

async fn check_cover(writing: &mut Writing, actor: &Actor, cover: MemberId) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let cover: Option<Actor> = super::actor(writing.tx.up_to_date().await?, writing.organisation, &cover.to_string()).await?;
    let customers: Vec<Customer> = db::by(writing.tx.up_to_date().await?, &organisation, "owner", &actor.member.id.to_string()).await?;
    match cover {
        Some(cover) if may_cover(&cover, &actor.member, &customers) => Ok(()),
        Some(_) => Err(Refusal::invalid("cover", "choose a colleague who sees some of your customers, or your manager").into()),
        None => Err(Refusal::not_found("cover").into()),
    }
}

async fn save(writing: &mut Writing, availability: &Availability) -> Result<(), Error> {
    db::save(writing, availability, &BTreeSet::from([Scope::Colleagues])).await
}
