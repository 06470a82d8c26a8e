//! Today, for screens that stay open over midnight.

use crate::browser::{clock, event};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The day where the device is; in the context of every screen.
#[derive(Clone, Copy)]
pub struct Day(RwSignal<NaiveDate>);

impl Day {
    /// Makes it available to everything below. A new day shows when the phone is next looked at.
    pub fn provide() {
        let day = RwSignal::new(clock::today());
        let looked_at = event::on_visible(move || {
            if day.get_untracked() != clock::today() {
                day.set(clock::today());
            }
        });
        StoredValue::new_local(looked_at);
        provide_context(Self(day));
    }

    /// Today.
    pub fn today() -> Signal<NaiveDate> {
        let Self(day) = use_context().expect("the shell provides the day");
        day.into()
    }
}
