use super::{Finder, found::Results};
use crate::{
    browser::paint::late,
    search::{Found, found_words},
    sync::{Phone, StillReading},
    ui::{EmptyState, Glyph, Leave, Page, SearchField},
};
use leptos::prelude::*;

/// Finds customers, people and notes by a few letters, as they are typed.
#[component]
pub(super) fn SearchScreen() -> impl IntoView {
    let (phone, finder) = (Phone::get(), Finder::get());
    finder.follow(phone);
    let typed = late(move || finder.words.get());
    let found: Memo<Option<Found>> = Memo::new(move |_| {
        let is_whole = finder.whole.get() > 0;
        let words = typed.get();
        (is_whole && !words.trim().is_empty()).then(|| finder.index.with_value(|index| index.find(&words, phone.me())))
    });
    let results = move || match found.get() {
        None => view! {
            <EmptyState glyph=Glyph::Search title="Everything on your phone">
                "Type a few letters of a customer, a person, or a word that was said. Works without network."
            </EmptyState>
        }
        .into_any(),
        Some(found) if found.is_empty() => view! {
            <EmptyState glyph=Glyph::Search title=format!("Nothing has “{}”", finder.words.get_untracked().trim())>
                "Try fewer letters, or another word. Each must begin a word of what you look for."
            </EmptyState>
        }
        .into_any(),
        Some(found) => view! { <Results found /> }.into_any(),
    };
    let count = move || found.with(|found| found.as_ref().filter(|found| !found.is_empty()).map(found_words));
    view! {
        <Page title="Search" leave=Leave::Back("/app/customers".to_owned())>
            <SearchField label="Find a customer, a person or a note" value=finder.words placeholder="A few letters" />
            <p class="search-count" role="status">{count}</p>
            <StillReading />
            <div class="search-found">{results}</div>
        </Page>
    }
}
