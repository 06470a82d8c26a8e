//! Reflections and actions as the phone's screens see them, derived from the replica.

use super::{Action, ActionState, Later, Moved, Reflection, did_it_move};
use crate::{
    id::{CustomerId, MeetingId, MemberId, ReflectionId},
    meeting::{Meeting, MeetingFormat},
    score::{Audience, Spread},
    survey::Rating,
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

/// What `member` wants to do next time in a meeting of `format`: what comes from `customer` first, then by date.
pub fn returning_actions(replica: &Replica, member: MemberId, customer: CustomerId, format: MeetingFormat) -> Vec<ActionLine> {
    let mut returning = open_actions(replica, member);
    returning.retain(|line| line.action.format.is_none_or(|it| it == format));
    returning.sort_by_key(|line| line.action.customer != Some(customer));
    returning
}

/// Whether what `action` is meant to move did; nothing where there is nothing to move, no start was kept, or it was let go.
pub fn movement_of(replica: &Replica, action: &Action) -> Option<Moved> {
    let (component, start) = action.component.zip(action.start.as_ref())?;
    if action.state == ActionState::Dropped {
        return None;
    }
    let score = replica.scores.get(&(action.author, Audience::Rep));
    let spread = score.and_then(|score| score.spread.get(&component)).copied().unwrap_or(Spread::BELIEVED);
    let later = |rating: &Arc<Rating>| {
        let meeting = replica.meetings.get(&rating.meeting);
        let is_later = meeting.map_or(rating.given_at, |meeting| meeting.starts_at) > start.at;
        let counts = rating.rep == action.author && rating.exclusion().is_none();
        let point = rating.counted_answers().components.get(&component).filter(|_| is_later && counts)?;
        Some(Later {
            meeting: rating.meeting,
            customer: rating.customer,
            contact: rating.contact,
            format: meeting.map(|meeting| meeting.format),
            channel: meeting.map(|meeting| meeting.channel),
            point: *point,
        })
    };
    Some(did_it_move(start, &replica.ratings.values().filter_map(later).collect::<Vec<_>>(), spread))
}

/// The day on which `member` last wrote a reflection, the place's clock being `offset_minutes` east of UTC.
pub fn last_wrote(replica: &Replica, member: MemberId, offset_minutes: i16) -> Option<NaiveDate> {
    replica.reflections.values().filter(|it| it.author == member).map(|it| it.written_at.date_at(offset_minutes)).max()
}

/// The meetings of `rep` that a reflection can be about: held, the latest first, at most `limit`.
pub fn meetings_to_reflect_on(replica: &Replica, rep: MemberId, today: NaiveDate, limit: usize) -> Vec<Arc<Meeting>> {
    let today = (today - NaiveDate::default()).num_days();
    let held = |it: &&Arc<Meeting>| it.rep == rep && it.is_held() && it.starts_at.day_at(it.offset_minutes) <= today;
    let latest = |meeting: &&Arc<Meeting>| Reverse((meeting.starts_at, meeting.id));
    let mut meetings: Vec<&Arc<Meeting>> = replica.meetings.values().filter(held).collect();
    // A few of years of meetings: these are sought out before anything is put in order.
    if limit < meetings.len() {
        meetings.select_nth_unstable_by_key(limit, latest);
        meetings.truncate(limit);
    }
    meetings.sort_by_key(latest);
    meetings.into_iter().cloned().collect()
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
    use crate::{
        meeting::MeetingStatus,
        reflection::Start,
        survey::{Answers, Component, Decision, ExclusionReason},
        sync::{
            protocol::Row,
            sample::{ME as OWN, a_meeting, a_rating, an_action, noon, on},
        },
        time::Timestamp,
    };
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
        let reflection = Some(ReflectionId(Uuid::from_u128(1)));
        Row::Action(Action { author: ME, reflection, what: id.to_string(), state, ..an_action(id, due) })
    }

    fn returning(id: u128, customer: u128, format: Option<MeetingFormat>) -> Row {
        let Row::Action(action) = action(id, "2026-06-01", ActionState::Open) else { unreachable!("an action") };
        Row::Action(Action { customer: Some(CustomerId(Uuid::from_u128(customer))), format, ..action })
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
    fn an_action_returns_before_meetings_of_its_kind_that_of_the_same_customer_first() {
        use MeetingFormat::{Discovery, Negotiation};
        let mut replica = Replica::default();
        for row in [
            returning(1, 7, Some(Discovery)),
            returning(2, 8, Some(Discovery)),
            returning(3, 8, Some(Negotiation)),
            returning(4, 7, None),
            action(5, "2026-06-01", ActionState::Done),
        ] {
            replica.put(row);
        }
        let whats = |customer, format| {
            let lines = returning_actions(&replica, ME, CustomerId(Uuid::from_u128(customer)), format);
            lines.iter().map(|line| line.action.what.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(whats(7, Discovery), "1 4 2");
        assert_eq!(whats(8, Discovery), "2 1 4");
        assert_eq!(whats(8, Negotiation), "3 4");
    }

    #[test]
    fn only_own_counted_ratings_of_later_meetings_tell_whether_it_moved() {
        let mut replica = Replica::default();
        let start = Start { at: noon("2026-05-01"), value: 50.0, low: 40.0, high: 60.0 };
        let Row::Action(plain) = action(1, "2026-06-01", ActionState::Done) else { unreachable!("an action") };
        let aimed = Action { component: Some(Component::Trust), start: Some(start), ..plain.clone() };
        let rated = |n, rep, met: &str, component| {
            let answers = Answers { components: [(component, 5)].into(), ..Answers::default() };
            let meeting = Meeting { rep, ..a_meeting(n, 1, MeetingStatus::Held, noon(met)) };
            [Row::Meeting(meeting), Row::Rating(Rating { answers, ..a_rating(n, rep, noon("2026-05-20")) })]
        };
        for rows in [
            rated(1, ME, "2026-04-30", Component::Trust),
            rated(2, REP, "2026-05-02", Component::Trust),
            rated(3, ME, "2026-05-02", Component::Value),
            rated(4, ME, "2026-05-02", Component::Trust),
            rated(5, ME, "2026-05-03", Component::Trust),
        ] {
            rows.into_iter().for_each(|row| replica.put(row));
        }
        assert_eq!(movement_of(&replica, &aimed), Some(Moved::TooEarly(2)));
        rated(6, ME, "2026-05-04", Component::Trust).into_iter().for_each(|row| replica.put(row));
        assert!(matches!(movement_of(&replica, &aimed), Some(Moved::Told(change, 3)) if change.by > 0.0));
        let by = Decision { member: REP, at: noon("2026-05-21"), note: "A try".into() };
        let left_out = replica.ratings[&a_rating(6, ME, noon("2026-05-20")).id].excluded(ExclusionReason::Test, by).expect("it counts");
        replica.put(Row::Rating(left_out));
        assert_eq!(movement_of(&replica, &aimed), Some(Moved::TooEarly(2)));
        assert_eq!(movement_of(&replica, &plain), None, "nothing to move");
        assert_eq!(movement_of(&replica, &Action { start: None, ..aimed.clone() }), None, "no start was kept");
        assert_eq!(movement_of(&replica, &Action { state: ActionState::Dropped, ..aimed }), None, "let go");
    }

    #[test]
    fn what_was_last_is_ones_own_and_not_to_come() {
        let mut replica = Replica::default();
        for (n, date, status) in
            [(1, "2026-05-04", MeetingStatus::Held), (2, "2026-05-05", MeetingStatus::Planned), (3, "2026-05-09", MeetingStatus::Held)]
        {
            replica.put(Row::Meeting(a_meeting(n, 1, status, noon(date))));
        }
        replica.put(Row::Reflection(reflection(1, OWN, noon("2026-05-03").0, "Late.")));
        replica.put(Row::Reflection(reflection(2, REP, noon("2026-05-05").0, "Early.")));
        replica.put(Row::Meeting(a_meeting(4, 1, MeetingStatus::Held, noon("2026-05-01"))));
        let days = |limit| meetings_to_reflect_on(&replica, OWN, on("2026-05-05"), limit).iter().map(|it| it.date()).collect::<Vec<_>>();
        assert_eq!(days(1), [on("2026-05-04")]);
        assert_eq!(days(9), [on("2026-05-04"), on("2026-05-01")]);
        assert_eq!(last_wrote(&replica, OWN, 0), Some(on("2026-05-03")));
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
