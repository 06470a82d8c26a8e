//! An organisation whose truth is known.

use super::{
    normal::draw,
    setting::{Case, Design, Scale, Setting, Spread},
};
use app::score::CUSTOMERS_FOR_MANAGER;
use server::score::model::Row;
use std::{collections::BTreeSet, f64::consts::SQRT_2, ops::Range};

/// Ratings, and what they are about.
pub(super) struct Organisation {
    /// Each rep's expected rating over all customers there might be, 1 to 5.
    pub(super) truths: Vec<f64>,
    /// Each rep's effect in standard deviations of reps.
    pub(super) standing: Vec<f64>,
    /// Who is looked at.
    pub(super) judged: Vec<usize>,
    pub(super) rows: Vec<Row>,
}

/// The common mean of a Gaussian organisation.
const MEAN: f64 = 3.8;
/// Where an ordinal one is cut, in standard deviations of all that a rating is the sum of: 2 % ones, 5 % twos, 13 % threes, 35 % fours and 45 % fives.
const CUTS: [f64; 4] = [-2.053_749, -1.475_791, -0.841_621, 0.125_661];
/// The fewest customers of a rep.
const CUSTOMERS: usize = CUSTOMERS_FOR_MANAGER as usize;
/// Days that ratings are spread over where reps drift.
const YEAR: usize = 365;
/// Steps of that drift.
const MONTHS: usize = 12;
/// How far it leads over the year: standard deviation in points.
const DRIFT: f64 = 0.25;
/// After how many days a rating counts half: the product's default.
const HALF_LIFE: f64 = 180.0;
/// Of how many customers the one is met who comes nearest to being as harsh as the rep is good.
const CHOICE: usize = 3;

impl Organisation {
    pub(super) fn new(setting: &Setting, random: &mut fastrand::Rng) -> Self {
        let spread = setting.spread(random);
        let reps: Vec<Vec<f64>> = (0..setting.reps).map(|_| by_month(setting, spread, random)).collect();
        let given: Vec<usize> = (0..setting.reps).map(|rep| ratings(setting, rep, random)).collect();
        let pools = pools(setting, &given);
        // What a rep's customers are like where the better reps have the harsher ones, in standard deviations of customers.
        let wanted: Vec<f64> = reps.iter().map(|by_month| -by_month[0] / spread.rep).collect();
        let customers = customers(setting, &pools, &wanted, random);
        let choice = if setting.case == Case::HarshToGood && setting.design == Design::Crossed { CHOICE } else { 1 };
        let mut rows = Vec::new();
        for (rep, by_month) in reps.iter().enumerate() {
            let mut before = BTreeSet::new();
            for _ in 0..given[rep] {
                let candidates = (0..choice).map(|_| candidate(&pools[rep], &before, random));
                let customer = nearest(wanted[rep], candidates, |it| customers[*it]);
                before.insert(customer);
                let days = if setting.case == Case::Drift { random.usize(..YEAR) } else { 0 };
                let felt = by_month[days * MONTHS / YEAR] + spread.customer * customers[customer] + spread.residual * draw(random);
                let recency = (-(days as f64) / HALF_LIFE).exp2();
                let y = points(setting.scale, spread, felt);
                rows.push(Row { rep, customer, contact: customer, format: None, channel: None, window: None, y, share: 1.0, recency });
            }
        }
        let today = || reps.iter().map(|by_month| by_month[0]);
        let truths = today().map(|effect| expected(setting.scale, spread, effect)).collect();
        let standing = today().map(|effect| effect / spread.rep).collect();
        Self { truths, standing, judged: (0..setting.reps).filter(|rep| is_judged(setting, *rep)).collect(), rows }
    }
}

/// A rep's effect today and in the months before.
fn by_month(setting: &Setting, spread: Spread, random: &mut fastrand::Rng) -> Vec<f64> {
    let today = spread.rep * draw(random);
    let step = if setting.case == Case::Drift { DRIFT / (MONTHS as f64).sqrt() } else { 0.0 };
    let mut effects = vec![today];
    for month in 1..MONTHS {
        effects.push(effects[month - 1] + step * draw(random));
    }
    effects
}

fn is_fresh(setting: &Setting, rep: usize) -> bool {
    setting.case == Case::Fresh && rep.is_multiple_of(2)
}

fn is_judged(setting: &Setting, rep: usize) -> bool {
    setting.case != Case::Fresh || is_fresh(setting, rep)
}

/// How many ratings a rep has.
fn ratings(setting: &Setting, rep: usize, random: &mut fastrand::Rng) -> usize {
    match setting.case {
        Case::Fresh if is_fresh(setting, rep) => random.usize(1..=5),
        Case::Fresh => random.usize(setting.ratings..=2 * setting.ratings),
        _ => setting.ratings,
    }
}

/// Every customer's effect in standard deviations of customers.
fn customers(setting: &Setting, pools: &[Range<usize>], wanted: &[f64], random: &mut fastrand::Rng) -> Vec<f64> {
    let number = pools.iter().map(|pool| pool.end).max().unwrap_or(0);
    let mut effects: Vec<f64> = (0..number).map(|_| draw(random)).collect();
    if setting.case == Case::HarshToGood && setting.design == Design::OneRep {
        for (pool, wanted) in pools.iter().zip(wanted) {
            effects[pool.clone()].fill_with(|| nearest(*wanted, (0..CHOICE).map(|_| draw(random)), |it| *it));
        }
    }
    effects
}

/// The candidate that is nearest to what is wanted.
fn nearest<T: Copy>(wanted: f64, candidates: impl Iterator<Item = T>, of: impl Fn(&T) -> f64) -> T {
    let apart = |it: &T| (of(it) - wanted).abs();
    candidates.min_by(|a, b| apart(a).total_cmp(&apart(b))).expect("there is a candidate")
}

/// Anybody from a pool; somebody new until there are as many customers as a score that is shown rests on.
fn candidate(pool: &Range<usize>, before: &BTreeSet<usize>, random: &mut fastrand::Rng) -> usize {
    loop {
        let customer = random.usize(pool.clone());
        if before.len() >= CUSTOMERS || !before.contains(&customer) {
            return customer;
        }
    }
}

/// The customers that each rep's ratings come from.
fn pools(setting: &Setting, given: &[usize]) -> Vec<Range<usize>> {
    match setting.design {
        Design::Crossed => vec![0..given.iter().sum::<usize>().div_ceil(4).max(CUSTOMERS); given.len()],
        Design::OneRep => given
            .iter()
            .scan(0, |start, given| {
                let pool = *start..*start + given.div_ceil(2).max(CUSTOMERS);
                *start = pool.end;
                Some(pool)
            })
            .collect(),
    }
}

fn total(spread: Spread) -> f64 {
    (spread.rep.powi(2) + spread.customer.powi(2) + spread.residual.powi(2)).sqrt()
}

/// The rating of someone who feels so far from the common mean.
fn points(scale: Scale, spread: Spread, felt: f64) -> f64 {
    match scale {
        Scale::Gaussian => MEAN + felt,
        Scale::Ordinal => 1.0 + CUTS.iter().filter(|cut| felt > *cut * total(spread)).count() as f64,
    }
}

/// The expected rating of a rep, over customers and over ratings of the same.
fn expected(scale: Scale, spread: Spread, effect: f64) -> f64 {
    let around = (spread.customer.powi(2) + spread.residual.powi(2)).sqrt();
    let above = |cut: f64| 0.5 * libm::erfc((cut * total(spread) - effect) / (around * SQRT_2));
    match scale {
        Scale::Gaussian => MEAN + effect,
        Scale::Ordinal => 1.0 + CUTS.into_iter().map(above).sum::<f64>(),
    }
}
