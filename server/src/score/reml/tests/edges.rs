//! Where ratings say little: what cannot be told is 0, and said.

use super::super::{Detail, Fit, Unidentified, Unusable, Variances, fit, solve};
use super::*;

fn fitted(ratings: &[Rating]) -> Fit {
    fit(&design(ratings).expect("usable"), Detail::StandardErrors)
}

#[test]
fn what_is_no_rating_is_told_by_its_index() {
    let good = Rating { rep: 0, customer: 0, y: 3.0, weight: 1.0 };
    for (bad, expected) in [
        (Rating { y: f64::NAN, ..good }, Unusable::Rating(1)),
        (Rating { y: f64::INFINITY, ..good }, Unusable::Rating(1)),
        (Rating { weight: -1.0, ..good }, Unusable::Weight(1)),
        (Rating { weight: f64::NAN, ..good }, Unusable::Weight(1)),
        (Rating { rep: 6, ..good }, Unusable::Level(1)),
        (Rating { customer: 6, ..good }, Unusable::Level(1)),
    ] {
        assert_eq!(Design::new(6, 6, &[good, bad]).err(), Some(expected));
    }
    assert_eq!(Design::new(6, 6, &[]).err(), Some(Unusable::NoRating));
    assert_eq!(Design::new(6, 6, &[Rating { weight: 0.0, ..good }]).err(), Some(Unusable::NoRating));
}

#[test]
fn equal_ratings_vary_by_nothing() {
    for y in [4.0, 0.1, -1e6] {
        let fit = fitted(&even(&[(0, 0, y), (1, 0, y), (1, 1, y), (2, 2, y)]));
        assert_eq!((fit.variances, fit.reml, fit.singular), (Variances::default(), None, true));
        assert_eq!((fit.estimates.mean, fit.estimates.mean_se), (y, 0.0));
        assert!(fit.estimates.reps.blup.iter().chain(&fit.estimates.reps.se).all(|value| *value == 0.0));
        assert_eq!(fit.unidentified, []);
    }
}

#[test]
fn one_rating_tells_the_mean_only() {
    let fit = fitted(&even(&[(2, 3, 3.5)]));
    assert_eq!((fit.variances, fit.reml, fit.estimates.mean), (Variances::default(), None, 3.5));
    assert_eq!(fit.unidentified, [Unidentified::Rep, Unidentified::Customer, Unidentified::Residual]);
    assert_eq!((fit.estimates.reps.ratings[2], fit.estimates.reps.ratings[0]), (1, 0));
}

#[test]
fn one_rep_or_one_customer_leaves_the_other_factor() {
    let ratings = even(&[(0, 0, 3.0), (0, 0, 4.0), (0, 1, 1.0), (0, 1, 1.5), (0, 2, 4.0), (0, 2, 5.0)]);
    let of_customers = fitted(&ratings);
    assert_eq!((of_customers.variances.rep, of_customers.unidentified.as_slice()), (0.0, &[Unidentified::Rep][..]));
    assert!(of_customers.variances.customer > 1.0 && of_customers.singular);
    let of_reps = fitted(&turned(&ratings));
    assert_eq!((of_reps.variances.customer, of_reps.unidentified.as_slice()), (0.0, &[Unidentified::Customer][..]));
    assert!(near(of_reps.variances.rep, of_customers.variances.customer, 1e-12));
    assert!(near(of_reps.variances.residual, of_customers.variances.residual, 1e-12));
}

#[test]
fn a_customer_to_each_rep_cannot_be_told_from_the_rep() {
    let fit = fitted(&even(&[(0, 3, 1.0), (0, 3, 2.0), (1, 1, 4.0), (1, 1, 4.5), (2, 0, 3.0), (2, 0, 2.5)]));
    assert_eq!((fit.unidentified.as_slice(), fit.variances.customer), (&[Unidentified::Customer][..], 0.0));
    assert!(fit.variances.rep > 0.5, "{:?}", fit.variances);
}

#[test]
fn a_customer_to_each_rating_cannot_be_told_from_the_residual() {
    let mut ratings = even(&[(0, 0, 1.0), (0, 1, 2.0), (0, 2, 1.0), (1, 3, 4.0), (1, 4, 4.5), (1, 5, 5.0)]);
    ratings[0].weight = 0.5;
    assert_eq!(fitted(&ratings).unidentified, [Unidentified::Customer]);
    assert_eq!(fitted(&turned(&ratings)).unidentified, [Unidentified::Rep]);
    let apart = even(&[(0, 0, 1.0), (1, 1, 2.0), (2, 2, 1.0), (3, 3, 4.0)]);
    let fit = fitted(&apart);
    assert_eq!(fit.unidentified, [Unidentified::Rep, Unidentified::Customer]);
    assert!(near(fit.variances.residual, 2.0, 1e-12), "{:?}", fit.variances);
}

#[test]
fn two_ratings_have_one_difference() {
    let same = fitted(&even(&[(0, 0, 3.0), (0, 0, 5.0)]));
    assert_eq!(same.unidentified, [Unidentified::Rep, Unidentified::Customer]);
    assert!(near(same.variances.residual, 2.0, 1e-12));
    let apart = fitted(&even(&[(0, 0, 3.0), (1, 0, 5.0)]));
    assert_eq!(apart.unidentified, [Unidentified::Rep, Unidentified::Customer]);
    let three = fitted(&even(&[(0, 0, 3.0), (1, 0, 5.0), (1, 1, 4.0)]));
    assert_eq!(three.unidentified, [Unidentified::Customer]);
}

#[test]
fn reps_who_are_always_rated_the_same_have_no_residual() {
    let fit = fitted(&even(&[(0, 0, 2.0), (0, 1, 2.0), (1, 0, 4.0), (1, 1, 4.0), (2, 1, 3.0), (2, 2, 3.0)]));
    assert_eq!((fit.variances.residual, fit.variances.customer, fit.reml), (0.0, 0.0, None));
    assert!(near(fit.variances.rep, 1.0, 1e-12), "{:?}", fit.variances);
    assert!(near(fit.estimates.reps.blup[1], 1.0, 1e-12) && near(fit.estimates.mean, 3.0, 1e-12));
    assert!(near(fit.estimates.mean_se, (1.0_f64 / 3.0).sqrt(), 1e-12));
    assert_eq!((fit.estimates.reps.conditional_sd[0], fit.estimates.reps.se[0]), (0.0, 0.0));
}

#[test]
fn sums_of_rep_and_customer_have_no_residual_either() {
    let (reps, customers) = ([0.0, 1.0, 2.5], [0.2, -0.4, 0.3, 0.0]);
    let mut ratings = Vec::new();
    for (rep, of_rep) in (0..).zip(reps) {
        for (customer, of_customer) in (0..).zip(customers) {
            ratings.push((rep, customer, 3.0 + of_rep + of_customer));
        }
    }
    let fit = fitted(&even(&ratings));
    assert_eq!((fit.variances.residual, fit.reml, fit.singular), (0.0, None, false));
    for (rep, customer, y) in ratings {
        let estimates = &fit.estimates;
        let sum = estimates.mean + estimates.reps.blup[rep as usize] + estimates.customers.blup[customer as usize];
        assert!(near(sum, y, 1e-12), "{sum} {y}");
    }
    // Just short of the limit the engine says the same.
    let almost = Variances { residual: 1e-7, ..fit.variances };
    let near_limit = solve(&design(&even(&[(0, 0, 3.2), (1, 0, 4.2), (1, 1, 3.6)])).expect("usable"), almost, Detail::StandardErrors);
    let limit = solve(&design(&even(&[(0, 0, 3.2), (1, 0, 4.2), (1, 1, 3.6)])).expect("usable"), fit.variances, Detail::StandardErrors);
    assert!(near(near_limit.mean, limit.mean, 1e-5) && near(near_limit.mean_se, limit.mean_se, 1e-5));
    for rep in 0..3 {
        assert!(near(near_limit.reps.blup[rep], limit.reps.blup[rep], 1e-5), "{near_limit:?} {limit:?}");
        assert!(near(near_limit.reps.conditional_sd[rep], limit.reps.conditional_sd[rep], 1e-3));
        assert!(near(near_limit.reps.se[rep], limit.reps.se[rep], 1e-3));
        assert!(near(near_limit.customers.se[rep], limit.customers.se[rep], 1e-3));
    }
}

#[test]
fn weights_of_a_billionth_and_a_billion_are_taken_as_they_are() {
    for unit in [1e-300, 1e-9, 1e9, 1e300] {
        let ratings = even(&[(0, 0, 3.0), (0, 1, 4.0), (1, 0, 1.0), (1, 2, 1.5), (2, 2, 4.0), (2, 1, 5.0), (2, 0, 3.0), (0, 2, 2.0)]);
        let scaled: Vec<Rating> = ratings.iter().map(|rating| Rating { weight: unit, ..*rating }).collect();
        let (one, other) = (fitted(&ratings), fitted(&scaled));
        assert!(near(one.variances.rep, other.variances.rep, 1e-9), "{unit}");
        assert!(near(one.variances.residual, other.variances.residual / unit, 1e-9), "{unit}");
    }
    let mixed: Vec<Rating> =
        even(&[(0, 0, 3.0), (0, 1, 4.0), (1, 0, 1.0), (1, 1, 1.5), (2, 0, 4.0), (2, 1, 5.0), (0, 0, 2.0), (1, 1, 1.0)])
            .into_iter()
            .zip([1e-9, 1e9, 1.0, 1e6, 1e-3, 1.0, 1.0, 1.0])
            .map(|(rating, weight)| Rating { weight, ..rating })
            .collect();
    let fit = fitted(&mixed);
    assert!(fit.variances.residual > 0.0 && fit.estimates.reps.se.iter().all(|se| se.is_finite()), "{fit:?}");
}

#[test]
fn groups_that_nobody_connects_are_told_apart() {
    let design = design(&even(&[(4, 0, 3.0), (1, 1, 4.0), (4, 2, 1.0), (2, 1, 1.5)])).expect("usable");
    assert_eq!(design.groups(), 2);
    assert_eq!(design.rep_groups(), [None, Some(0), Some(0), None, Some(1), None]);
}
