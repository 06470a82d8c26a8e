//! A look in the mirror: the seven shortfalls of sales, each as cases that show it among cases that could.

use super::{
    Span,
    store::{meetings_in, own_customers, touches_in},
};
use crate::{
    id::{CustomerId, MemberId},
    meeting::{Meeting, MeetingFormat},
    promise::{Promise, PromiseState},
    sync::Replica,
    time::Timestamp,
};
use chrono::NaiveDate;
use std::{collections::BTreeSet, sync::Arc};

/// What customers most often miss in people who sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// They do not hear from us.
    Indifference,
    /// We offer before we ask.
    Flogging,
    /// We do not look for what is in their way.
    LittleProblemSolving,
    /// What was promised does not come.
    NoFollowUp,
    /// Nobody speaks up for them inside.
    LittleAdvocacy,
    /// We do not know what makes them special.
    NoSecrets,
    /// What went wrong is left so.
    NoRecovery,
}

/// What the logs say about one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub shortfall: Shortfall,
    /// Cases that show it ...
    pub found: usize,
    /// ... among so many.
    pub of: usize,
}

/// What a check comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Too few cases to tell.
    TooEarly,
    /// Nothing to worry about.
    Fine,
    /// Worth a look.
    Look,
}

/// Cases before anything is said.
const CASES_TO_TELL: usize = 3;
/// Days within which an unhappy customer hears from us.
const RECOVERY_DAYS: i64 = 7;

impl Check {
    /// What it comes to. One customer left unhappy is one too many; of the others a part is everybody's.
    pub fn says(self) -> Says {
        let (cases, part, whole) = match self.shortfall {
            Shortfall::Indifference | Shortfall::LittleProblemSolving | Shortfall::NoSecrets => (CASES_TO_TELL, 1, 2),
            Shortfall::Flogging => (CASES_TO_TELL, 1, 3),
            Shortfall::NoFollowUp => (CASES_TO_TELL, 1, 4),
            Shortfall::LittleAdvocacy => (CASES_TO_TELL, 3, 4),
            Shortfall::NoRecovery => (1, 0, 1),
        };
        match self {
            Self { of, .. } if of < cases => Says::TooEarly,
            Self { found, of, .. } if found > 0 && found * whole >= of * part => Says::Look,
            _ => Says::Fine,
        }
    }
}

/// All seven for `member`, in `span` on `today`.
pub fn self_check(replica: &Replica, member: MemberId, span: Span, today: NaiveDate) -> [Check; 7] {
    let logs = Logs::of(replica, member, span, today);
    let check = |shortfall, (found, of)| Check { shortfall, found, of };
    [
        check(Shortfall::Indifference, logs.silent()),
        check(Shortfall::Flogging, logs.offered_unasked()),
        check(Shortfall::LittleProblemSolving, logs.without_a_problem()),
        check(Shortfall::NoFollowUp, logs.promises_missed()),
        check(Shortfall::LittleAdvocacy, logs.without_a_colleague()),
        check(Shortfall::NoSecrets, logs.unknown()),
        check(Shortfall::NoRecovery, logs.left_unhappy()),
    ]
}

/// What the phone holds, as far as the checks look.
struct Logs<'r> {
    replica: &'r Replica,
    member: MemberId,
    span: Span,
    today: NaiveDate,
    meetings: Vec<&'r Arc<Meeting>>,
    met: BTreeSet<CustomerId>,
}

impl<'r> Logs<'r> {
    fn of(replica: &'r Replica, member: MemberId, span: Span, today: NaiveDate) -> Self {
        let meetings: Vec<_> = meetings_in(replica, member, span, today).filter(|it| it.rep == member).collect();
        let met = meetings.iter().map(|meeting| meeting.customer).collect();
        Self { replica, member, span, today, meetings, met }
    }

    /// Own customers without a word from us.
    fn silent(&self) -> (usize, usize) {
        let touched: BTreeSet<CustomerId> = touches_in(self.replica, self.member, self.span, self.today).map(|it| it.customer).collect();
        let joined: BTreeSet<CustomerId> = meetings_in(self.replica, self.member, self.span, self.today).map(|it| it.customer).collect();
        // Who came to be looked after only lately had no chance to hear from us.
        let own: Vec<CustomerId> = own_customers(self.replica, self.member)
            .filter(|it| !self.span.holds(it.owned_since, self.today))
            .map(|customer| customer.id)
            .collect();
        (own.iter().filter(|customer| !touched.contains(customer) && !joined.contains(customer)).count(), own.len())
    }

    /// Presentations and negotiations before which nobody of us asked.
    fn offered_unasked(&self) -> (usize, usize) {
        let asks = |format| matches!(format, MeetingFormat::Introductory | MeetingFormat::Discovery | MeetingFormat::Relationship);
        let offers = |format| matches!(format, MeetingFormat::Presentation | MeetingFormat::Negotiation);
        let offered: Vec<_> = self.meetings.iter().filter(|it| offers(it.format)).collect();
        // When each customer was first asked: one look at the meetings, however many offers there were.
        let mut asked: std::collections::BTreeMap<CustomerId, Timestamp> = Default::default();
        for meeting in self.replica.meetings.values().filter(|it| it.is_held() && asks(it.format)) {
            let first = asked.entry(meeting.customer).or_insert(meeting.starts_at);
            *first = (*first).min(meeting.starts_at);
        }
        let unasked = offered.iter().filter(|offer| asked.get(&offer.customer).is_none_or(|first| *first >= offer.starts_at));
        (unasked.count(), offered.len())
    }

    /// Meetings from which nothing came that is in the customer's way or helps.
    fn without_a_problem(&self) -> (usize, usize) {
        let is_bare = |it: &&&Arc<Meeting>| {
            let notes = &it.notes;
            [&notes.success, &notes.roadblocks, &notes.moving_targets, &notes.innovations].iter().all(|note| note.trim().is_empty())
        };
        (self.meetings.iter().filter(is_bare).count(), self.meetings.len())
    }

    /// Own promises that fell due and came late, not at all, or are still open.
    fn promises_missed(&self) -> (usize, usize) {
        let is_due = |it: &&Arc<Promise>| it.keeper == self.member && self.span.holds(it.due, self.today) && it.due < self.today;
        let due: Vec<_> = self.replica.promises.values().filter(is_due).collect();
        let missed = |it: &&&Arc<Promise>| matches!(it.state, PromiseState::Open | PromiseState::Late | PromiseState::NotKept);
        (due.iter().filter(missed).count(), due.len())
    }

    /// Customers met for whom no colleague came along or promised anything.
    fn without_a_colleague(&self) -> (usize, usize) {
        let came = self.meetings.iter().filter(|it| !it.colleagues.is_empty()).map(|it| it.customer);
        let asked = self.replica.promises.values().filter(|it| it.maker == self.member && it.keeper != self.member).map(|it| it.customer);
        let helped: BTreeSet<CustomerId> = came.chain(asked).collect();
        (self.met.difference(&helped).count(), self.met.len())
    }

    /// Customers met about whose people nobody wrote down anything.
    fn unknown(&self) -> (usize, usize) {
        let known: BTreeSet<CustomerId> = self.replica.insights.by_customer().keys().copied().collect();
        (self.met.difference(&known).count(), self.met.len())
    }

    /// Unhappy ratings of more than a week ago that no word from us followed within a week.
    fn left_unhappy(&self) -> (usize, usize) {
        let rules = self.replica.rules();
        let until = |given: Timestamp| given.plus_days(RECOVERY_DAYS);
        let unhappy: Vec<(CustomerId, Timestamp)> = self
            .replica
            .ratings
            .values()
            .filter(|it| it.rep == self.member && it.exclusion().is_none() && it.answers.is_unhappy(&rules))
            .filter(|it| self.span.holds(it.given_at.date_at(0), self.today) && until(it.given_at).date_at(0) < self.today)
            .map(|it| (it.customer, it.given_at))
            .collect();
        let heard = |customer: CustomerId, given: Timestamp| {
            let within = |at: Timestamp| at > given && at <= until(given);
            self.replica.touches.at(customer).iter().any(|it| within(it.at))
                || self.replica.meetings.at(customer).iter().any(|it| it.is_held() && within(it.starts_at))
        };
        (unhappy.iter().filter(|(customer, given)| !heard(*customer, *given)).count(), unhappy.len())
    }
}

#[cfg(test)]
mod tests;
