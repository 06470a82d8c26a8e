//! The mixed-model equations at given variances (Henderson, 1975): `y = mean + rep + customer + person + format + channel + e`.
//!
//! A customer's people are eliminated first, then the customer; what is left is one dense system over mean, reps, formats and channels, whose
//! inverse is the posterior covariance.

use super::{
    design::{Kind, Row, Shape, Sums, add},
    variances::Variances,
};
use faer::{
    Mat, Side,
    linalg::solvers::{DenseSolveCore as _, Llt, Solve as _},
};

/// A customer after its people were eliminated.
#[derive(Clone, Debug)]
struct Eliminated {
    /// Its remaining diagonal entry.
    diagonal: f64,
    /// What couples it to the kept effects.
    coupling: Vec<(usize, f64)>,
    /// Its right-hand side.
    right: f64,
}

/// What the ratings say at one point of the variances.
#[derive(Clone, Debug)]
pub struct Solution {
    variances: Variances,
    customers: Vec<Eliminated>,
    /// The kept effects; the mean is off the sums' centre.
    effects: Vec<f64>,
    /// Their posterior covariance.
    covariance: Mat<f64>,
}

/// A linear combination of effects: the kept ones, and perhaps one customer with the mean of those of its people who rated.
#[derive(Clone, Debug, Default)]
pub struct Combination {
    /// Kept effects and their factors, in order.
    pub kept: Vec<(usize, f64)>,
    /// A customer on top.
    pub customer: Option<usize>,
}

/// A normal distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Normal {
    pub mean: f64,
    pub variance: f64,
}

/// The system of the kept effects, not yet solved.
struct System {
    matrix: Mat<f64>,
    right: Vec<f64>,
    customers: Vec<Eliminated>,
    /// Log of the product of what was divided by.
    log_pivots: f64,
    /// What the eliminated effects explain of the squares.
    explained: f64,
}

fn eliminate(sums: &Sums, variances: &Variances) -> System {
    let precision = 1.0 / variances.residual;
    let size = sums.shape.len();
    let mut matrix = Mat::from_fn(size, size, |a, b| precision * sums.products[(a, b)]);
    for (place, kind) in sums.shape.kinds().enumerate() {
        matrix[(place, place)] += variances.precision(kind);
    }
    let mut right: Vec<f64> = sums.sums.iter().map(|sum| precision * sum).collect();
    let (mut customers, mut log_pivots, mut explained) = (Vec::with_capacity(sums.customers.len()), 0.0, 0.0);
    let own = 1.0 / variances.person();
    for people in &sums.customers {
        let mut customer = Eliminated { diagonal: 1.0 / variances.customer, coupling: Vec::new(), right: 0.0 };
        for person in people.iter().map(|person| &sums.people[*person]) {
            let diagonal = precision * person.weight + own;
            // What of the person's ratings is not explained by the person alone.
            let rest = own / diagonal;
            subtract_square(&mut matrix, &person.columns, precision * precision / diagonal);
            for (column, weight) in &person.columns {
                right[*column] -= precision * weight * precision * person.sum / diagonal;
                add(&mut customer.coupling, *column, rest * precision * weight);
            }
            customer.diagonal += precision * person.weight * rest;
            customer.right += rest * precision * person.sum;
            log_pivots += diagonal.ln();
            explained += (precision * person.sum).powi(2) / diagonal;
        }
        subtract_square(&mut matrix, &customer.coupling, 1.0 / customer.diagonal);
        for (column, weight) in &customer.coupling {
            right[*column] -= weight * customer.right / customer.diagonal;
        }
        log_pivots += customer.diagonal.ln();
        explained += customer.right.powi(2) / customer.diagonal;
        customers.push(customer);
    }
    System { matrix, right, customers, log_pivots, explained }
}

fn subtract_square(matrix: &mut Mat<f64>, sparse: &[(usize, f64)], factor: f64) {
    for (a, left) in sparse {
        for (b, right) in sparse {
            matrix[(*a, *b)] -= factor * left * right;
        }
    }
}

fn factor(matrix: &Mat<f64>) -> Llt<f64> {
    matrix.llt(Side::Lower).expect("every effect but the mean has a prior, and somebody rated")
}

fn column(values: &[f64]) -> Mat<f64> {
    Mat::from_fn(values.len(), 1, |row, _| values[row])
}

/// Log of the restricted likelihood (Patterson and Thompson, 1971) at `variances`; up to a constant.
pub(super) fn log_likelihood(sums: &Sums, variances: &Variances) -> f64 {
    let system = eliminate(sums, variances);
    let factor = factor(&system.matrix);
    let effects = factor.solve(column(&system.right));
    let log_determinant: f64 = 2.0 * (0..system.right.len()).map(|n| factor.L()[(n, n)].ln()).sum::<f64>();
    let explained: f64 = system.right.iter().enumerate().map(|(n, right)| right * effects[(n, 0)]).sum::<f64>() + system.explained;
    let kept: f64 = sums.shape.kinds().filter(|kind| *kind != Kind::Mean).map(|kind| -variances.precision(kind).ln()).sum();
    let people: usize = sums.customers.iter().map(Vec::len).sum();
    let eliminated = sums.customers.len() as f64 * variances.customer.ln() + people as f64 * variances.person().ln();
    let left = sums.squares / variances.residual - explained;
    -0.5 * (sums.rows as f64 * variances.residual.ln() + kept + eliminated + system.log_pivots + log_determinant + left)
}

/// Solves the equations at `variances`.
pub fn solve(sums: &Sums, variances: Variances) -> Solution {
    let system = eliminate(sums, &variances);
    let factor = factor(&system.matrix);
    let solved = factor.solve(column(&system.right));
    let effects = (0..system.right.len()).map(|n| solved[(n, 0)]).collect();
    Solution { variances, customers: system.customers, effects, covariance: factor.inverse() }
}

impl Solution {
    /// At which variances.
    pub fn variances(&self) -> &Variances {
        &self.variances
    }

    /// The common mean, on the scale of the ratings.
    pub fn mean(&self, sums: &Sums) -> f64 {
        sums.centre + self.effects[0]
    }

    /// The posterior of a combination. A combination with the mean is on the scale of the ratings.
    pub fn of(&self, sums: &Sums, combination: &Combination) -> Normal {
        let mut kept = combination.kept.clone();
        let centre = kept.iter().find(|(place, _)| *place == 0).map_or(0.0, |(_, factor)| factor * sums.centre);
        let Normal { mut mean, mut variance } = combination.customer.map_or(Normal::default(), |it| self.eliminated(sums, it, &mut kept));
        mean += centre + kept.iter().map(|(place, factor)| factor * self.effects[*place]).sum::<f64>();
        for (a, left) in &kept {
            for (b, right) in &kept {
                variance += left * right * self.covariance[(*a, *b)];
            }
        }
        Normal { mean, variance }
    }

    /// Takes a customer and its people out of a combination, in the order in which the equations lost them: what they say by themselves, and
    /// in `kept` what is left to say.
    fn eliminated(&self, sums: &Sums, customer: usize, kept: &mut Vec<(usize, f64)>) -> Normal {
        let (precision, own) = (1.0 / self.variances.residual, 1.0 / self.variances.person());
        let people = &sums.customers[customer];
        let part = 1.0 / people.len().max(1) as f64;
        let (mut said, mut factor) = (Normal::default(), 1.0);
        for person in people.iter().map(|person| &sums.people[*person]) {
            let diagonal = precision * person.weight + own;
            said.mean += part * precision * person.sum / diagonal;
            said.variance += part * part / diagonal;
            factor -= part * precision * person.weight / diagonal;
            for (place, weight) in &person.columns {
                add(kept, *place, -part * precision * weight / diagonal);
            }
        }
        let customer = &self.customers[customer];
        for (place, coupling) in &customer.coupling {
            add(kept, *place, -factor * coupling / customer.diagonal);
        }
        said.mean += factor * customer.right / customer.diagonal;
        said.variance += factor * factor / customer.diagonal;
        said
    }

    /// What each of `rows`, some of those of the `sums`, counts in `combination` of kept effects: `d combination / d y`. `weight` is that of
    /// the `sums`.
    pub fn weights<'r>(
        &self,
        sums: &Sums,
        combination: &Combination,
        rows: impl Iterator<Item = &'r Row>,
        weight: impl Fn(&Row) -> f64,
    ) -> Vec<f64> {
        let precision = 1.0 / self.variances.residual;
        let mut kept = vec![0.0; self.effects.len()];
        for (place, factor) in &combination.kept {
            kept.iter_mut().zip(self.covariance.col_as_slice(*place)).for_each(|(sum, entry)| *sum += factor * entry);
        }
        let times = |sparse: &[(usize, f64)]| sparse.iter().map(|(place, value)| value * kept[*place]).sum::<f64>();
        rows.map(|row| {
            let person = &sums.people[row.contact];
            let customer = &self.customers[row.customer];
            let customer = -times(&customer.coupling) / customer.diagonal;
            let diagonal = precision * person.weight + 1.0 / self.variances.person();
            let own = -precision * (times(&person.columns) + person.weight * customer) / diagonal;
            let kept: f64 = sums.shape.columns(row).map(|place| kept[place]).sum();
            precision * weight(row) * (kept + customer + own)
        })
        .collect()
    }

    /// Every one of `reps` against the mean of them all.
    pub fn contrasts(&self, shape: Shape, reps: &[usize]) -> Vec<Normal> {
        let part = 1.0 / reps.len() as f64;
        let places: Vec<usize> = reps.iter().map(|rep| shape.rep(*rep)).collect();
        let mean = part * places.iter().map(|place| self.effects[*place]).sum::<f64>();
        let with_mean = |place: usize| {
            let covariances = self.covariance.col_as_slice(place);
            part * places.iter().map(|other| covariances[*other]).sum::<f64>()
        };
        let with_mean: Vec<f64> = places.iter().map(|place| with_mean(*place)).collect();
        let of_mean = part * with_mean.iter().sum::<f64>();
        let contrast = |(place, with_mean): (&usize, &f64)| Normal {
            mean: self.effects[*place] - mean,
            variance: self.covariance[(*place, *place)] - 2.0 * with_mean + of_mean,
        };
        places.iter().zip(&with_mean).map(contrast).collect()
    }

    /// Makes room for reps up to those of `shape`, of whom nothing is known but that they differ as reps do.
    pub fn grow(&mut self, shape: Shape) {
        let (known, size) = (self.effects.len(), shape.len());
        if known < size {
            self.effects.resize(size, 0.0);
            self.covariance.resize_with(size, size, |a, b| if a == b { self.variances.rep } else { 0.0 });
        }
    }

    /// How many numbers it holds, about.
    pub fn size(&self) -> usize {
        self.effects.len() * (1 + self.effects.len()) + self.customers.iter().map(|it| 5 + 2 * it.coupling.len()).sum::<usize>()
    }

    /// Takes in one more row of weight `weight`, or gives a row that is there so much more or, where it is negative, less: a rank-one update of
    /// everything (Sherman and Morrison, 1950). `sums` are still without it.
    pub fn take_in(&mut self, sums: &Sums, row: &Row, weight: f64) {
        if weight == 0.0 {
            return;
        }
        let precision = 1.0 / self.variances.residual;
        let own = 1.0 / self.variances.person();
        let nobody = Default::default();
        let person = sums.people.get(row.contact).unwrap_or(&nobody);
        if self.customers.len() <= row.customer {
            let unknown = Eliminated { diagonal: 1.0 / self.variances.customer, coupling: Vec::new(), right: 0.0 };
            self.customers.resize(row.customer + 1, unknown);
        }
        let customer = &self.customers[row.customer];
        let diagonal = precision * person.weight + own;
        let rest = own / diagonal;
        // The row, after its person and its customer were eliminated.
        let mut reduced = Vec::new();
        for place in sums.shape.columns(row) {
            add(&mut reduced, place, 1.0);
        }
        for (place, sum) in &person.columns {
            add(&mut reduced, *place, -precision * sum / diagonal);
        }
        for (place, coupling) in &customer.coupling {
            add(&mut reduced, *place, -rest * coupling / customer.diagonal);
        }
        let size = self.effects.len();
        let mut gain = vec![0.0; size];
        for (place, value) in &reduced {
            gain.iter_mut().zip(self.covariance.col_as_slice(*place)).for_each(|(sum, entry)| *sum += value * entry);
        }
        let times = |sparse: &[(usize, f64)], dense: &[f64]| sparse.iter().map(|(place, value)| value * dense[*place]).sum::<f64>();
        let spread = 1.0 / diagonal + rest * rest / customer.diagonal + times(&reduced, &gain);
        let known = precision * person.sum / diagonal + rest * customer.right / customer.diagonal;
        let surprise = row.y - sums.centre - known - times(&reduced, &self.effects);
        let denominator = 1.0 / (precision * weight) + spread;
        for (effect, gain) in self.effects.iter_mut().zip(&gain) {
            *effect += gain * surprise / denominator;
        }
        for (b, right) in gain.iter().enumerate() {
            let factor = right / denominator;
            self.covariance.col_as_slice_mut(b).iter_mut().zip(&gain).for_each(|(entry, left)| *entry -= left * factor);
        }
        self.regroup(sums, row, weight);
    }

    /// Brings the row's customer up to date with the row that the sums are still without.
    fn regroup(&mut self, sums: &Sums, row: &Row, weight: f64) {
        let precision = 1.0 / self.variances.residual;
        let own = 1.0 / self.variances.person();
        let customer = &mut self.customers[row.customer];
        let nobody = Default::default();
        let person = sums.people.get(row.contact).unwrap_or(&nobody);
        let rest = |weight: f64| own / (precision * weight + own);
        let (before, after) = (rest(person.weight), rest(person.weight + weight));
        customer.diagonal += precision * ((person.weight + weight) * after - person.weight * before);
        customer.right += precision * ((person.sum + weight * (row.y - sums.centre)) * after - person.sum * before);
        for (place, sum) in &person.columns {
            add(&mut customer.coupling, *place, precision * sum * (after - before));
        }
        for place in sums.shape.columns(row) {
            add(&mut customer.coupling, place, precision * weight * after);
        }
    }
}
