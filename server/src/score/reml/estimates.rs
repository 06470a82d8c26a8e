//! What comes out, per rep and customer, in the ratings' own units.

use super::{
    blocks::{Inverse, Places},
    conjugate::Scaled,
    design::{Design, Factor},
    equations::{Equations, Ratios},
    point::Solution,
    traces::LANES,
};

/// Whether standard errors are wanted: without a factor of the equations at hand they cost more than the estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Only the estimates.
    Estimates,
    /// The standard errors, too.
    StandardErrors,
}

/// The mean and everybody's effect at given variances.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimates {
    /// The mean over reps and customers.
    pub mean: f64,
    /// Its standard error, the variances taken as known.
    pub mean_se: f64,
    /// The reps, by index.
    pub reps: Effects,
    /// The customers, by index.
    pub customers: Effects,
}

/// The effects of one factor's levels, by index; a level without ratings has an effect of 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Ratings that count.
    pub ratings: Vec<u32>,
    /// Best linear unbiased predictions: how far a level is from the mean.
    pub blup: Vec<f64>,
    /// Their standard deviations given the mean and the variances (condVar of lme4, its root); empty unless asked for.
    pub conditional_sd: Vec<f64>,
    /// Standard errors of mean plus effect, the mean's uncertainty included: the root of
    /// `conditional_sd^2 + (1 - sum of d blup / d y at a fixed mean)^2 Var(mean)`; empty unless asked for.
    pub se: Vec<f64>,
}

/// How the inverse of A is known.
pub(super) enum Known {
    /// A is diagonal.
    Diagonal,
    Inverse(Inverse),
    /// By solving for its columns.
    Columns,
}

/// Variances of the effects given mean and variances, in units of the residual variance; of kept and eliminated levels.
struct Spreads([Vec<f64>; 2]);

/// In the ratings' own units; `residual` is the residual variance in the engine's. With standard errors where the inverse is `known`.
pub(super) fn estimates(
    design: &Design,
    ratios: Ratios,
    residual: f64,
    solution: Solution,
    known: Option<&Known>,
    places: &Places,
) -> Estimates {
    let scale = &design.scale;
    let equations = known.map(|_| Equations::new(design, ratios));
    let spreads = known.zip(equations.as_ref()).and_then(|(known, equations)| Spreads::new(equations, known, places));
    let mean_variance = residual / solution.precision;
    let Ratios { kept: g, eliminated: h } = ratios;
    let (mut open, mut errors) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    if let Some((Spreads(spreads), equations)) = spreads.zip(equations) {
        // What a shift of all ratings at a fixed mean leaves of each level's effect.
        open = [solution.of_mean.iter().map(|x| 1.0 - g * x).collect(), equations.open(&solution.of_mean)];
        errors = spreads.map(|spreads| spreads.into_iter().map(|spread| residual * spread).collect());
    }
    let effects = |factor: &Factor, ratio: f64, scores: Vec<f64>, variances: Vec<f64>, open: Vec<f64>| Effects {
        ratings: factor.counts.clone(),
        // Nobody's effect is 0 from below.
        blup: scores.into_iter().map(|score| scale.effect(ratio * score) + 0.0).collect(),
        se: variances.iter().zip(open).map(|(variance, open)| scale.effect((variance + open * open * mean_variance).sqrt())).collect(),
        conditional_sd: variances.into_iter().map(|variance| scale.effect(variance.sqrt())).collect(),
    };
    let ([kept_errors, eliminated_errors], [kept_open, eliminated_open]) = (errors, open);
    let kept = effects(&design.kept, g, solution.kept, kept_errors, kept_open);
    let eliminated = effects(&design.eliminated, h, solution.eliminated, eliminated_errors, eliminated_open);
    let (reps, customers) = if design.swapped { (eliminated, kept) } else { (kept, eliminated) };
    Estimates { mean: scale.mean(solution.mean), mean_se: scale.effect(mean_variance.sqrt()), reps, customers }
}

impl Spreads {
    /// None where the columns of the inverse take conjugate gradients too long.
    fn new(equations: &Equations, known: &Known, places: &Places) -> Option<Self> {
        let design = equations.design;
        let Ratios { kept: g, eliminated: h } = equations.ratios;
        let levels = design.kept.counts.len();
        let (diagonal, quadratics): (Vec<f64>, Vec<f64>) = match known {
            Known::Diagonal => {
                let diagonal: Vec<f64> = equations.diagonal.iter().map(|entry| 1.0 / entry).collect();
                let quadratic = |level| {
                    let of = |cell| design.weights[cell] * design.weights[cell] * diagonal[design.levels[cell] as usize];
                    design.cells(level).map(of).sum()
                };
                let quadratics = (0..equations.left.len()).map(quadratic).collect();
                (diagonal, quadratics)
            }
            Known::Inverse(inverse) => {
                let diagonal = |level| if design.kept.counts[level] > 0 { inverse.diagonal(design, places, level) } else { 1.0 };
                let quadratics = (0..equations.left.len()).map(|level| inverse.quadratic(design, places, level)).collect();
                ((0..levels).map(diagonal).collect(), quadratics)
            }
            Known::Columns => columns(equations)?,
        };
        let kept = diagonal.into_iter().map(|entry| g * entry).collect();
        let eliminated = |(quadratic, left): (f64, &f64)| h * left + (h * left) * (h * left) * g * quadratic;
        Some(Self([kept, quadratics.into_iter().zip(&equations.left).map(eliminated).collect()]))
    }
}

/// The diagonal of the inverse of A, and `w' A^-1 w` of each eliminated level, from columns of the inverse.
fn columns(equations: &Equations) -> Option<(Vec<f64>, Vec<f64>)> {
    let design = equations.design;
    let levels = design.kept.counts.len();
    let scaled = Scaled::new(equations, 100_000);
    let (mut diagonal, mut quadratics) = (vec![0.0; levels], vec![0.0; equations.left.len()]);
    let zero = vec![[0.0; LANES]; levels];
    for first in (0..levels).step_by(LANES) {
        let mut b = zero.clone();
        (0..LANES.min(levels - first)).for_each(|lane| b[first + lane][lane] = 1.0);
        let x = scaled.solve(&b, &zero, 1e-12)?;
        for (level, quadratic) in quadratics.iter_mut().enumerate() {
            let cells = design.cells(level);
            let mut sums = [0.0; LANES];
            for cell in cells.clone() {
                let x = &x[design.levels[cell] as usize];
                (0..LANES).for_each(|lane| sums[lane] += design.weights[cell] * x[lane]);
            }
            for cell in cells {
                if let Some(lane) = (design.levels[cell] as usize).checked_sub(first).filter(|lane| *lane < LANES) {
                    *quadratic += design.weights[cell] * sums[lane];
                }
            }
        }
        (0..LANES.min(levels - first)).for_each(|lane| diagonal[first + lane] = x[first + lane][lane]);
    }
    Some((diagonal, quadratics))
}
