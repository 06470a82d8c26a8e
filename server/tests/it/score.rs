//! Scores: who sees which, from when on, resting on what.

mod command;
mod exclusion;
mod hidden;
mod months;
mod reference;

use crate::{
    on_both_engines,
    support::{
        Phone, TestApp, new_customer,
        visitor::{Visit, submit},
    },
};
use app::{
    account::Member,
    id::{MeetingId, RatingId},
    meeting::{MeetingEdit, MeetingFormat},
    organisation::Rules,
    score::{Audience, Score},
    survey::{Answers, Component, FollowUp, Rating, Way},
    sync::protocol::{Mutation, Row},
};
use server::{
    State, clock, random,
    score::{Cache, refresh_stale},
};

/// Rules under which a test can ask as often as it likes and everybody sees answers at once.
fn at_once() -> Rules {
    Rules { ask_per_rep_and_day: 1_000, release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() }
}

/// A rating of `point` for every component, by somebody new at the visit's customer.
async fn rate(app: &TestApp, visit: &mut Visit<'_>, point: &str, more: &[(&str, &str)]) {
    visit.next(0).await;
    let path = visit.ask().await;
    let components = ["listening", "understanding", "trust", "value", "progress"].map(|component| (component, point));
    submit(app, &path, &[&components, more].concat()).await;
}

/// From here on the visit's rep meets another customer.
async fn go_elsewhere(visit: &mut Visit<'_>) {
    visit.customer = new_customer(visit.rep.id, "Another");
    visit.contact.customer = visit.customer.id;
    visit.phone.must(Mutation::CreateCustomer { customer: visit.customer.clone() }).await;
}

/// Scores that a phone holds of `member`, once they are fresh.
async fn scores(app: &TestApp, phone: &mut Phone<'_>, member: &Member) -> Vec<Score> {
    refresh_stale(&app.state).await.expect("scores can be computed");
    let of = |row| match row {
        Row::Score(score) if score.member == member.id => Some(score),
        _ => None,
    };
    phone.rows().await.into_iter().filter_map(of).collect()
}

/// The one score that the rep's phone holds.
async fn seen_by_rep(app: &TestApp, visit: &mut Visit<'_>) -> Score {
    let mut found = scores(app, &mut visit.phone, &visit.rep).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// The one score of the rep that the manager's phone holds.
async fn seen_by_manager(app: &TestApp, visit: &mut Visit<'_>) -> Score {
    let mut found = scores(app, &mut visit.managers_phone, &visit.rep).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// Another process on the same database.
fn another_process(app: &TestApp) -> State {
    State { scores: Cache::default(), ..app.state.clone() }
}

/// Puts so many ratings into the database that learning from them takes a while.
async fn fill(app: &TestApp, visit: &Visit<'_>, ratings: usize) {
    let row = |number: usize| {
        let rating = Rating {
            id: RatingId(random::uuid()),
            meeting: MeetingId(random::uuid()),
            customer: visit.customer.id,
            contact: None,
            rep: visit.rep.id,
            way: Way::Link,
            given_at: clock::now(),
            answers: Answers {
                components: Component::ALL.map(|component| (component, 3 + (number % 3) as u8)).into(),
                recommend: None,
                promises: Default::default(),
                comment: String::new(),
                follow_up: FollowUp::No,
                hide_name: false,
            },
            first_answers: None,
            context: String::new(),
            exclusions: Vec::new(),
        };
        let body = serde_json::to_string(&rating).expect("a rating writes as JSON");
        format!("((select id from organisation), '{}', '{}', 1, 1, false, '{body}')", rating.id, rating.rep)
    };
    let rows: Vec<String> = (0..ratings).map(row).collect();
    app.sql(&format!("insert into rating (organisation, id, rep, rep_at, manager_at, hidden, body) values {}", rows.join(", "))).await;
}

on_both_engines! {
    async fn the_rep_sees_a_score_from_the_first_rating_the_manager_from_five_by_three_customers(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "4", &[]).await;
        let own = seen_by_rep(&app, &mut visit).await;
        assert_eq!((own.audience, own.ratings, own.components.len()), (Audience::Rep, 1, 5));
        let overall = own.overall.expect("from the first rating on");
        assert!(overall.low < overall.value && overall.value < overall.high, "{overall:?}");
        for _ in 0..5 {
            rate(&app, &mut visit, "4", &[]).await;
        }
        go_elsewhere(&mut visit).await;
        rate(&app, &mut visit, "5", &[]).await;
        let managers = seen_by_manager(&app, &mut visit).await;
        assert_eq!((managers.ratings, managers.customers), (7, 2));
        assert!(managers.overall.is_none() && managers.components.is_empty(), "two customers are too few: {managers:?}");
        go_elsewhere(&mut visit).await;
        rate(&app, &mut visit, "5", &[]).await;
        let managers = seen_by_manager(&app, &mut visit).await;
        assert_eq!((managers.ratings, managers.customers), (8, 3));
        assert_eq!(managers.overall, seen_by_rep(&app, &mut visit).await.overall, "the same ratings say the same");
    }

    async fn a_score_rests_only_on_what_was_released_to_its_reader(app) {
        app.set_rules(Rules { release_to_manager_after: 1, ..at_once() }).await;
        let mut visit = Visit::new(&app).await;
        for _ in 0..3 {
            go_elsewhere(&mut visit).await;
            rate(&app, &mut visit, "4", &[]).await;
            rate(&app, &mut visit, "3", &[]).await;
        }
        assert_eq!(seen_by_rep(&app, &mut visit).await.ratings, 6);
        assert_eq!(seen_by_manager(&app, &mut visit).await.ratings, 0);
        app.sql("update submission set manager_due = 1, next_due = 1").await;
        server::survey::release_due(&app.state).await.expect("a release");
        assert_eq!(seen_by_manager(&app, &mut visit).await.ratings, 6, "released, so computed again");
    }

    async fn hidden_names_enter_a_score_three_at_a_time(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "5", &[]).await;
        let before = seen_by_rep(&app, &mut visit).await;
        for _ in 0..2 {
            rate(&app, &mut visit, "1", &[("hide_name", "yes")]).await;
        }
        assert_eq!(seen_by_rep(&app, &mut visit).await.overall, before.overall, "two wait for the third");
        assert_eq!(seen_by_manager(&app, &mut visit).await.ratings, 1);
        rate(&app, &mut visit, "1", &[("hide_name", "yes")]).await;
        let after = seen_by_rep(&app, &mut visit).await;
        assert_eq!(after.ratings, 4);
        assert!(after.overall.expect("rated").value < before.overall.expect("rated").value);
        assert_eq!(visit.ratings_of_rep().await.len(), 1, "they show nowhere singly");
    }

    async fn only_the_managers_of_the_reps_team_see_the_score_also_after_a_move(app) {
        app.set_rules(at_once()).await;
        let (mut north, mut south) = (Visit::new(&app).await, Visit::new(&app).await);
        rate(&app, &mut north, "4", &[]).await;
        assert_eq!(scores(&app, &mut north.managers_phone, &north.rep).await.len(), 1);
        assert!(scores(&app, &mut south.managers_phone, &north.rep).await.is_empty());
        assert!(scores(&app, &mut south.phone, &north.rep).await.is_empty());
        app.keep_member(&Member { team: south.rep.team, ..north.rep.clone() }).await;
        assert!(scores(&app, &mut north.managers_phone, &north.rep).await.is_empty());
        assert_eq!(scores(&app, &mut south.managers_phone, &north.rep).await.len(), 1);
        assert_eq!(scores(&app, &mut north.phone, &north.rep).await.len(), 1, "the rep keeps the own");
    }

    async fn coverage_stands_beside_the_score(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        app.sql("update meeting set starts_at = 0").await;
        let coverage = seen_by_manager(&app, &mut visit).await.coverage;
        assert_eq!((coverage.asked, coverage.due), (0, 0), "a meeting of long ago");
    }

    async fn a_score_that_says_the_same_is_not_written_again(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "4", &[]).await;
        let before = seen_by_rep(&app, &mut visit).await;
        app.sql("update scoring set computed_on = '1999-12-31'").await;
        refresh_stale(&app.state).await.expect("a new day");
        let pulled = visit.phone.pull().await;
        assert!(pulled.pages.iter().all(|page| page.changes.is_empty()), "{:?}", pulled.pages);
        assert_eq!(seen_by_rep(&app, &mut visit).await, before);
    }

    async fn two_processes_that_compute_at_once_do_no_harm(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "4", &[]).await;
        let (one, other) = tokio::join!(refresh_stale(&app.state), refresh_stale(&app.state));
        one.and(other).expect("both get through");
        rate(&app, &mut visit, "2", &[]).await;
        assert_eq!(seen_by_rep(&app, &mut visit).await.ratings, 2);
    }

    async fn what_a_process_remembers_says_what_another_reads(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        for (point, more) in [("4", [].as_slice()), ("2", &[("hide_name", "yes")]), ("5", &[]), ("3", &[("hide_name", "yes")]), ("1", &[])] {
            rate(&app, &mut visit, point, more).await;
            seen_by_rep(&app, &mut visit).await;
        }
        app.sql("update scoring set computed = 0").await;
        refresh_stale(&another_process(&app)).await.expect("scores can be computed");
        let pulled = visit.phone.pull().await;
        assert!(pulled.pages.iter().all(|page| page.changes.is_empty()), "{:?}", pulled.pages);
        rate(&app, &mut visit, "2", &[("hide_name", "yes")]).await;
        let before = seen_by_rep(&app, &mut visit).await;
        assert_eq!(before.ratings, 6, "the third hidden name brings the other two, whoever computed in between");
    }

    async fn a_meeting_that_had_another_purpose_makes_its_scores_stale(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "2", &[]).await;
        go_elsewhere(&mut visit).await;
        rate(&app, &mut visit, "5", &[]).await;
        let before = seen_by_rep(&app, &mut visit).await;
        let format = MeetingFormat::ALL.into_iter().find(|format| *format != visit.meeting.format);
        let edit = MeetingEdit { format, ..MeetingEdit::default() };
        let reason = Some("It was something else.".into());
        visit.managers_phone.must(Mutation::edit_meeting(&visit.meeting, edit, reason)).await;
        let after = seen_by_rep(&app, &mut visit).await;
        assert!(after.computed_at > before.computed_at && after.overall != before.overall, "{:?} {:?}", before.overall, after.overall);
    }

    async fn what_takes_long_to_learn_is_learned_by_one_process_while_scores_go_on(app) {
        app.set_rules(at_once()).await;
        let mut visit = Visit::new(&app).await;
        rate(&app, &mut visit, "4", &[]).await;
        fill(&app, &visit, 600).await;
        assert_eq!(seen_by_rep(&app, &mut visit).await.formula, 1);
        app.set_rules(Rules { half_life_days: 90, ..at_once() }).await;
        app.sql("update scoring set fitting_until = 9000000000000000").await;
        rate(&app, &mut visit, "2", &[]).await;
        let meanwhile = seen_by_rep(&app, &mut visit).await;
        assert_eq!((meanwhile.ratings, meanwhile.formula), (602, 1), "another process is at it");
        app.sql("update scoring set fitting_until = 0, computed = 0").await;
        let learned = seen_by_rep(&app, &mut visit).await;
        assert_eq!((learned.ratings, learned.formula), (602, 2), "that process stopped");
        refresh_stale(&another_process(&app)).await.expect("nothing is left to do");
        assert_eq!(seen_by_rep(&app, &mut visit).await, learned);
    }
}
