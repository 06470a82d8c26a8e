//! Promises in words.

use super::{InsideAskState, PromiseState};
use crate::survey::PromiseAnswer;

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

/// How it went as the customer says, in the words of our side, so that both compare.
pub fn customers_words(answer: PromiseAnswer) -> &'static str {
    state_words(match answer {
        PromiseAnswer::Kept => PromiseState::Kept,
        PromiseAnswer::Late => PromiseState::Late,
        PromiseAnswer::Changed => PromiseState::Changed,
        PromiseAnswer::NotKept => PromiseState::NotKept,
    })
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

/// What became of a question to a colleague.
pub fn inside_ask_words(state: InsideAskState) -> &'static str {
    match state {
        InsideAskState::Open => "Waiting for an answer",
        InsideAskState::Answered => "Answered",
        InsideAskState::Declined => "Cannot help",
    }
}
