use super::*;
use crate::{id::PromiseId, meeting::MeetingEdit};
use std::collections::BTreeSet;
use uuid::Uuid;

const ACME: CustomerId = CustomerId(Uuid::from_u128(2));
const REP: MemberId = MemberId(Uuid::from_u128(3));

fn start() -> NaiveDateTime {
    "2026-05-05T14:05:00".parse().expect("a time")
}

/// Two hours east of UTC.
fn instant(local: NaiveDateTime) -> (Timestamp, i16) {
    (Timestamp(local.and_utc().timestamp_millis()).plus_millis(-120 * 60_000), 120)
}

fn stamp() -> Stamp<'static> {
    Stamp { id: MeetingId(Uuid::from_u128(1)), rep: REP, now: Timestamp(0), instant: &instant }
}

fn filled() -> MeetingDraft {
    MeetingDraft { customer: Some(ACME), format: Some(MeetingFormat::Discovery), ..MeetingDraft::starting(start()) }
}

fn only_meeting(mutations: &[Mutation]) -> Meeting {
    match mutations {
        [Mutation::CreateMeeting { meeting }] => meeting.clone(),
        other => panic!("not one new meeting: {other:?}"),
    }
}

#[test]
fn customer_and_format_suffice() {
    let meeting = only_meeting(&filled().create(MeetingStatus::Held, stamp()).expect("can be saved"));
    assert_eq!((meeting.date().to_string(), meeting.length_minutes, meeting.channel), ("2026-05-05".into(), 60, Channel::InPerson));
    assert_eq!(MeetingDraft { began: None, ..MeetingDraft::of(&meeting) }, filled(), "and it reads back as typed");
}

#[test]
fn what_is_missing_is_said_by_field() {
    let problems = MeetingDraft::default().create(MeetingStatus::Held, stamp()).expect_err("empty");
    for field in ["customer", "format", "date", "time", "length_minutes"] {
        assert!(problems.about(field).is_some(), "{field}");
    }
}

#[test]
fn what_is_made_on_the_spot_is_saved_before_what_needs_it() {
    let customer = Customer {
        id: ACME,
        name: "Acme".into(),
        place: String::new(),
        industry: String::new(),
        size: Default::default(),
        owner: REP,
        co_owners: BTreeSet::new(),
        owned_since: start().date(),
        tier: Default::default(),
        window_days: None,
        ideal_days: None,
        archived: false,
        united: None,
        version: 0,
        history: Default::default(),
    };
    let contact = ContactId(Uuid::from_u128(7));
    let mut draft = filled();
    draft.new_customer = Some(customer);
    draft.new_contacts.push(Contact {
        id: contact,
        customer: ACME,
        name: "Ana".into(),
        role: String::new(),
        email: String::new(),
        phone: String::new(),
        archived: false,
        version: 0,
        history: Default::default(),
    });
    draft.contacts.push(contact);
    draft
        .promises
        .push(PromiseDraft { what: "Send the drawings".into(), ..PromiseDraft::new(PromiseId(Uuid::nil()), "2026-05-12".into()) });
    draft.promises.push(PromiseDraft::new(PromiseId(Uuid::nil()), String::new()));
    draft.insights.push(InsightDraft { id: InsightId(Uuid::nil()), contact: Some(contact), text: "Restores old boats".into() });
    let mutations = draft.create(MeetingStatus::Held, stamp()).expect("can be saved");
    assert!(matches!(
        mutations.as_slice(),
        [
            Mutation::CreateCustomer { .. },
            Mutation::CreateContact { .. },
            Mutation::CreateMeeting { .. },
            Mutation::MakePromise { .. },
            Mutation::RecordInsight { .. }
        ]
    ));
}

#[test]
fn a_promise_needs_a_day_and_an_insight_somebody() {
    let mut draft = filled();
    draft.promises.push(PromiseDraft { what: "Send the drawings".into(), ..PromiseDraft::new(PromiseId(Uuid::nil()), String::new()) });
    draft.insights.push(InsightDraft { id: InsightId(Uuid::nil()), contact: None, text: "Restores old boats".into() });
    let problems = draft.create(MeetingStatus::Held, stamp()).expect_err("unfinished");
    assert!(problems.about("promise-0-due").is_some() && problems.about("insight-0-contact").is_some());
}

#[test]
fn an_edit_sends_only_what_was_changed() {
    let before = only_meeting(&filled().create(MeetingStatus::Planned, stamp()).expect("can be saved"));
    let mut draft = MeetingDraft::of(&before);
    assert_eq!(draft.edit(&before, MeetingStatus::Planned, None, stamp()), Ok(vec![]), "nothing changed");
    draft.notes.next_step = "Call on Friday".into();
    let mutations = draft.edit(&before, MeetingStatus::Held, None, stamp()).expect("can be saved");
    let [Mutation::EditMeeting { edit, base: 0, reason: None, .. }] = mutations.as_slice() else { panic!("{mutations:?}") };
    assert_eq!((edit.status, edit.next_step.as_deref(), edit.starts_at), (Some(MeetingStatus::Held), Some("Call on Friday"), None));
}

#[test]
fn what_others_wrote_while_it_was_typed_is_not_taken_back() {
    let before = only_meeting(&filled().create(MeetingStatus::Held, stamp()).expect("can be saved"));
    let mut draft = MeetingDraft::of(&before);
    draft.notes.next_step = "Call on Friday".into();
    let kept: MeetingDraft = serde_json::from_str(&serde_json::to_string(&draft).expect("JSON")).expect("a draft");
    let mut meanwhile = Meeting { version: 1, channel: Channel::Video, ..before };
    meanwhile.notes.matters = "Fewer deliveries".into();
    let mutations = kept.edit(&meanwhile, MeetingStatus::Held, None, stamp()).expect("can be saved");
    let [Mutation::EditMeeting { edit, base: 0, .. }] = mutations.as_slice() else { panic!("{mutations:?}") };
    let typed = MeetingEdit { next_step: Some("Call on Friday".into()), ..MeetingEdit::default() };
    assert_eq!(edit, &typed);
}

#[test]
fn a_manager_gives_a_reason() {
    let before = only_meeting(&filled().create(MeetingStatus::Held, stamp()).expect("can be saved"));
    let problems = MeetingDraft::of(&before).edit(&before, MeetingStatus::Held, Some(" ".into()), stamp()).expect_err("no reason");
    assert!(problems.about("reason").is_some());
}
