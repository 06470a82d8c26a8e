//! The customer screens; assigning and importing customers, for administrators.

mod assign;
mod book;
mod choice;
mod contact;
mod details;
mod duplicates;
mod edit;
mod gone;
mod import;
mod list;
mod new;
mod people;
mod reach;
mod row;
mod show;
mod timeline;
mod unite;
mod united;
mod worth_knowing;

use crate::{
    account::for_administrators,
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use book::{book, keep_book};
pub use choice::{ChosenCustomer, OfferedCustomer};
pub use details::attention_mark;
pub use duplicates::OneOfThese;
pub use gone::{CustomerGone, customer_in_address, for_customer};
pub use reach::Reach;
pub use row::CustomerRow;

/// The addresses of the customer screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/customers"), || view! { <list::CustomerList /> }.into_any()),
        screen(path!("/app/customers/new"), || view! { <new::NewCustomer /> }.into_any()),
        screen(path!("/app/customers/assign"), || for_administrators("All customers", || view! { <assign::AllCustomers /> }.into_any())),
        screen(path!("/app/customers/import"), || for_administrators("Import customers", || view! { <import::Import /> }.into_any())),
        screen(path!("/app/customers/:customer"), || view! { <show::ShowCustomer /> }.into_any()),
        screen(path!("/app/customers/:customer/edit"), || view! { <edit::EditCustomer /> }.into_any()),
        screen(path!("/app/customers/:customer/unite"), || view! { <unite::Unite /> }.into_any()),
        screen(path!("/app/customers/:customer/contacts/new"), || view! { <contact::NewContact /> }.into_any()),
        screen(path!("/app/contacts/:contact"), || view! { <contact::EditContact /> }.into_any()),
    ]
}

/// The address of a customer's screen.
pub fn address(customer: crate::id::CustomerId) -> String {
    format!("/app/customers/{customer}")
}
