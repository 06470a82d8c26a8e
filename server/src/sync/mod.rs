//! Sync: mutations are applied exactly once, changes are pulled by scope, and whoever has something to pull is poked.

mod apply;
mod arrived;
mod deliver;
mod history;
mod pokes;
mod pull;
mod push;
mod queries;
mod replica;

use crate::routes::{Access, Routes};
use app::sync::protocol::BODY_BYTES_MAX;
use axum::extract::DefaultBodyLimit;

pub use apply::{apply, apply_with_others};
pub use pokes::{Pokes, spawn as spawn_pokes};
#[cfg(test)]
pub(crate) use pull::answer;
pub(crate) use pull::scopes;
pub(crate) use queries::{held, held_of};
pub(crate) use replica::replica;

/// The routes of sync.
pub fn routes() -> Routes {
    Routes::default()
        .post("/api/sync/push", Access::Member, push::push)
        .post("/api/sync/pull", Access::Member, pull::pull)
        .get("/api/sync/pokes", Access::Member, pokes::answer)
        .post("/api/sync/deliver", Access::Revoked, deliver::deliver)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}
