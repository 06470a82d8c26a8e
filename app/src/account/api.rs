//! What needs the server: the phone calls these, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of each function's parameters, whose fields cannot be described apart")]

#[cfg(feature = "ssr")]
use super::port::port;
use super::{Identity, Password};
use crate::failure::Failure;
use leptos::{prelude::*, server_fn::codec::Json};

/// Opens a session; its cookie comes with the answer.
#[server(prefix = "/api/fn", endpoint = "account/sign_in", input = Json)]
pub async fn sign_in(email: String, password: Password) -> Result<Identity, Failure> {
    port().sign_in(email, password).await
}

/// Ends this browser's session.
#[server(prefix = "/api/fn", endpoint = "account/sign_out", input = Json)]
pub async fn sign_out() -> Result<(), Failure> {
    port().sign_out().await
}

/// Ends every session of the member, this one too.
#[server(prefix = "/api/fn", endpoint = "account/sign_out_everywhere", input = Json)]
pub async fn sign_out_everywhere() -> Result<(), Failure> {
    port().sign_out_everywhere().await
}

/// Who is signed in; also keeps the session fresh.
#[server(prefix = "/api/fn", endpoint = "account/who_am_i", input = Json)]
pub async fn who_am_i() -> Result<Identity, Failure> {
    port().who_am_i().await
}
