//! Promises in words.

use super::PromiseState;

/// Where a promise stands, as our side sees it.
pub fn state_words(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Open => "Open",
        PromiseState::Kept => "Kept",
        PromiseState::Late => "Kept late",
        PromiseState::Changed => "Changed together",
        PromiseState::NotKept => "Not kept",
    }
}

/// What settling it so means, in one sentence.
pub fn state_meaning(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Open => "Still to be done.",
        PromiseState::Kept => "Done by its date.",
        PromiseState::Late => "Done, after its date.",
        PromiseState::Changed => "The customer agreed to something else.",
        PromiseState::NotKept => "It did not happen.",
    }
}
