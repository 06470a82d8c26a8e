//! A rep becomes a manager, and stops being one: what only managers may know of a member is never that member's.

use crate::{
    on_both_engines,
    support::{
        Phone, TestApp,
        visitor::{Visit, submit},
    },
};
use app::{
    account::{Member, Role},
    organisation::Rules,
    score::Audience,
    sync::protocol::{Pulled, Row},
    team::Team,
};
use serde_json::json;
use server::score::refresh_stale;

/// How many ratings of `rep` with a hidden name, and how many of the managers' scores of `rep`, a phone holds.
async fn secrets(phone: &mut Phone<'_>, rep: &Member) -> (usize, usize) {
    let rows = phone.rows().await;
    let hidden = rows.iter().filter(|row| matches!(row, Row::Rating(it) if it.rep == rep.id && it.answers.hide_name));
    let scores = rows.iter().filter(|row| matches!(row, Row::Score(it) if it.member == rep.id && it.audience == Audience::Manager));
    (hidden.count(), scores.count())
}

/// The ratings of hidden name and the managers' scores of `rep` in one answer to a phone that holds nothing.
async fn pulled_afresh(app: &TestApp, rep: &Member) -> usize {
    let Pulled { pages, more, .. } = app.phone(rep).await.pull().await;
    assert!(!more);
    let changes = pages.iter().flat_map(|page| &page.changes);
    changes
        .filter(|change| match &change.row {
            Some(Row::Rating(it)) => it.answers.hide_name && it.rep == rep.id,
            Some(Row::Score(it)) => it.audience == Audience::Manager && it.member == rep.id,
            _ => false,
        })
        .count()
}

async fn rate_with_hidden_name(app: &TestApp, visit: &mut Visit<'_>) {
    visit.next(0).await;
    let path = visit.ask().await;
    submit(app, &path, &[("trust", "1"), ("hide_name", "yes")]).await;
    refresh_stale(&app.state).await.expect("scores can be computed");
}

on_both_engines! {
    async fn what_managers_know_of_a_rep_goes_to_the_team_above_while_the_rep_is_one_of_them(app) {
        app.set_rules(Rules { ask_per_rep_and_day: 1_000, release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() }).await;
        let office = app.team("Office", None).await;
        let ada = app.signed_in(&app.member("Ada", &office, &[Role::Administrator]).await).await;
        let save_member = async |member: &Member| app.call("account/save_member", Some(&ada), json!({ "member": member })).await.ok::<()>();
        let save_team = async |team: Team| app.call("team/save_team", Some(&ada), json!({ "team": team })).await.ok::<()>();

        let mut visit = Visit::new(&app).await;
        let rik = visit.rep.clone();
        let north = Team { id: rik.team.expect("a team"), name: "North".into(), parent: None };
        let (top, other) = (app.team("Top", None).await, app.team("Other", None).await);
        let mut tops = app.phone(&app.member("Tom", &top, &[Role::Manager]).await).await;
        let mut others = app.phone(&app.member("Otto", &other, &[Role::Manager]).await).await;
        rate_with_hidden_name(&app, &mut visit).await;
        assert_eq!(secrets(&mut visit.phone, &rik).await, (0, 0));
        assert_eq!(secrets(&mut visit.managers_phone, &rik).await, (1, 1));

        // Rik becomes a manager of his team; nobody is above it yet.
        let manager = Member { roles: [Role::Rep, Role::Manager].into(), ..rik.clone() };
        save_member(&manager).await;
        assert_eq!(secrets(&mut visit.phone, &rik).await, (0, 0), "not before the scores are computed again either");
        assert_eq!(pulled_afresh(&app, &manager).await, 0);
        refresh_stale(&app.state).await.expect("scores can be computed");
        rate_with_hidden_name(&app, &mut visit).await;
        assert_eq!(secrets(&mut visit.phone, &rik).await, (0, 0));
        assert_eq!(pulled_afresh(&app, &manager).await, 0);
        assert_eq!(secrets(&mut visit.managers_phone, &rik).await, (0, 0), "who manages with him is not above him");

        // Another team takes his in, and then a third.
        save_team(Team { parent: Some(top.id), ..north.clone() }).await;
        assert_eq!(secrets(&mut tops, &rik).await, (2, 1));
        save_team(Team { parent: Some(other.id), ..north.clone() }).await;
        assert_eq!(secrets(&mut tops, &rik).await, (0, 0));
        rate_with_hidden_name(&app, &mut visit).await;
        assert_eq!(secrets(&mut others, &rik).await, (3, 1));
        assert_eq!(secrets(&mut visit.phone, &rik).await, (0, 0));
        assert_eq!(pulled_afresh(&app, &manager).await, 0);

        // His own team now takes in the one that held them: he pulls its scope, too.
        save_team(Team { parent: None, ..north.clone() }).await;
        save_team(Team { parent: Some(north.id), ..other.clone() }).await;
        assert_eq!(secrets(&mut visit.phone, &rik).await, (0, 0));
        assert_eq!(pulled_afresh(&app, &manager).await, 0);

        // He stops being a manager: his managers are again those of his team.
        save_member(&rik).await;
        assert_eq!(secrets(&mut visit.managers_phone, &rik).await, (3, 1));
        assert_eq!(secrets(&mut visit.phone, &rik).await, (0, 0));
        assert_eq!(pulled_afresh(&app, &rik).await, 0);
        assert_eq!(secrets(&mut others, &rik).await, (0, 0));
    }
}
