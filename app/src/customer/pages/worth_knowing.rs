use crate::{
    customer::insights_of,
    day::Day,
    id::CustomerId,
    sync::Phone,
    time::words,
    ui::{Glyph, Icon, List, ListRow},
};
use leptos::prelude::*;

/// What makes the people there special, as colleagues wrote it down.
#[component]
pub(super) fn WorthKnowing(
    /// At which customer.
    customer: CustomerId,
) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let known = phone.derive(move |replica| {
        let name = |insight: &crate::customer::Insight| replica.contacts.get(&insight.contact).map(|contact| contact.name.clone());
        insights_of(replica, customer).into_iter().map(|insight| (name(&insight), insight)).collect::<Vec<_>>()
    });
    let rows = move || {
        let row = |(name, insight): (Option<String>, std::sync::Arc<crate::customer::Insight>)| {
            let written = words::day(insight.written_at.date_at(0), today.get());
            let detail = name.map_or(written.clone(), |name| format!("{name} · {written}"));
            view! { <ListRow title=insight.text.clone() detail=detail lead=|| view! { <Icon glyph=Glyph::Lightbulb /> } /> }
        };
        known.get().into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || known.with(|known| !known.is_empty())>
            <List title="Worth knowing">{rows}</List>
        </Show>
    }
}
