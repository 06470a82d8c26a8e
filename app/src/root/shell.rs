use super::{
    inside::Start,
    not_found::NotFound,
    notices::{SessionNotice, TakeoverNotice, UpdateNotice},
    tabs::{self, Tabs},
};
use crate::{
    account::{self, FirstRun},
    browser::paint::notice_taps,
    calendar, customer,
    day::Day,
    engagement, export, meeting, organisation, outbox, preparation, promise, quarantine, recovery, reflection, reminder,
    route::Screens,
    score,
    search::{self, Finder},
    share,
    survey::{HandoverScreen, keep_stocked},
    sync::Phone,
    team, today,
    ui::{ToastRegion, Toaster},
};
use leptos::{children::ToChildren, prelude::*, tachys::view::iterators::StaticVec};
use leptos_router::components::{FlatRoutes, FlatRoutesProps, Router};

/// Every screen of a signed-in member.
fn screens() -> Screens {
    // In the order of the tabs.
    let features = [
        today::routes(),
        customer::routes(),
        search::routes(),
        share::routes(),
        meeting::routes(),
        preparation::routes(),
        outbox::routes(),
        promise::routes(),
        recovery::routes(),
        reflection::routes(),
        score::routes(),
        engagement::routes(),
        team::routes(),
        account::routes(),
        reminder::routes(),
        calendar::routes(),
        export::routes(),
        organisation::routes(),
        quarantine::routes(),
    ];
    features.into_iter().flatten().collect()
}

/// The app, as far as whoever is in front of it may see it.
#[component]
pub(super) fn Shell(
    /// Who is in front of the app.
    start: Start,
) -> impl IntoView {
    match start {
        Start::Locked(device) => {
            provide_context(device);
            view! { <HandoverScreen /> }.into_any()
        }
        Start::Open(device, phone) => {
            provide_context(device);
            provide_context(phone);
            Day::provide();
            let toaster = Toaster::provide();
            keep_stocked(phone);
            customer::keep_book(phone);
            today::keep_badge(phone);
            reminder::keep_up(phone);
            Effect::new(move || {
                if phone.was_wiped().get() {
                    // Where this cannot be kept, the next start finds the device revoked again.
                    wasm_bindgen_futures::spawn_local(async move { drop(device.keep_cleared().await) });
                }
            });
            let shown = move || match device.was_told().get() {
                false => view! { <FirstRun /> }.into_any(),
                true => view! { <MemberShell toaster /> }.into_any(),
            };
            shown.into_any()
        }
    }
}

/// What is around every screen of a signed-in member who knows what they are for.
#[component]
fn MemberShell(
    /// Says what was done.
    toaster: Toaster,
) -> impl IntoView {
    notice_taps();
    tabs::go_on(Phone::get());
    Finder::provide();
    view! {
        <Router>
            <a class="skip-link" href="#main">
                "Skip to content"
            </a>
            <SessionNotice />
            <UpdateNotice />
            <TakeoverNotice />
            <Screens of=screens() />
            <Tabs />
            <ToastRegion toaster />
        </Router>
    }
}

/// The screen that the address names.
#[component]
fn Screens(
    /// All there are.
    of: Screens,
) -> impl IntoView {
    // Written out because `view!` takes routes only as tags, one type each.
    let of = FlatRoutesProps::builder().fallback(|| view! { <NotFound /> }).children(ToChildren::to_children(move || StaticVec::from(of)));
    FlatRoutes(of.build())
}
