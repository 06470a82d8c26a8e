//! Why an item is on Today, in words.

use super::{Item, agenda::AHEAD_DAYS};
use crate::{
    customer::why_in_touch,
    id::MemberId,
    promise::{InsideAsk, Promise},
    recovery::{Cause, RecoveryCase, cause_words},
    reflection::Action,
    score::{WISH_DAYS, waits_for, words as score_words},
    survey::Rating,
    sync::Replica,
    time::words,
};
use chrono::NaiveDate;

/// Why `item` is there on `today`, as `reader` reads it: one sentence each.
pub fn why(item: &Item, replica: &Replica, reader: MemberId, today: NaiveDate) -> Vec<String> {
    match item {
        Item::Visit(meeting) => vec![
            format!("This visit was planned for {}.", words::moment(meeting.starts_at, meeting.offset_minutes, today)),
            "It stays here until you log it, move it or call it off.".to_owned(),
        ],
        Item::Promise(promise) => why_promise(promise, replica, reader, today),
        Item::Wish(rating) => why_wish(rating, replica, reader),
        Item::Case(case) => why_case(case, replica, reader),
        Item::Question(ask) => vec![
            format!(
                "{} asks you for {}, and needs an answer by {}.",
                replica.member_name(ask.from),
                asked_for(ask, replica),
                words::day(ask.by, today)
            ),
            "It stays here until you answer it, or say why you cannot help.".to_owned(),
        ],
        Item::Action(action) => why_action(action, replica, today),
        Item::Ratings(1) => vec!["It has arrived since you last looked at your feedback.".to_owned()],
        Item::Ratings(_) => vec!["They have arrived since you last looked at your feedback.".to_owned()],
        Item::Customer(summary) => why_in_touch(replica, &summary.customer, reader, today),
        Item::Covering { of, item } => {
            let until = replica.availabilities.get(of).and_then(|it| it.absence_on(today)).map(|absence| words::date(absence.until, today));
            let name = replica.member_name(*of);
            let away = match until {
                Some(until) => format!("{name} is away until {until} and named you as cover."),
                None => format!("{name} is away and named you as cover."),
            };
            [away].into_iter().chain(why(item, replica, reader, today)).collect()
        }
        Item::Upcoming(meeting) => {
            let when = words::moment(meeting.starts_at, meeting.offset_minutes, today);
            vec![format!("The next visits show so that there is time to prepare: this one is {when}.")]
        }
    }
}

fn why_promise(promise: &Promise, replica: &Replica, reader: MemberId, today: NaiveDate) -> Vec<String> {
    let customer = replica.customer_name(promise.customer, "a customer");
    let due = words::day(promise.due, today);
    let verb = if promise.is_overdue(today) { "was" } else { "is" };
    let (maker, keeper) = (replica.member_name(promise.maker), replica.member_name(promise.keeper));
    let made = if promise.maker == reader {
        format!("You promised it to {customer}, and it {verb} due {due}.")
    } else if promise.keeper == reader {
        format!("{maker} promised it to {customer}, you keep it, and it {verb} due {due}.")
    } else if promise.keeper == promise.maker {
        format!("{maker} promised it to {customer}, and it {verb} due {due}.")
    } else {
        format!("{maker} promised it to {customer}, {keeper} keeps it, and it {verb} due {due}.")
    };
    // A cover looks after the customer; how it went is for whoever made or keeps it to say.
    let who = if promise.may_settle(reader) { "you say" } else { "one of them says" };
    vec![made, format!("A promise shows from {AHEAD_DAYS} days before its day until {who} how it went.")]
}

fn why_wish(rating: &Rating, replica: &Replica, reader: MemberId) -> Vec<String> {
    let rep = replica.member_name(rating.rep);
    let asks = score_words::wish(rating.answers.follow_up, &rep, rating.rep == reader);
    let hidden = rating.answers.hide_name.then(|| [score_words::keep_hidden(&rep), score_words::note_nothing(&rep)]);
    let stays = format!("It stays here until a contact with them is noted, for {WISH_DAYS} days.");
    asks.into_iter().chain(hidden.into_iter().flatten()).chain([stays]).collect()
}

fn why_case(case: &RecoveryCase, replica: &Replica, reader: MemberId) -> Vec<String> {
    let wish = rating_behind(case, replica)
        .filter(|rating| waits_for(replica, rating, reader))
        .and_then(|rating| score_words::wish(rating.answers.follow_up, &replica.member_name(rating.rep), rating.rep == reader));
    let about = [format!("{}.", cause_words(case.cause))].into_iter().chain(wish);
    about.chain(["It stays here until you say that it is made right.".to_owned()]).collect()
}

/// The rating that opened `case`, where the phone holds it.
pub(super) fn rating_behind<'a>(case: &RecoveryCase, replica: &'a Replica) -> Option<&'a Rating> {
    match case.cause {
        Cause::Rating(rating) => replica.ratings.get(&rating).map(|rating| &**rating),
        _ => None,
    }
}

/// Whose wish a question is about, by name.
pub(super) fn asked_for<'a>(ask: &'a InsideAsk, replica: &'a Replica) -> &'a str {
    replica.customer_name(ask.customer, if ask.customer_name.is_empty() { "a customer" } else { &ask.customer_name })
}

fn why_action(action: &Action, replica: &Replica, today: NaiveDate) -> Vec<String> {
    let with = action.customer.map(|id| format!(" with {}", replica.customer_name(id, "a customer"))).unwrap_or_default();
    let moves = action.component.map(|component| format!(" It is meant to move {}.", component.label())).unwrap_or_default();
    vec![
        format!("You set out to do it{with} by {}.{moves}", words::day(action.due, today)),
        format!("It shows from {AHEAD_DAYS} days before its day until you have done it or let it go."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::{Absence, Availability, Member},
        id::{AbsenceId, InsideAskId, PromiseId, RecoveryCaseId},
        meeting::MeetingStatus,
        survey::{Answers, Component, FollowUp},
        sync::{
            protocol::Row,
            sample::{ME, a_customer, a_meeting, a_promise, a_rating, an_action, noon, on},
        },
    };
    use std::sync::Arc;
    use uuid::Uuid;

    const BO: MemberId = MemberId(Uuid::from_u128(0xb0));

    fn replica() -> Replica {
        let mut replica = Replica::default();
        replica.put(Row::Customer(a_customer(1)));
        replica.put(Row::Member(Member { id: BO, name: "Bo".into(), email: "b@x".into(), team: None, roles: [].into(), active: true }));
        let absences = vec![Absence { id: AbsenceId(Uuid::nil()), from: on("2026-05-01"), until: on("2026-05-20"), cover: Some(ME) }];
        replica.put(Row::Availability(Availability { absences, ..Availability::of(BO) }));
        replica
    }

    fn promise(maker: MemberId, due: &str) -> Item {
        Item::Promise(Arc::new(Promise { maker, ..a_promise(0, 1, due) }))
    }

    fn promise_of(maker: MemberId, keeper: MemberId) -> Item {
        Item::Promise(Arc::new(Promise { maker, keeper, ..a_promise(0, 1, "2026-05-06") }))
    }

    fn question() -> Item {
        Item::Question(Arc::new(InsideAsk {
            id: InsideAskId(Uuid::nil()),
            customer: a_customer(1).id,
            from: BO,
            to: ME,
            what: "A pump that runs at night".into(),
            by: on("2026-05-06"),
            asked_at: noon("2026-05-01"),
            customer_name: String::new(),
            state: Default::default(),
            answer: String::new(),
        }))
    }

    fn action() -> Item {
        let (customer, component) = (Some(a_customer(1).id), Some(Component::Listening));
        Item::Action(Arc::new(Action { customer, component, ..an_action(0, "2026-05-06") }))
    }

    fn case() -> Item {
        Item::Case(Arc::new(RecoveryCase {
            id: RecoveryCaseId(Uuid::nil()),
            customer: a_customer(1).id,
            rep: ME,
            cause: Cause::SaidNotKept(PromiseId(Uuid::nil())),
            what: String::new(),
            opened_at: noon("2026-05-01"),
            steps: Default::default(),
            closed_at: None,
        }))
    }

    fn wish(of: MemberId, follow_up: FollowUp, hide_name: bool) -> Rating {
        Rating { answers: Answers { follow_up, hide_name, ..Answers::default() }, ..a_rating(1, of, noon("2026-05-04")) }
    }

    #[test]
    fn a_wish_behind_a_hidden_name_says_how_to_keep_it_so() {
        let why = |rating| why(&Item::Wish(Arc::new(rating)), &replica(), ME, on("2026-05-05"));
        assert_eq!(why(wish(ME, FollowUp::Rep, false)).len(), 2);
        let hidden = why(wish(BO, FollowUp::SomeoneElse, true));
        assert_eq!(hidden[1], "The name is hidden from Bo: please keep it so.");
        assert!(hidden[2].contains("put this off instead"), "{hidden:?}");
    }

    #[test]
    fn what_is_to_be_made_right_says_that_they_ask_to_hear_until_somebody_was_in_touch() {
        let mut replica = replica();
        let rating = wish(ME, FollowUp::Rep, false);
        let Item::Case(case) = case() else { panic!("a case") };
        let case = Item::Case(Arc::new(RecoveryCase { cause: Cause::Rating(rating.id), ..RecoveryCase::clone(&case) }));
        replica.put(Row::Rating(rating));
        let lines = |replica: &Replica| why(&case, replica, ME, on("2026-05-05")).len();
        assert_eq!(lines(&replica), 3);
        replica.put(Row::Meeting(a_meeting(2, 1, MeetingStatus::Held, noon("2026-05-05"))));
        assert_eq!(lines(&replica), 2);
    }

    #[test]
    fn every_item_says_why_it_is_there() {
        let visit = |date| Arc::new(a_meeting(2, 1, MeetingStatus::Planned, noon(date)));
        let covered = Item::Covering { of: BO, item: Box::new(Item::Upcoming(visit("2026-05-07"))) };
        for (item, first) in [
            (Item::Visit(visit("2026-05-04")), "This visit was planned for yesterday 12:00."),
            (Item::Upcoming(visit("2026-05-07")), "The next visits show so that there is time to prepare: this one is Thu 7 May 12:00."),
            (promise(ME, "2026-05-06"), "You promised it to Customer 1, and it is due tomorrow."),
            (promise(BO, "2026-05-04"), "Bo promised it to Customer 1, you keep it, and it was due yesterday."),
            (Item::Covering { of: BO, item: Box::new(promise_of(BO, BO)) }, "Bo is away until Wed 20 May and named you as cover."),
            (promise_of(BO, BO), "Bo promised it to Customer 1, and it is due tomorrow."),
            (question(), "Bo asks you for Customer 1, and needs an answer by tomorrow."),
            (action(), "You set out to do it with Customer 1 by tomorrow. It is meant to move Listening."),
            (case(), "They say that a promise was not kept."),
            (Item::Wish(Arc::new(wish(ME, FollowUp::Rep, false))), "Their rating asks that you get in touch."),
            (
                Item::Wish(Arc::new(wish(BO, FollowUp::SomeoneElse, false))),
                "Their rating asks that somebody other than Bo gets in touch: you.",
            ),
            (Item::Ratings(1), "It has arrived since you last looked at your feedback."),
            (covered, "Bo is away until Wed 20 May and named you as cover."),
        ] {
            assert_eq!(why(&item, &replica(), ME, on("2026-05-05"))[0], first);
        }
    }
}
