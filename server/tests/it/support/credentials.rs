//! Passwords and the passing of time, put where no request can.

use super::{PASSWORD, TestApp};
use app::{
    account::{Member, Password},
    time::Timestamp,
};
use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::json;

impl TestApp {
    /// Gives a member [`PASSWORD`], hashed once per process.
    pub async fn set_password(&self, member: &Member) {
        static HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
        let hash = HASH.get_or_init(|| async { self.state.passwords.hash(Password(PASSWORD.into())).await.expect("a hash") }).await;
        self.sql(&format!("update member set password_hash = '{hash}' where id = '{}'", member.id)).await;
    }

    /// Makes all sessions `days` older.
    pub async fn age_sessions(&self, days: i64) {
        let passed = Timestamp(0).plus_days(days).0;
        let sql = format!("update session set rotated_at = rotated_at - {passed}, expires_at = expires_at - {passed}");
        self.sql(&sql).await;
    }

    /// As if all failed attempts were long ago.
    pub async fn forget_attempts(&self) {
        self.sql("delete from attempt").await;
    }

    /// The whole `Set-Cookie` header of signing in with [`PASSWORD`].
    pub async fn sign_in_header(&self, email: &str) -> String {
        let arguments = json!({ "email": email, "password": PASSWORD }).to_string();
        let request = Request::post("/api/fn/account/sign_in")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ORIGIN, self.state.config.public().origin().ascii_serialization())
            .body(Body::from(arguments))
            .expect("a request");
        let response = self.respond(request).await;
        response.headers()[header::SET_COOKIE].to_str().expect("a plain header").to_owned()
    }
}
