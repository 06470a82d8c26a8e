//! Server functions: who may call each is decided here, before its arguments are read; what it answers where it fails is a status that
//! says so.

use crate::{
    State,
    account::{self, Client, Session},
    calendar, customer,
    db::Writing,
    error::{Error, status},
    organisation, quarantine, reminder,
    routes::{Access, Routes},
    team,
};
use app::{account::Actor, failure::Failure, sync::protocol::ProblemCode};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{self, DefaultBodyLimit, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::Cookie;
use futures_util::future::BoxFuture;
use leptos::{
    context::{provide_context, use_context},
    server_fn::ServerFn,
};
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// The largest arguments, bytes: an imported file with its wrapping.
const BODY_BYTES_MAX: usize = 3 * 1024 * 1024;
/// The largest failure that a server function answers, bytes.
const FAILURE_BYTES_MAX: usize = 64 * 1024;

/// A server function and who may call it.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Its path.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
}

impl Call {
    /// Lets `access` call `F`.
    pub const fn new<F: ServerFn>(access: Access) -> Self {
        Self { path: F::PATH, access }
    }
}

/// Every server function.
pub fn calls() -> impl Iterator<Item = Call> {
    let features = [account::CALLS, calendar::CALLS, customer::CALLS, organisation::CALLS, quarantine::CALLS, reminder::CALLS, team::CALLS];
    features.into_iter().flatten().copied()
}

/// The routes of the server functions.
pub fn routes() -> Routes {
    let routes = calls().fold(Routes::default(), |routes, Call { path, access }| {
        routes.post(path, access, move |extract::State(state): extract::State<State>, request: Request| answer(state, access, request))
    });
    routes.layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// Who called, and the answer to it: what ports are implemented for.
#[derive(Clone)]
pub struct Caller {
    /// What handlers share.
    pub state: State,
    /// From which browser.
    pub client: Client,
    session: Option<Session>,
}

impl Caller {
    /// The session; there is one wherever the function is not for anyone.
    ///
    /// # Errors
    /// [`ProblemCode::SignedOut`].
    pub fn session(&self) -> Result<&Session, Error> {
        self.session.as_ref().ok_or_else(Error::signed_out)
    }

    /// Does `work` in a transaction of the caller's organisation, as the caller; answers after its commit.
    ///
    /// # Errors
    /// The work's own, or the database's.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Writing, &'t Actor) -> BoxFuture<'t, Result<T, Error>> + Send + 'static,
    {
        let Session { organisation, actor, .. } = self.session()?.clone();
        self.state.writer.write(organisation, move |writing| Box::pin(async move { work(writing, &actor).await })).await
    }

    /// Sends a cookie with the answer.
    pub fn set_cookie(&self, cookie: &Cookie<'_>) {
        let value = HeaderValue::from_str(&cookie.encoded().to_string()).expect("an encoded cookie is a header");
        let response = use_context::<ResponseOptions>().expect("a server function runs where its answer's options are in context");
        response.append_header(header::SET_COOKIE, value);
    }
}

async fn answer(state: State, access: Access, request: Request) -> Response {
    match call(state, access, request).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn call(state: State, access: Access, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let session = match (access, Session::from_request_parts(&mut parts, &state).await) {
        (_, Ok(session)) => Some(session),
        (Access::Anyone, Err(Error::Problem { code: ProblemCode::SignedOut | ProblemCode::Revoked, .. })) => None,
        (_, Err(error)) => return Err(error),
    };
    match (access, &session) {
        (Access::Anyone, _) => {}
        (Access::Revoked, _) | (_, None) => return Err(Error::forbidden()),
        (Access::Administrator, Some(session)) if !session.actor.is_administrator() => return Err(Error::forbidden()),
        (Access::Member | Access::Administrator, Some(_)) => {}
    }
    if !is_json(&parts.headers) {
        return Err(Error::problem(ProblemCode::Malformed, "This is not what the app sends. Reload it and try again."));
    }
    // Read here: further on, a body that is too large could not be told from one that does not read.
    let too_large = |_| Error::problem(ProblemCode::TooLarge, "This is more than can be sent at once. Send less.");
    let body = Body::from(to_bytes(body, BODY_BYTES_MAX).await.map_err(too_large)?);
    let client = Client::of(&parts, &state.config);
    // Without it a failure would be sent as a redirect to where a form was, should a browser post one.
    parts.headers.remove(header::ACCEPT);
    let caller = Arc::new(Caller { state, client, session });
    let provide = move || {
        provide_context::<Arc<dyn app::account::Port>>(caller.clone());
        provide_context::<Arc<dyn app::calendar::Port>>(caller.clone());
        provide_context::<Arc<dyn app::customer::Port>>(caller.clone());
        provide_context::<Arc<dyn app::organisation::Port>>(caller.clone());
        provide_context::<Arc<dyn app::quarantine::Port>>(caller.clone());
        provide_context::<Arc<dyn app::reminder::Port>>(caller.clone());
        provide_context::<Arc<dyn app::team::Port>>(caller.clone());
    };
    let response = leptos_axum::handle_server_fns_with_context(provide, Request::from_parts(parts, body)).await.into_response();
    if response.status().is_success() { Ok(response) } else { Ok(with_own_status(response).await) }
}

fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    sent.split(';').next().is_some_and(|sent| sent.trim().eq_ignore_ascii_case("application/json"))
}

/// A failed function's answer: its failure as it stands, with the status that goes with it.
async fn with_own_status(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let failure = to_bytes(body, FAILURE_BYTES_MAX).await.ok().and_then(|bytes| serde_json::from_slice::<Failure>(&bytes).ok());
    let failure =
        failure.unwrap_or_else(|| Error::Internal(format!("a server function answered {} without a failure", parts.status)).into());
    let mut response = (status(failure.code), Json(failure)).into_response();
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}
