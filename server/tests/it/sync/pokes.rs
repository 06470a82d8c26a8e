//! Streams that say that there is something to pull.

use crate::{
    on_both_engines,
    support::{Pokes, TestApp, new_customer, new_member, new_organisation},
};
use app::{
    account::{IssuedLink, Member, Role, SessionLine},
    sync::protocol::Mutation,
};
use axum::http::header;
use serde_json::json;

on_both_engines! {
    async fn those_who_have_something_to_pull_are_poked_and_nobody_else(app) {
        let (north, south) = (app.team("North", None).await, app.team("South", None).await);
        let (rik, mia) = (app.member("Rik", &north, &[Role::Rep]).await, app.member("Mia", &north, &[Role::Manager]).await);
        let sue = app.member("Sue", &south, &[Role::Manager]).await;
        let (other, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, other.id, "Stranger", north.id, &[Role::Rep, Role::Manager]).await;
        let strange = crate::support::Phone::new(&app, other.id, &stranger).await;
        let mut rep = app.phone(&rik).await;
        let mut own = Pokes::open(&app, &rep.cookie).await;
        let mut managers = Pokes::open(&app, &app.phone(&mia).await.cookie).await;
        let mut elsewhere = Pokes::open(&app, &app.phone(&sue).await.cookie).await;
        let mut strangers = Pokes::open(&app, &strange.cookie).await;
        app.begin_poking(&mut [&mut own, &mut managers, &mut elsewhere, &mut strangers]).await;

        rep.must(Mutation::CreateCustomer { customer: new_customer(rik.id, "Acme") }).await;
        managers.must_be_poked().await;
        own.must_be_poked().await;
        assert!(elsewhere.is_silent().await && strangers.is_silent().await);

        // Whoever comes to see more is poked for that, and from then on for what is new in it.
        app.keep_member(&Member { team: Some(north.id), ..sue.clone() }).await;
        for pokes in [&mut own, &mut managers, &mut elsewhere] {
            pokes.must_be_poked().await;
        }
        rep.must(Mutation::CreateCustomer { customer: new_customer(rik.id, "Bolt") }).await;
        elsewhere.must_be_poked().await;
        assert!(strangers.is_silent().await);
    }

    async fn a_stream_ends_with_its_session(app) {
        let team = app.team("North", None).await;
        let ada = app.phone(&app.member("Ada", &team, &[Role::Administrator]).await).await.cookie;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let mut watching = Pokes::open(&app, &ada).await;
        app.begin_poking(&mut [&mut watching]).await;
        for way in ["sign_out", "sign_out_everywhere", "end_session", "accept_link", "save_member"] {
            let (cookie, tablet) = (app.phone(&rik).await.cookie, app.phone(&rik).await.cookie);
            let mut pokes = Pokes::open(&app, &cookie).await;
            let call = async |name: &str, cookie: &str, arguments| app.call(&format!("account/{name}"), Some(cookie), arguments).await;
            match way {
                "end_session" => {
                    let lines: Vec<SessionLine> = call("sessions", &tablet, json!({})).await.ok();
                    for line in lines.iter().filter(|line| !line.here) {
                        call(way, &tablet, json!({ "id": line.id })).await.ok::<()>();
                    }
                }
                "accept_link" => {
                    let link: IssuedLink = call("issue_link", &ada, json!({ "member": rik.id })).await.ok();
                    let token = link.url.rsplit('/').next().expect("a token");
                    call(way, &tablet, json!({ "token": token, "password": "four green teapots" })).await.ok::<serde_json::Value>();
                }
                "save_member" => call(way, &ada, json!({ "member": Member { active: false, ..rik.clone() } })).await.ok::<()>(),
                _ => call(way, &cookie, json!({})).await.ok::<()>(),
            }
            pokes.must_end().await;
        }
        // The last way changed something that she sees.
        watching.must_be_poked().await;
        app.age_sessions(365).await;
        app.team("South", None).await;
        watching.must_end().await;
    }

    async fn a_server_that_stops_ends_all_streams_and_keeps_none_open(app) {
        let team = app.team("North", None).await;
        let cookie = app.phone(&app.member("Rik", &team, &[Role::Rep]).await).await.cookie;
        let mut before = Pokes::open(&app, &cookie).await;
        assert!(before.is_silent().await);
        app.state.pokes.close();
        before.must_end().await;
        Pokes::open(&app, &cookie).await.must_end().await;
    }

    async fn a_browser_holds_few_streams_and_the_latest_of_them(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let (cookie, tablet) = (app.phone(&rik).await.cookie, app.phone(&rik).await.cookie);
        let tablets = Pokes::open(&app, &tablet).await;
        let mut first = Pokes::open(&app, &cookie).await;
        let mut further = Vec::new();
        for _ in 0..4 {
            further.push(Pokes::open(&app, &cookie).await);
        }
        first.must_end().await;
        further.push(tablets);
        for pokes in &mut further {
            assert!(pokes.is_silent().await);
        }
        // One that was closed makes room.
        further.remove(0);
        further.push(Pokes::open(&app, &cookie).await);
        for pokes in &mut further {
            assert!(pokes.is_silent().await);
        }
    }
}

#[tokio::test]
async fn a_burst_of_changes_is_one_poke() {
    let app = TestApp::sqlite().await;
    let team = app.team("North", None).await;
    let rik = app.member("Rik", &team, &[Role::Rep]).await;
    let mut phone = app.phone(&rik).await;
    let mut pokes = Pokes::open(&app, &phone.cookie).await;
    for n in 0..20 {
        phone.must(Mutation::CreateCustomer { customer: new_customer(rik.id, &format!("Customer {n}")) }).await;
    }
    app.begin_poking(&mut []).await;
    pokes.must_be_poked().await;
    assert!(pokes.is_silent().await);
    // What was told is not told again, and what comes next is told in its turn.
    phone.must(Mutation::CreateCustomer { customer: new_customer(rik.id, "The last") }).await;
    pokes.must_be_poked().await;
    assert!(pokes.is_silent().await);
}

#[tokio::test]
async fn nothing_on_the_way_may_hold_back_what_a_stream_says() {
    let app = TestApp::sqlite().await;
    let team = app.team("North", None).await;
    let cookie = app.phone(&app.member("Rik", &team, &[Role::Rep]).await).await.cookie;
    let headers = Pokes::open(&app, &cookie).await.headers;
    assert_eq!(headers[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store, no-transform");
    assert_eq!(headers["x-accel-buffering"], "no");
    assert!(!headers.contains_key(header::CONTENT_ENCODING) && !headers.contains_key(header::CONTENT_LENGTH));
}
