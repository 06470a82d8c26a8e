//! Customers that are the same: who stands for whom, and telling everything about them to whom it belongs then.
//!
//! Every rule that reads by customer asks here, so that it reads what was written for any of them (`app/src/customer/uniting.rs` says why).

use super::apply::{republish, visible};
use crate::{
    account::audience_of_customer,
    db::{self, Keep, Transaction, Writing, fetch_all, fetch_optional, read_kept},
    error::Error,
    score,
};
use app::{
    account::Actor,
    customer::{Customer, Two, UNITED_MAX},
    id::CustomerId,
    sync::Refusal,
};
use sqlx::AssertSqlSafe;
use std::{collections::BTreeMap, sync::Arc};

/// The customer of that id, the one that stands for it, the one that stands for that, and so on; empty where there is none.
///
/// # Errors
/// The database's.
pub async fn chain(writing: &mut Writing, id: CustomerId) -> Result<Vec<Arc<Customer>>, Error> {
    let mut chain: Vec<Arc<Customer>> = writing.find::<Customer>(&id.to_string()).await?.into_iter().collect();
    while let Some(into) = chain.last().and_then(|last| last.united.as_ref()).map(|united| united.into) {
        let next = writing.find::<Customer>(&into.to_string()).await?;
        chain.push(next.filter(|_| chain.len() < UNITED_MAX).ok_or_else(|| Error::Internal(format!("nobody stands for {id}")))?);
    }
    Ok(chain)
}

/// The customer that stands for the one of that id: itself, unless it is one with another.
///
/// # Errors
/// The database's.
pub async fn standing_for(writing: &mut Writing, id: CustomerId) -> Result<Option<Arc<Customer>>, Error> {
    Ok(chain(writing, id).await?.pop())
}

/// Whether the two are one.
///
/// # Errors
/// The database's.
pub async fn are_one(writing: &mut Writing, one: CustomerId, other: CustomerId) -> Result<bool, Error> {
    if one == other {
        return Ok(true);
    }
    let (one, other) = (standing_for(writing, one).await?, standing_for(writing, other).await?);
    Ok(one.zip(other).is_some_and(|(one, other)| one.id == other.id))
}

/// Everybody for whom the customer of that id stands, itself first.
///
/// # Errors
/// The database's.
pub async fn all_one_with(tx: &mut Transaction, organisation: &str, id: CustomerId) -> Result<Vec<CustomerId>, Error> {
    let sql = "with recursive one (id) as (
            select cast($2 as text)
            union
            select customer.id from one join customer on customer.organisation = $1 and customer.united_into = one.id
        )
        select id from one where id <> $2";
    let others = fetch_all!(tx, (String,), sql, organisation, id.to_string())?;
    let others = others.iter().map(|(id,)| read_kept(id)).collect::<Result<Vec<CustomerId>, Error>>()?;
    Ok([id].into_iter().chain(others).collect())
}

/// Who stands for whom, of all who do not stand for themselves.
///
/// # Errors
/// The database's.
pub async fn stand_ins(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<CustomerId, CustomerId>, Error> {
    let sql = "select id, united_into from customer where organisation = $1 and united_into is not null";
    let rows = fetch_all!(tx, (String, String), sql, organisation)?;
    let into = rows.iter().map(|(id, into)| Ok((read_kept(id)?, read_kept(into)?))).collect::<Result<BTreeMap<_, _>, Error>>()?;
    let stands_for = |id: &CustomerId| std::iter::successors(Some(*id), |id| into.get(id).copied()).take(UNITED_MAX + 1).last();
    Ok(into.keys().filter_map(|id| Some((*id, stands_for(id)?))).collect())
}

/// Every thing of a kind at the customer of that id and at all that are one with it, in the order of their ids.
///
/// # Errors
/// The database's, or a body that does not read.
pub async fn at_all_one_with<T: Keep>(tx: &mut Transaction, organisation: &str, id: &str) -> Result<Vec<T>, Error> {
    let table = T::ENTITY.as_str();
    // Joined crosswise, which SQLite takes in the order written: it would read the organisation's whole table first.
    let sql = format!(
        "with recursive above (id, united_into) as (
            select id, united_into from customer where organisation = $1 and id = $2
            union
            select customer.id, customer.united_into
            from above
            join customer on customer.organisation = $1 and customer.id = above.united_into
        ), one (id) as (
            select id from above where united_into is null
            union
            select customer.id from one join customer on customer.organisation = $1 and customer.united_into = one.id
        )
        select {table}.id, {table}.body from one cross join {table} where {table}.organisation = $1 and {table}.customer = one.id"
    );
    let mut rows = fetch_all!(tx, (String, String), AssertSqlSafe(sql.as_str()), organisation, id)?;
    rows.sort_unstable();
    rows.iter().map(|(_, body)| serde_json::from_str(body).map_err(Error::from)).collect()
}

/// Says that the two are the same. Whoever sees both may: who looks after them, their managers, administrators.
///
/// # Errors
/// [`Refusal`] where one is not to be seen or they cannot be one.
pub async fn unite(writing: &mut Writing, actor: &Actor, id: CustomerId, into: CustomerId) -> Result<(), Error> {
    let is_itself = id == into;
    let (stands, into) = (visible(writing, actor, id).await?, visible(writing, actor, into).await?);
    if stands.id == into.id && !is_itself {
        // Said before, or the other way round.
        return Ok(());
    }
    let from = writing.find::<Customer>(&id.to_string()).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let organisation = writing.organisation.to_string();
    let mine = all_one_with(writing.tx.up_to_date().await?, &organisation, from.id).await?;
    let others = all_one_with(writing.tx.up_to_date().await?, &organisation, into.id).await?;
    let directly = directly_one_with(writing, into.id).await?;
    let two = app::customer::unite(&from, &into, directly, mine.len() + others.len(), (actor.member.id, writing.now))?;
    keep(writing, two).await?;
    score::customers_changed(writing, &mine).await
}

/// Says that the two are two. Whoever sees them may.
///
/// # Errors
/// [`Refusal`] where they are not to be seen or one of them is one with more by now.
pub async fn take_apart(writing: &mut Writing, actor: &Actor, id: CustomerId, into: CustomerId) -> Result<(), Error> {
    visible(writing, actor, id).await?;
    let from = writing.find::<Customer>(&id.to_string()).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    if from.united.is_none() {
        // Another device said it, too.
        return Ok(());
    }
    let stands = writing.find::<Customer>(&into.to_string()).await?.ok_or_else(|| Refusal::not_found("customer"))?;
    let directly = directly_one_with(writing, into).await?;
    let two = app::customer::take_apart(&from, &stands, directly)?;
    let alone = two.from.clone();
    keep(writing, two).await?;
    republish(writing, &alone).await?;
    let organisation = writing.organisation.to_string();
    let mine = all_one_with(writing.tx.up_to_date().await?, &organisation, id).await?;
    score::customers_changed(writing, &mine).await
}

/// Keeps both, and tells everything about the one that stands, or stood, to whom it belongs now.
async fn keep(writing: &mut Writing, Two { from, into }: Two) -> Result<(), Error> {
    let audience = audience_of_customer(writing, if from.united.is_some() { &into } else { &from }).await?;
    // First, since it says who stands for whom.
    db::save(writing, &from, &audience).await?;
    republish(writing, &into).await
}

/// How many customers say that this one stands for them.
async fn directly_one_with(writing: &mut Writing, id: CustomerId) -> Result<usize, Error> {
    let sql = "select count(*) from customer where organisation = $1 and united_into = $2";
    let organisation = writing.organisation.to_string();
    let row = fetch_optional!(writing.tx.up_to_date().await?, (i64,), sql, organisation, id.to_string())?;
    Ok(row.map_or(0, |(count,)| count as usize))
}
