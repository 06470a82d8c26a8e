//! The search screen: one field over everything, reached from Customers.

mod found;
mod screen;

use super::Index;
use crate::{
    route::{Screens, screen},
    sync::Phone,
};
use leptos::prelude::*;
use leptos_router::path;
use std::time::Duration;

/// The address of the search.
pub const ADDRESS: &str = "/app/search";

/// The addresses of the search screens.
pub fn routes() -> Screens {
    vec![screen(path!("/app/search"), || view! { <screen::SearchScreen /> }.into_any())]
}

/// What is looked for, and the index beside the replica; both outlive the screen, so that the way back finds them as they were left.
#[derive(Clone, Copy)]
pub struct Finder {
    /// What is typed.
    pub words: RwSignal<String>,
    index: StoredValue<Index, LocalStorage>,
    /// Counts how often the index became whole.
    whole: RwSignal<u32>,
}

/// Rows that are taken in before the screen gets its turn again: some milliseconds on a slow phone.
const ROWS_AT_ONCE: usize = 1_000;

impl Finder {
    /// Makes it available to the screens below.
    pub fn provide() {
        provide_context(Self {
            words: RwSignal::new(String::new()),
            index: StoredValue::new_local(Index::default()),
            whole: RwSignal::new(0),
        });
    }

    /// The finder of the screens around.
    pub fn get() -> Self {
        use_context().expect("screens are mounted below the finder")
    }

    /// Follows what the phone holds, in steps that leave room for typing, while the caller's screen is there.
    fn follow(self, phone: Phone) {
        Effect::new(move || {
            phone.replica().track();
            self.step(phone);
        });
    }

    fn step(self, phone: Phone) {
        let replica = phone.replica().get_untracked();
        let is_whole = self.index.try_update_value(|index| index.catch_up(&replica, ROWS_AT_ONCE));
        match is_whole {
            Some(true) => self.whole.update(|times| *times += 1),
            Some(false) => set_timeout(move || self.step(phone), Duration::ZERO),
            None => {}
        }
    }
}
