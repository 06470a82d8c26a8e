//! How often each rep asked: the app's rule, over meetings and requests grouped so that a large organisation stays quick.

use app::{
    id::{ContactId, MemberId},
    meeting::Meeting,
    organisation::Rules,
    survey::{Coverage, Invitation, coverage},
};
use std::collections::{BTreeMap, BTreeSet};

/// Days of meetings that coverage looks at.
pub(super) const MEETING_DAYS: i64 = 90;
/// Days of requests that may have held back a request at one of those meetings: requests per contact are counted over a year.
pub(super) const INVITATION_DAYS: i64 = MEETING_DAYS + 365;

/// Meetings by rep, requests by rep and by contact.
pub(super) struct Coverages {
    meetings: BTreeMap<MemberId, Vec<Meeting>>,
    invitations: Vec<Invitation>,
    by_rep: BTreeMap<MemberId, Vec<usize>>,
    by_contact: BTreeMap<ContactId, Vec<usize>>,
}

impl Coverages {
    /// Over meetings of the last [`MEETING_DAYS`] and requests of the last [`INVITATION_DAYS`].
    pub(super) fn new(meetings: Vec<Meeting>, invitations: Vec<Invitation>) -> Self {
        let mut it = Self { meetings: BTreeMap::new(), invitations, by_rep: BTreeMap::new(), by_contact: BTreeMap::new() };
        for meeting in meetings {
            it.meetings.entry(meeting.rep).or_default().push(meeting);
        }
        for (index, invitation) in it.invitations.iter().enumerate() {
            it.by_rep.entry(invitation.rep).or_default().push(index);
            if let Some(contact) = invitation.contact {
                it.by_contact.entry(contact).or_default().push(index);
            }
        }
        it
    }

    /// How often `rep` asked.
    pub(super) fn of(&self, rep: MemberId, rules: &Rules) -> Coverage {
        let Some(meetings) = self.meetings.get(&rep) else { return Coverage::default() };
        let own = self.by_rep.get(&rep).into_iter().flatten();
        let contacts = meetings.iter().flat_map(|meeting| &meeting.contacts);
        let of_contacts = contacts.filter_map(|contact| self.by_contact.get(contact)).flatten();
        let relevant: BTreeSet<usize> = own.chain(of_contacts).copied().collect();
        let invitations: Vec<&Invitation> = relevant.into_iter().map(|index| &self.invitations[index]).collect();
        coverage(rep, meetings, &invitations, rules)
    }
}
