use crate::{
    score::{MonthByMonth, months_of},
    sync::Phone,
    ui::{EmptyState, Glyph, Leave, List, ListRow, Page},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Averages of teams and of the organisation in months that are over.
#[component]
pub(super) fn Months(
    /// Where the reader came from.
    back: &'static str,
) -> impl IntoView {
    let phone = Phone::get();
    let me = phone.me();
    let months = phone.derive(move |replica| months_of(replica, me));
    let teams = phone.derive(|replica| replica.teams.values().map(|team| (team.id, team.name.clone())).collect::<BTreeMap<_, _>>());
    let nothing = move || months.with(Vec::is_empty);
    view! {
        <Page title="Month by month" leave=Leave::Back(back.to_owned())>
            <Show when=nothing>
                <EmptyState glyph=Glyph::MessageCircleHeart title="Averages come here">
                    "When a month is over, you see here how customers experienced your team and the organisation. Averages always tell of five people \
                     or more."
                </EmptyState>
            </Show>
            <Show when=move || !nothing()>
                <MonthByMonth months teams />
            </Show>
        </Page>
    }
}

/// The way to the months, once there is one.
#[component]
pub fn MonthsLink(
    /// Their address.
    href: &'static str,
) -> impl IntoView {
    let phone = Phone::get();
    let me = phone.me();
    let any = phone.derive(move |replica| !months_of(replica, me).is_empty());
    view! {
        <Show when=move || any.get()>
            <List title="Averages">
                <ListRow title="Month by month" detail="How customers experience teams and the organisation" href />
            </List>
        </Show>
    }
}
