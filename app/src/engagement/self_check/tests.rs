use super::*;
use crate::{
    customer::{Customer, Insight},
    id::{ContactId, InsightId},
    meeting::{MeetingStatus, Notes},
    survey::{Answers, Component, Rating},
    sync::{
        protocol::Row,
        sample::{ME, a_customer, a_meeting, a_promise, a_rating, a_touch, noon, on},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: &str = "2026-05-29";

fn of(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

fn met(n: u128, customer: u128, date: &str, format: MeetingFormat) -> Meeting {
    Meeting { format, ..a_meeting(n, customer, MeetingStatus::Held, noon(date)) }
}

fn touch(n: u128, customer: u128, date: &str) -> Row {
    Row::Touch(a_touch(n, customer, noon(date)))
}

fn promise(n: u128, keeper: MemberId, due: &str, state: PromiseState) -> Row {
    Row::Promise(Promise { keeper, state, ..a_promise(n, n, due) })
}

fn unhappy(n: u128, given: &str) -> Row {
    let answers = Answers { components: [(Component::Trust, 1)].into(), ..Answers::default() };
    Row::Rating(Rating { customer: of(n), answers, ..a_rating(n, ME, noon(given)) })
}

/// What is found of `shortfall` in `rows`, and among how many.
fn found(shortfall: Shortfall, rows: impl IntoIterator<Item = Row>) -> (usize, usize) {
    let mut replica = Replica::default();
    rows.into_iter().for_each(|row| replica.put(row));
    let checks = self_check(&replica, ME, Span::Weeks, on(TODAY));
    let check = checks.into_iter().find(|check| check.shortfall == shortfall).expect("all seven");
    (check.found, check.of)
}

#[test]
fn silent_are_own_customers_of_some_time_without_a_word() {
    let customers = (1..=4).map(|n| Row::Customer(a_customer(n)));
    let others = [
        Row::Customer(Customer { archived: true, ..a_customer(5) }),
        Row::Customer(Customer { owner: MemberId(Uuid::nil()), ..a_customer(6) }),
        Row::Customer(Customer { owned_since: on("2026-05-20"), ..a_customer(7) }),
        touch(1, 1, "2026-05-20"),
        touch(2, 2, "2026-03-20"),
        Row::Meeting(met(3, 3, "2026-05-20", MeetingFormat::Discovery)),
    ];
    assert_eq!(found(Shortfall::Indifference, customers.chain(others)), (2, 4));
}

#[test]
fn an_offer_counts_as_unasked_where_nobody_asked_before_it() {
    use MeetingFormat::{Discovery, Negotiation, Presentation};
    let rows = [
        met(1, 1, "2026-02-01", Discovery),
        met(2, 1, "2026-05-20", Presentation),
        met(3, 2, "2026-05-20", Negotiation),
        met(4, 2, "2026-05-21", Discovery),
        met(5, 3, "2026-05-20", Presentation),
    ];
    assert_eq!(found(Shortfall::Flogging, rows.map(Row::Meeting)), (2, 3));
}

#[test]
fn a_problem_written_down_is_a_problem_looked_for() {
    let noted = |n, notes| Row::Meeting(Meeting { notes, ..met(n, n, "2026-05-20", MeetingFormat::Discovery) });
    let rows = [
        noted(1, Notes { roadblocks: "The ramp".into(), ..Notes::default() }),
        noted(2, Notes { success: "Fewer returns".into(), ..Notes::default() }),
        noted(3, Notes { next_step: "Call".into(), ..Notes::default() }),
        noted(4, Notes { roadblocks: "  ".into(), ..Notes::default() }),
    ];
    assert_eq!(found(Shortfall::LittleProblemSolving, rows), (2, 4));
}

#[test]
fn a_promise_is_missed_that_came_late_not_at_all_or_is_open_past_its_day() {
    let rows = [
        promise(1, ME, "2026-05-20", PromiseState::Kept),
        promise(2, ME, "2026-05-20", PromiseState::Changed),
        promise(3, ME, "2026-05-20", PromiseState::Late),
        promise(4, ME, "2026-05-20", PromiseState::NotKept),
        promise(5, ME, "2026-05-20", PromiseState::Open),
        promise(6, ME, "2026-06-20", PromiseState::Open),
        promise(7, ME, TODAY, PromiseState::Open),
        promise(8, MemberId(Uuid::nil()), "2026-05-20", PromiseState::NotKept),
    ];
    assert_eq!(found(Shortfall::NoFollowUp, rows), (3, 5));
}

#[test]
fn a_colleague_who_came_along_or_keeps_a_promise_speaks_up_for_a_customer() {
    let bo = MemberId(Uuid::nil());
    let with = |n, colleagues| Row::Meeting(Meeting { colleagues, ..met(n, n, "2026-05-20", MeetingFormat::Discovery) });
    let rows = [with(1, vec![bo]), with(2, vec![]), with(3, vec![]), promise(2, bo, "2026-01-01", PromiseState::Kept)];
    assert_eq!(found(Shortfall::LittleAdvocacy, rows), (1, 3));
}

#[test]
fn a_customer_is_known_about_whose_people_somebody_wrote_something_down() {
    let insight = Insight {
        id: InsightId(Uuid::nil()),
        contact: ContactId(Uuid::nil()),
        customer: of(1),
        meeting: None,
        author: MemberId(Uuid::nil()),
        written_at: noon("2025-05-20"),
        text: "Restores old boats".into(),
    };
    let rows = [1, 2].map(|n| Row::Meeting(met(n, n, "2026-05-20", MeetingFormat::Discovery)));
    assert_eq!(found(Shortfall::NoSecrets, rows.into_iter().chain([Row::Insight(insight)])), (1, 2));
}

#[test]
fn an_unhappy_customer_is_to_hear_from_us_within_a_week() {
    let rows = [
        unhappy(1, "2026-05-10"),
        touch(1, 1, "2026-05-16"),
        unhappy(2, "2026-05-10"),
        touch(2, 2, "2026-05-18"),
        unhappy(3, "2026-05-10"),
        Row::Meeting(met(3, 3, "2026-05-11", MeetingFormat::Relationship)),
        // There is still time for this one, and that one is long ago.
        unhappy(4, "2026-05-25"),
        unhappy(5, "2026-01-25"),
    ];
    assert_eq!(found(Shortfall::NoRecovery, rows), (1, 3));
}

#[test]
fn a_check_says_nothing_of_few_cases_and_one_left_unhappy_is_one_too_many() {
    for (shortfall, found, of, says) in [
        (Shortfall::Indifference, 2, 2, Says::TooEarly),
        (Shortfall::Indifference, 1, 3, Says::Fine),
        (Shortfall::Indifference, 2, 4, Says::Look),
        (Shortfall::Flogging, 1, 3, Says::Look),
        (Shortfall::Flogging, 1, 4, Says::Fine),
        (Shortfall::NoFollowUp, 1, 4, Says::Look),
        (Shortfall::LittleAdvocacy, 2, 3, Says::Fine),
        (Shortfall::LittleAdvocacy, 3, 4, Says::Look),
        (Shortfall::NoSecrets, 0, 9, Says::Fine),
        (Shortfall::NoRecovery, 0, 0, Says::TooEarly),
        (Shortfall::NoRecovery, 0, 1, Says::Fine),
        (Shortfall::NoRecovery, 1, 9, Says::Look),
    ] {
        assert_eq!(Check { shortfall, found, of }.says(), says, "{shortfall:?} {found} of {of}");
    }
}

proptest! {
    #[test]
    fn more_cases_never_make_a_check_milder(found in 0_usize..20, of in 0_usize..20) {
        let severity = |found| match (Check { shortfall: Shortfall::NoFollowUp, found, of }).says() {
            Says::TooEarly => None,
            Says::Fine => Some(0),
            Says::Look => Some(1),
        };
        prop_assume!(found < of);
        prop_assert!(severity(found) <= severity(found + 1));
    }
}
