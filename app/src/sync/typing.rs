use super::Phone;
use crate::browser::{event, record::Durability, storage};
use leptos::prelude::*;
use serde::Serialize;

/// Keeps what is typed, so that a killed tab loses nothing of it: relaxed while typing, strict when the app is left or another tab takes
/// the storage over.
#[derive(Clone, Copy)]
pub struct Typing {
    stopped: StoredValue<bool>,
}

impl Typing {
    /// Keeps `typed` under `key` from the first change on, for as long as the screen around is shown.
    pub fn keep<T: Clone + Serialize + PartialEq + Send + Sync + 'static>(key: String, typed: Memo<T>) -> Self {
        let phone = Phone::get();
        let (stopped, touched) = (StoredValue::new(false), StoredValue::new(false));
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
        Self { stopped }
    }

    /// What was typed is saved or given up: nothing more is kept.
    pub fn stop(self) {
        self.stopped.set_value(true);
    }
}
