use crate::{
    sync::{Phone, storage_words},
    today::unfinished,
    ui::{Banner, Button, ButtonLink, ButtonVariant, Glyph, Toaster},
};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// As many as do not push the day off the screen; the others are met where they were begun.
const SHOWN_MAX: usize = 2;

/// What was begun and is neither saved nor given up.
#[component]
pub(super) fn Unfinished() -> impl IntoView {
    let phone = Phone::get();
    let keys = RwSignal::new(phone.draft_keys());
    let shown = move || {
        let begun = |key: String| unfinished(&key).map(|(words, href)| (key, words, href));
        let shown = keys.get().into_iter().filter_map(begun).take(SHOWN_MAX);
        shown.map(|(key, words, href)| view! { <Begun key words href keys /> }).collect_view()
    };
    view! { {shown} }
}

#[component]
fn Begun(key: String, words: &'static str, href: String, keys: RwSignal<Vec<String>>) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    // The screen may be gone when somebody thinks better of it.
    let look_again = move || drop(keys.try_set(phone.draft_keys()));
    let discard = Callback::new(move |()| {
        let key = key.clone();
        spawn_local(async move {
            let discarded = match phone.discard_draft(&key).await {
                Ok(discarded) => discarded,
                Err(error) => return toaster.say(format!("Not discarded. {}", storage_words(&error))),
            };
            look_again();
            toaster.offer("Discarded.", "Undo", move || {
                let discarded = discarded.clone();
                spawn_local(async move {
                    match phone.bring_back(discarded).await {
                        Ok(()) => toaster.say("It is back."),
                        Err(error) => toaster.say(storage_words(&error)),
                    }
                    look_again();
                });
            });
        });
    });
    let ways = move || {
        view! {
            <ButtonLink href=href>"Go on"</ButtonLink>
            <Button variant=ButtonVariant::Plain on_click=move |_| discard.run(())>"Discard"</Button>
        }
    };
    view! { <Banner icon=Glyph::NotebookPen action=ways>{words}</Banner> }
}
