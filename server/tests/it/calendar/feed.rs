use crate::{
    on_both_engines,
    support::{
        Phone, TestApp, held, new_customer, new_member, new_organisation,
        visitor::{Shown, open},
    },
};
use app::{
    account::{Member, Role},
    calendar::{Feed, IssuedFeed},
    id::{ActionId, MeetingId, PromiseId},
    meeting::{Meeting, MeetingEdit, MeetingStatus, Notes},
    promise::{Promise, PromiseState},
    reflection::{Action, ActionState},
    sync::protocol::Mutation,
};
use axum::http::StatusCode;
use serde_json::json;
use server::{clock, random};

async fn make(app: &TestApp, cookie: &str) -> String {
    let issued: IssuedFeed = app.call("calendar/make_feed", Some(cookie), json!({})).await.ok();
    issued.address.strip_prefix("http://127.0.0.1:3000").expect("an address of this server").to_owned()
}

async fn look(app: &TestApp, cookie: &str) -> Option<Feed> {
    app.call("calendar/look_at_feed", Some(cookie), json!({})).await.ok()
}

/// What answers where there is nothing.
async fn must_be_nothing(app: &TestApp, path: &str) {
    let nothing = open(app, path, None).await;
    assert_eq!((nothing.status, nothing.html.as_str()), (StatusCode::NOT_FOUND, "This address leads nowhere.\n"), "{path}");
    assert_eq!(nothing.headers["referrer-policy"], "no-referrer");
}

async fn rik(app: &TestApp) -> (Member, Phone<'_>) {
    let team = app.team("North", None).await;
    let rik = app.member("Rik", &team, &[Role::Rep]).await;
    let phone = app.phone(&rik).await;
    (rik, phone)
}

/// A visit of `rep`'s in a few days.
fn planned(rep: &Member, customer: &app::customer::Customer) -> Meeting {
    let notes = Notes { matters: "Secret".into(), ..Notes::default() };
    let starts_at = clock::now().plus_days(3);
    Meeting { status: MeetingStatus::Planned, starts_at, notes, ..held(rep.id, customer.id, 0) }
}

on_both_engines! {
    async fn a_feed_tells_what_is_planned_due_and_promised_and_nothing_else(app) {
        let (rik, mut phone) = rik(&app).await;
        let customer = new_customer(rik.id, "Bakker, Utrecht");
        phone.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
        let visit = planned(&rik, &customer);
        let off = Meeting { id: MeetingId(random::uuid()), ..visit.clone() };
        for meeting in [visit.clone(), off.clone(), held(rik.id, customer.id, -900)] {
            phone.must(Mutation::CreateMeeting { meeting }).await;
        }
        let edit = MeetingEdit { status: Some(MeetingStatus::Cancelled), ..MeetingEdit::default() };
        phone.must(Mutation::edit_meeting(&off, edit, None)).await;
        let due = clock::now().plus_days(5).date_at(0);
        let promise = Promise {
            id: PromiseId(random::uuid()),
            customer: customer.id,
            meeting: None,
            maker: rik.id,
            keeper: rik.id,
            what: "Send drawings".into(),
            due,
            evidence: "Secret".into(),
            state: PromiseState::Open,
            course: Default::default(),
        };
        phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        let action = Action {
            id: ActionId(random::uuid()),
            author: rik.id,
            reflection: None,
            customer: None,
            contact: None,
            format: None,
            what: "Ask before I tell".into(),
            due,
            component: None,
            start: None,
            state: ActionState::Open,
        };
        phone.must(Mutation::TakeAction { action }).await;

        let path = make(&app, &phone.cookie).await;
        let Shown { status, headers, html } = open(&app, &path, None).await;
        assert_eq!(status, StatusCode::OK);
        for (name, value) in [
            ("content-type", "text/calendar; charset=utf-8"),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-robots-tag", "noindex"),
        ] {
            assert_eq!(headers[name], value);
        }
        let told = html.replace("\r\n ", "");
        for line in [
            "SUMMARY:Bakker\\, Utrecht: Discovery",
            "SUMMARY:Promised to Bakker\\, Utrecht: Send drawings",
            "SUMMARY:Next time I will: Ask before I tell",
            "STATUS:CANCELLED",
            "X-PUBLISHED-TTL:PT1H",
            "X-WR-CALNAME:Qdos\\, Testers",
            &format!("UID:{}@qdos", visit.id),
            &format!("URL:http://127.0.0.1:3000/app/meetings/{}", visit.id),
        ] {
            assert!(told.contains(&format!("\r\n{line}\r\n")), "{line}: {told}");
        }
        assert_eq!(told.matches("BEGIN:VEVENT").count(), 4, "what is long over is not told: {told}");
        assert!(!told.contains("Secret"), "{told}");
    }

    async fn an_address_is_a_secret_that_a_new_one_replaces_and_its_owner_ends(app) {
        let (_, phone) = rik(&app).await;
        assert_eq!(look(&app, &phone.cookie).await, None);
        let first = make(&app, &phone.cookie).await;
        let second = make(&app, &phone.cookie).await;
        assert_ne!(first, second);
        must_be_nothing(&app, &first).await;
        assert_eq!(open(&app, &second, None).await.status, StatusCode::OK);
        assert_eq!(open(&app, &second.to_uppercase().replace("/CALENDAR/", "/calendar/").replace(".ICS", ".ics"), None).await.status, StatusCode::OK);
        assert!(look(&app, &phone.cookie).await.is_some());
        app.call("calendar/stop_feed", Some(&phone.cookie), json!({})).await.ok::<()>();
        must_be_nothing(&app, &second).await;
        assert_eq!(look(&app, &phone.cookie).await, None);
        // Nothing is kept by which anybody could read it.
        let third = make(&app, &phone.cookie).await;
        let secret = third.trim_end_matches(".ics").rsplit('-').next().expect("a secret").to_owned();
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("rows.jsonl");
        server::backup::backup(&app.state.db, &file).await.expect("a backup is written");
        assert!(!std::fs::read_to_string(&file).expect("it reads").contains(&secret));
    }

    async fn the_feed_of_who_was_deactivated_ends_and_nobody_elses_is_touched(app) {
        let (rik, phone) = rik(&app).await;
        let eva = app.member("Eva", &app.team("South", None).await, &[Role::Rep]).await;
        let evas = app.phone(&eva).await;
        let (riks_feed, evas_feed) = (make(&app, &phone.cookie).await, make(&app, &evas.cookie).await);
        app.keep_member(&Member { active: false, ..rik }).await;
        must_be_nothing(&app, &riks_feed).await;
        assert_eq!(open(&app, &evas_feed, None).await.status, StatusCode::OK);
        app.call("calendar/stop_feed", Some(&evas.cookie), json!({})).await.ok::<()>();
        must_be_nothing(&app, &evas_feed).await;
    }

    async fn what_is_no_address_of_a_feed_is_nothing(app) {
        let (_, phone) = rik(&app).await;
        let path = make(&app, &phone.cookie).await;
        let (other, _) = new_organisation(&app.state, "Others").await;
        let (own, others) = (&app.organisation.code, &other.code);
        for guess in [
            path.trim_end_matches(".ics").to_owned(),
            path.replace(own.as_str(), others),
            path.replace("/calendar/", "/calendar/x"),
            format!("/calendar/{own}-{}.ics", "0".repeat(26)),
            "/calendar/.ics".to_owned(),
            format!("/calendar/{}.ics", "x".repeat(3_000)),
            "/calendar/%00.ics".to_owned(),
        ] {
            must_be_nothing(&app, &guess).await;
        }
    }

    async fn another_organisation_has_feeds_of_its_own(app) {
        let (rik, mut phone) = rik(&app).await;
        let customer = new_customer(rik.id, "Bakker");
        phone.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
        phone.must(Mutation::CreateMeeting { meeting: planned(&rik, &customer) }).await;
        let path = make(&app, &phone.cookie).await;
        let (other, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, other.id, "Ines", rik.team.expect("a team"), &[Role::Rep]).await;
        let strangers = Phone::new(&app, other.id, &stranger).await;
        let strange = make(&app, &strangers.cookie).await;
        let (own, theirs) = (open(&app, &path, None).await.html, open(&app, &strange, None).await.html);
        assert!(own.contains("Bakker") && !theirs.contains("Bakker") && theirs.contains("Others"));
        app.call("calendar/stop_feed", Some(&strangers.cookie), json!({})).await.ok::<()>();
        assert_eq!(open(&app, &path, None).await.status, StatusCode::OK);
    }
}
