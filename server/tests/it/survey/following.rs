//! A manager corrects whom a meeting was with: what belongs to it goes along.

use crate::{
    on_both_engines,
    support::{
        Phone, TestApp, new_contact, new_customer,
        visitor::{Visit, submit},
    },
};
use app::{
    customer::{Contact, Customer},
    id::{ContactId, CustomerId, MeetingId, PromiseId},
    meeting::MeetingEdit,
    promise::{Promise, PromiseState},
    survey::Rating,
    sync::{Replica, protocol::Mutation},
};
use server::{clock, random, score::refresh_stale};

/// What a phone holds, as it is pulled.
async fn pulled(phone: &mut Phone<'_>) -> Replica {
    let mut replica = Replica::default();
    phone.rows().await.into_iter().for_each(|row| replica.put(row));
    replica
}

/// The phone of a colleague in the rep's team, a customer of that one's, and somebody there.
async fn colleagues_customer<'a>(app: &'a TestApp, visit: &Visit<'a>) -> (Phone<'a>, Customer, Contact) {
    let mut phone = visit.colleague(app).await;
    let customer = new_customer(phone.member.id, "The right one");
    let contact = new_contact(customer.id, "Rita Right");
    phone.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
    phone.must(Mutation::CreateContact { contact: contact.clone() }).await;
    (phone, customer, contact)
}

/// The manager says with whom the meeting was.
async fn correct(visit: &mut Visit<'_>, customer: CustomerId, contact: ContactId) {
    let before = pulled(&mut visit.managers_phone).await.meetings[&visit.meeting.id].clone();
    let edit = MeetingEdit { customer: Some(customer), contacts: Some(vec![contact]), ..MeetingEdit::default() };
    visit.managers_phone.must(Mutation::edit_meeting(&before, edit, Some("It was somebody else.".into()))).await;
}

/// The customers, each once, under whom a phone has the meeting, requests to rate it, ratings of it, what was promised there, and cases.
fn customers(held: &Replica, meeting: MeetingId) -> Vec<CustomerId> {
    let meetings = held.meetings.values().filter(|it| it.id == meeting).map(|it| it.customer);
    let invitations = held.invitations.values().filter(|it| it.meeting == meeting).map(|it| it.customer);
    let ratings = held.ratings.values().filter(|it| it.meeting == meeting).map(|it| it.customer);
    let promises = held.promises.values().filter(|it| it.meeting == Some(meeting)).map(|it| it.customer);
    let cases = held.recovery_cases.values().map(|it| it.customer);
    let mut all: Vec<CustomerId> = meetings.chain(invitations).chain(ratings).chain(promises).chain(cases).collect();
    all.dedup();
    all
}

fn counts(held: &Replica) -> [usize; 4] {
    [held.invitations.len(), held.ratings.len(), held.promises.len(), held.recovery_cases.len()]
}

/// The ratings and customers behind the rep's score, as the rep sees it.
async fn behind_score(app: &TestApp, visit: &mut Visit<'_>) -> Vec<(u32, u32)> {
    refresh_stale(&app.state).await.expect("scores can be computed");
    let held = pulled(&mut visit.phone).await;
    held.scores.values().map(|score| (score.ratings, score.customers)).collect()
}

fn only(held: &Replica) -> Rating {
    held.ratings.values().map(|rating| Rating::clone(rating)).next().expect("a rating")
}

on_both_engines! {
    async fn what_was_asked_said_and_promised_goes_along_to_the_right_customer_and_its_people(app) {
        let mut visit = Visit::new(&app).await;
        let (mut colleagues, right, person) = colleagues_customer(&app, &visit).await;
        let promise = Promise {
            id: PromiseId(random::uuid()),
            customer: visit.customer.id,
            meeting: Some(visit.meeting.id),
            maker: visit.rep.id,
            keeper: visit.rep.id,
            what: "Replace the valve".into(),
            due: clock::now().date_at(0),
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        };
        let elsewhere = Promise { id: PromiseId(random::uuid()), meeting: None, ..promise.clone() };
        for promise in [&promise, &elsewhere] {
            visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        }
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "1")]).await;
        assert_eq!(counts(&pulled(&mut colleagues).await), [0; 4]);

        correct(&mut visit, right.id, person.id).await;
        let meeting = visit.meeting.id;
        for phone in [&mut visit.phone, &mut visit.managers_phone] {
            let held = pulled(phone).await;
            assert_eq!((customers(&held, meeting), counts(&held)), (vec![right.id], [1, 1, 2, 1]), "{}", phone.member.name);
            assert_eq!(only(&held).contact, Some(person.id));
            assert!(held.invitations.values().all(|it| it.contact == Some(person.id)));
            assert_eq!(held.promises[&elsewhere.id].customer, elsewhere.customer, "it was not made there");
        }
        let held = pulled(&mut colleagues).await;
        assert_eq!((customers(&held, meeting), counts(&held)), (vec![right.id], [1, 0, 1, 1]), "who looks after the customer");

        let (wrong, contact) = (visit.customer.id, visit.contact.id);
        correct(&mut visit, wrong, contact).await;
        assert_eq!(counts(&pulled(&mut colleagues).await), [0; 4], "it was the first one after all");
        let held = pulled(&mut visit.phone).await;
        assert_eq!((customers(&held, meeting), only(&held).contact), (vec![wrong], Some(contact)));
    }

    async fn a_score_rests_on_the_customers_that_meetings_were_corrected_to(app) {
        let mut visit = Visit::new(&app).await;
        let (_, right, person) = colleagues_customer(&app, &visit).await;
        for day in 1..=2 {
            visit.next(day).await;
            let path = visit.ask().await;
            submit(&app, &path, &[("trust", "4")]).await;
        }
        assert_eq!(behind_score(&app, &mut visit).await, [(2, 1)]);
        correct(&mut visit, right.id, person.id).await;
        assert_eq!(behind_score(&app, &mut visit).await, [(2, 2)]);
    }

    async fn answers_that_have_reached_nobody_yet_go_along(app) {
        app.set_rules(Default::default()).await;
        let mut visit = Visit::new(&app).await;
        let (_, right, person) = colleagues_customer(&app, &visit).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "4")]).await;
        correct(&mut visit, right.id, person.id).await;
        assert!(visit.ratings_of_rep().await.is_empty(), "nor does a correction bring them sooner");
        app.sql("update submission set rep_due = 1, next_due = 1").await;
        server::survey::release_due(&app.state).await.expect("a release");
        let rating = visit.ratings_of_rep().await.remove(0);
        assert_eq!((rating.customer, rating.contact), (right.id, Some(person.id)));
    }

    async fn somebody_else_at_the_same_customer_stands_in_the_place_of_one_who_was_not_there(app) {
        let mut visit = Visit::new(&app).await;
        let (was, others) = (new_contact(visit.customer.id, "Wim Was"), new_contact(visit.customer.id, "Otto Other"));
        for contact in [&was, &others] {
            visit.phone.must(Mutation::CreateContact { contact: contact.clone() }).await;
        }
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "4")]).await;
        let customer = visit.customer.id;
        correct(&mut visit, customer, was.id).await;
        assert_eq!(visit.ratings_of_rep().await.remove(0).contact, Some(was.id));
        assert_eq!(visit.ratings_of_manager().await.remove(0).contact, Some(was.id));

        let before = pulled(&mut visit.managers_phone).await.meetings[&visit.meeting.id].clone();
        let edit = MeetingEdit { contacts: Some(vec![others.id, visit.contact.id]), ..MeetingEdit::default() };
        visit.managers_phone.must(Mutation::edit_meeting(&before, edit, Some("It was two.".into()))).await;
        assert_eq!(visit.ratings_of_rep().await.remove(0).contact, Some(was.id), "nobody knows which of the two");
    }
}
