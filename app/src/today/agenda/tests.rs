use super::*;
use crate::{
    account::{Availability, Hours},
    customer::Customer,
    id::{AbsenceId, SubjectId},
    meeting::MeetingStatus,
    promise::{InsideAsk, InsideAskState},
    recovery::{Cause, RecoveryCase},
    survey::{Answers, FollowUp, Rating},
    sync::{
        protocol::Row,
        sample::{ME as REP, a_customer, a_meeting, a_promise, a_rating, a_touch, an_action, noon, on},
    },
    today::SnoozeReason,
};
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

fn action(id: u128, due: &str) -> Row {
    Row::Action(an_action(id, due))
}

/// Customer `n` of `owner`, whom nobody ever met.
fn neglected(n: u128, owner: MemberId) -> Row {
    Row::Customer(Customer { owner, ..a_customer(n) })
}

fn put_off(subject: u128, until: &str) -> Row {
    let subject = SubjectId(Uuid::from_u128(subject));
    Row::Snooze(Snooze { member: REP, subject, until: on(until), because: SnoozeReason::WaitingForThem })
}

fn away(member: MemberId, from: &str, until: &str, cover: Option<MemberId>) -> Row {
    let absences = vec![Absence { id: AbsenceId(Uuid::nil()), from: on(from), until: on(until), cover }];
    Row::Availability(Availability { absences, ..Availability::of(member) })
}

fn replica(rows: Vec<Row>) -> Replica {
    let mut replica = Replica::default();
    rows.into_iter().for_each(|row| replica.put(row));
    replica
}

fn looking(at: &str) -> Looking {
    Looking { member: REP, wall: at.parse().expect("a time"), seen: 0, extent: Extent::ForNow }
}

fn letter(item: &Item) -> char {
    match item {
        Item::Visit(_) => 'v',
        Item::Promise(_) => 'p',
        Item::Question(_) => 'q',
        Item::Wish(_) => 'w',
        Item::Case(_) => 'm',
        Item::Action(_) => 'a',
        Item::Ratings(_) => 'r',
        Item::Customer(_) => 'c',
        Item::Covering { item, .. } => letter(item).to_ascii_uppercase(),
        Item::Upcoming(_) => 'u',
    }
}

fn letters(agenda: &Agenda) -> String {
    agenda.items.iter().map(letter).collect()
}

fn kinds_of(rows: Vec<Row>) -> String {
    letters(&agenda(&replica(rows), &looking("2026-05-05T10:00:00")))
}

#[test]
fn a_busy_morning_hides_no_promise_and_no_list_is_longer_than_seven() {
    let visits = || (1..=9).map(|id| visit(id, TODAY)).collect::<Vec<_>>();
    assert_eq!(kinds_of(visits()), "vvvvvvv");
    let all =
        [visits(), (20..=24).map(|id| promise(id, "2026-05-01")).collect(), vec![action(30, "2026-05-06")], vec![visit(40, "2026-05-07")]];
    assert_eq!(kinds_of(all.concat()), "vvvppau");
}

#[test]
fn what_is_still_far_off_waits_and_what_is_past_stays() {
    let rows =
        vec![promise(1, "2026-05-08"), promise(2, "2026-05-09"), promise(3, "2026-01-01"), action(4, "2026-05-20"), visit(5, "2026-04-30")];
    assert_eq!(kinds_of(rows), "vpp");
}

#[test]
fn nothing_to_do_is_nothing_to_show() {
    assert_eq!(kinds_of(vec![]), "");
}

#[test]
fn what_is_put_off_makes_room_and_is_back_on_its_day() {
    let mut rows: Vec<Row> = (1..=9).map(|id| promise(id, "2026-05-01")).collect();
    rows.extend([put_off(1, "2026-05-06"), put_off(2, TODAY)]);
    let agenda = agenda(&replica(rows), &looking("2026-05-05T10:00:00"));
    assert_eq!((letters(&agenda).as_str(), agenda.put_off.len()), ("ppppppp", 1));
    assert!(agenda.items.iter().all(|item| item.subject() != Some(SubjectId(Uuid::from_u128(1)))));
    assert_eq!(agenda.due(), 7);
}

#[test]
fn outside_working_hours_only_what_has_a_time_shows_until_it_is_asked_for() {
    let hours = WorkingHours::on_working_days(9, 17);
    let own = Row::Availability(Availability { hours: Hours::Own(hours.clone()), ..Availability::of(REP) });
    let replica = replica(vec![own, visit(1, TODAY), promise(2, TODAY), visit(3, "2026-05-06")]);
    for (at, quiet, shown) in [("2026-05-05T10:00:00", false, "vpu"), ("2026-05-05T20:00:00", true, "vu")] {
        let agenda = agenda(&replica, &looking(at));
        assert_eq!((letters(&agenda).as_str(), agenda.quiet), (shown, quiet.then(|| Quiet::OutsideHours(hours.clone()))), "{at}");
    }
    let everything = agenda(&replica, &Looking { extent: Extent::Everything, ..looking("2026-05-05T20:00:00") });
    assert_eq!((letters(&everything).as_str(), everything.quiet.is_some()), ("vpu", true));
}

#[test]
fn who_is_away_is_reminded_of_nothing_and_the_cover_sees_what_this_phone_holds() {
    let mine = replica(vec![away(REP, "2026-05-01", "2026-05-20", Some(BO)), promise(1, TODAY), neglected(2, REP)]);
    let agenda_of = |replica: &Replica, at: &str| agenda(replica, &looking(at));
    assert_eq!(letters(&agenda_of(&mine, "2026-05-05T10:00:00")), "");
    assert!(matches!(agenda_of(&mine, "2026-05-05T10:00:00").quiet, Some(Quiet::Away(absence)) if absence.cover == Some(BO)));
    assert_eq!(letters(&agenda_of(&mine, "2026-05-21T10:00:00")), "pc", "and of all of it when back");

    let of_bo = |id, date: &str| match visit(id, date) {
        Row::Meeting(visit) => Row::Meeting(crate::meeting::Meeting { rep: BO, ..visit }),
        other => other,
    };
    let rows = |cover| {
        let visits = [of_bo(11, TODAY), of_bo(12, "2026-05-07"), of_bo(13, "2026-06-07"), of_bo(14, "2026-04-01")];
        visits.into_iter().chain([away(BO, "2026-05-01", "2026-05-20", cover), neglected(2, BO)]).collect::<Vec<_>>()
    };
    assert_eq!(letters(&agenda_of(&replica(rows(Some(REP))), "2026-05-05T10:00:00")), "VCU");
    assert_eq!(letters(&agenda_of(&replica(rows(Some(REP))), "2026-05-21T10:00:00")), "", "until the colleague is back");
    assert_eq!(letters(&agenda_of(&replica(rows(None)), "2026-05-05T10:00:00")), "", "and only who was named");
}

#[test]
fn a_cover_sees_what_falls_due_of_what_was_promised_to_customers_on_this_phone() {
    let of_bo = |id, customer, due| match Row::Promise(a_promise(id, customer, due)) {
        Row::Promise(promise) => Row::Promise(Promise { maker: BO, keeper: BO, ..promise }),
        other => other,
    };
    let met = Row::Meeting(a_meeting(50, 1, MeetingStatus::Held, noon("2026-05-04")));
    let rows = |cover| {
        let promises = [of_bo(11, 1, "2026-05-06"), of_bo(12, 1, "2026-06-06"), of_bo(13, 99, "2026-05-06")];
        promises.into_iter().chain([neglected(1, BO), met.clone(), away(BO, "2026-05-01", "2026-05-20", cover)]).collect::<Vec<_>>()
    };
    assert_eq!(kinds_of(rows(Some(REP))), "P", "one is far off, one to a customer whom this phone does not hold");
    assert_eq!(kinds_of(rows(None)), "");
}

#[test]
fn a_colleagues_question_waits_until_it_is_answered() {
    let ask = |id, to, state, by: &str| {
        Row::InsideAsk(InsideAsk {
            id: crate::id::InsideAskId(Uuid::from_u128(id)),
            customer: a_customer(1).id,
            from: BO,
            to,
            what: "A pump that runs at night".into(),
            by: on(by),
            asked_at: noon("2026-05-01"),
            customer_name: "Acme".into(),
            state,
            answer: String::new(),
        })
    };
    let rows = vec![
        promise(9, "2026-05-07"),
        ask(1, REP, InsideAskState::Open, "2026-05-20"),
        ask(2, REP, InsideAskState::Open, "2026-05-06"),
        ask(3, REP, InsideAskState::Answered, "2026-05-06"),
        ask(4, BO, InsideAskState::Open, "2026-05-06"),
    ];
    let agenda = agenda(&replica(rows), &looking("2026-05-05T10:00:00"));
    assert_eq!((letters(&agenda).as_str(), agenda.due()), ("qpq", 3), "among the promises, by the day");
    assert_eq!(agenda.items[0].subject(), Some(SubjectId(Uuid::from_u128(2))));
}

#[test]
fn a_customer_who_asked_to_be_contacted_waits_until_somebody_was_in_touch() {
    let wish = |id, date: &str| {
        let answers = Answers { follow_up: FollowUp::Rep, ..Answers::default() };
        Row::Rating(Rating { answers, ..a_rating(id, REP, noon(date)) })
    };
    let case = Row::RecoveryCase(RecoveryCase {
        id: crate::id::RecoveryCaseId(Uuid::from_u128(9)),
        customer: a_customer(2).id,
        rep: REP,
        cause: Cause::ByHand,
        what: String::new(),
        opened_at: noon("2026-04-01"),
        steps: Default::default(),
        closed_at: None,
    });
    let rows = || vec![case.clone(), wish(1, "2026-05-04"), promise(3, TODAY)];
    let agenda = agenda(&replica(rows()), &Looking { seen: 1, ..looking("2026-05-05T10:00:00") });
    assert_eq!((letters(&agenda).as_str(), agenda.due()), ("wmp", 3));
    assert_eq!(agenda.items[0].subject(), Some(SubjectId(Uuid::from_u128(1))));
    let with = |row: Row| kinds_of(rows().into_iter().chain([row]).collect());
    assert_eq!(with(put_off(1, "2026-05-06")), "mpr");
    assert_eq!(with(Row::Touch(a_touch(4, 1, noon("2026-05-05")))), "mpr");
}

#[test]
fn what_is_only_to_come_is_not_due() {
    let agenda = agenda(&replica(vec![visit(1, TODAY), visit(2, "2026-05-07")]), &looking("2026-05-05T10:00:00"));
    assert_eq!((letters(&agenda).as_str(), agenda.due()), ("vu", 1));
}
