use crate::{
    browser::clock,
    day::Day,
    meeting::{Asking, Meeting, ask_words, askings},
    survey::{Ask, AskContact, ShowLink},
    sync::Phone,
    time::words,
    ui::{Avatar, List, ListRow},
};
use leptos::prelude::*;
use std::{collections::BTreeSet, sync::Arc};

/// Who may be asked to rate a meeting: per contact present the ways to ask, or why not today.
#[component]
pub fn AskForFeedback(
    /// Which meeting.
    meeting: Arc<Meeting>,
) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let offset = clock::offset_minutes();
    let own = meeting.rep == phone.me();
    let askings = phone.derive({
        let meeting = meeting.clone();
        move |replica| askings(replica, &meeting, clock::now(), offset)
    });
    let asked_by_link = StoredValue::new(BTreeSet::new());
    let row = move |asking: Asking| {
        let contact = asking.contact.as_ref().map(|contact| contact.id);
        let ways = match (&asking.invitation, asking.ask) {
            (Some(invitation), _) if own => {
                let opens = asked_by_link.try_update_value(|asked| asked.remove(&contact)).unwrap_or_default();
                view! { <ShowLink invitation=invitation.clone() opens /> }.into_any()
            }
            (None, Ask::Today) if own => view! { <AskContact meeting=meeting.clone() contact asked_by_link /> }.into_any(),
            _ => ().into_any(),
        };
        let words = match &asking.invitation {
            Some(invitation) => format!("Asked {}", words::day(invitation.asked_at.date_at(offset), today.get())),
            None => ask_words(asking.ask, offset, today.get()),
        };
        let name = asking.contact.as_ref().map_or("Whoever was there".to_owned(), |contact| contact.name.clone());
        let avatar = name.clone();
        view! {
            <ListRow title=name detail=words lead=move || view! { <Avatar name=avatar.clone() /> }>
                {ways}
            </ListRow>
        }
    };
    view! { <List title="Feedback">{move || askings.get().into_iter().map(&row).collect_view()}</List> }
}
