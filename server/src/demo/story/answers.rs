//! Who is asked, and what customers answer.

use super::{Deed, Event, Teller, visits::Visit};
use crate::demo::{cast::REPS, phrases};
use app::{
    id::{InvitationId, PromiseId, RatingId},
    meeting::Meeting,
    organisation::Rules,
    survey::{Answers, Ask, Component, FollowUp, Invitation, InvitationState, PROMISES_ASKED_MAX, PromiseAnswer, Way, ask},
    sync::protocol::Mutation,
    time::Timestamp,
};

impl Teller {
    /// Asks the first contact who is due, if the rep thinks of it.
    pub(super) fn ask(&mut self, visit: &Visit, meeting: &Meeting, at: Timestamp) {
        let rep = self.accounts[visit.account].rep;
        let rules = Rules::default();
        let due = |contact: &_| ask(Some(*contact), meeting.rep, &self.invitations, &rules, at, meeting.offset_minutes) == Ask::Today;
        let Some(contact) = meeting.contacts.iter().copied().find(due) else { return };
        if !self.chance.happens(REPS[rep].asks) {
            return;
        }
        let way = if self.chance.happens(0.45) { Way::Handover } else { Way::Link };
        let invitation = Invitation {
            id: InvitationId(self.chance.id(at)),
            meeting: meeting.id,
            customer: meeting.customer,
            contact: Some(contact),
            rep: meeting.rep,
            way,
            asked_at: at,
            state: InvitationState::Asked,
        };
        self.invitations.push(invitation.clone());
        self.events.push(Event { at, actor: meeting.rep, deed: Deed::Ask(invitation.clone()) });
        let minutes = |minutes: i64| at.plus_millis(minutes * 60_000);
        let given_at = match (way, self.chance.between(1, 100)) {
            (Way::Handover, 1..=8) => {
                let settled = Mutation::SettleInvitation { id: invitation.id, state: InvitationState::NotNow };
                return self.send(minutes(1), meeting.rep, settled);
            }
            (Way::Handover, _) => minutes(3),
            (Way::Link, 1..=62) => minutes(self.chance.between(20, 2_400)),
            (Way::Link, _) => return,
        };
        let answers = self.answers(visit, meeting, given_at);
        let rating = RatingId(self.chance.id(given_at));
        if way == Way::Handover {
            self.add_context(meeting, &answers, rating, given_at);
        }
        self.events.push(Event { at: given_at, actor: meeting.rep, deed: Deed::Answer { rating, invitation, answers } });
    }

    /// What the customer felt, as points and words.
    fn answers(&mut self, visit: &Visit, meeting: &Meeting, at: Timestamp) -> Answers {
        let account = &self.accounts[visit.account];
        let rep = &REPS[account.rep];
        let learnt = if self.now.days_since(meeting.starts_at) < 91.0 { rep.learnt } else { 0.0 };
        let felt = rep.skill + learnt + account.leaning + self.chance.normal(0.35);
        let mut answers = Answers::default();
        for (step, component) in Component::ALL.into_iter().enumerate() {
            let strength = if step == rep.best {
                0.35
            } else if step == rep.hardest {
                -0.35
            } else {
                0.0
            };
            let point = (felt + strength + self.chance.normal(0.4)).round().clamp(1.0, 5.0);
            if !self.chance.happens(0.05) {
                answers.components.insert(component, point as u8);
            }
        }
        if self.chance.happens(0.4) {
            answers.recommend = Some(((felt - 1.0) * 2.4 + self.chance.normal(1.0)).round().clamp(0.0, 10.0) as u8);
        }
        let unhappy = answers.is_unhappy(&Rules::default());
        let (probability, phrases) = match felt {
            _ if unhappy => (0.75, phrases::UNHAPPY),
            ..4.0 => (0.3, phrases::FAIR),
            _ => (0.45, phrases::HAPPY),
        };
        if self.chance.happens(probability) {
            answers.comment = self.chance.one(phrases).to_owned();
        }
        answers.follow_up = match (unhappy, self.chance.between(1, 100)) {
            (true, 1..=25) => FollowUp::SomeoneElse,
            (true, 26..=50) | (false, 1..=6) => FollowUp::Rep,
            _ => FollowUp::No,
        };
        answers.hide_name = self.chance.happens(if unhappy { 0.15 } else { 0.05 });
        for (promise, went) in self.promises_to_ask(visit.account, at) {
            answers.promises.insert(promise, went);
        }
        if answers.components.is_empty() {
            answers.components.insert(Component::Listening, 4);
        }
        answers
    }

    /// Promises to this customer that fell due and were not asked about yet, and how they went.
    fn promises_to_ask(&mut self, account: usize, at: Timestamp) -> Vec<(PromiseId, PromiseAnswer)> {
        let today = at.date_at(60);
        let due = self.accounts[account].promised.iter_mut().filter(|promised| !promised.asked && promised.due <= today);
        due.take(PROMISES_ASKED_MAX)
            .map(|promised| {
                promised.asked = true;
                (promised.id, promised.went)
            })
            .collect()
    }

    /// Now and then a rep adds context to a rating that hurt. (A rating by link gets its id from the server.)
    fn add_context(&mut self, meeting: &Meeting, answers: &Answers, rating: RatingId, given_at: Timestamp) {
        let old_enough = self.now.days_since(given_at) > 6.0;
        if old_enough && answers.is_unhappy(&Rules::default()) && !answers.hide_name && self.chance.happens(0.7) {
            let context = self.chance.one(phrases::CONTEXTS).to_owned();
            let deed = Deed::Send(Mutation::AddContext { id: rating, context });
            self.afterwards.push(Event { at: self.now, actor: meeting.rep, deed });
        }
    }
}
