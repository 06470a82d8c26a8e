use super::*;
use crate::{
    account::{Absence, Hours},
    id::{AbsenceId, RecoveryCaseId, SubjectId},
    meeting::{Meeting, MeetingStatus},
    recovery::{Cause, RecoveryCase},
    survey::{Answers, FollowUp, Rating},
    sync::{
        protocol::Row,
        sample::{ME as REP, a_customer, a_meeting, a_promise, a_rating, a_touch, an_action, noon, on},
    },
    today::{Snooze, SnoozeReason},
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const BO: MemberId = MemberId(Uuid::from_u128(0xb0));
/// A Tuesday.
const TODAY: &str = "2026-05-05";

fn visit(id: u128, date: &str) -> Row {
    Row::Meeting(a_meeting(id, id, MeetingStatus::Planned, noon(date)))
}

fn promise(id: u128, due: &str) -> Row {
    Row::Promise(a_promise(id, 1, due))
}

fn away(member: MemberId, cover: Option<MemberId>) -> Row {
    let absences = vec![Absence { id: AbsenceId(Uuid::nil()), from: on("2026-05-01"), until: on("2026-05-20"), cover }];
    Row::Availability(Availability { absences, ..Availability::of(member) })
}

fn replica(rows: Vec<Row>) -> Replica {
    let mut replica = Replica::default();
    rows.into_iter().for_each(|row| replica.put(row));
    replica
}

fn wall(text: &str) -> NaiveDateTime {
    text.parse().expect("a time")
}

fn wanted(kinds: &[ReminderKind]) -> Wanted {
    Wanted { kinds: kinds.iter().copied().collect(), seen: 0 }
}

fn said(rows: Vec<Row>, wanted: &Wanted) -> Option<String> {
    remind(&replica(rows), REP, wall("2026-05-05T08:00:00"), wanted).map(|reminder| reminder.body)
}

/// One of everything, and more visits than Today shows.
fn everything() -> Vec<Row> {
    let visits = (1..=9).map(|id| visit(id, TODAY));
    let case = RecoveryCase {
        id: RecoveryCaseId(Uuid::nil()),
        customer: a_customer(60).id,
        rep: REP,
        cause: Cause::ByHand,
        what: "Left waiting".into(),
        opened_at: noon("2026-05-01"),
        steps: Default::default(),
        closed_at: None,
    };
    let others = [
        visit(20, "2026-05-01"),
        visit(21, "2026-05-06"),
        visit(22, "2026-05-07"),
        promise(30, "2026-05-07"),
        promise(31, "2026-06-07"),
        Row::Action(an_action(40, TODAY)),
        Row::Rating(a_rating(50, REP, noon("2026-05-04"))),
        Row::Rating(a_rating(51, BO, noon("2026-05-04"))),
        Row::Customer(a_customer(60)),
        Row::RecoveryCase(case),
    ];
    visits.chain(others).collect()
}

#[test]
fn what_waits_is_counted_whole_and_by_no_name() {
    let body = said(everything(), &wanted(&ReminderKind::ALL)).expect("something waits");
    assert_eq!(
        body,
        "9 visits, 1 visit to log, 1 visit tomorrow, 1 thing to make right, 1 promise due, 1 thing for next time, 1 new rating, 1 customer overdue"
    );
}

#[test]
fn only_what_is_wanted_is_said_and_nothing_where_there_is_none_of_it() {
    for (kinds, body) in [
        (vec![ReminderKind::Promises], Some("1 promise due")),
        (vec![ReminderKind::Ratings, ReminderKind::Actions], Some("1 thing for next time, 1 new rating")),
        (vec![], None),
    ] {
        assert_eq!(said(everything(), &wanted(&kinds)).as_deref(), body);
    }
    assert_eq!(said(vec![promise(1, TODAY)], &wanted(&[ReminderKind::Visits])), None);
    assert_eq!(said(vec![], &wanted(&ReminderKind::ALL)), None);
}

#[test]
fn a_customer_who_asked_to_be_contacted_is_counted_until_somebody_was_in_touch() {
    let answers = Answers { follow_up: FollowUp::Rep, ..Answers::default() };
    let wish = Row::Rating(Rating { answers, ..a_rating(1, REP, noon("2026-05-04")) });
    let wanted = wanted(&[ReminderKind::Cases]);
    assert_eq!(said(vec![wish.clone()], &wanted).as_deref(), Some("1 customer to get back to"));
    assert_eq!(said(vec![wish, Row::Touch(a_touch(2, 1, noon(TODAY)))], &wanted), None);
}

#[test]
fn ratings_that_were_looked_at_are_not_new() {
    let rows = || vec![Row::Rating(a_rating(1, REP, noon(TODAY))), Row::Rating(a_rating(2, REP, noon(TODAY)))];
    for (seen, body) in [(0, Some("2 new ratings")), (1, Some("1 new rating")), (2, None), (usize::MAX, None)] {
        let wanted = Wanted { seen, ..wanted(&ReminderKind::ALL) };
        assert_eq!(said(rows(), &wanted).as_deref(), body);
    }
}

#[test]
fn who_is_away_is_reminded_of_nothing_and_what_is_put_off_is_not_counted() {
    assert_eq!(said([everything(), vec![away(REP, None)]].concat(), &wanted(&ReminderKind::ALL)), None);
    let snooze =
        Snooze { member: REP, subject: SubjectId(Uuid::from_u128(1)), until: on("2026-05-06"), because: SnoozeReason::WaitingForThem };
    assert_eq!(said(vec![promise(1, TODAY), Row::Snooze(snooze)], &wanted(&ReminderKind::ALL)), None);
}

#[test]
fn a_cover_is_reminded_of_the_visits_of_who_is_away() {
    let Row::Meeting(visit) = visit(1, TODAY) else { unreachable!("a visit") };
    let of_bo = Row::Meeting(Meeting { rep: BO, ..visit });
    assert_eq!(said(vec![of_bo.clone(), away(BO, Some(REP))], &wanted(&ReminderKind::ALL)).as_deref(), Some("1 visit"));
    assert_eq!(said(vec![of_bo, away(BO, None)], &wanted(&ReminderKind::ALL)), None);
}

#[test]
fn the_day_begins_with_working_hours_and_a_late_server_keeps_quiet() {
    let usual = reminded_in(&Availability::of(REP), &Rules::default());
    let own = Availability { hours: Hours::Own(WorkingHours { from_minute: 13 * 60, ..usual.clone() }), ..Availability::of(REP) };
    let own = reminded_in(&own, &Rules::default());
    for (hours, at, is_time) in [
        (&usual, "2026-05-05T07:59:59", false),
        (&usual, "2026-05-05T08:00:00", true),
        (&usual, "2026-05-05T09:59:59", true),
        (&usual, "2026-05-05T10:00:00", false),
        (&usual, "2026-05-09T08:00:00", false),
        (&own, "2026-05-05T08:00:00", false),
        (&own, "2026-05-05T13:30:00", true),
    ] {
        assert_eq!(is_time_to_remind(hours, wall(at)), is_time, "{at}");
    }
    assert_eq!(reminder_lasts(&usual, wall("2026-05-05T08:30:59")), 34_200);
    let short = WorkingHours { from_minute: 480, until_minute: 510, ..usual };
    assert!(!is_time_to_remind(&short, wall("2026-05-05T08:30:00")), "nobody is reminded after work");
}

proptest! {
    #[test]
    fn whatever_is_wanted_a_reminder_says_numbers_and_no_names(chosen in proptest::collection::btree_set(0_usize..6, 0..=6), seen in 0_usize..3) {
        let kinds: BTreeSet<ReminderKind> = chosen.iter().map(|it| ReminderKind::ALL[*it]).collect();
        let reminder = remind(&replica(everything()), REP, wall("2026-05-05T08:00:00"), &Wanted { kinds: kinds.clone(), seen });
        let body = reminder.map(|it| it.body).unwrap_or_default();
        let only_seen = kinds == BTreeSet::from([ReminderKind::Ratings]) && seen > 0;
        prop_assert_eq!(body.is_empty(), kinds.is_empty() || only_seen);
        prop_assert!(!body.contains(&a_customer(60).name) && body.len() < 200);
    }
}
