//! Making it right in words.

use super::{Cause, Outcome, Step};
use crate::time::Timestamp;

/// What a step is called.
pub fn step_words(step: Step) -> &'static str {
    match step {
        Step::Apology => "Say sorry",
        Step::MakingGood => "Put it in order",
        Step::Gesture => "A personal gesture",
        Step::Learned => "What you learned",
    }
}

/// What helps with it, in one sentence.
pub fn step_hint(step: Step) -> &'static str {
    match step {
        Step::Apology => "For what exactly, without a ‘but’. Soon counts more than well worded.",
        Step::MakingGood => "What you do so that they have what they were owed.",
        Step::Gesture => "Something small that fits this person. Nothing that looks like buying peace.",
        Step::Learned => "What you will do otherwise from now on, and who else should know.",
    }
}

/// What a case is about, where it says nothing itself.
pub fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Rating(_) => "A rating says that they are not happy",
        Cause::NotKept(_) => "A promise was not kept",
        Cause::SaidNotKept(_) => "They say that a promise was not kept",
        Cause::ByHand => "Something went wrong",
    }
}

/// What came of it.
pub fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "To be made right",
        Outcome::NotRatedYet => "Closed",
        Outcome::Succeeded => "Made right",
        Outcome::NotYet => "Closed, not happy yet",
    }
}

/// How soon somebody was in touch: 'First contact after 3 hours', 'No contact yet, open for 2 days'.
pub fn clock_words(opened_at: Timestamp, first: Option<Timestamp>, now: Timestamp) -> String {
    match first {
        Some(at) => format!("First contact after {}", lasting(at.0 - opened_at.0)),
        None => format!("No contact yet, open for {}", lasting(now.0 - opened_at.0)),
    }
}

/// How long something took: 'a few minutes', '3 hours', '2 days'.
fn lasting(millis: i64) -> String {
    let counted = |n: i64, unit: &str| if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") };
    match millis / 60_000 {
        ..5 => "a few minutes".to_owned(),
        minutes @ 5..60 => counted(minutes, "minute"),
        minutes @ 60..2_880 => counted(minutes / 60, "hour"),
        minutes => counted(minutes / 1_440, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_read_in_the_unit_that_people_would_use() {
        let opened = Timestamp(1_780_000_000_000);
        let after = |minutes: i64| opened.plus_millis(minutes * 60_000);
        for (minutes, words) in
            [(0, "a few minutes"), (59, "59 minutes"), (60, "1 hour"), (200, "3 hours"), (2_879, "47 hours"), (2_880, "2 days")]
        {
            assert_eq!(clock_words(opened, Some(after(minutes)), after(9_999)), format!("First contact after {words}"));
            assert_eq!(clock_words(opened, None, after(minutes)), format!("No contact yet, open for {words}"));
        }
    }
}
