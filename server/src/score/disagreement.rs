//! Where a rep's customers clearly disagree: told only when chance and leniency do not explain it, since people would look for reasons.
//!
//! - **Null**: raters of a rep share one view; what they give differs by noise and by how lenient each is with everybody. Views are normal
//!   and cut to five points ([`cut`]), with the noise that one rater's repeated ratings show ([`mod@noise`]) and the leniency that ratings of
//!   other reps show ([`leniency`]), both with their uncertainty. Redrawing a rep's own pooled ratings instead would find nothing where
//!   each rater rates once, however far apart they are, and would find harsh customers wherever they rate often.
//! - **Statistic**: squares of the raters' means about the rep's, against draws of the null ([`null`]). Each rep and component has its own
//!   seed, so that the same ratings say the same every night.
//! - **Family**: every rep and component of the organisation with four raters, at a false discovery rate of 10 % (Benjamini and Hochberg,
//!   1995). Where there are no two sides to tell of ([`mod@sides`]) the probability counts as 1, which keeps the rate and saves the draws.
//! - **Figures**, 1,500 simulated organisations of each kind: where raters agree 0.3 to 10.7 % hear of any disagreement, the most where
//!   leniency is known from one other rep only. One rep among eight whose six raters are two points apart is found in all of 60
//!   organisations at three ratings each and in 93 % at two.
//! - **Segments** ([`mod@segments`]): the same test of industries, sizes and formats instead of single raters, in the same family. Where a segment
//!   explains what raters differ by, that is told instead of the raters.
//! - **Window**: a year, so that a change over time does not pass for disagreement.
//! - **Names**: what is told to the rep rests on ratings with a shown name only. The mean of a side less the ratings that one knows would
//!   give the hidden ones away.

mod cut;
mod leniency;
mod noise;
mod null;
mod segments;
mod sides;

pub use segments::Businesses;

use super::{
    rater::Rater,
    ratings::{Observation, Ratings, count, midnight},
};
use app::{
    id::{CustomerId, MeetingId, MemberId},
    meeting::MeetingFormat,
    score::{Audience, Disagreement, Segment},
    survey::Component,
    time::Timestamp,
};
use leniency::{Leniencies, Leniency};
use noise::{Noise, noise};
use null::Null;
use segments::{By, segments_apart};
use sides::sides;
use std::collections::BTreeMap;

/// Raters before there is something to disagree about.
const RATERS: usize = 4;
/// Days that a rating counts.
const DAYS: f64 = 365.0;
/// False discovery rate.
const RATE: f64 = 0.1;
/// The fewest and the most draws per test: the most resolve one finding among 10,000 tests.
const DRAWS: (usize, usize) = (2_000, 100_000);

/// One rating in one component.
#[derive(Clone, Copy)]
struct Mark {
    rater: Rater,
    customer: CustomerId,
    meeting: MeetingId,
    format: Option<MeetingFormat>,
    point: f64,
    hidden: bool,
}

/// What one rater gave a rep.
#[derive(Clone, Copy, Debug)]
struct Voice {
    customer: CustomerId,
    ratings: f64,
    sum: f64,
    /// Whether the rater hid the name at least once.
    hidden: bool,
    leniency: Leniency,
}

/// Voices by what they speak for, and who they are.
type Voices = BTreeMap<(Option<Segment>, Rater), Voice>;

impl Voice {
    fn mean(&self) -> f64 {
        self.sum / self.ratings
    }

    fn adjusted(&self) -> f64 {
        self.mean() - self.leniency.mean
    }
}

/// A test of the family that may find something.
struct Candidate {
    rep: MemberId,
    by: By,
    disagreement: Disagreement,
    null: Null,
}

/// The disagreements among the customers of every rep of one organisation, as `audience` may learn of them, as of the last UTC midnight.
/// At most one per rep and component.
///
/// Seconds for a thousand reps: for the nightly computing, not for every rating.
pub fn disagreements(
    ratings: &Ratings,
    businesses: &Businesses,
    audience: Audience,
    now: Timestamp,
) -> BTreeMap<MemberId, Vec<Disagreement>> {
    let is_told = |o: &&Observation| audience == Audience::Manager || !o.hidden;
    let recent: Vec<&Observation> = ratings.iter().filter(|o| midnight(now).days_since(o.given_at) <= DAYS).filter(is_told).collect();
    let panels: Vec<Panel> = Component::ALL.into_iter().map(|component| Panel::new(component, &recent, businesses)).collect();
    let family: Vec<Option<Candidate>> = panels.iter().flat_map(Panel::tests).collect();
    let tests = family.len();
    let candidates: Vec<Candidate> = family.into_iter().flatten().collect();
    let told = told(&candidates, tests);
    // What a segment explains is no matter of single raters; of several explanations the clearest.
    let mut clearest: BTreeMap<(MemberId, Component), (bool, f64, Disagreement)> = BTreeMap::new();
    for (candidate, p) in candidates.into_iter().zip(told).filter_map(|(candidate, p)| Some((candidate, p?))) {
        let finding = (candidate.by == By::Rater, p, candidate.disagreement);
        let place = clearest.entry((candidate.rep, finding.2.component)).or_insert_with(|| finding.clone());
        if (finding.0, finding.1) < (place.0, place.1) {
            *place = finding;
        }
    }
    let mut told_of: BTreeMap<MemberId, Vec<Disagreement>> = BTreeMap::new();
    for ((rep, _), (.., disagreement)) in clearest {
        told_of.entry(rep).or_default().push(disagreement);
    }
    told_of
}

/// The probability of those of `candidates` that are findings among so many `tests`. Draws until the largest probability that is told of is known well: the more
/// there is to find, the fewer that takes.
fn told(candidates: &[Candidate], tests: usize) -> Vec<Option<f64>> {
    let draws_for = |told: usize| (null::ENOUGH as f64 * tests as f64 / (RATE * told as f64)) as usize;
    let mut draws = DRAWS.0;
    loop {
        let seed = |it: &Candidate| seed(it.rep, it.disagreement.component, it.by);
        let p: Vec<f64> = candidates.iter().map(|it| it.null.p_value(seed(it), draws)).collect();
        let mut sorted = p.clone();
        sorted.sort_by(f64::total_cmp);
        let line = |rank: usize| RATE * rank as f64 / tests as f64;
        let told = (1..=sorted.len()).rev().find(|rank| sorted[rank - 1] <= line(*rank)).unwrap_or(0);
        let enough = draws_for(told.max(1)).min(DRAWS.1);
        if draws >= enough || candidates.is_empty() {
            return p.into_iter().map(|p| Some(p).filter(|p| *p <= line(told))).collect();
        }
        draws = enough.min(draws * 8);
    }
}

/// The ratings of one component.
struct Panel<'b> {
    component: Component,
    reps: BTreeMap<MemberId, Vec<Mark>>,
    noise: Noise,
    leniencies: Leniencies,
    businesses: &'b Businesses,
}

impl<'b> Panel<'b> {
    fn new(component: Component, ratings: &[&Observation], businesses: &'b Businesses) -> Self {
        let mut reps: BTreeMap<MemberId, Vec<Mark>> = BTreeMap::new();
        for o in ratings {
            if let Some(point) = o.components.get(&component) {
                let (rater, point) = (Rater::of(o.contact, o.customer), f64::from(*point));
                let mark = Mark { rater, customer: o.customer, meeting: o.meeting, format: o.format, point, hidden: o.hidden };
                reps.entry(o.rep).or_default().push(mark);
            }
        }
        let noise = noise(&reps);
        let leniencies = Leniencies::new(&reps, noise);
        Self { component, reps, noise, leniencies, businesses }
    }

    /// What the raters of `rep` gave, in the order of segments and raters; nothing where there is too little to compare.
    fn voices(&self, rep: MemberId, marks: &[Mark], by: By) -> Option<Voices> {
        let mut voices = Voices::new();
        for mark in marks {
            let Some(segment) = by.segment(mark, self.businesses) else { continue };
            let leniency = || self.leniencies.of(mark.rater, rep);
            let unheard = || Voice { customer: mark.customer, ratings: 0.0, sum: 0.0, hidden: false, leniency: leniency() };
            let voice = voices.entry((segment, mark.rater)).or_insert_with(unheard);
            voice.ratings += 1.0;
            voice.sum += mark.point;
            voice.hidden |= mark.hidden;
        }
        by.comparable(voices)
    }

    /// Every test, with what it may find; nothing where there are no sides to tell of.
    fn tests(&self) -> Vec<Option<Candidate>> {
        let of_rep = |(rep, marks): (&MemberId, &Vec<Mark>)| {
            let test = |by| Some(self.candidate(*rep, marks, by, self.voices(*rep, marks, by)?));
            By::ALL.into_iter().filter_map(test).collect::<Vec<_>>()
        };
        self.reps.iter().flat_map(of_rep).collect()
    }

    fn candidate(&self, rep: MemberId, marks: &[Mark], by: By, voices: Voices) -> Option<Candidate> {
        let (keys, voices): (Vec<(Option<Segment>, Rater)>, Vec<Voice>) = voices.into_iter().unzip();
        let (lower, higher) = if by == By::Rater { sides(&voices)? } else { segments_apart(&keys, &voices)? };
        let mut meetings: BTreeMap<MeetingId, Vec<usize>> = BTreeMap::new();
        for mark in marks {
            let place = by.segment(mark, self.businesses).and_then(|segment| keys.binary_search(&(segment, mark.rater)).ok());
            meetings.entry(mark.meeting).or_default().extend(place);
        }
        let groups = segments::groups(&keys);
        let null = Null { voices, groups, meetings: meetings.into_values().collect(), noise: self.noise };
        Some(Candidate { rep, by, disagreement: Disagreement { component: self.component, lower, higher }, null })
    }
}

/// A seed of each test's own.
fn seed(rep: MemberId, component: Component, by: By) -> u64 {
    let (high, low) = rep.0.as_u64_pair();
    high.rotate_left(17) ^ low ^ ((component as u64 + 1) << 56) ^ ((by as u64) << 48)
}

#[cfg(test)]
mod tests;
