//! Requests to the app's own server.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use web_sys::{AbortController, RequestCredentials};

use super::window::navigator;

/// A complete answer, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: String,
    /// How long the server asks to wait before the next request.
    pub retry_after: Option<Duration>,
}

/// Why there is no answer. Whether the server acted is unknown in each case, so what is sent must bear repeating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// No connection to the server.
    #[error("the server cannot be reached")]
    Offline,
    /// No complete answer in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// The answer began and broke off.
    #[error("the answer was cut off")]
    Cut,
}

/// Whether the operating system believes there is a network. `false` can be trusted, `true` cannot.
pub fn is_online() -> bool {
    navigator().on_line()
}

/// Asks for a resource.
pub async fn get(path: &str, within: Duration) -> Result<Reply, NetworkError> {
    fetch(Request::get(path), None, within).await
}

/// Sends JSON.
pub async fn post(path: &str, json: String, within: Duration) -> Result<Reply, NetworkError> {
    fetch(Request::post(path).header("content-type", "application/json"), Some(json), within).await
}

async fn fetch(request: RequestBuilder, body: Option<String>, within: Duration) -> Result<Reply, NetworkError> {
    let deadline = Deadline::after(within);
    // The session's cookie goes along, to this origin only.
    let request = request.credentials(RequestCredentials::SameOrigin).abort_signal(Some(&deadline.controller.signal()));
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    let request = request.expect("paths of this origin and text bodies make valid requests");

    let response = request.send().await.map_err(|_| deadline.or(NetworkError::Offline))?;
    let retry_after = retry_after(&response);
    let body = response.text().await.map_err(|_| deadline.or(NetworkError::Cut))?;
    Ok(Reply { status: response.status(), body, retry_after })
}

/// The header in seconds; its other form, a date, would depend on two clocks and is not used by this server.
fn retry_after(response: &Response) -> Option<Duration> {
    response.headers().get("retry-after")?.parse().ok().map(Duration::from_secs)
}

/// Aborts a request when its time is over, also while the body is still coming.
struct Deadline {
    controller: AbortController,
    passed: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl Deadline {
    fn after(time: Duration) -> Self {
        let controller = AbortController::new().expect("every browser with fetch can abort it");
        let passed = Rc::new(Cell::new(false));
        let millis = time.as_millis().try_into().unwrap_or(u32::MAX);
        let timer = Timeout::new(millis, {
            let (controller, passed) = (controller.clone(), passed.clone());
            move || {
                passed.set(true);
                controller.abort();
            }
        });
        Deadline { controller, passed, _timer: timer }
    }

    /// The failure seen, unless it was this deadline's doing.
    fn or(&self, error: NetworkError) -> NetworkError {
        if self.passed.get() { NetworkError::Timeout } else { error }
    }
}
