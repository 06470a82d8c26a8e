use super::*;
use crate::{
    account::{Member, Role},
    customer::{Contact, Customer, Insight},
    id::{ContactId, InsightId, InvitationId, RatingId, SealingKeyId},
    meeting::{Meeting, MeetingStatus},
    photo::Photo,
    reflection::{Action, Reflection},
    survey::{Answers, Rating, Sealed},
    sync::{
        protocol::Mutation,
        sample::{ME, a_contact, a_customer, a_meeting, a_photo, a_promise, a_rating, a_reflection, a_touch, an_action, item, noon},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

const OTHER: MemberId = MemberId(Uuid::from_u128(0xb));

fn at() -> Timestamp {
    noon("2026-06-01")
}

fn member(id: MemberId, name: &str) -> Row {
    Row::Member(Member {
        id,
        name: name.into(),
        email: format!("{name}@example.test").to_lowercase(),
        team: None,
        roles: [Role::Rep].into(),
        active: true,
    })
}

fn reflection(n: u128, author: MemberId, shared: bool, text: &str) -> Row {
    Row::Reflection(Reflection { author, shared, ..a_reflection(n, text, at()) })
}

fn rating(n: u128, rep: MemberId, hide_name: bool, comment: &str) -> Row {
    let answers = Answers { comment: comment.into(), hide_name, ..Answers::default() };
    Row::Rating(Rating { contact: Some(ContactId(Uuid::from_u128(30 + n))), answers, ..a_rating(n, rep, at()) })
}

/// Something of mine and of somebody else's, of each kind.
fn replica() -> Replica {
    let mut replica = Replica::default();
    let insight = |n, author, text: &str| {
        let (contact, customer) = (ContactId(Uuid::from_u128(31)), CustomerId(Uuid::from_u128(1)));
        let id = InsightId(Uuid::from_u128(n));
        Row::Insight(Insight { id, contact, customer, meeting: None, author, written_at: at(), text: text.into() })
    };
    for row in [
        member(ME, "Rik"),
        member(OTHER, "Eva"),
        Row::Customer(Customer { name: "Mine Foods".into(), ..a_customer(1) }),
        Row::Customer(Customer { name: "Other Foods".into(), owner: OTHER, ..a_customer(2) }),
        Row::Contact(Contact { name: "Cora".into(), ..a_contact(31, 1) }),
        Row::Contact(Contact { name: "Hidden Henk".into(), ..a_contact(32, 2) }),
        insight(41, ME, "my insight"),
        insight(42, OTHER, "their insight"),
        Row::Meeting(a_meeting(51, 1, MeetingStatus::Held, at())),
        Row::Meeting(Meeting { rep: OTHER, ..a_meeting(52, 2, MeetingStatus::Held, at()) }),
        Row::Touch(a_touch(53, 1, at())),
        Row::Promise(a_promise(54, 1, "2026-06-10")),
        Row::Action(an_action(55, "2026-06-20")),
        Row::Action(Action { author: OTHER, what: "their action".into(), ..an_action(56, "2026-06-20") }),
        Row::Photo(Photo { caption: "my caption".into(), ..a_photo(57, 51) }),
        Row::Photo(Photo { author: OTHER, caption: "their caption".into(), ..a_photo(58, 51) }),
        reflection(61, ME, false, "my private thought"),
        reflection(62, OTHER, true, "their shared thought"),
        rating(1, ME, false, "told openly"),
        rating(2, ME, true, "told behind a hidden name"),
        rating(3, OTHER, false, "told of another"),
    ] {
        replica.put(row);
    }
    replica
}

fn exported(replica: &Replica, outbox: &Outbox) -> String {
    Export { replica, outbox, sessions: None, me: ME, now: at(), offset_minutes: 120 }.json()
}

#[test]
fn what_is_mine_is_there_and_nothing_that_is_not() {
    let text = exported(&replica(), &Outbox::new([], 1));
    for (words, there) in [
        ("my insight", true),
        ("my private thought", true),
        ("my caption", true),
        ("told openly", true),
        ("Mine Foods", true),
        ("Cora", true),
        ("Promise 54", true),
        ("Action 55", true),
        ("rik@example.test", true),
        ("2026-06-01T14:00:00+02:00", true),
        ("their insight", false),
        ("their shared thought", false),
        ("their action", false),
        ("their caption", false),
        ("told behind a hidden name", false),
        ("told of another", false),
        ("Hidden Henk", false),
        ("Other Foods", false),
        ("eva@example.test", false),
    ] {
        assert_eq!(text.contains(words), there, "{words}");
    }
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["meetings"].as_array().map(Vec::len), Some(1));
    assert_eq!(value["names"][CustomerId(Uuid::from_u128(1)).to_string()], "Mine Foods");
    assert_eq!(value["export"]["made_at"], "2026-06-01T14:00:00+02:00");
}

#[test]
fn what_is_still_to_be_sent_is_there_but_sealed_answers_are_not() {
    let sealed = Mutation::SubmitSealed {
        id: RatingId(Uuid::nil()),
        invitation: InvitationId(Uuid::nil()),
        given_at: at(),
        sealed: Sealed { key: SealingKeyId(Uuid::nil()), ciphertext: "ciphertext".to_owned() },
    };
    let typed = Mutation::CreateCustomer { customer: Customer { name: "Not sent yet".into(), ..a_customer(9) } };
    let text = exported(&Replica::default(), &Outbox::new([item(1, typed), item(2, sealed)], 3));
    assert!(text.contains("Not sent yet") && !text.contains("ciphertext"), "{text}");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["not_sent_yet"].as_array().map(Vec::len), Some(1));
}

#[test]
fn where_one_is_signed_in_is_told_without_what_names_the_session() {
    let line = SessionLine { id: "secret".into(), agent: "A browser".into(), created_at: at(), seen_at: at(), here: true };
    let (replica, outbox) = (Replica::default(), Outbox::new([], 1));
    let export = Export { replica: &replica, outbox: &outbox, sessions: Some(&[line]), me: ME, now: at(), offset_minutes: 0 };
    let text = export.json();
    assert!(text.contains("A browser") && !text.contains("secret"), "{text}");
}

proptest! {
    #[test]
    fn neither_others_reflections_nor_hidden_names_ever_get_out(rows in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 0..30)) {
        let mut replica = Replica::default();
        for (n, (mine, flag, is_rating)) in (100..).zip(rows) {
            let whose = if mine { ME } else { OTHER };
            let may = mine && !(is_rating && flag);
            let words = if may { "allowed" } else { "forbidden" };
            replica.put(if is_rating { rating(n, whose, flag, words) } else { reflection(n, whose, flag, words) });
        }
        prop_assert!(!exported(&replica, &Outbox::new([], 1)).contains("forbidden"));
    }
}
