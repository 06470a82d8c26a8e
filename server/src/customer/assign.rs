//! Who looks after which customers: what administrators see and change.

use super::{republish, standing_for};
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
    let customers: Vec<Customer> = match search.owner {
        Some(owner) => db::by(&mut tx, &organisation, "owner", &owner.to_string()).await?,
        None => db::all(&mut tx, &organisation).await?,
    };
    Ok(found(customers, &search.words))
}

/// Those that `words` mean, as on phones.
fn found(mut customers: Vec<Customer>, words: &str) -> CustomersFound {
    let search = text::Search::of(words);
    customers.retain(|it| !it.archived && it.united.is_none() && search.finds([it.name.as_str(), it.place.as_str()]));
    customers.sort_by_cached_key(|it| (text::alphabetical(&it.name), it.id));
    let total = customers.len();
    customers.truncate(ASSIGN_MAX);
    CustomersFound { customers, total }
}

/// Changes who looks after customers, and tells everything about them to whom it belongs now. Answers how many changed.
///
/// # Errors
/// [`Refusal`] where one of them is not there or the change cannot be made; then none is made.
pub async fn assign(writing: &mut Writing, customers: &[CustomerId], assignment: &Assignment) -> Result<usize, Error> {
    let organisation = writing.organisation.to_string();
    let own = organisation::find(writing.tx.up_to_date().await?, writing.organisation).await?.ok_or_else(Error::not_found)?;
    let today = organisation::today(&own, writing.now);
    assignment.check(today)?;
    if customers.is_empty() || customers.len() > ASSIGN_MAX {
        return Err(Refusal::invalid("customers", &format!("choose 1 to {ASSIGN_MAX} customers")).into());
    }
    for member in assignment.owner.iter().chain(&assignment.with) {
        check_rep(writing.tx.up_to_date().await?, &organisation, *member).await?;
    }
    let mut changed = 0;
    for id in BTreeSet::from_iter(customers) {
        let before = standing_for(writing, *id).await?.ok_or_else(|| Refusal::not_found("customer"))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use uuid::Uuid;

    #[test]
    fn customers_are_found_and_in_order_as_on_phones() {
        let customer = |(n, name): (u128, &str)| Customer {
            id: CustomerId(Uuid::from_u128(n)),
            name: name.into(),
            place: "Köln".into(),
            industry: String::new(),
            size: Default::default(),
            owner: MemberId(Uuid::from_u128(1)),
            co_owners: BTreeSet::new(),
            owned_since: NaiveDate::MIN,
            tier: Default::default(),
            window_days: None,
            ideal_days: None,
            archived: n == 0,
            united: None,
            version: 1,
            history: Default::default(),
        };
        let names = ["Archived", "Zoo", "Depot 10", "öffner", "Depot 2", "Ofen"];
        let found = |words| {
            let found = found((0..).zip(names).map(customer).collect(), words);
            found.customers.into_iter().map(|it| it.name).collect::<Vec<_>>()
        };
        assert_eq!(found(""), ["Depot 2", "Depot 10", "Ofen", "öffner", "Zoo"]);
        assert_eq!(found("KOLN o"), ["Ofen", "öffner"]);
        assert_eq!(found("fen"), [""; 0]);
    }
}
