use crate::{
    browser::{clock, document},
    calendar::{Feed, IssuedFeed, look_at_feed, make_feed, stop_feed},
    day::Day,
    online::{Asking, HandOver, Load, Loaded},
    time::words,
    ui::{Button, ButtonVariant, Card, Glyph, Toaster},
};
use leptos::prelude::*;

/// The id of the address, which takes the focus when it is there.
const ADDRESS: &str = "feed-address";

/// An address by which the member's own calendar shows what is planned here.
#[component]
pub(super) fn FeedCard(
    /// What is asked of the server on this screen.
    asking: Asking,
) -> impl IntoView {
    let (known, issued) = (Load::new(look_at_feed), RwSignal::new(None::<IssuedFeed>));
    let (toaster, today) = (Toaster::expect(), Day::today());
    let make = move |_| {
        asking.ask(make_feed(), move |feed| {
            issued.set(Some(feed));
            known.again();
            document::focus_soon(ADDRESS);
        });
    };
    let stop = move |_| {
        asking.ask(stop_feed(), move |()| {
            issued.set(None);
            known.again();
            toaster.say("Stopped. Nobody reads your visits by that address any more.");
        });
    };
    let address = move || {
        issued.get().map(|IssuedFeed { address }| {
            view! {
                <p>"Give this address to your calendar, where it takes calendars from the internet. It is shown only now."</p>
                <HandOver address id=ADDRESS paste="Paste it into your calendar." />
            }
        })
    };
    let shown = Callback::new(move |feed: Option<Feed>| {
        let since = feed.map(|feed| {
            let day = words::day(feed.made_at.date_at(clock::offset_minutes()), today.get_untracked());
            view! { <p>"There is an address, made " {day} ". Calendars look every hour or so."</p> }
        });
        let (label, variant) = match feed {
            None => ("Make an address", ButtonVariant::Primary),
            Some(_) => ("Make a new one, in place of that", ButtonVariant::Quiet),
        };
        let stop = feed.map(|_| {
            view! {
                <Button variant=ButtonVariant::Danger full=true busy=asking.busy() on_click=stop>
                    "Stop"
                </Button>
            }
        });
        view! {
            {since}
            <Button variant icon=Glyph::KeyRound full=true busy=asking.busy() on_click=make>
                {label}
            </Button>
            {stop}
        }
        .into_any()
    });
    view! {
        <Card title="Out to your calendar">
            <p>"Your visits, the promises that you keep and what you want to do next time, in the calendar that you use anyway."</p>
            <p class="aside">
                "Whoever has the address reads whom you visit and when, what you promised, and what you want to do next time. Nothing that was written about people is in it. Give it to your calendar and to nobody else; if it got into other hands, make a new one."
            </p>
            {address}
            <Loaded of=known shown />
        </Card>
    }
    .into_any()
}
