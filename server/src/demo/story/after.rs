//! What follows from a visit and what happens between visits: promises, reflections, actions, touches, looks.

use super::{Teller, visits::Visit};
use crate::demo::{cast::REPS, phrases};
use app::{
    account::{Absence, Viewed, Viewing},
    id::{AbsenceId, ActionId, PromiseId, ReflectionId, TouchId, ViewingId},
    meeting::{Meeting, Touch, TouchKind},
    promise::{Promise, PromiseState, Report},
    reflection::{Action, ActionState, Reflection, Start},
    survey::{Component, PromiseAnswer},
    sync::protocol::Mutation,
    time::Timestamp,
};
use chrono::{NaiveDate, TimeDelta};

/// A promise that customers can be asked about.
pub(super) struct Promised {
    pub(super) id: PromiseId,
    pub(super) due: NaiveDate,
    /// As the customer says it.
    pub(super) went: PromiseAnswer,
    pub(super) asked: bool,
}

impl Teller {
    /// Makes one or two promises at some visits, and settles most of them in time.
    pub(super) fn promise(&mut self, visit: &Visit, meeting: &Meeting, at: Timestamp) {
        let count = match self.chance.between(1, 100) {
            1..=28 => 1,
            29..=38 => 2,
            _ => 0,
        };
        for _ in 0..count {
            let (what, evidence) = self.chance.one(phrases::PROMISES);
            let days = self.chance.between(3, 24);
            let promise = Promise {
                id: PromiseId(self.chance.id(at)),
                customer: meeting.customer,
                meeting: Some(meeting.id),
                maker: meeting.rep,
                keeper: meeting.rep,
                what: what.to_owned(),
                due: meeting.date() + TimeDelta::days(days),
                evidence: evidence.to_owned(),
                state: PromiseState::Open,
                course: Default::default(),
            };
            let (state, answer, after) = match self.chance.between(1, 100) {
                1..=66 => (PromiseState::Kept, PromiseAnswer::Kept, days - 1),
                67..=79 => (PromiseState::Late, PromiseAnswer::Late, days + 4),
                80..=85 => (PromiseState::Changed, PromiseAnswer::Changed, days),
                86..=91 => (PromiseState::NotKept, PromiseAnswer::NotKept, days + 6),
                _ => (PromiseState::Open, PromiseAnswer::NotKept, days),
            };
            self.accounts[visit.account].promised.push(Promised { id: promise.id, due: promise.due, went: answer, asked: false });
            let id = promise.id;
            self.send(at, meeting.rep, Mutation::MakePromise { promise });
            if state != PromiseState::Open {
                self.send(at.plus_days(after), meeting.rep, Mutation::SettlePromise { id, state, agreed: None, at: None });
            }
            if state == PromiseState::Kept {
                let report = Report { done: format!("{evidence}."), told: "by message the same day".to_owned() };
                self.send(at.plus_days(after).plus_millis(600_000), meeting.rep, Mutation::ReportPromise { id, report });
            }
        }
    }

    /// A reflection after some visits, often with an action.
    pub(super) fn reflect(&mut self, meeting: &Meeting, at: Timestamp) {
        if !self.chance.happens(0.22) {
            return;
        }
        let (what_happened, so_what, now_what) = self.chance.one(phrases::REFLECTIONS);
        let brief = self.chance.happens(0.3);
        let text = |text: &str| if brief { String::new() } else { text.to_owned() };
        let reflection = Reflection {
            id: ReflectionId(self.chance.id(at)),
            author: meeting.rep,
            meeting: Some(meeting.id),
            written_at: at,
            what_happened: what_happened.to_owned(),
            so_what: text(so_what),
            now_what: text(now_what),
            energy: self.chance.happens(0.5).then(|| self.chance.between(2, 5) as u8),
            confidence: self.chance.happens(0.5).then(|| self.chance.between(2, 5) as u8),
            mood: self.chance.happens(0.5).then(|| self.chance.between(2, 5) as u8),
            shared: self.chance.happens(0.3),
        };
        let id = reflection.id;
        self.send(at, meeting.rep, Mutation::WriteReflection { reflection, saw: None });
        if self.chance.happens(0.7) {
            self.act(meeting, id, at);
        }
    }

    fn act(&mut self, meeting: &Meeting, reflection: ReflectionId, at: Timestamp) {
        let (what, step) = self.chance.one(phrases::ACTIONS);
        let days = self.chance.between(7, 30);
        let action = Action {
            id: ActionId(self.chance.id(at)),
            author: meeting.rep,
            reflection: Some(reflection),
            customer: Some(meeting.customer),
            contact: None,
            format: Some(meeting.format),
            what: what.to_owned(),
            due: meeting.date() + TimeDelta::days(days),
            component: Some(Component::ALL[step]),
            start: self.start(at),
            state: ActionState::Open,
        };
        let id = action.id;
        self.send(at, meeting.rep, Mutation::TakeAction { action });
        let state = match self.chance.between(1, 10) {
            1..=6 => ActionState::Done,
            7 => ActionState::Dropped,
            _ => return,
        };
        self.send(at.plus_days(days), meeting.rep, Mutation::SettleAction { id, state });
    }

    /// What the author's phone said when the action was taken: a good estimate, and less sure the longer ago.
    fn start(&mut self, at: Timestamp) -> Option<Start> {
        let weeks = self.now.days_since(at) / 7.0;
        let value = f64::from(self.chance.between(62, 78) as i32);
        let half = 8.0 + (weeks / 3.0).min(8.0).floor();
        Some(Start { at, value, low: value - half, high: value + half })
    }

    /// Calls, messages and drop-ins; none with those who are neglected since neglect began.
    pub(super) fn touches(&mut self) {
        for account in 0..self.accounts.len() {
            let (rep, customer) = (self.accounts[account].rep, self.accounts[account].customer);
            let (first, last) = (7 * REPS[rep].weeks, self.accounts[account].neglected_days.max(2));
            for _ in 0..self.chance.between(0, 5) {
                let at = self.now.plus_days(-self.chance.between(last.min(first), first));
                let touch = Touch {
                    id: TouchId(self.chance.id(at)),
                    customer,
                    rep: self.rep(rep),
                    kind: self.chance.one(&[TouchKind::Call, TouchKind::Call, TouchKind::Message, TouchKind::DropIn]),
                    at,
                    offset_minutes: 60,
                    note: self.chance.one(phrases::TOUCHES).to_owned(),
                };
                self.send(at, self.rep(rep), Mutation::RecordTouch { touch });
            }
        }
    }

    /// Thijs, one of whose customers waits, is away this week, and the manager covers; Ilse was away a month ago.
    pub(super) fn absences(&mut self) {
        for (rep, first, last, is_covered) in [(5, -3, 6, true), (8, -40, -31, false)] {
            let (member, manager) = (self.rep(rep), self.rep(REPS.len() + REPS[rep].team));
            let at = self.now.plus_days(first - 10);
            let day = |days| self.now.plus_days(days).date_at(60);
            let (from, until) = (day(first), day(last));
            let id = AbsenceId(self.chance.id(at));
            let absence = Absence { id, from, until, cover: is_covered.then_some(manager) };
            self.send(at, member, Mutation::PlanAbsence { member, absence });
        }
    }

    /// Managers looked at some of their reps' feedback.
    pub(super) fn looks(&mut self) {
        for (rep, days_ago) in [(0, 1), (4, 1), (5, 3), (0, 8), (7, 12), (9, 2), (10, 6)] {
            let (subject, manager) = (self.rep(rep), self.rep(REPS.len() + REPS[rep].team));
            let at = self.now.plus_days(-days_ago);
            let id = ViewingId(self.chance.id(at));
            let viewing = Viewing { id, viewer: manager, subject, viewed: Viewed::Score, on: at.date_at(60) };
            self.send(at, manager, Mutation::RecordViewing { viewing });
        }
    }
}
