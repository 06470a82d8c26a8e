//! What needs the server: the phone calls these, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of each function's parameters, whose fields cannot be described apart")]

#[cfg(feature = "ssr")]
use super::port::port;
use super::{Correction, QuarantineLine, Quarantined};
use crate::{failure::Failure, id::MutationId};
use leptos::{prelude::*, server_fn::codec::Json};

/// What could not be saved, what waits for a decision first, each part with the latest first; for administrators.
#[server(prefix = "/api/fn", endpoint = "quarantine/quarantine", input = Json)]
pub async fn quarantine() -> Result<Vec<QuarantineLine>, Failure> {
    port().quarantine().await
}

/// One of them with its whole text, whose instants are told as at `offset_minutes` east of UTC; for administrators.
#[server(prefix = "/api/fn", endpoint = "quarantine/open_quarantined", input = Json)]
pub async fn open_quarantined(id: MutationId, offset_minutes: i16) -> Result<Quarantined, Failure> {
    port().open_quarantined(id, offset_minutes).await
}

/// Applies one as its author, corrected where the refusal says so; for administrators.
#[server(prefix = "/api/fn", endpoint = "quarantine/apply_quarantined", input = Json)]
pub async fn apply_quarantined(id: MutationId, correction: Option<Correction>) -> Result<(), Failure> {
    port().apply_quarantined(id, correction).await
}

/// Decides that one is never applied; its author reads why. For administrators.
#[server(prefix = "/api/fn", endpoint = "quarantine/discard_quarantined", input = Json)]
pub async fn discard_quarantined(id: MutationId, reason: String) -> Result<(), Failure> {
    port().discard_quarantined(id, reason).await
}
