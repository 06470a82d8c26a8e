//! What chance would make of raters who agree, drawn often enough to tell.

use super::{
    Voice,
    cut::{cut, moments, solve},
    noise::Noise,
};

/// Draws at least as extreme as the ratings after which more would change nothing (Besag and Clifford, 1991, 'Sequential Monte Carlo
/// p-values'): unremarkable reps cost a hundred draws, not a hundred thousand.
pub(super) const ENOUGH: usize = 20;

/// One rep's ratings in one component, as chance draws them.
pub(super) struct Null {
    /// Who rates.
    pub(super) voices: Vec<Voice>,
    /// The segment of each, numbered from 0 and in order, where segments are compared instead of raters.
    pub(super) groups: Option<Vec<usize>>,
    /// Per meeting, by whom: places in `voices`.
    pub(super) meetings: Vec<Vec<usize>>,
    /// How ratings vary.
    pub(super) noise: Noise,
}

impl Null {
    /// The probability that raters who agree differ as these do, from at most `draws` draws.
    pub(super) fn p_value(&self, seed: u64, draws: usize) -> f64 {
        let mut random = Normal { random: fastrand::Rng::with_seed(seed), spare: None };
        let observed: Vec<f64> = self.voices.iter().map(|voice| voice.sum).collect();
        let (observed, middle) = (self.difference(&observed), self.middle());
        let (mut extreme, mut sums) = (0, vec![0.0; self.voices.len()]);
        for draw in 1..=draws {
            self.draw(middle, &mut sums, &mut random);
            extreme += usize::from(self.difference(&sums) >= observed - 1e-9);
            if extreme == ENOUGH {
                return extreme as f64 / draw as f64;
            }
        }
        (extreme + 1) as f64 / (draws + 1) as f64
    }

    /// The view in the middle for which these raters are expected to give as much as they gave.
    fn middle(&self) -> f64 {
        let given: f64 = self.voices.iter().map(|voice| voice.sum).sum();
        solve(given, |middle| {
            let expected = |voice: &Voice| {
                let deviation = (self.noise.deviation.powi(2) + voice.leniency.variance).sqrt();
                voice.ratings * moments(middle + voice.leniency.mean, deviation).0
            };
            self.voices.iter().map(expected).sum()
        })
    }

    /// How far what is compared lies from each other: squares of raters' or segments' means, less leniency, about the common mean, each weighing its
    /// ratings.
    fn difference(&self, sums: &[f64]) -> f64 {
        let adjusted = || self.voices.iter().zip(sums).map(|(voice, sum)| (voice.ratings, sum - voice.ratings * voice.leniency.mean));
        let (weight, sum) = adjusted().fold((0.0, 0.0), |(weight, total), (n, sum)| (weight + n, total + sum));
        let square = |(n, total): (f64, f64)| n * (total / n - sum / weight).powi(2);
        let Some(groups) = &self.groups else { return adjusted().map(square).sum() };
        let (mut squares, mut open) = (0.0, (0.0, 0.0));
        for (at, (n, total)) in adjusted().enumerate() {
            if at > 0 && groups[at] != groups[at - 1] {
                squares += square(std::mem::take(&mut open));
            }
            open = (open.0 + n, open.1 + total);
        }
        squares + square(open)
    }

    /// Draws every rater's sum of points.
    fn draw(&self, middle: f64, sums: &mut [f64], random: &mut Normal) {
        // Noise and leniency are estimates themselves.
        let deviation = self.noise.deviation * random.next_scale(self.noise.freedom);
        let lenient = random.next_scale(self.voices[0].leniency.freedom.max(1.0));
        let views: Vec<f64> = self
            .voices
            .iter()
            .map(|voice| middle + voice.leniency.mean + lenient * voice.leniency.variance.sqrt() * random.next())
            .collect();
        sums.fill(0.0);
        for raters in &self.meetings {
            // People who sat in one meeting share half of the noise, which is what weighing m ratings 2/(m+1) each amounts to.
            let (shared, own) = if raters.len() > 1 { (0.5_f64.sqrt() * random.next(), 0.5_f64.sqrt()) } else { (0.0, 1.0) };
            for rater in raters {
                sums[*rater] += cut(views[*rater] + deviation * (shared + own * random.next()));
            }
        }
    }
}

/// Standard normal draws (Box and Muller, 1958).
struct Normal {
    random: fastrand::Rng,
    spare: Option<f64>,
}

impl Normal {
    fn next(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let length = (-2.0 * (1.0 - self.random.f64()).ln()).sqrt();
        let (sine, cosine) = (std::f64::consts::TAU * self.random.f64()).sin_cos();
        self.spare = Some(length * sine);
        length * cosine
    }

    /// What a standard deviation known with `freedom` degrees of freedom may be of its estimate: scaled inverse chi-square for its square, by
    /// the cube root that Wilson and Hilferty (1931) found normal.
    fn next_scale(&mut self, freedom: f64) -> f64 {
        let part = 2.0 / (9.0 * freedom);
        (1.0 - part + part.sqrt() * self.next()).max(0.2).powf(-1.5)
    }
}
