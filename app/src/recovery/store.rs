//! Cases as the phone's screens see them, derived from the replica.

use super::{Cause, Outcome, RecoveryCase, first_contact, outcome};
use crate::{
    id::{ContactId, CustomerId, MeetingId, MemberId},
    meeting::Meeting,
    survey::{Ask, Rating, ask},
    sync::Replica,
    text::alphabetical,
    time::Timestamp,
};
use std::{cmp::Reverse, sync::Arc};

/// A case with what is derived of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLine {
    /// The case.
    pub case: Arc<RecoveryCase>,
    /// With whom, by name.
    pub customer: String,
    /// Who makes it right, by name, where that is somebody else than the reader.
    pub rep: Option<String>,
    /// What was promised, where it is about a promise that the phone holds.
    pub promised: Option<String>,
    /// When somebody was first in touch since.
    pub first_contact: Option<Timestamp>,
    /// What came of it.
    pub outcome: Outcome,
}

/// `case` as `reader` reads it.
pub fn case_line(replica: &Replica, case: &Arc<RecoveryCase>, reader: MemberId) -> CaseLine {
    let promised = match case.cause {
        Cause::NotKept(promise) | Cause::SaidNotKept(promise) => replica.promises.get(&promise).map(|promise| promise.what.clone()),
        Cause::Rating(_) | Cause::ByHand => None,
    };
    let met = replica.meetings.at(case.customer).iter().filter(|it| it.is_held()).map(|it| it.starts_at);
    let touched = replica.touches.at(case.customer).iter().map(|it| it.at);
    CaseLine {
        case: case.clone(),
        customer: replica.customer_name(case.customer, "A customer").to_owned(),
        rep: (case.rep != reader).then(|| replica.member_name(case.rep)),
        promised,
        first_contact: first_contact(case.opened_at, met.chain(touched)),
        outcome: outcome_of(replica, case),
    }
}

fn outcome_of(replica: &Replica, case: &RecoveryCase) -> Outcome {
    let met_at = |rating: &Rating| replica.meetings.get(&rating.meeting).map(|meeting| meeting.starts_at);
    let ratings = replica.ratings.at(case.customer).iter();
    outcome(case, ratings.filter_map(|rating| Some((&**rating, met_at(rating)?))), &replica.rules())
}

/// Cases by what is to be done about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases {
    /// The reader's own, to be made right: the longest open first.
    pub open: Vec<CaseLine>,
    /// The reader's own, closed: the latest first.
    pub closed: Vec<CaseLine>,
    /// Open ones of the reader's people, the longest open first.
    pub of_people: Vec<CaseLine>,
}

impl Cases {
    /// How many the reader made right, as customers showed.
    pub fn made_right(&self) -> usize {
        self.closed.iter().filter(|line| line.outcome == Outcome::Succeeded).count()
    }
}

/// Every case that `reader` may see, by what is to be done.
pub fn cases_of(replica: &Replica, reader: MemberId) -> Cases {
    let mut lines: Vec<CaseLine> = replica.recovery_cases.values().map(|case| case_line(replica, case, reader)).collect();
    lines.sort_by_key(|line| (line.case.opened_at, line.case.id));
    let (own, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.case.rep == reader);
    let (open, mut closed): (Vec<_>, Vec<_>) = own.into_iter().partition(|line| line.case.is_open());
    closed.sort_by_key(|line| Reverse((line.case.closed_at, line.case.id)));
    let of_people = others.into_iter().filter(|line| line.case.is_open() && replica.manages(reader, line.case.rep)).collect();
    Cases { open, closed, of_people }
}

/// The cases at `customer` that are still open, the longest first.
pub fn open_cases_at(replica: &Replica, customer: CustomerId) -> Vec<Arc<RecoveryCase>> {
    let mut cases: Vec<_> = replica.recovery_cases.at(customer).iter().filter(|case| case.is_open()).cloned().collect();
    cases.sort_by_key(|case| (case.opened_at, case.id));
    cases
}

/// `rep`'s own cases that are still open, the longest first.
pub fn open_cases_of(replica: &Replica, rep: MemberId) -> Vec<Arc<RecoveryCase>> {
    let mut cases: Vec<_> = replica.recovery_cases.values().filter(|case| case.rep == rep && case.is_open()).cloned().collect();
    cases.sort_by_key(|case| (case.opened_at, case.id));
    cases
}

/// The most of what is worth knowing that is shown beside a gesture.
const IDEAS_MAX: usize = 3;

/// What is worth knowing about the people whom a gesture may be for, with their names: whoever rated, else everybody there; the latest first.
pub fn gesture_ideas(replica: &Replica, case: &RecoveryCase) -> Vec<(String, String)> {
    let rater = rater(replica, case);
    let mut insights: Vec<_> =
        replica.insights.at(case.customer).iter().filter(|insight| rater.is_none_or(|rater| rater == insight.contact)).collect();
    insights.sort_by_key(|insight| Reverse((insight.written_at, insight.id)));
    let idea = |insight: &Arc<crate::customer::Insight>| {
        let name = replica.contacts.get(&insight.contact)?.name.clone();
        Some((name, insight.text.clone()))
    };
    insights.into_iter().filter_map(idea).take(IDEAS_MAX).collect()
}

fn rater(replica: &Replica, case: &RecoveryCase) -> Option<ContactId> {
    match case.cause {
        Cause::Rating(rating) => replica.ratings.get(&rating)?.contact,
        _ => None,
    }
}

/// How the customer can be asked again.
#[derive(Clone, Debug, PartialEq)]
pub struct AskAgain {
    /// The latest meeting since the case opened, which can be rated; without one a visit comes first.
    pub meeting: Option<MeetingId>,
    /// Whoever there can be asked, by name, and whether today.
    pub people: Vec<(String, Ask)>,
}

/// Whom to ask again about `case` at `now`, by the rule that holds for every request.
pub fn ask_again(replica: &Replica, case: &RecoveryCase, now: Timestamp, offset_minutes: i16) -> AskAgain {
    let rules = replica.rules();
    let since = |meeting: &&Arc<Meeting>| meeting.rep == case.rep && meeting.is_held() && meeting.starts_at >= case.opened_at;
    let meeting = replica.meetings.at(case.customer).iter().filter(since).max_by_key(|meeting| (meeting.starts_at, meeting.id));
    let rater = rater(replica, case);
    let is_concerned = |id: ContactId| match meeting.filter(|meeting| !meeting.contacts.is_empty()) {
        Some(meeting) => meeting.contacts.contains(&id),
        None => rater.is_none_or(|rater| rater == id),
    };
    let mut contacts: Vec<_> =
        replica.contacts.at(case.customer).iter().filter(|contact| !contact.archived && is_concerned(contact.id)).collect();
    contacts.sort_by_cached_key(|contact| (alphabetical(&contact.name), contact.id));
    let may = |contact: ContactId| ask(Some(contact), case.rep, replica.invitations.values().map(Arc::as_ref), &rules, now, offset_minutes);
    let people = contacts.into_iter().map(|contact| (contact.name.clone(), may(contact.id))).collect();
    AskAgain { meeting: meeting.map(|meeting| meeting.id), people }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        customer::{Contact, Insight},
        id::{InsightId, InvitationId, RatingId, RecoveryCaseId},
        meeting::MeetingStatus,
        survey::{Component, Invitation, InvitationState, Way, WhyNot},
        sync::{
            protocol::Row,
            sample::{ME, a_contact, a_customer, a_meeting, a_rating, a_touch},
        },
    };
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn case(n: u128, cause: Cause) -> RecoveryCase {
        RecoveryCase {
            id: RecoveryCaseId(Uuid::from_u128(n)),
            customer: a_customer(1).id,
            rep: ME,
            cause,
            what: String::new(),
            opened_at: NOW,
            steps: BTreeMap::new(),
            closed_at: None,
        }
    }

    /// Customer 1 with Ana and Bo; Ana gave rating 9 before the case opened.
    fn replica() -> Replica {
        let mut replica = Replica::default();
        replica.put(Row::Customer(a_customer(1)));
        for (id, name) in [(21, "Ana"), (22, "Bo")] {
            replica.put(Row::Contact(Contact { name: name.into(), ..a_contact(id, 1) }));
        }
        let rated = Rating { contact: Some(a_contact(21, 1).id), ..a_rating(9, ME, NOW.plus_days(-1)) };
        replica.put(Row::Rating(rated));
        replica.put(Row::Meeting(a_meeting(9, 1, MeetingStatus::Held, NOW.plus_days(-2))));
        replica
    }

    fn unhappy() -> RecoveryCase {
        case(9, Cause::Rating(RatingId(Uuid::from_u128(9))))
    }

    #[test]
    fn a_touch_or_a_held_meeting_stops_the_clock_and_a_plan_does_not() {
        let mut replica = replica();
        let first = |replica: &Replica| case_line(replica, &Arc::new(unhappy()), ME).first_contact;
        replica.put(Row::Meeting(a_meeting(10, 1, MeetingStatus::Planned, NOW.plus_millis(1))));
        assert_eq!(first(&replica), None);
        replica.put(Row::Meeting(a_meeting(11, 1, MeetingStatus::Held, NOW.plus_days(3))));
        assert_eq!(first(&replica), Some(NOW.plus_days(3)));
        replica.put(Row::Touch(a_touch(12, 1, NOW.plus_millis(5))));
        assert_eq!(first(&replica), Some(NOW.plus_millis(5)));
    }

    #[test]
    fn a_gesture_is_for_whoever_was_let_down() {
        let mut replica = replica();
        for (n, contact, text) in [(31, 21, "Sails"), (32, 22, "Collects stamps"), (33, 21, "Left-handed")] {
            replica.put(Row::Insight(Insight {
                id: InsightId(Uuid::from_u128(n)),
                contact: a_contact(contact, 1).id,
                customer: a_customer(1).id,
                meeting: None,
                author: ME,
                written_at: Timestamp(n as i64),
                text: text.into(),
            }));
        }
        let ideas = |case: &RecoveryCase| gesture_ideas(&replica, case).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(ideas(&unhappy()), ["Left-handed", "Sails"]);
        assert_eq!(ideas(&case(5, Cause::ByHand)), ["Left-handed", "Collects stamps", "Sails"]);
    }

    #[test]
    fn the_customer_is_asked_again_about_a_later_meeting_within_the_rule() {
        let mut replica = replica();
        let ana = a_contact(21, 1).id;
        let again = |replica: &Replica| ask_again(replica, &unhappy(), NOW.plus_days(5), 0);
        assert_eq!(again(&replica), AskAgain { meeting: None, people: vec![("Ana".into(), Ask::Today)] });
        let meeting = Meeting { contacts: vec![ana], ..a_meeting(11, 1, MeetingStatus::Held, NOW.plus_days(3)) };
        replica.put(Row::Meeting(meeting.clone()));
        assert_eq!(again(&replica).meeting, Some(meeting.id));
        let asked_at = NOW.plus_days(-10);
        replica.put(Row::Invitation(Invitation {
            id: InvitationId(Uuid::from_u128(40)),
            meeting: a_meeting(9, 1, MeetingStatus::Held, NOW).id,
            customer: a_customer(1).id,
            contact: Some(ana),
            rep: ME,
            way: Way::Link,
            asked_at,
            state: InvitationState::Asked,
        }));
        assert_eq!(again(&replica).people, [("Ana".into(), Ask::NotToday(WhyNot::AskedAt(asked_at)))]);
    }

    #[test]
    fn what_was_made_right_counts_for_the_rep() {
        let mut replica = replica();
        replica.put(Row::RecoveryCase(RecoveryCase { closed_at: Some(NOW.plus_days(2)), ..unhappy() }));
        replica.put(Row::RecoveryCase(case(6, Cause::ByHand)));
        assert_eq!((cases_of(&replica, ME).made_right(), cases_of(&replica, ME).open.len()), (0, 1));
        let meeting = a_meeting(11, 1, MeetingStatus::Held, NOW.plus_days(3));
        let mut rating = Rating { meeting: meeting.id, ..a_rating(12, ME, NOW.plus_days(4)) };
        rating.answers.components.insert(Component::Trust, 4);
        replica.put(Row::Meeting(meeting));
        replica.put(Row::Rating(rating));
        assert_eq!(cases_of(&replica, ME).made_right(), 1);
    }
}
