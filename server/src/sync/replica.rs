//! What a member's phone holds, for the phones' own rules that the server asks by itself.

use super::{pull::scopes, queries};
use crate::{
    db::{self, Transaction},
    error::Error,
    score,
};
use app::{
    account::Actor,
    id::OrganisationId,
    sync::{Replica, protocol::Entity},
};

/// The rows of some kinds that the scopes of a member hold, as a phone shows them.
///
/// # Errors
/// The database's.
pub(crate) async fn replica(mut tx: Transaction, organisation: OrganisationId, actor: &Actor, kinds: &[Entity]) -> Result<Replica, Error> {
    let mut found = Vec::new();
    for (kind, mut ids) in queries::held(&mut tx, organisation, &scopes(actor), kinds).await? {
        if kind == Entity::Rating {
            let withheld = score::withheld(&mut tx, organisation, actor.member.id).await?;
            ids.retain(|id| !withheld.contains(id));
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let bodies = db::bodies(&mut tx, &organisation.to_string(), kind, &ids).await?;
        found.extend(bodies.into_values().map(|body| (kind, body)));
    }
    drop(tx);
    // A manager's are many, and others wait meanwhile.
    let read = tokio::task::spawn_blocking(move || {
        let mut replica = Replica::default();
        for (kind, body) in found {
            replica.put(kind.read(&body)?);
        }
        Ok(replica.as_one())
    });
    read.await.map_err(|error| Error::Internal(error.to_string()))?
}
