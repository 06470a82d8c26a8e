//! The model against the textbook's formulas with every matrix written out.

use super::{
    design::{Row, Shape, Sums},
    equations::{Combination, log_likelihood, solve},
    posterior::{Posterior, aged, plain},
    quadrature::nodes,
    variances::Variances,
};
use faer::{Mat, Side, linalg::solvers::DenseSolveCore as _};
use proptest::prelude::*;
use std::collections::BTreeSet;

const SHAPE: Shape = Shape { reps: 3, formats: 2, channels: 2, windows: true };
const VARIANCES: Variances = Variances { rep: 0.11, customer: 0.2, window: 0.05, residual: 0.4 };
const OTHER: Variances = Variances { rep: 0.3, customer: 0.02, window: 0.2, residual: 0.9 };

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let one = (0_usize..3, 0_usize..4, 0_usize..2, 0_usize..3, 0_usize..3, 0_usize..2, 1_u8..=5, 0.2_f64..=1.0, 0.1_f64..=1.0);
    let row = |(rep, customer, person, format, channel, window, y, share, recency)| Row {
        rep,
        customer,
        contact: 2 * customer + person,
        format: (format < 2).then_some(format),
        channel: (channel < 2).then_some(channel),
        window: Some(window),
        y: f64::from(y),
        share,
        recency,
    };
    prop::collection::vec(one.prop_map(row), 1..30)
}

/// Generalised least squares with the covariance of all ratings written out.
struct Textbook {
    inverse: Mat<f64>,
    log_determinant: f64,
    /// Weight of the mean: the sum of all entries of the inverse.
    total: f64,
    mean: f64,
}

impl Textbook {
    fn new(rows: &[Row], variances: &Variances, weight: fn(&Row) -> f64) -> Self {
        let same = |a: Option<usize>, b: Option<usize>| f64::from(u8::from(a.is_some() && a == b));
        let covariance = Mat::from_fn(rows.len(), rows.len(), |i, j| {
            let (a, b) = (&rows[i], &rows[j]);
            let rep = same(Some(a.rep), Some(b.rep));
            variances.rep * rep
                + variances.window * rep * same(a.window, b.window)
                + variances.customer * same(Some(a.customer), Some(b.customer))
                + variances.person() * same(Some(a.contact), Some(b.contact))
                + 0.09 * (same(a.format, b.format) + same(a.channel, b.channel))
                + if i == j { variances.residual / weight(a) } else { 0.0 }
        });
        let factor = covariance.llt(Side::Lower).expect("a covariance");
        let log_determinant = 2.0 * (0..rows.len()).map(|n| factor.L()[(n, n)].ln()).sum::<f64>();
        let inverse = factor.inverse();
        let ones = vec![1.0; rows.len()];
        let total = product(&ones, &inverse, &ones);
        let y: Vec<f64> = rows.iter().map(|row| row.y).collect();
        let mean = product(&ones, &inverse, &y) / total;
        Self { inverse, log_determinant, total, mean }
    }

    /// Mean and variance of the common mean plus an effect whose covariance with every rating is `with`, and whose variance is `variance`.
    fn of(&self, rows: &[Row], with: &[f64], variance: f64) -> (f64, f64) {
        let ones = vec![1.0; rows.len()];
        let left: Vec<f64> = rows.iter().map(|row| row.y - self.mean).collect();
        let missing = 1.0 - product(with, &self.inverse, &ones);
        (self.mean + product(with, &self.inverse, &left), variance - product(with, &self.inverse, with) + missing.powi(2) / self.total)
    }

    fn log_likelihood(&self, rows: &[Row]) -> f64 {
        let left: Vec<f64> = rows.iter().map(|row| row.y - self.mean).collect();
        -0.5 * (self.log_determinant + self.total.ln() + product(&left, &self.inverse, &left))
    }
}

fn product(left: &[f64], matrix: &Mat<f64>, right: &[f64]) -> f64 {
    (0..left.len()).map(|i| left[i] * (0..right.len()).map(|j| matrix[(i, j)] * right[j]).sum::<f64>()).sum()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * (1.0 + a.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn estimates_and_their_variances_are_those_of_generalised_least_squares(rows in any_rows()) {
        let sums = Sums::new(SHAPE, &rows, aged);
        let solution = solve(&sums, VARIANCES);
        let textbook = Textbook::new(&rows, &VARIANCES, aged);
        prop_assert!(near(solution.mean(&sums), textbook.mean));
        for rep in 0..SHAPE.reps {
            for customer in [None, Some(rows[0].customer)] {
                let theirs = |row: &&Row| Some(row.customer) == customer;
                let people = rows.iter().filter(theirs).map(|row| row.contact).collect::<BTreeSet<_>>().len() as f64;
                let with: Vec<f64> = rows.iter().map(|row| {
                    let own = if row.rep == rep { VARIANCES.rep } else { 0.0 };
                    own + if theirs(&row) { VARIANCES.customer + VARIANCES.person() / people } else { 0.0 }
                }).collect();
                let variance = VARIANCES.rep + customer.map_or(0.0, |_| VARIANCES.customer + VARIANCES.person() / people);
                let (mean, variance) = textbook.of(&rows, &with, variance);
                let found = solution.of(&sums, &Combination { kept: vec![(0, 1.0), (SHAPE.rep(rep), 1.0)], customer });
                prop_assert!(near(found.mean, mean) && near(found.variance, variance), "{found:?} instead of {mean} and {variance}");
            }
        }
    }

    #[test]
    fn likelihoods_differ_between_variances_as_those_of_the_textbook_do(rows in any_rows()) {
        let sums = Sums::new(SHAPE, &rows, plain);
        let textbook = |variances| Textbook::new(&rows, variances, plain).log_likelihood(&rows);
        let found = log_likelihood(&sums, &VARIANCES) - log_likelihood(&sums, &OTHER);
        prop_assert!((found - (textbook(&VARIANCES) - textbook(&OTHER))).abs() < 1e-8);
    }

    #[test]
    fn an_estimate_is_the_weighted_sum_of_all_ratings_and_the_weights_are_one_in_all(rows in any_rows()) {
        let sums = Sums::new(SHAPE, &rows, aged);
        let solution = solve(&sums, VARIANCES);
        for rep in 0..SHAPE.reps {
            let expected = Combination { kept: vec![(0, 1.0), (SHAPE.rep(rep), 1.0)], customer: None };
            let weights = solution.weights(&sums, &expected, rows.iter(), aged);
            let sum: f64 = weights.iter().zip(&rows).map(|(weight, row)| weight * row.y).sum();
            prop_assert!(near(weights.iter().sum::<f64>(), 1.0) && near(sum, solution.of(&sums, &expected).mean));
        }
    }

    #[test]
    fn reps_against_their_mean_are_combinations_like_all_others(rows in any_rows()) {
        let sums = Sums::new(SHAPE, &rows, aged);
        let solution = solve(&sums, VARIANCES);
        for (rep, found) in [0, 2].into_iter().zip(solution.contrasts(SHAPE, &[0, 2])) {
            let factor = |other| if other == rep { 0.5 } else { -0.5 };
            let expected = solution.of(&sums, &Combination { kept: [0, 2].map(|it| (SHAPE.rep(it), factor(it))).to_vec(), customer: None });
            prop_assert!(near(found.mean, expected.mean) && near(found.variance, expected.variance), "{found:?} {expected:?}");
        }
    }

    #[test]
    fn a_rating_taken_in_says_what_it_says_from_the_start(rows in any_rows(), more in any_rows(), gone in any_rows(), half in any_rows()) {
        let start = [rows.clone(), gone.clone(), half.iter().map(|row| Row { share: 0.5 * row.share, ..*row }).collect::<Vec<_>>()].concat();
        let (mut sums, whole) = (Sums::new(SHAPE, &start, aged), [rows, more.clone(), half.clone()].concat());
        prop_assume!(gone.iter().all(|row| whole.iter().any(|other| other.contact == row.contact)));
        let mut solution = solve(&sums, VARIANCES);
        let half = half.iter().map(|row| (row, 0.5 * aged(row)));
        for (row, weight) in more.iter().map(|row| (row, aged(row))).chain(half).chain(gone.iter().map(|row| (row, -aged(row)))) {
            solution.take_in(&sums, row, weight);
            sums.add(row, weight);
        }
        let at_once = Sums::new(SHAPE, &whole, aged);
        let fresh = solve(&at_once, VARIANCES);
        for rep in 0..SHAPE.reps {
            for customer in [None, Some(0)] {
                if customer.is_some_and(|customer| whole.iter().all(|row| row.customer != customer)) {
                    continue;
                }
                let expected = Combination { kept: vec![(0, 1.0), (SHAPE.rep(rep), 1.0)], customer };
                let (updated, fresh) = (solution.of(&sums, &expected), fresh.of(&at_once, &expected));
                prop_assert!(near(updated.mean, fresh.mean) && near(updated.variance, fresh.variance), "{updated:?} {fresh:?}");
            }
        }
    }
}

/// A standard normal draw.
fn normal(random: &mut fastrand::Rng) -> f64 {
    (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (std::f64::consts::TAU * random.f64()).cos()
}

/// Ratings of an organisation whose truth is known: each rep's, and all rows.
fn organisation(random: &mut fastrand::Rng, reps: usize, each: usize, crossed: bool) -> (Vec<f64>, Vec<Row>) {
    let truths: Vec<f64> = (0..reps).map(|_| 3.8 + 0.3 * normal(random)).collect();
    let customers = (reps * each).div_ceil(4);
    let harshness: Vec<f64> = (0..customers).map(|_| 0.5 * normal(random)).collect();
    let mut rows = Vec::new();
    for (rep, truth) in truths.iter().enumerate() {
        for n in 0..each {
            let customer = if crossed { random.usize(..customers) } else { (rep * each + n) * customers / (reps * each) };
            let y = truth + harshness[customer] + 0.6 * normal(random);
            rows.push(Row { rep, customer, contact: customer, format: None, channel: None, window: None, y, share: 1.0, recency: 1.0 });
        }
    }
    (truths, rows)
}

/// The share of intervals that hold the truth, over `organisations`.
fn coverage(organisations: usize, reps: usize, each: usize, crossed: bool) -> f64 {
    let mut random = fastrand::Rng::with_seed(20_260_101);
    let mut held = 0_usize;
    for _ in 0..organisations {
        let (truths, rows) = organisation(&mut random, reps, each, crossed);
        let shape = Shape { reps, formats: 0, channels: 0, windows: false };
        let posterior = Posterior::new(shape, &rows, aged, &nodes(&Sums::new(shape, &rows, plain)));
        held += truths.iter().enumerate().filter(|(rep, truth)| posterior.rep(*rep).interval().contains(truth)).count();
    }
    held as f64 / (organisations * reps) as f64
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say_also_in_small_organisations() {
    for (organisations, reps, each, crossed) in [(120, 3, 5, true), (120, 3, 5, false), (30, 8, 20, true)] {
        let held = coverage(organisations, reps, each, crossed);
        assert!((0.91..=0.995).contains(&held), "{reps} reps with {each} ratings, crossed {crossed}: {held}");
    }
}

#[test]
fn the_shares_of_the_grid_are_one_in_all_and_leave_no_probability_at_its_edges() {
    let (_, rows) = organisation(&mut fastrand::Rng::with_seed(5), 8, 20, true);
    let nodes = nodes(&Sums::new(Shape { reps: 8, formats: 0, channels: 0, windows: false }, &rows, plain));
    assert!(near(nodes.iter().map(|node| node.share).sum(), 1.0));
    let largest = |of: fn(&Variances) -> f64| nodes.iter().map(|node| of(&node.variances)).fold(0.0, f64::max);
    for of in [|v: &Variances| v.rep, |v: &Variances| v.customer, |v: &Variances| v.residual] {
        let edge: f64 = nodes.iter().filter(|node| of(&node.variances) == largest(of)).map(|node| node.share).sum();
        assert!(edge < 0.02, "{edge}");
    }
}

#[test]
fn a_large_organisation_is_estimated_at_one_point() {
    let (truths, rows) = organisation(&mut fastrand::Rng::with_seed(9), 100, 21, true);
    let shape = Shape { reps: 100, formats: 0, channels: 0, windows: false };
    let nodes = nodes(&Sums::new(shape, &rows, plain));
    assert_eq!(nodes.len(), 1);
    let Variances { rep, customer, residual, .. } = nodes[0].variances;
    assert!((rep - 0.09).abs() < 0.04 && (2.0 * customer - 0.25).abs() < 0.05 && (residual - 0.36).abs() < 0.04, "{:?}", nodes[0]);
    let posterior = Posterior::new(shape, &rows, aged, &nodes);
    let held = truths.iter().enumerate().filter(|(rep, truth)| posterior.rep(*rep).interval().contains(truth)).count();
    assert!((88..=99).contains(&held), "{held} of 100");
}
