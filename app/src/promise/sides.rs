//! How a promise went as either side sees it.

use super::PromiseState;
use crate::{
    id::{PromiseId, RatingId},
    survey::PromiseAnswer,
    sync::Replica,
};

/// How the customer says that a promise went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomersSide {
    /// What was answered last.
    pub answer: PromiseAnswer,
    /// In which rating.
    pub rating: RatingId,
}

/// What the customer last said about `promise`, as far as it was released to whoever holds `replica`. What was said behind a hidden name stays
/// in the manager's rating: shown beside a promise, which the rep made to one customer, it would tell who said it. What was left out of the
/// score says nothing here either.
pub fn customers_side(replica: &Replica, promise: PromiseId) -> Option<CustomersSide> {
    let said = replica.ratings.values().filter(|rating| !rating.answers.hide_name && rating.exclusion().is_none());
    let answers = said.filter_map(|rating| Some((rating.given_at, rating.id, *rating.answers.promises.get(&promise)?)));
    answers.max().map(|(_, rating, answer)| CustomersSide { answer, rating })
}

/// What is worth saying about both sides: nothing while either is silent.
pub fn both_sides_words(ours: PromiseState, theirs: Option<PromiseAnswer>) -> Option<&'static str> {
    use PromiseAnswer as Theirs;
    use PromiseState as Ours;
    let words = match (ours, theirs?) {
        (Ours::Open, Theirs::Kept) => "They say that it is done. Say how you see it.",
        (Ours::Open, _) => "They have told us already. Ask them what would help, then say how you see it.",
        (Ours::Kept, Theirs::Kept) | (Ours::Late, Theirs::Late) | (Ours::Changed, Theirs::Changed) => "You both see it the same way.",
        (Ours::NotKept, Theirs::NotKept) => "You both see it the same way. It can still be made right.",
        (Ours::Kept, Theirs::Late) => "You remember the day differently. Perhaps they expected it earlier: worth asking.",
        (Ours::Late, Theirs::Kept) => "For them it was in time. You were stricter with yourself.",
        (Ours::Kept | Ours::Late, Theirs::Changed) => "They remember that something else was agreed. Ask whether it fits them.",
        (Ours::Changed, Theirs::Kept | Theirs::Late) => "For them it is done: what was agreed instead is what they see as the promise.",
        (Ours::Kept | Ours::Late, Theirs::NotKept) => "You see it differently. Perhaps it has not reached them: worth a call.",
        (Ours::Changed, Theirs::NotKept) => "You see it differently. Perhaps somebody there did not hear what was agreed: worth a call.",
        (Ours::NotKept, Theirs::Kept | Theirs::Late | Theirs::Changed) => "They see it more kindly than you do.",
    };
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        survey::{Decision, ExclusionReason, Rating},
        sync::{
            protocol::Row,
            sample::{ME, a_rating},
        },
        time::Timestamp,
    };
    use uuid::Uuid;

    const PROMISE: PromiseId = PromiseId(Uuid::from_u128(7));

    fn saying(n: u128, at: i64, answer: PromiseAnswer) -> Rating {
        let mut rating = a_rating(n, ME, Timestamp(at));
        rating.answers.promises.insert(PROMISE, answer);
        rating
    }

    fn side(ratings: Vec<Rating>) -> Option<PromiseAnswer> {
        let mut replica = Replica::default();
        ratings.into_iter().for_each(|rating| replica.put(Row::Rating(rating)));
        customers_side(&replica, PROMISE).map(|side| side.answer)
    }

    #[test]
    fn the_latest_answer_is_the_customers() {
        assert_eq!(side(vec![]), None);
        assert_eq!(side(vec![a_rating(1, ME, Timestamp(0))]), None, "asked about something else");
        let (late, kept) = (saying(2, 20, PromiseAnswer::Late), saying(1, 30, PromiseAnswer::Kept));
        assert_eq!(side(vec![late, kept]), Some(PromiseAnswer::Kept));
    }

    #[test]
    fn what_was_said_behind_a_hidden_name_is_never_shown_beside_a_promise() {
        let mut hidden = saying(2, 20, PromiseAnswer::NotKept);
        hidden.answers.hide_name = true;
        assert_eq!(side(vec![hidden.clone()]), None);
        assert_eq!(side(vec![saying(1, 10, PromiseAnswer::Kept), hidden]), Some(PromiseAnswer::Kept));
    }

    #[test]
    fn what_was_left_out_of_the_score_says_nothing() {
        let by = Decision { member: ME, at: Timestamp(30), note: "We tried it".into() };
        let out = saying(1, 10, PromiseAnswer::NotKept).excluded(ExclusionReason::Test, by).expect("it counts");
        assert_eq!(side(vec![out]), None);
    }

    #[test]
    fn every_difference_is_told_kindly() {
        for ours in PromiseState::ALL {
            assert_eq!(both_sides_words(ours, None), None);
            for theirs in PromiseAnswer::ALL {
                let words = both_sides_words(ours, Some(theirs)).expect("both spoke");
                let same = ours != PromiseState::Open && format!("{ours:?}") == format!("{theirs:?}");
                assert_eq!(words.contains("the same way"), same, "{ours:?} {theirs:?}: {words}");
                assert!(!["wrong", "fail", "fault"].iter().any(|blame| words.contains(blame)), "{words}");
            }
        }
    }
}
