use super::browser::{Service, kept, look, start, start_with, subscription};
use crate::{
    on_both_engines,
    support::{Phone, TestApp, new_member, new_organisation},
};
use app::{
    account::{Member, Role, SessionLine},
    id::TeamId,
    reminder::{ReminderKind, SUBSCRIPTIONS_MAX},
    sync::protocol::ProblemCode,
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::{
    backup::{backup, restore},
    random,
};
use std::collections::BTreeSet;

const SAFE: &str = "https://push.example.net/send/secret";

async fn members(app: &TestApp) -> (Member, Member) {
    let team = app.team("North", None).await;
    (app.member("Rik", &team, &[Role::Rep]).await, app.member("Ada", &team, &[Role::Administrator]).await)
}

fn endpoints(kept: &[Value]) -> BTreeSet<&str> {
    kept.iter().filter_map(|row| row["endpoint"].as_str()).collect()
}

on_both_engines! {
    async fn reminders_are_off_until_turned_on_and_only_where_they_were(app) {
        let (rik, _) = members(&app).await;
        let (phone, tablet) = (app.phone(&rik).await, app.phone(&rik).await);
        assert_eq!(look(&app, &phone.cookie).await.here, None);
        start_with(&app, &phone.cookie, &subscription(SAFE), &["visits"]).await;
        start_with(&app, &phone.cookie, &subscription(SAFE), &["promises", "cases"]).await;
        let here = look(&app, &phone.cookie).await.here.expect("it is on");
        assert_eq!((here.endpoint.as_str(), here.wanted.kinds), (SAFE, BTreeSet::from([ReminderKind::Cases, ReminderKind::Promises])));
        assert_eq!(look(&app, &tablet.cookie).await.here, None);
        let arguments = json!({ "subscription": subscription("https://push.example.net/send/other") });
        app.call("reminder/move_reminders", Some(&phone.cookie), arguments.clone()).await.ok::<()>();
        assert_eq!(look(&app, &phone.cookie).await.here.expect("it is on").endpoint, "https://push.example.net/send/other");
        let nothing_to_move = app.call("reminder/move_reminders", Some(&tablet.cookie), arguments).await;
        assert_eq!(nothing_to_move.status, StatusCode::NOT_FOUND);
        assert!(look(&app, &phone.cookie).await.here.is_some(), "what was refused changed nothing");
    }

    async fn what_no_browser_asks_for_is_refused(app) {
        let (rik, _) = members(&app).await;
        let phone = app.phone(&rik).await;
        let mut strange_key = subscription(SAFE);
        strange_key["keys"]["p256dh"] = json!(data_encoding::BASE64URL_NOPAD.encode(&[&[4][..], &[9; 64]].concat()));
        let mut no_auth = subscription(SAFE);
        no_auth["keys"]["auth"] = json!("");
        for subscription in [
            strange_key,
            no_auth,
            subscription("http://push.example.net/send/secret"),
            subscription("ftp://push.example.net/send"),
            subscription("https://rik:secret@push.example.net/send"),
            subscription("https://push.example.net/send#part"),
            subscription("push"),
            subscription(&format!("{SAFE}/{}", "x".repeat(2_000))),
        ] {
            let arguments = json!({ "subscription": subscription, "wanted": { "kinds": ["visits"], "seen": 0 } });
            let failure = app.call("reminder/start_reminders", Some(&phone.cookie), arguments).await.failure();
            assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, Some("subscription")), "{subscription}");
            let failure = app.call("reminder/move_reminders", Some(&phone.cookie), json!({ "subscription": subscription })).await.failure();
            assert_eq!(failure.code, ProblemCode::Malformed);
        }
        let nothing = json!({ "subscription": subscription(SAFE), "wanted": { "kinds": [], "seen": 0 } });
        assert_eq!(app.call("reminder/start_reminders", Some(&phone.cookie), nothing).await.failure().field.as_deref(), Some("kinds"));
        assert_eq!(kept(&app).await, Vec::<Value>::new());
    }

    async fn reminders_end_with_the_session_whichever_way_it_ends(app) {
        let (rik, ada) = members(&app).await;
        let office = app.phone(&ada).await;
        let ways: [(&str, bool); 6] = [
            ("reminder/stop_reminders", true),
            ("account/sign_out", true),
            ("account/sign_out_everywhere", false),
            ("account/end_session", false),
            ("account/revoke_others", false),
            ("account/revoke_devices", false),
        ];
        for (way, is_here) in ways {
            let (lost, at_hand) = (app.phone(&rik).await, app.phone(&rik).await);
            start(&app, &lost.cookie, &subscription(SAFE)).await;
            let all: Vec<SessionLine> = app.call("account/sessions", Some(&lost.cookie), json!({})).await.ok();
            let id = all.into_iter().find(|line| line.here).expect("this one").id;
            let arguments = match way {
                "account/end_session" => json!({ "id": id }),
                "account/revoke_devices" => json!({ "member": rik.id }),
                _ => json!({}),
            };
            let by = if is_here { &lost } else if way == "account/revoke_devices" { &office } else { &at_hand };
            assert_eq!(kept(&app).await.len(), 1);
            app.call(way, Some(&by.cookie), arguments).await.ok::<()>();
            assert_eq!(kept(&app).await, Vec::<Value>::new(), "{way}");
        }
        let phone = app.phone(&rik).await;
        start(&app, &phone.cookie, &subscription(SAFE)).await;
        let gone = Member { active: false, ..rik };
        app.call("account/save_member", Some(&office.cookie), json!({ "member": gone })).await.ok::<()>();
        assert_eq!(kept(&app).await, Vec::<Value>::new());
    }

    async fn the_newest_ten_devices_of_a_member_remind_and_a_browser_is_its_last_users(app) {
        let (rik, ada) = members(&app).await;
        let mut phones: Vec<Phone<'_>> = Vec::new();
        for number in 0..SUBSCRIPTIONS_MAX + 2 {
            phones.push(app.phone(&rik).await);
            start(&app, &phones[number].cookie, &subscription(&format!("{SAFE}/{number}"))).await;
            app.sql("update reminder_subscription set made_at = made_at - 1000").await;
        }
        let all = kept(&app).await;
        assert_eq!(all.len(), SUBSCRIPTIONS_MAX);
        assert!(!endpoints(&all).contains(format!("{SAFE}/1").as_str()) && endpoints(&all).contains(format!("{SAFE}/2").as_str()));
        let office = app.phone(&ada).await;
        start(&app, &office.cookie, &subscription(&format!("{SAFE}/5"))).await;
        assert_eq!(look(&app, &phones[5].cookie).await.here, None);

        let (others, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, others.id, "Sam", TeamId(random::uuid()), &[Role::Rep]).await;
        let strangers = Phone::new(&app, others.id, &stranger).await;
        start(&app, &strangers.cookie, &subscription(&format!("{SAFE}/5"))).await;
        assert!(look(&app, &office.cookie).await.here.is_some(), "another organisation takes nothing away");
    }

    async fn a_restored_server_keeps_the_key_that_browsers_know(app) {
        let (rik, _) = members(&app).await;
        let phone = app.phone(&rik).await;
        let service = Service::new().await;
        start(&app, &phone.cookie, &subscription(&service.address.replace("http:", "https:"))).await;
        let before = look(&app, &phone.cookie).await;
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("backup.jsonl");
        backup(&app.state.db, &file).await.expect("a backup is written");
        let restored = TestApp::over(TestApp::empty_sqlite().await, &app.organisation);
        restore(&restored.state.db, &file).await.expect("it restores");
        assert_eq!(look(&restored, &phone.cookie).await, before);
    }
}
