use crate::{
    customer::{CustomerSummary, wanting_attention},
    id::MemberId,
    meeting::{Meeting, plans_to_log, upcoming},
    promise::{Promise, PromiseState},
    recovery::{RecoveryCase, open_cases_of},
    reflection::{Action, ActionState},
    sync::Replica,
};
use chrono::{NaiveDate, TimeDelta};
use std::sync::Arc;

/// The most items on Today.
pub const ITEMS_MAX: usize = 7;
/// Days before its date from which on a promise or an action shows.
const AHEAD_DAYS: i64 = 3;

/// One thing to do, or to know, today.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A visit of today or before that is still only planned.
    Visit(Arc<Meeting>),
    /// A promise that falls due, or is overdue.
    Promise(Arc<Promise>),
    /// Something to be made right with a customer.
    Case(Arc<RecoveryCase>),
    /// Something to do differently that falls due.
    Action(Arc<Action>),
    /// Ratings that have arrived since the person last looked.
    Ratings(usize),
    /// A customer out of its window, or nearly.
    Customer(CustomerSummary),
    /// A visit to come.
    Upcoming(Arc<Meeting>),
}

/// What `member` has on `today`, the most pressing first; `seen` is how many ratings the person has looked at.
///
/// The kinds take turns: one busy morning of visits must not hide an overdue promise.
pub fn agenda(replica: &Replica, member: MemberId, today: NaiveDate, seen: usize) -> Vec<Item> {
    let soon = today.checked_add_signed(TimeDelta::days(AHEAD_DAYS)).unwrap_or(NaiveDate::MAX);
    let kinds: [Vec<Item>; 7] = [
        plans_to_log(replica, member, today).into_iter().rev().map(Item::Visit).collect(),
        open_cases_of(replica, member).into_iter().map(Item::Case).collect(),
        promises_due(replica, member, soon).into_iter().map(Item::Promise).collect(),
        actions_due(replica, member, soon).into_iter().map(Item::Action).collect(),
        new_ratings(replica, member, seen).map(Item::Ratings).into_iter().collect(),
        wanting_attention(replica, member, today).into_iter().map(Item::Customer).collect(),
        upcoming(replica, member, today).into_iter().map(Item::Upcoming).collect(),
    ];
    let mut places = [0; 7];
    for round in 1..=ITEMS_MAX {
        for (kind, place) in kinds.iter().zip(0..) {
            if kind.len() >= round && places.iter().sum::<usize>() < ITEMS_MAX {
                places[place] = round;
            }
        }
    }
    kinds.into_iter().zip(places).flat_map(|(kind, place)| kind.into_iter().take(place)).collect()
}

fn promises_due(replica: &Replica, keeper: MemberId, until: NaiveDate) -> Vec<Arc<Promise>> {
    let due = |promise: &&Arc<Promise>| {
        promise.keeper == keeper && promise.state == PromiseState::Open && (promise.due <= until || promise.awaits_keeper())
    };
    let mut promises: Vec<_> = replica.promises.values().filter(due).cloned().collect();
    promises.sort_by_key(|promise| promise.due);
    promises
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
mod tests {
    use super::*;
    use crate::{
        id::{ActionId, CustomerId, PromiseId},
        meeting::MeetingStatus,
        sync::{
            protocol::Row,
            sample::{ME as REP, a_meeting, noon, on},
        },
    };
    use uuid::Uuid;

    fn visit(id: u128, date: &str) -> Row {
        Row::Meeting(a_meeting(id, id, MeetingStatus::Planned, noon(date)))
    }

    fn promise(id: u128, due: &str) -> Row {
        Row::Promise(Promise {
            id: PromiseId(Uuid::from_u128(id)),
            customer: CustomerId(Uuid::from_u128(1)),
            meeting: None,
            maker: REP,
            keeper: REP,
            what: format!("Promise {id}"),
            due: on(due),
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        })
    }

    fn action(id: u128, due: &str) -> Row {
        Row::Action(Action {
            id: ActionId(Uuid::from_u128(id)),
            author: REP,
            reflection: None,
            customer: None,
            contact: None,
            format: None,
            what: format!("Action {id}"),
            due: on(due),
            component: None,
            state: ActionState::Open,
        })
    }

    fn kinds(rows: Vec<Row>) -> String {
        let mut replica = Replica::default();
        rows.into_iter().for_each(|row| replica.put(row));
        let kind = |item: &Item| match item {
            Item::Visit(_) => 'v',
            Item::Promise(_) => 'p',
            Item::Case(_) => 'm',
            Item::Action(_) => 'a',
            Item::Ratings(_) => 'r',
            Item::Customer(_) => 'c',
            Item::Upcoming(_) => 'u',
        };
        agenda(&replica, REP, on("2026-05-05"), 0).iter().map(kind).collect()
    }

    #[test]
    fn a_busy_morning_hides_no_promise_and_no_list_is_longer_than_seven() {
        let visits = || (1..=9).map(|id| visit(id, "2026-05-05")).collect::<Vec<_>>();
        assert_eq!(kinds(visits()), "vvvvvvv");
        let all = [
            visits(),
            (20..=24).map(|id| promise(id, "2026-05-01")).collect(),
            vec![action(30, "2026-05-06")],
            vec![visit(40, "2026-05-07")],
        ];
        assert_eq!(kinds(all.concat()), "vvvppau");
    }

    #[test]
    fn what_is_still_far_off_waits_and_what_is_past_stays() {
        let rows = vec![
            promise(1, "2026-05-08"),
            promise(2, "2026-05-09"),
            promise(3, "2026-01-01"),
            action(4, "2026-05-20"),
            visit(5, "2026-04-30"),
        ];
        assert_eq!(kinds(rows), "vpp");
    }

    #[test]
    fn nothing_to_do_is_nothing_to_show() {
        assert_eq!(kinds(vec![]), "");
    }
}
