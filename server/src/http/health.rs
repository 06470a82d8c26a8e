use crate::{
    State,
    routes::{Access, Routes},
};
use axum::{extract, http::StatusCode};

/// `/healthz`: the process answers. `/readyz`: the database answers too.
pub(super) fn routes() -> Routes {
    Routes::default().get("/healthz", Access::Anyone, || async { "ok" }).get("/readyz", Access::Anyone, ready)
}

async fn ready(extract::State(state): extract::State<State>) -> (StatusCode, &'static str) {
    match state.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
