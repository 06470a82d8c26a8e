//! What of a member's work goes into a calendar. Calendars travel: there is whom, what for and when, and nothing that was written about anybody.

use super::{Entry, EntryTime};
use crate::{
    id::{CustomerId, MemberId},
    meeting::{Meeting, MeetingStatus},
    promise::{Promise, PromiseState},
    reflection::{Action, ActionState},
};
use chrono::NaiveDate;

/// What ends the names of our entries, by which they are known again where they come back.
const OURS: &str = "@qdos";
/// Days before today that a feed tells of.
pub const DAYS_BACK: i64 = 60;
/// Days after today that a feed tells of.
pub const DAYS_AHEAD: i64 = 365;

/// Whether an entry of that name came from here.
pub(super) fn is_ours(uid: &str) -> bool {
    uid.strip_suffix(OURS).is_some_and(|id| uuid::Uuid::parse_str(id).is_ok())
}

/// Whose calendar it is, and how what is in it is named.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    /// The member.
    pub member: MemberId,
    /// Today, where the member is.
    pub today: NaiveDate,
    /// The address of the server, such as `https://qdos.example`, without a slash at its end.
    pub server: &'a str,
    /// A customer's name, where it is known.
    pub customer: &'a dyn Fn(CustomerId) -> Option<String>,
}

impl Naming<'_> {
    /// A visit. What was called off stays, so that calendars take it out.
    pub fn visit(&self, meeting: &Meeting) -> Entry {
        let title = format!("{}: {}", self.name(meeting.customer, ""), meeting.format.label());
        let when = EntryTime::At { starts_at: meeting.starts_at, length_minutes: meeting.length_minutes };
        let cancelled = meeting.status == MeetingStatus::Cancelled;
        let address = self.address(&format!("meetings/{}", meeting.id));
        Entry { uid: format!("{}{OURS}", meeting.id), sequence: meeting.version, when, title, address, cancelled, private: false }
    }

    /// The day by which something was promised.
    pub fn promise(&self, promise: &Promise) -> Entry {
        let title = format!("Promised to {}: {}", self.name(promise.customer, &promise.course.customer_name), promise.what);
        self.due(promise.id.0, promise.due, title, "promises", false)
    }

    /// The day by which something is to be tried. It says how somebody wants to change, so calendars that are shared keep it to themselves.
    pub fn action(&self, action: &Action) -> Entry {
        let title = format!("Next time I will: {}", action.what);
        let entry = self.due(action.id.0, action.due, title, "reflections", true);
        Entry { address: self.address("reflections"), ..entry }
    }

    fn due(&self, id: uuid::Uuid, day: NaiveDate, title: String, screen: &str, private: bool) -> Entry {
        let address = self.address(&format!("{screen}/{id}"));
        Entry { uid: format!("{id}{OURS}"), sequence: 0, when: EntryTime::On(day), title, address, cancelled: false, private }
    }

    fn name(&self, customer: CustomerId, told: &str) -> String {
        let known = (self.customer)(customer).or_else(|| Some(told.to_owned()).filter(|told| !told.is_empty()));
        known.unwrap_or_else(|| "A customer".to_owned())
    }

    fn address(&self, screen: &str) -> String {
        format!("{}/app/{screen}", self.server)
    }

    fn is_shown(&self, day: NaiveDate) -> bool {
        (-DAYS_BACK..=DAYS_AHEAD).contains(&(day - self.today).num_days())
    }

    /// Everything that a member's feed tells of: own visits, then open promises that the member keeps, then open actions.
    pub fn entries<'b>(
        &self,
        meetings: impl IntoIterator<Item = &'b Meeting>,
        promises: impl IntoIterator<Item = &'b Promise>,
        actions: impl IntoIterator<Item = &'b Action>,
    ) -> Vec<Entry> {
        let is_open = |it: &&Promise| it.keeper == self.member && it.state == PromiseState::Open && self.is_shown(it.due);
        let is_to_do = |it: &&Action| it.author == self.member && it.state == ActionState::Open && self.is_shown(it.due);
        let visits = meetings.into_iter().filter(|it| it.rep == self.member && self.is_shown(it.date())).map(|it| self.visit(it));
        let promises = promises.into_iter().filter(is_open).map(|it| self.promise(it));
        let actions = actions.into_iter().filter(is_to_do).map(|it| self.action(it));
        visits.chain(promises).chain(actions).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{Medium, write},
        meeting::Notes,
        sync::sample::{ME, a_meeting, a_promise, an_action, noon, on},
        time::Timestamp,
    };
    use uuid::Uuid;

    fn named(customer: CustomerId) -> Option<String> {
        (customer == CustomerId(Uuid::from_u128(1))).then(|| "Kestrel Foods".to_owned())
    }

    fn naming() -> Naming<'static> {
        Naming { member: ME, today: on("2026-06-01"), server: "https://qdos.example", customer: &named }
    }

    #[test]
    fn only_what_is_ones_own_open_and_near_is_told() {
        let other = MemberId(Uuid::from_u128(0xb));
        let visit = |n, day: &str, status| a_meeting(n, 1, status, noon(day));
        let meetings = [
            visit(1, "2026-06-05", MeetingStatus::Planned),
            visit(2, "2026-05-05", MeetingStatus::Held),
            visit(3, "2026-06-06", MeetingStatus::Cancelled),
            visit(4, "2026-01-05", MeetingStatus::Held),
            visit(5, "2027-07-05", MeetingStatus::Planned),
            Meeting { rep: other, ..visit(6, "2026-06-05", MeetingStatus::Planned) },
        ];
        let promises = [
            a_promise(11, 1, "2026-06-10"),
            Promise { state: PromiseState::Kept, ..a_promise(12, 1, "2026-06-10") },
            Promise { keeper: other, ..a_promise(13, 1, "2026-06-10") },
            Promise { maker: other, ..a_promise(14, 2, "2026-06-10") },
        ];
        let actions = [
            an_action(21, "2026-06-20"),
            Action { state: ActionState::Done, ..an_action(22, "2026-06-20") },
            Action { author: other, ..an_action(23, "2026-06-20") },
        ];
        let entries = naming().entries(&meetings, &promises, &actions);
        let told: Vec<_> = entries.iter().map(|it| (it.title.as_str(), it.cancelled, it.private)).collect();
        let expected = [
            ("Kestrel Foods: Discovery", false, false),
            ("Kestrel Foods: Discovery", false, false),
            ("Kestrel Foods: Discovery", true, false),
            ("Promised to Kestrel Foods: Promise 11", false, false),
            ("Promised to A customer: Promise 14", false, false),
            ("Next time I will: Action 21", false, true),
        ];
        assert_eq!(told, expected);
        assert!(entries.iter().all(|entry| is_ours(&entry.uid)));
    }

    #[test]
    fn nothing_that_was_written_about_a_visit_goes_out() {
        let notes = Notes { matters: "Secret".into(), next_step: "Secret".into(), ..Notes::default() };
        let meeting = Meeting { notes, ..a_meeting(1, 1, MeetingStatus::Planned, noon("2026-06-05")) };
        let file = write(Medium::Feed("Qdos"), &naming().entries([&meeting], [], []), Timestamp(0));
        assert!(file.contains("Kestrel Foods") && !file.contains("Secret"), "{file}");
    }

    #[test]
    fn what_comes_back_is_known_by_its_name() {
        let id = Uuid::from_u128(7).to_string();
        for (uid, ours) in [(format!("{id}@qdos"), true), (id, false), ("7@qdos".to_owned(), false), ("@qdos".to_owned(), false)] {
            assert_eq!(is_ours(&uid), ours, "{uid}");
        }
    }
}
