use crate::{
    on_both_engines,
    support::{Phone, TestApp},
};
use app::{
    account::{Member, Role},
    calendar::{ComingEvents, Source},
    sync::protocol::{ProblemCode, Row},
};
use axum::{Router, http::StatusCode, response::Redirect, routing::get};
use serde_json::json;
use server::{calendar::read_due, clock};
use std::sync::{Arc, Mutex};

/// A calendar on this machine that says what it is told.
struct Elsewhere {
    says: Arc<Mutex<(StatusCode, String)>>,
    address: String,
}

impl Elsewhere {
    async fn new() -> Self {
        let says = Arc::new(Mutex::new((StatusCode::OK, calendar("Bakker"))));
        let answer = {
            let says = says.clone();
            move || std::future::ready(says.lock().expect("nobody panicked").clone())
        };
        let router = Router::new()
            .route("/a.ics", get(answer))
            .route("/on", get(|| std::future::ready(Redirect::temporary("/a.ics"))))
            .route("/round", get(|| std::future::ready(Redirect::temporary("/round"))))
            .route("/away", get(|| std::future::ready(Redirect::temporary("http://169.254.169.254/latest/meta-data"))))
            .route("/large", get(|| std::future::ready("x".repeat(3 * 1024 * 1024))));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { says, address }
    }

    fn at(&self, path: &str) -> serde_json::Value {
        json!({ "address": format!("{}{path}", self.address) })
    }

    fn say(&self, status: StatusCode, text: &str) {
        *self.says.lock().expect("nobody panicked") = (status, text.to_owned());
    }
}

/// A calendar with one event tomorrow.
fn calendar(title: &str) -> String {
    let at = clock::now().plus_days(1).to_utc().format("%Y%m%dT%H%M%SZ");
    let event = format!("BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:{title}\r\nDTSTART:{at}\r\nDURATION:PT1H\r\nEND:VEVENT\r\n");
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n")
}

async fn coming(phone: &mut Phone<'_>) -> Option<ComingEvents> {
    phone.rows().await.into_iter().find_map(|row| if let Row::ComingEvents(it) = row { Some(it) } else { None })
}

fn titles(coming: &ComingEvents) -> Vec<&str> {
    coming.reading.events.iter().map(|event| event.title.as_str()).collect()
}

async fn members(app: &TestApp) -> (Member, Member) {
    let team = app.team("North", None).await;
    (app.member("Rik", &team, &[Role::Rep]).await, app.member("Mia", &team, &[Role::Manager, Role::Administrator]).await)
}

/// As if the last question had been asked long ago.
async fn later(app: &TestApp) {
    app.sql("update calendar_source set asked_at = 1").await;
}

on_both_engines! {
    async fn a_calendar_elsewhere_reaches_its_member_and_nobody_else(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let elsewhere = Elsewhere::new().await;
        let (rik, mia) = members(&app).await;
        let (mut riks, mut mias) = (app.phone(&rik).await, app.phone(&mia).await);
        let saved: Source = app.call("calendar/save_source", Some(&riks.cookie), elsewhere.at("/on")).await.ok();
        let looked: Option<Source> = app.call("calendar/look_at_source", Some(&riks.cookie), json!({})).await.ok();
        assert_eq!(looked, Some(saved));
        assert_eq!(titles(&coming(&mut riks).await.expect("it was read")), ["Bakker"]);
        assert_eq!(coming(&mut mias).await, None);
        assert_eq!(app.call("calendar/look_at_source", Some(&mias.cookie), json!({})).await.ok::<Option<Source>>(), None);
        let pulled = format!("{:?} {:?}", riks.pull().await, mias.pull().await);
        assert!(!pulled.contains(&elsewhere.address), "the address is in no row");
        let older = json!({ "wire": 5, "member": rik.id, "cursors": [] });
        let (_, answer) = app.post("/api/sync/pull", Some(&riks.cookie), older.to_string()).await;
        assert!(!answer.contains("calendar/") && !answer.contains("coming_events"), "{answer}");
    }

    async fn it_is_read_again_when_it_is_due_and_what_failed_is_said(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let elsewhere = Elsewhere::new().await;
        let (rik, _) = members(&app).await;
        let mut phone = app.phone(&rik).await;
        app.call("calendar/save_source", Some(&phone.cookie), elsewhere.at("/a.ics")).await.ok::<Source>();
        elsewhere.say(StatusCode::OK, &calendar("Dekker"));
        read_due(&app.state).await.expect("nothing is due");
        assert_eq!(titles(&coming(&mut phone).await.expect("it was read")), ["Bakker"], "not before half an hour");
        later(&app).await;
        read_due(&app.state).await.expect("it is read");
        assert_eq!(titles(&coming(&mut phone).await.expect("it was read")), ["Dekker"]);
        later(&app).await;
        read_due(&app.state).await.expect("it is read");
        assert_eq!(phone.pull().await.pages, [], "what says the same is not told again");

        elsewhere.say(StatusCode::NOT_FOUND, "gone");
        later(&app).await;
        read_due(&app.state).await.expect("it is asked");
        let failed = coming(&mut phone).await.expect("what was read stays");
        assert_eq!((titles(&failed), failed.problem.as_deref()), (vec!["Dekker"], Some("The address answered 404: Not Found.")));
        elsewhere.say(StatusCode::OK, "<html>");
        later(&app).await;
        let failure = app.call("calendar/read_source", Some(&phone.cookie), json!({})).await.failure();
        assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, None));
        assert!(coming(&mut phone).await.expect("it stays").problem.expect("a problem").contains("no calendar"));

        app.call("calendar/stop_source", Some(&phone.cookie), json!({})).await.ok::<()>();
        assert_eq!(coming(&mut phone).await, None);
        assert_eq!(app.call("calendar/read_source", Some(&phone.cookie), json!({})).await.status, StatusCode::NOT_FOUND);
        let failure = app.call("calendar/save_source", Some(&phone.cookie), elsewhere.at("/a.ics")).await.failure();
        assert_eq!(failure.code, ProblemCode::Busy, "stopping earns no further turn");
    }

    async fn what_cannot_be_read_is_not_kept_and_says_why(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let elsewhere = Elsewhere::new().await;
        let (rik, _) = members(&app).await;
        let mut phone = app.phone(&rik).await;
        for (path, words) in [
            ("/nothing", "The address answered 404: Not Found."),
            ("/round", "leads on and on"),
            ("/away", "a private network"),
            ("/large", "larger than 2 MB"),
        ] {
            later(&app).await;
            let failure = app.call("calendar/save_source", Some(&phone.cookie), elsewhere.at(path)).await.failure();
            assert_eq!(failure.field.as_deref(), Some("address"));
            assert!(failure.message.contains(words), "{failure:?}");
        }
        assert_eq!(app.call("calendar/look_at_source", Some(&phone.cookie), json!({})).await.ok::<Option<Source>>(), None);
        assert_eq!(coming(&mut phone).await, None);
        let failure = app.call("calendar/save_source", Some(&phone.cookie), elsewhere.at("/a.ics")).await.failure();
        assert_eq!(failure.code, ProblemCode::Busy, "nobody scans the internet from here");
    }

    async fn nobody_reaches_through_the_server_what_only_the_server_reaches(app) {
        let elsewhere = Elsewhere::new().await;
        let (rik, _) = members(&app).await;
        let phone = app.phone(&rik).await;
        let port = elsewhere.address.rsplit(':').next().expect("a port").to_owned();
        for address in [
            format!("{}/a.ics", elsewhere.address),
            format!("https://127.0.0.1:{port}/a.ics"),
            format!("https://localhost:{port}/a.ics"),
            format!("https://[::1]:{port}/a.ics"),
            "https://169.254.169.254/latest/meta-data".to_owned(),
            "webcal://10.0.0.1/a.ics".to_owned(),
            "file:///etc/passwd".to_owned(),
            "https://rik:secret@calendar.example/a.ics".to_owned(),
        ] {
            later(&app).await;
            let failure = app.call("calendar/save_source", Some(&phone.cookie), json!({ "address": address })).await.failure();
            assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, Some("address")), "{address}");
        }
    }

    async fn the_calendar_of_who_was_deactivated_is_not_read(app) {
        let app = app.with(|config| config.outgoing_loopback = true);
        let elsewhere = Elsewhere::new().await;
        let (rik, _) = members(&app).await;
        let phone = app.phone(&rik).await;
        app.call("calendar/save_source", Some(&phone.cookie), elsewhere.at("/a.ics")).await.ok::<Source>();
        app.keep_member(&Member { active: false, ..rik.clone() }).await;
        elsewhere.say(StatusCode::OK, &calendar("Dekker"));
        later(&app).await;
        read_due(&app.state).await.expect("nobody is asked");
        app.keep_member(&rik).await;
        assert_eq!(titles(&coming(&mut app.phone(&rik).await).await.expect("it stays")), ["Bakker"]);
    }
}
