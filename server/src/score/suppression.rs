//! Which sums over teams and months a viewer may see, so that no arithmetic with them tells of fewer than five people.
//!
//! **Promise.** Per viewer, over all filters, dates and roll-ups: every linear combination of what is published to that viewer, less the
//! ratings that the viewer sees by themselves, depends on nothing at all or on ratings of five reps and of five customers at least.
//!
//! **Why it holds.** Each rating belongs to one closed month and, there, to the one team that its rep was in when the month closed; sums
//! are taken per component over a team and all below it. So published cells are disjoint or nested ('laminar'). Cells of a laminar family
//! span the same space as their *residuals*, each cell less the published cells below it, and residuals share no rating. A combination is
//! therefore a weighted sum of whole residuals, and it is enough that every residual by itself is empty or large enough. For the same
//! reason any part of what is published is safe too (its residuals are unions of these), and so are sums over months, made on the device.
//! The setting is cell suppression in hierarchical tables (Willenborg and de Waal, 2001, Elements of Statistical Disclosure Control);
//! with residuals, complementary suppression needs no search.
//!
//! **What counts.**
//! - A rep counts toward the five if the viewer sees none of the rep's ratings of that month: a rep who subtracts the own ones leaves five others. The
//!   rep's own ratings with a hidden name are unseen and never the only ones in a residual.
//! - A customer counts if a rating that the viewer does not see is by that customer.
//! - A rep of whom the viewer may have seen some ratings counts nowhere, nor do that rep's customers, and a residual that holds the rep is never
//!   empty: so it does not matter which ones were seen.
//! - A residual is empty only if every rep in it, rated or not, is one of whom the viewer sees everything. Else a team's zero would tell of
//!   people: two cells that differ by one rep without ratings would say so.
//! - Nothing is said about what is not published: too small, zero, and suppressed for another's sake look alike.
//!
//! **Time.** A closed month is never computed again. What arrives or is released later belongs to the month in which it is; corrections and
//! exclusions of what a closed month holds are left out of sums (scores follow them). What was published to a viewer stays published, also
//! after a change of role, and is passed to [`Lattice::publish`] again, which adds only what is safe together with it. Sight over *old* ratings that
//! a new role brings cannot be made safe here, since what was seen cannot be unseen: [`Lattice::is_safe`] tells beforehand, and what would not
//! be safe is withheld (see [`months`](super::months), which closes, publishes and withholds).
//!
//! **Not promised.** Inference that is not linear: where all of five gave full points the sum says so, as every mean does. Several viewers
//! who put together what they see. For the first reason customers are told in whole fives only: exact numbers of customers, who overlap
//! between teams, would tell of single ones by their differences.

use super::{rater::Name, ratings::count};
use app::{
    id::{CustomerId, MemberId, RatingId, TeamId},
    score::{Aggregate, PEOPLE_FOR_COMPARISON, Part},
    survey::Component,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A calendar month of one organisation as it stood when it closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClosedMonth {
    /// Its first day.
    pub first_day: NaiveDate,
    /// Every team with the one that it is part of.
    pub teams: BTreeMap<TeamId, Option<TeamId>>,
    /// Every rep who could have been rated, with the team that it is managed in: whoever manages a team sees all in it, and is not in it.
    pub reps: BTreeMap<MemberId, Option<TeamId>>,
    /// The ratings that counted for the first time in this month.
    pub ratings: Vec<ClosedRating>,
}

/// A rating in a closed month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClosedRating {
    /// Which.
    pub id: RatingId,
    /// Of whom.
    pub rep: MemberId,
    /// By which customer.
    pub customer: CustomerId,
    /// Whether the rep sees it by itself.
    pub name: Name,
    /// The points given, 1 to 5.
    pub components: BTreeMap<Component, u8>,
}

/// What a viewer sees, or ever saw, of single ratings of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Of these reps every rating: those managed.
    pub every_of: BTreeSet<MemberId>,
    /// Of these reps the ratings with a shown name: the viewer as a rep.
    pub named_of: BTreeSet<MemberId>,
    /// Of these reps perhaps some, no telling which: those managed once. Who is in [`Sight::every_of`] as well counts as there.
    pub some_of: BTreeSet<MemberId>,
}

impl Sight {
    /// Whether the viewer certainly sees `rating`.
    pub(super) fn sees(&self, rating: &ClosedRating) -> bool {
        self.every_of.contains(&rating.rep) || (rating.name == Name::Shown && self.named_of.contains(&rating.rep))
    }

    /// Whether the viewer may see any rating of `rep`.
    pub(super) fn knows(&self, rep: MemberId) -> bool {
        self.every_of.contains(&rep) || self.named_of.contains(&rep) || self.some_of.contains(&rep)
    }
}

/// What is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// In the month that starts on this day.
    pub month: NaiveDate,
    /// Over whom.
    pub part: Part,
    /// The points of which component.
    pub component: Component,
}

/// The parts of a closed month with who is in which and what they add up to: worked out once for all viewers.
#[derive(Debug)]
pub struct Lattice<'a> {
    first_day: NaiveDate,
    /// Per team, and for no team: the parts that hold it, the smallest first.
    paths: BTreeMap<Option<TeamId>, Vec<Part>>,
    /// Per team: who is managed in it. One who is in no team there belongs to the organisation only.
    reps: BTreeMap<Option<TeamId>, Vec<Rated<'a>>>,
    sums: BTreeMap<Cell, Aggregate>,
}

/// A rep with the ratings of the month.
#[derive(Debug)]
struct Rated<'a> {
    rep: MemberId,
    ratings: Vec<&'a ClosedRating>,
}

/// What a residual holds that its viewer does not see.
#[derive(Default)]
struct Residual {
    reps: BTreeSet<MemberId>,
    customers: BTreeSet<CustomerId>,
    is_open: bool,
}

impl<'a> Lattice<'a> {
    /// The lattice of `month`.
    pub fn new(month: &'a ClosedMonth) -> Self {
        let teams = month.teams.keys().map(|team| Some(*team)).chain([None]);
        let paths: BTreeMap<_, _> = teams.map(|team| (team, path(team, &month.teams))).collect();
        let mut ratings: BTreeMap<MemberId, Vec<&ClosedRating>> = month.reps.keys().map(|rep| (*rep, Vec::new())).collect();
        for rating in &month.ratings {
            ratings.entry(rating.rep).or_default().push(rating);
        }
        let mut reps: BTreeMap<Option<TeamId>, Vec<Rated<'a>>> = BTreeMap::new();
        for (rep, ratings) in ratings {
            let team = month.reps.get(&rep).copied().flatten().filter(|team| month.teams.contains_key(team));
            reps.entry(team).or_default().push(Rated { rep, ratings });
        }
        let sums = sums(month.first_day, &paths, &reps);
        Self { first_day: month.first_day, paths, reps, sums }
    }

    /// What a viewer with `sight` is shown of the month in the parts within `reach`, and of what was `published` to that viewer before.
    ///
    /// Larger parts come first, then teams by id, and each is published if that leaves every residual safe. So what is published never
    /// depends on the points given, and adding to `published` or `reach` takes nothing away that was published.
    pub fn publish(&self, sight: &Sight, reach: &BTreeSet<Part>, published: &BTreeSet<Cell>) -> BTreeMap<Cell, Aggregate> {
        let candidates = self.largest_first(reach);
        let mut shown = BTreeMap::new();
        for component in Component::ALL {
            let cell = |part| Cell { month: self.first_day, part, component };
            let before = |part: &Part| published.contains(&cell(*part));
            let mut family: BTreeSet<Part> = self.paths.values().flatten().filter(|part| before(part)).copied().collect();
            for part in &candidates {
                if family.insert(*part) && !self.leaves_enough(component, sight, &family) {
                    family.remove(part);
                }
            }
            let sums = family.into_iter().filter_map(|part| Some((cell(part), *self.sums.get(&cell(part))?)));
            shown.extend(sums);
        }
        shown
    }

    /// Whether `published` keeps the promise for a viewer with `sight`: to be asked before somebody who was shown it gets to see more single
    /// ratings of the month.
    pub fn is_safe(&self, sight: &Sight, published: &BTreeSet<Cell>) -> bool {
        Component::ALL.into_iter().all(|component| {
            let own = published.iter().filter(|cell| cell.month == self.first_day && cell.component == component);
            self.leaves_enough(component, sight, &own.map(|cell| cell.part).collect())
        })
    }

    fn largest_first(&self, reach: &BTreeSet<Part>) -> Vec<Part> {
        let mut parts: Vec<(usize, Part)> =
            self.paths.values().map(|path| (path.len(), path[0])).filter(|(_, part)| reach.contains(part)).collect();
        parts.sort_unstable();
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// Whether each residual of `family` is empty or large enough.
    fn leaves_enough(&self, component: Component, sight: &Sight, family: &BTreeSet<Part>) -> bool {
        let mut residuals: BTreeMap<Part, Residual> = BTreeMap::new();
        for (team, reps) in &self.reps {
            if let Some(part) = self.paths[team].iter().find(|part| family.contains(part)) {
                residuals.entry(*part).or_default().take(reps, component, sight);
            }
        }
        residuals.values().all(|residual| !residual.is_open || residual.is_enough())
    }
}

impl Residual {
    /// Counts what the viewer does not see of `reps`, as far as it takes to be enough.
    fn take(&mut self, reps: &[Rated], component: Component, sight: &Sight) {
        for Rated { rep, ratings } in reps.iter().filter(|it| !sight.every_of.contains(&it.rep)) {
            self.is_open = true;
            if sight.some_of.contains(rep) {
                continue;
            }
            for rating in ratings.iter().filter(|it| it.components.contains_key(&component) && !sight.sees(it)) {
                self.customers.insert(rating.customer);
                if !sight.knows(*rep) {
                    self.reps.insert(*rep);
                }
                if self.is_enough() {
                    return;
                }
            }
        }
    }

    fn is_enough(&self) -> bool {
        self.reps.len() >= PEOPLE_FOR_COMPARISON && self.customers.len() >= PEOPLE_FOR_COMPARISON
    }
}

/// What each part adds up to; nothing where no rating is.
fn sums(
    month: NaiveDate,
    paths: &BTreeMap<Option<TeamId>, Vec<Part>>,
    reps: &BTreeMap<Option<TeamId>, Vec<Rated>>,
) -> BTreeMap<Cell, Aggregate> {
    let mut totals: BTreeMap<Cell, (Aggregate, BTreeSet<MemberId>, BTreeSet<CustomerId>)> = BTreeMap::new();
    for (team, reps) in reps {
        for rating in reps.iter().flat_map(|rated| &rated.ratings) {
            for (component, points) in &rating.components {
                for part in &paths[team] {
                    let (total, rated, customers) = totals.entry(Cell { month, part: *part, component: *component }).or_default();
                    total.sum += u32::from(*points);
                    total.count += 1;
                    rated.insert(rating.rep);
                    customers.insert(rating.customer);
                }
            }
        }
    }
    let told = |(cell, (total, rated, customers)): (Cell, (Aggregate, BTreeSet<MemberId>, BTreeSet<CustomerId>))| {
        let fives = count(customers.len() / PEOPLE_FOR_COMPARISON * PEOPLE_FOR_COMPARISON);
        (cell, Aggregate { reps: count(rated.len()), customers: fives, ..total })
    };
    totals.into_iter().map(told).collect()
}

/// The parts that hold `team`, from itself to the organisation. Teams in a ring of parents, which no screen can make, are no parts.
pub(super) fn path(team: Option<TeamId>, parents: &BTreeMap<TeamId, Option<TeamId>>) -> Vec<Part> {
    let mut path = Vec::new();
    let mut next = team;
    while let Some(team) = next.filter(|team| parents.contains_key(team)) {
        if path.contains(&Part::Team(team)) {
            return vec![Part::Organisation];
        }
        path.push(Part::Team(team));
        next = parents[&team];
    }
    path.push(Part::Organisation);
    path
}

#[cfg(test)]
pub(super) mod attack;
#[cfg(test)]
mod tests;
