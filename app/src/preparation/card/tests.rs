use super::*;
use crate::{
    account::Member,
    customer::Customer,
    id::{ContactId, InsightId, InvitationId},
    meeting::Notes,
    promise::PromiseState,
    survey::{Invitation, InvitationState, Way, WhyNot},
    sync::{
        protocol::Row,
        sample::{ME, a_contact, a_customer, a_meeting, a_promise, an_action, noon, on},
    },
};
use uuid::Uuid;

const BO: MemberId = MemberId(Uuid::from_u128(0xb0));
const AL: MemberId = MemberId(Uuid::from_u128(0xa1));

fn visit(format: MeetingFormat) -> Visit {
    Visit { customer: a_customer(1).id, format, plan: None }
}

fn member(id: MemberId, name: &str) -> Row {
    let roles = [Role::Rep].into();
    Row::Member(Member { id, name: name.into(), email: format!("{name}@x"), team: None, roles, active: true })
}

fn met(n: u128, of: u128, day: &str, roadblocks: &str) -> Meeting {
    let notes = Notes { roadblocks: roadblocks.into(), ..Notes::default() };
    Meeting { notes, ..a_meeting(n, of, MeetingStatus::Held, noon(day)) }
}

fn action(n: u128, customer: Option<u128>, format: Option<MeetingFormat>, due: &str) -> Row {
    let customer = customer.map(|n| CustomerId(Uuid::from_u128(n)));
    Row::Action(Action { customer, format, what: n.to_string(), ..an_action(n, due) })
}

fn of(rows: Vec<Row>, visit: Visit) -> Card {
    let mut replica = Replica::default();
    let fixed = [member(ME, "Me"), member(BO, "Bo"), member(AL, "Al"), Row::Customer(a_customer(1)), Row::Customer(a_customer(2))];
    fixed.into_iter().chain(rows).for_each(|row| replica.put(row));
    card(&replica, ME, visit, noon("2026-06-01"), 0)
}

#[test]
fn the_last_meetings_and_what_was_in_the_way_come_the_latest_first() {
    let rows = vec![
        Row::Meeting(met(10, 1, "2026-01-05", "No budget ")),
        Row::Meeting(met(11, 1, "2026-02-05", " ")),
        Row::Meeting(met(12, 1, "2026-03-05", "Waits for Berlin")),
        Row::Meeting(met(13, 1, "2026-04-05", "")),
        Row::Meeting(met(14, 2, "2026-05-05", "Another customer")),
        Row::Meeting(a_meeting(15, 1, MeetingStatus::Planned, noon("2026-06-05"))),
    ];
    let card = of(rows, visit(MeetingFormat::Discovery));
    let days: Vec<_> = card.last.iter().map(|it| it.date()).collect();
    assert_eq!(days, ["2026-04-05", "2026-03-05", "2026-02-05"].map(on));
    let told: Vec<_> = card.roadblocks.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(told, ["Waits for Berlin", "No budget"]);
}

#[test]
fn an_action_comes_back_with_its_customer_and_in_its_format() {
    let rows = vec![
        action(20, Some(1), None, "2026-06-20"),
        action(21, Some(2), Some(MeetingFormat::Discovery), "2026-06-10"),
        action(22, None, Some(MeetingFormat::Negotiation), "2026-06-05"),
        action(23, Some(2), None, "2026-06-05"),
    ];
    let whats = |format| of(rows.clone(), visit(format)).actions.iter().map(|it| it.what.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(whats(MeetingFormat::Discovery), "20 21", "the customer's own first");
    assert_eq!(whats(MeetingFormat::Negotiation), "20 22");
}

#[test]
fn colleagues_who_know_them_are_named_those_who_look_after_them_first() {
    let rows = vec![
        Row::Customer(Customer { co_owners: [BO].into(), ..a_customer(1) }),
        Row::Meeting(Meeting { colleagues: vec![AL, ME], ..met(10, 1, "2026-01-05", "") }),
        Row::Meeting(Meeting { rep: AL, ..met(11, 1, "2026-02-05", "") }),
    ];
    let card = of(rows, visit(MeetingFormat::Discovery));
    let known: Vec<_> = card.known_to.iter().map(|it| (it.name.as_str(), it.meetings, it.last, it.looks_after)).collect();
    assert_eq!(known, [("Bo", 0, None, true), ("Al", 2, Some(on("2026-02-05")), false)]);
}

#[test]
fn it_is_said_of_whom_the_plan_names_whether_they_may_be_asked() {
    let contact = |n| ContactId(Uuid::from_u128(n));
    let asked = Invitation {
        id: InvitationId(Uuid::nil()),
        meeting: a_meeting(10, 1, MeetingStatus::Held, noon("2026-05-20")).id,
        customer: a_customer(1).id,
        contact: Some(contact(31)),
        rep: ME,
        way: Way::Link,
        asked_at: noon("2026-05-20"),
        state: InvitationState::Asked,
    };
    let plan = Meeting { contacts: vec![contact(31)], ..a_meeting(15, 1, MeetingStatus::Planned, noon("2026-06-05")) };
    let insight = |n: u128, about| {
        let (customer, id) = (a_customer(1).id, InsightId(Uuid::from_u128(n)));
        let text = n.to_string();
        Row::Insight(Insight { id, contact: contact(about), customer, meeting: None, author: ME, written_at: noon("2026-05-20"), text })
    };
    let rows = vec![
        Row::Contact(a_contact(30, 1)),
        Row::Contact(a_contact(31, 1)),
        Row::Invitation(asked),
        Row::Meeting(plan.clone()),
        insight(40, 30),
        insight(41, 31),
    ];
    let without = of(rows.clone(), visit(MeetingFormat::Discovery));
    let asks: Vec<_> = without.may_ask.iter().map(|it| it.ask).collect();
    assert_eq!(asks, [Ask::Today, Ask::NotToday(WhyNot::AskedAt(noon("2026-05-20")))]);
    let planned = of(rows, Visit { plan: Some(plan.id), ..visit(MeetingFormat::Discovery) });
    assert_eq!(planned.may_ask.iter().map(|it| it.contact.name.as_str()).collect::<Vec<_>>(), ["Contact 31"]);
    assert_eq!(planned.insights[0].1.text, "41", "about whom one will meet first");
}

#[test]
fn open_promises_are_on_the_card_and_who_is_not_rated_sees_no_step() {
    let promise = |n: u128, state| Row::Promise(Promise { state, ..a_promise(n, 1, "2026-06-10") });
    let rows = vec![promise(50, PromiseState::Open), promise(51, PromiseState::Kept)];
    let card = of(rows, visit(MeetingFormat::Discovery));
    assert_eq!((card.promises.len(), card.step.is_some()), (1, true));
    let mut replica = Replica::default();
    replica.put(Row::Customer(a_customer(1)));
    let stranger = super::card(&replica, ME, visit(MeetingFormat::Discovery), noon("2026-06-01"), 0);
    assert_eq!((stranger.step, stranger.may_ask.len()), (None, 0));
}

#[test]
fn the_likely_format_is_the_planned_one_or_the_last() {
    let mut replica = Replica::default();
    let likely = |replica: &Replica| likely_format(replica, ME, a_customer(1).id);
    assert_eq!(likely(&replica), MeetingFormat::Introductory);
    replica.put(Row::Meeting(met(10, 1, "2026-01-05", "")));
    assert_eq!(likely(&replica), MeetingFormat::Discovery);
    let plan = a_meeting(11, 1, MeetingStatus::Planned, noon("2026-06-05"));
    replica.put(Row::Meeting(Meeting { format: MeetingFormat::Negotiation, ..plan }));
    assert_eq!(likely(&replica), MeetingFormat::Negotiation);
}
