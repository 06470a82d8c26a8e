//! The two ways in: estimating the variances, and estimating the effects at variances that are held.

use super::{
    design::Design,
    equations::Ratios,
    estimates::{Detail, Estimates, Known, estimates},
    exact,
    identify::{Unidentified, unidentified},
    objective::{Objective, on_edge},
    search::{Best, search},
};

/// Variances in the ratings' own units squared; that of the residual on the scale of the weights as given.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Variances {
    /// Between reps.
    pub rep: f64,
    /// Between customers.
    pub customer: f64,
    /// Of a rating of weight 1 around what rep and customer make it.
    pub residual: f64,
}

impl Variances {
    /// Of the kept and the eliminated factor, in the engine's units.
    fn of_factors(self, design: &Design) -> [f64; 2] {
        if design.swapped { [self.customer, self.rep] } else { [self.rep, self.customer] }
            .map(|variance| design.scale.inward_variance(variance))
    }

    /// The ratios and the residual variance, in the engine's units. Without a residual variance the equations are singular; there is always
    /// as much of it as rounding asks for.
    pub(super) fn ratios(self, design: &Design) -> (Ratios, f64) {
        let [kept, eliminated] = self.of_factors(design);
        let heaviest = [&design.kept, &design.eliminated].into_iter().flat_map(|factor| &factor.weights).copied().fold(1.0, f64::max);
        let residual = design.scale.inward_residual(self.residual).max(1e-12 * heaviest * (kept + eliminated));
        let divide = |variance: f64| if variance > 0.0 { variance / residual } else { 0.0 };
        (Ratios { kept: divide(kept), eliminated: divide(eliminated) }, residual)
    }
}

/// The model fitted by restricted maximum likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The estimated variances; one that is on the boundary is exactly 0.
    pub variances: Variances,
    /// The mean and everybody's effect.
    pub estimates: Estimates,
    /// Minus twice the restricted log-likelihood, as lme4 has it (`REMLcrit`); none where the residual variance is 0.
    pub reml: Option<f64>,
    /// Whether the variance between reps or that between customers is 0.
    pub singular: bool,
    /// Variances that are 0 because who rated whom does not identify them.
    pub unidentified: Vec<Unidentified>,
}

/// Fits `y = mean + rep + customer + e`, `e` of the residual variance over the rating's weight, by restricted maximum likelihood.
///
/// What is not asked for in `detail` is left empty. Where there are too many levels to factor the equations (of the smaller factor, in one
/// connected group, more than about 5,000), traces are estimated by random probes, always the same, whose error is far below the
/// variances' own; everything else is solved exactly.
pub fn fit(design: &Design, detail: Detail) -> Fit {
    let unidentified = unidentified(design);
    let may = [Unidentified::Rep, Unidentified::Customer].map(|factor| !unidentified.contains(&factor));
    let identified = if design.swapped { [may[1], may[0]] } else { may };
    let fit = |[kept, eliminated]: [f64; 2], residual: f64, estimates: Estimates, reml: Option<f64>| {
        let (rep, customer) = if design.swapped { (eliminated, kept) } else { (kept, eliminated) };
        let variances = Variances { rep, customer, residual };
        Fit { variances, estimates, reml, singular: rep == 0.0 || customer == 0.0, unidentified: unidentified.clone() }
    };
    if exact::is_constant(design) {
        return fit([0.0; 2], 0.0, exact::estimates(design, [0.0; 2], detail), None);
    }
    let mut objective = Objective::new(design);
    let best = search(&mut objective, identified).expect("a boundary's corner or its edges are always a candidate");
    match best {
        Best::Exact(exact) => {
            let variances = exact.variances.map(|variance| design.scale.variance(variance));
            fit(variances, 0.0, exact::estimates(design, exact.variances, detail), None)
        }
        Best::At(point, known) => {
            let freedom = design.ratings as f64 - 1.0;
            let residual = point.solution.squares / freedom;
            let variances = point.ratios.map(|ratio| design.scale.variance(ratio * residual));
            let known = (detail == Detail::StandardErrors).then_some(&known);
            let estimates = estimates(design, point.ratios(), residual, point.solution, known, &objective.places);
            let reml = point.criterion + 2.0 * freedom * design.scale.log_y();
            fit(variances, design.scale.residual(residual), estimates, Some(reml))
        }
    }
}

/// Estimates mean and effects at variances that are held, such as for ratings discounted by age: weights then say how much each
/// rating's likelihood counts.
///
/// Without a residual variance, ratings that are not sums of rep and customer are impossible; they are then estimated at the least
/// residual variance that rounding allows.
pub fn solve(design: &Design, variances: Variances, detail: Detail) -> Estimates {
    if variances.residual == 0.0 {
        let kept = variances.of_factors(design);
        if exact::holds(design, kept) {
            return exact::estimates(design, kept, detail);
        }
    }
    let (ratios, residual) = variances.ratios(design);
    let mut objective = Objective::new(design);
    let edge = if ratios.kept == 0.0 || ratios.eliminated == 0.0 { on_edge(design, ratios) } else { None };
    let (solution, known) = match edge {
        Some(point) => (point.solution, Known::Diagonal),
        None => {
            let solution = objective.solve(ratios).expect("the equations are positive definite");
            let inverse = (detail == Detail::StandardErrors).then(|| objective.invert_at(ratios)).flatten();
            (solution, inverse.map_or(Known::Columns, Known::Inverse))
        }
    };
    let known = (detail == Detail::StandardErrors).then_some(&known);
    estimates(design, ratios, residual, solution, known, &objective.places)
}
