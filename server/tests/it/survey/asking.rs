//! Who may be asked, and that whoever was asked all the same is heard.

use super::sealing::{answers, sealed};
use crate::{
    on_both_engines,
    support::{
        Phone, TestApp, at, held, new_contact,
        visitor::{Visit, submit},
    },
};
use app::{
    customer::Customer,
    id::{ContactId, InvitationId},
    meeting::{Meeting, MeetingStatus},
    organisation::Rules,
    survey::{Component, Invitation, InvitationState, StockToken, Way},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
    time::Timestamp,
};
use server::{clock, random};

/// A request to `contact` that nobody has been shown yet: by link, without one.
fn unshown(meeting: &Meeting, contact: Option<ContactId>, asked_at: Timestamp) -> Mutation {
    let invitation = Invitation {
        id: InvitationId(random::uuid()),
        meeting: meeting.id,
        customer: meeting.customer,
        contact,
        rep: meeting.rep,
        way: Way::Link,
        asked_at,
        state: InvitationState::Asked,
    };
    Mutation::Invite { invitation, token: None }
}

/// The same once the link was shown.
fn shown(mutation: Mutation, link: &StockToken) -> Mutation {
    match mutation {
        Mutation::Invite { invitation, .. } => Mutation::Invite { invitation, token: Some(link.hash.clone()) },
        other => other,
    }
}

fn not_due() -> Outcome {
    Outcome::Refused { refusal: Refusal::NotDue }
}

/// The phone of a co-owner of the visit's customer, and a meeting that the co-owner held with the same contact.
async fn co_owner<'a>(app: &'a TestApp, visit: &Visit<'a>) -> (Phone<'a>, Meeting) {
    let mut phone = visit.colleague(app).await;
    let member = phone.member.id;
    let customer = Customer { co_owners: [member].into(), ..visit.customer.clone() };
    app.state
        .writer
        .write(app.id(), move |writing| Box::pin(async move { server::customer::republish(writing, &customer).await }))
        .await
        .expect("a customer can be kept");
    let meeting = Meeting { contacts: vec![visit.contact.id], ..held(member, visit.customer.id, 1) };
    phone.must(Mutation::CreateMeeting { meeting: meeting.clone() }).await;
    (phone, meeting)
}

on_both_engines! {
    async fn a_contact_is_not_asked_again_within_thirty_days_over_all_reps(app) {
        let mut visit = Visit::new(&app).await;
        let (mut colleagues, theirs) = co_owner(&app, &visit).await;
        let (meeting, contact) = (visit.meeting.clone(), Some(visit.contact.id));
        visit.phone.must(unshown(&meeting, contact, at(0))).await;
        assert_eq!(visit.phone.make(unshown(&meeting, contact, at(29))).await, not_due());
        assert_eq!(colleagues.make(unshown(&theirs, contact, at(29))).await, not_due());
        colleagues.must(unshown(&theirs, contact, at(30))).await;
        assert_eq!(visit.phone.make(unshown(&meeting, contact, at(59))).await, not_due());
        visit.phone.must(unshown(&meeting, contact, at(60))).await;
    }

    async fn a_contact_is_asked_six_times_a_year_at_most(app) {
        let mut visit = Visit::new(&app).await;
        let (meeting, contact) = (visit.meeting.clone(), Some(visit.contact.id));
        for time in 0..6 {
            visit.phone.must(unshown(&meeting, contact, at(40 * time))).await;
        }
        assert_eq!(visit.phone.make(unshown(&meeting, contact, at(364))).await, not_due());
        visit.phone.must(unshown(&meeting, contact, at(365))).await;
    }

    async fn a_rep_asks_two_people_a_day_at_most(app) {
        let mut visit = Visit::new(&app).await;
        for _ in 0..2 {
            visit.next(0).await;
            visit.phone.must(unshown(&visit.meeting, Some(visit.contact.id), at(0))).await;
        }
        visit.next(0).await;
        assert_eq!(visit.phone.make(unshown(&visit.meeting, Some(visit.contact.id), at(0))).await, not_due());
        visit.phone.must(unshown(&visit.meeting, Some(visit.contact.id), at(1))).await;
    }

    async fn only_somebody_who_was_there_is_asked_about_what_was_held_also_by_a_link_that_was_shown(app) {
        let mut visit = Visit::new(&app).await;
        let absent = new_contact(visit.customer.id, "Abel Absent");
        visit.phone.must(Mutation::CreateContact { contact: absent.clone() }).await;
        let later = held(visit.rep.id, visit.customer.id, 2);
        let planned = Meeting { status: MeetingStatus::Planned, contacts: vec![visit.contact.id], ..later };
        visit.phone.must(Mutation::CreateMeeting { meeting: planned.clone() }).await;
        let others = Visit::new(&app).await;
        let elsewhere = Meeting { customer: others.customer.id, ..visit.meeting.clone() };
        let link = visit.phone.stock(1).await.remove(0);
        for (meeting, contact, why) in [
            (&visit.meeting, Some(absent.id), "was not there"),
            (&visit.meeting, None, "somebody was there"),
            (&planned, Some(visit.contact.id), "it has not happened"),
            (&elsewhere, Some(visit.contact.id), "another customer"),
        ] {
            let asked = unshown(meeting, contact, at(0));
            assert_eq!(visit.phone.make(asked.clone()).await, not_due(), "{why}");
            assert_eq!(visit.phone.make(shown(asked, &link)).await, not_due(), "{why}");
        }
        let anothers = shown(unshown(&others.meeting, Some(others.contact.id), at(0)), &link);
        assert_eq!(visit.phone.make(anothers).await, Outcome::Refused { refusal: Refusal::not_found("meeting") });
        visit.phone.must(shown(unshown(&visit.meeting, Some(visit.contact.id), at(0)), &link)).await;
    }

    async fn whoever_was_asked_by_two_without_network_is_heard_by_both(app) {
        let mut visit = Visit::new(&app).await;
        let (mut colleagues, theirs) = co_owner(&app, &visit).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "4")]).await;
        let link = colleagues.stock(1).await.remove(0);
        submit(&app, &format!("/s/{}", link.token), &[("trust", "2")]).await;
        assert_eq!(visit.ratings_of_manager().await.len(), 1, "the colleague's phone has no network yet");
        colleagues.must(shown(unshown(&theirs, Some(visit.contact.id), clock::now()), &link)).await;
        let ratings = visit.ratings_of_manager().await;
        let mut points: Vec<u8> = ratings.iter().map(|rating| rating.answers.components[&Component::Trust]).collect();
        points.sort_unstable();
        assert_eq!(points, [2, 4]);
    }

    async fn whoever_answers_only_after_the_phone_told_of_it_is_heard_too(app) {
        let mut visit = Visit::new(&app).await;
        visit.ask().await;
        app.set_rules(Rules { ask_contact_every_days: 90, release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() }).await;
        let link = visit.phone.stock(1).await.remove(0);
        let again = Meeting { contacts: vec![visit.contact.id], ..held(visit.rep.id, visit.customer.id, 40) };
        visit.phone.must(Mutation::CreateMeeting { meeting: again.clone() }).await;
        let asked = unshown(&again, Some(visit.contact.id), clock::now().plus_days(40));
        assert_eq!(visit.phone.make(asked.clone()).await, not_due(), "the interval is longer now");
        visit.phone.must(shown(asked, &link)).await;
        submit(&app, &format!("/s/{}", link.token), &[("trust", "2")]).await;
        assert_eq!(visit.ratings_of_rep().await.into_iter().map(|rating| rating.meeting).collect::<Vec<_>>(), [again.id]);
    }

    async fn what_is_answered_on_a_device_that_was_handed_over_too_soon_counts(app) {
        let mut visit = Visit::new(&app).await;
        let (mut colleagues, theirs) = co_owner(&app, &visit).await;
        visit.ask().await;
        let Mutation::Invite { invitation, .. } = unshown(&theirs, Some(visit.contact.id), clock::now()) else { unreachable!() };
        let invitation = Invitation { way: Way::Handover, ..invitation };
        let id = invitation.id;
        colleagues.must(Mutation::Invite { invitation, token: None }).await;
        colleagues.must(sealed(&app.organisation.sealing_key, &answers(4), id)).await;
        assert_eq!(visit.ratings_of_manager().await.into_iter().map(|rating| rating.meeting).collect::<Vec<_>>(), [theirs.id]);
    }

    async fn whoever_was_asked_too_soon_is_left_alone_from_then_on(app) {
        let mut visit = Visit::new(&app).await;
        let (meeting, contact) = (visit.meeting.clone(), Some(visit.contact.id));
        visit.phone.must(unshown(&meeting, contact, at(0))).await;
        let link = visit.phone.stock(1).await.remove(0);
        visit.phone.must(shown(unshown(&meeting, contact, at(10)), &link)).await;
        assert_eq!(visit.phone.make(unshown(&meeting, contact, at(35))).await, not_due());
        visit.phone.must(unshown(&meeting, contact, at(40))).await;
    }
}
