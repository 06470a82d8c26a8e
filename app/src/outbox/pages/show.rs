use super::{
    carry::Carry,
    needs_you::NeedsYou,
    settled::Settled,
    status::{Status, Warnings},
};
use crate::{
    browser::clock,
    outbox::{grouped, item_words},
    sync::{
        Phone,
        outbox::{Item, ItemState},
    },
    time::words,
    ui::{Disclosure, Leave, List, ListRow, Page, SaveStage, SaveState},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Everything saved on this phone, by where it is.
#[component]
pub(super) fn ShowOutbox() -> impl IntoView {
    let phone = Phone::get();
    let groups = Signal::derive(move || phone.outbox().with(|outbox| grouped(outbox)));
    let rows = move |items: Vec<Arc<Item>>| items.into_iter().map(|item| view! { <ItemRow item /> }).collect_view();
    let left = move || {
        let left = groups.get().left_to_administrators;
        (!left.is_empty()).then(|| {
            view! {
                <section class="stack" aria-labelledby="left-to-administrators">
                    <h2 id="left-to-administrators">"With your administrators"</h2>
                    <p class="aside">"A customer’s answers could not be counted. Your administrators have them. You need not do anything."</p>
                    <List>{rows(left)}</List>
                </section>
            }
        })
    };
    let waiting = move || {
        let waiting = groups.get().waiting;
        (!waiting.is_empty()).then(|| view! { <List title="On the way">{rows(waiting)}</List> })
    };
    let accepted = move || {
        let accepted = groups.get().accepted;
        (!accepted.is_empty()).then(|| {
            view! {
                <Disclosure title="Arrived lately">
                    <List>{rows(accepted)}</List>
                </Disclosure>
            }
        })
    };
    view! {
        <Page title="Saved and sent" leave=Leave::Back("/app/more".to_owned())>
            <Status />
            <Warnings />
            <NeedsYou items=Signal::derive(move || groups.get().needs_you) />
            <Settled items=Signal::derive(move || groups.get().settled) />
            {left}
            {waiting}
            {accepted}
            <Carry />
            <p class="aside">"What you save is on this phone at once. It is kept here for 30 days after it has arrived; of photos, the last 40."</p>
        </Page>
    }
}

#[component]
fn ItemRow(item: Arc<Item>) -> impl IntoView {
    let title = Phone::get().replica().with_untracked(|replica| item_words(item.mutation.as_deref(), replica));
    let stage = stage(&item);
    view! {
        <ListRow
            title
            detail=words::capitalised(&words::ago(item.since, clock::now()))
            trailing=move || view! { <SaveState stage=Signal::stored(stage) /> }
        />
    }
}

fn stage(item: &Item) -> SaveStage {
    match item.state {
        ItemState::OnThisPhone => SaveStage::OnThisPhone,
        ItemState::Received { .. } => SaveStage::Received,
        ItemState::Accepted | ItemState::Settled { .. } => SaveStage::Saved,
        ItemState::NeedsYou { .. } if item.is_left_to_administrators() => SaveStage::Received,
        ItemState::NeedsYou { .. } => SaveStage::NeedsYou,
    }
}
