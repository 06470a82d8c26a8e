use crate::{
    on_both_engines,
    support::visitor::{Visit, submit},
};
use app::{
    id::RatingId,
    organisation::Rules,
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
};
use server::{random, survey::release_due};

on_both_engines! {
    async fn a_rating_reaches_the_rep_first_and_the_manager_later(app) {
        app.set_rules(Rules::default()).await;
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "4")]).await;
        let next = release_due(&app.state).await.expect("a release").expect("something waits");
        assert!(next > server::clock::now());
        assert!(visit.ratings_of_rep().await.is_empty());
        app.sql("update submission set rep_due = 1, next_due = 1").await;
        let next = release_due(&app.state).await.expect("a release");
        assert!(next.is_some(), "the manager's share waits");
        assert_eq!((visit.ratings_of_rep().await.len(), visit.ratings_of_manager().await.len()), (1, 0));
        app.sql("update submission set manager_due = 1, next_due = 1").await;
        assert_eq!(release_due(&app.state).await.expect("a release"), None);
        assert_eq!(release_due(&app.state).await.expect("nothing to do"), None);
        assert_eq!(visit.ratings_of_rep().await, visit.ratings_of_manager().await);
    }

    async fn whoever_shall_get_in_touch_sees_it_at_once(app) {
        app.set_rules(Rules::default()).await;
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "1"), ("follow_up", "someone_else")]).await;
        assert_eq!((visit.ratings_of_rep().await.len(), visit.ratings_of_manager().await.len()), (0, 1));
        visit.next(1).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "1"), ("follow_up", "rep")]).await;
        assert_eq!((visit.ratings_of_rep().await.len(), visit.ratings_of_manager().await.len()), (1, 1));
    }

    async fn a_hidden_name_never_reaches_the_reps_phone(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "1"), ("hide_name", "yes"), ("follow_up", "rep")]).await;
        assert!(visit.ratings_of_rep().await.is_empty());
        let ratings = visit.ratings_of_manager().await;
        assert_eq!((ratings.len(), ratings[0].contact), (1, Some(visit.contact.id)));
        let context = Mutation::AddContext { id: ratings[0].id, context: "I know who you are".into() };
        assert_eq!(visit.phone.make(context).await, Outcome::Refused { refusal: Refusal::not_found("rating") });
    }

    async fn the_rep_adds_context_that_the_manager_reads(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let receipt = submit(&app, &path, &[("trust", "1")]).await.receipt();
        let id = visit.ratings_of_rep().await[0].id;
        visit.phone.must(Mutation::AddContext { id, context: "The projector failed".into() }).await;
        submit(&app, &receipt, &[("trust", "2")]).await;
        assert_eq!(visit.ratings_of_manager().await[0].context, "The projector failed", "also after a correction");
        let by_manager = visit.managers_phone.make(Mutation::AddContext { id, context: "No".into() }).await;
        assert_eq!(by_manager, Outcome::Refused { refusal: Refusal::not_found("rating") });
        let unknown = visit.phone.make(Mutation::AddContext { id: RatingId(random::uuid()), context: "No".into() }).await;
        assert_eq!(unknown, Outcome::Refused { refusal: Refusal::not_found("rating") });
        let long = visit.phone.make(Mutation::AddContext { id, context: "x".repeat(5_001) }).await;
        assert!(matches!(long, Outcome::Refused { refusal: Refusal::Invalid { .. } }), "{long:?}");
    }
}
