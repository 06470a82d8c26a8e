use crate::{
    on_both_engines,
    support::{PASSWORD, TestApp},
};
use app::{
    account::{Identity, Role},
    sync::protocol::ProblemCode,
};
use axum::http::StatusCode;
use serde_json::json;

on_both_engines! {
    async fn whoever_knows_the_password_is_signed_in(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        app.set_password(&rik).await;
        let called = app.sign_in(&format!("  {} ", rik.email.to_uppercase()), PASSWORD).await;
        let identity: Identity = called.ok();
        assert_eq!((identity.organisation, identity.member, identity.name.as_str()), (app.id(), rik.id, "Rik"));
        let cookie = called.cookie.expect("a session's cookie");
        assert!(cookie.starts_with("qdos="), "{cookie}");
        assert_eq!(app.call("account/who_am_i", Some(&cookie), json!({})).await.ok::<Identity>(), identity);
    }

    async fn every_way_to_be_wrong_gets_the_same_answer(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let uninvited = app.member("Una", &team, &[Role::Rep]).await;
        app.set_password(&rik).await;
        let mut answers = Vec::new();
        for (email, password) in [
            (rik.email.as_str(), "three blue teapot"),
            (&rik.email, ""),
            (&rik.email, &"x".repeat(100_000)),
            (&uninvited.email, PASSWORD),
            (&uninvited.email, "!"),
            ("nobody@example.test", PASSWORD),
            ("", ""),
            ("'; drop table member; --", "\0"),
        ] {
            let called = app.sign_in(email, password).await;
            assert_eq!((called.status, called.cookie.as_deref()), (StatusCode::UNAUTHORIZED, None), "{called:?}");
            answers.push(called.body);
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }

    async fn too_many_wrong_passwords_make_everybody_wait_known_or_not(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        app.set_password(&rik).await;
        for email in [rik.email.as_str(), "nobody@example.test"] {
            // All at once: none slips through between the look and the count.
            let tries = futures_util::future::join_all((0..15).map(|_| app.sign_in(email, "wrong password"))).await;
            let statuses = |status| tries.iter().filter(|called| called.status == status).count();
            assert_eq!((statuses(StatusCode::UNAUTHORIZED), statuses(StatusCode::TOO_MANY_REQUESTS)), (11, 4), "{tries:?}");
            let failure = app.sign_in(email, PASSWORD).await.failure();
            assert_eq!(failure.code, ProblemCode::Busy);
            assert!(failure.message.contains("minute"), "{failure:?}");
        }
        app.forget_attempts().await;
        app.sign_in(&rik.email, PASSWORD).await.ok::<Identity>();
    }

    async fn a_success_takes_its_own_count_back(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        app.set_password(&rik).await;
        for _ in 0..2 {
            for _ in 0..9 {
                assert_eq!(app.sign_in(&rik.email, "wrong password").await.status, StatusCode::UNAUTHORIZED);
            }
            app.sign_in(&rik.email, PASSWORD).await.ok::<Identity>();
        }
    }

    async fn signing_out_ends_this_session_and_everywhere_ends_all(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let sam = app.signed_in(&app.member("Sam", &team, &[Role::Rep]).await).await;
        let (phone, tablet, laptop) = (app.signed_in(&rik).await, app.signed_in(&rik).await, app.signed_in(&rik).await);
        let left = app.call("account/sign_out", Some(&phone), json!({})).await;
        left.ok::<()>();
        assert_eq!(left.cookie.as_deref(), Some("qdos="), "the browser forgets the cookie too");
        for (cookie, status) in [(&phone, StatusCode::UNAUTHORIZED), (&tablet, StatusCode::OK), (&laptop, StatusCode::OK)] {
            assert_eq!(app.call("account/who_am_i", Some(cookie), json!({})).await.status, status);
        }
        app.call("account/sign_out_everywhere", Some(&tablet), json!({})).await.ok::<()>();
        for (cookie, status) in [(&tablet, StatusCode::UNAUTHORIZED), (&laptop, StatusCode::UNAUTHORIZED), (&sam, StatusCode::OK)] {
            assert_eq!(app.call("account/who_am_i", Some(cookie), json!({})).await.status, status);
        }
    }

    async fn a_forged_cookie_signs_nobody_in(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let cookie = app.signed_in(&rik).await;
        let secret = cookie.split_once('.').expect("organisation and secret").1;
        let id = app.id();
        for forged in [
            "qdos=".to_owned(),
            "qdos=.".to_owned(),
            format!("qdos={id}."),
            format!("qdos={id}.{}", secret.to_uppercase()),
            format!("qdos={}.{secret}", rik.id),
            format!("qdos={secret}"),
            format!("qdos={id}.' or 1=1 --"),
            format!("__Host-qdos={id}.{secret}"),
        ] {
            let failure = app.call("account/who_am_i", Some(&forged), json!({})).await.failure();
            assert_eq!(failure.code, ProblemCode::SignedOut, "{forged}");
        }
    }

    async fn an_old_session_gets_a_new_secret_and_a_lost_answer_signs_nobody_out(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let old = app.signed_in(&rik).await;
        let who = async |cookie: &str| app.call("account/who_am_i", Some(cookie), json!({})).await;
        assert_eq!(who(&old).await.cookie, None, "a young session keeps its secret");
        app.age_sessions(8).await;
        let lost = who(&old).await.cookie.expect("a new secret");
        let new = who(&old).await.cookie.expect("the first never arrived: another one");
        assert_ne!(lost, new);
        assert_eq!(who(&lost).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(who(&new).await.status, StatusCode::OK);
        assert_eq!(who(&old).await.status, StatusCode::UNAUTHORIZED, "once the new one was seen, the old one is over");
        app.age_sessions(100).await;
        assert_eq!(who(&new).await.status, StatusCode::UNAUTHORIZED, "a session ends on its own");
    }

    async fn arguments_that_do_not_read_are_a_typed_error(app) {
        for arguments in [json!(null), json!([]), json!({}), json!({ "email": 1, "password": "x" })] {
            let failure = app.call("account/sign_in", None, arguments).await.failure();
            assert_eq!(failure.code, ProblemCode::Malformed);
        }
    }
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_its_host() {
    let app = TestApp::sqlite_at("https://qdos.example.test").await;
    let team = app.team("North", None).await;
    let rik = app.member("Rik", &team, &[Role::Rep]).await;
    app.set_password(&rik).await;
    let cookie = app.sign_in_header(&rik.email).await;
    assert!(cookie.starts_with("__Host-qdos="), "{cookie}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}
