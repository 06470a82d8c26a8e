use super::title::item_title;
use crate::{
    sync::{Phone, Saving, protocol::Mutation},
    time::words,
    today::{Item, Snooze},
    ui::{Button, Disclosure, List, ListRow},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// What would be on Today, had it not been put off: nothing is lost.
#[component]
pub(super) fn PutOff(
    /// What, and until when.
    items: Vec<(Item, Arc<Snooze>)>,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let (phone, saving) = (Phone::get(), Saving::new());
    let title = match items.len() {
        0 => return ().into_any(),
        1 => "1 put off".to_owned(),
        many => format!("{many} put off"),
    };
    let row = move |(item, snooze): (Item, Arc<Snooze>)| {
        let what = phone.replica().with_untracked(|replica| item_title(&item, replica));
        let back = Mutation::Wake { member: snooze.member, subject: snooze.subject };
        let label = format!("Bring back: {what}");
        view! {
            <ListRow title=what detail=format!("Back {} · {}", words::day(snooze.until, today), snooze.because.label())>
                <span>
                    <Button on_click=move |_| saving.run(vec![back.clone()], || {}) attr:aria-label=label>
                        "Bring back"
                    </Button>
                </span>
            </ListRow>
        }
    };
    view! {
        <Disclosure title>
            <List>{items.into_iter().map(row).collect_view()}</List>
        </Disclosure>
    }
    .into_any()
}
