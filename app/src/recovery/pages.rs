//! The screens of making things right: what is to be made right, one case, a new one.

mod ask_again;
mod list;
mod new;
mod row;
mod show;
mod step;

use crate::{
    id::{CustomerId, RecoveryCaseId},
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use list::MadeRight;
pub use row::CaseRow;

/// The addresses of the screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/recovery"), || view! { <list::CaseList /> }.into_any()),
        screen(path!("/app/recovery/:case"), || view! { <show::ShowCase /> }.into_any()),
        screen(path!("/app/customers/:customer/recovery"), || view! { <new::NewCase /> }.into_any()),
    ]
}

/// The address of a case.
pub fn case_address(case: RecoveryCaseId) -> String {
    format!("/app/recovery/{case}")
}

/// Where a case is opened by hand.
pub fn new_case_address(customer: CustomerId) -> String {
    format!("/app/customers/{customer}/recovery")
}
