use super::{first_pull::FirstPull, put_off::PutOff, quiet::QuietBanner, rows::ItemRow, unfinished::Unfinished};
use crate::{
    browser::{clock, event, hints},
    day::Day,
    meeting::plan_address,
    reflection::AskToReflect,
    sync::{Phone, SyncStatus},
    time::words,
    today::{Extent, Looking, agenda, ratings_seen},
    ui::{ButtonLink, EmptyState, Glyph, List, Page, still_beneath_sheets},
};
use leptos::prelude::*;

/// What to do now, and where a meeting is logged or planned.
#[component]
pub(super) fn Today() -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let pulled = phone.derive(|replica| replica.organisation.is_some());
    let seen = Memo::new(move |_| match pulled.get() {
        true => {
            let seen = ratings_seen(phone);
            hints::remember_ratings(seen);
            seen
        }
        false => usize::MAX,
    });
    let extent = RwSignal::new(Extent::ForNow);
    let wall = RwSignal::new(clock::wall());
    StoredValue::new_local(event::on_visible(move || wall.set(clock::wall())));
    let looked_at = phone.derive(move |replica| {
        // The day as the screens around have it: over midnight they change together.
        let wall = today.get().and_time(wall.get().time());
        agenda(replica, &Looking { member: phone.me(), wall, seen: seen.get(), extent: extent.get() })
    });
    let items = still_beneath_sheets(Memo::new(move |_| looked_at.with(|agenda| agenda.items.clone())));
    let put_off = Memo::new(move |_| looked_at.with(|agenda| agenda.put_off.clone()));
    let quiet = Memo::new(move |_| looked_at.with(|agenda| agenda.quiet.clone()));
    let rows = move || {
        let rows = items.get().into_iter().map(|item| view! { <ItemRow item today=today.get_untracked() /> });
        rows.collect_view()
    };
    view! {
        <Page title="Today" trailing=|| view! { <SyncStatus /> }>
            <p class="lead">{move || words::date(today.get(), today.get())}</p>
            <Unfinished />
            <Show when=move || pulled.get() fallback=|| view! { <FirstPull /> }>
                {move || quiet.get().map(|quiet| view! { <QuietBanner quiet extent today=today.get_untracked() /> })}
                <Show when=move || items.with(|items| !items.is_empty()) fallback=|| view! { <NothingToDo /> }>
                    <List>{rows}</List>
                </Show>
                {move || view! { <PutOff items=put_off.get() today=today.get_untracked() /> }}
                <AskToReflect />
                <div class="agenda-ways">
                    <ButtonLink href=plan_address(None) icon=Glyph::Calendar>
                        "Plan a visit"
                    </ButtonLink>
                    <ButtonLink href="/app/reflect" icon=Glyph::PenLine>
                        "Reflect"
                    </ButtonLink>
                    <ButtonLink href="/app/promises" icon=Glyph::HeartHandshake>
                        "Promises"
                    </ButtonLink>
                    <ButtonLink href="/app/reflections" icon=Glyph::Sprout>
                        "Next time"
                    </ButtonLink>
                </div>
            </Show>
        </Page>
    }
}

#[component]
fn NothingToDo() -> impl IntoView {
    view! {
        <EmptyState glyph=Glyph::Sun title="Nothing is waiting for you">
            "Visits, promises and customers to get in touch with will be here when it is time."
        </EmptyState>
    }
}
