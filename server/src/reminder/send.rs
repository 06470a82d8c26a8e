//! One message to one browser, by its own service.

use super::{key::Key, seal::seal};
use crate::{
    State,
    error::Error,
    outgoing::{Answer, Question},
};
use app::{
    reminder::{Reminder, Subscription},
    time::Timestamp,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use std::time::Duration;
use url::Url;

/// What came of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The service took it.
    Taken,
    /// The browser is reached there no more.
    Gone,
    /// The service wants to be left alone, if it says so for how long.
    Busy(Option<Duration>),
    /// Something else, for the log.
    Failed(String),
}

/// The address of a subscription.
pub(super) fn address(state: &State, subscription: &Subscription) -> Option<Url> {
    let url: Url = subscription.endpoint.parse().ok()?;
    (state.outgoing.check(&url).is_ok() && url.fragment().is_none()).then_some(url)
}

/// Sends `reminder`, which is good for so many seconds.
pub(super) async fn send(
    state: &State,
    key: &Key,
    subscription: &Subscription,
    reminder: &Reminder,
    lasts: u32,
    now: Timestamp,
) -> Result<Outcome, Error> {
    let Some(url) = address(state, subscription) else { return Ok(Outcome::Gone) };
    let authorization = key.authorization(&url, state.config.public().as_str(), now)?;
    let body = seal(subscription, &serde_json::to_vec(reminder)?)?.into();
    let question = Question { method: Method::POST, url, headers: headers(&authorization, lasts)?, body };
    Ok(match state.outgoing.ask(question).await {
        Ok(answer) => outcome(&answer),
        Err(error) => Outcome::Failed(error.to_string()),
    })
}

fn headers(authorization: &str, lasts: u32) -> Result<HeaderMap, Error> {
    let authorization = HeaderValue::from_str(authorization).map_err(|error| Error::Internal(error.to_string()))?;
    let named = |name| HeaderName::from_static(name);
    Ok(HeaderMap::from_iter([
        (header::AUTHORIZATION, authorization),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_ENCODING, HeaderValue::from_static("aes128gcm")),
        (named("ttl"), HeaderValue::from(lasts)),
        (named("urgency"), HeaderValue::from_static("low")),
        // A later one takes the place of one that could not be delivered yet.
        (named("topic"), HeaderValue::from_static("today")),
    ]))
}

fn outcome(answer: &Answer) -> Outcome {
    match answer.status {
        status if status.is_success() => Outcome::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Gone,
        status if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
            let seconds = answer.headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
            Outcome::Busy(seconds.map(Duration::from_secs))
        }
        status => Outcome::Failed(format!("it answered {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_answers_says_what_is_done() {
        let answered = |status: u16, retry_after: Option<&'static str>| {
            let headers = retry_after.map(|value| (header::RETRY_AFTER, HeaderValue::from_static(value)));
            let status = StatusCode::from_u16(status).expect("a status");
            outcome(&Answer { status, headers: HeaderMap::from_iter(headers), body: Default::default() })
        };
        for (status, retry_after, outcome) in [
            (201, None, Outcome::Taken),
            (202, None, Outcome::Taken),
            (404, None, Outcome::Gone),
            (410, None, Outcome::Gone),
            (429, Some("120"), Outcome::Busy(Some(Duration::from_secs(120)))),
            (429, Some("Wed, 21 Oct 2026 07:28:00 GMT"), Outcome::Busy(None)),
            (503, Some("-1"), Outcome::Busy(None)),
            (500, None, Outcome::Busy(None)),
            (301, None, Outcome::Failed("it answered 301 Moved Permanently".into())),
            (403, None, Outcome::Failed("it answered 403 Forbidden".into())),
        ] {
            assert_eq!(answered(status, retry_after), outcome, "{status} {retry_after:?}");
        }
    }
}
