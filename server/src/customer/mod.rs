//! Customers and contacts: what phones may change, and who is told.

mod apply;

pub use apply::{create, create_contact, edit, edit_contact, record_insight, republish, visible};
