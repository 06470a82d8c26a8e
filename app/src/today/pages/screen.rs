use super::{first_pull::FirstPull, rows::ItemRow};
use crate::{
    browser::hints,
    day::Day,
    meeting::{MeetingDraft, log_address, plan_address},
    sync::{Phone, SyncStatus},
    time::words,
    today::{agenda, ratings_of},
    ui::{Banner, ButtonLink, ButtonVariant, EmptyState, Glyph, List, Page},
};
use leptos::prelude::*;

/// What to do now, and where a meeting is logged or planned.
#[component]
pub(super) fn Today() -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let pulled = phone.derive(|replica| replica.organisation.is_some());
    let seen = Memo::new(move |_| if pulled.get() { ratings_seen(phone) } else { usize::MAX });
    let items = phone.derive(move |replica| agenda(replica, phone.me(), today.get(), seen.get()));
    let rows = move || {
        let rows = items.get().into_iter().map(|item| view! { <ItemRow item today=today.get_untracked() /> });
        rows.collect_view()
    };
    let unfinished = phone.draft::<MeetingDraft>("log").is_some_and(|draft| draft.customer.is_some() || draft.format.is_some());
    let go_on = || view! { <ButtonLink href=log_address(None)>"Go on"</ButtonLink> };
    view! {
        <Page title="Today" trailing=|| view! { <SyncStatus /> }>
            <p class="lead">{move || words::date(today.get(), today.get())}</p>
            {unfinished.then(|| view! { <Banner icon=Glyph::NotebookPen action=go_on>"You were logging a meeting."</Banner> })}
            <Show when=move || pulled.get() fallback=|| view! { <FirstPull /> }>
                <Show when=move || items.with(|items| !items.is_empty()) fallback=|| view! { <NothingToDo /> }>
                    <List>{rows}</List>
                </Show>
                <div class="button-row">
                    <ButtonLink href=plan_address(None) icon=Glyph::Calendar>
                        "Plan a visit"
                    </ButtonLink>
                    <ButtonLink href="/app/reflect" icon=Glyph::Sprout>
                        "Reflect"
                    </ButtonLink>
                    <ButtonLink href="/app/promises" variant=ButtonVariant::Plain>
                        "All promises"
                    </ButtonLink>
                    <ButtonLink href="/app/reflections" variant=ButtonVariant::Plain>
                        "Next time I will"
                    </ButtonLink>
                </div>
            </Show>
        </Page>
    }
}

/// How many ratings the person has looked at; on a new device those that are there do not count as new.
fn ratings_seen(phone: Phone) -> usize {
    hints::ratings_seen().unwrap_or_else(|| {
        let seen = phone.replica().with_untracked(|replica| ratings_of(replica, phone.me()));
        hints::remember_ratings(seen);
        seen
    })
}

#[component]
fn NothingToDo() -> impl IntoView {
    view! {
        <EmptyState
            glyph=Glyph::Sun
            title="Nothing is waiting for you"
            action=|| view! { <ButtonLink href=plan_address(None) variant=ButtonVariant::Primary>"Plan a visit"</ButtonLink> }
        >
            "Visits, promises and customers to get in touch with will be here when it is time."
        </EmptyState>
    }
}
