//! What needs the server: the phone calls these, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of each function's parameters, whose fields cannot be described apart")]

#[cfg(feature = "ssr")]
use super::port::port;
use super::{Assignment, CsvFile, CustomerSearch, CustomersFound, ImportReport};
use crate::{failure::Failure, id::CustomerId};
use leptos::{prelude::*, server_fn::codec::Json};

/// Customers of the whole organisation; for administrators, whose phones hold only their own.
#[server(prefix = "/api/fn", endpoint = "customer/search_customers", input = Json)]
pub async fn search_customers(search: CustomerSearch) -> Result<CustomersFound, Failure> {
    port().search_customers(search).await
}

/// Changes who looks after customers and how often they want to be met; for administrators. Answers how many changed.
#[server(prefix = "/api/fn", endpoint = "customer/assign_customers", input = Json)]
pub async fn assign_customers(customers: Vec<CustomerId>, assignment: Assignment) -> Result<usize, Failure> {
    port().assign_customers(customers, assignment).await
}

/// What importing a file would do; for administrators.
#[server(prefix = "/api/fn", endpoint = "customer/preview_import", input = Json)]
pub async fn preview_import(file: CsvFile) -> Result<ImportReport, Failure> {
    port().preview_import(file).await
}

/// Imports a file as a whole, or, where anything is to be mended, not at all; for administrators. The same file again changes nothing.
#[server(prefix = "/api/fn", endpoint = "customer/import", input = Json)]
pub async fn import(file: CsvFile) -> Result<ImportReport, Failure> {
    port().import(file).await
}
