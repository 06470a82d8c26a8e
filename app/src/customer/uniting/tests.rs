use super::*;
use crate::{
    meeting::{Meeting, MeetingEdit, MeetingStatus},
    sync::{
        Replica,
        outbox::Item,
        protocol::{Mutation, Row},
        sample::{ME, a_contact, a_customer, a_meeting, a_promise, a_touch, noon},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

const RIK: MemberId = MemberId(Uuid::from_u128(0x51c));
const LAST: CustomerId = CustomerId(Uuid::from_u128(3));
const WHEN: (MemberId, Timestamp) = (ME, Timestamp(1_780_000_000_000));

fn id(n: u128) -> CustomerId {
    a_customer(n).id
}

/// Rik's, of which more is known.
fn other() -> Customer {
    let size = crate::customer::CustomerSize::Small;
    Customer { owner: RIK, place: "Utrecht".into(), industry: "Food".into(), size, window_days: Some(9), ..a_customer(1) }
}

fn mine() -> Customer {
    Customer { industry: "Bakery".into(), ..a_customer(2) }
}

fn name(name: &str) -> CustomerEdit {
    CustomerEdit { name: Some(name.into()), ..CustomerEdit::default() }
}

/// Without what counts changes.
fn said(customer: &Customer) -> Customer {
    Customer { version: 0, history: Default::default(), ..customer.clone() }
}

#[test]
fn what_stands_keeps_what_it_says_and_takes_over_what_it_does_not() {
    let Two { from, into } = unite(&other(), &mine(), 0, 2, WHEN).expect("they can be one");
    assert_eq!((into.name.as_str(), into.place.as_str(), into.industry.as_str()), ("Customer 2", "Utrecht", "Bakery"));
    assert_eq!((into.size, into.window_days), (other().size, None), "how often to meet it was decided there");
    assert_eq!((into.owner, into.co_owners.clone()), (ME, [RIK].into()), "whoever looked after either looks after both");
    let united = from.united.clone().expect("one with the other");
    assert_eq!((united.into, united.by, united.nth), (id(2), ME, 0));
    assert_eq!(said(&from), said(&Customer { united: Some(united), ..other() }), "its own fields stay as they are");
    let two = take_apart(&from, &into, 1).expect("they come apart");
    assert_eq!((said(&two.from), said(&two.into)), (other(), mine()));
}

#[test]
fn what_somebody_changed_since_stays_when_they_come_apart() {
    let Two { from, into } = unite(&other(), &mine(), 0, 2, WHEN).expect("they can be one");
    let into = into.edited(&CustomerEdit { place: Some("Zeist".into()), ..name("Marsh Bakery") }).expect("valid");
    let two = take_apart(&from, &into, 1).expect("they come apart");
    assert_eq!((two.into.name.as_str(), two.into.place.as_str()), ("Marsh Bakery", "Zeist"));
    assert_eq!((two.into.size, two.from.place.as_str()), (mine().size, "Utrecht"));
}

#[test]
fn the_last_comes_apart_first_and_nothing_is_one_with_two() {
    let refused = |result: Result<Two, Refusal>| matches!(result, Err(Refusal::Invalid { .. }));
    let one = unite(&other(), &mine(), 0, 2, WHEN).expect("they can be one");
    let third = Customer { id: LAST, ..mine() };
    assert!(refused(unite(&one.from, &third, 0, 3, WHEN)));
    assert!(refused(unite(&third, &third, 0, 1, WHEN)));
    assert!(refused(unite(&third, &one.into, 1, UNITED_MAX + 1, WHEN)));
    let two = unite(&third, &one.into, 1, 3, WHEN).expect("a third");
    assert!(refused(take_apart(&one.from, &two.into, 2)), "the third came later");
    let apart = take_apart(&two.from, &two.into, 2).expect("the third is the last");
    assert!(take_apart(&one.from, &apart.into, 1).is_ok());
    let further = unite(&one.into, &third, 0, 3, WHEN).expect("a chain");
    assert!(refused(take_apart(&one.from, &further.from, 1)), "it went further");
    assert_eq!(take_apart(&third, &mine(), 0), Err(Refusal::not_found("customer")));
}

/// A phone that holds both, with a person, a visit, a call and a promise each.
fn holding() -> Replica {
    let mut rows = Replica::default();
    for customer in [other(), mine()] {
        rows.put(Row::Customer(customer));
    }
    for n in [1, 2] {
        rows.put(Row::Contact(a_contact(10 + n, n)));
        rows.put(Row::Meeting(Meeting { contacts: vec![a_contact(10 + n, n).id], ..a_meeting(20 + n, n, MeetingStatus::Held, WHEN.1) }));
        rows.put(Row::Touch(a_touch(30 + n, n, WHEN.1)));
        rows.put(Row::Promise(a_promise(40 + n, n, "2026-06-15")));
    }
    rows
}

fn after(mut rows: Replica, mutations: &[Mutation]) -> Replica {
    for mutation in mutations {
        rows.overlay(&Item::new(crate::id::MutationId(Uuid::nil()), ME, 1, mutation.clone(), WHEN.1));
    }
    rows
}

const UNITE: Mutation = Mutation::UniteCustomers { id: CustomerId(Uuid::from_u128(1)), into: CustomerId(Uuid::from_u128(2)) };
const APART: Mutation = Mutation::TakeApart { id: CustomerId(Uuid::from_u128(1)), into: CustomerId(Uuid::from_u128(2)) };

#[test]
fn everything_of_both_is_shown_at_the_one_that_stands_for_them() {
    let shown = after(holding(), &[UNITE]).as_one();
    assert_eq!((shown.customers.len(), shown.united.len()), (1, 1));
    assert!(shown.contacts.values().all(|it| it.customer == id(2)) && shown.meetings.values().all(|it| it.customer == id(2)));
    assert!(shown.touches.values().all(|it| it.customer == id(2)) && shown.promises.values().all(|it| it.customer == id(2)));
    assert_eq!(shown.standing_for(id(1)), id(2), "what leads to the other leads here");
    assert_eq!(shown.one_with(id(2)).len(), 1);
    assert_eq!(shown.customer_name(id(1), ""), "Customer 1");
    assert_eq!(shown.clone().as_one(), shown, "as one already");
}

#[test]
fn said_once_more_or_the_other_way_round_it_changes_nothing() {
    let once = after(holding(), &[UNITE]);
    let other_way = Mutation::UniteCustomers { id: id(2), into: id(1) };
    assert_eq!(after(once.clone(), &[UNITE, other_way]), once);
    let apart = after(once, &[APART]);
    assert_eq!(after(apart.clone(), &[APART]), apart);
}

#[test]
fn two_that_say_it_of_each_other_between_two_pages_are_shown_as_two() {
    let mut rows = after(holding(), &[UNITE]);
    let back = unite(&mine(), &other(), 0, 2, WHEN).expect("the other way round");
    rows.put(Row::Customer(back.from));
    assert_eq!(rows.clone().as_one(), rows);
    let mut alone = after(holding(), &[UNITE]);
    alone.customers.remove(&id(2));
    assert_eq!(alone.clone().as_one(), alone, "nor is anything shown at one that the phone does not hold");
}

#[test]
fn an_edit_of_what_is_one_with_another_is_made_in_both_and_goes_back_with_its_own() {
    let late = |mutation: &[Mutation]| after(after(holding(), &[UNITE]), mutation);
    let edit = |n: u128, edit: CustomerEdit| Mutation::EditCustomer { id: id(n), base: 0, edit, saw: CustomerEdit::default() };
    let names = |rows: &Replica| [1, 2].map(|n| rows.customers[&id(n)].name.clone());
    let shown = late(&[edit(1, name("Kestrel"))]);
    assert_eq!(names(&shown), ["Kestrel", "Kestrel"], "whoever saves sees it");
    assert_eq!(names(&after(shown, &[APART])), ["Kestrel", "Customer 2"]);
    for (edits, apart) in [
        (vec![edit(2, name("Marsh")), edit(1, name("Kestrel"))], ["Kestrel", "Marsh"]),
        (vec![edit(1, name("Kestrel")), edit(2, name("Marsh"))], ["Kestrel", "Marsh"]),
        (vec![edit(1, name("Kes")), edit(2, name("Marsh")), edit(1, name("Kestrel"))], ["Kestrel", "Marsh"]),
        (vec![edit(1, name("Kes")), edit(1, name("Kestrel"))], ["Kestrel", "Customer 2"]),
    ] {
        assert_eq!(names(&after(late(&edits), &[APART])), apart, "{edits:?}");
    }
    let cleared = late(&[edit(1, CustomerEdit { archived: Some(true), ..CustomerEdit::default() })]);
    assert_eq!([1, 2].map(|n| cleared.customers[&id(n)].archived), [true, false], "a duplicate that was cleared away takes nothing along");
}

#[test]
fn a_visit_keeps_whom_it_was_written_for_while_it_is_edited_as_one() {
    let shown = after(holding(), &[UNITE]).as_one();
    let visit = shown.meetings[&a_meeting(21, 1, MeetingStatus::Held, WHEN.1).id].clone();
    let there = vec![a_contact(12, 2).id];
    let edit = MeetingEdit { customer: Some(id(2)), contacts: Some(there.clone()), ..MeetingEdit::default() };
    let rows = after(after(holding(), &[UNITE]), &[Mutation::edit_meeting(&visit, edit, None)]);
    let edited = &rows.meetings[&visit.id];
    assert_eq!((edited.customer, &edited.contacts, edited.history.clashes().len()), (id(1), &there, 0));
}

/// Something that a phone sends about either customer or about what is there.
fn any_fact() -> impl Strategy<Value = Mutation> {
    (0_u8..6, 1_u128..=2, 100_u128..110).prop_map(|(kind, of, n)| match kind {
        0 => Mutation::CreateContact { contact: a_contact(n, of) },
        1 => Mutation::CreateMeeting { meeting: a_meeting(n + 10, of, MeetingStatus::Held, noon("2026-05-05")) },
        2 => Mutation::RecordTouch { touch: a_touch(n + 20, of, noon("2026-05-05")) },
        3 => Mutation::MakePromise { promise: a_promise(n + 30, of, "2026-06-15") },
        4 => Mutation::DeleteTouch { id: a_touch(30 + of, of, WHEN.1).id },
        _ => {
            let visit = a_meeting(20 + of, of, MeetingStatus::Held, WHEN.1);
            let edit = MeetingEdit { next_step: Some(format!("Step {n}")), ..MeetingEdit::default() };
            Mutation::edit_meeting(&visit, edit, None)
        }
    })
}

fn any_edit() -> impl Strategy<Value = Mutation> {
    (1_u128..=2, prop::option::of(0_u8..3), prop::option::of(0_u8..3), prop::option::of(any::<bool>())).prop_map(
        |(of, name, place, archived)| {
            // No two say the same of different customers: whoever agrees with what was taken over is not told apart from nobody.
            let word = |n: Option<u8>| n.map(|n| format!("Word {of}{n}"));
            let edit = CustomerEdit { name: word(name), place: word(place), archived, ..CustomerEdit::default() };
            Mutation::EditCustomer { id: id(of), base: 0, edit, saw: CustomerEdit::default() }
        },
    )
}

proptest! {
    #[test]
    fn whatever_happens_between_both_are_as_if_they_had_never_been_one(
        before in prop::collection::vec(prop_oneof![any_fact(), any_edit()], 0..6),
        between in prop::collection::vec(prop_oneof![any_fact(), any_edit()], 0..10),
    ) {
        let start = after(holding(), &before);
        let never = after(start.clone(), &between);
        let mut again = after(after(after(start, &[UNITE]), &between), &[APART]);
        let (one, other): (Vec<_>, Vec<_>) = [&again, &never].map(|it| it.customers.values().map(|it| said(it)).collect()).into();
        prop_assert_eq!(one, other);
        again.customers.clone_from(&never.customers);
        prop_assert_eq!(again, never, "nothing else knows that they were one");
    }

    #[test]
    fn what_arrives_before_and_what_arrives_after_show_the_same(facts in prop::collection::vec(any_fact(), 0..10), at in 0_usize..10) {
        let (early, late) = facts.split_at(at.min(facts.len()));
        let first = after(after(holding(), &[UNITE]), &facts).as_one();
        let last = after(after(after(holding(), early), &[UNITE]), late).as_one();
        prop_assert_eq!(&first, &last);
        prop_assert!(first.meetings.values().all(|it| it.customer == id(2)));
    }
}
