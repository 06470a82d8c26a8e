//! What could not be saved, for administrators.

mod decide;
mod list;
mod show;

use crate::{
    account::for_administrators,
    id::MutationId,
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

/// Where the list is.
const ALL: &str = "/app/more/quarantine";

/// The addresses of the quarantine screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/more/quarantine"), || for_administrators("Could not be saved", || view! { <list::Quarantine /> }.into_any())),
        screen(path!("/app/more/quarantine/:mutation"), || {
            for_administrators("Could not be saved", || view! { <show::ShowQuarantined /> }.into_any())
        }),
    ]
}

fn address(mutation: MutationId) -> String {
    format!("{ALL}/{mutation}")
}
