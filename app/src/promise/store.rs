//! Promises and questions to colleagues as the phone's screens see them, derived from the replica.

use super::{InsideAsk, InsideAskState, Promise, PromiseState};
use crate::{
    id::{CustomerId, MemberId},
    sync::Replica,
};
use chrono::{Days, NaiveDate};
use std::{cmp::Reverse, sync::Arc};

/// How long a settled promise stays in view beside the open ones.
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

/// The promises that concern one member, or were made to one customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Promises {
    /// A colleague made them, and the reader is to say whether they can be done; the soonest due first.
    pub to_confirm: Vec<PromiseLine>,
    /// Open and past their date, the oldest first.
    pub overdue: Vec<PromiseLine>,
    /// Open, by date.
    pub open: Vec<PromiseLine>,
    /// Settled and due lately, the latest first.
    pub settled: Vec<PromiseLine>,
}

impl Promises {
    /// How many are still to be kept.
    pub fn to_keep(&self) -> usize {
        self.to_confirm.len() + self.overdue.len() + self.open.len()
    }
}

/// Whose promises a ledger lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ledger {
    /// Those that a member made or keeps.
    Member(MemberId),
    /// Those made to a customer.
    Customer(CustomerId),
}

impl Ledger {
    fn holds(self, promise: &Promise) -> bool {
        match self {
            Self::Member(member) => promise.may_settle(member),
            Self::Customer(customer) => promise.customer == customer,
        }
    }
}

/// What `member` made or keeps, by what is to be done about it.
pub fn promises_of_member(replica: &Replica, member: MemberId, today: NaiveDate) -> Promises {
    promises_in(replica, Ledger::Member(member), member, today)
}

/// What is in `ledger`, by what is to be done about it, as `reader` reads it.
pub fn promises_in(replica: &Replica, ledger: Ledger, reader: MemberId, today: NaiveDate) -> Promises {
    let mut lines: Vec<PromiseLine> =
        replica.promises.values().filter(|promise| ledger.holds(promise)).map(|promise| line(replica, promise, reader)).collect();
    lines.sort_by_key(|line| (line.promise.due, line.promise.id));
    let (open, mut settled): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.promise.state == PromiseState::Open);
    let (to_confirm, open): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|line| line.promise.awaits_keeper() && line.promise.keeper == reader);
    let (overdue, open) = open.into_iter().partition(|line| line.promise.is_overdue(today));
    settled.retain(|line| line.promise.due + SETTLED_SHOWN >= today);
    settled.sort_by_key(|line| Reverse((line.promise.due, line.promise.id)));
    Promises { to_confirm, overdue, open, settled }
}

/// What is in `ledger` and went as `state` says, however long ago, the latest first.
pub fn promises_that(replica: &Replica, ledger: Ledger, state: PromiseState, reader: MemberId) -> Vec<PromiseLine> {
    let mut lines: Vec<PromiseLine> = replica
        .promises
        .values()
        .filter(|promise| promise.state == state && ledger.holds(promise))
        .map(|promise| line(replica, promise, reader))
        .collect();
    lines.sort_by_key(|line| Reverse((line.promise.due, line.promise.id)));
    lines
}

/// `promise` as `reader` reads it.
pub fn line(replica: &Replica, promise: &Arc<Promise>, reader: MemberId) -> PromiseLine {
    let other = |member: MemberId| (member != reader).then(|| replica.member_name(member));
    PromiseLine {
        promise: promise.clone(),
        customer: customer_name(replica, promise.customer, &promise.course.customer_name),
        keeper: other(promise.keeper),
        maker: other(promise.maker),
    }
}

/// A customer's name, or what a colleague was told of it.
fn customer_name(replica: &Replica, customer: CustomerId, told: &str) -> String {
    replica.customer_name(customer, if told.is_empty() { "A customer" } else { told }).to_owned()
}

/// A question to a colleague with the names on it.
#[derive(Clone, Debug, PartialEq)]
pub struct InsideAskLine {
    /// The question.
    pub ask: Arc<InsideAsk>,
    /// Whose wish it is, by name.
    pub customer: String,
    /// Who asks, by name, where that is somebody else than the reader.
    pub from: Option<String>,
    /// Who is asked, by name, where that is somebody else than the reader.
    pub to: Option<String>,
}

/// `ask` as `reader` reads it.
pub fn inside_ask_line(replica: &Replica, ask: &Arc<InsideAsk>, reader: MemberId) -> InsideAskLine {
    let other = |member: MemberId| (member != reader).then(|| replica.member_name(member));
    InsideAskLine {
        ask: ask.clone(),
        customer: customer_name(replica, ask.customer, &ask.customer_name),
        from: other(ask.from),
        to: other(ask.to),
    }
}

/// The questions that concern one member.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InsideAsks {
    /// Put to the member and open, the soonest due first.
    pub to_answer: Vec<InsideAskLine>,
    /// Asked by the member: those that wait, then those answered lately.
    pub asked: Vec<InsideAskLine>,
}

/// What colleagues ask and `member` has not answered, the soonest needed first.
pub fn questions_to(replica: &Replica, member: MemberId) -> Vec<Arc<InsideAsk>> {
    let waiting = |ask: &&Arc<InsideAsk>| ask.to == member && ask.state == InsideAskState::Open;
    let mut questions: Vec<_> = replica.inside_asks.values().filter(waiting).cloned().collect();
    questions.sort_by_key(|ask| (ask.by, ask.id));
    questions
}

/// What `member` is asked, and asked.
pub fn inside_asks_of(replica: &Replica, member: MemberId, today: NaiveDate) -> InsideAsks {
    let mut lines: Vec<_> = replica.inside_asks.values().map(|ask| inside_ask_line(replica, ask, member)).collect();
    lines.retain(|line| line.ask.state == InsideAskState::Open || line.ask.by + SETTLED_SHOWN >= today);
    lines.sort_by_key(|line| (line.ask.state != InsideAskState::Open, line.ask.by, line.ask.id));
    InsideAsks {
        to_answer: questions_to(replica, member).iter().map(|ask| inside_ask_line(replica, ask, member)).collect(),
        asked: lines.into_iter().filter(|line| line.ask.from == member).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{InsideAskId, PromiseId},
        promise::{Course, KeeperAnswer},
        sync::{
            protocol::Row,
            sample::{a_customer, on},
        },
        time::Timestamp,
    };
    use uuid::Uuid;

    const ME: MemberId = MemberId(Uuid::from_u128(1));
    const COLLEAGUE: MemberId = MemberId(Uuid::from_u128(2));

    fn promise(id: u128, maker: MemberId, keeper: MemberId, due: &str, state: PromiseState) -> Promise {
        Promise {
            id: PromiseId(Uuid::from_u128(id)),
            customer: CustomerId(Uuid::nil()),
            meeting: None,
            maker,
            keeper,
            what: id.to_string(),
            due: on(due),
            evidence: String::new(),
            state,
            course: Course { answer: KeeperAnswer::Can, ..Course::default() },
        }
    }

    fn replica(promises: impl IntoIterator<Item = Promise>) -> Replica {
        let mut replica = Replica::default();
        promises.into_iter().for_each(|promise| replica.put(Row::Promise(promise)));
        replica
    }

    fn whats(lines: &[PromiseLine]) -> String {
        lines.iter().map(|line| line.promise.what.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn promises_are_sorted_by_what_is_to_be_done_about_them() {
        let unsaid = Promise { course: Course::default(), ..promise(9, COLLEAGUE, ME, "2026-05-25", PromiseState::Open) };
        let replica = replica([
            promise(1, ME, ME, "2026-06-10", PromiseState::Open),
            promise(2, ME, COLLEAGUE, "2026-06-05", PromiseState::Open),
            promise(3, COLLEAGUE, ME, "2026-05-20", PromiseState::Open),
            promise(4, ME, ME, "2026-05-18", PromiseState::Open),
            promise(5, ME, ME, "2026-05-01", PromiseState::Kept),
            promise(6, ME, ME, "2026-05-09", PromiseState::Changed),
            promise(7, ME, ME, "2026-01-01", PromiseState::Late),
            promise(8, COLLEAGUE, COLLEAGUE, "2026-06-06", PromiseState::Open),
            unsaid,
        ]);
        let promises = promises_of_member(&replica, ME, on("2026-06-01"));
        assert_eq!(whats(&promises.to_confirm), "9");
        assert_eq!(whats(&promises.overdue), "4 3");
        assert_eq!(whats(&promises.open), "2 1");
        assert_eq!(whats(&promises.settled), "6 5");
        assert_eq!(promises.to_keep(), 5);
        assert_eq!(promises.open[0].keeper.as_deref(), Some("A colleague"));
        assert_eq!((promises.open[1].keeper.as_ref(), promises.open[1].maker.as_ref()), (None, None));
        let late = promises_that(&replica, Ledger::Member(ME), PromiseState::Late, ME);
        assert_eq!(whats(&late), "7", "however long ago");
    }

    #[test]
    fn a_customers_ledger_lists_whatever_was_promised_there_by_whomever() {
        let mut elsewhere = promise(3, ME, ME, "2026-06-10", PromiseState::Open);
        elsewhere.customer = CustomerId(Uuid::from_u128(9));
        let replica = replica([
            promise(1, ME, ME, "2026-06-10", PromiseState::Open),
            promise(2, COLLEAGUE, COLLEAGUE, "2026-06-05", PromiseState::Open),
            elsewhere,
        ]);
        let ledger = Ledger::Customer(CustomerId(Uuid::nil()));
        assert_eq!(whats(&promises_in(&replica, ledger, ME, on("2026-06-01")).open), "2 1");
    }

    #[test]
    fn a_keeper_reads_the_name_of_a_customer_that_the_phone_does_not_hold() {
        let mut told = promise(1, COLLEAGUE, ME, "2026-06-10", PromiseState::Open);
        let mut replica = replica([told.clone()]);
        let read = |replica: &Replica, it: &Promise| line(replica, &Arc::new(it.clone()), ME).customer;
        assert_eq!(read(&replica, &told), "A customer");
        told.course.customer_name = "Kestrel".into();
        assert_eq!(read(&replica, &told), "Kestrel");
        told.customer = a_customer(4).id;
        replica.put(Row::Customer(a_customer(4)));
        assert_eq!(read(&replica, &told), "Customer 4", "as it is called now");
    }

    #[test]
    fn questions_wait_with_whoever_is_asked_and_answers_come_back_to_whoever_asked() {
        let ask = |id: u128, from, to, by: &str, state| {
            Row::InsideAsk(InsideAsk {
                id: InsideAskId(Uuid::from_u128(id)),
                customer: CustomerId(Uuid::nil()),
                from,
                to,
                what: id.to_string(),
                by: on(by),
                asked_at: Timestamp(0),
                customer_name: String::new(),
                state,
                answer: String::new(),
            })
        };
        let mut replica = Replica::default();
        for row in [
            ask(1, COLLEAGUE, ME, "2026-06-10", InsideAskState::Open),
            ask(2, COLLEAGUE, ME, "2026-06-05", InsideAskState::Open),
            ask(3, COLLEAGUE, ME, "2026-06-05", InsideAskState::Answered),
            ask(4, ME, COLLEAGUE, "2026-05-05", InsideAskState::Answered),
            ask(5, ME, COLLEAGUE, "2026-06-20", InsideAskState::Open),
            ask(6, ME, COLLEAGUE, "2026-01-05", InsideAskState::Declined),
        ] {
            replica.put(row);
        }
        let asks = inside_asks_of(&replica, ME, on("2026-06-01"));
        let whats = |lines: &[InsideAskLine]| lines.iter().map(|line| line.ask.what.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!((whats(&asks.to_answer).as_str(), whats(&asks.asked).as_str()), ("2 1", "5 4"));
    }
}
