use super::{Phone, Typing, protocol::Mutation};
use crate::{
    browser::{document, storage::StorageError},
    ui::{Banner, BannerTone, Toaster},
};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Milliseconds that saving takes before it is shown to be under way. It usually takes less, and would only flicker.
const SHOWN_AFTER: u32 = 200;

/// The saving that a screen's action does: one at a time, and said on screen where it fails, with everything typed still there.
#[derive(Clone, Copy)]
pub struct Saving {
    phone: Phone,
    running: StoredValue<bool>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<StorageError>>,
}

impl Saving {
    /// For the screen around.
    pub fn new() -> Self {
        Self { phone: Phone::get(), running: StoredValue::new(false), busy: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// Saves `mutations`, then acts. Does nothing while it is still saving.
    pub fn run(self, mutations: Vec<Mutation>, then: impl FnOnce() + 'static) {
        self.start(None, mutations, then);
    }

    /// [`Saving::run`] for a form that is left when it is saved: the draft under `key` is gone, and nothing on it keeps the focus.
    pub fn run_draft(self, key: String, mutations: Vec<Mutation>, then: impl FnOnce() + 'static) {
        self.start(Some(key), mutations, then);
    }

    /// [`Saving::run_draft`] of what was typed: once saved, nothing more of it is kept.
    pub fn run_typed(self, typing: Typing, mutations: Vec<Mutation>, then: impl FnOnce() + 'static) {
        self.run_draft(typing.key(), mutations, move || {
            typing.stop();
            then();
        });
    }

    /// [`Saving::run`] of what has to be looked up first. Nothing is saved where nothing is found, or the screen has gone by then.
    pub fn run_found<F: FnOnce() + 'static>(self, found: impl Future<Output = Option<(Vec<Mutation>, F)>> + 'static) {
        let Some(show) = self.begin() else { return };
        wasm_bindgen_futures::spawn_local(async move {
            let found = found.await;
            match found.filter(|_| self.running.try_get_value().is_some()) {
                Some((mutations, then)) => self.save(None, mutations, then, show).await,
                None => self.end(show),
            }
        });
    }

    /// Whether it has been saving for so long that it is to be shown.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    fn start(self, draft: Option<String>, mutations: Vec<Mutation>, then: impl FnOnce() + 'static) {
        let Some(show) = self.begin() else { return };
        wasm_bindgen_futures::spawn_local(self.save(draft, mutations, then, show));
    }

    /// Nothing else begins from here on.
    fn begin(self) -> Option<Timeout> {
        if self.running.get_value() {
            return None;
        }
        self.running.set_value(true);
        Some(Timeout::new(SHOWN_AFTER, move || {
            // The screen may be gone by then.
            let _ = self.busy.try_set(true);
        }))
    }

    fn end(self, show: Timeout) {
        show.cancel();
        let _ = (self.running.try_set_value(false), self.busy.try_set(false));
    }

    async fn save(self, draft: Option<String>, mutations: Vec<Mutation>, then: impl FnOnce() + 'static, show: Timeout) {
        let focused = draft.as_ref().and_then(|_| document::release_focus());
        let saved = match draft {
            Some(key) => self.phone.save_draft(&key, mutations).await,
            None => self.phone.save(mutations).await,
        };
        self.end(show);
        match saved {
            Ok(()) => {
                self.failure.try_set(None);
                then();
            }
            Err(error) => {
                self.failure.try_set(Some(error));
                if let Some(focused) = focused {
                    document::focus_in_place(&focused);
                }
            }
        }
    }
}

/// Says what was done and offers to take it back with `undo`; also where the screen that did it has gone.
pub fn offer_undo(phone: Phone, toaster: Toaster, words: impl Into<String>, undo: Vec<Mutation>) {
    toaster.offer(words, "Undo", move || {
        let undo = undo.clone();
        wasm_bindgen_futures::spawn_local(async move {
            match phone.save(undo).await {
                Ok(()) => toaster.say("Taken back."),
                Err(error) => toaster.say(format!("Not taken back. {}", storage_words(&error))),
            }
        });
    });
}

impl Default for Saving {
    fn default() -> Self {
        Self::new()
    }
}

/// Says that saving failed, beside the button that was tapped.
#[component]
pub fn NotSaved(
    /// The saving.
    saving: Saving,
) -> impl IntoView {
    let words = move || saving.failure.get().map(|error| storage_words(&error));
    view! {
        <div role="alert">
            {move || words().map(|words| view! { <Banner tone=BannerTone::Attention>"Not saved yet. " {words}</Banner> })}
        </div>
    }
}

/// What to do about a storage that fails.
pub fn storage_words(error: &StorageError) -> &'static str {
    match error {
        StorageError::Full => "This device has no space left. Remove something you do not need, then try again.",
        StorageError::Closed => "Another tab has taken over. Copy what you typed and load this page again.",
        StorageError::Blocked => "Qdos is open in another tab. Close the other tabs, then try again.",
        StorageError::Unavailable => "This browser window keeps nothing, as private windows do. Open Qdos in a usual window.",
        StorageError::Unreadable(_) => "A newer version of Qdos was here before. Load the page again to get it.",
        StorageError::Other(_) => "The device's storage did not answer. Try again; if it happens again, restart the device.",
    }
}
