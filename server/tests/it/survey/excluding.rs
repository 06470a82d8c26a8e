use crate::{
    on_both_engines,
    support::{
        Phone, TestApp, new_member, new_organisation,
        visitor::{Visit, submit},
    },
};
use app::{
    account::{Member, Role},
    id::RatingId,
    organisation::Rules,
    survey::{Decision, ExclusionReason, Rating},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
};
use server::{clock, random};

fn exclude(id: RatingId, note: &str) -> Mutation {
    Mutation::ExcludeRating { id, reason: ExclusionReason::Test, note: note.into() }
}

fn count(id: RatingId, note: &str) -> Mutation {
    Mutation::CountRating { id, note: note.into() }
}

fn unknown() -> Outcome {
    Outcome::Refused { refusal: Refusal::not_found("rating") }
}

/// A rating of the visit as the rep's manager holds it, and the path of its receipt.
async fn rated(app: &TestApp, visit: &mut Visit<'_>, answers: &[(&str, &str)]) -> (Rating, String) {
    let path = visit.ask().await;
    let receipt = submit(app, &path, answers).await.receipt();
    (visit.ratings_of_manager().await.pop().expect("it reached the manager"), receipt)
}

on_both_engines! {
    async fn who_reads_a_rating_reads_that_it_was_left_out_by_whom_when_and_why(app) {
        let mut visit = Visit::new(&app).await;
        let (rating, receipt) = rated(&app, &mut visit, &[("trust", "1")]).await;
        let earliest = clock::now();
        visit.managers_phone.must(exclude(rating.id, " We tried the link ")).await;
        let left_out = visit.ratings_of_rep().await.remove(0);
        let Decision { member, at, note } = &left_out.exclusion().expect("it is left out").by;
        assert_eq!((*member, note.as_str()), (visit.managers_phone.member.id, "We tried the link"));
        assert!((earliest..=clock::now()).contains(at), "the server's time: {at:?}");
        assert_eq!(Rating { exclusions: Vec::new(), ..left_out.clone() }, rating, "nothing else of it changed");

        submit(&app, &receipt, &[("trust", "2")]).await;
        assert_eq!(visit.ratings_of_rep().await[0].exclusions, left_out.exclusions, "also after a correction");

        visit.managers_phone.must(count(rating.id, "It was the customer")).await;
        visit.managers_phone.must(exclude(rating.id, "It was us after all")).await;
        let decided = visit.ratings_of_rep().await.remove(0);
        let notes: Vec<&str> =
            decided.exclusions.iter().flat_map(|it| [Some(&it.by), it.lifted.as_ref()]).flatten().map(|it| it.note.as_str()).collect();
        assert_eq!(notes, ["We tried the link", "It was the customer", "It was us after all"]);
        assert_eq!(visit.ratings_of_manager().await, [decided]);
    }

    async fn only_the_reps_managers_decide(app) {
        let mut visit = Visit::new(&app).await;
        let (rating, _) = rated(&app, &mut visit, &[("trust", "1")]).await;
        let (out, not_yours) = (exclude(rating.id, "Not mine"), Outcome::Refused { refusal: Refusal::NotYours });
        assert_eq!(visit.phone.make(out.clone()).await, not_yours);

        let (other, others_administrator) = new_organisation(&app.state, "Others").await;
        let foreign = new_member(&app.state, other.id, "Mo", visit.rep.team.expect("a team"), &[Role::Manager]).await;
        let team = app.team("South", None).await;
        let colleague = Member { team: visit.rep.team, ..app.member("Cas", &team, &[Role::Rep]).await };
        app.keep_member(&colleague).await;
        let elsewhere = app.member("Sam", &team, &[Role::Rep, Role::Manager]).await;
        let administrator = app.member("Ada", &team, &[Role::Administrator]).await;
        let mut strangers = vec![Phone::new(&app, other.id, &others_administrator).await, Phone::new(&app, other.id, &foreign).await];
        strangers.extend([app.phone(&colleague).await, app.phone(&elsewhere).await, app.phone(&administrator).await]);
        for phone in &mut strangers {
            assert_eq!(phone.make(out.clone()).await, unknown(), "{}", phone.member.name);
            assert_eq!(phone.make(count(rating.id, "Not mine")).await, unknown(), "{}", phone.member.name);
        }
        assert_eq!(visit.managers_phone.make(exclude(RatingId(random::uuid()), "Nowhere")).await, unknown());
        assert!(visit.ratings_of_rep().await[0].exclusions.is_empty());

        visit.managers_phone.must(out.clone()).await;
        app.keep_member(&Member { roles: [Role::Rep, Role::Administrator].into(), ..visit.rep.clone() }).await;
        assert_eq!(visit.phone.make(count(rating.id, "I set it up")).await, not_yours, "nobody decides about oneself");
        assert_eq!(visit.ratings_of_rep().await[0].exclusion().expect("still left out").by.member, visit.managers_phone.member.id);
    }

    async fn what_is_decided_already_or_says_nothing_is_refused(app) {
        let mut visit = Visit::new(&app).await;
        let (rating, _) = rated(&app, &mut visit, &[("trust", "1")]).await;
        let refused = |refusal| Outcome::Refused { refusal };
        assert_eq!(visit.managers_phone.make(count(rating.id, "It is real")).await, refused(Refusal::Counts));
        for note in [" ", &"x".repeat(501)] {
            let outcome = visit.managers_phone.make(exclude(rating.id, note)).await;
            assert!(matches!(&outcome, Outcome::Refused { refusal: Refusal::Invalid { field, .. } } if field == "note"), "{outcome:?}");
        }
        visit.managers_phone.must(exclude(rating.id, "We tried it")).await;
        assert_eq!(visit.managers_phone.make(exclude(rating.id, "We tried it")).await, refused(Refusal::LeftOut));
        assert_eq!(visit.ratings_of_manager().await[0].exclusions.len(), 1);
    }

    async fn nobody_decides_about_what_has_not_reached_the_managers(app) {
        app.set_rules(Rules { release_to_rep_after: 0, release_to_manager_after: 1, ..Rules::default() }).await;
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "1")]).await;
        let id = visit.ratings_of_rep().await[0].id;
        assert_eq!(visit.managers_phone.make(exclude(id, "Too early")).await, unknown());
        app.sql("update submission set manager_due = 1, next_due = 1").await;
        server::survey::release_due(&app.state).await.expect("a release");
        visit.managers_phone.must(exclude(id, "We tried it")).await;
        assert!(visit.ratings_of_rep().await[0].exclusion().is_some());
    }

    async fn the_rep_learns_nothing_of_a_hidden_name_that_is_left_out(app) {
        let mut visit = Visit::new(&app).await;
        let (rating, _) = rated(&app, &mut visit, &[("trust", "1"), ("hide_name", "yes")]).await;
        visit.phone.pull().await;
        let mine = exclude(rating.id, "I know that it is there");
        assert_eq!(visit.phone.make(mine.clone()).await, unknown());
        visit.managers_phone.must(exclude(rating.id, "We tried it")).await;
        assert_eq!((visit.phone.make(mine).await, visit.phone.make(count(rating.id, "Mine")).await), (unknown(), unknown()));
        let pulled = visit.phone.pull().await;
        assert!(pulled.pages.iter().all(|page| page.changes.is_empty()), "{:?}", pulled.pages);
        assert!(visit.ratings_of_manager().await[0].exclusion().is_some());
    }
}
