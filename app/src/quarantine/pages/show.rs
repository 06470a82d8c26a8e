use super::{ALL, decide::Decide};
use crate::{
    browser::clock,
    form::sentence,
    id::MutationId,
    online::{Load, Loaded, NeedsNetwork},
    quarantine::{Quarantined, QuarantinedText, Settlement, open_quarantined, settlement_words, what_helps},
    route::param,
    sync::Phone,
    time::words,
    ui::{Card, EmptyState, Glyph, Leave, Page, Terms},
};
use leptos::prelude::*;

/// One thing that could not be saved: what it says, why it was refused, and the ways out.
#[component]
pub(super) fn ShowQuarantined() -> impl IntoView {
    let Some(id) = param::<MutationId>("mutation") else {
        return view! { <Nothing /> }.into_any();
    };
    let opened = Load::new(move || open_quarantined(id, clock::offset_minutes()));
    let shown = Callback::new(move |it: Quarantined| view! { <Opened it opened /> }.into_any());
    view! {
        <Page title="Could not be saved" leave=Leave::Back(ALL.to_owned())>
            <NeedsNetwork />
            <Loaded of=opened shown />
        </Page>
    }
    .into_any()
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Page title="Could not be saved" leave=Leave::Back(ALL.to_owned())>
            <EmptyState glyph=Glyph::Search title="Nothing is at this address">"Look for it in the list."</EmptyState>
        </Page>
    }
}

#[component]
fn Opened(it: Quarantined, opened: Load<Quarantined>) -> impl IntoView {
    let line = it.line.clone();
    let author = Phone::get().replica().with_untracked(|replica| replica.member_name(line.member));
    let came = format!("Saved by {author}, came here {}.", words::ago(line.received_at, clock::now()));
    let why = sentence(&line.refusal.to_string());
    let helps = line.settlement.is_none().then(|| view! { <p>{what_helps(&line.refusal)}</p> });
    let photo = it.photo.as_ref().map(|data| view! { <img class="photo-alone" src=data.address() alt="The photo" /> });
    let ways = match line.settlement {
        Some(settlement) => view! { <Decided settlement /> }.into_any(),
        None => view! { <Decide it=it.clone() opened /> }.into_any(),
    };
    view! {
        <Card title=line.title>
            <p class="aside">{came}</p>
            <p>{why}</p>
            {helps}
        </Card>
        <Text text=it.text />
        {photo}
        {ways}
    }
    .into_any()
}

#[component]
fn Text(text: QuarantinedText) -> impl IntoView {
    let words = match text {
        QuarantinedText::Whole(fields) => {
            return view! {
                <Card title="What it says">
                    <Terms of=fields />
                </Card>
            }
            .into_any();
        }
        QuarantinedText::Sealed => {
            "A customer gave these answers on a phone that was handed over. They are sealed, and nobody reads them here."
        }
        QuarantinedText::Private => "This reaches nobody but its author, so it is not shown to you either. Ask them about it.",
        QuarantinedText::Unreadable => "A newer version of Qdos wrote this. Once the server is as new, it can be read and tried again.",
    };
    view! { <p class="aside">{words}</p> }.into_any()
}

#[component]
fn Decided(settlement: Settlement) -> impl IntoView {
    let by = Phone::get().replica().with_untracked(|replica| replica.member_name(settlement.by));
    let when = words::capitalised(&words::ago(settlement.at, clock::now()));
    view! {
        <Card title="Decided">
            <p>{settlement_words(&by, &settlement.ending)}</p>
            <p class="aside">{when}</p>
        </Card>
    }
    .into_any()
}
