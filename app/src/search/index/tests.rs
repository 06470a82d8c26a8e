use super::*;
use crate::{
    meeting::MeetingStatus,
    sync::{
        protocol::Row,
        sample::{ME, a_contact, a_customer, a_meeting, a_reflection, noon},
    },
};
use uuid::Uuid;

fn note(n: u128, of: u128, date: &str, text: &str) -> Row {
    let notes = Notes { roadblocks: text.into(), ..Notes::default() };
    Row::Meeting(Meeting { notes, ..a_meeting(n, of, MeetingStatus::Held, noon(date)) })
}

fn reflection(n: u128, author: MemberId, text: &str) -> Row {
    Row::Reflection(Reflection { author, shared: true, ..a_reflection(n, text, noon("2026-05-05")) })
}

fn replica() -> Replica {
    let mut replica = Replica::default();
    for (n, name, place) in [(1, "Van Dam", "Utrecht"), (2, "Bäckerei Öhler", ""), (3, "Damrak Foods", "")] {
        replica.put(Row::Customer(Customer { name: name.into(), place: place.into(), ..a_customer(n) }));
    }
    replica.put(Row::Customer(Customer { name: "Dam Gone".into(), archived: true, ..a_customer(4) }));
    replica.put(Row::Contact(Contact { name: "Ana Damen".into(), role: "Buyer".into(), ..a_contact(11, 2) }));
    replica.put(note(21, 1, "2026-05-01", "The ramp is too steep"));
    replica.put(note(22, 2, "2026-05-04", "A second ramp; the dam behind it"));
    replica.put(note(23, 3, "2026-05-03", ""));
    replica.put(reflection(31, ME, "I forgot the ramp"));
    replica.put(reflection(32, MemberId(Uuid::nil()), "They forgot the ramp"));
    replica
}

fn index(replica: &Arc<Replica>) -> Index {
    let mut index = Index::default();
    assert!(index.catch_up(replica, usize::MAX));
    index
}

fn titles(group: &Group) -> Vec<&str> {
    group.hits.iter().map(|hit| hit.title.as_str()).collect()
}

#[test]
fn what_is_found_comes_in_groups_in_their_order() {
    let index = index(&Arc::new(replica()));
    let found = index.find("dam", ME);
    assert_eq!(titles(&found.customers), ["Damrak Foods", "Van Dam"], "what is archived is out of the way");
    assert_eq!(titles(&found.people), ["Ana Damen"]);
    assert_eq!(found.people.hits[0].detail, "Buyer · Bäckerei Öhler");
    assert_eq!(titles(&found.notes), ["Bäckerei Öhler"], "a note is not found by its customer alone");
    let ramps = index.find("RAMP", ME);
    assert_eq!(titles(&ramps.notes), ["My reflection", "Bäckerei Öhler", "Van Dam"], "the latest first, and one's own");
    let marked: Vec<&str> = ramps.notes.hits[2].snippet.iter().filter(|it| it.is_found).map(|it| it.text.as_str()).collect();
    assert_eq!(marked, ["ramp"]);
}

#[test]
fn a_note_is_found_by_its_own_words_and_its_customers_together() {
    let index = index(&Arc::new(replica()));
    for (words, notes) in [
        ("ramp utrecht", vec!["Van Dam"]),
        ("backerei ramp", vec!["Bäckerei Öhler"]),
        ("ramp nowhere", vec![]),
        ("utrecht", vec![]),
        ("amp", vec![]),
        ("  ", vec![]),
    ] {
        assert_eq!(titles(&index.find(words, ME).notes), notes, "{words}");
    }
    assert!(index.find("", ME).is_empty());
}

#[test]
fn the_index_follows_what_changes_a_few_rows_at_a_time() {
    let first = Arc::new(replica());
    let mut index = Index::default();
    let steps = std::iter::repeat_with(|| index.catch_up(&first, 3)).take_while(|is_whole| !is_whole).count();
    assert_eq!(steps, 3, "ten rows, three at a time");
    let mut changed = Replica::clone(&first);
    changed.meetings.remove(&MeetingId(Uuid::from_u128(21)));
    changed.put(note(22, 2, "2026-05-04", "A gate"));
    let changed = Arc::new(changed);
    assert!(index.catch_up(&changed, usize::MAX));
    assert_eq!(titles(&index.find("ramp", ME).notes), ["My reflection"]);
    assert_eq!(titles(&index.find("gate", ME).notes), ["Bäckerei Öhler"]);
}

#[test]
fn of_many_only_the_first_are_shown_and_all_are_counted() {
    let mut replica = replica();
    for n in 100..150 {
        replica.put(note(n, 1, "2026-04-01", "A gate"));
    }
    let notes = index(&Arc::new(replica)).find("gate", ME).notes;
    assert_eq!((notes.hits.len(), notes.of), (SHOWN, 50));
}
