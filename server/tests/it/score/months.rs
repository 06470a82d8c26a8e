//! Months that are over: who is shown what of them, and which old ratings a new manager does not get to see.

use super::{at_once, rate};
use crate::{
    on_both_engines,
    support::{Phone, TestApp, visitor::Visit},
};
use app::{
    account::{Actor, Member, Role},
    id::MemberId,
    score::{Aggregate, Month, Part, Span},
    sync::protocol::{Pull, Pulled, Row, SentChange},
};
use axum::http::StatusCode;
use server::{account, clock, score::refresh_stale};
use std::collections::BTreeSet;

/// Six reps of the first one's team, each rated by a customer of the own.
async fn six(app: &TestApp) -> Vec<Visit<'_>> {
    app.set_rules(at_once()).await;
    refresh(app).await;
    let mut visits: Vec<Visit> = Vec::new();
    for _ in 0..6 {
        let mut visit = Visit::new(app).await;
        if let Some(first) = visits.first() {
            visit.rep.team = first.rep.team;
            app.keep_member(&visit.rep).await;
        }
        rate(app, &mut visit, "4", &[]).await;
        visits.push(visit);
    }
    visits
}

async fn refresh(app: &TestApp) {
    refresh_stale(&app.state).await.expect("months can be closed");
}

/// Everything so far happened two months ago.
async fn let_months_pass(app: &TestApp) {
    const TWO_MONTHS: i64 = 60;
    let begin = Span::Month.begin(clock::now().plus_days(-TWO_MONTHS).date_at(0));
    app.sql(&format!("update rating set manager_at = manager_at - {}", TWO_MONTHS * 86_400_000)).await;
    app.sql(&format!("update closing set since = 0, due = 0, open_month = '{begin}'")).await;
}

async fn months(phone: &mut Phone<'_>) -> Vec<Month> {
    let told = |row| match row {
        Row::Month(month) => Some(month),
        _ => None,
    };
    phone.rows().await.into_iter().filter_map(told).collect()
}

/// Of whom the phone holds ratings.
async fn rated(phone: &mut Phone<'_>) -> BTreeSet<MemberId> {
    let rep = |row| match row {
        Row::Rating(rating) => Some(rating.rep),
        _ => None,
    };
    phone.rows().await.into_iter().filter_map(rep).collect()
}

async fn save(app: &TestApp, member: &Member, by: &Member) {
    let (member, by) = (member.clone(), Actor::new(by.clone(), &[]));
    let saved = app.state.writer.write(app.id(), move |writing| Box::pin(async move { account::save_member(writing, &by, member).await }));
    saved.await.expect("a member can be kept");
}

on_both_engines! {
    async fn a_month_that_is_over_is_shown_to_reps_and_their_manager_and_never_changes(app) {
        let mut visits = six(&app).await;
        assert!(months(&mut visits[0].phone).await.is_empty(), "it is not over yet");
        let_months_pass(&app).await;
        let (one, other) = tokio::join!(refresh_stale(&app.state), refresh_stale(&app.state));
        one.and(other).expect("two processes that close at once do no harm");
        let team = Part::Team(visits[0].rep.team.expect("in a team"));
        let told = months(&mut visits[0].phone).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].parts.iter().map(|it| it.part).collect::<Vec<_>>(), [Part::Organisation, team]);
        for part in &told[0].parts {
            assert_eq!(part.components.len(), 5);
            assert!(part.components.values().all(|sum| *sum == Aggregate { sum: 24, count: 6, reps: 6, customers: 5 }), "{part:?}");
        }
        let managers = months(&mut visits[0].managers_phone).await;
        assert_eq!(managers.iter().map(|month| month.parts.clone()).collect::<Vec<_>>(), [told[0].parts.clone()]);
        let elsewhere = months(&mut visits[1].managers_phone).await;
        assert_eq!(elsewhere[0].parts, told[0].parts[..1], "a manager of another team sees the organisation");
        rate(&app, &mut visits[1], "1", &[]).await;
        app.sql("update closing set due = 0").await;
        refresh(&app).await;
        assert_eq!(months(&mut visits[0].phone).await, told);
    }

    async fn a_phone_that_does_not_know_months_is_not_told_of_them(app) {
        let mut visits = six(&app).await;
        let_months_pass(&app).await;
        refresh(&app).await;
        assert_eq!(months(&mut visits[0].phone).await.len(), 1);
        let pull = Pull { wire: 2, member: visits[0].rep.id, cursors: Vec::new() };
        let body = serde_json::to_string(&pull).expect("JSON");
        let (status, body) = app.post("/api/sync/pull", Some(&visits[0].phone.cookie), body).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let pulled: Pulled<SentChange> = serde_json::from_str(&body).expect("an answer");
        assert_eq!(pulled.scopes.len(), 2, "{:?}", pulled.scopes);
        assert!(!body.contains("\"month\""), "an older app reads no row of a kind that it does not know");
    }

    async fn old_ratings_that_would_tell_of_the_own_hidden_ones_are_withheld_from_a_promoted_rep(app) {
        let mut visits = six(&app).await;
        let_months_pass(&app).await;
        refresh(&app).await;
        let told = months(&mut visits[0].phone).await;
        let promoted = Member { roles: [Role::Rep, Role::Manager].into(), ..visits[0].rep.clone() };
        let newcomer = app.member("Nia New", &app.team("Elsewhere", None).await, &[Role::Rep]).await;
        let mut newcomers_phone = app.phone(&newcomer).await;
        save(&app, &promoted, &newcomer).await;
        save(&app, &Member { team: promoted.team, roles: [Role::Manager].into(), ..newcomer.clone() }, &promoted).await;
        assert_eq!(rated(&mut visits[0].phone).await, [promoted.id].into(), "the team's sum less five others' would be the own");
        assert_eq!(rated(&mut newcomers_phone).await.len(), 5, "who was shown nothing sees everybody but the manager beside");
        assert_eq!(months(&mut visits[0].phone).await, told, "what was shown stays");
        rate(&app, &mut visits[1], "3", &[]).await;
        assert_eq!(rated(&mut visits[0].phone).await, [promoted.id, visits[1].rep.id].into(), "what comes from now on is seen");
    }
}
