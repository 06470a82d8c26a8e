//! The built app: hashed files that never change, and the few whose names stay.

use crate::routes::Routes;
use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};
use tower_http::services::{ServeDir, ServeFile};

/// What the bundle made: names that pages link to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Assets {
    /// Names the build.
    pub build: String,
    /// From a file's plain name to its path with the hash of its content.
    pub files: BTreeMap<String, String>,
}

/// Reads the bundle's list.
///
/// # Errors
/// Where the app was not built, or the list does not read.
pub fn assets(site: &Path) -> Result<Assets, std::io::Error> {
    let text = std::fs::read_to_string(site.join("assets.json"))?;
    serde_json::from_str(&text).map_err(std::io::Error::from)
}

/// The files of the app.
pub(super) fn routes(site: &Path) -> Routes {
    let root = site.join("root");
    let file = |name: &str| ServeFile::new(root.join(name)).precompressed_br().precompressed_gzip();
    let directory = |path: &Path| ServeDir::new(path).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let unchanging = Routes::default()
        .files("/assets/{*path}", directory(site))
        .layer(middleware::from_fn(|request, next| cached(request, next, "public, max-age=31536000, immutable")));
    let shell = Routes::default()
        .files("/app", file("app.html"))
        .files("/app/{*path}", file("app.html"))
        .files("/{*path}", directory(&root))
        .layer(middleware::from_fn(|request, next| cached(request, next, "no-cache")));
    unchanging.merge(shell)
}

async fn cached(request: Request, next: Next, how: &'static str) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(how));
    }
    response
}
