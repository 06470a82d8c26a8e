//! Which scopes see what: the one place that turns owners, reps and teams into scopes.

use crate::{customer, db::Writing, error::Error};
use app::{
    account::{Member, Role},
    customer::Customer,
    id::MemberId,
    sync::protocol::Scope,
    team::Team,
};
use std::collections::BTreeSet;

/// Scopes that see a row.
pub type Audience = BTreeSet<Scope>;

/// `audience` in the scopes of what colleagues do together for a customer ([`Scope::Care`]): the same people.
pub fn care(audience: Audience) -> Audience {
    let same = |scope| match scope {
        Scope::Member(member) => Scope::Care(member),
        Scope::Team(team) => Scope::TeamCare(team),
        other => other,
    };
    audience.into_iter().map(same).collect()
}

/// `audience` in the scopes of photos ([`Scope::Photos`]): the same people.
pub fn photos(audience: Audience) -> Audience {
    let same = |scope| match scope {
        Scope::Member(member) => Scope::Photos(member),
        Scope::Team(team) => Scope::TeamPhotos(team),
        other => other,
    };
    audience.into_iter().map(same).collect()
}

/// A member and the member's managers.
///
/// # Errors
/// The database's.
pub async fn audience_of_member(writing: &mut Writing, member: MemberId) -> Result<Audience, Error> {
    let managers = managers_of(writing, member).await?;
    Ok([Scope::Member(member)].into_iter().chain(managers).collect())
}

/// The scope of a member's managers. It is never one that the member pulls too: of a manager it is that of the team above, so that what
/// only managers may know of a member stays from the member.
///
/// # Errors
/// The database's.
pub async fn managers_of(writing: &mut Writing, member: MemberId) -> Result<Option<Scope>, Error> {
    let found = writing.find::<Member>(&member.to_string()).await?;
    let Some((member, own)) = found.and_then(|member| member.team.map(|team| (member, team))) else { return Ok(None) };
    // Only where a manager's team lies in the tree matters: one question less on the way of every other member's rows.
    let own = if member.is(Role::Manager) { writing.find::<Team>(&own.to_string()).await? } else { None };
    Ok(member.managed_in(own.as_deref()).map(Scope::Team))
}

/// The owners of a customer and the managers of the first owner; where another stands for it, that one's.
///
/// # Errors
/// The database's.
pub async fn audience_of_customer(writing: &mut Writing, customer: &Customer) -> Result<Audience, Error> {
    let standing = if customer.united.is_some() { customer::standing_for(writing, customer.id).await? } else { None };
    let customer = standing.as_deref().unwrap_or(customer);
    let mut audience = audience_of_member(writing, customer.owner).await?;
    audience.extend(customer.co_owners.iter().copied().map(Scope::Member));
    Ok(audience)
}
