//! Which scopes see what: the one place that turns owners, reps and teams into scopes.

use crate::{
    db::{self, Writing},
    error::Error,
};
use app::{account::Member, customer::Customer, id::MemberId, sync::protocol::Scope};
use std::collections::BTreeSet;

/// Scopes that see a row.
pub type Audience = BTreeSet<Scope>;

/// A member and the managers of the member's team.
///
/// # Errors
/// The database's.
pub async fn audience_of_member(writing: &mut Writing, member: MemberId) -> Result<Audience, Error> {
    let organisation = writing.organisation.to_string();
    let found: Option<Member> = db::find(&mut writing.tx, &organisation, &member.to_string()).await?;
    let team = found.and_then(|member| member.team);
    Ok([Scope::Member(member)].into_iter().chain(team.map(Scope::Team)).collect())
}

/// The owners of a customer and the managers of the first owner's team.
///
/// # Errors
/// The database's.
pub async fn audience_of_customer(writing: &mut Writing, customer: &Customer) -> Result<Audience, Error> {
    let mut audience = audience_of_member(writing, customer.owner).await?;
    audience.extend(customer.co_owners.iter().copied().map(Scope::Member));
    Ok(audience)
}
