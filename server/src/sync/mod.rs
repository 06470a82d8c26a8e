//! Sync: mutations are applied exactly once, changes are pulled by scope.

mod apply;
mod arrived;
mod history;
mod pull;
mod push;
mod queries;

use crate::routes::{Access, Routes};
use app::sync::protocol::BODY_BYTES_MAX;
use axum::extract::DefaultBodyLimit;

pub use apply::apply;
#[cfg(test)]
pub(crate) use pull::answer;

/// The routes of sync.
pub fn routes() -> Routes {
    Routes::default()
        .post("/api/sync/push", Access::Member, push::push)
        .post("/api/sync/pull", Access::Member, pull::pull)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}
