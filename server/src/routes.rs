//! The table of endpoints. A route gets into the router only together with who may use it, so that none can be forgotten; tests walk the
//! table and try to cross every border of every endpoint.

use crate::State;
use axum::{
    Router,
    extract::Request,
    handler::Handler,
    http::Method,
    response::IntoResponse,
    routing::{MethodRouter, Route, get, get_service, post},
};
use std::convert::Infallible;
use tower::{Layer, Service};

/// Who may use an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever asks.
    Anyone,
    /// Whoever is signed in.
    Member,
    /// Whoever's session was revoked, and nobody else.
    Revoked,
    /// Administrators.
    Administrator,
}

/// A path that the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Asked how.
    pub method: Method,
    /// As the router writes it, with `{name}` for what varies.
    pub path: &'static str,
    /// By whom.
    pub access: Access,
}

/// Routes, each in the table.
#[derive(Debug, Default)]
pub struct Routes {
    endpoints: Vec<Endpoint>,
    router: Router<State>,
}

impl Routes {
    /// `GET path`.
    pub fn get<H: Handler<T, State>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.route(Method::GET, path, access, get(handler))
    }

    /// `POST path`.
    pub fn post<H: Handler<T, State>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.route(Method::POST, path, access, post(handler))
    }

    /// `GET path` from files, for anyone.
    pub fn files<S>(self, path: &'static str, files: S) -> Self
    where
        S: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        S::Response: IntoResponse + 'static,
        S::Future: Send + 'static,
    {
        self.route(Method::GET, path, Access::Anyone, get_service(files))
    }

    fn route(mut self, method: Method, path: &'static str, access: Access, answer: MethodRouter<State>) -> Self {
        self.endpoints.push(Endpoint { method, path, access });
        Self { router: self.router.route(path, answer), ..self }
    }

    /// Both.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.endpoints.extend(other.endpoints);
        Self { router: self.router.merge(other.router), ..self }
    }

    /// Puts `layer` around the routes so far.
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        Self { router: self.router.layer(layer), ..self }
    }

    /// The table.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// What answers, once nothing is added any more.
    pub fn into_router(self, state: State) -> Router {
        self.router.with_state(state)
    }
}
