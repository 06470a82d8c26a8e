use super::{Reminders, Subscription, Wanted};
use crate::failure::Answer;
use leptos::prelude::expect_context;
use std::sync::Arc;

/// What the server does behind this feature's server functions, one function each; taken from context, so that no cycle arises.
#[expect(missing_docs, reason = "each is named and described as the server function that it is behind")]
pub trait Port: Send + Sync {
    fn look_at_reminders(&self) -> Answer<'_, Reminders>;
    fn start_reminders(&self, subscription: Subscription, wanted: Wanted) -> Answer<'_, ()>;
    fn move_reminders(&self, subscription: Subscription) -> Answer<'_, ()>;
    fn stop_reminders(&self) -> Answer<'_, ()>;
}

/// The port of the request at hand.
pub(super) fn port() -> Arc<dyn Port> {
    expect_context()
}
