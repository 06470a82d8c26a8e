use crate::State;
use axum::{Router, extract, http::StatusCode, routing::get};

/// `/healthz`: the process answers. `/readyz`: the database answers too.
pub(super) fn router() -> Router<State> {
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready))
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
