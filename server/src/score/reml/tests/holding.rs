//! Rating by rating at held variances comes to the same as all at once.

use super::super::{Detail, Held, Variances, solve};
use super::*;

fn check(first: &[Rating], more: &[Rating], variances: Variances) -> Result<(), TestCaseError> {
    let Ok(mut held) = Held::new(4, 6, first, variances) else { return Ok(()) };
    let (mut all, mut estimates, mut expected, mut errors) = (first.to_vec(), Vec::new(), Vec::new(), Vec::new());
    for rating in more {
        all.push(*rating);
        let expects = if (rating.rep as usize) < held.reps() { held.estimates_with(rating, &mut expected).ok() } else { None };
        held.add(rating).expect("usable");
        let mean = held.estimates(&mut estimates);
        let mean_se = held.standard_errors(&mut errors);
        let fresh = solve(&Design::new(6, 6, &all).expect("usable"), variances, Detail::StandardErrors);
        prop_assert!(near(mean, fresh.mean, 1e-9), "{mean} {}", fresh.mean);
        prop_assert!(near(mean_se, fresh.mean_se, 1e-9));
        for rep in 0..held.reps() {
            prop_assert!(near(estimates[rep], fresh.mean + fresh.reps.blup[rep], 1e-9));
            prop_assert!(near(errors[rep], fresh.reps.se[rep], 1e-9));
        }
        if let Some(mean_before) = expects {
            prop_assert!(near(mean_before, mean, 1e-12));
            prop_assert!(expected.iter().zip(&estimates).all(|(a, b)| near(*a, *b, 1e-12)));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_new_rating_moves_everybody_as_a_fresh_solution_would(
        first in ratings(), more in ratings(), rep in 0.0..2.0, customer in 0.0..2.0, residual in 0.1..2.0,
    ) {
        let first: Vec<Rating> = first.into_iter().filter(|rating| rating.rep < 4).collect();
        check(&first, &more, Variances { rep, customer, residual })?;
        check(&first, &more, Variances { rep: 0.0, customer, residual })?;
        check(&first, &more, Variances { rep, customer: 0.0, residual })?;
    }
}

#[test]
fn a_rating_that_cannot_be_used_changes_nothing() {
    let ratings = even(&[(0, 0, 4.0), (1, 0, 3.0), (1, 1, 5.0)]);
    let mut held = Held::new(2, 2, &ratings, Variances { rep: 0.2, customer: 0.1, residual: 0.5 }).expect("usable");
    let (mut before, mut after) = (Vec::new(), Vec::new());
    held.estimates(&mut before);
    for (y, weight) in [(f64::NAN, 1.0), (4.0, -1.0), (4.0, f64::INFINITY)] {
        let rating = Rating { rep: 0, customer: 0, y, weight };
        assert!(held.add(&rating).is_err() && held.estimates_with(&rating, &mut after).is_err());
    }
    assert!(held.estimates_with(&Rating { rep: 2, customer: 0, y: 4.0, weight: 1.0 }, &mut after).is_err());
    held.estimates(&mut after);
    assert_eq!(before, after);
}
