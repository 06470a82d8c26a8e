//! The engine against the model's definition, on many small designs.

mod brute;
mod edges;
mod holding;
mod levels;
mod optimum;

use super::{Design, Rating};
use proptest::prelude::*;

/// Ratings of up to six reps by up to six customers, weights and repetition included.
fn ratings() -> impl Strategy<Value = Vec<Rating>> {
    let weight = prop_oneof![4 => Just(1.0), 1 => Just(0.25), 1 => Just(3.0), 1 => Just(0.0)];
    let rating = (0..6_u32, 0..6_u32, 1..=50_i32, weight);
    prop::collection::vec(rating.prop_map(|(rep, customer, y, weight)| Rating { rep, customer, y: f64::from(y) / 10.0, weight }), 2..30)
}

/// The design of ratings as [`ratings`] makes them.
fn design(ratings: &[Rating]) -> Option<Design> {
    Design::new(6, 6, ratings).ok()
}

/// With reps and customers changing places.
fn turned(ratings: &[Rating]) -> Vec<Rating> {
    ratings.iter().map(|rating| Rating { rep: rating.customer, customer: rating.rep, ..*rating }).collect()
}

/// Ratings whose weight is 1.
fn even(ratings: &[(u32, u32, f64)]) -> Vec<Rating> {
    ratings.iter().map(|&(rep, customer, y)| Rating { rep, customer, y, weight: 1.0 }).collect()
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + a.abs().max(b.abs()))
}
