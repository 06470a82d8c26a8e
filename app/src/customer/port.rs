use super::{Assignment, CsvFile, CustomerSearch, CustomersFound, ImportReport};
use crate::{failure::Answer, id::CustomerId};
use leptos::prelude::expect_context;
use std::sync::Arc;

/// What the server does behind this feature's server functions, one function each; taken from context, so that no cycle arises.
#[expect(missing_docs, reason = "each is named and described as the server function that it is behind")]
pub trait Port: Send + Sync {
    fn search_customers(&self, search: CustomerSearch) -> Answer<'_, CustomersFound>;
    fn assign_customers(&self, customers: Vec<CustomerId>, assignment: Assignment) -> Answer<'_, usize>;
    fn preview_import(&self, file: CsvFile) -> Answer<'_, ImportReport>;
    fn import(&self, file: CsvFile) -> Answer<'_, ImportReport>;
}

/// The port of the request at hand.
pub(super) fn port() -> Arc<dyn Port> {
    expect_context()
}
