//! The calendar screens: what goes out, what is read elsewhere, what is taken over; and 'Add to calendar' on other screens.

mod add;
mod feed;
mod import;
mod offer;
mod screen;
mod source;

use crate::route::{Screens, screen};
use leptos::prelude::*;
use leptos_router::path;

pub use add::{AddPromise, AddVisit};

/// Where visits are taken over from a calendar.
const IMPORT: &str = "/app/calendar/import";

/// The addresses of the calendar screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/more/calendar"), || view! { <screen::CalendarScreen /> }.into_any()),
        screen(path!("/app/calendar/import"), || view! { <import::ImportScreen /> }.into_any()),
    ]
}
