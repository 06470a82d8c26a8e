use super::*;
use crate::{
    customer::{Customer, CustomerEdit, CustomerField, Tier},
    meeting::{MeetingEdit, MeetingStatus},
    sync::sample::{a_customer, a_meeting, noon},
    text,
};
use proptest::prelude::*;
use uuid::Uuid;

const ANNA: MemberId = MemberId(Uuid::from_u128(0xa11a));
const RIK: MemberId = MemberId(Uuid::from_u128(0x51c));

fn place(place: &str) -> CustomerEdit {
    CustomerEdit { place: Some(place.into()), ..CustomerEdit::default() }
}

fn name(name: &str) -> CustomerEdit {
    CustomerEdit { name: Some(name.into()), ..CustomerEdit::default() }
}

/// `row` with an edit taken in that was made on `seen`, at the time of the row's next version.
fn take_in(row: &Customer, seen: &Customer, by: MemberId, edit: &CustomerEdit) -> Customer {
    let saw = seen.fields().seen_by(edit);
    let at = Timestamp(i64::from(row.version) + 1);
    row.merged(&Incoming { edit, base: seen.version, saw: &saw, by, at }).expect("valid")
}

/// As [`take_in`], from a phone that does not tell what its author saw.
fn take_in_from_an_older_phone(row: &Customer, base: u32, by: MemberId, edit: &CustomerEdit) -> Customer {
    row.merged(&Incoming { edit, base, saw: &CustomerEdit::default(), by, at: Timestamp(0) }).expect("valid")
}

fn kept(customer: &Customer) -> Vec<(&str, &str)> {
    customer
        .history
        .clashes()
        .iter()
        .map(|clash| (clash.lost.place.as_deref().expect("a place"), clash.won.place.as_deref().expect("a place")))
        .collect()
}

fn open(customer: &Customer) -> Vec<&str> {
    customer.history.open(&customer.fields()).iter().map(|clash| clash.lost.place.as_deref().expect("a place")).collect()
}

#[test]
fn edits_of_different_fields_are_both_made_and_nothing_clashes() {
    let before = a_customer(1);
    let after = take_in(&take_in(&before, &before, ANNA, &place("Utrecht")), &before, RIK, &name("Acme"));
    assert_eq!((after.name.as_str(), after.place.as_str(), after.version), ("Acme", "Utrecht", 2));
    assert!(after.history.clashes().is_empty());
}

#[test]
fn the_edit_accepted_later_wins_and_what_it_replaced_is_kept_with_both_names() {
    let before = a_customer(1);
    let after = take_in(&take_in(&before, &before, RIK, &place("Zeist")), &before, ANNA, &place("Utrecht"));
    assert_eq!(after.place, "Utrecht");
    let clash = Clash {
        field: CustomerField::Place,
        lost: place("Zeist"),
        lost_by: Some(Mark { version: 1, by: RIK, at: Timestamp(1) }),
        won: place("Utrecht"),
        won_by: Mark { version: 2, by: ANNA, at: Timestamp(2) },
    };
    assert_eq!(after.history.clashes(), [clash]);
    assert_eq!(open(&after), ["Zeist"]);
}

#[test]
fn two_devices_of_one_member_clash_as_two_members_do() {
    let before = a_customer(1);
    let after = take_in(&take_in(&before, &before, ANNA, &place("Zeist")), &before, ANNA, &place("Utrecht"));
    assert_eq!(kept(&after), [("Zeist", "Utrecht")]);
}

#[test]
fn whoever_saw_what_an_edit_replaces_clashes_with_nobody() {
    let before = a_customer(1);
    let zeist = take_in(&before, &before, RIK, &place("Zeist"));
    assert_eq!(kept(&take_in(&zeist, &zeist, ANNA, &place("Utrecht"))), []);
}

#[test]
fn the_same_value_twice_is_no_clash() {
    let before = a_customer(1);
    let zeist = take_in(&before, &before, RIK, &place("Zeist"));
    let again = take_in(&zeist, &before, ANNA, &place("Zeist"));
    assert_eq!((again.place.as_str(), kept(&again)), ("Zeist", vec![]));
}

#[test]
fn an_edit_that_repeats_what_its_author_saw_leaves_what_came_meanwhile() {
    let before = Customer { place: "Zeist".into(), ..a_customer(1) };
    let moved = take_in(&before, &before, RIK, &place("Utrecht"));
    let after = take_in(&moved, &before, ANNA, &CustomerEdit { name: Some("Acme".into()), ..place("Zeist") });
    assert_eq!((after.name.as_str(), after.place.as_str(), kept(&after)), ("Acme", "Utrecht", vec![]));
}

#[test]
fn edits_made_one_after_the_other_offline_meet_what_came_before_the_first() {
    let before = a_customer(1);
    let zeist = take_in(&before, &before, RIK, &place("Zeist"));
    // On Anna's phone neither shows Zeist, and the second has a version that by then is Rik's.
    let first = take_in(&before, &before, ANNA, &place("Utrecht"));
    let server = take_in(&zeist, &before, ANNA, &place("Utrecht"));
    let server = take_in(&server, &first, ANNA, &place("Utrecht, Oudegracht"));
    assert_eq!((server.place.as_str(), kept(&server)), ("Utrecht, Oudegracht", vec![("Zeist", "Utrecht")]));
}

#[test]
fn an_edit_of_an_older_phone_clashes_by_its_version() {
    let before = a_customer(1);
    let zeist = take_in(&before, &before, RIK, &place("Zeist"));
    assert_eq!(kept(&take_in_from_an_older_phone(&zeist, 0, ANNA, &place("Utrecht"))), [("Zeist", "Utrecht")]);
    assert_eq!(kept(&take_in_from_an_older_phone(&zeist, 1, ANNA, &place("Utrecht"))), []);
}

#[test]
fn a_clash_is_open_until_somebody_decides_who_saw_it() {
    let before = a_customer(1);
    let three = [(RIK, "Zeist"), (ANNA, "Utrecht"), (RIK, "Breda")];
    let met = three.iter().fold(before.clone(), |row, (by, it)| take_in(&row, &before, *by, &place(it)));
    assert_eq!(open(&met), ["Utrecht", "Zeist"], "a third reads what both others wrote");
    let other_field = take_in(&met, &met, ANNA, &name("Acme"));
    assert_eq!(open(&other_field), ["Utrecht", "Zeist"]);
    let decided = take_in(&met, &met, ANNA, &place("Zeist"));
    assert_eq!((open(&decided), kept(&decided).len()), (vec![], 2), "decided, and still remembered");
}

#[test]
fn what_an_import_writes_stands_beside_nobodys_name() {
    let before = a_customer(1);
    let zeist = take_in(&before, &before, RIK, &place("Zeist"));
    let mut imported = Customer { place: "Breda".into(), version: 2, ..zeist.clone() };
    imported.history.changed_otherwise(&zeist.fields(), &imported.fields());
    let after = take_in(&imported, &zeist, ANNA, &place("Utrecht"));
    let [clash] = after.history.clashes() else { panic!("one clash: {after:?}") };
    assert_eq!((clash.lost.place.as_deref(), clash.lost_by), (Some("Breda"), None));
}

#[test]
fn long_notes_are_kept_whole() {
    let before = a_meeting(1, 2, MeetingStatus::Held, noon("2026-05-05"));
    let matters = |letter: &str| MeetingEdit { matters: Some(letter.repeat(text::NOTE_MAX)), ..MeetingEdit::default() };
    let (ours, theirs) = (matters("a"), matters("é"));
    let take_in = |row: &crate::meeting::Meeting, edit: &MeetingEdit| {
        let saw = before.fields().seen_by(edit);
        row.merged(&Incoming { edit, base: 0, saw: &saw, by: before.rep, at: Timestamp(0) }, None, false).expect("valid")
    };
    let after = take_in(&take_in(&before, &ours), &theirs);
    assert_eq!(after.fields().only(after.history.clashes()[0].field), theirs);
    assert_eq!(after.history.clashes()[0].lost, ours);
}

#[test]
fn a_start_and_its_offset_are_one_field() {
    let before = a_meeting(1, 2, MeetingStatus::Held, noon("2026-05-05"));
    let edit = MeetingEdit { starts_at: Some(noon("2026-05-06")), ..MeetingEdit::default() };
    let whole = MeetingEdit { starts_at: Some(before.starts_at), offset_minutes: Some(0), ..MeetingEdit::default() };
    assert_eq!(before.fields().seen_by(&edit), whole);
}

#[test]
fn a_row_without_edits_is_written_as_it_always_was_and_fields_of_newer_builds_are_read() {
    let before = a_customer(1);
    assert!(!serde_json::to_string(&before).expect("JSON").contains("history"));
    let met = take_in(&take_in(&before, &before, RIK, &place("Zeist")), &before, ANNA, &place("Utrecht"));
    let written = serde_json::to_string(&met).expect("JSON");
    assert_eq!(serde_json::from_str::<Customer>(&written).expect("as written"), met);
    let newer =
        written.replace("\"place\":{\"version\"", "\"segment\":{\"version\"").replace("\"field\":\"place\"", "\"field\":\"segment\"");
    let read: Customer = serde_json::from_str(&newer).expect("a newer build's row is read");
    assert_eq!(read.history.clashes()[0].field, CustomerField::Newer);
}

/// An edit by one of three members; values are told apart by `n`.
fn an_edit(n: usize) -> impl Strategy<Value = (MemberId, CustomerEdit)> {
    (0_u128..3, any::<bool>(), any::<bool>()).prop_map(move |(by, named, placed)| {
        let edit = CustomerEdit {
            name: named.then(|| format!("Name {n}")),
            place: (placed || !named).then(|| format!("Place {n}")),
            ..CustomerEdit::default()
        };
        (MemberId(Uuid::from_u128(by)), edit)
    })
}

fn edits() -> impl Strategy<Value = Vec<(MemberId, CustomerEdit)>> {
    (1..CLASHES_MAX / 2).prop_flat_map(|count| (0..count).map(an_edit).collect::<Vec<_>>()).prop_shuffle()
}

proptest! {
    #[test]
    fn nothing_that_anybody_wrote_on_the_same_row_is_lost(edits in edits()) {
        let before = a_customer(1);
        let after = edits.iter().fold(before.clone(), |row, (by, edit)| take_in(&row, &before, *by, edit));
        for (_, edit) in &edits {
            for field in CustomerEdit::FIELDS.iter().filter(|field| !edit.only(**field).is_empty()) {
                let wrote = edit.only(*field);
                let holds = after.fields().only(*field) == wrote;
                let kept = after.history.clashes().iter().any(|clash| clash.lost == wrote);
                prop_assert!(holds != kept, "{wrote:?} is either the value or in the history: {after:?}");
            }
        }
        let open = after.history.open(&after.fields()).len();
        prop_assert_eq!(open, after.history.clashes().len(), "nobody has decided yet");
    }

    #[test]
    fn edits_of_different_fields_come_to_the_same_row_in_any_order(
        order in Just(vec![name("Acme"), place("Utrecht"), CustomerEdit { window_days: Some(9), ..CustomerEdit::default() },
            CustomerEdit { archived: Some(true), ..CustomerEdit::default() },
            CustomerEdit { tier: Some(Tier::Key), ..CustomerEdit::default() }, CustomerEdit { ideal_days: Some(5), ..CustomerEdit::default() }]).prop_shuffle()
    ) {
        let before = a_customer(1);
        let after = order.iter().fold(before.clone(), |row, edit| take_in(&row, &before, ANNA, edit));
        let all = order.iter().fold(before.fields(), |all, edit| edit.over(&all));
        prop_assert_eq!(after.fields(), all);
        prop_assert!(after.history.clashes().is_empty());
    }

    #[test]
    fn a_phone_shows_what_the_server_will_answer(theirs in edits(), mine in an_edit(1000)) {
        let before = a_customer(1);
        let server = theirs.iter().fold(before.clone(), |row, (by, edit)| take_in(&row, &before, *by, edit));
        // The same rule laid over the server's row, before and after the server has done it.
        let shown = take_in(&server, &before, mine.0, &mine.1);
        let overlaid_again = take_in(&shown, &before, mine.0, &mine.1);
        prop_assert_eq!(overlaid_again.fields(), shown.fields());
        prop_assert_eq!(overlaid_again.history, shown.history);
    }
}
