//! The optimum is the optimum, from wherever one looks.

use super::super::{Detail, Fit, Unidentified, Variances, fit};
use super::{brute::Brute, *};

fn fitted(ratings: &[Rating]) -> Option<Fit> {
    Some(fit(&design(ratings)?, Detail::StandardErrors))
}

/// Minus twice the log-likelihood at ratios of variances, the residual variance at its best.
fn profile(ratings: &[Rating], rep: f64, customer: f64, freedom: f64) -> f64 {
    let of = |residual: f64| Variances { rep: rep * residual, customer: customer * residual, residual };
    let at = |residual: f64| Brute::new(ratings, [0, 0], of(residual)).reml;
    // At a residual variance s the squares count 1/s: two values tell them.
    let squares = 2.0 * (at(1.0) - at(2.0) + freedom * 2.0_f64.ln());
    at(squares / freedom)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_other_variances_are_likelier(ratings in ratings()) {
        let Some(fit) = fitted(&ratings) else { return Ok(()) };
        let Some(reml) = fit.reml else { return Ok(()) };
        let Variances { rep, customer, residual } = fit.variances;
        let here = Brute::new(&ratings, [0, 0], fit.variances).reml;
        prop_assert!(near(reml, here, 1e-7), "{reml} {here}");
        let freedom = ratings.iter().filter(|rating| rating.weight > 0.0).count() as f64 - 1.0;
        let grid = || std::iter::once(0.0).chain((-8..=8).map(|power| 3.0_f64.powi(power)));
        for r in grid().filter(|_| !fit.unidentified.contains(&Unidentified::Rep)) {
            for c in grid().filter(|_| !fit.unidentified.contains(&Unidentified::Customer)) {
                let there = profile(&ratings, r, c, freedom);
                prop_assert!(there > here - 1e-7 * (1.0 + here.abs()), "{r} {c} {there} {here} {fit:?}");
            }
        }
        for factor in [0.999, 1.001] {
            for ratios in [[rep * factor, customer], [rep, customer * factor]] {
                prop_assert!(profile(&ratings, ratios[0] / residual, ratios[1] / residual, freedom) > here - 1e-9 * (1.0 + here.abs()));
            }
        }
    }

    #[test]
    fn which_factor_is_eliminated_changes_nothing(ratings in ratings()) {
        // One rep more, of whom there is no rating, makes reps the larger factor.
        let seven = Design::new(7, 6, &ratings).ok().map(|design| fit(&design, Detail::StandardErrors));
        let (Some(one), Some(other)) = (fitted(&ratings), seven) else { return Ok(()) };
        prop_assert!(near(one.variances.rep, other.variances.rep, 1e-7), "{one:?} {other:?}");
        prop_assert!(near(one.variances.customer, other.variances.customer, 1e-7));
        prop_assert!(near(one.variances.residual, other.variances.residual, 1e-7));
        prop_assert_eq!(&one.unidentified, &other.unidentified);
        for level in 0..6 {
            prop_assert!(near(one.estimates.reps.se[level], other.estimates.reps.se[level], 1e-6));
            prop_assert!(near(one.estimates.customers.blup[level], other.estimates.customers.blup[level], 1e-6));
        }
    }

    #[test]
    fn units_change_nothing_but_units(
        ratings in ratings(),
        offset in prop_oneof![Just(0.0), Just(1e6), Just(-300.0)],
        unit in prop_oneof![Just(1.0), Just(1e-3), Just(1e3)],
    ) {
        let moved: Vec<Rating> = ratings.iter().map(|r| Rating { y: offset + unit * r.y, weight: 7.0 * r.weight, ..*r }).collect();
        let (Some(one), Some(other)) = (fitted(&ratings), fitted(&moved)) else { return Ok(()) };
        // What an offset costs in digits is lost before the engine sees it.
        let lost = 1e-9 + 1e-11 * offset.abs() / unit;
        prop_assert!(near(one.variances.rep, other.variances.rep / unit / unit, lost), "{one:?} {other:?}");
        prop_assert!(near(one.variances.customer, other.variances.customer / unit / unit, lost));
        prop_assert!(near(one.variances.residual, other.variances.residual / unit / unit / 7.0, lost));
        prop_assert!(near(one.estimates.mean, (other.estimates.mean - offset) / unit, lost));
        prop_assert_eq!(one.reml.is_some(), other.reml.is_some());
    }

    #[test]
    fn ratings_of_weight_0_count_nowhere(ratings in ratings()) {
        let counting: Vec<Rating> = ratings.iter().copied().filter(|rating| rating.weight > 0.0).collect();
        prop_assert_eq!(fitted(&ratings), fitted(&counting));
        if let (Some(one), Some(other)) = (design(&ratings), design(&counting)) {
            prop_assert_eq!((one.ratings(), one.groups(), one.rep_groups()), (other.ratings(), other.groups(), other.rep_groups()));
        }
    }
}
