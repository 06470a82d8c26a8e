//! Photos: who sees them, what is taken, how many fit, and where they go with what they are attached to.

mod taking;

use crate::{
    on_both_engines,
    support::{Phone, TestApp, jpeg, photo_data, photo_on, visitor::Visit},
};
use app::{
    account::Role,
    id::PhotoId,
    photo::{Photo, PhotoSubject},
    promise::{Promise, PromiseState},
    sync::protocol::{Mutation, Outcome, Row},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::json;
use server::{
    backup::{backup, restore},
    random,
};

/// Attaches a photo to the visit's meeting.
async fn attached(visit: &mut Visit<'_>) -> Photo {
    let photo = photo_on(visit.rep.id, PhotoSubject::Meeting(visit.meeting.id), visit.customer.id);
    visit.phone.must(Mutation::AttachPhoto { photo: photo.clone(), data: photo_data() }).await;
    photo
}

/// The photos that a phone holds.
async fn held(phone: &mut Phone<'_>) -> Vec<Photo> {
    phone.rows().await.into_iter().filter_map(|row| if let Row::Photo(photo) = row { Some(photo) } else { None }).collect()
}

/// What the server shows of a photo to whoever has the cookie.
async fn shown(app: &TestApp, cookie: &str, id: PhotoId) -> (StatusCode, Vec<u8>) {
    let request = Request::get(format!("/api/photos/{id}")).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    let response = app.respond(request).await;
    let status = response.status();
    if status == StatusCode::OK {
        let headers = [
            (header::CONTENT_TYPE, "image/jpeg"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            // Kept by no browser: whoever may not see it any more is not shown it.
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        ];
        for (name, value) in headers {
            let said: Vec<_> = response.headers().get_all(&name).iter().collect();
            assert_eq!(said, [value], "{name}");
        }
    }
    (status, response.into_body().collect().await.expect("a whole body").to_bytes().to_vec())
}

/// Whether a phone holds the photo and is shown it; the two go together.
async fn sees(app: &TestApp, phone: &mut Phone<'_>, id: PhotoId) -> bool {
    let holds = held(phone).await.iter().any(|photo| photo.id == id);
    let (status, content) = shown(app, &phone.cookie, id).await;
    assert_eq!(holds, status == StatusCode::OK, "{} {status}", phone.member.name);
    assert!(!holds || content == jpeg(64, 48, &[]));
    assert!(holds || status == StatusCode::NOT_FOUND);
    holds
}

/// The tables that still hold something of photos.
async fn kept(app: &TestApp) -> Vec<String> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("rows.jsonl");
    backup(&app.state.db, &file).await.expect("a backup is written");
    let text = std::fs::read_to_string(&file).expect("the backup reads");
    text.lines().filter(|line| line.starts_with("[\"photo")).map(str::to_owned).collect()
}

on_both_engines! {
    async fn a_photo_is_seen_by_whoever_sees_its_meeting(app) {
        let mut visit = Visit::new(&app).await;
        let photo = attached(&mut visit).await;
        let south = app.team("South", None).await;
        let mut stranger = app.phone(&app.member("Sam", &south, &[Role::Rep]).await).await;
        let mut other_manager = app.phone(&app.member("Sue", &south, &[Role::Manager]).await).await;
        assert!(sees(&app, &mut visit.phone, photo.id).await);
        assert!(sees(&app, &mut visit.managers_phone, photo.id).await);
        assert!(!sees(&app, &mut stranger, photo.id).await);
        assert!(!sees(&app, &mut other_manager, photo.id).await);
        for id in ["", "7", "..%2f..%2fetc", &random::uuid().to_string()] {
            let request = Request::get(format!("/api/photos/{id}")).header(header::COOKIE, &visit.phone.cookie);
            let status = app.respond(request.body(Body::empty()).expect("a request")).await.status();
            assert!(status.is_client_error(), "{id}: {status}");
        }
    }

    async fn another_organisation_sees_nothing(app) {
        let mut visit = Visit::new(&app).await;
        let photo = attached(&mut visit).await;
        let (other, _) = crate::support::new_organisation(&app.state, "Others").await;
        let all = [Role::Rep, Role::Manager, Role::Administrator];
        let intruder = crate::support::new_member(&app.state, other.id, "Ines", visit.rep.team.expect("a team"), &all).await;
        let mut phone = Phone::new(&app, other.id, &intruder).await;
        assert!(!sees(&app, &mut phone, photo.id).await);
        assert!(matches!(phone.make(Mutation::DeletePhoto { id: photo.id }).await, Outcome::Refused { .. }));
        let own = photo_on(intruder.id, photo.subject, photo.customer);
        assert!(matches!(phone.make(Mutation::AttachPhoto { photo: own, data: photo_data() }).await, Outcome::Refused { .. }));
        assert!(sees(&app, &mut visit.phone, photo.id).await);
    }

    async fn photos_follow_a_customer_to_its_new_owner(app) {
        let mut visit = Visit::new(&app).await;
        let photo = attached(&mut visit).await;
        let south = app.team("South", None).await;
        let sam = app.member("Sam", &south, &[Role::Rep]).await;
        let mut sams = app.phone(&sam).await;
        let ada = app.signed_in(&app.member("Ada", &south, &[Role::Administrator]).await).await;
        let assignment = json!({ "customers": [visit.customer.id], "assignment": { "owner": sam.id } });
        app.call("customer/assign_customers", Some(&ada), assignment).await.ok::<usize>();
        assert!(sees(&app, &mut sams, photo.id).await);
        assert!(sees(&app, &mut visit.phone, photo.id).await, "who was there goes on seeing it");
        assert!(sees(&app, &mut visit.managers_phone, photo.id).await);
    }

    async fn photos_follow_a_member_to_new_managers(app) {
        let mut visit = Visit::new(&app).await;
        let photo = attached(&mut visit).await;
        let south = app.team("South", None).await;
        let mut sues = app.phone(&app.member("Sue", &south, &[Role::Manager]).await).await;
        let ada = app.signed_in(&app.member("Ada", &south, &[Role::Administrator]).await).await;
        let moved = app::account::Member { team: Some(south.id), ..visit.rep.clone() };
        app.call("account/save_member", Some(&ada), json!({ "member": moved })).await.ok::<()>();
        assert!(sees(&app, &mut sues, photo.id).await);
        assert!(!sees(&app, &mut visit.managers_phone, photo.id).await);
    }

    async fn a_promise_shows_its_photos_to_maker_and_keeper_and_takes_them_along(app) {
        let mut visit = Visit::new(&app).await;
        let delivery = app.team("Delivery", None).await;
        let (dora, dirk) = (app.member("Dora", &delivery, &[]).await, app.member("Dirk", &delivery, &[]).await);
        let (mut doras, mut dirks) = (app.phone(&dora).await, app.phone(&dirk).await);
        let promise = Promise {
            id: app::id::PromiseId(random::uuid()),
            customer: visit.customer.id,
            meeting: None,
            maker: visit.rep.id,
            keeper: dora.id,
            what: "Replace the valve".into(),
            due: "2026-06-15".parse().expect("a date"),
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        };
        visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        let photo = photo_on(dora.id, PhotoSubject::Promise(promise.id), visit.customer.id);
        doras.must(Mutation::AttachPhoto { photo: photo.clone(), data: photo_data() }).await;
        assert!(sees(&app, &mut visit.phone, photo.id).await && sees(&app, &mut doras, photo.id).await);
        assert!(!sees(&app, &mut dirks, photo.id).await);
        visit.phone.must(Mutation::HandPromise { id: promise.id, keeper: dirk.id }).await;
        assert!(sees(&app, &mut dirks, photo.id).await && !sees(&app, &mut doras, photo.id).await);
        visit.phone.must(Mutation::DeletePromise { id: promise.id }).await;
        assert!(!sees(&app, &mut visit.phone, photo.id).await && !sees(&app, &mut dirks, photo.id).await);
        assert_eq!(kept(&app).await.len(), 1, "nothing is kept but the count");
    }

    async fn a_meeting_takes_its_photos_along_and_nobody_elses(app) {
        let mut visit = Visit::new(&app).await;
        let (first, first_meeting) = (attached(&mut visit).await, visit.meeting.id);
        visit.next(3).await;
        let second = attached(&mut visit).await;
        visit.phone.must(Mutation::DeleteMeeting { id: first_meeting }).await;
        assert!(!sees(&app, &mut visit.phone, first.id).await);
        assert!(sees(&app, &mut visit.phone, second.id).await);
        assert!(kept(&app).await.iter().all(|row| !row.contains(&first.id.to_string())));
        assert!(kept(&app).await.iter().any(|row| row.starts_with("[\"photo_space\"") && row.contains(&format!("\"bytes\":{}", second.bytes))));
    }

    async fn a_photo_is_removed_by_its_author_or_a_manager_and_by_nobody_else(app) {
        let mut visit = Visit::new(&app).await;
        let (first, second) = (attached(&mut visit).await, attached(&mut visit).await);
        let colleague = app.member("Carl", &app.team("South", None).await, &[Role::Rep, Role::Administrator]).await;
        let mut carls = app.phone(&colleague).await;
        assert!(matches!(carls.make(Mutation::DeletePhoto { id: first.id }).await, Outcome::Refused { .. }));
        visit.phone.must(Mutation::DeletePhoto { id: first.id }).await;
        visit.managers_phone.must(Mutation::DeletePhoto { id: second.id }).await;
        assert!(held(&mut visit.phone).await.is_empty());
        assert!(kept(&app).await.iter().all(|row| row.contains("\"bytes\":0")));
        assert!(held(&mut visit.managers_phone).await.is_empty());
    }

    async fn photos_are_in_a_backup_and_come_back(app) {
        let mut visit = Visit::new(&app).await;
        let photo = attached(&mut visit).await;
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("backup.jsonl");
        backup(&app.state.db, &file).await.expect("a backup is written");
        for target in [Some(TestApp::empty_sqlite().await), TestApp::empty_postgres().await].into_iter().flatten() {
            let restored = TestApp::over(target, &app.organisation);
            restore(&restored.state.db, &file).await.expect("it restores");
            let mut phone = restored.phone(&visit.rep).await;
            assert!(sees(&restored, &mut phone, photo.id).await);
        }
    }
}
