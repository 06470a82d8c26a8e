//! What is taken and what is not.

use super::{attached, held, shown};
use crate::{
    on_both_engines,
    support::{TestApp, jpeg, photo_data, photo_on, visitor::Visit},
};
use app::{
    photo::{BYTES_MAX, PHOTOS_MAX, Photo, PhotoData, PhotoSubject},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, ProblemCode, Pull, Scope},
    },
};
use axum::http::StatusCode;

/// A photo of the visit's meeting that shows `content`, as a phone says it.
fn photo_of(visit: &Visit<'_>, content: &[u8]) -> Mutation {
    let photo = photo_on(visit.rep.id, PhotoSubject::Meeting(visit.meeting.id), visit.customer.id);
    Mutation::AttachPhoto { photo: Photo { bytes: content.len() as u32, ..photo }, data: PhotoData::of(content) }
}

on_both_engines! {
    async fn only_small_photos_without_metadata_are_taken(app) {
        let mut visit = Visit::new(&app).await;
        let whole = jpeg(64, 48, &[]);
        let large = [&whole[..whole.len() - 2], &vec![7; BYTES_MAX], &[0xFF, 0xD9]].concat();
        for (content, why) in [
            (jpeg(64, 48, b"\xFF\xE1\x00\x0AExif\0\0GP"), "with a place in it"),
            (jpeg(64, 48, b"\xFF\xE0\x00\x07JFIF\0"), "with any application's segment"),
            (jpeg(64, 48, b"\xFF\xFE\x00\x04hi"), "with a comment"),
            ([&whole[..], b"<script>alert(1)</script>"].concat(), "with something behind it"),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), "no photo"),
            (b"\x89PNG\r\n\x1a\n".to_vec(), "another kind"),
            (whole[..whole.len() - 5].to_vec(), "cut off"),
            (jpeg(65, 48, &[]), "of another size"),
            (large, "too large"),
            (Vec::new(), "nothing"),
        ] {
            let outcome = visit.phone.make(photo_of(&visit, &content)).await;
            assert!(matches!(outcome, Outcome::Refused { refusal: Refusal::Invalid { .. } }), "{why}: {outcome:?}");
        }
        assert!(held(&mut visit.phone).await.is_empty());
        let largest = [&whole[..whole.len() - 2], &vec![7; BYTES_MAX - whole.len()], &[0xFF, 0xD9]].concat();
        let mutation = photo_of(&visit, &largest);
        visit.phone.must(mutation).await;
        let photo = held(&mut visit.phone).await.remove(0);
        assert_eq!(shown(&app, &visit.phone.cookie, photo.id).await, (StatusCode::OK, largest));
    }

    async fn a_meeting_has_eight_photos_and_a_ninth_is_refused_in_words(app) {
        let mut visit = Visit::new(&app).await;
        let mut first = None;
        for _ in 0..PHOTOS_MAX {
            first = first.or(Some(attached(&mut visit).await));
        }
        let ninth = photo_of(&visit, &jpeg(64, 48, &[]));
        let outcome = visit.phone.make(ninth).await;
        assert!(matches!(outcome, Outcome::Refused { refusal: Refusal::Invalid { .. } }), "{outcome:?}");
        visit.phone.must(Mutation::DeletePhoto { id: first.expect("one was attached").id }).await;
        attached(&mut visit).await;
        assert_eq!(held(&mut visit.phone).await.len(), PHOTOS_MAX);
    }

    async fn nobody_attaches_in_anothers_name_or_to_anothers_meeting(app) {
        let mut visit = Visit::new(&app).await;
        let (mine, managers) = (visit.rep.id, visit.managers_phone.member.id);
        let on = |author| Mutation::AttachPhoto {
            photo: photo_on(author, PhotoSubject::Meeting(visit.meeting.id), visit.customer.id),
            data: photo_data(),
        };
        let (in_her_name, by_her) = (on(managers), on(managers));
        let in_my_name = on(mine);
        assert!(matches!(visit.phone.make(in_her_name).await, Outcome::Refused { refusal: Refusal::NotYours }));
        assert!(matches!(visit.managers_phone.make(in_my_name).await, Outcome::Refused { refusal: Refusal::NotYours }));
        visit.managers_phone.must(by_her).await;
    }

    async fn a_photo_sent_twice_is_kept_once(app) {
        let mut visit = Visit::new(&app).await;
        let mutation = photo_of(&visit, &jpeg(64, 48, &[]));
        let envelope = visit.phone.envelope(mutation.clone());
        let batch = visit.phone.batch(vec![envelope]);
        let (first, again) = (visit.phone.push(&batch).await, visit.phone.push(&batch).await);
        assert_eq!(first.receipts, again.receipts);
        let outcome = visit.phone.make(mutation).await;
        assert!(matches!(outcome, Outcome::Refused { refusal: Refusal::IdTaken }), "{outcome:?}");
        assert_eq!(held(&mut visit.phone).await.len(), 1);
    }

    async fn older_phones_are_not_told_of_photos(app) {
        let mut visit = Visit::new(&app).await;
        attached(&mut visit).await;
        let pull = Pull { wire: 5, member: visit.rep.id, cursors: Vec::new() };
        let body = serde_json::to_string(&pull).expect("JSON");
        let (status, answer) = app.post("/api/sync/pull", Some(&visit.phone.cookie), body).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!answer.contains("photo"), "{answer}");
        assert_eq!(Scope::Photos(visit.rep.id).since(), 6);
    }
}

#[tokio::test]
async fn an_organisation_without_room_refuses_photos_in_words_and_keeps_them_for_an_administrator() {
    let whole = jpeg(64, 48, &[]);
    let app = TestApp::sqlite_with_room(2 * whole.len() as i64).await;
    let mut visit = Visit::new(&app).await;
    let (first, _) = (attached(&mut visit).await, attached(&mut visit).await);
    let (one, two, three) = (photo_of(&visit, &whole), photo_of(&visit, &whole), photo_of(&visit, &whole));
    let outcome = visit.phone.make(one).await;
    assert_eq!(outcome, Outcome::Refused { refusal: Refusal::NoRoom });
    visit.phone.must(Mutation::DeletePhoto { id: first.id }).await;
    visit.phone.must(two).await;
    assert_eq!(visit.phone.make(three).await, Outcome::Refused { refusal: Refusal::NoRoom });
    assert_eq!(held(&mut visit.phone).await.len(), 2);
    let office = app.team("Office", None).await;
    let ada = app.member("Ada", &office, &[app::account::Role::Administrator]).await;
    let cookie = app.phone(&ada).await.cookie;
    let list = app.call("quarantine/quarantine", Some(&cookie), serde_json::json!({})).await;
    let list: Vec<app::quarantine::QuarantineLine> = list.ok();
    assert_eq!(list.len(), 2);
    assert!(list.iter().all(|line| line.title == "Photo from a meeting with Acme"));
    let opened = app.call("quarantine/open_quarantined", Some(&cookie), serde_json::json!({ "id": list[0].id, "offset_minutes": 0 })).await;
    assert_eq!(opened.ok::<app::quarantine::Quarantined>().photo, Some(photo_data()), "whoever decides sees what it is about");
    let apply = |id| serde_json::json!({ "id": id, "correction": null });
    let failed = app.call("quarantine/apply_quarantined", Some(&cookie), apply(list[0].id)).await.failure();
    assert_eq!(failed.code, ProblemCode::Malformed);
    let gone = held(&mut visit.phone).await.remove(0);
    visit.phone.must(Mutation::DeletePhoto { id: gone.id }).await;
    app.call("quarantine/apply_quarantined", Some(&cookie), apply(list[0].id)).await.ok::<()>();
    assert_eq!(held(&mut visit.phone).await.len(), 2, "it is saved as its author's");
}
