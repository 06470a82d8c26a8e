use super::Phone;
use crate::{
    browser::{event, record::Durability, storage},
    route::Anew,
    ui::{Banner, Button, ButtonVariant, Glyph},
};
use leptos::prelude::*;
use serde::Serialize;

/// Keeps what is typed, so that a killed tab loses nothing of it: relaxed while typing, strict when the app is left or another tab takes
/// the storage over.
#[derive(Clone, Copy)]
pub struct Typing {
    key: StoredValue<String>,
    resumed: bool,
    stopped: StoredValue<bool>,
}

impl Typing {
    /// Keeps `typed` under `key` from the first change on, for as long as the screen around is shown.
    pub fn keep<T: Clone + Serialize + PartialEq + Send + Sync + 'static>(key: String, typed: Memo<T>) -> Self {
        let phone = Phone::get();
        let this = Self { resumed: phone.has_draft(&key), key: StoredValue::new(key.clone()), stopped: StoredValue::new(false) };
        let (stopped, touched) = (this.stopped, StoredValue::new(false));
        let keep = move |durability| {
            let (key, draft) = (key.clone(), typed.get_untracked());
            // Where storage fails, saving will say so; here the text is still on screen.
            wasm_bindgen_futures::spawn_local(async move { drop(phone.keep_draft(&key, &draft, durability).await) });
        };
        let keep_for_good = {
            let keep = keep.clone();
            move || {
                if touched.get_value() && !stopped.get_value() {
                    keep(Durability::Strict);
                }
            }
        };
        StoredValue::new_local((event::on_hidden(keep_for_good.clone()), storage::on_takeover(keep_for_good)));
        let start = typed.get_untracked();
        Effect::new(move || {
            // A form that was only looked at leaves no draft.
            let changed = typed.with(|typed| *typed != start);
            if (changed || touched.get_value()) && !stopped.get_value() {
                touched.set_value(true);
                keep(Durability::Relaxed);
            }
        });
        this
    }

    /// The key of its draft.
    pub(super) fn key(self) -> String {
        self.key.get_value()
    }

    /// What was typed is saved or given up: nothing more is kept.
    pub fn stop(self) {
        self.stopped.set_value(true);
    }
}

/// Says that a form shows what was typed before, and makes it anew for whoever wants to start over.
#[component]
pub fn Resumed(
    /// The keeping of what is typed into it.
    typing: Typing,
) -> impl IntoView {
    let (phone, anew) = (Phone::get(), Anew::expect());
    let start_over = move |_| {
        typing.stop();
        let key = typing.key();
        wasm_bindgen_futures::spawn_local(async move {
            // Should forgetting it fail, it only comes back at the next start.
            drop(phone.drop_draft(&key).await);
            anew.make();
        });
    };
    let action = move || view! { <Button variant=ButtonVariant::Plain on_click=start_over>"Start over"</Button> };
    typing.resumed.then(|| view! { <Banner icon=Glyph::NotebookPen action>"Here is what you typed before."</Banner> })
}
