use super::reflect_address;
use crate::{
    browser::{clock, hints},
    day::Day,
    id::MeetingId,
    reflection::{LastDays, is_asked, is_offered, last_wrote, meetings_to_reflect_on},
    sync::Phone,
    ui::{Button, ButtonLink, ButtonVariant, Card, Glyph},
};
use leptos::prelude::*;

/// Asks, once on a day with a meeting, for one line about it. 'Not today' is remembered in this browser and told to nobody.
#[component]
pub fn AskToReflect() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let skipped = RwSignal::new(hints::reflection_skipped());
    let latest = phone.derive(move |replica| {
        let meeting = meetings_to_reflect_on(replica, phone.me(), today.get(), 1).pop()?;
        Some((meeting.id, meeting.date(), replica.customer_name(meeting.customer, "a customer").to_owned()))
    });
    let wrote = phone.derive(move |replica| last_wrote(replica, phone.me(), clock::offset_minutes()));
    let asked = Memo::new(move |_| {
        let met = latest.with(|latest| latest.as_ref().map(|(_, on, _)| *on));
        is_asked(LastDays { met, wrote: wrote.get(), skipped: skipped.get() }, today.get())
    });
    let skip = move |_| {
        let day = today.get_untracked();
        hints::skip_reflection(day);
        skipped.set(Some(day));
    };
    let card = move || {
        let (meeting, _, customer) = latest.get()?;
        Some(view! {
            <Card title="How was it today?">
                <p>{format!("One line about {customer} is enough. Only you can read it.")}</p>
                <div class="button-row">
                    <ButtonLink href=reflect_address(Some(meeting)) icon=Glyph::PenLine>"Write one line"</ButtonLink>
                    <Button variant=ButtonVariant::Plain on_click=skip>"Not today"</Button>
                </div>
            </Card>
        })
    };
    view! { <Show when=move || asked.get()>{card}</Show> }
}

/// Offers, once a day, to reflect on the meeting that was just saved; on other days and after a no, only the way there.
#[component]
pub fn OfferToReflect(
    /// On which meeting.
    meeting: MeetingId,
) -> impl IntoView {
    let (phone, today) = (Phone::get(), clock::today());
    let wrote = phone.replica().with_untracked(|replica| last_wrote(replica, phone.me(), clock::offset_minutes()));
    let last = LastDays { met: Some(today), wrote, skipped: hints::reflection_skipped() };
    let offered = RwSignal::new(is_offered(last, hints::reflection_offered(), today));
    if offered.get_untracked() {
        hints::offer_reflection(today);
    }
    let skip = move |_| {
        hints::skip_reflection(today);
        offered.set(false);
    };
    let way = move || view! { <ButtonLink href=reflect_address(Some(meeting)) icon=Glyph::Sprout full=true>"Reflect"</ButtonLink> };
    let offer = move || {
        view! {
            <Card title="How was it for you?">
                <p>"One line while it is fresh is enough. Only you can read it."</p>
                <div class="button-row">
                    <ButtonLink href=reflect_address(Some(meeting)) icon=Glyph::Sprout>
                        "Reflect"
                    </ButtonLink>
                    <Button variant=ButtonVariant::Plain on_click=skip>
                        "Not today"
                    </Button>
                </div>
            </Card>
        }
    };
    view! {
        <Show when=move || offered.get() fallback=way>
            {offer}
        </Show>
    }
}
