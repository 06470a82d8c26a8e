//! Reflections and actions as the phone's screens see them, derived from the replica.

use super::{Action, ActionState, Reflection};
use crate::{
    id::{MeetingId, MemberId, ReflectionId},
    meeting::Meeting,
    sync::Replica,
};
use chrono::NaiveDate;
use std::{cmp::Reverse, sync::Arc};

/// A reflection with what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct ReflectionLine {
    /// The reflection.
    pub reflection: Arc<Reflection>,
    /// The customer met, by name, where it is about a meeting.
    pub customer: Option<String>,
}

impl ReflectionLine {
    /// The first words of it.
    pub fn title(&self) -> String {
        let Reflection { what_happened, so_what, now_what, .. } = self.reflection.as_ref();
        let first = [what_happened, so_what, now_what].into_iter().find(|text| !text.is_empty());
        first.map_or_else(|| "How it felt".to_owned(), |text| text.lines().next().unwrap_or_default().to_owned())
    }
}

/// An action with the name on it.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionLine {
    /// The action.
    pub action: Arc<Action>,
    /// With which customer, by name.
    pub customer: Option<String>,
}

/// The reflections that `author` wrote, the latest first.
pub fn reflections_of(replica: &Replica, author: MemberId) -> Vec<ReflectionLine> {
    let mut own: Vec<_> = replica.reflections.values().filter(|it| it.author == author).map(|it| line(replica, it)).collect();
    own.sort_by_key(|line| Reverse((line.reflection.written_at, line.reflection.id)));
    own
}

/// One reflection with what it is about.
pub fn reflection_line(replica: &Replica, id: ReflectionId) -> Option<ReflectionLine> {
    replica.reflections.get(&id).map(|reflection| line(replica, reflection))
}

/// What `author` wrote about `meeting`, if anything.
pub fn reflection_on(replica: &Replica, author: MemberId, meeting: MeetingId) -> Option<Arc<Reflection>> {
    replica.reflections.values().find(|it| it.author == author && it.meeting == Some(meeting)).cloned()
}

/// The actions that came from a reflection, by date.
pub fn actions_from(replica: &Replica, reflection: ReflectionId) -> Vec<ActionLine> {
    sorted(replica, |action| action.reflection == Some(reflection))
}

/// What `author` wants to do next time, by date.
pub fn open_actions(replica: &Replica, author: MemberId) -> Vec<ActionLine> {
    sorted(replica, |action| action.author == author && action.state == ActionState::Open)
}

/// What `author` did or let go, the latest first.
pub fn settled_actions(replica: &Replica, author: MemberId) -> Vec<ActionLine> {
    let mut settled = sorted(replica, |action| action.author == author && action.state != ActionState::Open);
    settled.reverse();
    settled
}

/// The meetings of `rep` that a reflection can be about: held, the latest first, at most `limit`.
pub fn meetings_to_reflect_on(replica: &Replica, rep: MemberId, today: NaiveDate, limit: usize) -> Vec<Arc<Meeting>> {
    let held = |meeting: &&Arc<Meeting>| meeting.rep == rep && meeting.is_held() && meeting.date() <= today;
    let mut meetings: Vec<Arc<Meeting>> = replica.meetings.values().filter(held).cloned().collect();
    meetings.sort_by_key(|meeting| Reverse((meeting.starts_at, meeting.id)));
    meetings.truncate(limit);
    meetings
}

fn line(replica: &Replica, reflection: &Arc<Reflection>) -> ReflectionLine {
    let meeting = reflection.meeting.and_then(|id| replica.meetings.get(&id));
    let customer = meeting.and_then(|meeting| replica.customers.get(&meeting.customer)).map(|customer| customer.name.clone());
    ReflectionLine { reflection: reflection.clone(), customer }
}

fn sorted(replica: &Replica, wanted: impl Fn(&Action) -> bool) -> Vec<ActionLine> {
    let name = |action: &Action| action.customer.and_then(|id| replica.customers.get(&id)).map(|customer| customer.name.clone());
    let mut lines: Vec<ActionLine> = replica
        .actions
        .values()
        .filter(|action| wanted(action))
        .map(|action| ActionLine { action: action.clone(), customer: name(action) })
        .collect();
    lines.sort_by_key(|line| (line.action.due, line.action.id));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::ActionId, sync::protocol::Row, time::Timestamp};
    use uuid::Uuid;

    const ME: MemberId = MemberId(Uuid::from_u128(1));
    const REP: MemberId = MemberId(Uuid::from_u128(2));

    fn reflection(id: u128, author: MemberId, at: i64, text: &str) -> Reflection {
        Reflection {
            id: ReflectionId(Uuid::from_u128(id)),
            author,
            meeting: None,
            written_at: Timestamp(at),
            what_happened: String::new(),
            so_what: text.into(),
            now_what: String::new(),
            energy: None,
            confidence: None,
            mood: None,
            shared: author != ME,
        }
    }

    fn action(id: u128, due: &str, state: ActionState) -> Row {
        Row::Action(Action {
            id: ActionId(Uuid::from_u128(id)),
            author: ME,
            reflection: Some(ReflectionId(Uuid::from_u128(1))),
            customer: None,
            contact: None,
            format: None,
            what: id.to_string(),
            due: due.parse().expect("a date"),
            component: None,
            state,
        })
    }

    #[test]
    fn only_ones_own_reflections_are_listed_the_latest_first() {
        let mut replica = Replica::default();
        for (id, author, at) in [(1, ME, 10), (2, ME, 20), (3, REP, 30)] {
            replica.put(Row::Reflection(reflection(id, author, at, "They were in a hurry.\nAsk earlier.")));
        }
        let lines = reflections_of(&replica, ME);
        assert_eq!(lines.iter().map(|line| line.reflection.written_at.0).collect::<Vec<_>>(), [20, 10]);
        assert_eq!(lines[0].title(), "They were in a hurry.");
        assert_eq!(reflections_of(&replica, REP).len(), 1);
    }

    #[test]
    fn a_reflection_of_taps_alone_has_a_title() {
        let mut replica = Replica::default();
        replica.put(Row::Reflection(reflection(1, ME, 10, "")));
        assert_eq!(reflections_of(&replica, ME)[0].title(), "How it felt");
    }

    #[test]
    fn open_actions_come_by_date_and_settled_ones_the_latest_first() {
        let mut replica = Replica::default();
        for row in [
            action(1, "2026-06-09", ActionState::Open),
            action(2, "2026-06-02", ActionState::Open),
            action(3, "2026-05-01", ActionState::Done),
            action(4, "2026-05-09", ActionState::Dropped),
        ] {
            replica.put(row);
        }
        let whats = |lines: Vec<ActionLine>| lines.iter().map(|line| line.action.what.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!(whats(open_actions(&replica, ME)), "2 1");
        assert_eq!(whats(settled_actions(&replica, ME)), "4 3");
        assert_eq!(whats(actions_from(&replica, ReflectionId(Uuid::from_u128(1)))), "3 4 2 1");
        assert!(open_actions(&replica, REP).is_empty());
    }
}
