use crate::{
    on_both_engines,
    support::{Phone, TestApp, new_customer},
};
use app::{
    account::{Identity, Member, Role, SessionLine},
    failure::Failure,
    id::MutationId,
    quarantine::QuarantineLine,
    sync::{
        Refusal,
        protocol::{Delivery, Envelope, Mutation, Outcome, ProblemCode, Pushed, Receipt, Row},
    },
};
use axum::http::StatusCode;
use serde_json::json;

/// A rep with two phones, and an administrator.
struct Scene<'a> {
    app: &'a TestApp,
    rep: Member,
    lost: Phone<'a>,
    kept: Phone<'a>,
    administrator: String,
}

impl<'a> Scene<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let ada = app.member("Ada", &team, &[Role::Administrator]).await;
        let (lost, kept, administrator) = (app.phone(&rep).await, app.phone(&rep).await, app.phone(&ada).await.cookie);
        Self { app, rep, lost, kept, administrator }
    }

    /// As [`Scene::new`], where the rep has cleared all devices but the one kept.
    async fn revoked(app: &'a TestApp) -> Self {
        let scene = Self::new(app).await;
        app.call("account/revoke_others", Some(&scene.kept.cookie), json!({})).await.ok::<()>();
        scene
    }

    fn customer(&mut self, name: &str) -> Envelope {
        self.lost.envelope(Mutation::CreateCustomer { customer: new_customer(self.rep.id, name) })
    }

    fn delivery(&self, mutations: Vec<Envelope>, last: bool) -> Delivery {
        Delivery { member: self.rep.id, device: self.lost.device, mutations, last }
    }

    /// Delivers with a session's cookie.
    async fn deliver(&self, cookie: &str, delivery: &Delivery) -> Result<Vec<Receipt>, ProblemCode> {
        let (status, body) = self.app.post("/api/sync/deliver", Some(cookie), serde_json::to_string(delivery).expect("JSON")).await;
        match status {
            StatusCode::OK => Ok(serde_json::from_str::<Pushed>(&body).expect("receipts").receipts),
            _ => Err(serde_json::from_str::<Failure>(&body).expect("a failure").code),
        }
    }

    async fn quarantined(&self) -> Vec<QuarantineLine> {
        self.app.call("quarantine/quarantine", Some(&self.administrator), json!({})).await.ok()
    }

    async fn customers(&mut self) -> usize {
        self.kept.rows().await.iter().filter(|row| matches!(row, Row::Customer(_))).count()
    }
}

fn refused(id: MutationId) -> Receipt {
    Receipt { mutation: id, outcome: Outcome::Refused { refusal: Refusal::Revoked } }
}

on_both_engines! {
    async fn a_revoked_device_is_told_so_and_another_goes_on(app) {
        let mut scene = Scene::revoked(&app).await;
        let envelope = scene.customer("Acme");
        let push = serde_json::to_string(&scene.lost.batch(vec![envelope])).expect("JSON");
        let (status, answer) = app.post("/api/sync/push", Some(&scene.lost.cookie), push).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "a phone that does not know the code reads 'signed out'");
        assert_eq!(serde_json::from_str::<Failure>(&answer).expect("a failure").code, ProblemCode::Revoked);
        assert_eq!(app.call("account/who_am_i", Some(&scene.lost.cookie), json!({})).await.failure().code, ProblemCode::Revoked);
        app.call("account/who_am_i", Some(&scene.kept.cookie), json!({})).await.ok::<Identity>();
        let left: Vec<SessionLine> = app.call("account/sessions", Some(&scene.kept.cookie), json!({})).await.ok();
        assert_eq!(left.len(), 1);
    }

    async fn what_a_revoked_device_held_goes_to_quarantine_once_and_is_never_applied(app) {
        let mut scene = Scene::revoked(&app).await;
        let (first, second) = (scene.customer("Acme"), scene.customer("Bakker"));
        let delivery = scene.delivery(vec![first.clone()], false);
        let cookie = scene.lost.cookie.clone();
        assert_eq!(scene.deliver(&cookie, &delivery).await, Ok(vec![refused(first.id)]));
        assert_eq!(scene.deliver(&cookie, &delivery).await, Ok(vec![refused(first.id)]), "an answer may be lost on the way");
        assert_eq!(scene.deliver(&cookie, &scene.delivery(vec![], true)).await, Ok(vec![]));
        assert_eq!(scene.deliver(&cookie, &scene.delivery(vec![], true)).await, Ok(vec![]));
        let late = scene.delivery(vec![second.clone()], false);
        assert_eq!(scene.deliver(&cookie, &late).await, Ok(vec![refused(second.id)]), "saved in another tab meanwhile");
        assert_eq!(scene.customers().await, 0);
        let lines = scene.quarantined().await;
        assert_eq!(lines.len(), 2);
        let line = lines.iter().find(|line| line.id == first.id).expect("the first");
        assert_eq!((line.id, &line.refusal), (first.id, &Refusal::Revoked));
        app.call("quarantine/apply_quarantined", Some(&scene.administrator), json!({ "id": first.id, "correction": null })).await.ok::<()>();
        assert_eq!(scene.customers().await, 1, "an administrator may save it");
    }

    async fn what_was_applied_before_is_answered_as_it_was(app) {
        let mut scene = Scene::new(&app).await;
        let envelope = scene.customer("Acme");
        let pushed = scene.lost.push(&scene.lost.batch(vec![envelope.clone()])).await;
        app.call("account/revoke_others", Some(&scene.kept.cookie), json!({})).await.ok::<()>();
        let delivery = scene.delivery(vec![envelope], true);
        assert_eq!(scene.deliver(&scene.lost.cookie, &delivery).await, Ok(pushed.receipts));
        assert_eq!((scene.customers().await, scene.quarantined().await.len()), (1, 0));
    }

    async fn nobody_else_delivers(app) {
        let mut scene = Scene::revoked(&app).await;
        let envelope = scene.customer("Acme");
        let delivery = scene.delivery(vec![envelope.clone()], true);
        assert_eq!(scene.deliver(&scene.kept.cookie, &delivery).await, Err(ProblemCode::Forbidden), "whoever is signed in pushes");
        assert_eq!(scene.deliver("qdos=x.y", &delivery).await, Err(ProblemCode::SignedOut));
        let other = app.member("Sam", &app.team("South", None).await, &[Role::Rep]).await;
        for forged in [
            Delivery { member: other.id, mutations: vec![], ..delivery.clone() },
            Delivery { mutations: vec![Envelope { member: other.id, ..envelope }], ..delivery },
        ] {
            assert_eq!(scene.deliver(&scene.lost.cookie, &forged).await, Err(ProblemCode::AnotherMember));
        }
        assert_eq!(scene.quarantined().await, []);
    }

    async fn a_member_who_is_shut_out_is_told_so_on_every_device_and_delivers_too(app) {
        let mut scene = Scene::new(&app).await;
        let gone = Member { active: false, ..scene.rep.clone() };
        app.call("account/save_member", Some(&scene.administrator), json!({ "member": gone })).await.ok::<()>();
        for cookie in [&scene.lost.cookie, &scene.kept.cookie] {
            assert_eq!(app.call("account/who_am_i", Some(cookie), json!({})).await.failure().code, ProblemCode::Revoked);
        }
        let envelope = scene.customer("Acme");
        let delivery = scene.delivery(vec![envelope.clone()], true);
        assert_eq!(scene.deliver(&scene.lost.cookie, &delivery).await, Ok(vec![refused(envelope.id)]));
        assert_eq!(scene.quarantined().await.len(), 1);
    }

    async fn one_device_is_revoked_by_its_member_and_all_by_an_administrator(app) {
        let scene = Scene::new(&app).await;
        let lines: Vec<SessionLine> = app.call("account/sessions", Some(&scene.kept.cookie), json!({})).await.ok();
        let id = |here: bool| lines.iter().find(|line| line.here == here).expect("two devices").id.clone();
        let own = app.call("account/revoke_session", Some(&scene.kept.cookie), json!({ "id": id(true) })).await;
        assert_eq!(own.failure().code, ProblemCode::Malformed);
        app.call("account/revoke_session", Some(&scene.kept.cookie), json!({ "id": id(false) })).await.ok::<()>();
        let told = async |cookie: &str| app.call("account/who_am_i", Some(cookie), json!({})).await;
        assert_eq!(told(&scene.lost.cookie).await.failure().code, ProblemCode::Revoked);
        told(&scene.kept.cookie).await.ok::<Identity>();
        app.call("account/revoke_devices", Some(&scene.administrator), json!({ "member": scene.rep.id })).await.ok::<()>();
        assert_eq!(told(&scene.kept.cookie).await.failure().code, ProblemCode::Revoked);
        told(&scene.administrator).await.ok::<Identity>();
    }

    async fn whoever_signs_in_again_on_a_revoked_device_goes_on_as_usual(app) {
        let mut scene = Scene::revoked(&app).await;
        app.set_password(&scene.rep).await;
        let again = app.call("account/sign_in", Some(&scene.lost.cookie), json!({ "email": scene.rep.email, "password": crate::support::PASSWORD })).await;
        again.ok::<Identity>();
        scene.lost.cookie = again.cookie.expect("a session's cookie");
        scene.lost.must(Mutation::CreateCustomer { customer: new_customer(scene.rep.id, "Acme") }).await;
    }

    async fn a_revoked_session_delivers_no_longer_than_it_would_have_lasted(app) {
        let mut scene = Scene::revoked(&app).await;
        app.age_sessions(91).await;
        let envelope = scene.customer("Acme");
        let delivery = scene.delivery(vec![envelope], true);
        assert_eq!(scene.deliver(&scene.lost.cookie, &delivery).await, Err(ProblemCode::SignedOut));
    }
}
