//! What members read about who sees what, and what administrators read about members, in plain words.

use super::{Role, Standing, Viewed};
use crate::{
    organisation::Rules,
    score::{CUSTOMERS_FOR_MANAGER, RATINGS_FOR_MANAGER},
    time::{Timestamp, words},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

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
        Viewed::Meetings => "Your meetings and promises",
    }
}

/// A role, as people read it.
pub fn role_words(role: Role) -> &'static str {
    match role {
        Role::Rep => "Rep",
        Role::Manager => "Manager",
        Role::Administrator => "Administrator",
    }
}

/// What a role is for, in one sentence.
pub fn role_explanation(role: Role) -> &'static str {
    match role {
        Role::Rep => "Visits customers and logs meetings.",
        Role::Manager => "Sees and helps the reps of a team and of the teams below it.",
        Role::Administrator => "Sets up people, teams, customers and rules.",
    }
}

/// A member's roles in one line: 'Rep, manager'.
pub fn roles_words(roles: &BTreeSet<Role>) -> String {
    let names: Vec<&str> = roles.iter().copied().map(role_words).collect();
    words::capitalised(&names.join(", ").to_lowercase())
}

/// How a member gets in, in a word or two.
pub fn standing_badge(standing: Standing) -> &'static str {
    match standing {
        Standing::NotInvited => "Not invited yet",
        Standing::Invited { .. } => "Invited",
        Standing::Active { .. } => "Active",
        Standing::Deactivated => "Deactivated",
    }
}

/// How a member gets in, and what the administrator can do about it.
pub fn standing_sentence(standing: Standing, now: Timestamp, offset_minutes: i16, today: NaiveDate) -> String {
    match standing {
        Standing::NotInvited => "Cannot sign in yet: make an invitation link and hand it over.".to_owned(),
        Standing::Invited { until } => {
            format!("Has an invitation link that works until {}.", words::moment(until, offset_minutes, today))
        }
        Standing::Active { seen_at: Some(seen_at) } => format!("Was last here {}.", words::ago(seen_at, now)),
        Standing::Active { seen_at: None } => "Has a password, and is signed in nowhere at the moment.".to_owned(),
        Standing::Deactivated => "Cannot sign in. What this person logged is kept.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_in_one_line() {
        assert_eq!(roles_words(&BTreeSet::from([Role::Manager, Role::Rep])), "Rep, manager");
        assert_eq!(roles_words(&BTreeSet::from([Role::Administrator])), "Administrator");
    }

    #[test]
    fn an_administrator_reads_how_somebody_gets_in() {
        let now = Timestamp(1_780_000_000_000); // 2026-05-28T20:26:40Z
        let says = |standing| standing_sentence(standing, now, 120, now.date_at(120));
        for (standing, words) in [
            (Standing::NotInvited, "Cannot sign in yet: make an invitation link and hand it over."),
            (Standing::Invited { until: now.plus_days(14) }, "Has an invitation link that works until Thu 11 Jun 22:26."),
            (Standing::Active { seen_at: Some(now.plus_millis(-7_200_000)) }, "Was last here 2 hours ago."),
        ] {
            assert_eq!(says(standing), words);
        }
    }

    #[test]
    fn a_member_reads_when_ratings_arrive_as_the_organisation_set_it() {
        let usual = ratings(&Rules::default());
        assert!(usual.starts_with("You read a rating on the next working morning, your manager a working day after you."), "{usual}");
        let at_once = ratings(&Rules { release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() });
        assert!(at_once.starts_with("You read a rating as soon as it is given, your manager at the same time."), "{at_once}");
    }
}
