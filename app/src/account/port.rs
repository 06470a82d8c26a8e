use super::{Identity, Password};
use crate::failure::Failure;
use leptos::prelude::expect_context;
use std::{future::Future, pin::Pin, sync::Arc};

/// What an answer comes to.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// What the server does behind this feature's server functions, one function each; taken from context, so that no cycle arises.
#[expect(missing_docs, reason = "each is named and described as the server function that it is behind")]
pub trait Port: Send + Sync {
    fn sign_in(&self, email: String, password: Password) -> Answer<'_, Identity>;
    fn sign_out(&self) -> Answer<'_, ()>;
    fn sign_out_everywhere(&self) -> Answer<'_, ()>;
    fn who_am_i(&self) -> Answer<'_, Identity>;
}

/// The port of the request at hand.
pub(super) fn port() -> Arc<dyn Port> {
    expect_context()
}
