//! Sync: mutations are applied exactly once, changes are pulled by scope.

mod apply;
mod history;
mod pull;
mod push;
mod queries;

use crate::State;
use app::sync::protocol::BODY_BYTES_MAX;
use axum::{Router, extract::DefaultBodyLimit, routing::post};

pub use apply::apply;

/// The routes of sync.
pub fn router() -> Router<State> {
    Router::new()
        .route("/api/sync/push", post(push::push))
        .route("/api/sync/pull", post(pull::pull))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}
