//! Promises as the phone's screens see them, derived from the replica.

use super::{Promise, PromiseState};
use crate::{id::MemberId, sync::Replica};
use chrono::{Days, NaiveDate};
use std::{cmp::Reverse, sync::Arc};

/// How long a settled promise stays in view.
const SETTLED_SHOWN: Days = Days::new(90);

/// A promise with the names on it.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseLine {
    /// The promise.
    pub promise: Arc<Promise>,
    /// To whom, by name.
    pub customer: String,
    /// Who keeps it, by name, where that is somebody else than the reader.
    pub keeper: Option<String>,
    /// Who made it, by name, where that is somebody else than the reader.
    pub maker: Option<String>,
}

/// The promises that concern one member.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Promises {
    /// Open and past their date, the oldest first.
    pub overdue: Vec<PromiseLine>,
    /// Open, by date.
    pub open: Vec<PromiseLine>,
    /// Settled and due lately, the latest first.
    pub settled: Vec<PromiseLine>,
}

/// What `member` made or keeps, by what is to be done about it.
pub fn promises_of_member(replica: &Replica, member: MemberId, today: NaiveDate) -> Promises {
    let mut mine: Vec<PromiseLine> =
        replica.promises.values().filter(|promise| promise.may_settle(member)).map(|promise| line(replica, promise, member)).collect();
    mine.sort_by_key(|line| (line.promise.due, line.promise.id));
    let (open, mut settled): (Vec<_>, Vec<_>) = mine.into_iter().partition(|line| line.promise.state == PromiseState::Open);
    let (overdue, open) = open.into_iter().partition(|line| line.promise.is_overdue(today));
    settled.retain(|line| line.promise.due + SETTLED_SHOWN >= today);
    settled.sort_by_key(|line| Reverse((line.promise.due, line.promise.id)));
    Promises { overdue, open, settled }
}

/// `promise` as `reader` reads it.
pub fn line(replica: &Replica, promise: &Arc<Promise>, reader: MemberId) -> PromiseLine {
    let other = |member: MemberId| (member != reader).then(|| replica.member_name(member));
    PromiseLine {
        promise: promise.clone(),
        customer: replica.customers.get(&promise.customer).map_or_else(|| "A customer".to_owned(), |customer| customer.name.clone()),
        keeper: other(promise.keeper),
        maker: other(promise.maker),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CustomerId, PromiseId},
        sync::protocol::Row,
    };
    use uuid::Uuid;

    const ME: MemberId = MemberId(Uuid::from_u128(1));
    const COLLEAGUE: MemberId = MemberId(Uuid::from_u128(2));

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn promise(id: u128, maker: MemberId, keeper: MemberId, due: &str, state: PromiseState) -> Row {
        Row::Promise(Promise {
            id: PromiseId(Uuid::from_u128(id)),
            customer: CustomerId(Uuid::nil()),
            meeting: None,
            maker,
            keeper,
            what: id.to_string(),
            due: date(due),
            evidence: String::new(),
            state,
        })
    }

    #[test]
    fn promises_are_sorted_by_what_is_to_be_done_about_them() {
        let mut replica = Replica::default();
        for row in [
            promise(1, ME, ME, "2026-06-10", PromiseState::Open),
            promise(2, ME, COLLEAGUE, "2026-06-05", PromiseState::Open),
            promise(3, COLLEAGUE, ME, "2026-05-20", PromiseState::Open),
            promise(4, ME, ME, "2026-05-18", PromiseState::Open),
            promise(5, ME, ME, "2026-05-01", PromiseState::Kept),
            promise(6, ME, ME, "2026-05-09", PromiseState::Changed),
            promise(7, ME, ME, "2026-01-01", PromiseState::Late),
            promise(8, COLLEAGUE, COLLEAGUE, "2026-06-06", PromiseState::Open),
        ] {
            replica.put(row);
        }
        let promises = promises_of_member(&replica, ME, date("2026-06-01"));
        let whats = |lines: &[PromiseLine]| lines.iter().map(|line| line.promise.what.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!(whats(&promises.overdue), "4 3");
        assert_eq!(whats(&promises.open), "2 1");
        assert_eq!(whats(&promises.settled), "6 5");
        assert_eq!(promises.open[0].keeper.as_deref(), Some("A colleague"));
        assert_eq!((promises.open[1].keeper.as_ref(), promises.open[1].maker.as_ref()), (None, None));
    }
}
