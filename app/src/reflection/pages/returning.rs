use crate::{
    id::CustomerId,
    meeting::MeetingFormat,
    reflection::returning_actions,
    sync::Phone,
    ui::{Banner, Glyph},
};
use leptos::prelude::*;

/// As many as one keeps in mind during a meeting.
const SHOWN: usize = 2;

/// What the person wanted to do next time, before a meeting of that kind.
#[component]
pub fn ReturningActions(
    /// Whom it is with.
    customer: Signal<Option<CustomerId>>,
    /// What it is for.
    format: Signal<Option<MeetingFormat>>,
) -> impl IntoView {
    let phone = Phone::get();
    let returning = phone.derive(move |replica| {
        let (Some(customer), Some(format)) = (customer.get(), format.get()) else { return Vec::new() };
        returning_actions(replica, phone.me(), customer, format)
    });
    let line = |line: &crate::reflection::ActionLine| view! { <p><strong>"Next time I will: "</strong> {line.action.what.clone()}</p> };
    let reminder = move || {
        let lines = returning.with(|lines| lines.iter().take(SHOWN).map(line).collect_view());
        view! { <Banner icon=Glyph::Sprout>{lines}</Banner> }
    };
    view! { <Show when=move || returning.with(|lines| !lines.is_empty())>{reminder}</Show> }
}
