//! Variances held, ratings coming in one by one: each changes the rep system by a matrix of rank one, and so the inverse that is stored of
//! it (Sherman and Morrison, 1950).
//!
//! A rating of precision w by a customer with ratings of weights w_c, W in all, adds `phi v v'` to M, where `s = h / (1 + h W)` is the
//! variance of what the customer's earlier ratings leave open about them, `v = e_rep - s w_c` and `phi = 1 / (1/w + s)`.

use super::{
    blocks::{Factored, Places},
    design::{Design, Eliminate},
    equations::{Equations, Ratios},
    fit::Variances,
    rating::{Rating, Unusable},
    scale::Scale,
};
use faer::Mat;

/// Everybody's estimate at held variances, kept up to date rating by rating.
///
/// Takes memory for a number per pair of reps. Rounding adds up over thousands of ratings to no more than it is after one, but
/// the variances become stale: it is meant to last from one refit to the next.
#[derive(Clone, Debug)]
pub struct Held {
    scale: Scale,
    ratios: Ratios,
    /// In the engine's units.
    residual: f64,
    /// Of A, all of it: an update reads whole columns.
    inverse: Mat<f64>,
    /// `A^-1 Z' P_U y` and `A^-1 Z' P_U 1`.
    x: [Vec<f64>; 2],
    customers: Vec<Customer>,
}

/// What a customer's ratings add up to, in the engine's units.
#[derive(Clone, Debug, Default)]
struct Customer {
    /// Rep and weight.
    cells: Vec<(u32, f64)>,
    weight: f64,
    /// Weighted sum of the ratings.
    sum: f64,
}

/// What one rating changes.
struct Change {
    /// `A^-1 v`.
    z: Vec<f64>,
    /// By which `z z'` is taken from the inverse.
    shrink: f64,
    /// By which z is added to `x`.
    steps: [f64; 2],
}

impl Held {
    /// Solves and inverts the equations of these ratings once; as [`super::solve`] has it, where the residual variance is 0.
    ///
    /// # Errors
    /// Where a rating is not usable, or none counts.
    pub fn new(reps: usize, customers: usize, ratings: &[Rating], variances: Variances) -> Result<Self, Unusable> {
        let design = Design::eliminating(Eliminate::Customers, reps, customers, ratings)?;
        let (ratios, residual) = variances.ratios(&design);
        let equations = Equations::new(&design, ratios);
        let places = Places::new(&design);
        let factored = Factored::new(&equations, &places).expect("the equations are positive definite");
        let mut x = equations.right.clone();
        factored.solve(&design, &places, &mut x);
        let inverse = factored.invert().full(&design, &places);
        let x = [0, 1].map(|side: usize| x.iter().map(|x| x[side]).collect());
        let customers = (0..customers).map(|level| Customer {
            cells: design.cells(level).map(|cell| (design.levels[cell], design.weights[cell])).collect(),
            weight: design.eliminated.weights[level],
            sum: design.eliminated.weights[level] * design.eliminated.means[level],
        });
        Ok(Self { scale: design.scale, ratios, residual, inverse, x, customers: customers.collect() })
    }

    /// Every rep's estimate, mean plus effect, into `out`; the mean is returned.
    pub fn estimates(&self, out: &mut Vec<f64>) -> f64 {
        self.estimates_at(|side, rep| self.x[side][rep], out)
    }

    /// Every rep's estimate as it will be with one more rating, of a rep who is there, into `out`; the mean is returned. A rating of weight
    /// 0 changes nothing.
    ///
    /// # Errors
    /// Where the rating is not usable.
    pub fn estimates_with(&self, rating: &Rating, out: &mut Vec<f64>) -> Result<f64, Unusable> {
        self.check(rating)?;
        if rating.rep as usize >= self.reps() {
            return Err(Unusable::Level(0));
        }
        let change = self.change(rating);
        Ok(self.estimates_at(|side, rep| self.x[side][rep] + change.steps[side] * change.z[rep], out))
    }

    /// Takes one more rating in, and refreshes the inverse. Reps and customers who were not there are from now on.
    ///
    /// # Errors
    /// Where the rating is not usable; nothing has changed then.
    pub fn add(&mut self, rating: &Rating) -> Result<(), Unusable> {
        self.check(rating)?;
        if rating.weight == 0.0 {
            return Ok(());
        }
        self.grow(rating.rep as usize + 1, rating.customer as usize + 1);
        let Change { z, shrink, steps } = self.change(rating);
        for (side, step) in steps.iter().enumerate() {
            self.x[side].iter_mut().zip(&z).for_each(|(x, z)| *x += step * z);
        }
        for (column, z_column) in z.iter().enumerate() {
            let taken = shrink * z_column;
            self.inverse.col_as_slice_mut(column).iter_mut().zip(&z).for_each(|(entry, z)| *entry -= taken * z);
        }
        let (y, weight) = (self.scale.y(rating.y), self.scale.weight(rating.weight));
        let customer = &mut self.customers[rating.customer as usize];
        customer.weight += weight;
        customer.sum += weight * y;
        match customer.cells.iter_mut().find(|cell| cell.0 == rating.rep) {
            Some(cell) => cell.1 += weight,
            None => customer.cells.push((rating.rep, weight)),
        }
        Ok(())
    }

    /// Every rep's standard error, the mean's uncertainty included, into `out`; of the mean it is returned.
    pub fn standard_errors(&self, out: &mut Vec<f64>) -> f64 {
        let g = self.ratios.kept;
        let mean_variance = self.residual / self.x[1].iter().sum::<f64>();
        out.clear();
        out.extend(self.x[1].iter().enumerate().map(|(rep, x)| {
            let open = 1.0 - g * x;
            self.scale.effect((self.residual * g * self.inverse[(rep, rep)] + open * open * mean_variance).sqrt())
        }));
        self.scale.effect(mean_variance.sqrt())
    }

    /// How many reps there are.
    pub fn reps(&self) -> usize {
        self.inverse.ncols()
    }

    fn estimates_at(&self, x: impl Fn(usize, usize) -> f64, out: &mut Vec<f64>) -> f64 {
        let sums = [0, 1].map(|side| (0..self.reps()).map(|rep| x(side, rep)).sum::<f64>());
        let mean = sums[0] / sums[1];
        let (g, whole) = (self.ratios.kept, self.scale.mean(mean));
        out.clear();
        out.extend((0..self.reps()).map(|rep| whole + self.scale.effect(g * (x(0, rep) - mean * x(1, rep)))));
        whole
    }

    fn check(&self, rating: &Rating) -> Result<(), Unusable> {
        if !rating.y.is_finite() {
            Err(Unusable::Rating(0))
        } else if !(rating.weight >= 0.0 && rating.weight.is_finite()) {
            Err(Unusable::Weight(0))
        } else {
            Ok(())
        }
    }

    fn change(&self, rating: &Rating) -> Change {
        let nobody = Customer::default();
        let customer = self.customers.get(rating.customer as usize).unwrap_or(&nobody);
        let Ratios { kept: g, eliminated: h } = self.ratios;
        let rep = rating.rep as usize;
        let open = h / (1.0 + h * customer.weight);
        let mut z = self.inverse.col_as_slice(rep).to_vec();
        let mut product = [self.x[0][rep], self.x[1][rep]];
        for (of, weight) in &customer.cells {
            let share = open * weight;
            z.iter_mut().zip(self.inverse.col_as_slice(*of as usize)).for_each(|(z, entry)| *z -= share * entry);
            (0..2).for_each(|side| product[side] -= share * self.x[side][*of as usize]);
        }
        let length = z[rep] - customer.cells.iter().map(|(of, weight)| open * weight * z[*of as usize]).sum::<f64>();
        let phi = if rating.weight > 0.0 { 1.0 / (1.0 / self.scale.weight(rating.weight) + open) } else { 0.0 };
        let shrink = phi / (1.0 + g * phi * length);
        let news = [self.scale.y(rating.y) - open * customer.sum, 1.0 - open * customer.weight];
        let steps = [0, 1].map(|side| shrink * (news[side] - g * product[side]));
        Change { z, shrink: g * shrink, steps }
    }

    fn grow(&mut self, reps: usize, customers: usize) {
        if customers > self.customers.len() {
            self.customers.resize_with(customers, Customer::default);
        }
        let before = self.reps();
        if reps > before {
            let old = std::mem::replace(&mut self.inverse, Mat::identity(reps, reps));
            self.inverse.submatrix_mut(0, 0, before, before).copy_from(&old);
            self.x.iter_mut().for_each(|x| x.resize(reps, 0.0));
        }
    }
}
