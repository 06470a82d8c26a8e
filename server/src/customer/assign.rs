//! Who looks after which customers: what administrators see and change.

use super::republish;
use crate::{
    State,
    db::{self, Transaction, Writing},
    error::Error,
    organisation,
};
use app::{
    account::{Member, Role},
    customer::{ASSIGN_MAX, Assignment, Customer, CustomerSearch, CustomersFound},
    id::{CustomerId, MemberId, OrganisationId},
    sync::Refusal,
    text,
};
use std::collections::BTreeSet;

/// Customers of the whole organisation that are not archived, by name.
///
/// # Errors
/// The database's.
pub async fn search(state: &State, organisation: OrganisationId, search: &CustomerSearch) -> Result<CustomersFound, Error> {
    let (mut tx, organisation) = (state.db.read().await?, organisation.to_string());
    let mut customers: Vec<Customer> = match search.owner {
        Some(owner) => db::by(&mut tx, &organisation, "owner", &owner.to_string()).await?,
        None => db::all(&mut tx, &organisation).await?,
    };
    let words = text::fold(&search.words);
    customers.retain(|it| !it.archived && (text::fold(&it.name).contains(&words) || text::fold(&it.place).contains(&words)));
    customers.sort_by_cached_key(|it| (it.name.to_lowercase(), it.id));
    let total = customers.len();
    customers.truncate(ASSIGN_MAX);
    Ok(CustomersFound { customers, total })
}

/// Changes who looks after customers, and tells everything about them to whom it belongs now. Answers how many changed.
///
/// # Errors
/// [`Refusal`] where one of them is not there or the change cannot be made; then none is made.
pub async fn assign(writing: &mut Writing, customers: &[CustomerId], assignment: &Assignment) -> Result<usize, Error> {
    let organisation = writing.organisation.to_string();
    let own = organisation::find(&mut writing.tx, writing.organisation).await?.ok_or_else(Error::not_found)?;
    let today = organisation::today(&own, writing.now);
    assignment.check(today)?;
    if customers.is_empty() || customers.len() > ASSIGN_MAX {
        return Err(Refusal::invalid("customers", &format!("choose 1 to {ASSIGN_MAX} customers")).into());
    }
    for member in assignment.owner.iter().chain(&assignment.with) {
        check_rep(&mut writing.tx, &organisation, *member).await?;
    }
    let mut changed = 0;
    for id in BTreeSet::from_iter(customers) {
        let before: Option<Customer> = db::find(&mut writing.tx, &organisation, &id.to_string()).await?;
        let before = before.ok_or_else(|| Refusal::not_found("customer"))?;
        if let Some(after) = assignment.of(&before, today)? {
            republish(writing, &after).await?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// Whether a member can look after customers.
async fn check_rep(tx: &mut Transaction, organisation: &str, member: MemberId) -> Result<(), Error> {
    let found: Option<Member> = db::find(tx, organisation, &member.to_string()).await?;
    match found {
        Some(member) if member.active && member.is(Role::Rep) => Ok(()),
        _ => Err(Refusal::invalid("owner", "choose a rep who is active").into()),
    }
}
