use crate::{
    on_both_engines,
    support::{TestApp, new_organisation},
};
use app::{
    account::{Identity, Member, MemberLine, Role, SessionLine, Standing},
    failure::Failure,
    id::MemberId,
    sync::protocol::{ProblemCode, Row},
    team::Team,
};
use axum::http::StatusCode;
use serde_json::json;
use server::random;
use std::collections::BTreeSet;

fn new(name: &str, team: &Team, roles: &[Role]) -> Member {
    Member {
        id: MemberId(random::uuid()),
        name: name.into(),
        email: format!("{}@example.test", random::secret()),
        team: Some(team.id),
        roles: BTreeSet::from_iter(roles.iter().copied()),
        active: true,
    }
}

async fn refused(app: &TestApp, cookie: &str, member: &Member) -> Failure {
    app.call("account/save_member", Some(cookie), json!({ "member": member })).await.failure()
}

on_both_engines! {
    async fn an_administrator_adds_a_member_whom_every_phone_then_knows(app) {
        let team = app.team("North", None).await;
        let ada = app.member("Ada", &team, &[Role::Administrator]).await;
        let cookie = app.signed_in(&ada).await;
        let mut rik = new(" Rik ", &team, &[Role::Rep]);
        rik.email = format!(" {} ", rik.email.to_uppercase());
        app.call("account/save_member", Some(&cookie), json!({ "member": rik })).await.ok::<()>();
        let rows = app.phone(&ada).await.rows().await;
        let kept = rows.iter().find_map(|row| if let Row::Member(it) = row { Some(it).filter(|it| it.id == rik.id) } else { None });
        let kept = kept.expect("the new member is pulled");
        assert_eq!((kept.name.as_str(), kept.email.as_str()), ("Rik", rik.email.trim().to_lowercase().as_str()));
        let lines: Vec<MemberLine> = app.call("account/members", Some(&cookie), json!({})).await.ok();
        let standing = |id| lines.iter().find(|line| line.member.id == id).map(|line| line.standing);
        assert_eq!(standing(rik.id), Some(Standing::NotInvited));
        assert!(matches!(standing(ada.id), Some(Standing::Active { seen_at: Some(_) })), "{lines:?}");
        app.call("account/issue_link", Some(&cookie), json!({ "member": rik.id })).await;
        let lines: Vec<MemberLine> = app.call("account/members", Some(&cookie), json!({})).await.ok();
        let invited = lines.iter().find(|line| line.member.id == rik.id).expect("Rik");
        assert!(matches!(invited.standing, Standing::Invited { .. }), "{invited:?}");
    }

    async fn a_member_that_cannot_be_kept_is_refused_beside_the_field(app) {
        let team = app.team("North", None).await;
        let ada = app.member("Ada", &team, &[Role::Administrator]).await;
        let cookie = app.signed_in(&ada).await;
        let good = new("Rik", &team, &[Role::Rep]);
        let elsewhere = Team { id: app::id::TeamId(random::uuid()), ..team.clone() };
        let (_, stranger) = new_organisation(&app.state, "Others").await;
        for (member, field) in [
            (Member { name: "  ".into(), ..good.clone() }, "name"),
            (Member { name: "x".repeat(300), ..good.clone() }, "name"),
            (Member { name: "R\0k".into(), ..good.clone() }, "name"),
            (Member { email: "rik".into(), ..good.clone() }, "email"),
            (Member { email: ada.email.clone(), ..good.clone() }, "email"),
            (Member { email: stranger.email.clone(), ..good.clone() }, "email"),
            (Member { roles: BTreeSet::new(), ..good.clone() }, "roles"),
            (Member { team: Some(elsewhere.id), ..good.clone() }, "team"),
            (Member { roles: BTreeSet::from([Role::Manager]), team: None, ..good.clone() }, "team"),
            (Member { roles: BTreeSet::from([Role::Rep]), ..ada.clone() }, "roles"),
            (Member { active: false, ..ada.clone() }, "active"),
        ] {
            let failure = refused(&app, &cookie, &member).await;
            assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, Some(field)), "{member:?}: {failure:?}");
        }
        let lines: Vec<MemberLine> = app.call("account/members", Some(&cookie), json!({})).await.ok();
        assert!(!lines.iter().any(|line| line.member.id == good.id), "nothing of it was kept");
    }

    async fn a_deactivated_member_is_out_at_once(app) {
        let team = app.team("North", None).await;
        let ada = app.signed_in(&app.member("Ada", &team, &[Role::Administrator]).await).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let cookie = app.signed_in(&rik).await;
        let link = app.call("account/issue_link", Some(&ada), json!({ "member": rik.id })).await;
        let gone = Member { active: false, ..rik.clone() };
        app.call("account/save_member", Some(&ada), json!({ "member": gone })).await.ok::<()>();
        assert_eq!(app.call("account/who_am_i", Some(&cookie), json!({})).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(app.post("/api/sync/pull", Some(&cookie), "{}").await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.sign_in(&rik.email, crate::support::PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        let url = link.ok::<app::account::IssuedLink>().url;
        let token = url.rsplit('/').next().expect("a token");
        assert_eq!(app.call("account/look_at_link", None, json!({ "token": token })).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.call("account/issue_link", Some(&ada), json!({ "member": rik.id })).await.status, StatusCode::BAD_REQUEST);
        app.call("account/save_member", Some(&ada), json!({ "member": rik })).await.ok::<()>();
        app.sign_in(&rik.email, crate::support::PASSWORD).await.ok::<Identity>();
    }

    async fn an_address_given_up_can_be_anothers(app) {
        let team = app.team("North", None).await;
        let ada = app.signed_in(&app.member("Ada", &team, &[Role::Administrator]).await).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        app.set_password(&rik).await;
        let moved = Member { email: "rik.new@example.test".into(), ..rik.clone() };
        app.call("account/save_member", Some(&ada), json!({ "member": moved })).await.ok::<()>();
        assert_eq!(app.sign_in(&rik.email, crate::support::PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        app.sign_in(&moved.email, crate::support::PASSWORD).await.ok::<Identity>();
        let other = Member { email: rik.email.clone(), ..new("Roos", &team, &[Role::Rep]) };
        app.call("account/save_member", Some(&ada), json!({ "member": other })).await.ok::<()>();
    }

    async fn one_ends_a_session_of_ones_own_and_of_nobody_else(app) {
        let team = app.team("North", None).await;
        let (rik, sam) = (app.member("Rik", &team, &[Role::Rep]).await, app.member("Sam", &team, &[Role::Rep]).await);
        let (phone, tablet, sams) = (app.signed_in(&rik).await, app.signed_in(&rik).await, app.signed_in(&sam).await);
        let list = async |cookie: &str| app.call("account/sessions", Some(cookie), json!({})).await.ok::<Vec<SessionLine>>();
        let lines = list(&phone).await;
        assert_eq!((lines.len(), lines.iter().filter(|line| line.here).count()), (2, 1));
        assert_eq!(lines[0].agent, "Test");
        let other = lines.iter().find(|line| !line.here).expect("the tablet's").id.clone();
        app.call("account/end_session", Some(&sams), json!({ "id": other })).await.ok::<()>();
        assert_eq!(list(&tablet).await.len(), 2, "another's session is out of reach");
        app.call("account/end_session", Some(&phone), json!({ "id": other })).await.ok::<()>();
        assert_eq!(app.call("account/who_am_i", Some(&tablet), json!({})).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(list(&phone).await.len(), 1);
    }
}
