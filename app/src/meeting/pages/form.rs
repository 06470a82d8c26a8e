//! The meeting's form: few taps for what must be said, everything else in reach.

mod customer;
mod fields;
mod insights;
mod people;
mod promises;
mod said;
mod when;

pub(super) use customer::CustomerChoice;
pub(super) use fields::Fields;
pub(super) use insights::Insights;
pub(super) use people::{Colleagues, Contacts};
pub(super) use promises::Promises;
pub(super) use said::Said;
pub(super) use when::{HowMet, When};

use crate::{
    browser::document,
    form::Problems,
    meeting::MeetingFormat,
    ui::{Choice, ChoiceChips},
};
use leptos::prelude::*;

/// What the meeting is for.
#[component]
pub(super) fn FormatChoice(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let options = MeetingFormat::ALL.map(|format| Choice::new(format, format.label())).to_vec();
    view! {
        <ChoiceChips
            name="format"
            legend="What for?"
            options=options
            value=fields.format
            // Always a line, so that choosing moves nothing.
            hint=Signal::derive(move || Some(fields.format.get().map_or("Choose what fits best.".to_owned(), |it| [it.purpose(), "."].concat())))
            error=fields.about("format")
        />
    }
}

/// Shows what is to be mended and goes to the first of it, from the top of the form down.
pub(super) fn show(fields: Fields, found: Problems) {
    let first = ["customer", "format"].into_iter().find(|field| found.about(field).is_some()).or(found.first()).map(str::to_owned);
    fields.problems.set(found);
    match first.as_deref() {
        Some("customer") => document::focus_soon("find"),
        Some(field) => document::focus_soon(field),
        None => {}
    }
}
