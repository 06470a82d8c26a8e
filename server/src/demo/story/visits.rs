//! When who visits whom, and what is noted.

use super::Teller;
use crate::demo::{
    cast::{REPS, ZONE},
    phrases,
};
use app::{
    id::{ContactId, MeetingId, MemberId},
    meeting::{Channel, Meeting, MeetingFormat, MeetingStatus, Notes},
    sync::protocol::Mutation,
    time::Timestamp,
};
use chrono::{Datelike, NaiveDate, NaiveTime, Offset, TimeZone, Weekday};
use std::collections::BTreeSet;

/// Visits of the half year.
const VISITS: usize = 300;
/// When visits begin.
const SLOTS: [(u32, u32); 5] = [(9, 0), (10, 30), (13, 0), (14, 30), (16, 0)];

/// A visit that was to take place.
pub(super) struct Visit {
    /// Index of the account.
    pub(super) account: usize,
    /// How manieth there, from 0.
    pub(super) nth: usize,
    pub(super) starts_at: Timestamp,
    pub(super) offset_minutes: i16,
}

impl Teller {
    /// Every visit in the order of time, spread evenly per customer up to yesterday or to where neglect begins.
    pub(super) fn visits(&mut self) -> Vec<Visit> {
        let is_new = |rep: usize| REPS[rep].weeks < 10;
        let new = self.accounts.iter().filter(|account| is_new(account.rep)).count();
        let (each, more) = ((VISITS - 2 * new) / (self.accounts.len() - new), (VISITS - 2 * new) % (self.accounts.len() - new));
        let (mut visits, mut taken, mut established) = (Vec::new(), BTreeSet::new(), 0);
        for account in 0..self.accounts.len() {
            let (rep, neglected_days) = (self.accounts[account].rep, self.accounts[account].neglected_days);
            let count = if is_new(rep) { 2 } else { each + usize::from(established < more) };
            established += usize::from(!is_new(rep));
            let first = 7 * REPS[rep].weeks;
            let last = neglected_days.min(first - 14).max(1);
            for nth in 0..count {
                // Oldest first; one part of the time each.
                let (from, to) =
                    (first - (first - last) * nth as i64 / count as i64, first - (first - last) * (nth as i64 + 1) / count as i64);
                let (starts_at, offset_minutes) = self.slot(rep, (to, from), &mut taken);
                visits.push(Visit { account, nth, starts_at, offset_minutes });
            }
        }
        visits.sort_by_key(|visit| visit.starts_at);
        visits
    }

    /// A free slot of `rep` between so many days ago and so many.
    fn slot(&mut self, rep: usize, days_ago: (i64, i64), taken: &mut BTreeSet<(usize, NaiveDate, usize)>) -> (Timestamp, i16) {
        loop {
            let ago = self.chance.between(days_ago.0, days_ago.1);
            let mut date = self.now.plus_days(-ago).date_at(60);
            while matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
                date = date.pred_opt().unwrap_or(date);
            }
            let slot = self.chance.between(0, SLOTS.len() as i64 - 1) as usize;
            if taken.insert((rep, date, slot)) {
                return at(date, slot);
            }
        }
    }

    /// One visit with all that follows from it.
    pub(super) fn visit(&mut self, visit: &Visit) {
        let account = &self.accounts[visit.account];
        let (customer, rep, index) = (account.customer, self.rep(account.rep), account.rep);
        let mut contacts: Vec<ContactId> = account.contacts.clone();
        self.chance.shuffle(&mut contacts);
        let present = if self.chance.happens(0.04) { 0 } else { self.chance.between(1, 2) as usize };
        contacts.truncate(present);
        let status = match self.chance.between(1, 100) {
            1..=4 => MeetingStatus::Cancelled,
            5..=6 => MeetingStatus::NoShow,
            _ => MeetingStatus::Held,
        };
        let meeting = Meeting {
            id: MeetingId(self.chance.id(visit.starts_at)),
            customer,
            rep,
            format: self.format(visit),
            status,
            starts_at: visit.starts_at,
            offset_minutes: visit.offset_minutes,
            length_minutes: self.chance.one(&[30, 45, 60, 60, 60, 90]),
            channel: self.chance.one(&[Channel::InPerson, Channel::InPerson, Channel::InPerson, Channel::Video, Channel::Phone]),
            contacts,
            colleagues: self.colleague(index).into_iter().collect(),
            notes: self.notes(),
            corrections: vec![],
            version: 0,
            history: Default::default(),
            calendar: None,
        };
        let logged_at = visit.starts_at.plus_millis(i64::from(meeting.length_minutes + 15) * 60_000);
        self.send(logged_at, rep, Mutation::CreateMeeting { meeting: meeting.clone() });
        if meeting.is_held() {
            self.ask(visit, &meeting, logged_at);
            self.promise(visit, &meeting, logged_at);
            self.reflect(&meeting, logged_at);
        }
    }

    fn format(&mut self, visit: &Visit) -> MeetingFormat {
        // Half of the customers are new at the start and take the formats in their order.
        match (visit.account % 2, visit.nth) {
            (0, nth @ 0..=3) => MeetingFormat::ALL[nth],
            _ => self.chance.one(&[
                MeetingFormat::Relationship,
                MeetingFormat::Relationship,
                MeetingFormat::Discovery,
                MeetingFormat::Presentation,
                MeetingFormat::Negotiation,
            ]),
        }
    }

    fn notes(&mut self) -> Notes {
        let mut some = |probability: f64, of: &[&str]| match self.chance.happens(probability) {
            true => self.chance.one(of).to_owned(),
            false => String::new(),
        };
        Notes {
            matters: some(0.6, phrases::MATTERS),
            success: some(0.3, phrases::SUCCESS),
            roadblocks: some(0.2, phrases::ROADBLOCKS),
            next_step: some(0.55, phrases::NEXT_STEPS),
            ..Notes::default()
        }
    }

    /// Visits that are planned for the coming days, at least one of each rep; not with those who are neglected.
    pub(super) fn plan_visits(&mut self) {
        let (mut taken, mut planning) = (BTreeSet::new(), BTreeSet::new());
        for account in 0..self.accounts.len() {
            let (rep, customer) = (self.accounts[account].rep, self.accounts[account].customer);
            let is_neglected = self.accounts[account].neglected_days > 0;
            if is_neglected || !(planning.insert(rep) || self.chance.happens(0.5)) {
                continue;
            }
            let contact = self.accounts[account].contacts[0];
            let (starts_at, offset_minutes) = self.slot(rep, (-12, -1), &mut taken);
            let planned_at = self.now.plus_days(-self.chance.between(1, 9));
            let meeting = Meeting {
                id: MeetingId(self.chance.id(planned_at)),
                customer,
                rep: self.rep(rep),
                format: self.chance.one(&MeetingFormat::ALL),
                status: MeetingStatus::Planned,
                starts_at: starts_at.max(self.now.plus_millis(3_600_000)),
                offset_minutes,
                length_minutes: 60,
                channel: Channel::InPerson,
                contacts: vec![contact],
                colleagues: vec![],
                notes: Notes::default(),
                corrections: vec![],
                version: 0,
                history: Default::default(),
                calendar: None,
            };
            self.send(planned_at, self.rep(rep), Mutation::CreateMeeting { meeting });
        }
    }

    /// Sometimes a colleague of the team comes along.
    fn colleague(&mut self, rep: usize) -> Option<MemberId> {
        if !self.chance.happens(0.1) {
            return None;
        }
        let team: Vec<usize> = (0..REPS.len()).filter(|other| *other != rep && REPS[*other].team == REPS[rep].team).collect();
        let other = self.chance.one(&team);
        Some(self.rep(other))
    }
}

/// The instant of a slot on a date, with that place's distance from UTC.
fn at(date: NaiveDate, slot: usize) -> (Timestamp, i16) {
    let (hour, minute) = SLOTS[slot];
    let local = date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).expect("slots are times of day"));
    let at = ZONE.from_local_datetime(&local).earliest().expect("clocks are changed at night");
    let offset = at.offset().fix().local_minus_utc() / 60;
    (Timestamp(at.timestamp_millis()), i16::try_from(offset).expect("no place is further than a day from UTC"))
}
