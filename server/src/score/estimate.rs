//! From ratings to scores: pure, so that the formula can be read, tested and simulated without a server.

use super::{
    compare::{fall_apart, similar_standings, standings},
    explain::explain,
    facts::{Counted, Facts, reliabilities_of},
    fit::Fit,
    mixture::Mixture,
    ratings::Ratings,
    solved::{Part, Solved},
    staircase::steps,
    trend::changes,
};
use app::{
    id::{CustomerId, MemberId, RatingId},
    organisation::Rules,
    score::{Disagreement, Estimate, FormatMix, NetPromoter, PER_POINT, Reliability, ScoreChange, Similar, Standing, scale},
    survey::Component,
    time::Timestamp,
};
use std::collections::BTreeMap;

/// What the ratings say about every rep who has any.
pub type Scores = BTreeMap<MemberId, RepScore>;

/// What the ratings say about one rep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepScore {
    /// Ratings of this rep.
    pub ratings: u32,
    /// Customers who gave them.
    pub customers: u32,
    /// Over all components and Reliability; absent where no rating has enough components.
    pub overall: Option<Estimate>,
    /// Per component that was rated.
    pub components: BTreeMap<Component, Estimate>,
    /// Promises kept.
    pub reliability: Option<Reliability>,
    /// Whether this rep's customers recommend the organisation.
    pub net_promoter: Option<NetPromoter>,
    /// The last quarter against the one before; absent where one of them has no rating.
    pub change: Option<ScoreChange>,
    /// Against the mean of the reps.
    pub standing: Option<Standing>,
    /// Against the mean of those whose meetings are similar.
    pub similar: Option<Similar>,
    /// Whether no customer connects the reps that it is compared with.
    pub apart: bool,
    /// What each rating does to the overall score, in points of 100.
    pub pulls: BTreeMap<RatingId, f64>,
    /// What ratings with a hidden name do to it together.
    pub hidden_pull: Option<f64>,
    /// What it does to it how these customers rate others.
    pub raters_pull: Option<f64>,
    /// The step that each relationship stands on.
    pub steps: BTreeMap<CustomerId, Component>,
    /// Where customers clearly disagree.
    pub disagreements: Vec<Disagreement>,
    /// The most ratings given on the rep's own device within ten minutes.
    pub burst: u32,
}

/// Every rep's score at `now`, with what `fit` holds. `ratings` are those that count.
pub fn estimate(ratings: &Ratings, fit: &Fit, rules: &Rules, now: Timestamp) -> Scores {
    let mut scores = scores(&Solved::new(ratings, fit, now), &Facts::new(ratings, now), fit, rules);
    for (rep, change) in changes(ratings, fit, now) {
        scores.entry(rep).or_default().change = Some(change);
    }
    scores
}

/// Every rep's score, but for changes and disagreements.
pub(super) fn scores(solved: &Solved, facts: &Facts, fit: &Fit, rules: &Rules) -> Scores {
    let score = |(rep, counted): (&MemberId, &Counted)| {
        let Counted { ratings, customers, net_promoter, burst } = *counted;
        let reliability = facts.reliabilities.of(*rep);
        (*rep, RepScore { ratings, customers, net_promoter, burst, reliability, ..RepScore::default() })
    };
    let mut scores: Scores = facts.reps.iter().map(score).collect();
    for (component, Part { rows, posterior }) in &solved.components {
        for (number, rep) in rows.reps().iter().enumerate() {
            let estimate = on_scale(&posterior.rep(number), rows.of_rep(number));
            scores.entry(*rep).or_default().components.insert(*component, estimate);
        }
    }
    for (rep, steps) in steps(&solved.components, rules) {
        scores.entry(rep).or_default().steps = steps;
    }
    if let Some(part) = &solved.overall {
        add_overall(&mut scores, part, fit);
    }
    scores
}

/// The overall estimate, and what it is made of.
fn add_overall(scores: &mut Scores, part: &Part, fit: &Fit) {
    let Part { rows, posterior } = part;
    let apart = fall_apart(rows.pairs(), rows.reps().len(), rows.customers().len());
    let mixes: Vec<Option<FormatMix>> = (0..rows.reps().len()).map(|rep| rows.mix_of(rep)).collect();
    let compared = standings(posterior, rows.reps().len()).into_iter().zip(similar_standings(posterior, &mixes));
    for ((number, rep), (standing, similar)) in rows.reps().iter().enumerate().zip(compared) {
        let score = scores.entry(*rep).or_default();
        let reliability = reliability_part(fit, score.reliability);
        let composite = on_scale(&posterior.rep(number), rows.of_rep(number));
        score.overall = Some(with_reliability(composite, score.reliability, reliability));
        score.standing = standing;
        score.similar = similar;
        score.apart = apart;
        let explanation = explain(part, number);
        let points = |pull: f64| pull * PER_POINT * (1.0 - reliability);
        for (place, pull) in explanation.own {
            let rated = rows.ratings[place];
            if rated.hidden {
                *score.hidden_pull.get_or_insert_default() += points(pull);
            } else {
                score.pulls.insert(rated.id, points(pull));
            }
        }
        score.raters_pull = Some(points(explanation.raters));
    }
}

/// Every rep's overall score, as [`estimate`] has it, and nothing else.
pub(super) fn overall_estimates(ratings: &Ratings, fit: &Fit, now: Timestamp) -> BTreeMap<MemberId, Estimate> {
    let Some(Part { rows, posterior }) = Part::overall(ratings, fit, now) else { return BTreeMap::new() };
    let reliabilities = reliabilities_of(ratings);
    let estimate = |(number, rep): (usize, &MemberId)| {
        let reliability = reliabilities.of(*rep);
        let composite = on_scale(&posterior.rep(number), rows.of_rep(number));
        (*rep, with_reliability(composite, reliability, reliability_part(fit, reliability)))
    };
    rows.reps().iter().enumerate().map(estimate).collect()
}

fn reliability_part(fit: &Fit, reliability: Option<Reliability>) -> f64 {
    reliability.map_or(0.0, |_| fit.formula.reliability_part())
}

/// Joins the two by weight. Half-widths add, as if both erred alike: nobody knows how they go together.
fn with_reliability(composite: Estimate, reliability: Option<Reliability>, part: f64) -> Estimate {
    let Some(reliability) = reliability else { return composite };
    let join = |composite: f64, reliability: f64| composite + part * (reliability - composite);
    Estimate {
        value: to_tenth(join(composite.value, reliability.value), f64::round),
        low: to_tenth(join(composite.low, reliability.low), f64::floor),
        high: to_tenth(join(composite.high, reliability.high), f64::ceil),
        ..composite
    }
}

/// Posterior mean and 2.5 and 97.5 % quantiles, clipped to the scale. Tenths are what people can tell apart; rounding to them outward
/// keeps a night's ageing from rewriting every score, and an interval from ever having no width. The numbers are those of the ratings and
/// customers behind it.
pub fn on_scale(mixture: &Mixture, (ratings, customers): (u32, u32)) -> Estimate {
    let (low, high) = mixture.interval().into_inner();
    let (low, high) = (to_tenth(scale(low), f64::floor), to_tenth(scale(high), f64::ceil));
    Estimate {
        value: to_tenth(scale(mixture.mean()), f64::round),
        // At an end of the scale even the outward rounding leaves nothing.
        low: if low < high { low } else { (low - 0.1).max(0.0) },
        high: if low < high { high } else { (high + 0.1).min(100.0) },
        ratings,
        customers,
    }
}

pub(super) fn to_tenth(value: f64, round: impl Fn(f64) -> f64) -> f64 {
    round(value * 10.0) / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::{
        counting::Stay,
        formula::Formula,
        model::{Row, aged},
        movement::{Baseline, Stages},
        ratings::Observation,
    };
    use app::{
        id::MeetingId,
        meeting::MeetingFormat,
        score::{Cause, Certainty},
        survey::Way,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn rep(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    /// A rating of rep `by` with the same `point` for every component, each of another meeting and customer.
    fn rating(id: u128, of: u128, point: u8, days_ago: i64) -> Observation {
        Observation {
            id: RatingId(Uuid::from_u128(id)),
            rep: rep(of),
            customer: CustomerId(Uuid::from_u128(id)),
            contact: None,
            meeting: MeetingId(Uuid::from_u128(id)),
            format: None,
            channel: None,
            way: Way::Link,
            given_at: NOW.plus_days(-days_ago),
            stays: vec![Stay::since(NOW.plus_days(-days_ago))],
            hidden: false,
            components: Component::ALL.into_iter().map(|component| (component, point)).collect(),
            recommend: None,
            promises: Vec::new(),
        }
    }

    /// Three reps with these points each.
    fn three(points: [&[u8]; 3]) -> Vec<Observation> {
        let mut ratings = Vec::new();
        for (n, points) in points.iter().enumerate() {
            for point in *points {
                ratings.push(rating(ratings.len() as u128, n as u128, *point, 10));
            }
        }
        ratings
    }

    fn scores(ratings: impl IntoIterator<Item = Observation>) -> Scores {
        let (ratings, rules) = (ratings.into_iter().collect(), Rules::default());
        estimate(&ratings, &Fit::new(&ratings, Formula::of(&rules, None), NOW), &rules, NOW)
    }

    fn overall(scores: &Scores, of: u128) -> Estimate {
        scores[&rep(of)].overall.expect("rated")
    }

    fn width(estimate: Estimate) -> f64 {
        estimate.high - estimate.low
    }

    #[test]
    fn a_few_ratings_are_drawn_toward_everybody_and_many_speak_for_themselves() {
        let few = scores(three([&[5], &[3, 3, 4, 3], &[3, 4, 3, 3]]));
        let many = scores(three([&[5; 30], &[3, 3, 4, 3], &[3, 4, 3, 3]]));
        assert!(overall(&few, 0).value < 85.0, "{:?}", overall(&few, 0));
        assert!(overall(&many, 0).value > 95.0, "{:?}", overall(&many, 0));
        assert!(overall(&few, 0).value > overall(&few, 1).value);
    }

    #[test]
    fn a_rep_is_held_to_those_who_mostly_do_the_same() {
        let mostly = |of: u128, format: MeetingFormat| (0..12).map(move |n| (of, if n < 8 { format } else { MeetingFormat::Discovery }));
        let reps = (0..6)
            .flat_map(|of| mostly(of, MeetingFormat::Negotiation))
            .chain((6..14).flat_map(|of| mostly(of, MeetingFormat::Introductory)));
        let point = |of: u128, n: u128| match of {
            // The first negotiates as well as the rest introduce themselves, and much better than the others negotiate.
            0 | 6.. => 4 + u8::from(n.is_multiple_of(3)),
            _ => 2 + u8::from(n.is_multiple_of(3)),
        };
        let ratings = reps.zip(0..).map(|((of, format), n)| Observation { format: Some(format), ..rating(n, of, point(of, n), 10) });
        let scores = scores(ratings);
        let similar = |of: u128| scores[&rep(of)].similar;
        let mix = FormatMix::Mostly(MeetingFormat::Negotiation);
        assert_eq!(similar(0), Some(Similar { mix, standing: Standing::Above(Certainty::VeryLikely) }));
        assert_eq!(similar(7).map(|it| (it.mix, it.standing)), Some((FormatMix::Mostly(MeetingFormat::Introductory), Standing::About)));
        assert!(
            matches!(scores[&rep(7)].standing, Some(Standing::Above(_))),
            "all meetings together say something else: {:?}",
            scores[&rep(7)].standing
        );
    }

    #[test]
    fn nobody_is_held_to_too_few_and_all_are_no_group_of_their_own() {
        let of_formats = |formats: &[MeetingFormat]| {
            let ratings =
                (0..formats.len() * 4).map(|n| Observation { format: Some(formats[n / 4]), ..rating(n as u128, n as u128 / 4, 4, 10) });
            scores(ratings.collect::<Vec<_>>()).into_values().map(|score| score.similar.map(|it| it.mix)).collect::<Vec<_>>()
        };
        assert_eq!(of_formats(&[MeetingFormat::Discovery; 8]), vec![None; 8], "all are alike");
        let mut formats = [MeetingFormat::Discovery; 11];
        formats[6..].fill(MeetingFormat::Negotiation);
        let told = of_formats(&formats);
        assert!(told[..6].iter().all(|mix| *mix == Some(FormatMix::Mostly(MeetingFormat::Discovery))), "{told:?}");
        assert_eq!(told[6..], [None; 5], "four others are too few");
    }

    #[test]
    fn the_interval_narrows_with_every_doubling_of_the_ratings() {
        let widths: Vec<f64> =
            [2, 4, 8, 16, 32].map(|n| width(overall(&scores(three([&[4, 5].repeat(n / 2), &[3, 4, 3, 4], &[4, 4, 3, 5]])), 0))).into();
        assert!(widths.is_sorted_by(|wide, narrow| wide > narrow), "{widths:?}");
    }

    #[test]
    fn old_ratings_count_less_and_leave_a_wider_interval() {
        let at = |days: i64| {
            let ratings = three([&[5, 4, 5, 5], &[3, 4, 3, 3], &[4, 3, 4, 4]]);
            scores(ratings.into_iter().map(|o| Observation { given_at: NOW.plus_days(if o.rep == rep(0) { -days } else { 0 }), ..o }))
        };
        assert!(width(overall(&at(720), 0)) > width(overall(&at(0), 0)));
        assert!(overall(&at(720), 0).value < overall(&at(0), 0).value, "an old success fades toward everybody's mean");
    }

    #[test]
    fn ratings_of_one_meeting_say_less_than_those_of_as_many() {
        let apart = three([&[5, 5, 5, 5], &[3, 4, 3, 3], &[4, 3, 4, 4]]);
        let together = apart.clone().into_iter().map(|o| Observation { meeting: MeetingId(o.rep.0), ..o });
        assert!(overall(&scores(together), 0).value < overall(&scores(apart), 0).value);
    }

    #[test]
    fn a_component_left_out_changes_neither_scale_nor_fairness() {
        let mut ratings = three([&[4, 4, 4, 4], &[3, 4, 3, 3], &[4, 3, 4, 4]]);
        for observation in &mut ratings {
            if let Some(point) = observation.components.get_mut(&Component::Progress) {
                *point -= 2;
            }
        }
        let whole = overall(&scores(ratings.clone()), 0);
        ratings[0].components.remove(&Component::Progress);
        let without = overall(&scores(ratings.clone()), 0);
        assert!((whole.value - without.value).abs() < 2.0, "the hardest question left out is no gain: {whole:?} {without:?}");
        for component in [Component::Trust, Component::Value] {
            ratings[0].components.remove(&component);
        }
        assert_eq!(overall(&scores(ratings), 0).ratings, 3, "two components say too little about the whole");
    }

    #[test]
    fn a_change_is_clear_only_when_the_ratings_leave_no_doubt() {
        let quarters = |before: &[u8], after: &[u8]| {
            let mut ratings = Vec::new();
            for of in 0..3 {
                let own = |points: &[u8]| if of == 0 { points.to_vec() } else { vec![4, 3, 4, 5] };
                for (points, days_ago) in [(own(before), 120), (own(after), 20)] {
                    for point in points {
                        ratings.push(rating(ratings.len() as u128, of, point, days_ago));
                    }
                }
            }
            scores(ratings)[&rep(0)].change
        };
        assert!(!quarters(&[4, 3, 4], &[4, 4, 4]).expect("both rated").is_clear());
        let clear = quarters(&[2, 2, 1, 2, 2, 2, 1, 2], &[5, 4, 5, 5, 5, 4, 5, 5]).expect("both rated");
        assert!(clear.is_clear() && clear.by > 0.0, "{clear:?}");
        assert_eq!(quarters(&[], &[4, 4]), None, "nothing to compare with");
    }

    fn any_ratings() -> impl Strategy<Value = Vec<Observation>> {
        let one = (0_u128..4, 0_u128..6, 0_u128..12, 0_i64..500, prop::collection::btree_map(0_usize..5, 1_u8..=5, 0..=5));
        prop::collection::vec(one, 1..40).prop_map(|drawn| {
            let observed = drawn.into_iter().enumerate().map(|(id, (of, customer, meeting, days_ago, points))| {
                let components = points.into_iter().map(|(n, point)| (Component::ALL[n], point)).collect();
                let (customer, meeting) = (CustomerId(Uuid::from_u128(customer)), MeetingId(Uuid::from_u128(meeting * 10 + of)));
                Observation { customer, meeting, components, ..rating(id as u128, of, 1, days_ago) }
            });
            observed.collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn the_order_in_which_ratings_arrive_does_not_matter(ratings in any_ratings(), seed in any::<u64>()) {
            let mut shuffled = ratings.clone();
            fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
            prop_assert_eq!(scores(ratings), scores(shuffled));
        }

        #[test]
        fn every_estimate_lies_on_the_scale_inside_an_interval_with_a_width(ratings in any_ratings()) {
            for score in scores(ratings).values() {
                for estimate in score.components.values().chain(&score.overall) {
                    prop_assert!(0.0 <= estimate.low && estimate.high <= 100.0 && width(*estimate) > 0.0, "{:?}", estimate);
                    prop_assert!((estimate.low..=estimate.high).contains(&estimate.value), "{:?}", estimate);
                }
                if let Some(change) = score.change {
                    prop_assert!(change.low < change.high && (change.low..=change.high).contains(&change.by), "{:?}", change);
                }
            }
        }

        #[test]
        fn the_pulls_of_all_ratings_and_the_mean_add_up_to_the_score(ratings in any_ratings()) {
            let (ratings, rules) = (ratings.into_iter().collect::<Ratings>(), Rules::default());
            let fit = Fit::new(&ratings, Formula::of(&rules, None), NOW);
            let Some(part) = Part::overall(&ratings, &fit, NOW) else { return Ok(()) };
            let Part { rows, posterior } = &part;
            for rep in 0..rows.reps().len() {
                let explanation = explain(&part, rep);
                let mean = posterior.mean();
                // What other reps' ratings add, each by itself.
                let pull = |(row, weight): (&Row, f64)| if row.rep == rep { 0.0 } else { weight * (row.y - mean) };
                let raters: f64 = rows.rows.iter().zip(posterior.weights(rep, rows.rows.iter(), aged)).map(pull).sum();
                prop_assert!((explanation.raters - raters).abs() < 1e-9, "{} instead of {raters}", explanation.raters);
                let own: f64 = explanation.own.iter().map(|(_, pull)| pull).sum();
                let told = mean + own + raters;
                prop_assert!((told - posterior.rep(rep).mean()).abs() < 1e-9, "{} instead of {}", told, posterior.rep(rep).mean());
            }
        }

        #[test]
        fn what_moved_a_score_adds_up(ratings in any_ratings(), day in 1_i64..60, excluded in any::<prop::sample::Index>()) {
            let mut ratings = ratings;
            let which = excluded.index(ratings.len());
            ratings[which].stays[0].until = Some(NOW.plus_days(-1));
            let (ratings, rules) = (ratings.into_iter().collect::<Ratings>(), Rules::default());
            let then = NOW.plus_days(-day);
            let old = Fit::new(&ratings.counted_at(then), Formula::of(&Rules { half_life_days: 90, ..rules.clone() }, None), then);
            let fit = Fit::new(&ratings.counted_at(NOW), Formula::of(&rules, Some(&old.formula)), NOW);
            let now = overall_estimates(&ratings.counted_at(NOW), &fit, NOW);
            let stages = Stages::new(&ratings, &Baseline { at: then, fit: old }, &fit, NOW);
            for (rep, movement) in now.iter().filter_map(|(rep, overall)| Some((rep, stages.movement(*rep, overall)?))) {
                let sum: f64 = movement.from + movement.parts.values().sum::<f64>();
                prop_assert!((sum - movement.to).abs() < 1e-9 && (movement.to - now[rep].value).abs() < 1e-9, "{movement:?}");
            }
        }

        #[test]
        fn leaving_a_rating_out_and_counting_it_again_move_a_score_under_their_own_name(days_out in 1_i64..7, days_in in 8_i64..20) {
            let mut ratings = three([&[4, 3, 1], &[3, 3, 4, 3], &[4, 4, 3, 4]]);
            let since_week = |stays: Vec<Stay>, ratings: &mut Vec<Observation>| {
                ratings[2].stays = stays;
                let ratings: Ratings = ratings.iter().cloned().collect();
                let then = NOW.plus_days(-7);
                let fit = Fit::new(&ratings, Formula::of(&Rules::default(), None), NOW);
                let stages = Stages::new(&ratings, &Baseline { at: then, fit: fit.clone() }, &fit, NOW);
                let now = overall_estimates(&ratings.counted_at(NOW), &fit, NOW);
                stages.movement(rep(0), &now[&rep(0)]).expect("rated then and now").parts
            };
            let stay = |from: i64, until: i64| Stay { from: NOW.plus_days(-from), until: Some(NOW.plus_days(-until)) };
            let again = Stay::since(NOW.plus_days(-days_out));
            for (stays, raises, why) in [
                (vec![stay(30, days_out)], Some(true), "left out this week"),
                (vec![stay(30, days_in), again], Some(false), "left out before, counted again this week"),
                (vec![stay(30, days_in)], None, "left out before"),
                (vec![stay(40, 30), Stay::since(NOW.plus_days(-days_in))], None, "left out and counted again before"),
            ] {
                let parts = since_week(stays, &mut ratings);
                prop_assert_eq!(parts.get(&Cause::Exclusions).map(|by| *by > 0.0), raises, "{}: {:?}", why, parts);
                prop_assert!(!parts.contains_key(&Cause::NewRatings), "{}: {:?}", why, parts);
            }
        }

        #[test]
        fn a_better_rating_never_lowers_the_own_score(ratings in any_ratings(), which in any::<prop::sample::Index>()) {
            let mut better = ratings.clone();
            let chosen = which.index(ratings.len());
            let Some((&component, &point)) = ratings[chosen].components.iter().next() else { return Ok(()) };
            prop_assume!(point < 5);
            better[chosen].components.insert(component, point + 1);
            let of = ratings[chosen].rep;
            let (before, after) = (scores(ratings)[&of].components[&component].value, scores(better)[&of].components[&component].value);
            // The variances move with the rating too: that may take what rounding may, and no more.
            prop_assert!(after >= before - 0.11, "{} became {}", before, after);
        }
    }
}
