//! Rows that phones hold: read by id, kept with the columns that SQL asks for, published to the scopes that may see them.

use super::{Transaction, Writing, execute, fetch_all, fetch_optional};
use crate::error::Error;
use app::{
    account::{Availability, Member, Viewing},
    calendar::ComingEvents,
    customer::{Contact, Customer, Insight},
    meeting::{Meeting, Touch},
    photo::Photo,
    promise::{InsideAsk, Promise},
    quarantine::Settlement,
    recovery::RecoveryCase,
    reflection::{Action, Reflection},
    score::Score,
    survey::Invitation,
    sync::protocol::{Entity, Scope},
    team::Team,
    today::Snooze,
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

/// A column's value, taken from the body.
#[derive(Clone, Debug)]
pub enum Column {
    /// Text, or nothing.
    Text(Option<String>),
    /// A whole number.
    Integer(i64),
}

impl Column {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => text.as_deref(),
            Self::Integer(_) => None,
        }
    }

    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Self::Text(_) => None,
            Self::Integer(number) => Some(*number),
        }
    }
}

impl From<String> for Column {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Column {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Column {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

/// A type that has a table of its own with columns `organisation`, `id`, `body`.
pub trait Keep: Serialize + DeserializeOwned + Send + Sync {
    /// Its kind; names the table.
    const ENTITY: Entity;
    /// Its table's further columns that are taken from the body.
    const COLUMNS: &'static [&'static str] = &[];
    /// Its key.
    fn key(&self) -> String;
    /// The values of [`Keep::COLUMNS`], in order.
    fn columns(&self) -> Vec<Column> {
        Vec::new()
    }
}

/// The thing of that id, if the organisation has it.
///
/// # Errors
/// The database's, or a body that does not read.
pub async fn find<T: Keep>(tx: &mut Transaction, organisation: &str, id: &str) -> Result<Option<T>, Error> {
    let sql = format!("select body from {} where organisation = $1 and id = $2", T::ENTITY.as_str());
    let row = fetch_optional!(tx, (String,), AssertSqlSafe(sql.as_str()), organisation, id)?;
    row.map(|(body,)| serde_json::from_str(&body).map_err(Error::from)).transpose()
}

/// Every thing of a kind whose `column` is `value`, in the order of their ids.
///
/// # Errors
/// The database's, or a body that does not read.
pub async fn by<T: Keep>(tx: &mut Transaction, organisation: &str, column: &'static str, value: &str) -> Result<Vec<T>, Error> {
    // Ordered here: told to order by id, SQLite reads the whole organisation in the key's order instead of the few rows that the column's
    // index finds.
    let sql = format!("select id, body from {} where organisation = $1 and {column} = $2", T::ENTITY.as_str());
    let mut rows = fetch_all!(tx, (String, String), AssertSqlSafe(sql.as_str()), organisation, value)?;
    rows.sort_unstable();
    rows.iter().map(|(_, body)| serde_json::from_str(body).map_err(Error::from)).collect()
}

/// Every thing of a kind, in the order of their ids.
///
/// # Errors
/// The database's, or a body that does not read.
pub async fn all<T: Keep>(tx: &mut Transaction, organisation: &str) -> Result<Vec<T>, Error> {
    let sql = format!("select body from {} where organisation = $1 order by id", T::ENTITY.as_str());
    let rows = fetch_all!(tx, (String,), AssertSqlSafe(sql.as_str()), organisation)?;
    rows.iter().map(|(body,)| serde_json::from_str(body).map_err(Error::from)).collect()
}

/// The bodies of those rows of a kind that have one of the `keys`, by key.
///
/// # Errors
/// The database's.
pub async fn bodies(tx: &mut Transaction, organisation: &str, entity: Entity, keys: &[&str]) -> Result<BTreeMap<String, String>, Error> {
    // The organisation is a row of itself.
    let of = if entity == Entity::Organisation { "id" } else { "organisation" };
    let table = entity.as_str();
    let rows: Vec<(String, String)> = match tx {
        // SQLite has no arrays; a JSON list is its table-valued parameter.
        Transaction::Sqlite(tx) => {
            let sql = format!("select id, body from {table} where {of} = $1 and id in (select value from json_each($2))");
            sqlx::query_as(AssertSqlSafe(sql.as_str())).bind(organisation).bind(serde_json::to_string(keys)?).fetch_all(&mut **tx).await?
        }
        Transaction::Postgres(tx) => {
            let sql = format!("select id, body from {table} where {of} = $1 and id = any($2)");
            sqlx::query_as(AssertSqlSafe(sql.as_str())).bind(organisation).bind(keys).fetch_all(&mut **tx).await?
        }
    };
    Ok(rows.into_iter().collect())
}

/// Keeps `thing` and tells `scopes` of it; scopes that held it before and are not named any more are told that it is gone.
///
/// # Errors
/// The database's.
pub async fn save<T: Keep>(writing: &mut Writing, thing: &T, scopes: &BTreeSet<Scope>) -> Result<(), Error> {
    upsert(writing, thing).await?;
    writing.publish(T::ENTITY, &thing.key(), scopes);
    Ok(())
}

/// Keeps a new `thing` and tells `scopes` of it. Inserted with others: where there is one of that key, [`Refusal::IdTaken`](app::sync::Refusal::IdTaken) comes of whatever
/// is done next in the transaction.
///
/// # Errors
/// Where it has no JSON form.
pub fn add<T: Keep>(writing: &mut Writing, thing: &T, scopes: &BTreeSet<Scope>) -> Result<(), Error> {
    writing.add(thing)?;
    writing.publish_new(T::ENTITY, &thing.key(), scopes);
    Ok(())
}

/// Writes a thing, new or in place of what was there.
async fn upsert<T: Keep>(writing: &mut Writing, thing: &T) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let (table, key, body) = (T::ENTITY.as_str(), thing.key(), serde_json::to_string(thing)?);
    let updates: String = T::COLUMNS.iter().map(|column| format!(", {column} = excluded.{column}")).collect();
    let names: String = T::COLUMNS.iter().map(|column| format!(", {column}")).collect();
    let places: String = (0..T::COLUMNS.len()).map(|n| format!(", ${}", n + 4)).collect();
    let sql = format!(
        "insert into {table} (organisation, id, body{names})
        values ($1, $2, $3{places})
        on conflict (organisation, id) do update
        set body = excluded.body{updates}"
    );
    let columns = thing.columns();
    super::on!(writing.tx.up_to_date().await?, |connection| {
        let mut query = sqlx::query(AssertSqlSafe(sql.as_str())).bind(&organisation).bind(&key).bind(&body);
        for column in &columns {
            query = match column {
                Column::Text(text) => query.bind(text),
                Column::Integer(number) => query.bind(number),
            };
        }
        query.execute(connection).await.map(drop)
    })?;
    writing.forget(T::ENTITY, &key);
    Ok(())
}

/// Removes a thing for good and tells every scope that held it.
///
/// # Errors
/// The database's.
pub async fn delete<T: Keep>(writing: &mut Writing, key: &str) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let sql = format!("delete from {} where organisation = $1 and id = $2", T::ENTITY.as_str());
    execute!(writing.tx.up_to_date().await?, AssertSqlSafe(sql.as_str()), &organisation, key)?;
    writing.forget(T::ENTITY, key);
    writing.publish(T::ENTITY, key, &BTreeSet::new());
    Ok(())
}

/// Declares how a type is kept: its columns beside the body, each from a field.
macro_rules! keep {
    ($($name:ident |$thing:ident| { $($column:literal = $value:expr),* $(,)? })*) => {$(
        impl Keep for $name {
            const ENTITY: Entity = Entity::$name;
            const COLUMNS: &'static [&'static str] = &[$($column),*];
            fn key(&self) -> String {
                self.id.to_string()
            }
            fn columns(&self) -> Vec<Column> {
                let $thing = self;
                vec![$(Column::from($value)),*]
            }
        }
    )*};
}

impl Keep for Score {
    const ENTITY: Entity = Entity::Score;
    fn key(&self) -> String {
        Self::key(self.member, self.audience)
    }
}

impl Keep for Availability {
    const ENTITY: Entity = Entity::Availability;
    fn key(&self) -> String {
        self.member.to_string()
    }
}

impl Keep for ComingEvents {
    const ENTITY: Entity = Entity::ComingEvents;
    fn key(&self) -> String {
        self.member.to_string()
    }
}

impl Keep for Snooze {
    const ENTITY: Entity = Entity::Snooze;
    fn key(&self) -> String {
        Self::key(self.member, self.subject)
    }
}

keep! {
    Team |_it| {}
    Settlement |_it| {}
    Member |it| { "team" = it.team.map(|team| team.to_string()) }
    Viewing |it| {
        "viewer" = it.viewer.to_string(),
        "subject" = it.subject.to_string(),
        "viewed" = it.viewed.key().to_owned(),
        "viewed_on" = it.on.to_string(),
    }
    Customer |it| { "owner" = it.owner.to_string(), "united_into" = it.united.as_ref().map(|united| united.into.to_string()) }
    Contact |it| { "customer" = it.customer.to_string() }
    Insight |it| { "customer" = it.customer.to_string() }
    Meeting |it| { "customer" = it.customer.to_string(), "rep" = it.rep.to_string(), "starts_at" = it.starts_at.0 }
    Touch |it| { "customer" = it.customer.to_string() }
    Promise |it| { "customer" = it.customer.to_string(), "due" = it.due.to_string() }
    InsideAsk |it| { "customer" = it.customer.to_string() }
    RecoveryCase |it| { "customer" = it.customer.to_string() }
    Photo |it| { "subject" = it.subject.id().to_string(), "customer" = it.customer.to_string() }
    Reflection |it| { "author" = it.author.to_string() }
    Action |it| { "author" = it.author.to_string() }
    Invitation |it| {
        "meeting" = it.meeting.to_string(),
        "customer" = it.customer.to_string(),
        "contact" = it.contact.map(|contact| contact.to_string()),
        "rep" = it.rep.to_string(),
        "asked_at" = it.asked_at.0,
    }
}
