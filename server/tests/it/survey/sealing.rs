use crate::{
    on_both_engines,
    support::{
        new_organisation,
        visitor::{Visit, open, submit},
    },
};
use app::{
    id::{InvitationId, RatingId, SealingKeyId},
    organisation::Rules,
    survey::{Answers, Component, FollowUp, Invitation, InvitationState, Sealed, SealingKey, Way},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
};
use crypto_box::aead::OsRng;
use server::{clock, random};

pub(super) fn answers(point: u8) -> Answers {
    Answers { components: [(Component::Trust, point)].into(), ..Answers::default() }
}

pub(super) fn sealed(key: &SealingKey, answers: &Answers, invitation: InvitationId) -> Mutation {
    let sealed = key.seal(answers, &mut OsRng).expect("a key");
    Mutation::SubmitSealed { id: RatingId(random::uuid()), invitation, given_at: clock::now(), sealed }
}

async fn handed_over(visit: &mut Visit<'_>) -> Invitation {
    let invitation = visit.invitation(Way::Handover);
    visit.phone.must(Mutation::Invite { invitation: invitation.clone(), token: None }).await;
    invitation
}

on_both_engines! {
    async fn sealed_answers_become_a_rating_once(app) {
        let mut visit = Visit::new(&app).await;
        let invitation = handed_over(&mut visit).await;
        let mutation = sealed(&app.organisation.sealing_key, &answers(4), invitation.id);
        visit.phone.must(mutation.clone()).await;
        visit.phone.must(mutation).await;
        let ratings = visit.ratings_of_rep().await;
        assert_eq!((ratings.len(), ratings[0].way), (1, Way::Handover));
        assert_eq!(ratings[0].answers, answers(4));
        visit.phone.must(sealed(&app.organisation.sealing_key, &answers(1), invitation.id)).await;
        assert_eq!(visit.ratings_of_rep().await.len(), 1, "a second is kept, not scored");
    }

    async fn what_cannot_be_opened_or_kept_is_refused(app) {
        let mut visit = Visit::new(&app).await;
        let invitation = handed_over(&mut visit).await;
        let own = &app.organisation.sealing_key;
        let (other, _) = new_organisation(&app.state, "Others").await;
        let cannot_open = Outcome::Refused { refusal: Refusal::CannotOpen };
        let foreign = sealed(&other.sealing_key, &answers(5), invitation.id);
        assert_eq!(visit.phone.make(foreign).await, cannot_open, "another organisation's key");
        let mut renamed = other.sealing_key.clone();
        renamed.id = own.id;
        assert_eq!(visit.phone.make(sealed(&renamed, &answers(5), invitation.id)).await, cannot_open, "sealed to another key");
        for ciphertext in [String::new(), "00".repeat(48), "zz".repeat(48), "00".repeat(60_000)] {
            let sealed = Sealed { key: own.id, ciphertext };
            let mutation = Mutation::SubmitSealed { id: RatingId(random::uuid()), invitation: invitation.id, given_at: clock::now(), sealed };
            assert_eq!(visit.phone.make(mutation).await, cannot_open);
        }
        let unknown = SealingKey { id: SealingKeyId(random::uuid()), ..own.clone() };
        assert_eq!(visit.phone.make(sealed(&unknown, &answers(5), invitation.id)).await, cannot_open);
        for wrong in [answers(6), Answers::default(), Answers { hide_name: true, ..Answers::default() }] {
            let outcome = visit.phone.make(sealed(own, &wrong, invitation.id)).await;
            assert!(matches!(outcome, Outcome::Refused { refusal: Refusal::Invalid { .. } }), "{outcome:?}");
        }
        let nobodys = sealed(own, &answers(5), InvitationId(random::uuid()));
        assert_eq!(visit.phone.make(nobodys).await, Outcome::Refused { refusal: Refusal::not_found("invitation") });
        let mut others = Visit::new(&app).await;
        let anothers = sealed(own, &answers(5), invitation.id);
        assert_eq!(others.phone.make(anothers).await, Outcome::Refused { refusal: Refusal::not_found("invitation") });
        assert!(visit.ratings_of_rep().await.is_empty());
    }

    async fn a_wish_to_be_contacted_is_heard_where_nothing_else_was_answered(app) {
        app.set_rules(Rules::default()).await;
        let mut visit = Visit::new(&app).await;
        let invitation = handed_over(&mut visit).await;
        let wish = Answers { follow_up: FollowUp::SomeoneElse, ..Answers::default() };
        visit.phone.must(sealed(&app.organisation.sealing_key, &wish, invitation.id)).await;
        assert_eq!(visit.ratings_of_manager().await.into_iter().map(|rating| rating.answers).collect::<Vec<_>>(), [wish], "at once");
        assert!(visit.ratings_of_rep().await.is_empty());
    }

    async fn an_id_that_names_other_answers_is_refused(app) {
        let mut visit = Visit::new(&app).await;
        let invitation = handed_over(&mut visit).await;
        let first = sealed(&app.organisation.sealing_key, &answers(4), invitation.id);
        visit.phone.must(first.clone()).await;
        let Mutation::SubmitSealed { id, given_at, .. } = first else { unreachable!() };
        let sealed = app.organisation.sealing_key.seal(&answers(5), &mut OsRng).expect("a key");
        let outcome = visit.phone.make(Mutation::SubmitSealed { id, invitation: invitation.id, given_at, sealed }).await;
        assert_eq!(outcome, Outcome::Refused { refusal: Refusal::IdTaken });
    }

    async fn answers_of_an_abandoned_handover_are_kept_but_count_nowhere(app) {
        let mut visit = Visit::new(&app).await;
        let invitation = handed_over(&mut visit).await;
        visit.phone.must(Mutation::SettleInvitation { id: invitation.id, state: InvitationState::Abandoned }).await;
        visit.phone.must(sealed(&app.organisation.sealing_key, &answers(4), invitation.id)).await;
        assert!(visit.ratings_of_rep().await.is_empty() && visit.ratings_of_manager().await.is_empty());
    }

    async fn the_link_of_a_handover_still_counts_where_the_device_was_taken_back(app) {
        let mut visit = Visit::new(&app).await;
        let token = visit.phone.stock(1).await.remove(0);
        let invitation = visit.invitation(Way::Handover);
        visit.phone.must(Mutation::Invite { invitation: invitation.clone(), token: Some(token.hash) }).await;
        visit.phone.must(Mutation::SettleInvitation { id: invitation.id, state: InvitationState::Abandoned }).await;
        visit.phone.must(sealed(&app.organisation.sealing_key, &answers(4), invitation.id)).await;
        let path = format!("/s/{}", token.token);
        assert!(open(&app, &path, None).await.html.contains("name=\"trust\""));
        submit(&app, &path, &[("trust", "2")]).await;
        assert_eq!(visit.ratings_of_rep().await[0].answers.components[&Component::Trust], 2);
    }

    async fn what_was_asked_stays_asked(app) {
        let mut visit = Visit::new(&app).await;
        let invitation = handed_over(&mut visit).await;
        let outcome = visit.phone.make(Mutation::SettleInvitation { id: invitation.id, state: InvitationState::Asked }).await;
        assert!(matches!(outcome, Outcome::Refused { refusal: Refusal::Invalid { .. } }), "{outcome:?}");
        let mut others = Visit::new(&app).await;
        let anothers = others.phone.make(Mutation::SettleInvitation { id: invitation.id, state: InvitationState::NotNow }).await;
        assert_eq!(anothers, Outcome::Refused { refusal: Refusal::not_found("invitation") });
    }
}
