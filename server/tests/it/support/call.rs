//! Server functions as the app calls them.

use super::{ORIGIN, TestApp};
use app::{
    account::{Identity, Member},
    failure::Failure,
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What a server function answered.
#[derive(Debug)]
pub struct Called {
    /// The status.
    pub status: StatusCode,
    /// The body, JSON or not.
    pub body: String,
    /// `name=value` of the cookie that it set, if it set one.
    pub cookie: Option<String>,
}

impl Called {
    /// The answer of a call that succeeds.
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The failure of a call that is refused.
    pub fn failure(&self) -> Failure {
        assert!(self.status.is_client_error(), "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// What every member's password is, where a test needs one.
pub const PASSWORD: &str = "three blue teapots";

impl TestApp {
    /// Calls `/api/fn/NAME` with arguments.
    pub async fn call(&self, name: &str, cookie: Option<&str>, arguments: Value) -> Called {
        let mut request = Request::post(format!("/api/fn/{name}"))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ORIGIN, ORIGIN)
            .header(header::USER_AGENT, "Test");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(arguments.to_string())).expect("a request");
        let response = self.respond(request).await;
        let cookie = response.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok());
        let cookie = cookie.and_then(|value| value.split(';').next()).map(str::to_owned);
        let status = response.status();
        let body = response.into_body().collect().await.expect("a whole body").to_bytes();
        Called { status, body: String::from_utf8_lossy(&body).into_owned(), cookie }
    }

    /// Tries to sign in.
    pub async fn sign_in(&self, email: &str, password: &str) -> Called {
        self.call("account/sign_in", None, json!({ "email": email, "password": password })).await
    }

    /// Gives a member [`PASSWORD`] and signs in with it.
    pub async fn signed_in(&self, member: &Member) -> String {
        self.set_password(member).await;
        let called = self.sign_in(&member.email, PASSWORD).await;
        let identity: Identity = called.ok();
        assert_eq!(identity.member, member.id);
        called.cookie.expect("a session's cookie")
    }
}
