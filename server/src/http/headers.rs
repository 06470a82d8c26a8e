use crate::{State, config::Config};
use axum::{
    extract::{self, Request},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// No inline script or style anywhere; WASM compiles; nothing comes from or goes to elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// Adds the headers that every answer has; what a handler set stays.
pub(super) async fn add(extract::State(state): extract::State<State>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in fixed(&state.config) {
        headers.entry(name).or_insert(value);
    }
    response
}

fn fixed(config: &Config) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let always = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    // Two years; preloading is the operator's decision.
    let https = config.is_https().then_some((header::STRICT_TRANSPORT_SECURITY, "max-age=63072000"));
    always.into_iter().chain(https).map(|(name, value)| (name, HeaderValue::from_static(value)))
}
