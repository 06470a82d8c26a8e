use super::{Correction, QuarantineLine, Quarantined};
use crate::{failure::Answer, id::MutationId};
use leptos::prelude::expect_context;
use std::sync::Arc;

/// What the server does behind this feature's server functions, one function each; taken from context, so that no cycle arises.
#[expect(missing_docs, reason = "each is named and described as the server function that it is behind")]
pub trait Port: Send + Sync {
    fn quarantine(&self) -> Answer<'_, Vec<QuarantineLine>>;
    fn open_quarantined(&self, id: MutationId, offset_minutes: i16) -> Answer<'_, Quarantined>;
    fn apply_quarantined(&self, id: MutationId, correction: Option<Correction>) -> Answer<'_, ()>;
    fn discard_quarantined(&self, id: MutationId, reason: String) -> Answer<'_, ()>;
}

/// The port of the request at hand.
pub(super) fn port() -> Arc<dyn Port> {
    expect_context()
}
