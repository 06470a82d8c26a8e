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
//! - A residual is empty only if every rep in it, rated or not, is one of whom the viewer sees everything. Else a team's zero would tell of
//!   people: two cells that differ by one rep without ratings would say so.
//! - Nothing is said about what is not published: too small, zero, and suppressed for another's sake look alike.
//!
//! **Time.** A closed month is never computed again. What arrives or is released later belongs to the month in which it is; corrections and
//! exclusions of what a closed month holds are left out of sums (scores follow them). What was published to a viewer stays published, also
//! after a change of role, and is passed to [`publish`] again, which adds only what is safe together with it. Sight over *old* ratings that
//! a new role brings cannot be made safe here, since what was seen cannot be unseen: [`is_safe`] tells beforehand.
//!
//! **Not promised.** Inference that is not linear: where all of five gave full points the sum says so, as every mean does. Several viewers
//! who put together what they see. For the first reason customers are told in whole fives only: exact numbers of customers, who overlap
//! between teams, would tell of single ones by their differences.

use super::{rater::Name, ratings::count};
use app::{
    id::{CustomerId, MemberId, TeamId},
    score::PEOPLE_FOR_COMPARISON,
    survey::Component,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A part of the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Everybody.
    Organisation,
    /// A team and all below it.
    Team(TeamId),
}

/// A calendar month of one organisation as it stood when it closed.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedRating {
    /// Of whom.
    pub rep: MemberId,
    /// By which customer.
    pub customer: CustomerId,
    /// Whether the rep sees it by itself.
    pub name: Name,
    /// The points given, 1 to 5.
    pub components: BTreeMap<Component, u8>,
}

/// What a viewer sees, or ever saw, of single ratings of a month. Viewers with the same sight and reach are of one class.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sight {
    /// Of these reps every rating: those managed.
    pub every_of: BTreeSet<MemberId>,
    /// Of these reps the ratings with a shown name: the viewer as a rep.
    pub named_of: BTreeSet<MemberId>,
}

impl Sight {
    fn sees(&self, rating: &ClosedRating) -> bool {
        self.every_of.contains(&rating.rep) || (rating.name == Name::Shown && self.named_of.contains(&rating.rep))
    }

    fn knows(&self, rep: MemberId) -> bool {
        self.every_of.contains(&rep) || self.named_of.contains(&rep)
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

/// A published sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aggregate {
    /// Sum of points.
    pub sum: u32,
    /// Ratings.
    pub count: u32,
    /// Reps rated.
    pub reps: u32,
    /// At least so many customers, in whole fives.
    pub customers: u32,
}

/// What a viewer with `sight` is shown of `month` in the parts within `reach`, and of what was `published` to that viewer before.
///
/// Larger parts come first, then teams by id, and each is published if that leaves every residual safe. So what is published never depends
/// on the points given, and adding to `published` or `reach` takes nothing away that was published.
pub fn publish(month: &ClosedMonth, sight: &Sight, reach: &BTreeSet<Part>, published: &BTreeSet<Cell>) -> BTreeMap<Cell, Aggregate> {
    let lattice = Lattice::new(month, sight);
    let mut shown = BTreeMap::new();
    for component in Component::ALL {
        let cell = |part| Cell { month: month.first_day, part, component };
        let before = |part: &Part| published.contains(&cell(*part));
        let mut family: BTreeSet<Part> = lattice.paths.values().flatten().filter(|part| before(part)).copied().collect();
        for part in lattice.largest_first(reach) {
            if family.insert(part) && !lattice.is_safe(component, &family) {
                family.remove(&part);
            }
        }
        let sums = family.into_iter().map(|part| (cell(part), lattice.sum(component, part)));
        shown.extend(sums.filter(|(_, sum)| sum.count > 0));
    }
    shown
}

/// Whether `published` keeps the promise for a viewer with `sight`: to be asked before somebody who was shown it gets to see more single
/// ratings of a closed month.
pub fn is_safe(month: &ClosedMonth, sight: &Sight, published: &BTreeSet<Cell>) -> bool {
    let lattice = Lattice::new(month, sight);
    Component::ALL.into_iter().all(|component| {
        let own = published.iter().filter(|cell| cell.month == month.first_day && cell.component == component);
        lattice.is_safe(component, &own.map(|cell| cell.part).collect())
    })
}

/// The parts of a month, and who is in which.
struct Lattice<'a> {
    month: &'a ClosedMonth,
    sight: &'a Sight,
    /// Per team, and for no team: the parts that hold it, the smallest first.
    paths: BTreeMap<Option<TeamId>, Vec<Part>>,
}

/// What a residual holds that its viewer does not see.
#[derive(Default)]
struct Residual {
    reps: BTreeSet<MemberId>,
    customers: BTreeSet<CustomerId>,
    is_open: bool,
}

impl<'a> Lattice<'a> {
    fn new(month: &'a ClosedMonth, sight: &'a Sight) -> Self {
        let teams = month.teams.keys().map(|team| Some(*team)).chain([None]);
        Self { month, sight, paths: teams.map(|team| (team, path(team, &month.teams))).collect() }
    }

    /// The parts that hold `rep`; one who is in no team there belongs to the organisation only.
    fn parts_of(&self, rep: MemberId) -> &[Part] {
        let team = self.month.reps.get(&rep).copied().flatten();
        self.paths.get(&team).unwrap_or(&self.paths[&None])
    }

    fn largest_first(&self, reach: &BTreeSet<Part>) -> Vec<Part> {
        let mut parts: Vec<(usize, Part)> =
            self.paths.values().map(|path| (path.len(), path[0])).filter(|(_, part)| reach.contains(part)).collect();
        parts.sort_unstable();
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// Whether each residual of `family` is empty or large enough.
    fn is_safe(&self, component: Component, family: &BTreeSet<Part>) -> bool {
        let mut residuals: BTreeMap<Part, Residual> = BTreeMap::new();
        let home = |rep| self.parts_of(rep).iter().find(|part| family.contains(part)).copied();
        for rep in self.month.reps.keys().filter(|rep| !self.sight.every_of.contains(rep)) {
            if let Some(part) = home(*rep) {
                residuals.entry(part).or_default().is_open = true;
            }
        }
        let unseen = self.month.ratings.iter().filter(|it| it.components.contains_key(&component) && !self.sight.sees(it));
        for rating in unseen {
            if let Some(part) = home(rating.rep) {
                let residual = residuals.entry(part).or_default();
                residual.is_open = true;
                residual.customers.insert(rating.customer);
                if !self.sight.knows(rating.rep) {
                    residual.reps.insert(rating.rep);
                }
            }
        }
        let enough = |people: usize| people >= PEOPLE_FOR_COMPARISON;
        residuals.values().all(|it| !it.is_open || (enough(it.reps.len()) && enough(it.customers.len())))
    }

    fn sum(&self, component: Component, part: Part) -> Aggregate {
        let (mut reps, mut customers, mut total) = (BTreeSet::new(), BTreeSet::new(), Aggregate::default());
        for rating in self.month.ratings.iter().filter(|it| self.parts_of(it.rep).contains(&part)) {
            if let Some(points) = rating.components.get(&component) {
                total.sum += u32::from(*points);
                total.count += 1;
                reps.insert(rating.rep);
                customers.insert(rating.customer);
            }
        }
        let fives = count(customers.len() / PEOPLE_FOR_COMPARISON * PEOPLE_FOR_COMPARISON);
        Aggregate { reps: count(reps.len()), customers: fives, ..total }
    }
}

/// The parts that hold `team`, from itself to the organisation. Teams in a ring of parents, which no screen can make, are no parts.
fn path(team: Option<TeamId>, parents: &BTreeMap<TeamId, Option<TeamId>>) -> Vec<Part> {
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
mod attack;
#[cfg(test)]
mod tests;
