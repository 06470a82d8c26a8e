//! Cross-site writes are refused: a browser tells where a write comes from, and it must be from here.

use crate::{State, error::Error};
use app::sync::protocol::ProblemCode;
use axum::{
    extract::{self, Request},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

/// Refuses writes from elsewhere, and writes that do not say where they come from.
pub(super) async fn check(extract::State(state): extract::State<State>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_from_here(request.headers(), &state.config.public()) {
        return next.run(request).await;
    }
    Error::problem(ProblemCode::Forbidden, "This came from another site. Open the page again from its own address.").into_response()
}

fn is_from_here(headers: &HeaderMap, public: &Url) -> bool {
    let origin = headers.get(header::ORIGIN).map(|origin| origin.as_bytes() == public.origin().ascii_serialization().as_bytes());
    let fetched = headers.get("sec-fetch-site").map(|site| site == "same-origin");
    match (origin, fetched) {
        (None, None) => false,
        (origin, fetched) => origin.unwrap_or(true) && fetched.unwrap_or(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_must_say_that_it_comes_from_here() {
        let public = Url::parse("https://qdos.example").expect("an address");
        for (origin, site, here) in [
            (Some("https://qdos.example"), Some("same-origin"), true),
            (Some("https://qdos.example"), None, true),
            (None, Some("same-origin"), true),
            (Some("https://qdos.example.evil.test"), None, false),
            (Some("http://qdos.example"), None, false),
            (Some("null"), None, false),
            (Some("https://qdos.example"), Some("cross-site"), false),
            (None, Some("same-site"), false),
            (None, None, false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().expect("a header"));
            }
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().expect("a header"));
            }
            assert_eq!(is_from_here(&headers, &public), here, "{origin:?} {site:?}");
        }
    }
}
