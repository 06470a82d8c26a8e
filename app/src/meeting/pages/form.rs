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
            hint=Signal::derive(move || fields.format.get().map(|format| format!("{}.", format.purpose())))
            error=fields.about("format")
        />
    }
}
