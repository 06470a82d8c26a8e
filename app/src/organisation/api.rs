//! What needs the server: the phone calls it, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of the function's parameters, whose fields cannot be described apart")]

use super::Settings;
#[cfg(feature = "ssr")]
use super::port::port;
use crate::failure::Failure;
use leptos::{prelude::*, server_fn::codec::Json};

/// Keeps what administrators may change of the organisation. A changed purpose is dated today.
#[server(prefix = "/api/fn", endpoint = "organisation/save_settings", input = Json)]
pub async fn save_settings(settings: Settings) -> Result<(), Failure> {
    port().save_settings(settings).await
}
