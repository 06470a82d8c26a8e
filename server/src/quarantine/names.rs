//! The names that refused mutations stand by: an administrator's phone does not hold everybody's customers.

use super::queries::Kept;
use crate::{
    db::{self, Transaction},
    error::Error,
};
use app::{
    id::OrganisationId,
    sync::{Replica, protocol::Entity},
};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a mutation may be told by.
const NAMING: [Entity; 5] = [Entity::Member, Entity::Customer, Entity::Contact, Entity::Meeting, Entity::Promise];

/// Everything that `all` name, and the customers behind it.
pub(super) async fn named(tx: &mut Transaction, organisation: OrganisationId, all: &[Kept]) -> Result<Replica, Error> {
    let mut ids = BTreeSet::new();
    for value in all.iter().filter_map(|kept| serde_json::from_str(&kept.body).ok()) {
        collect(&value, &mut ids);
    }
    let mut replica = Replica::default();
    take(tx, organisation, &NAMING, &ids, &mut replica).await?;
    let meetings = replica.meetings.values().map(|meeting| meeting.customer);
    let behind = meetings.chain(replica.promises.values().map(|promise| promise.customer)).map(|id| id.to_string()).collect();
    take(tx, organisation, &[Entity::Customer], &behind, &mut replica).await?;
    Ok(replica)
}

async fn take(
    tx: &mut Transaction,
    organisation: OrganisationId,
    entities: &[Entity],
    ids: &BTreeSet<String>,
    into: &mut Replica,
) -> Result<(), Error> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for entity in entities {
        for body in db::bodies(tx, &organisation.to_string(), *entity, &ids).await?.values() {
            into.put(entity.read(body)?);
        }
    }
    Ok(())
}

fn collect(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => ids.extend(Uuid::parse_str(text).ok().map(|id| id.to_string())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        Value::Object(object) => object.values().for_each(|item| collect(item, ids)),
        _ => {}
    }
}
