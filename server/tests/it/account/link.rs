use crate::{
    on_both_engines,
    support::{PASSWORD, TestApp},
};
use app::{
    account::{Identity, IssuedLink, LinkHolder, LinkPurpose, Member, Role},
    sync::protocol::ProblemCode,
};
use axum::http::StatusCode;
use serde_json::json;
use server::account::issue_link_to;

/// An administrator's cookie.
async fn administrator(app: &TestApp) -> String {
    let team = app.team("Office", None).await;
    app.signed_in(&app.member("Ada", &team, &[Role::Administrator]).await).await
}

/// The token of a new link for `member`.
async fn link(app: &TestApp, administrator: &str, member: &Member) -> (String, IssuedLink) {
    let link: IssuedLink = app.call("account/issue_link", Some(administrator), json!({ "member": member.id })).await.ok();
    let token = link.url.strip_prefix("http://127.0.0.1:3000/app/welcome/").expect("a link to this server").to_owned();
    (token, link)
}

on_both_engines! {
    async fn an_invitation_sets_the_first_password_once(app) {
        let ada = administrator(&app).await;
        let rik = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let (token, issued) = link(&app, &ada, &rik).await;
        assert_eq!(issued.purpose, LinkPurpose::Invitation);
        for _ in 0..2 {
            // Opening it, even by a mail scanner, does not use it.
            let holder: LinkHolder = app.call("account/look_at_link", None, json!({ "token": token })).await.ok();
            assert_eq!((holder.name.as_str(), holder.email.as_str(), holder.organisation.as_str()), ("Rik", rik.email.as_str(), "Testers"));
        }
        let accept = json!({ "token": token, "password": "a brand new secret" });
        let accepted = app.call("account/accept_link", None, accept.clone()).await;
        assert_eq!(accepted.ok::<Identity>().member, rik.id);
        let who = app.call("account/who_am_i", accepted.cookie.as_deref(), json!({})).await;
        assert_eq!(who.ok::<Identity>().member, rik.id, "the link signs in, too");
        for name in ["account/accept_link", "account/look_at_link"] {
            let failure = app.call(name, None, accept.clone()).await.failure();
            assert_eq!(failure.code, ProblemCode::NotFound);
            assert!(failure.message.contains("used already"), "{failure:?}");
        }
        app.sign_in(&rik.email, "a brand new secret").await.ok::<Identity>();
    }

    async fn of_two_that_use_a_link_at_once_one_gets_in(app) {
        let ada = administrator(&app).await;
        let rik = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let (token, _) = link(&app, &ada, &rik).await;
        let accept = |password: &'static str| app.call("account/accept_link", None, json!({ "token": token, "password": password }));
        let (one, other) = futures_util::future::join(accept("one brand new secret"), accept("another new secret")).await;
        let mut statuses = [one.status, other.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::NOT_FOUND]);
    }

    async fn a_reset_signs_all_other_devices_out_and_ends_the_old_password(app) {
        let ada = administrator(&app).await;
        let rik = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let phone = app.signed_in(&rik).await;
        let (token, issued) = link(&app, &ada, &rik).await;
        assert_eq!(issued.purpose, LinkPurpose::Reset);
        app.call("account/who_am_i", Some(&phone), json!({})).await.ok::<Identity>();
        app.call("account/accept_link", None, json!({ "token": token, "password": "a brand new secret" })).await.ok::<Identity>();
        assert_eq!(app.call("account/who_am_i", Some(&phone), json!({})).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(app.sign_in(&rik.email, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        app.sign_in(&rik.email, "a brand new secret").await.ok::<Identity>();
    }

    async fn a_weak_password_is_refused_beside_its_field_and_the_link_stays_good(app) {
        let ada = administrator(&app).await;
        let rik = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let (token, _) = link(&app, &ada, &rik).await;
        for password in ["", "short", "1234567890", &rik.email] {
            let failure = app.call("account/accept_link", None, json!({ "token": token, "password": password })).await.failure();
            assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, Some("password")), "{password}");
        }
        app.call("account/accept_link", None, json!({ "token": token, "password": "a brand new secret" })).await.ok::<Identity>();
    }

    async fn a_new_link_replaces_the_one_before_and_an_old_one_stops_working(app) {
        let ada = administrator(&app).await;
        let rik = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let (first, _) = link(&app, &ada, &rik).await;
        let (second, _) = link(&app, &ada, &rik).await;
        let look = async |token: &str| app.call("account/look_at_link", None, json!({ "token": token })).await;
        assert!(look(&first).await.failure().message.contains("does not work"));
        look(&second).await.ok::<LinkHolder>();
        app.sql("update password_link set expires_at = 1").await;
        assert!(look(&second).await.failure().message.contains("too old"));
        let accepted = app.call("account/accept_link", None, json!({ "token": second, "password": "a brand new secret" })).await;
        assert_eq!(accepted.status, StatusCode::NOT_FOUND);
    }

    async fn a_guessed_link_leads_nowhere(app) {
        let ada = administrator(&app).await;
        let rik = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let (token, _) = link(&app, &ada, &rik).await;
        let (code, secret) = token.split_at(6);
        for guess in ["", "x", "ääääää", code, secret, &format!("{code}{}", "0".repeat(26)), &format!("abcdef{secret}"), &token.to_uppercase()] {
            let failure = app.call("account/look_at_link", None, json!({ "token": guess })).await.failure();
            assert_eq!(failure.code, ProblemCode::NotFound, "{guess}");
        }
    }

    async fn the_command_line_makes_a_reset_link(app) {
        let rik = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        app.set_password(&rik).await;
        let issued = issue_link_to(&app.state, &rik.email.to_uppercase()).await.expect("a link");
        assert_eq!(issued.purpose, LinkPurpose::Reset);
        assert!(issue_link_to(&app.state, "nobody@example.test").await.is_err());
    }
}
