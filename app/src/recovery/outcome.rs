//! What came of making it right, as the customer shows it.

use super::{Cause, RecoveryCase};
use crate::{organisation::Rules, survey::Rating, time::Timestamp};

/// What came of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is still to be made right.
    Open,
    /// It is closed, and the customer has not rated a later meeting yet.
    NotRatedYet,
    /// It is closed, and a later meeting was rated by somebody who is not unhappy.
    Succeeded,
    /// It is closed, and whoever rated a later meeting is still not happy.
    NotYet,
}

/// What came of `case`, by the `ratings` that its rep may read, each with when its meeting began. Only meetings since the opening tell: what is
/// rated late about one before says nothing of what was done since. Once it succeeded, no further rating takes that away.
pub fn outcome<'a>(case: &RecoveryCase, ratings: impl IntoIterator<Item = (&'a Rating, Timestamp)>, rules: &Rules) -> Outcome {
    if case.is_open() {
        return Outcome::Open;
    }
    let later = ratings.into_iter().filter(|(rating, met_at)| {
        let told = !rating.answers.hide_name && rating.exclusion().is_none() && case.cause != Cause::Rating(rating.id);
        told && rating.customer == case.customer && rating.rep == case.rep && *met_at >= case.opened_at
    });
    let mut outcome = Outcome::NotRatedYet;
    for (rating, _) in later {
        match rating.answers.is_unhappy(rules) {
            false => return Outcome::Succeeded,
            true => outcome = Outcome::NotYet,
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CustomerId, MemberId, RecoveryCaseId},
        survey::Component,
        sync::sample::{ME, a_rating},
    };
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn case(closed: bool) -> RecoveryCase {
        RecoveryCase {
            id: RecoveryCaseId(Uuid::from_u128(5)),
            customer: CustomerId(Uuid::from_u128(1)),
            rep: ME,
            cause: Cause::ByHand,
            what: "The pump stood still".into(),
            opened_at: NOW,
            steps: BTreeMap::new(),
            closed_at: closed.then(|| NOW.plus_days(2)),
        }
    }

    fn rating(n: u128, trust: u8) -> Rating {
        let mut rating = a_rating(n, ME, NOW.plus_days(5));
        rating.answers.components.insert(Component::Trust, trust);
        rating
    }

    fn of(case: &RecoveryCase, ratings: &[(Rating, i64)]) -> Outcome {
        outcome(case, ratings.iter().map(|(rating, days)| (rating, NOW.plus_days(*days))), &Rules::default())
    }

    #[test]
    fn a_later_rating_of_somebody_not_unhappy_is_a_success() {
        let hidden = |mut rating: Rating| {
            rating.answers.hide_name = true;
            rating
        };
        let elsewhere = Rating { customer: CustomerId(Uuid::from_u128(2)), ..rating(1, 5) };
        let of_another = Rating { rep: MemberId(Uuid::from_u128(3)), ..rating(1, 5) };
        for (ratings, expected, why) in [
            (vec![], Outcome::NotRatedYet, "nobody rated"),
            (vec![(rating(1, 4), 3)], Outcome::Succeeded, "a good one"),
            (vec![(rating(1, 2), 3)], Outcome::NotYet, "still unhappy"),
            (vec![(rating(1, 2), 3), (rating(2, 4), 9)], Outcome::Succeeded, "in the end"),
            (vec![(rating(1, 4), -1)], Outcome::NotRatedYet, "of a meeting before"),
            (vec![(hidden(rating(1, 5)), 3)], Outcome::NotRatedYet, "the name is hidden"),
            (vec![(elsewhere, 3)], Outcome::NotRatedYet, "another customer"),
            (vec![(of_another, 3)], Outcome::NotRatedYet, "another rep"),
        ] {
            assert_eq!(of(&case(true), &ratings), expected, "{why}");
        }
        assert_eq!(of(&case(false), &[(rating(1, 5), 3)]), Outcome::Open, "it is not closed");
    }

    proptest! {
        #[test]
        fn more_ratings_never_take_a_success_away(ratings in prop::collection::vec((1_u8..=5, -3_i64..9), 0..8), more in (1_u8..=5, -3_i64..9)) {
            let all: Vec<_> = ratings.iter().chain([&more]).zip(1..).map(|((trust, days), n)| (rating(n, *trust), *days)).collect();
            let (before, after) = (of(&case(true), &all[..ratings.len()]), of(&case(true), &all));
            prop_assert!(before != Outcome::Succeeded || after == Outcome::Succeeded);
        }
    }
}
