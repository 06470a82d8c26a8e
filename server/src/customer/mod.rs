//! Customers and contacts: what phones and administrators may change, and who is told.

mod apply;
mod assign;
mod import;
mod port;
mod uniting;

use crate::{call::Call, routes::Access};
use app::customer::{AssignCustomers, Import, PreviewImport, SearchCustomers};

pub use apply::{create, create_contact, delete_insight, edit, edit_contact, record_insight, republish, visible};
pub use assign::{assign, search};
pub use import::{import, preview_import};
pub use uniting::{all_one_with, are_one, at_all_one_with, stand_ins, standing_for, take_apart, unite};

/// The server functions of customers.
pub const CALLS: &[Call] = &[
    Call::new::<SearchCustomers>(Access::Administrator),
    Call::new::<AssignCustomers>(Access::Administrator),
    Call::new::<PreviewImport>(Access::Administrator),
    Call::new::<Import>(Access::Administrator),
];
