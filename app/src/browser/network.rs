//! Requests to the app's own server.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use web_sys::{AbortController, RequestCache, RequestCredentials};

use super::reply::{NetworkError, Reply};
use super::window::navigator;
use crate::time::Timestamp;

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

/// Asks for a resource of bytes, which the browser does not keep by itself: its status, and the bytes.
pub async fn get_bytes(path: &str, within: Duration) -> Result<(u16, Vec<u8>), NetworkError> {
    let deadline = Deadline::after(within);
    let response = send(Request::get(path).cache(RequestCache::NoStore), None, &deadline).await?;
    let body = response.binary().await.map_err(|_| deadline.or(NetworkError::Cut))?;
    Ok((response.status(), body))
}

async fn send(request: RequestBuilder, body: Option<String>, deadline: &Deadline) -> Result<Response, NetworkError> {
    // The session's cookie goes along, to this origin only.
    let request = request.credentials(RequestCredentials::SameOrigin).abort_signal(Some(&deadline.controller.signal()));
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    let request = request.expect("paths of this origin and text bodies make valid requests");
    request.send().await.map_err(|_| deadline.or(NetworkError::Offline))
}

async fn fetch(request: RequestBuilder, body: Option<String>, within: Duration) -> Result<Reply, NetworkError> {
    let deadline = Deadline::after(within);
    let response = send(request, body, &deadline).await?;
    let retry_after = retry_after(&response);
    let server_time = server_time(&response);
    let body = response.text().await.map_err(|_| deadline.or(NetworkError::Cut))?;
    Ok(Reply { status: response.status(), body, retry_after, server_time })
}

/// The header in seconds; its other form, a date, would depend on two clocks and is not used by this server.
fn retry_after(response: &Response) -> Option<Duration> {
    response.headers().get("retry-after")?.parse().ok().map(Duration::from_secs)
}

fn server_time(response: &Response) -> Option<Timestamp> {
    let millis = js_sys::Date::parse(&response.headers().get("date")?);
    (!millis.is_nan()).then_some(Timestamp(millis as i64))
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
