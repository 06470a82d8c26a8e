//! The criterion as a function to be minimised, with as much work per point as the design's size asks for.

use super::{
    blocks::{Factored, Inverse, Places},
    conjugate::Scaled,
    design::Design,
    equations::{Equations, Ratios},
    point::{Point, Solution},
    traces::Traces,
};

/// Up to this cost A is factored and inverted at every point: a block of 192 takes about a millisecond.
const EASY: f64 = 192.0 * 192.0 * 192.0;
/// Up to these entries and steps it is now and then, for the exact traces.
const POSSIBLE: (f64, f64) = (5.0e7, 2.5e11);
/// From this many cells on, one set of probes is enough.
const MANY: usize = 10_000_000;
/// Conjugate gradients stop at this residual where ratios are to be found roughly, ...
const LOOSE: f64 = 1e-6;
/// ... where they are to be found, ...
const TIGHT: f64 = 1e-13;
/// ... and where estimates are all that is wanted.
const ENOUGH: f64 = 1e-11;

/// How much can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// Everything exactly at every point.
    Factor,
    /// Solutions by conjugate gradients and estimated traces, corrected by exact ones at few points.
    Correct,
    /// Solutions by conjugate gradients and traces estimated by this many sets of probes.
    Estimate(usize),
}

/// The criterion of a design.
pub(super) struct Objective<'d> {
    pub(super) design: &'d Design,
    pub(super) places: Places,
    pub(super) means: Means,
    /// What the estimated traces lacked where they were last compared with the exact ones.
    lacking: Traces,
    /// Where conjugate gradients stop.
    tolerance: f64,
    /// The last solutions, from which the next are near.
    guesses: [Vec<[f64; 2]>; 2],
}

impl<'d> Objective<'d> {
    pub(super) fn new(design: &'d Design) -> Self {
        let places = Places::new(design);
        let (entries, steps) = places.cost();
        let means = if steps <= EASY {
            Means::Factor
        } else if entries <= POSSIBLE.0 && steps <= POSSIBLE.1 {
            Means::Correct
        } else {
            // The fewer ratings, the more the probes' error would show, and the less a probe costs.
            Means::Estimate((MANY / design.weights.len()).clamp(1, 16))
        };
        let guess = || vec![[0.0; 2]; design.kept.counts.len()];
        Self { design, places, means, lacking: Traces::default(), tolerance: LOOSE, guesses: [guess(), guess()] }
    }

    /// The point at ratios both above 0; none where rounding is too much for it.
    pub(super) fn at(&mut self, ratios: Ratios) -> Option<Point> {
        let equations = Equations::new(self.design, ratios);
        match self.means {
            Means::Factor => self.factored_at(&equations),
            Means::Correct => self.estimated_at(&equations, 1).or_else(|| {
                // What takes conjugate gradients too long is factored from now on.
                self.means = Means::Factor;
                self.factored_at(&equations)
            }),
            Means::Estimate(sets) => self.estimated_at(&equations, sets),
        }
    }

    /// Of conjugate gradients: more than a few hundred, and a factor is quicker, where there can be one.
    fn steps_max(&self) -> usize {
        if matches!(self.means, Means::Estimate(_)) { 100_000 } else { 400 }
    }

    /// From here on, points are solved as well as rounding allows; up to here only roughly, which is quicker.
    pub(super) fn tighten(&mut self) {
        self.tolerance = TIGHT;
    }

    /// The inverse of A at a point, which is given its exact traces; from here on, estimated traces are corrected by what they lack there.
    pub(super) fn correct(&mut self, point: &mut Point) -> Option<Inverse> {
        let equations = Equations::new(self.design, point.ratios());
        let (exact, inverse) = Traces::exact(&equations, &self.places, Factored::new(&equations, &self.places)?);
        let more = exact - point.traces;
        self.lacking = self.lacking + more;
        point.add_traces(more);
        Some(inverse)
    }

    /// The inverse of A.
    pub(super) fn invert_at(&self, ratios: Ratios) -> Option<Inverse> {
        Some(Factored::new(&Equations::new(self.design, ratios), &self.places)?.invert())
    }

    fn factored_at(&self, equations: &Equations) -> Option<Point> {
        let factored = Factored::new(equations, &self.places)?;
        let solver = factored.clone();
        let (traces, _) = Traces::exact(equations, &self.places, factored);
        let mut solve = |b: &[[f64; 2]]| {
            let mut x = b.to_vec();
            solver.solve(self.design, &self.places, &mut x);
            Some(x)
        };
        Point::new(equations, traces, &mut solve)
    }

    fn estimated_at(&mut self, equations: &Equations, sets: usize) -> Option<Point> {
        let scaled = Scaled::new(equations, self.steps_max());
        let tolerance = self.tolerance;
        let traces = Traces::estimated(equations, &scaled, sets, tolerance.max(1e-7))? + self.lacking;
        let mut guesses = self.guesses.iter_mut();
        let mut solve = |b: &[[f64; 2]]| {
            let guess = guesses.next().expect("a point solves twice");
            *guess = scaled.solve(b, guess, tolerance)?;
            Some(guess.clone())
        };
        Point::new(equations, traces, &mut solve)
    }

    /// Only the solution; by conjugate gradients where that is possible and quicker.
    pub(super) fn solve(&mut self, ratios: Ratios) -> Option<Solution> {
        let equations = Equations::new(self.design, ratios);
        if self.means != Means::Factor {
            let scaled = Scaled::new(&equations, self.steps_max());
            let guess = &self.guesses[0];
            if let Some((solution, _)) = Solution::new(&equations, &mut |b| scaled.solve(b, guess, ENOUGH)) {
                return Some(solution);
            }
        }
        let factored = Factored::new(&equations, &self.places)?;
        let mut solve = |b: &[[f64; 2]]| {
            let mut x = b.to_vec();
            factored.solve(self.design, &self.places, &mut x);
            Some(x)
        };
        Solution::new(&equations, &mut solve).map(|(solution, _)| solution)
    }
}

/// The point where one of the ratios is 0, so that A is diagonal and nothing needs factoring.
pub(super) fn on_edge(design: &Design, ratios: Ratios) -> Option<Point> {
    let equations = Equations::new(design, ratios);
    let mut solve = |b: &[[f64; 2]]| Some(b.iter().zip(&equations.diagonal).map(|(b, own)| b.map(|entry| entry / own)).collect());
    Point::new(&equations, Traces::of_diagonal(&equations), &mut solve)
}
