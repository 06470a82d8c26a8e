//! What is asked of each endpoint: something that works for whoever it is meant for, with the ids of an organisation.

use super::world::World;
use crate::support::{attach_photo, held};
use app::{
    account::{Member, Viewed, Viewing},
    customer::{CsvFile, CustomerEdit},
    id::{DeviceId, ViewingId},
    organisation::Settings,
    photo::PhotoSubject,
    survey::ExclusionReason,
    sync::protocol::{Cursor, Mutation, Pull, Scope, ScopeCursor, WIRE},
    team::Team,
};
use serde_json::{Value, json};
use server::{random, routes::Endpoint};

/// A path and what is sent there.
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// What is asked of `endpoint` with the ids of `of`'s organisation, by `by` where the question names who asks. An endpoint that is not here
/// is one whose border nobody tried.
pub(super) fn asked(endpoint: &Endpoint, of: &World<'_>, by: &Member) -> Asked {
    let at = |path: &str, content_type, body: String| Asked { path: path.to_owned(), content_type, body: body.into_bytes() };
    let page = |path: &str| at(path, FORM, "trust=1&comment=Gone".to_owned());
    if let Some(function) = endpoint.path.strip_prefix("/api/fn/") {
        return at(endpoint.path, JSON, arguments(function, of).to_string());
    }
    match endpoint.path {
        "/" | "/healthz" | "/readyz" | "/app" => at(endpoint.path, FORM, String::new()),
        "/app/{*path}" => at(&format!("/app/customers/{}", of.customer.id), FORM, String::new()),
        "/assets/{*path}" => at("/assets/../assets.json", FORM, String::new()),
        "/{*path}" => at("/favicon.svg", FORM, String::new()),
        "/first-run" => at(endpoint.path, FORM, "code=0&organisation=Mine".to_owned()),
        "/s/{link}" => page(&of.link),
        "/r/{receipt}" => page(&of.receipt),
        "/r/{receipt}/comment" => page(&format!("{}/comment", of.receipt)),
        // Whoever has an address reads it; what is tried here is to have none.
        "/calendar/{link}" => at(&format!("/calendar/{}-{}.ics", of.organisation.code, "0".repeat(26)), FORM, String::new()),
        "/api/photos/{photo}" => at(&format!("/api/photos/{}", of.photo.id), FORM, String::new()),
        "/api/survey/tokens" => at(endpoint.path, JSON, json!({ "wanted": 1 }).to_string()),
        "/api/sync/push" => at(endpoint.path, JSON, push(of, by).to_string()),
        "/api/sync/deliver" => at(endpoint.path, JSON, delivery(of, by).to_string()),
        "/api/sync/pull" => at(endpoint.path, JSON, json!(pull(of, by)).to_string()),
        "/api/sync/pokes" => at(endpoint.path, FORM, String::new()),
        path => panic!("say here what is asked of {path}, so that its border is tried"),
    }
}

/// The arguments of a server function.
fn arguments(function: &str, of: &World<'_>) -> Value {
    let settings = Settings {
        name: "Taken over".into(),
        time_zone: "Europe/Amsterdam".into(),
        purpose: "None".into(),
        privacy_notice: "None".into(),
        rules: of.organisation.rules.clone(),
    };
    let file = CsvFile(format!("customer,owner_email\nNew,{}\n", of.rep.email).into_bytes());
    match function {
        "account/sign_out" | "account/sign_out_everywhere" | "account/who_am_i" | "account/sessions" | "account/members" => json!({}),
        "account/sign_in" => json!({ "email": of.rep.email, "password": "not the password" }),
        "account/revoke_others" => json!({}),
        "account/revoke_devices" => json!({ "member": of.rep.id }),
        "account/revoke_session" => json!({ "id": of.session }),
        "account/end_session" => json!({ "id": of.session }),
        "account/look_at_link" => json!({ "token": "a".repeat(60) }),
        "account/accept_link" => json!({ "token": "a".repeat(60), "password": "four green teapots" }),
        "account/save_member" => json!({ "member": Member { name: "Taken over".into(), ..of.rep.clone() } }),
        "account/issue_link" => json!({ "member": of.rep.id }),
        "calendar/look_at_feed" | "calendar/make_feed" | "calendar/stop_feed" => json!({}),
        "calendar/look_at_source" | "calendar/read_source" | "calendar/stop_source" => json!({}),
        // An address at which nobody is ever asked.
        "calendar/save_source" => json!({ "address": "https://127.0.0.1/calendar.ics" }),
        "customer/search_customers" => json!({ "search": { "owner": of.rep.id, "words": "" } }),
        "customer/assign_customers" => json!({ "customers": [of.customer.id], "assignment": { "window_days": 7 } }),
        "customer/preview_import" | "customer/import" => json!({ "file": file }),
        "organisation/save_settings" => json!({ "settings": settings }),
        "quarantine/quarantine" => json!({}),
        "quarantine/open_quarantined" => json!({ "id": of.quarantined, "offset_minutes": 0 }),
        "quarantine/apply_quarantined" => json!({ "id": of.quarantined, "correction": { "field": "name", "value": "Taken over" } }),
        "quarantine/discard_quarantined" => json!({ "id": of.quarantined, "reason": "Taken over" }),
        "reminder/look_at_reminders" | "reminder/stop_reminders" => json!({}),
        "reminder/start_reminders" => json!({ "subscription": subscription(), "wanted": { "kinds": ["visits"], "seen": 0 } }),
        "reminder/move_reminders" => json!({ "subscription": subscription() }),
        "team/save_team" => json!({ "team": Team { name: "Taken over".into(), ..of.team.clone() } }),
        "team/remove_team" => json!({ "id": of.team.id }),
        _ => panic!("say here what {function} is called with, so that its border is tried"),
    }
}

/// A browser that nobody is reminded by, with the keys of RFC 8291's example.
fn subscription() -> Value {
    let point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    json!({ "endpoint": "https://127.0.0.1/send", "keys": { "p256dh": point, "auth": "BTBZMqHH6r4Tts7J_aSIgg" } })
}

/// Changes of what is of's; every one of them valid for of's rep or the rep's manager.
fn push(of: &World<'_>, by: &Member) -> Value {
    let edit = CustomerEdit { name: Some("Taken over".into()), ..CustomerEdit::default() };
    let viewing = Viewing {
        id: ViewingId(random::uuid()),
        viewer: by.id,
        subject: of.rep.id,
        viewed: Viewed::Score,
        on: "2026-06-01".parse().expect("a date"),
    };
    let mutations = [
        Mutation::edit_customer(&of.customer, edit),
        Mutation::CreateMeeting { meeting: held(by.id, of.customer.id, 3) },
        Mutation::DeletePhoto { id: of.photo.id },
        attach_photo(by.id, PhotoSubject::Meeting(of.meeting.id), of.customer.id),
        Mutation::DeleteMeeting { id: of.meeting.id },
        Mutation::ExcludeRating { id: of.rating, reason: ExclusionReason::Test, note: "Gone".into() },
        Mutation::RecordViewing { viewing },
    ];
    let envelope = |(number, mutation): (u64, Mutation)| json!({ "id": random::uuid(), "member": by.id, "sequence": number, "wire": WIRE, "made_at": 1_780_000_000_000_i64, "mutation": mutation });
    let mutations: Vec<Value> = (1..).zip(mutations).map(envelope).collect();
    json!({ "device": DeviceId(random::uuid()), "lowest_unsent": mutations.len() + 1, "mutations": mutations })
}

/// What [`push`] sends, from a device that was revoked.
fn delivery(of: &World<'_>, by: &Member) -> Value {
    let mut delivery = push(of, by);
    delivery["member"] = json!(by.id);
    delivery["last"] = json!(false);
    delivery
}

/// From the beginning, with cursors of `of`'s scopes.
fn pull(of: &World<'_>, by: &Member) -> Pull {
    let own = [Scope::Member, Scope::Months, Scope::Outbox, Scope::Own, Scope::Care, Scope::Calendar, Scope::Photos];
    let teams = [Scope::Team, Scope::TeamCare, Scope::TeamPhotos].map(|scope| scope(of.team.id));
    let scopes = own.map(|scope| scope(of.rep.id)).into_iter().chain(teams).chain([Scope::Organisation, Scope::Colleagues]);
    let cursor = Cursor { epoch: of.epoch, sequence: 0, entity: String::new(), id: String::new() };
    Pull { wire: WIRE, member: by.id, cursors: scopes.map(|scope| ScopeCursor { scope, cursor: cursor.clone() }).collect() }
}
