//! Who is asked: one pure rule over what phone and server both hold, shown before the visit.

use super::{Invitation, InvitationState, Way};
use crate::{
    id::{ContactId, MemberId},
    meeting::Meeting,
    organisation::Rules,
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether a contact may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Yes.
    Today,
    /// No, and why.
    NotToday(WhyNot),
}

/// Why a contact is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// Asked too recently, at this instant.
    AskedAt(Timestamp),
    /// Asked often enough within a year.
    OftenThisYear,
    /// The rep has asked enough people today.
    RepAskedEnough,
}

/// Whether `rep` may ask `contact` at `now`, given every invitation that is known: per contact once in
/// `ask_contact_every_days` and `ask_contact_per_year` times in 365 days over all reps and channels, per rep
/// `ask_per_rep_and_day` on `today` (at `offset_minutes` east of UTC). A contact who is not known yet can only be held back by the rep's day.
pub fn ask<'a>(
    contact: Option<ContactId>,
    rep: MemberId,
    invitations: impl IntoIterator<Item = &'a Invitation>,
    rules: &Rules,
    now: Timestamp,
    offset_minutes: i16,
) -> Ask {
    let (mut latest, mut in_year, mut by_rep) = (None, 0_usize, 0_usize);
    let today: NaiveDate = now.date_at(offset_minutes);
    for invitation in invitations {
        if contact.is_some() && invitation.contact == contact {
            if invitation.asked_at.plus_days(365) > now {
                in_year += 1;
            }
            latest = latest.max(Some(invitation.asked_at));
        }
        if invitation.rep == rep && invitation.asked_at.date_at(offset_minutes) == today {
            by_rep += 1;
        }
    }
    match latest {
        Some(at) if at.plus_days(i64::from(rules.ask_contact_every_days)) > now => Ask::NotToday(WhyNot::AskedAt(at)),
        _ if in_year >= usize::from(rules.ask_contact_per_year) => Ask::NotToday(WhyNot::OftenThisYear),
        _ if by_rep >= usize::from(rules.ask_per_rep_and_day) => Ask::NotToday(WhyNot::RepAskedEnough),
        _ => Ask::Today,
    }
}

/// How many of the meetings that were due to be asked about were: 'asked 12 of 15'.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Meetings with a request; a customer's 'not now' counts as asked.
    pub asked: u32,
    /// Meetings that were due to be asked about.
    pub due: u32,
    /// Of those asked, how many on the rep's own device.
    pub handed_over: u32,
}

/// Coverage of `rep`'s held `meetings`. A meeting is due where it was asked about, or where anybody present could have been asked
/// when it took place; also a meeting logged without a contact.
pub fn coverage<'a>(
    rep: MemberId,
    meetings: impl IntoIterator<Item = &'a Meeting>,
    invitations: &[&Invitation],
    rules: &Rules,
) -> Coverage {
    let mut coverage = Coverage::default();
    for meeting in meetings.into_iter().filter(|m| m.rep == rep && m.is_held()) {
        let own: Vec<&&Invitation> = invitations.iter().filter(|i| i.meeting == meeting.id).collect();
        if own.iter().any(|i| i.state != InvitationState::Abandoned) {
            coverage.asked += 1;
            coverage.due += 1;
            coverage.handed_over += u32::from(own.iter().any(|i| i.way == Way::Handover));
        } else if was_due(meeting, invitations, rules) {
            coverage.due += 1;
        }
    }
    coverage
}

/// Whether anybody at `meeting` could have been asked when it took place.
fn was_due(meeting: &Meeting, invitations: &[&Invitation], rules: &Rules) -> bool {
    let before = || invitations.iter().copied().filter(|i| i.meeting != meeting.id && i.asked_at <= meeting.starts_at);
    let may = |contact| ask(contact, meeting.rep, before(), rules, meeting.starts_at, meeting.offset_minutes) == Ask::Today;
    if meeting.contacts.is_empty() { may(None) } else { meeting.contacts.iter().any(|contact| may(Some(*contact))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CustomerId, InvitationId, MeetingId},
        meeting::MeetingStatus,
        sync::sample::a_meeting,
    };
    use uuid::Uuid;

    const DAY: i64 = 86_400_000;
    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn contact(n: u128) -> ContactId {
        ContactId(Uuid::from_u128(n))
    }

    fn rep(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    fn asked(who: u128, by: u128, days_ago: i64) -> Invitation {
        Invitation {
            id: InvitationId(Uuid::nil()),
            meeting: MeetingId(Uuid::from_u128(99)),
            customer: CustomerId(Uuid::nil()),
            contact: Some(contact(who)),
            rep: rep(by),
            way: Way::Link,
            asked_at: NOW.plus_millis(-days_ago * DAY),
            state: InvitationState::Asked,
        }
    }

    fn decide(invitations: &[Invitation]) -> Ask {
        ask(Some(contact(1)), rep(1), invitations, &Rules::default(), NOW, 0)
    }

    #[test]
    fn a_contact_is_asked_once_in_thirty_days_over_all_reps() {
        assert_eq!(decide(&[]), Ask::Today);
        assert_eq!(decide(&[asked(1, 2, 29)]), Ask::NotToday(WhyNot::AskedAt(NOW.plus_days(-29))));
        assert_eq!(decide(&[asked(1, 2, 30)]), Ask::Today);
        assert_eq!(decide(&[asked(2, 2, 1)]), Ask::Today, "another contact");
    }

    #[test]
    fn a_contact_is_asked_six_times_a_year_at_most() {
        let five: Vec<_> = (1..=5).map(|n| asked(1, 2, n * 50)).collect();
        assert_eq!(decide(&five), Ask::Today);
        let six: Vec<_> = (1..=6).map(|n| asked(1, 2, n * 50)).collect();
        assert_eq!(decide(&six), Ask::NotToday(WhyNot::OftenThisYear));
    }

    #[test]
    fn a_rep_asks_two_people_a_day_at_most() {
        assert_eq!(decide(&[asked(2, 1, 0)]), Ask::Today);
        assert_eq!(decide(&[asked(2, 1, 0), asked(3, 1, 0)]), Ask::NotToday(WhyNot::RepAskedEnough));
        assert_eq!(decide(&[asked(2, 1, 1), asked(3, 1, 1)]), Ask::Today, "yesterday's do not count");
    }

    fn held(id: u128, contacts: &[u128]) -> Meeting {
        let contacts = contacts.iter().map(|n| contact(*n)).collect();
        Meeting { rep: rep(1), contacts, ..a_meeting(id, 0, MeetingStatus::Held, NOW) }
    }

    #[test]
    fn coverage_counts_only_meetings_that_were_due() {
        let not_now = Invitation { meeting: held(10, &[]).id, state: InvitationState::NotNow, ..asked(5, 1, 40) };
        let recent = asked(1, 2, 3);
        let invitations = [&not_now, &recent];
        let meetings = [held(10, &[5]), held(11, &[1]), held(12, &[]), held(13, &[6])];
        let coverage = coverage(rep(1), &meetings, &invitations, &Rules::default());
        assert_eq!(coverage, Coverage { asked: 1, due: 3, handed_over: 0 }, "the contact asked three days ago was not due");
    }
}
