//! What needs the server: the phone calls these, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of each function's parameters, whose fields cannot be described apart")]

#[cfg(feature = "ssr")]
use super::port::port;
use super::{Feed, IssuedFeed, Source};
use crate::failure::Failure;
use leptos::{prelude::*, server_fn::codec::Json};

/// The member's feed, if there is one.
#[server(prefix = "/api/fn", endpoint = "calendar/look_at_feed", input = Json)]
pub async fn look_at_feed() -> Result<Option<Feed>, Failure> {
    port().look_at_feed().await
}

/// A new address for the member's feed, in place of any before it.
#[server(prefix = "/api/fn", endpoint = "calendar/make_feed", input = Json)]
pub async fn make_feed() -> Result<IssuedFeed, Failure> {
    port().make_feed().await
}

/// Ends the member's feed.
#[server(prefix = "/api/fn", endpoint = "calendar/stop_feed", input = Json)]
pub async fn stop_feed() -> Result<(), Failure> {
    port().stop_feed().await
}

/// The calendar elsewhere that is read for the member, if there is one.
#[server(prefix = "/api/fn", endpoint = "calendar/look_at_source", input = Json)]
pub async fn look_at_source() -> Result<Option<Source>, Failure> {
    port().look_at_source().await
}

/// Reads a calendar elsewhere for the member from now on, in place of any before it; kept only where it can be read.
#[server(prefix = "/api/fn", endpoint = "calendar/save_source", input = Json)]
pub async fn save_source(address: String) -> Result<Source, Failure> {
    port().save_source(address).await
}

/// Reads the member's calendar again at once.
#[server(prefix = "/api/fn", endpoint = "calendar/read_source", input = Json)]
pub async fn read_source() -> Result<Source, Failure> {
    port().read_source().await
}

/// Forgets the member's calendar elsewhere and what it said.
#[server(prefix = "/api/fn", endpoint = "calendar/stop_source", input = Json)]
pub async fn stop_source() -> Result<(), Failure> {
    port().stop_source().await
}
