use super::{headers, metrics, origin};
use crate::{State, routes::Routes};
use ::metrics::gauge;
use axum::{
    Router,
    body::Body,
    http::{HeaderName, Request, StatusCode},
    middleware,
};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, signal};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

/// How long a request may take before it is given up.
const REQUEST_SECONDS: u64 = 30;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// `routes` with what surrounds every request.
pub fn layered(routes: Routes, state: State) -> Router {
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(middleware::from_fn_with_state(state.clone(), headers::add))
        .layer(middleware::from_fn(metrics::observe))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(REQUEST_SECONDS)))
        .layer(middleware::from_fn_with_state(state.clone(), origin::check));
    routes.layer(layers).into_router(state)
}

/// A request's span: its id and route, never its path, which may hold a token, nor its query, which may hold what another app shared.
fn span(request: &Request<Body>) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let route = request.extensions().get::<axum::extract::MatchedPath>().map_or("none", axum::extract::MatchedPath::as_str);
    tracing::info_span!("request", id, method = %request.method(), route)
}

/// Serves until asked to stop, then finishes what runs; streams of pokes, which would run for ever, end.
///
/// # Errors
/// Where an address cannot be listened on.
pub async fn serve(app: Router, state: &State, metrics_handle: PrometheusHandle) -> std::io::Result<()> {
    let listener = TcpListener::bind(state.config.listen).await?;
    let metrics_listener = TcpListener::bind(state.config.metrics_listen).await?;
    gauge!("build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    tracing::info!(address = %listener.local_addr()?, metrics = %metrics_listener.local_addr()?, "serving");
    tokio::spawn(async move { axum::serve(metrics_listener, metrics::router(metrics_handle)).await });
    let pokes = state.pokes.clone();
    let stop = async move {
        asked_to_stop().await;
        pokes.close();
    };
    axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(stop).await?;
    tracing::info!("requests finished; closing the database");
    state.db.close().await;
    Ok(())
}

/// Resolves on Ctrl-C or SIGTERM.
async fn asked_to_stop() {
    let interrupt = async {
        signal::ctrl_c().await.expect("signals can be listened for");
    };
    #[cfg(unix)]
    let terminate = async {
        signal::unix::signal(signal::unix::SignalKind::terminate()).expect("signals can be listened for").recv().await;
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    tracing::info!("asked to stop");
}
