use crate::support::TestApp;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

#[tokio::test]
async fn a_write_from_another_site_is_refused_before_anything_else() {
    let app = TestApp::sqlite().await;
    let request = Request::post("/api/sync/push").header(header::ORIGIN, "https://evil.test").body(Body::from("{}")).expect("a request");
    let (status, body) = app.send(request).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{body}");
}

#[tokio::test]
async fn the_server_says_that_it_lives_and_is_ready() {
    let app = TestApp::sqlite().await;
    for path in ["/healthz", "/readyz"] {
        let (status, _) = app.send(Request::get(path).body(Body::empty()).expect("a request")).await;
        assert_eq!(status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn every_answer_forbids_inline_script_and_names_its_request() {
    let app = TestApp::sqlite().await;
    for path in ["/", "/healthz", "/nowhere", "/api/sync/push"] {
        let response = app.respond(Request::get(path).body(Body::empty()).expect("a request")).await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert!(response.headers().contains_key("x-request-id"), "{path}");
    }
}
