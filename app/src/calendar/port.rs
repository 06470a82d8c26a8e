use super::{Feed, IssuedFeed, Source};
use crate::failure::Answer;
use leptos::prelude::expect_context;
use std::sync::Arc;

/// What the server does behind this feature's server functions, one function each; taken from context, so that no cycle arises.
#[expect(missing_docs, reason = "each is named and described as the server function that it is behind")]
pub trait Port: Send + Sync {
    fn look_at_feed(&self) -> Answer<'_, Option<Feed>>;
    fn make_feed(&self) -> Answer<'_, IssuedFeed>;
    fn stop_feed(&self) -> Answer<'_, ()>;
    fn look_at_source(&self) -> Answer<'_, Option<Source>>;
    fn save_source(&self, address: String) -> Answer<'_, Source>;
    fn read_source(&self) -> Answer<'_, Source>;
    fn stop_source(&self) -> Answer<'_, ()>;
}

/// The port of the request at hand.
pub(super) fn port() -> Arc<dyn Port> {
    expect_context()
}
