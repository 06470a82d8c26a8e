use crate::{
    preparation::{Card, ComponentSeen, earned_by, next_step_words, seen_words},
    score::words,
    time::words::capitalised,
    ui::{self, Glyph, Icon, List, ListRow},
};
use leptos::prelude::*;

/// Where the relationship stands, what the next step needs, and what was weak.
#[component]
pub(super) fn Standing(prepared: Memo<Card>) -> impl IntoView {
    let step = Memo::new(move |_| prepared.with(|card| card.step));
    let stands = move || {
        step.get().map(|step| {
            let tip = step.next.map(|next| view! { <p>{earned_by(next.component)}</p> });
            view! {
                <ui::Card title="Where you stand with them">
                    <p>{words::stands_on(step.reached)}"."</p>
                    {next_step_words(&step).map(|words| view! { <p>{words}</p> })}
                    {tip}
                </ui::Card>
            }
        })
    };
    let row = |seen: ComponentSeen| {
        let detail = format!("{}. {}", capitalised(&seen_words(&seen)), earned_by(seen.component));
        view! { <ListRow title=seen.component.label() detail lead=|| view! { <Icon glyph=Glyph::Target /> } /> }
    };
    let weak = move || prepared.with(|card| card.weak.clone()).into_iter().map(row).collect_view();
    view! {
        {stands}
        <Show when=move || prepared.with(|card| !card.weak.is_empty())>
            <List title="Worth more care with them">{weak}</List>
        </Show>
    }
}
