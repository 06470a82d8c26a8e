//! Ratings without a residual: each is the sum of a value per rep and one per customer, or of one of them.
//!
//! As the residual variance falls to 0, the criterion falls without end where ratings are more than such values, and to a limit where they
//! are as many. The effects are then known up to a shift d per connected group, which the model takes as normal, too: with r_i and c_j the
//! values found, the effects are `r_i + d` and `c_j - d - mean`, and everything follows from sums per group.

use super::{
    design::Design,
    estimates::{Detail, Effects, Estimates},
    one_way::find_root,
};
use std::f64::consts::PI;

/// The variances of kept and eliminated effects, in the engine's units, and what the ratings say at a residual variance of 0.
#[derive(Clone, Debug)]
pub(super) struct Exact {
    pub(super) variances: [f64; 2],
    /// The limit of the criterion, where there are as many values as ratings; else it has none.
    pub(super) criterion: f64,
}

/// What a connected group adds up to.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    /// Kept and eliminated levels.
    levels: [f64; 2],
    /// Sums of their values.
    sums: [f64; 2],
}

/// The values, per group.
struct Values<'d> {
    design: &'d Design,
    values: &'d [Vec<f64>; 2],
    groups: Vec<Group>,
}

/// The model at one ratio of the kept factor's variance over the eliminated one's.
struct At {
    mean: f64,
    /// One over the variance of the mean, in units of one over the kept factor's variance.
    precision: f64,
    /// Shift and one over its variance per group, in the same units.
    shifts: Vec<(f64, f64)>,
    /// Sums of squares of the kept and the eliminated effects.
    squares: [f64; 2],
    /// Derivative of the criterion by the ratio.
    slope: f64,
}

impl<'d> Values<'d> {
    fn new(design: &'d Design) -> Option<Self> {
        let values = design.exact.as_ref()?;
        let mut groups = vec![Group::default(); design.groups.number];
        for (factor, of) in [&design.groups.kept, &design.groups.eliminated].into_iter().enumerate() {
            for (group, value) in of.iter().zip(&values[factor]) {
                if let Some(group) = group {
                    groups[*group as usize].levels[factor] += 1.0;
                    groups[*group as usize].sums[factor] += value;
                }
            }
        }
        Some(Self { design, values, groups })
    }

    /// Contrasts that the values have.
    fn freedom(&self) -> f64 {
        self.groups.iter().map(|group| group.levels[0] + group.levels[1] - 1.0).sum::<f64>() - 1.0
    }

    fn at(&self, ratio: f64) -> At {
        let weighed = |group: &Group| group.levels[0] + ratio * group.levels[1];
        let of_mean = |group: &Group| ratio * group.levels[1] * group.levels[0] / weighed(group);
        let precision: f64 = self.groups.iter().map(of_mean).sum();
        let mean = self.groups.iter().map(|group| of_mean(group) * (group.sums[0] / group.levels[0] + group.sums[1] / group.levels[1]));
        let mean = mean.sum::<f64>() / precision;
        let shift = |group: &Group| (ratio * (group.sums[1] - group.levels[1] * mean) - group.sums[0]) / weighed(group);
        let shifts: Vec<(f64, f64)> = self.groups.iter().map(|group| (shift(group), weighed(group))).collect();
        let mut squares = [0.0; 2];
        self.effects(mean, &shifts, |factor, _, effect, _| squares[factor] += effect * effect);
        let eliminated: f64 = self.groups.iter().map(|group| group.levels[1]).sum();
        let mut slope = -eliminated / ratio + self.freedom() * squares[1] / (squares[0] + ratio * squares[1]);
        for group in &self.groups {
            let [kept, eliminated] = group.levels;
            slope += eliminated / weighed(group) + eliminated * (kept / weighed(group)).powi(2) / precision;
        }
        At { mean, precision, shifts, squares, slope }
    }

    /// Calls `each` with factor, level, effect and group of all levels with ratings.
    fn effects(&self, mean: f64, shifts: &[(f64, f64)], mut each: impl FnMut(usize, usize, f64, usize)) {
        for (factor, groups) in [&self.design.groups.kept, &self.design.groups.eliminated].into_iter().enumerate() {
            for (level, group) in groups.iter().enumerate() {
                let Some(group) = group.map(|group| group as usize) else { continue };
                let shift = shifts[group].0;
                let effect = self.values[factor][level] + if factor == 0 { shift } else { -shift - mean };
                each(factor, level, effect, group);
            }
        }
    }

    fn criterion(&self, ratio: f64) -> f64 {
        let at = self.at(ratio);
        let freedom = self.freedom();
        let eliminated: f64 = self.groups.iter().map(|group| group.levels[1]).sum();
        let squares = at.squares[0] + ratio * at.squares[1];
        let log_dets = at.shifts.iter().map(|shift| shift.1.ln()).sum::<f64>() + at.precision.ln() - eliminated * ratio.ln();
        freedom * (1.0 + (2.0 * PI * squares / freedom).ln()) + log_dets
    }
}

/// The best variances without a residual, of ratings that are sums of two values but neither of one alone. None where they are not.
pub(super) fn of_sums(design: &Design) -> Option<Exact> {
    let values = Values::new(design)?;
    let mut best: Option<(f64, f64)> = None;
    let step = 4.0_f64;
    let mut low = step.powi(-30);
    let mut falling = values.at(low).slope < 0.0;
    for power in -29..=30 {
        let high = step.powi(power);
        let falls = values.at(high).slope < 0.0;
        if falling && !falls {
            let turn = find_root(|ratio| values.at(ratio).slope, low, high);
            let criterion = values.criterion(turn);
            if best.is_none_or(|(least, _)| criterion < least) {
                best = Some((criterion, turn));
            }
        }
        (low, falling) = (high, falls);
    }
    let (criterion, ratio) = best?;
    let at = values.at(ratio);
    let kept = (at.squares[0] + ratio * at.squares[1]) / values.freedom();
    Some(Exact { variances: [kept, kept / ratio], criterion })
}

/// The best variance without a residual, of ratings that are the same for all of a level of one factor: that of the levels' values.
pub(super) fn of_levels(means: &[f64], counts: &[u32]) -> f64 {
    let observed = || means.iter().zip(counts).filter(|(_, count)| **count > 0).map(|(mean, _)| *mean);
    let levels = observed().count() as f64;
    let middle = observed().sum::<f64>() / levels;
    observed().map(|mean| (mean - middle).powi(2)).sum::<f64>() / (levels - 1.0)
}

/// Whether all ratings are the same.
pub(super) fn is_constant(design: &Design) -> bool {
    let observed = design.kept.means.iter().zip(&design.kept.counts).filter(|(_, count)| **count > 0).map(|(mean, _)| *mean);
    let (low, high) = observed.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mean| (mean.min(low), mean.max(high)));
    design.kept.constant && high - low <= design.scale.rounding()
}

/// Whether ratings are what effects of these variances alone can add up to.
pub(super) fn holds(design: &Design, [kept, eliminated]: [f64; 2]) -> bool {
    match (kept > 0.0, eliminated > 0.0) {
        (true, true) => design.exact.is_some(),
        (true, false) => design.kept.constant,
        (false, true) => design.eliminated.constant,
        (false, false) => is_constant(design),
    }
}

/// Mean and effects at variances, in the engine's units, and a residual variance of 0, for ratings for which that [`holds`].
pub(super) fn estimates(design: &Design, variances: [f64; 2], detail: Detail) -> Estimates {
    let factors = [&design.kept, &design.eliminated];
    let mut blups = factors.map(|factor| vec![0.0; factor.counts.len()]);
    // Where there is no effect, nothing is uncertain but the mean.
    let mut spreads = [0, 1].map(|k: usize| vec![variances[k]; factors[k].counts.len()]);
    let mut open = factors.map(|factor| vec![1.0; factor.counts.len()]);
    let (mean, mean_variance) = match variances {
        [kept, eliminated] if kept > 0.0 && eliminated > 0.0 => {
            let values = Values::new(design).expect("the ratings are sums");
            let at = values.at(kept / eliminated);
            values.effects(at.mean, &at.shifts, |factor, level, effect, group| {
                blups[factor][level] = effect;
                spreads[factor][level] = kept / at.shifts[group].1;
                let own = values.groups[group].levels[0] / at.shifts[group].1;
                open[factor][level] = if factor == 0 { own } else { 1.0 - own };
            });
            (at.mean, kept / at.precision)
        }
        _ => {
            let of = usize::from(variances[1] > 0.0);
            let observed: Vec<usize> = (0..factors[of].counts.len()).filter(|level| factors[of].counts[*level] > 0).collect();
            let mean = observed.iter().map(|level| factors[of].means[*level]).sum::<f64>() / observed.len() as f64;
            if variances[of] > 0.0 {
                for level in &observed {
                    (blups[of][*level], spreads[of][*level], open[of][*level]) = (factors[of].means[*level] - mean, 0.0, 0.0);
                }
            }
            (mean, variances[of] / observed.len() as f64)
        }
    };
    let scale = &design.scale;
    let mut effects = (0..2).map(|k| {
        let mut effects = Effects {
            ratings: factors[k].counts.clone(),
            blup: blups[k].iter().map(|blup| scale.effect(*blup)).collect(),
            ..Effects::default()
        };
        if detail == Detail::StandardErrors {
            effects.conditional_sd = spreads[k].iter().map(|spread| scale.effect(spread.sqrt())).collect();
            let se = |(spread, open): (&f64, &f64)| scale.effect((spread + open * open * mean_variance).sqrt());
            effects.se = spreads[k].iter().zip(&open[k]).map(se).collect();
        }
        effects
    });
    let (kept, eliminated) = (effects.next().unwrap_or_default(), effects.next().unwrap_or_default());
    drop(effects);
    let (reps, customers) = if design.swapped { (eliminated, kept) } else { (kept, eliminated) };
    Estimates { mean: scale.mean(mean), mean_se: scale.effect(mean_variance.sqrt()), reps, customers }
}
