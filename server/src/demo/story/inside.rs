//! What colleagues do for each other's customers, promises kept for another and questions asked inside; and what went wrong.

use super::Teller;
use crate::demo::phrases;
use app::{
    id::{InsideAskId, PromiseId, RecoveryCaseId},
    promise::{Course, InsideAsk, InsideAskState, KeeperAnswer, Promise, PromiseState},
    recovery::{Cause, RecoveryCase},
    sync::protocol::Mutation,
};
use chrono::TimeDelta;
use std::collections::BTreeMap;

impl Teller {
    /// Promises whose keeper is a colleague, with every answer that a keeper gives. The first two concern the first rep.
    pub(super) fn promise_for_colleagues(&mut self) {
        let no = || KeeperAnswer::Cannot { why: "The parts come in July. I can bring a loan machine until then.".to_owned() };
        let answers = [
            (0, 1, KeeperAnswer::Can),
            (1, 0, KeeperAnswer::Unsaid),
            (0, 2, no()),
            (2, 0, KeeperAnswer::Can),
            (4, 3, KeeperAnswer::Unsaid),
        ];
        for (nth, (maker, keeper, answer)) in (0..).zip(answers) {
            let Some(customer) = self.accounts.iter().filter(|account| account.rep == maker).nth(1).map(|account| account.customer) else {
                continue;
            };
            let at = self.now.plus_days(-4).plus_millis(nth * 3_600_000);
            let (maker, keeper) = (self.rep(maker), self.rep(keeper));
            let (what, evidence) = self.chance.one(phrases::KEPT_FOR_OTHERS);
            let promise = Promise {
                id: PromiseId(self.chance.id(at)),
                customer,
                meeting: None,
                maker,
                keeper,
                what: what.to_owned(),
                due: self.now.date_at(60) + TimeDelta::days(5 + nth),
                evidence: evidence.to_owned(),
                state: PromiseState::Open,
                course: Course::default(),
            };
            let id = promise.id;
            self.send(at, maker, Mutation::MakePromise { promise });
            if !answer.is_unsaid() {
                self.send(at.plus_days(1), keeper, Mutation::AnswerPromise { id, answer });
            }
        }
    }

    /// What two reps noticed themselves and have begun, or not yet, to make right.
    pub(super) fn notice_what_went_wrong(&mut self) {
        for (rep, days_ago) in [(0, 1), (4, 3)] {
            let Some(customer) = self.accounts.iter().filter(|account| account.rep == rep).nth(2).map(|account| account.customer) else {
                continue;
            };
            let (at, rep) = (self.now.plus_days(-days_ago), self.rep(rep));
            let case = RecoveryCase {
                id: RecoveryCaseId(self.chance.id(at)),
                customer,
                rep,
                cause: Cause::ByHand,
                what: self.chance.one(phrases::WENT_WRONG).to_owned(),
                opened_at: at,
                steps: BTreeMap::new(),
                closed_at: None,
            };
            self.send(at, rep, Mutation::OpenRecovery { case });
        }
    }

    /// Customers' wishes put to colleagues: two wait, two are answered.
    pub(super) fn ask_inside(&mut self) {
        let asked = [(0, 3, false), (0, 1, true), (5, 0, false), (2, 0, true)];
        for (nth, (from, to, is_answered)) in (0..).zip(asked) {
            let Some(customer) = self.accounts.iter().find(|account| account.rep == from).map(|account| account.customer) else { continue };
            let at = self.now.plus_days(-3).plus_millis(nth * 3_600_000);
            let (from, to) = (self.rep(from), self.rep(to));
            let (what, answer) = self.chance.one(phrases::ASKED_INSIDE);
            let ask = InsideAsk {
                id: InsideAskId(self.chance.id(at)),
                customer,
                from,
                to,
                what: what.to_owned(),
                by: self.now.date_at(60) + TimeDelta::days(nth),
                asked_at: at,
                customer_name: String::new(),
                state: InsideAskState::Open,
                answer: String::new(),
            };
            let id = ask.id;
            self.send(at, from, Mutation::AskInside { ask });
            if is_answered {
                let answered = Mutation::AnswerInsideAsk { id, state: InsideAskState::Answered, text: answer.to_owned() };
                self.send(at.plus_days(1), to, answered);
            }
        }
    }
}
