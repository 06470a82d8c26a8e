//! The ratings as the engine needs them: one cell per pair of rep and customer that met, lying by the factor that will be eliminated.

use super::{
    groups::{Groups, Linked},
    rating::{Rating, Unusable},
    scale::Scale,
};
use std::ops::Range;

/// Ratings summed up; all that the engine knows of them.
///
/// The model has the two factors, reps and customers. The one with more levels is eliminated from the equations level by level, since its
/// levels meet only through the other; the other is kept. Which is which changes no result.
#[derive(Clone, Debug)]
pub struct Design {
    /// Of those that count.
    pub(super) ratings: usize,
    pub(super) scale: Scale,
    /// Sum of the natural logs of the weights, in the engine's unit of weight.
    pub(super) log_weights: f64,
    /// Whether reps were eliminated, not customers.
    pub(super) swapped: bool,
    pub(super) kept: Factor,
    pub(super) eliminated: Factor,
    /// Where the cells of each eliminated level begin, and where the last end.
    starts: Vec<usize>,
    /// Of each cell; rising within an eliminated level.
    pub(super) levels: Vec<u32>,
    /// Sum of the weights of each cell.
    pub(super) weights: Vec<f64>,
    /// Mean rating of each cell.
    pub(super) means: Vec<f64>,
    /// Weighted sum of squares of the ratings around the means of their cells.
    pub(super) within: f64,
    pub(super) groups: Groups,
    /// Values of the kept and the eliminated levels whose sum is every rating exactly, where there are such.
    pub(super) exact: Option<[Vec<f64>; 2]>,
}

/// Which factor is eliminated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Eliminate {
    Reps,
    Customers,
}

/// One of the two factors.
#[derive(Clone, Debug, Default)]
pub(super) struct Factor {
    /// Ratings of each level.
    pub(super) counts: Vec<u32>,
    /// Sum of the weights of each level.
    pub(super) weights: Vec<f64>,
    /// Mean rating of each level; 0 for one without ratings.
    pub(super) means: Vec<f64>,
    /// Weighted sum of squares of the ratings around the means of their levels.
    pub(super) within: f64,
    /// Levels with ratings.
    pub(super) observed: usize,
    /// Whether the ratings of each level are all the same.
    pub(super) constant: bool,
}

impl Design {
    /// Sums up `ratings` of `reps` reps by `customers` customers; in which order they come changes no more than rounding.
    ///
    /// # Errors
    /// Where a rating is not usable, or none counts.
    pub fn new(reps: usize, customers: usize, ratings: &[Rating]) -> Result<Self, Unusable> {
        let eliminate = if reps > customers { Eliminate::Reps } else { Eliminate::Customers };
        Self::eliminating(eliminate, reps, customers, ratings)
    }

    pub(super) fn eliminating(eliminate: Eliminate, reps: usize, customers: usize, ratings: &[Rating]) -> Result<Self, Unusable> {
        for (index, rating) in ratings.iter().enumerate() {
            if !rating.y.is_finite() {
                return Err(Unusable::Rating(index));
            }
            if !(rating.weight >= 0.0 && rating.weight.is_finite()) {
                return Err(Unusable::Weight(index));
            }
            if rating.rep as usize >= reps || rating.customer as usize >= customers {
                return Err(Unusable::Level(index));
            }
        }
        let counting = ratings.iter().copied().filter(|rating| rating.weight > 0.0);
        if counting.clone().next().is_none() {
            return Err(Unusable::NoRating);
        }
        let scale = Scale::of(counting.clone());
        let swapped = eliminate == Eliminate::Reps;
        let (kept, eliminated) = if swapped { (customers, reps) } else { (reps, customers) };
        let mut design = Self {
            ratings: counting.clone().count(),
            scale,
            log_weights: 0.0,
            swapped,
            kept: Factor { counts: vec![0; kept], ..Factor::default() },
            eliminated: Factor { counts: vec![0; eliminated], ..Factor::default() },
            starts: vec![0; eliminated + 1],
            levels: Vec::new(),
            weights: Vec::new(),
            means: Vec::new(),
            within: 0.0,
            groups: Groups::default(),
            exact: None,
        };
        let constant = design.fill(counting);
        design.sum_up(constant);
        design.connect(constant);
        Ok(design)
    }

    /// Ratings that count.
    pub fn ratings(&self) -> usize {
        self.ratings
    }

    /// How many groups of reps and customers there are whom no rating connects. Estimates of reps of different groups can be compared only
    /// by taking the groups' customers to be equally harsh on average.
    pub fn groups(&self) -> usize {
        self.groups.number
    }

    /// Each rep's group, from 0 on in the order of their first reps; none for a rep without ratings.
    pub fn rep_groups(&self) -> &[Option<u32>] {
        if self.swapped { &self.groups.eliminated } else { &self.groups.kept }
    }

    /// The cells of an eliminated level.
    pub(super) fn cells(&self, level: usize) -> Range<usize> {
        self.starts[level]..self.starts[level + 1]
    }

    /// Lays the ratings out by eliminated level, then merges those of one cell; tells whether the ratings of each cell are the same.
    fn fill(&mut self, ratings: impl Iterator<Item = Rating> + Clone) -> bool {
        let pair = |rating: &Rating, swapped: bool| if swapped { (rating.customer, rating.rep) } else { (rating.rep, rating.customer) };
        for rating in ratings.clone() {
            let (kept, eliminated) = pair(&rating, self.swapped);
            self.kept.counts[kept as usize] += 1;
            self.eliminated.counts[eliminated as usize] += 1;
        }
        let mut next = 0;
        for (start, count) in self.starts.iter_mut().zip(&self.eliminated.counts) {
            *start = next;
            next += *count as usize;
        }
        (self.levels, self.weights, self.means) = (vec![0; next], vec![0.0; next], vec![0.0; next]);
        for rating in ratings {
            let (kept, eliminated) = pair(&rating, self.swapped);
            let place = &mut self.starts[eliminated as usize];
            self.levels[*place] = kept;
            self.weights[*place] = self.scale.weight(rating.weight);
            self.means[*place] = self.scale.y(rating.y);
            // Of the weight as given: in the engine's unit the lightest may have been lifted.
            self.log_weights += rating.weight.ln();
            *place += 1;
        }
        self.log_weights -= self.ratings as f64 * self.scale.log_weight();
        self.merge()
    }

    fn merge(&mut self) -> bool {
        let rounding = self.scale.rounding();
        let (mut constant, mut read, mut written) = (true, 0, 0);
        let mut ratings: Vec<(u32, f64, f64)> = Vec::new();
        for level in 0..self.eliminated.counts.len() {
            let end = read + self.eliminated.counts[level] as usize;
            ratings.clear();
            ratings.extend((read..end).map(|at| (self.levels[at], self.weights[at], self.means[at])));
            ratings.sort_by_key(|rating| rating.0);
            (read, self.starts[level]) = (end, written);
            for same in ratings.chunk_by(|a, b| a.0 == b.0) {
                let (mut weight, mut mean) = (0.0, same[0].2);
                for (_, w, y) in same {
                    let off = y - mean;
                    weight += w;
                    mean += off * w / weight;
                    self.within += w * off * (y - mean);
                    constant &= (y - same[0].2).abs() <= rounding;
                }
                (self.levels[written], self.weights[written], self.means[written]) = (same[0].0, weight, mean);
                written += 1;
            }
        }
        if let Some(end) = self.starts.last_mut() {
            *end = written;
        }
        self.levels.truncate(written);
        self.weights.truncate(written);
        self.means.truncate(written);
        constant
    }

    /// Sums of the levels; `constant`: whether the ratings of each cell are the same.
    fn sum_up(&mut self, constant: bool) {
        let rounding = self.scale.rounding();
        for factor in [&mut self.kept, &mut self.eliminated] {
            let levels = factor.counts.len();
            (factor.weights, factor.means) = (vec![0.0; levels], vec![0.0; levels]);
            factor.observed = factor.counts.iter().filter(|count| **count > 0).count();
            factor.constant = constant;
            factor.within = self.within;
        }
        let mut each = |add: &mut dyn FnMut(&mut Factor, usize, f64, f64)| {
            for eliminated in 0..self.starts.len() - 1 {
                for cell in self.starts[eliminated]..self.starts[eliminated + 1] {
                    let (weight, mean) = (self.weights[cell], self.means[cell]);
                    add(&mut self.kept, self.levels[cell] as usize, weight, mean);
                    add(&mut self.eliminated, eliminated, weight, mean);
                }
            }
        };
        each(&mut |factor, level, weight, mean| {
            factor.weights[level] += weight;
            factor.means[level] += (mean - factor.means[level]) * weight / factor.weights[level];
        });
        each(&mut |factor, level, weight, mean| {
            let off = mean - factor.means[level];
            factor.within += weight * off * off;
            factor.constant &= off.abs() <= rounding;
        });
    }

    /// Finds the connected groups, and whether the ratings are sums of a value per rep and one per customer; not unless `constant`.
    fn connect(&mut self, constant: bool) {
        let mut linked = Linked::new(self.kept.counts.len(), self.eliminated.counts.len());
        if constant {
            linked.expect_exact(self.scale.rounding());
        }
        for eliminated in 0..self.eliminated.counts.len() {
            for cell in self.cells(eliminated) {
                linked.link(self.levels[cell], eliminated, self.means[cell]);
            }
        }
        (self.groups, self.exact) = linked.finish(&self.kept.counts, &self.eliminated.counts, self.swapped);
    }
}
