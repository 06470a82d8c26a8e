use crate::{
    browser::clock,
    day::Day,
    meeting::{ask_words, meeting_address, plan_address},
    recovery::{RecoveryCase, ask_again},
    survey::Ask,
    sync::Phone,
    ui::{ButtonLink, Card, Glyph},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Asks the customer again: about a meeting since, as far as nobody is asked too often; without one, a visit comes first.
#[component]
pub(super) fn AskThemAgain(
    /// The case.
    case: Arc<RecoveryCase>,
) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let customer = case.customer;
    let again = phone.derive(move |replica| ask_again(replica, &case, clock::now(), clock::offset_minutes()));
    let shown = move || {
        let again = again.get();
        let person = |(name, ask): (String, Ask)| view! { <li>{format!("{name}: {}", lower(&ask_words(ask, clock::offset_minutes(), today.get())))}</li> };
        let way = match again.meeting {
            Some(meeting) => view! {
                <p>"You have met since. How it was for them tells whether it is right again."</p>
                <ButtonLink href=meeting_address(meeting) icon=Glyph::MessageCircleHeart full=true>
                    "Ask about that meeting"
                </ButtonLink>
            }
            .into_any(),
            None => view! {
                <p>"Meet them once more, then ask how it was. A call counts as contact, a visit can be rated."</p>
                <ButtonLink href=plan_address(Some(customer)) icon=Glyph::Calendar full=true>
                    "Plan a visit"
                </ButtonLink>
            }
            .into_any(),
        };
        view! {
            {way}
            <ul class="recovery-ideas">{again.people.into_iter().map(person).collect_view()}</ul>
        }
    };
    view! { <Card title="Ask them again">{shown}</Card> }
}

/// Words that go on a line.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
