//! Customers who asked to be contacted about their rating, until somebody whom they asked was in touch.

use crate::{
    id::{MemberId, RecoveryCaseId},
    meeting::Meeting,
    survey::{FollowUp, Rating},
    sync::Replica,
};
use chrono::NaiveDate;
use std::sync::Arc;

/// Days for which a wish to be contacted waits on Today, long enough for a holiday; after that it is found with its rating.
pub const WISH_DAYS: i64 = 30;

/// Whom the customer behind `rating` still waits to hear from: nobody once somebody asked was in touch since, or the rating was left out of
/// the score by somebody who read it. A rep who has left, or must not learn who it was, is nobody to wait for: then it is for the managers.
pub fn open_wish(replica: &Replica, rating: &Rating) -> FollowUp {
    let asked = match rating.answers.follow_up {
        FollowUp::Rep if rating.answers.hide_name || has_left(replica, rating.rep) => FollowUp::SomeoneElse,
        asked => asked,
    };
    if asked == FollowUp::No || rating.exclusion().is_some() || is_granted(replica, rating, asked) { FollowUp::No } else { asked }
}

/// Whether the customer behind `rating` still waits to hear from `reader`.
pub fn waits_for(replica: &Replica, rating: &Rating, reader: MemberId) -> bool {
    is_asked(replica, rating, open_wish(replica, rating), reader)
}

/// The ratings whose customers wait on `today` to hear from `reader`, the longest first. What `reader` is to make right about a rating
/// stands for the wish in it: there is one thing to do, not two.
pub fn wishes_to(replica: &Replica, reader: MemberId, today: NaiveDate) -> Vec<Arc<Rating>> {
    let is_recent = |rating: &Rating| (today - rating.given_at.date_at(0)).num_days() <= WISH_DAYS;
    let is_case = |rating: &Rating| {
        let case = replica.recovery_cases.get(&RecoveryCaseId(rating.id.0));
        case.is_some_and(|case| case.rep == reader && case.is_open())
    };
    // The cheapest first: a manager's phone holds thousands, and few of them wish for anything.
    let waits = |rating: &&Arc<Rating>| {
        rating.answers.follow_up != FollowUp::No && is_recent(rating) && waits_for(replica, rating, reader) && !is_case(rating)
    };
    let mut wishes: Vec<_> = replica.ratings.values().filter(waits).cloned().collect();
    wishes.sort_by_key(|rating| (rating.given_at, rating.id));
    wishes
}

fn has_left(replica: &Replica, member: MemberId) -> bool {
    replica.members.get(&member).is_some_and(|member| !member.active)
}

fn is_asked(replica: &Replica, rating: &Rating, asked: FollowUp, member: MemberId) -> bool {
    let own = rating.rep == member;
    is_meant(asked, own) && (own || replica.manages(member, rating.rep))
}

/// Whether somebody who may read a rating is meant by what was `asked`: the one rated, where it is one's `own`, or a manager of that one.
pub(super) fn is_meant(asked: FollowUp, own: bool) -> bool {
    match asked {
        FollowUp::No => false,
        FollowUp::Rep => own,
        FollowUp::SomeoneElse => !own,
    }
}

/// Whether one of those who were `asked` was in touch with the customer since. The meeting that was rated does not count, whenever it is said
/// to have begun.
fn is_granted(replica: &Replica, rating: &Rating, asked: FollowUp) -> bool {
    let is_asked = |member: MemberId| is_asked(replica, rating, asked, member);
    let is_later = |it: &Meeting| it.is_held() && it.starts_at > rating.given_at && it.id != rating.meeting;
    let mut met = replica.meetings.at(rating.customer).iter().filter(|it| is_later(it));
    let mut touched = replica.touches.at(rating.customer).iter().filter(|it| it.at > rating.given_at);
    touched.any(|it| is_asked(it.rep)) || met.any(|it| it.colleagues.iter().chain([&it.rep]).any(|member| is_asked(*member)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::{Member, Role},
        id::TeamId,
        meeting::{MeetingStatus, Touch},
        recovery::{Cause, RecoveryCase},
        survey::{Answers, Decision, ExclusionReason},
        sync::{
            protocol::Row,
            sample::{ME as REP, a_meeting, a_rating, a_touch, noon, on},
        },
        team::Team,
    };
    use uuid::Uuid;

    const MANAGER: MemberId = MemberId(Uuid::from_u128(0xb0));
    const SECOND: MemberId = MemberId(Uuid::from_u128(0xb1));
    const TODAY: &str = "2026-05-12";

    fn member(id: MemberId, role: Role, active: bool) -> Row {
        let team = Some(TeamId(Uuid::nil()));
        Row::Member(Member { id, name: String::new(), email: String::new(), team, roles: [role].into(), active })
    }

    /// Rating 1 of the rep, given on 5 May at noon with this wish, in a team with two managers.
    fn replica(follow_up: FollowUp) -> Replica {
        let mut replica = Replica::default();
        replica.put(Row::Team(Team { id: TeamId(Uuid::nil()), name: "North".into(), parent: None }));
        replica.put(member(REP, Role::Rep, true));
        replica.put(member(MANAGER, Role::Manager, true));
        replica.put(member(SECOND, Role::Manager, true));
        replica.put(Row::Rating(rating(follow_up)));
        replica
    }

    fn rating(follow_up: FollowUp) -> Rating {
        Rating { answers: Answers { follow_up, ..Answers::default() }, ..a_rating(1, REP, noon("2026-05-05")) }
    }

    fn touch(rep: MemberId, on: &str) -> Row {
        Row::Touch(Touch { rep, ..a_touch(7, 1, noon(on)) })
    }

    fn waiting(replica: &Replica) -> [bool; 3] {
        [REP, MANAGER, SECOND].map(|reader| !wishes_to(replica, reader, on(TODAY)).is_empty())
    }

    #[test]
    fn a_wish_waits_for_whoever_was_asked_and_for_nobody_else() {
        for (follow_up, waits) in
            [(FollowUp::No, [false; 3]), (FollowUp::Rep, [true, false, false]), (FollowUp::SomeoneElse, [false, true, true])]
        {
            assert_eq!(waiting(&replica(follow_up)), waits, "{follow_up:?}");
        }
    }

    #[test]
    fn a_contact_by_somebody_asked_grants_it_and_another_does_not() {
        for (follow_up, contact, waits) in [
            (FollowUp::Rep, touch(REP, "2026-05-06"), false),
            (FollowUp::Rep, touch(REP, "2026-05-04"), true),
            (FollowUp::Rep, touch(MANAGER, "2026-05-06"), true),
            (FollowUp::SomeoneElse, touch(REP, "2026-05-06"), true),
            (FollowUp::SomeoneElse, touch(SECOND, "2026-05-06"), false),
            (FollowUp::Rep, Row::Meeting(a_meeting(7, 1, MeetingStatus::Held, noon("2026-05-06"))), false),
            (FollowUp::Rep, Row::Meeting(a_meeting(7, 1, MeetingStatus::Planned, noon("2026-05-06"))), true),
            (FollowUp::Rep, Row::Meeting(a_meeting(1, 1, MeetingStatus::Held, noon("2026-05-06"))), true),
            (FollowUp::Rep, Row::Meeting(a_meeting(7, 2, MeetingStatus::Held, noon("2026-05-06"))), true),
            (
                FollowUp::SomeoneElse,
                Row::Meeting(Meeting { colleagues: vec![MANAGER], ..a_meeting(7, 1, MeetingStatus::Held, noon("2026-05-06")) }),
                false,
            ),
        ] {
            let mut replica = replica(follow_up);
            replica.put(contact.clone());
            assert_eq!(waiting(&replica).contains(&true), waits, "{follow_up:?} {contact:?}");
        }
    }

    #[test]
    fn a_wish_waits_for_thirty_days_on_today_and_stays_with_its_rating() {
        let replica = replica(FollowUp::Rep);
        let waits = |today| !wishes_to(&replica, REP, on(today)).is_empty();
        assert_eq!((waits("2026-06-04"), waits("2026-06-05")), (true, false));
        assert_eq!(open_wish(&replica, &rating(FollowUp::Rep)), FollowUp::Rep);
    }

    #[test]
    fn a_wish_to_a_rep_who_has_left_or_must_not_know_is_for_the_managers() {
        let mut left = replica(FollowUp::Rep);
        left.put(member(REP, Role::Rep, false));
        let mut hidden = replica(FollowUp::Rep);
        let answers = Answers { hide_name: true, ..rating(FollowUp::Rep).answers };
        hidden.put(Row::Rating(Rating { answers, ..rating(FollowUp::Rep) }));
        for replica in [left, hidden] {
            assert_eq!(waiting(&replica), [false, true, true]);
        }
    }

    #[test]
    fn what_is_to_be_made_right_or_left_out_is_no_wish_beside() {
        let mut replica = replica(FollowUp::Rep);
        let case = RecoveryCase {
            id: RecoveryCaseId(Uuid::from_u128(1)),
            customer: rating(FollowUp::Rep).customer,
            rep: REP,
            cause: Cause::Rating(rating(FollowUp::Rep).id),
            what: String::new(),
            opened_at: noon("2026-05-05"),
            steps: Default::default(),
            closed_at: None,
        };
        replica.put(Row::RecoveryCase(case.clone()));
        assert_eq!(waiting(&replica), [false; 3]);
        replica.put(Row::RecoveryCase(RecoveryCase { closed_at: Some(noon("2026-05-06")), ..case }));
        assert_eq!(waiting(&replica), [true, false, false], "closed, and nobody was in touch");
        let by = Decision { member: MANAGER, at: noon("2026-05-06"), note: "A try".into() };
        replica.put(Row::Rating(rating(FollowUp::Rep).excluded(ExclusionReason::Test, by).expect("it counts")));
        assert_eq!(waiting(&replica), [false; 3]);
    }
}
