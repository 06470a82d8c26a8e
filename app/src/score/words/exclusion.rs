//! Leaving a rating out of the score and counting it again, in words that accuse nobody.

use crate::survey::{ExclusionReason, Rating};

/// A reason, as it is chosen.
pub fn exclusion_choice(reason: ExclusionReason) -> &'static str {
    match reason {
        ExclusionReason::Test => "A test",
        ExclusionReason::WrongPerson => "Meant for somebody else",
        ExclusionReason::Duplicate => "The same rating again",
    }
}

/// A reason, within a sentence.
fn because(reason: ExclusionReason) -> &'static str {
    match reason {
        ExclusionReason::Test => "it was a test",
        ExclusionReason::WrongPerson => "it was meant for somebody else",
        ExclusionReason::Duplicate => "it was the same rating again",
    }
}

/// 'Tue 5 May, by Mia Manager: it was a test.', for a `day` that opens a line.
pub fn left_out(day: &str, by: &str, reason: ExclusionReason) -> String {
    format!("{day}, by {by}: {}.", because(reason))
}

/// 'Wed 6 May, by Mia Manager: it counts again.', for a `day` that opens a line.
pub fn counted_again(day: &str, by: &str) -> String {
    format!("{day}, by {by}: it counts again.")
}

/// What somebody should know before a `rating` of `rep` is left out, or counted `again`.
pub fn what_happens(again: bool, rating: &Rating, rep: &str) -> Vec<String> {
    let hidden = rating.answers.hide_name;
    let batch = match again {
        false => "are left out with it",
        true => "count with it again",
    };
    let score = match again {
        false => {
            "It stays where it is, with every answer, and is marked. The score is worked out without it as soon as the server has heard of it. You can count it again at any time."
        }
        true => {
            "The score is worked out with it again as soon as the server has heard of it. That it was left out, and why, stays beside it."
        }
    };
    let readers = match hidden {
        false => format!("{rep} and everybody else who may read this rating see that it was you, when, and your words."),
        true => format!(
            "Whoever else manages {rep} sees that it was you, when, and your words. {rep} sees nothing of it, as the name is hidden."
        ),
    };
    let batch = hidden.then(|| match rating.is_hidden_late() {
        false => format!("Ratings with a hidden name count three at a time, so that {rep} cannot work out a single one. The other two of the three {batch}."),
        true => format!("The name was hidden after {rep} could read it, so no other rating goes with this one."),
    });
    [Some(score.to_owned()), batch, Some(readers)].into_iter().flatten().collect()
}

/// Beside what was answered before a correction, where the name is `hidden` or not.
pub fn corrected(hidden: bool) -> &'static str {
    match hidden {
        false => "Corrected after it had reached its readers",
        true => "Corrected after it had reached its readers. Scores count these, as the name is hidden",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::MemberId, survey::Answers, sync::sample::a_rating, time::Timestamp};
    use uuid::Uuid;

    #[test]
    fn a_decision_says_when_by_whom_and_why() {
        assert_eq!(left_out("Today", "Mia Manager", ExclusionReason::Test), "Today, by Mia Manager: it was a test.");
        assert_eq!(counted_again("Tue 5 May", "you"), "Tue 5 May, by you: it counts again.");
    }

    #[test]
    fn nobody_is_told_that_the_rep_reads_of_a_hidden_name() {
        for again in [false, true] {
            let named = a_rating(1, MemberId(Uuid::nil()), Timestamp(0));
            let answers = Answers { hide_name: true, ..named.answers.clone() };
            let (in_time, late) = (
                Rating { answers: answers.clone(), ..named.clone() },
                Rating { first_answers: Some(named.answers.clone()), answers, ..named.clone() },
            );
            let [plain, hidden, late] = [named, in_time, late].map(|rating| what_happens(again, &rating, "Rik").join(" "));
            assert!(plain.contains("Rik and everybody else who may read this rating") && !plain.contains("three"), "{plain}");
            assert!(hidden.contains("Rik sees nothing of it") && hidden.contains("The other two of the three"), "{hidden}");
            assert!(late.contains("Rik sees nothing of it") && late.contains("no other rating goes with this one"), "{late}");
        }
    }
}
