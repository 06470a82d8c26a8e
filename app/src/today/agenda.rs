use super::{Item, Snooze};
use crate::{
    account::{Absence, WorkingHours},
    customer::wanting_attention,
    id::MemberId,
    meeting::{plans_to_log, upcoming},
    promise::{Promise, questions_to},
    recovery::open_cases_of,
    reflection::{Action, ActionState},
    score::wishes_to,
    sync::Replica,
};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::sync::Arc;

/// The most items on Today.
pub const ITEMS_MAX: usize = 7;
/// Days before its date from which on a promise or an action shows.
pub(super) const AHEAD_DAYS: i64 = 3;

/// Who looks at Today, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looking {
    /// Who.
    pub member: MemberId,
    /// What a clock on the wall shows there.
    pub wall: NaiveDateTime,
    /// How many ratings the person has looked at.
    pub seen: usize,
    /// What of it the person wants to see.
    pub extent: Extent,
}

/// How much of Today is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// What is for now: outside working hours, only what has a time.
    #[default]
    ForNow,
    /// Everything, asked for by hand.
    Everything,
}

/// Why Today holds back what has no time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quiet {
    /// The person is away.
    Away(Absence),
    /// The person does not work now.
    OutsideHours(WorkingHours),
}

/// Today, worked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// What to do, the most pressing first; at most [`ITEMS_MAX`].
    pub items: Vec<Item>,
    /// What would be there, had it not been put off, those that are back first before the others.
    pub put_off: Vec<(Item, Arc<Snooze>)>,
    /// Why only what has a time is among the items.
    pub quiet: Option<Quiet>,
}

impl Agenda {
    /// How many things wait for the person.
    pub fn due(&self) -> usize {
        self.items.iter().filter(|item| item.is_due()).count()
    }
}

/// What there is for whoever looks.
pub fn agenda(replica: &Replica, looking: &Looking) -> Agenda {
    let (kinds, put_off, quiet) = sorted_out(replica, looking);
    Agenda { items: in_turns(kinds), put_off, quiet }
}

/// [`agenda`] at its whole length, for whoever counts.
pub fn whole_agenda(replica: &Replica, looking: &Looking) -> Agenda {
    let (kinds, put_off, quiet) = sorted_out(replica, looking);
    Agenda { items: kinds.into_iter().flatten().collect(), put_off, quiet }
}

type SortedOut = ([Vec<Item>; KINDS], Vec<(Item, Arc<Snooze>)>, Option<Quiet>);

/// Everything there is, by kind, without what is put off and what is not for now.
fn sorted_out(replica: &Replica, looking: &Looking) -> SortedOut {
    let today = looking.wall.date();
    let quiet = quiet(replica, looking);
    let mut put_off = Vec::new();
    let snooze = |item: &Item| replica.snoozes.get(&item.subject()?).filter(|snooze| snooze.lasts_on(today)).cloned();
    let mut keep = |items: Vec<Item>| -> Vec<Item> {
        let of_now = items.into_iter().filter(|item| quiet.is_none() || looking.extent == Extent::Everything || item.has_a_time());
        of_now
            .filter_map(|item| match snooze(&item) {
                Some(snooze) => {
                    put_off.push((item, snooze));
                    None
                }
                None => Some(item),
            })
            .collect()
    };
    let kinds = kinds(replica, looking.member, today, looking.seen).map(&mut keep);
    put_off.sort_by_key(|(_, snooze)| (snooze.until, snooze.subject));
    (kinds, put_off, quiet)
}

/// How many kinds of things there are.
const KINDS: usize = 8;

/// Everything there is, by kind, each kind the most pressing first. A further kind has its place here.
fn kinds(replica: &Replica, member: MemberId, today: NaiveDate, seen: usize) -> [Vec<Item>; KINDS] {
    let soon = today.checked_add_signed(TimeDelta::days(AHEAD_DAYS)).unwrap_or(NaiveDate::MAX);
    [
        plans_to_log(replica, member, today).into_iter().rev().map(Item::Visit).collect(),
        to_hear(replica, member, today),
        owed(replica, member, soon),
        actions_due(replica, member, soon).into_iter().map(Item::Action).collect(),
        new_ratings(replica, member, seen).map(Item::Ratings).into_iter().collect(),
        wanting_attention(replica, member, today).into_iter().map(Item::Customer).collect(),
        covered(replica, member, today, soon),
        upcoming(replica, member, today).into_iter().map(Item::Upcoming).collect(),
    ]
}

/// At most [`ITEMS_MAX`] of them. The kinds take turns: one busy morning of visits must not hide an overdue promise.
fn in_turns(kinds: [Vec<Item>; KINDS]) -> Vec<Item> {
    let mut places = [0; KINDS];
    for round in 1..=ITEMS_MAX {
        for (kind, place) in kinds.iter().zip(0..) {
            if kind.len() >= round && places.iter().sum::<usize>() < ITEMS_MAX {
                places[place] = round;
            }
        }
    }
    kinds.into_iter().zip(places).flat_map(|(kind, place)| kind.into_iter().take(place)).collect()
}

/// Whether whoever looks works now.
fn quiet(replica: &Replica, looking: &Looking) -> Option<Quiet> {
    let availability = replica.availabilities.get(&looking.member);
    if let Some(absence) = availability.and_then(|it| it.absence_on(looking.wall.date())) {
        return Some(Quiet::Away(absence.clone()));
    }
    let own = availability.map(|it| it.hours.clone()).unwrap_or_default();
    let hours = replica.rules().working_hours(&own)?;
    (!hours.include(looking.wall)).then_some(Quiet::OutsideHours(hours))
}

/// What waits for colleagues who are away and whom `cover` covers, as far as this phone holds it: their visits until they are back, their
/// promises that fall due until `soon` to customers whom the phone holds too, and their customers who were due when they left.
fn covered(replica: &Replica, cover: MemberId, today: NaiveDate, soon: NaiveDate) -> Vec<Item> {
    let absent = replica.availabilities.values().filter(|it| it.member != cover);
    let absent =
        absent.filter_map(|it| it.absence_on(today).filter(|absence| absence.cover == Some(cover)).map(|it_is| (it.member, it_is)));
    let of_one = |(member, absence): (MemberId, &Absence)| {
        let visits = plans_to_log(replica, member, today).into_iter().rev().filter(|visit| absence.includes(visit.date())).map(Item::Visit);
        // Whether it can be kept is the keeper's to say: what only waits for that does not wait for a cover.
        let is_covered = |promise: &Arc<Promise>| promise.due <= soon && replica.customers.contains_key(&promise.customer);
        let promises = promises_due(replica, member, soon).into_iter().filter(is_covered).map(Item::Promise);
        let customers = wanting_attention(replica, member, today).into_iter().map(Item::Customer);
        let until = absence.until;
        let next = upcoming(replica, member, today).into_iter().filter(move |visit| visit.date() <= until).map(Item::Upcoming);
        let items: Vec<Item> = visits.chain(promises).chain(customers).chain(next).collect();
        items.into_iter().map(move |item| Item::Covering { of: member, item: Box::new(item) })
    };
    absent.flat_map(of_one).collect()
}

fn promises_due(replica: &Replica, keeper: MemberId, until: NaiveDate) -> Vec<Arc<Promise>> {
    let due = |promise: &&Arc<Promise>| promise.keeper == keeper && (promise.due <= until || promise.awaits_keeper());
    let mut promises: Vec<_> = replica.promises.pending().iter().filter(due).cloned().collect();
    promises.sort_by_key(|promise| promise.due);
    promises
}

/// What others wait for, the soonest due first: promises, and answers to colleagues. One kind, so that neither takes the place of a visit.
fn owed(replica: &Replica, member: MemberId, soon: NaiveDate) -> Vec<Item> {
    let promises = promises_due(replica, member, soon).into_iter().map(|promise| (promise.due, Item::Promise(promise)));
    let questions = questions_to(replica, member).into_iter().map(|ask| (ask.by, Item::Question(ask)));
    let mut owed: Vec<(NaiveDate, Item)> = promises.chain(questions).collect();
    owed.sort_by_key(|(day, _)| *day);
    owed.into_iter().map(|(_, item)| item).collect()
}

/// Customers who are to hear from `member`, those who asked for it first. One kind, so that neither takes the place of a visit.
fn to_hear(replica: &Replica, member: MemberId, today: NaiveDate) -> Vec<Item> {
    let wishes = wishes_to(replica, member, today).into_iter().map(Item::Wish);
    wishes.chain(open_cases_of(replica, member).into_iter().map(Item::Case)).collect()
}

fn actions_due(replica: &Replica, author: MemberId, until: NaiveDate) -> Vec<Arc<Action>> {
    let due = |action: &&Arc<Action>| action.author == author && action.state == ActionState::Open && action.due <= until;
    let mut actions: Vec<_> = replica.actions.values().filter(due).cloned().collect();
    actions.sort_by_key(|action| action.due);
    actions
}

fn new_ratings(replica: &Replica, rep: MemberId, seen: usize) -> Option<usize> {
    Some(ratings_of(replica, rep).saturating_sub(seen)).filter(|new| *new > 0)
}

/// How many ratings `rep` may read, to be remembered once the person has looked.
pub fn ratings_of(replica: &Replica, rep: MemberId) -> usize {
    replica.ratings.values().filter(|rating| rating.rep == rep).count()
}

#[cfg(test)]
mod tests;
