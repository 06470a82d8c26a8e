use super::address;
use crate::{
    browser::clock,
    form::sentence,
    online::{Load, Loaded, NeedsNetwork},
    quarantine::{Ending, QuarantineLine, quarantine},
    sync::Phone,
    time::words,
    ui::{Badge, BadgeTone, Disclosure, EmptyState, Glyph, Leave, List, ListRow, Page},
};
use leptos::prelude::*;

/// What could not be saved: what waits for a decision, then what was decided.
#[component]
pub(super) fn Quarantine() -> impl IntoView {
    let all = Load::new(quarantine);
    let shown = Callback::new(move |lines: Vec<QuarantineLine>| view! { <Lines lines /> }.into_any());
    view! {
        <Page title="Could not be saved" leave=Leave::Back("/app/more".to_owned())>
            <NeedsNetwork />
            <p class="aside">
                "People saved this on their phones, and the server could not take it as it was. Nothing is lost: it waits here for you, and on the phone."
            </p>
            <Loaded of=all shown />
        </Page>
    }
    .into_any()
}

#[component]
fn Lines(lines: Vec<QuarantineLine>) -> impl IntoView {
    let (waiting, decided): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.settlement.is_none());
    let rows = |lines: Vec<QuarantineLine>| lines.into_iter().map(|line| view! { <Row line /> }).collect_view();
    let waiting = match waiting.is_empty() {
        true => view! {
            <EmptyState glyph=Glyph::Check title="Everything could be saved">
                "When something that somebody saved cannot be taken as it is, you find it here and help it through."
            </EmptyState>
        }
        .into_any(),
        false => view! { <List title="Waits for you">{rows(waiting)}</List> }.into_any(),
    };
    let decided = (!decided.is_empty()).then(|| {
        view! {
            <Disclosure title="Decided">
                <List>{rows(decided)}</List>
            </Disclosure>
        }
    });
    view! { {waiting} {decided} }.into_any()
}

#[component]
fn Row(line: QuarantineLine) -> impl IntoView {
    let author = Phone::get().replica().with_untracked(|replica| replica.member_name(line.member));
    let detail = author + " · " + &words::ago(line.received_at, clock::now());
    let badge = line.settlement.map(|settlement| match settlement.ending {
        Ending::Applied { .. } => view! { <Badge tone=BadgeTone::Accent>"Saved"</Badge> },
        Ending::Discarded { .. } => view! { <Badge tone=BadgeTone::Plain>"Discarded"</Badge> },
    });
    view! {
        <ListRow title=line.title detail href=address(line.id) trailing=move || badge>
            <span class="list-row-detail">{sentence(&line.refusal.to_string())}</span>
        </ListRow>
    }
    .into_any()
}
