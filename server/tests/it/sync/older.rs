//! A phone that was not updated since the first release: it goes on to save, and reads all that it is sent.

mod wire_1;

use crate::{
    on_both_engines,
    support::{Phone, TestApp},
};
use app::{
    account::{Member, Role},
    id::MeetingId,
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::{db, demo, random};
use std::collections::BTreeMap;
use wire_1::{Outcome, Pulled, Pushed};

on_both_engines! {
    async fn a_phone_of_the_first_release_reads_everything_that_there_is_to_pull(app) {
        let organisation = demo::make(&app.state).await.expect("it can be made").expect("it was not there");
        let mut tx = app.state.db.read().await.expect("a snapshot");
        let members: Vec<Member> = db::all(&mut tx, &organisation.to_string()).await.expect("members");
        drop(tx);
        let mut read = 0;
        for member in &members {
            let phone = Phone::new(&app, organisation, member).await;
            read += pull(&app, &phone).await.values().map(Vec::len).sum::<usize>();
        }
        assert!(read > 1_000, "{read}");
    }

    async fn a_phone_of_the_first_release_saves_once(app) {
        let organisation = demo::make(&app.state).await.expect("it can be made").expect("it was not there");
        let mut tx = app.state.db.read().await.expect("a snapshot");
        let members: Vec<Member> = db::all(&mut tx, &organisation.to_string()).await.expect("members");
        drop(tx);
        let rep = members.iter().find(|member| member.is(Role::Rep)).expect("a rep");
        let phone = Phone::new(&app, organisation, rep).await;
        let customer = pull(&app, &phone).await["customer"].iter().find(|it| it["owner"] == json!(rep.id)).expect("an own customer")["id"].clone();
        let id = MeetingId(random::uuid());
        let meeting = json!({
            "id": id, "customer": customer, "rep": rep.id, "format": "discovery", "status": "held", "starts_at": 1_780_000_000_000_i64,
            "offset_minutes": 60, "length_minutes": 45, "channel": "in_person", "contacts": [], "colleagues": [],
            "notes": { "matters": "Price", "success": "", "roadblocks": "", "moving_targets": "", "innovations": "", "next_step": "" },
            "corrections": [], "version": 0,
        });
        let saved = json!({
            "id": random::uuid(), "member": rep.id, "sequence": 1, "wire": 1, "made_at": 1_780_000_000_000_i64,
            "mutation": { "create_meeting": { "meeting": meeting } },
        });
        let edited = json!({
            "id": random::uuid(), "member": rep.id, "sequence": 2, "wire": 1, "made_at": 1_780_000_000_000_i64,
            "mutation": { "edit_meeting": { "id": id, "base": 0, "edit": { "next_step": "Call on Friday" } } },
        });
        let push = json!({ "device": random::uuid(), "lowest_unsent": 3, "mutations": [saved, edited] });
        for _ in 0..2 {
            let (status, body) = app.post("/api/sync/push", Some(&phone.cookie), push.to_string()).await;
            assert_eq!(status, StatusCode::OK, "{body}");
            let pushed: Pushed = serde_json::from_str(&body).expect("an answer as the first release reads it");
            assert!(pushed.receipts.iter().all(|receipt| matches!(receipt.outcome, Outcome::Accepted { .. })), "{body}");
        }
        let meetings = &pull(&app, &phone).await["meeting"];
        let own: Vec<&Value> = meetings.iter().filter(|it| it["id"] == json!(id)).collect();
        assert_eq!(own.len(), 1);
        assert_eq!((&own[0]["notes"]["matters"], &own[0]["notes"]["next_step"]), (&json!("Price"), &json!("Call on Friday")));
    }
}

/// Everything that a phone pulls that has nothing yet, by kind; all of it must be readable to it.
async fn pull(app: &TestApp, phone: &Phone<'_>) -> BTreeMap<String, Vec<Value>> {
    let (mut cursors, mut rows) = (BTreeMap::new(), BTreeMap::<(String, String), Value>::new());
    loop {
        let known: Vec<Value> = cursors.iter().map(|(scope, cursor)| json!({ "scope": scope, "cursor": cursor })).collect();
        let asked = json!({ "wire": 1, "member": phone.member.id, "cursors": known });
        let (status, body) = app.post("/api/sync/pull", Some(&phone.cookie), asked.to_string()).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let pulled: Pulled = serde_json::from_str(&body).expect("an answer as the first release reads it");
        assert_eq!(pulled.unread(), Vec::<String>::new());
        for page in pulled.pages {
            for change in page.changes {
                if let Some(body) = change.body {
                    rows.insert((change.entity, change.id), serde_json::from_str(body.get()).expect("JSON"));
                }
            }
            cursors.insert(page.scope, serde_json::from_str::<Value>(page.cursor.get()).expect("JSON"));
        }
        if !pulled.more {
            break;
        }
    }
    let mut kinds: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for ((entity, _), row) in rows {
        kinds.entry(entity).or_default().push(row);
    }
    kinds
}
