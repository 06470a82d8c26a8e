//! A browser's stream of pokes as a test listens to it.

use super::TestApp;
use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use server::db::Db;
use std::time::Duration;

/// Long enough for whatever comes; a test that waits so long fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longer than pokes of a few are spread.
const SPREAD: Duration = Duration::from_millis(100);

/// A stream that the server holds open.
pub struct Pokes {
    /// The answer's headers.
    pub headers: HeaderMap,
    body: Body,
}

impl Pokes {
    /// Opens a stream, which the server tells at once.
    pub async fn open(app: &TestApp, cookie: &str) -> Self {
        let request = Request::get("/api/sync/pokes").header(header::COOKIE, cookie);
        let response = app.respond(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), StatusCode::OK);
        let (parts, body) = response.into_parts();
        let mut pokes = Self { headers: parts.headers, body };
        let opening = pokes.next().await.expect("it says that it is open");
        assert!(opening.contains("retry: ") && !opening.contains("data: "), "{opening}");
        pokes
    }

    /// Waits for the next poke.
    pub async fn must_be_poked(&mut self) {
        assert_eq!(self.next().await.as_deref(), Some("data: pull\n\n"));
    }

    /// Waits for the end of the stream, whatever is said before.
    pub async fn must_end(&mut self) {
        while self.next().await.is_some() {}
    }

    /// Whether nothing was said since the last poke, and the stream is open.
    pub async fn is_silent(&mut self) -> bool {
        tokio::time::timeout(SPREAD, self.body.frame()).await.is_err()
    }

    /// What is said next; nothing at the end.
    async fn next(&mut self) -> Option<String> {
        let frame = tokio::time::timeout(PATIENCE, self.body.frame()).await.expect("the stream says something or ends");
        let data = frame?.expect("the stream does not break").into_data().expect("data");
        Some(String::from_utf8(data.to_vec()).expect("text"))
    }
}

impl TestApp {
    /// Begins to poke those who wait in this process.
    pub async fn begin_poking(&self, waiting: &mut [&mut Pokes]) {
        server::sync::spawn_pokes(self.state.clone());
        if let Db::Postgres(_) = self.state.db {
            // From here on it hears the other processes, and itself.
            for pokes in waiting {
                pokes.must_be_poked().await;
            }
        }
    }
}
