//! Why a customer stands where it stands, in words: the last contact, the window, whose rule it is, what did not count.

use super::{Attention, ContactKind, Customer, LastContact, Standing, WindowRule, WindowStart, last_contact, standing_of};
use crate::{id::MemberId, meeting::TouchKind, sync::Replica, time::words};
use chrono::NaiveDate;

/// Why `customer` stands where it stands on `today`, as `reader` reads it: one sentence each.
pub fn why_in_touch(replica: &Replica, customer: &Customer, reader: MemberId, today: NaiveDate) -> Vec<String> {
    let standing = standing_of(replica, customer, today);
    let contact = last_contact(replica, customer.id, today);
    let name = |member: MemberId| if member == reader { "you".to_owned() } else { replica.member_name(member) };
    let mut lines = vec![beginning(&standing, customer, contact, &name, today), rule(&standing), so(&standing, today)];
    lines.extend(pause(&standing, customer, &name, today));
    lines
}

/// What the window starts at.
fn beginning(
    standing: &Standing,
    customer: &Customer,
    contact: Option<LastContact>,
    name: &impl Fn(MemberId) -> String,
    today: NaiveDate,
) -> String {
    let owned = words::date(customer.owned_since, today);
    let owner = words::capitalised(&name(customer.owner));
    match (contact, standing.start) {
        (Some(contact), WindowStart::Contact) => {
            format!("The last contact was {} by {}, {}.", kind(contact.kind), name(contact.by), words::date(contact.on(), today))
        }
        (Some(contact), WindowStart::Ownership) => format!(
            "{owner} took over on {owned}, after the last contact ({}). A new owner starts a full window.",
            words::date(contact.on(), today)
        ),
        (None, _) => format!("There was no contact since {owned}, when {} took over.", name(customer.owner)),
    }
}

fn kind(kind: ContactKind) -> String {
    match kind {
        ContactKind::Met(format) => format!("a {} meeting", format.label().to_lowercase()),
        ContactKind::Touched(TouchKind::Call) => "a call".to_owned(),
        ContactKind::Touched(TouchKind::Message) => "a message".to_owned(),
        ContactKind::Touched(TouchKind::DropIn) => "a drop-in".to_owned(),
    }
}

/// How long the window is, and whose rule that is.
fn rule(standing: &Standing) -> String {
    let window = standing.window;
    let days = format!("ideally every {} days, at the latest every {}", window.ideal_days, window.most_days);
    match window.rule {
        WindowRule::OfTier(tier) => format!("{} customers want contact {days}: your organisation’s rule.", tier.label()),
        WindowRule::Own => format!("This customer has a window of its own: {days}."),
    }
}

/// What follows from both.
fn so(standing: &Standing, today: NaiveDate) -> String {
    let (ideal, end) = (words::date(standing.ideal_ends, today), words::date(standing.window_ends, today));
    match standing.attention {
        Attention::OnTrack => format!("So it is due after {ideal} and overdue after {end}."),
        Attention::Due => format!("So it was due after {ideal}, and will be overdue after {end}."),
        Attention::Overdue => format!("So it was due after {ideal} and became overdue after {end}."),
    }
}

/// The days that did not count.
fn pause(standing: &Standing, customer: &Customer, name: &impl Fn(MemberId) -> String, today: NaiveDate) -> Option<String> {
    let (owner, verb) = match name(customer.owner) {
        you if you == "you" => (you, "are"),
        other => (other, "is"),
    };
    let days = match standing.days_paused {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    match (standing.paused_until, standing.days_paused) {
        (Some(until), _) => {
            let until = words::date(until, today);
            Some(format!(
                "The window stands still while {owner} {verb} away, until {until}. {} did not count so far.",
                words::capitalised(&days)
            ))
        }
        (None, 0) => None,
        (None, _) => {
            let verb = if verb == "are" { "were" } else { "was" };
            Some(format!("{} did not count, because {owner} {verb} away.", words::capitalised(&days)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::{Absence, Availability},
        id::AbsenceId,
        meeting::MeetingStatus,
        sync::{
            protocol::Row,
            sample::{ME, a_customer, a_meeting, noon, on},
        },
    };
    use uuid::Uuid;

    fn why(rows: Vec<Row>, customer: Customer, today: &str) -> String {
        let mut replica = Replica::default();
        rows.into_iter().for_each(|row| replica.put(row));
        replica.put(Row::Customer(customer.clone()));
        why_in_touch(&replica, &customer, ME, on(today)).join(" ")
    }

    fn met(day: &str) -> Row {
        Row::Meeting(a_meeting(2, 1, MeetingStatus::Held, noon(day)))
    }

    fn away(from: &str, until: &str) -> Row {
        let absences = vec![Absence { id: AbsenceId(Uuid::nil()), from: on(from), until: on(until), cover: None }];
        Row::Availability(Availability { absences, ..Availability::of(ME) })
    }

    #[test]
    fn the_reason_names_the_contact_the_window_and_whose_rule_it_is() {
        assert_eq!(
            why(vec![met("2026-05-20")], a_customer(1), "2026-06-01"),
            "The last contact was a discovery meeting by you, Wed 20 May. \
             Regular customers want contact ideally every 30 days, at the latest every 45: your organisation’s rule. \
             So it is due after Fri 19 Jun and overdue after Sat 4 Jul."
        );
        let own = Customer { window_days: Some(9), ..a_customer(1) };
        assert_eq!(
            why(vec![met("2026-05-20")], own, "2026-06-01"),
            "The last contact was a discovery meeting by you, Wed 20 May. \
             This customer has a window of its own: ideally every 6 days, at the latest every 9. \
             So it was due after Tue 26 May and became overdue after Fri 29 May."
        );
    }

    #[test]
    fn a_new_owners_full_window_and_days_away_are_told() {
        let taken_over = Customer { owned_since: on("2026-05-25"), ..a_customer(1) };
        let words = why(vec![met("2026-01-10")], taken_over, "2026-06-01");
        assert!(words.starts_with("You took over on Mon 25 May, after the last contact (Sat 10 Jan). A new owner starts a full window."));
        let words = why(vec![], a_customer(1), "2026-02-01");
        assert!(words.starts_with("There was no contact since Thu 1 Jan, when you took over."), "{words}");
        let rows = vec![met("2026-05-20"), away("2026-05-25", "2026-06-05")];
        let words = why(rows.clone(), a_customer(1), "2026-06-01");
        assert!(words.ends_with("The window stands still while you are away, until Fri 5 Jun. 8 days did not count so far."), "{words}");
        let words = why(rows, a_customer(1), "2026-06-08");
        assert!(words.ends_with("12 days did not count, because you were away."), "{words}");
    }
}
