//! What members read about who sees what, in plain words.

use super::Viewed;
use crate::{
    organisation::Rules,
    score::{CUSTOMERS_FOR_MANAGER, RATINGS_FOR_MANAGER},
};

/// Something a member's manager sees, in one sentence.
pub fn manager_sees(rules: &Rules) -> Vec<(&'static str, String)> {
    vec![
        ("Your meetings", "Those you log and plan, and what you promise. Not what you are still typing.".to_owned()),
        ("Your customers’ ratings", ratings(rules)),
        (
            "Your score",
            format!(
                "From {RATINGS_FOR_MANAGER} ratings by {CUSTOMERS_FOR_MANAGER} customers on. Before that your manager reads ‘not enough yet’."
            ),
        ),
        ("What you share", "A reflection that you share. You can take it back.".to_owned()),
    ]
}

/// What a member's manager never sees.
pub fn manager_never_sees() -> Vec<(&'static str, &'static str)> {
    vec![
        ("Reflections you do not share", "Nor your energy, confidence and mood in them. They reach nobody, administrators neither."),
        ("Where you are", "Qdos records no location, no calls and no screen time."),
        ("A ranking", "Lists of people are alphabetical. No score decides about pay, targets or warnings."),
    ]
}

/// When a member's ratings arrive, and for whom.
fn ratings(rules: &Rules) -> String {
    let yours = match rules.release_to_rep_after {
        0 => "You read a rating as soon as it is given".to_owned(),
        1 => "You read a rating on the next working morning".to_owned(),
        days => format!("You read a rating after {days} working mornings"),
    };
    let theirs = match rules.release_to_manager_after {
        0 => "your manager at the same time".to_owned(),
        1 => "your manager a working day after you".to_owned(),
        days => format!("your manager {days} working days after you"),
    };
    format!("{yours}, {theirs}. You can add context to it. Where a customer hides their name from you, only your manager reads it.")
}

/// What somebody looked at.
pub fn viewed_words(viewed: Viewed) -> &'static str {
    match viewed {
        Viewed::Score => "Your score and ratings",
        Viewed::Meetings => "Your meetings",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_reads_when_ratings_arrive_as_the_organisation_set_it() {
        let usual = ratings(&Rules::default());
        assert!(usual.starts_with("You read a rating on the next working morning, your manager a working day after you."), "{usual}");
        let at_once = ratings(&Rules { release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() });
        assert!(at_once.starts_with("You read a rating as soon as it is given, your manager at the same time."), "{at_once}");
    }
}
