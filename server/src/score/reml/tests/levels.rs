//! However large a design is, the answer is the same: each way of working against the one that factors at every point.

use super::super::{
    equations::Ratios,
    objective::{Means, Objective},
    search::{Best, search},
};
use super::*;

/// Ratings of many reps, drawn by a simple generator: who is rated by whom, and a rating of 1 to 5.
fn many(reps: u32, customers: u32, ratings: usize) -> Vec<Rating> {
    let mut random = fastrand::Rng::with_seed(3);
    let mut normal = move || (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
    let [of_reps, of_customers] = [reps, customers].map(|levels| (0..levels).map(|_| 0.5 * normal()).collect::<Vec<_>>());
    let mut random = fastrand::Rng::with_seed(4);
    let rating = |_| {
        let (rep, customer) = (random.u32(0..reps), random.u32(0..customers));
        let y = (3.7 + of_reps[rep as usize] + of_customers[customer as usize] + 1.4 * random.f64() - 0.7).round().clamp(1.0, 5.0);
        Rating { rep, customer, y, weight: if random.bool() { 1.0 } else { 0.5 } }
    };
    (0..ratings).map(rating).collect()
}

fn best(design: &Design, means: Means) -> (Ratios, f64, Vec<f64>) {
    let mut objective = Objective::new(design);
    objective.means = means;
    let Some(Best::At(point, _)) = search(&mut objective, [true; 2]) else { panic!("there is a best point") };
    (point.ratios(), point.criterion, point.solution.kept)
}

#[test]
fn correcting_estimated_traces_leads_to_the_same_optimum() {
    for (reps, customers, ratings) in [(60, 300, 2_000), (200, 230, 900)] {
        let design = Design::new(reps as usize, customers as usize, &many(reps, customers, ratings)).expect("usable");
        let (exact, exact_criterion, exact_scores) = best(&design, Means::Factor);
        let (corrected, criterion, scores) = best(&design, Means::Correct);
        assert!((corrected.kept / exact.kept - 1.0).abs() < 1e-9, "{corrected:?} {exact:?}");
        assert!((corrected.eliminated / exact.eliminated - 1.0).abs() < 1e-9);
        assert!((criterion - exact_criterion).abs() < 1e-7, "{criterion} {exact_criterion}");
        assert!(scores.iter().zip(&exact_scores).all(|(a, b)| near(*a, *b, 1e-9)));
    }
}

#[test]
fn estimated_traces_lead_near_the_optimum() {
    let design = Design::new(60, 3_000, &many(60, 3_000, 20_000)).expect("usable");
    let (exact, _, _) = best(&design, Means::Factor);
    let (estimated, _, _) = best(&design, Means::Estimate(1));
    assert!((estimated.kept / exact.kept - 1.0).abs() < 1e-3, "{estimated:?} {exact:?}");
    assert!((estimated.eliminated / exact.eliminated - 1.0).abs() < 1e-3);
}

#[test]
fn columns_of_the_inverse_give_the_standard_errors_that_the_inverse_gives() {
    use super::super::estimates::{Known, estimates};
    let design = Design::new(30, 90, &many(30, 90, 400)).expect("usable");
    let mut objective = Objective::new(&design);
    let ratios = Ratios { kept: 0.3, eliminated: 0.4 };
    let mut with = |known: Known| {
        let solution = objective.solve(ratios).expect("solvable");
        estimates(&design, ratios, 0.5, solution, Some(&known), &objective.places)
    };
    let (by_columns, by_inverse) = (with(Known::Columns), {
        let inverse = Objective::new(&design).invert_at(ratios).expect("solvable");
        with(Known::Inverse(inverse))
    });
    for (a, b) in [(&by_columns.reps, &by_inverse.reps), (&by_columns.customers, &by_inverse.customers)] {
        assert!(a.se.iter().zip(&b.se).all(|(a, b)| near(*a, *b, 1e-11)));
        assert!(a.conditional_sd.iter().zip(&b.conditional_sd).all(|(a, b)| near(*a, *b, 1e-11)));
    }
}
