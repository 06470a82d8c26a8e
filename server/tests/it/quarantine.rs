//! What could not be saved, and what administrators decide about it.

use crate::{
    on_both_engines,
    support::{Phone, TestApp, held, new_customer},
};
use app::{
    account::{Member, Role},
    id::{InvitationId, MutationId, RatingId, SealingKeyId},
    meeting::Meeting,
    quarantine::{Correction, Ending, QuarantineLine, Quarantined, QuarantinedText, Settlement},
    survey::Sealed,
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, ProblemCode, Pull, Row, Scope},
    },
    time::Timestamp,
};
use serde_json::{Value, json};
use server::random;

/// A rep whose phone is at hand, and an administrator.
struct Scene<'a> {
    app: &'a TestApp,
    rep: Member,
    phone: Phone<'a>,
    administrator: Member,
    cookie: String,
}

impl<'a> Scene<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let administrator = app.member("Ada", &team, &[Role::Administrator]).await;
        let (phone, cookie) = (app.phone(&rep).await, app.phone(&administrator).await.cookie);
        Self { app, rep, phone, administrator, cookie }
    }

    /// Sends what is refused, and returns its id.
    async fn refused(&mut self, mutation: Mutation) -> MutationId {
        let envelope = self.phone.envelope(mutation);
        let pushed = self.phone.push(&self.phone.batch(vec![envelope.clone()])).await;
        assert!(matches!(pushed.receipts[0].outcome, Outcome::Refused { .. }), "{pushed:?}");
        envelope.id
    }

    /// Sends a meeting with a customer that is not there yet.
    async fn too_early(&mut self) -> (Meeting, MutationId) {
        let meeting = held(self.rep.id, new_customer(self.rep.id, "Acme").id, 0);
        let id = self.refused(Mutation::CreateMeeting { meeting: meeting.clone() }).await;
        (meeting, id)
    }

    async fn list(&self) -> Vec<QuarantineLine> {
        self.app.call("quarantine/quarantine", Some(&self.cookie), json!({})).await.ok()
    }

    async fn open(&self, id: MutationId) -> Quarantined {
        self.app.call("quarantine/open_quarantined", Some(&self.cookie), json!({ "id": id, "offset_minutes": 120 })).await.ok()
    }

    async fn apply(&self, id: MutationId, correction: Value) -> crate::support::Called {
        self.app.call("quarantine/apply_quarantined", Some(&self.cookie), json!({ "id": id, "correction": correction })).await
    }

    async fn discard(&self, id: MutationId, reason: &str) -> crate::support::Called {
        self.app.call("quarantine/discard_quarantined", Some(&self.cookie), json!({ "id": id, "reason": reason })).await
    }

    /// What the rep's phone is told was decided.
    async fn told(&mut self) -> Vec<Settlement> {
        let settlement = |row| if let Row::Settlement(it) = row { Some(it) } else { None };
        self.phone.rows().await.into_iter().filter_map(settlement).collect()
    }
}

fn answers() -> Mutation {
    Mutation::SubmitSealed {
        id: RatingId(random::uuid()),
        invitation: InvitationId(random::uuid()),
        given_at: Timestamp(1_780_000_000_000),
        sealed: Sealed { key: SealingKeyId(random::uuid()), ciphertext: "c2VjcmV0".to_owned() },
    }
}

on_both_engines! {
    async fn once_the_cause_is_mended_a_refused_meeting_is_saved_in_its_authors_name(app) {
        let mut scene = Scene::new(&app).await;
        let (meeting, id) = scene.too_early().await;
        assert_eq!(scene.apply(id, Value::Null).await.failure().code, ProblemCode::NotFound, "the customer is still not there");
        assert_eq!(scene.told().await, []);
        let customer = app::customer::Customer { id: meeting.customer, ..new_customer(scene.rep.id, "Acme") };
        scene.phone.must(Mutation::CreateCustomer { customer }).await;
        scene.apply(id, Value::Null).await.ok::<()>();
        let rows = scene.phone.rows().await;
        let saved = rows.iter().filter(|row| matches!(row, Row::Meeting(it) if it.id == meeting.id && it.rep == scene.rep.id)).count();
        assert_eq!(saved, 1);
        let [told] = &scene.told().await[..] else { panic!("one decision") };
        assert_eq!((told.id, told.by, &told.ending), (id, scene.administrator.id, &Ending::Applied { corrected: None }));
        assert_eq!(scene.list().await[0].settlement.as_ref(), Some(told));
        assert_eq!(scene.apply(id, Value::Null).await.failure().code, ProblemCode::NotFound, "a decision is final");
    }

    async fn a_retry_of_what_was_repaired_gets_the_first_answer_and_changes_nothing(app) {
        let mut scene = Scene::new(&app).await;
        let nameless = scene.phone.envelope(Mutation::CreateCustomer { customer: new_customer(scene.rep.id, " ") });
        let batch = scene.phone.batch(vec![nameless.clone()]);
        let first = scene.phone.push(&batch).await;
        scene.apply(nameless.id, json!({ "field": "name", "value": "Acme" })).await.ok::<()>();
        assert_eq!(scene.phone.push(&batch).await.receipts, first.receipts);
        let customers = scene.phone.rows().await.iter().filter(|row| matches!(row, Row::Customer(_))).count();
        assert_eq!(customers, 1);
    }

    async fn only_the_field_that_was_refused_is_corrected_and_the_author_reads_it(app) {
        let mut scene = Scene::new(&app).await;
        let id = scene.refused(Mutation::CreateCustomer { customer: new_customer(scene.rep.id, " ") }).await;
        let opened = scene.open(id).await;
        assert_eq!(opened.correctable, Some(Correction { field: "name".into(), value: " ".into() }));
        let elsewhere = scene.apply(id, json!({ "field": "place", "value": "Utrecht" })).await.failure();
        assert_eq!(elsewhere.code, ProblemCode::Malformed);
        assert_eq!(scene.apply(id, json!({ "field": "name", "value": "  " })).await.failure().field.as_deref(), Some("name"));
        scene.apply(id, json!({ "field": "name", "value": "Acme" })).await.ok::<()>();
        let corrected = Some(Correction { field: "name".into(), value: "Acme".into() });
        assert_eq!(scene.told().await[0].ending, Ending::Applied { corrected });
    }

    async fn what_is_discarded_says_why_and_stays_as_it_came(app) {
        let mut scene = Scene::new(&app).await;
        let (_, id) = scene.too_early().await;
        assert_eq!(scene.discard(id, "  ").await.failure().field.as_deref(), Some("reason"));
        scene.discard(id, " Entered twice ").await.ok::<()>();
        assert_eq!(scene.told().await[0].ending, Ending::Discarded { reason: "Entered twice".into() });
        assert_eq!(scene.discard(id, "again").await.failure().code, ProblemCode::NotFound);
        let opened = scene.open(id).await;
        assert!(matches!(opened.text, QuarantinedText::Whole(_)) && opened.line.settlement.is_some(), "{opened:?}");
        assert!(scene.phone.rows().await.iter().all(|row| !matches!(row, Row::Meeting(_))));
    }

    async fn an_administrator_reads_the_whole_text_by_names_that_their_own_phone_does_not_hold(app) {
        let mut scene = Scene::new(&app).await;
        let mut sams = app.phone(&app.member("Sam", &app.team("South", None).await, &[Role::Rep]).await).await;
        let customer = new_customer(sams.member.id, "Acme");
        sams.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
        let mut meeting = held(scene.rep.id, customer.id, 0);
        meeting.notes.matters = "Fewer deliveries".into();
        let id = scene.refused(Mutation::CreateMeeting { meeting }).await;
        let [line] = &scene.list().await[..] else { panic!("one line") };
        assert_eq!((line.id, line.member, line.title.as_str()), (id, scene.rep.id, "Meeting with Acme"));
        assert_eq!(line.refusal, Refusal::not_found("customer"));
        let QuarantinedText::Whole(text) = scene.open(id).await.text else { panic!("an administrator reads it") };
        for (name, said) in [("Customer", "Acme"), ("Rep", "Rik"), ("Matters", "Fewer deliveries")] {
            assert!(text.iter().any(|(field, text)| field == name && text == said), "{name}: {text:?}");
        }
    }

    async fn answers_and_what_is_its_authors_own_are_never_shown(app) {
        let mut scene = Scene::new(&app).await;
        let sealed = scene.refused(answers()).await;
        let opened = scene.open(sealed).await;
        assert_eq!((opened.text, opened.correctable), (QuarantinedText::Sealed, None));
        let secret = "Not for anybody";
        let reflection = json!({ "write_reflection": { "reflection": {
            "id": random::uuid(), "author": scene.rep.id, "written_at": 1_780_000_000_000_i64, "what_happened": secret, "energy": 9,
        } } });
        let unreadable = json!({ "teleport_meeting": { "note": secret } });
        for mutation in [reflection, unreadable] {
            let id = MutationId(random::uuid());
            let envelope = json!({ "id": id, "member": scene.rep.id, "sequence": 1, "wire": 1, "made_at": 0, "mutation": mutation });
            let push = json!({ "device": scene.phone.device, "lowest_unsent": 1, "mutations": [envelope] }).to_string();
            let (_, answer) = app.post("/api/sync/push", Some(&scene.phone.cookie), push).await;
            assert!(answer.contains("refused"), "{answer}");
            let arguments = json!({ "id": id, "offset_minutes": 0 });
            let shown = app.call("quarantine/open_quarantined", Some(&scene.cookie), arguments).await;
            assert!(!shown.body.contains(secret) && !format!("{:?}", shown.ok::<Quarantined>().text).contains("Whole"), "{shown:?}");
        }
        let all = app.call("quarantine/quarantine", Some(&scene.cookie), json!({})).await;
        assert!(!all.body.contains(secret) && !all.body.contains("c2VjcmV0"), "{all:?}");
    }

    async fn answers_are_not_discarded_by_the_administrator_they_are_about(app) {
        let mut scene = Scene::new(&app).await;
        let team = app.team("South", None).await;
        let both = app.member("Bo", &team, &[Role::Rep, Role::Administrator]).await;
        scene.phone = app.phone(&both).await;
        let id = scene.refused(answers()).await;
        let arguments = json!({ "id": id, "reason": "I would rather not" });
        let own = app.call("quarantine/discard_quarantined", Some(&scene.phone.cookie), arguments).await;
        assert_eq!(own.failure().code, ProblemCode::Malformed);
        scene.discard(id, "The key is lost").await.ok::<()>();
    }

    async fn what_somebody_who_was_shut_out_had_saved_can_still_be_helped_through(app) {
        let mut scene = Scene::new(&app).await;
        let id = scene.refused(Mutation::CreateCustomer { customer: new_customer(scene.rep.id, " ") }).await;
        let gone = Member { active: false, ..scene.rep.clone() };
        app.call("account/save_member", Some(&scene.cookie), json!({ "member": gone })).await.ok::<()>();
        scene.apply(id, json!({ "field": "name", "value": "Acme" })).await.ok::<()>();
        assert!(matches!(scene.list().await[0].settlement, Some(Settlement { ending: Ending::Applied { .. }, .. })));
    }

    async fn a_phone_that_cannot_read_decisions_is_not_told_of_them(app) {
        let mut scene = Scene::new(&app).await;
        let (_, id) = scene.too_early().await;
        scene.discard(id, "Entered twice").await.ok::<()>();
        let old = Pull { wire: 3, member: scene.rep.id, cursors: vec![] };
        let (_, answer) = app.post("/api/sync/pull", Some(&scene.phone.cookie), serde_json::to_string(&old).expect("JSON")).await;
        assert!(!answer.contains("outbox/") && !answer.contains("settlement"), "{answer}");
        let told = scene.phone.pull().await;
        assert!(told.scopes.contains(&Scope::Outbox(scene.rep.id)), "{:?}", told.scopes);
        assert_eq!(scene.told().await.len(), 1, "and a phone that can reads it from the start");
    }
}
