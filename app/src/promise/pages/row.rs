use crate::{
    day::Day,
    promise::Promise,
    sync::Phone,
    time::words,
    ui::{Glyph, Icon, ListRow},
};
use leptos::prelude::*;
use std::sync::Arc;

/// A promise in a list: what, by when, who keeps it.
#[component]
pub fn PromiseRow(
    /// The promise.
    promise: Arc<Promise>,
) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let (keeper, due) = (promise.keeper, promise.due);
    let keeper = phone.derive(move |replica| match keeper == phone.me() {
        true => "you".to_owned(),
        false => replica.member_name_or(keeper, "a colleague").to_owned(),
    });
    let detail = move || format!("Due {}, kept by {}", words::day(due, today.get()), keeper.get());
    view! {
        <ListRow
            title=promise.what.clone()
            detail=Signal::derive(detail)
            href=format!("/app/promises/{}", promise.id)
            lead=|| view! { <Icon glyph=Glyph::HeartHandshake /> }
        />
    }
}
