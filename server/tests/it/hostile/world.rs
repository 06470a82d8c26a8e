//! A rep and a manager who know what exists, so that they can make valid mutations of every kind.

use super::flaw;
use crate::support::{Phone, TestApp, at, held, new_contact, new_customer, new_member, new_organisation, photo_data, photo_on};
use app::{
    account::{Absence, Hours, Role, Viewed, Viewing, WorkingHours},
    customer::{Contact, ContactEdit, Customer, CustomerEdit, Insight},
    id::{
        AbsenceId, ActionId, InsideAskId, InsightId, InvitationId, PromiseId, RatingId, RecoveryCaseId, ReflectionId, SubjectId, TouchId,
        ViewingId,
    },
    meeting::{Meeting, MeetingEdit, Touch, TouchKind},
    photo::PhotoSubject,
    promise::{InsideAsk, InsideAskState, KeeperAnswer, Promise, PromiseState, Report},
    recovery::{Cause, RecoveryCase, Step},
    reflection::{Action, ActionState, Reflection},
    survey::{Answers, Component, ExclusionReason, Invitation, InvitationState, Way},
    sync::protocol::{Envelope, Mutation, Receipt, Row},
    today::{Snooze, SnoozeReason},
};
use axum::http::StatusCode;
use crypto_box::aead::OsRng;
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use server::random;
use std::collections::BTreeMap;

/// Every kind of mutation, as the wire names it.
pub(super) const KINDS: [&str; 45] = [
    "create_customer",
    "edit_customer",
    "unite_customers",
    "take_apart",
    "create_contact",
    "edit_contact",
    "record_insight",
    "delete_insight",
    "create_meeting",
    "edit_meeting",
    "delete_meeting",
    "record_touch",
    "delete_touch",
    "make_promise",
    "settle_promise",
    "delete_promise",
    "answer_promise",
    "hand_promise",
    "report_promise",
    "attach_photo",
    "delete_photo",
    "ask_inside",
    "answer_inside_ask",
    "delete_inside_ask",
    "open_recovery",
    "record_recovery",
    "close_recovery",
    "reopen_recovery",
    "delete_recovery",
    "write_reflection",
    "share_reflection",
    "take_action",
    "settle_action",
    "invite",
    "settle_invitation",
    "submit_sealed",
    "add_context",
    "exclude_rating",
    "count_rating",
    "record_viewing",
    "set_hours",
    "plan_absence",
    "cancel_absence",
    "snooze",
    "wake",
];

pub(super) struct World<'a> {
    app: &'a TestApp,
    rep: Phone<'a>,
    manager: Phone<'a>,
    foreign: Vec<String>,
    rows: BTreeMap<&'static str, usize>,
    days: i64,
}

impl<'a> World<'a> {
    pub(super) async fn new(app: &'a TestApp) -> Self {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let manager = app.member("Mia", &team, &[Role::Manager]).await;
        let (other, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, other.id, "Stranger", team.id, &[Role::Rep]).await;
        let mut strange = Phone::new(app, other.id, &stranger).await;
        let customer = new_customer(stranger.id, "Foreign");
        let meeting = held(stranger.id, customer.id, 0);
        let foreign = [stranger.id.to_string(), customer.id.to_string(), meeting.id.to_string()].into();
        strange.must(Mutation::CreateCustomer { customer }).await;
        strange.must(Mutation::CreateMeeting { meeting }).await;
        Self { app, rep: app.phone(&rep).await, manager: app.phone(&manager).await, foreign, rows: BTreeMap::new(), days: 0 }
    }

    /// The mutations of one step, each with whether it is to be accepted: what must come first, and then the one meant.
    pub(super) fn step(&mut self, kind: usize, broken: bool, number: u32) -> Vec<(Envelope<Value>, bool)> {
        let mut mutations = self.valid(KINDS[kind]);
        let meant = mutations.pop().expect("a step means something");
        assert_eq!(meant_kind(&meant), KINDS[kind]);
        let mut sent: Vec<_> = mutations.into_iter().map(|mutation| self.accepted(mutation)).collect();
        if broken {
            let value = flaw::broken(&serde_json::to_value(&meant).expect("JSON"), number, &self.foreign);
            sent.push((self.numbered(&meant, value), false));
        } else {
            sent.push(self.accepted(meant));
        }
        sent
    }

    fn accepted(&mut self, mutation: Mutation) -> (Envelope<Value>, bool) {
        let value = serde_json::to_value(&mutation).expect("JSON");
        self.count(&mutation);
        (self.numbered(&mutation, value), true)
    }

    fn numbered(&mut self, mutation: &Mutation, value: Value) -> Envelope<Value> {
        let is_managers = matches!(
            mutation,
            Mutation::RecordViewing { .. }
                | Mutation::ExcludeRating { .. }
                | Mutation::CountRating { .. }
                | Mutation::AnswerPromise { .. }
                | Mutation::AnswerInsideAsk { .. }
        );
        let phone = if is_managers { &mut self.manager } else { &mut self.rep };
        let Envelope { id, member, sequence, wire, made_at, mutation: _ } = phone.envelope(mutation.clone());
        Envelope { id, member, sequence, wire, made_at, mutation: value }
    }

    /// Sends each member's envelopes from that member's phone; the receipts come back in the order of `batch`.
    pub(super) async fn push(&self, batch: &[Envelope<Value>]) -> Result<Vec<Receipt>, TestCaseError> {
        let mut receipts = BTreeMap::new();
        for phone in [&self.rep, &self.manager] {
            let own: Vec<_> = batch.iter().filter(|sent| sent.member == phone.member.id).cloned().collect();
            let push = app::sync::protocol::Push { device: phone.device, lowest_unsent: 1, seen: None, mutations: own };
            let body = serde_json::to_string(&push).expect("JSON");
            let (status, answer) = self.app.post("/api/sync/push", Some(&phone.cookie), body).await;
            if status != StatusCode::OK {
                return Err(TestCaseError::fail(format!("{status}: {answer}")));
            }
            let pushed: app::sync::protocol::Pushed = serde_json::from_str(&answer).expect("a push's answer");
            receipts.extend(pushed.receipts.into_iter().map(|receipt| (receipt.mutation, receipt)));
        }
        Ok(batch.iter().map(|sent| receipts.remove(&sent.id).expect("every mutation has a receipt")).collect())
    }

    /// What the rep's phone holds.
    pub(super) async fn rows(&mut self) -> Vec<Row> {
        self.rep.rows().await
    }

    /// How many rows of each kind the accepted mutations make.
    pub(super) fn expected_rows(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.rows.iter().map(|(entity, count)| (*entity, *count))
    }

    fn count(&mut self, mutation: &Mutation) {
        let (entity, more) = match mutation {
            Mutation::CreateCustomer { .. } => ("customer", true),
            Mutation::CreateContact { .. } => ("contact", true),
            Mutation::RecordInsight { .. } => ("insight", true),
            Mutation::DeleteInsight { .. } => ("insight", false),
            Mutation::CreateMeeting { .. } => ("meeting", true),
            Mutation::DeleteMeeting { .. } => ("meeting", false),
            Mutation::RecordTouch { .. } => ("touch", true),
            Mutation::DeleteTouch { .. } => ("touch", false),
            Mutation::MakePromise { .. } => ("promise", true),
            Mutation::DeletePromise { .. } => ("promise", false),
            Mutation::AttachPhoto { .. } => ("photo", true),
            Mutation::DeletePhoto { .. } => ("photo", false),
            Mutation::AskInside { .. } => ("inside_ask", true),
            Mutation::DeleteInsideAsk { .. } => ("inside_ask", false),
            Mutation::OpenRecovery { .. } => ("recovery_case", true),
            Mutation::DeleteRecovery { .. } => ("recovery_case", false),
            Mutation::WriteReflection { .. } => ("reflection", true),
            Mutation::TakeAction { .. } => ("action", true),
            Mutation::Invite { .. } => ("invitation", true),
            Mutation::SubmitSealed { .. } => ("rating", true),
            Mutation::RecordViewing { .. } => ("viewing", true),
            Mutation::Snooze { .. } => ("snooze", true),
            Mutation::Wake { .. } => ("snooze", false),
            _ => return,
        };
        let count = self.rows.entry(entity).or_default();
        if more { *count += 1 } else { *count -= 1 }
    }

    /// A valid mutation of `kind`, after those that it needs.
    fn valid(&mut self, kind: &str) -> Vec<Mutation> {
        let rep = self.rep.member.id;
        let customer = new_customer(rep, "Acme");
        let known = |customer: &Customer| vec![Mutation::CreateCustomer { customer: customer.clone() }];
        let then = |mut first: Vec<Mutation>, more: Mutation| {
            first.push(more);
            first
        };
        let contact = new_contact(customer.id, "Carla");
        let with_contact = then(known(&customer), Mutation::CreateContact { contact: contact.clone() });
        let insight = self.insight(&contact);
        let with_insight = then(with_contact.clone(), Mutation::RecordInsight { insight: insight.clone() });
        let meeting = Meeting { contacts: vec![contact.id], ..held(rep, customer.id, 0) };
        let with_meeting = then(with_contact.clone(), Mutation::CreateMeeting { meeting: meeting.clone() });
        let photo = photo_on(rep, PhotoSubject::Meeting(meeting.id), customer.id);
        let with_photo = then(with_meeting.clone(), Mutation::AttachPhoto { photo: photo.clone(), data: photo_data() });
        let touch = self.touch(&customer);
        let with_touch = then(known(&customer), Mutation::RecordTouch { touch: touch.clone() });
        let promise = self.promise(&customer);
        let with_promise = then(known(&customer), Mutation::MakePromise { promise: promise.clone() });
        let ask = self.inside_ask(&customer);
        let with_ask = then(known(&customer), Mutation::AskInside { ask: ask.clone() });
        let case = self.case(&customer);
        let with_case = then(known(&customer), Mutation::OpenRecovery { case: case.clone() });
        let sorry = Mutation::RecordRecovery { id: case.id, step: Step::Apology, text: "Sorry".into(), at: at(0) };
        let reflection = self.reflection();
        let with_reflection = vec![Mutation::WriteReflection { reflection: reflection.clone(), saw: None }];
        let action = self.action();
        let with_action = vec![Mutation::TakeAction { action: action.clone() }];
        match kind {
            "create_customer" => known(&customer),
            "edit_customer" => {
                let edit = CustomerEdit { name: Some("Acme Ltd".into()), ..CustomerEdit::default() };
                then(known(&customer), Mutation::EditCustomer { id: customer.id, base: 0, edit, saw: CustomerEdit::default() })
            }
            "unite_customers" => {
                let other = new_customer(rep, "Acme Ltd");
                let both = then(known(&customer), Mutation::CreateCustomer { customer: other.clone() });
                then(both, Mutation::UniteCustomers { id: customer.id, into: other.id })
            }
            "take_apart" => {
                let other = new_customer(rep, "Acme Ltd");
                let both = then(known(&customer), Mutation::CreateCustomer { customer: other.clone() });
                let one = then(both, Mutation::UniteCustomers { id: customer.id, into: other.id });
                then(one, Mutation::TakeApart { id: customer.id, into: other.id })
            }
            "create_contact" => with_contact,
            "edit_contact" => {
                let edit = ContactEdit { role: Some("Buyer".into()), ..ContactEdit::default() };
                then(with_contact, Mutation::EditContact { id: contact.id, base: 0, edit, saw: ContactEdit::default() })
            }
            "record_insight" => with_insight,
            "delete_insight" => then(with_insight, Mutation::DeleteInsight { id: insight.id }),
            "create_meeting" => with_meeting,
            "edit_meeting" => {
                let edit = MeetingEdit { next_step: Some("Send drawings".into()), ..MeetingEdit::default() };
                then(with_meeting, Mutation::EditMeeting { id: meeting.id, base: 0, edit, saw: Box::default(), reason: None })
            }
            "delete_meeting" => then(with_meeting, Mutation::DeleteMeeting { id: meeting.id }),
            "record_touch" => with_touch,
            "delete_touch" => then(with_touch, Mutation::DeleteTouch { id: touch.id }),
            "make_promise" => with_promise,
            "settle_promise" => {
                then(with_promise, Mutation::SettlePromise { id: promise.id, state: PromiseState::Kept, agreed: None, at: None })
            }
            "delete_promise" => then(with_promise, Mutation::DeletePromise { id: promise.id }),
            "answer_promise" => then(with_promise, Mutation::AnswerPromise { id: promise.id, answer: KeeperAnswer::Can }),
            "hand_promise" => then(with_promise, Mutation::HandPromise { id: promise.id, keeper: rep }),
            "report_promise" => {
                let settled = Mutation::SettlePromise { id: promise.id, state: PromiseState::Kept, agreed: None, at: None };
                let report = Report { done: "Sent".into(), told: "By phone".into() };
                then(then(with_promise, settled), Mutation::ReportPromise { id: promise.id, report })
            }
            "attach_photo" => with_photo,
            "delete_photo" => then(with_photo, Mutation::DeletePhoto { id: photo.id }),
            "ask_inside" => with_ask,
            "answer_inside_ask" => {
                let (state, text) = (InsideAskState::Answered, "From June on".to_owned());
                then(with_ask, Mutation::AnswerInsideAsk { id: ask.id, state, text })
            }
            "delete_inside_ask" => then(with_ask, Mutation::DeleteInsideAsk { id: ask.id }),
            "open_recovery" => with_case,
            "record_recovery" => then(with_case, sorry),
            "close_recovery" => then(then(with_case, sorry), Mutation::CloseRecovery { id: case.id, at: at(1) }),
            "reopen_recovery" => then(with_case, Mutation::ReopenRecovery { id: case.id }),
            "delete_recovery" => then(with_case, Mutation::DeleteRecovery { id: case.id }),
            "write_reflection" => with_reflection,
            "share_reflection" => then(with_reflection, Mutation::ShareReflection { id: reflection.id, shared: true }),
            "take_action" => with_action,
            "settle_action" => then(with_action, Mutation::SettleAction { id: action.id, state: ActionState::Done }),
            "record_viewing" => vec![self.viewing()],
            "set_hours" => vec![Mutation::SetHours { member: rep, hours: Hours::Own(WorkingHours::on_working_days(9, 17)) }],
            "plan_absence" => vec![Mutation::PlanAbsence { member: rep, absence: self.absence() }],
            "cancel_absence" => {
                let absence = self.absence();
                let id = absence.id;
                vec![Mutation::PlanAbsence { member: rep, absence }, Mutation::CancelAbsence { member: rep, id }]
            }
            "snooze" => vec![Mutation::Snooze { snooze: self.snooze() }],
            "wake" => {
                let snooze = self.snooze();
                vec![Mutation::Snooze { snooze }, Mutation::Wake { member: rep, subject: snooze.subject }]
            }
            _ => self.asked(kind, with_meeting, &meeting),
        }
    }

    /// A mutation about asking and rating.
    fn asked(&mut self, kind: &str, mut mutations: Vec<Mutation>, meeting: &Meeting) -> Vec<Mutation> {
        self.days += 1;
        let invitation = Invitation {
            id: InvitationId(random::uuid()),
            meeting: meeting.id,
            customer: meeting.customer,
            contact: meeting.contacts.first().copied(),
            rep: meeting.rep,
            way: Way::Handover,
            // One a day, so that no rule holds it back.
            asked_at: at(-self.days),
            state: InvitationState::Asked,
        };
        let (id, rating) = (invitation.id, RatingId(random::uuid()));
        mutations.push(Mutation::Invite { invitation, token: None });
        if kind == "invite" {
            return mutations;
        }
        if kind == "settle_invitation" {
            mutations.push(Mutation::SettleInvitation { id, state: InvitationState::NotNow });
            return mutations;
        }
        let answers = Answers { components: BTreeMap::from([(Component::Trust, 4)]), ..Answers::default() };
        let sealed = self.app.organisation.sealing_key.seal(&answers, &mut OsRng).expect("the organisation has a key");
        mutations.push(Mutation::SubmitSealed { id: rating, invitation: id, given_at: at(0), sealed });
        let exclude = Mutation::ExcludeRating { id: rating, reason: ExclusionReason::Test, note: "We tried it".into() };
        match kind {
            "add_context" => mutations.push(Mutation::AddContext { id: rating, context: "We were late".into() }),
            "exclude_rating" => mutations.push(exclude),
            "count_rating" => mutations.extend([exclude, Mutation::CountRating { id: rating, note: "It was real".into() }]),
            _ => {}
        }
        mutations
    }

    fn insight(&self, contact: &Contact) -> Insight {
        Insight {
            id: InsightId(random::uuid()),
            contact: contact.id,
            customer: contact.customer,
            meeting: None,
            author: self.rep.member.id,
            written_at: at(0),
            text: "Sails at weekends".into(),
        }
    }

    fn touch(&self, customer: &Customer) -> Touch {
        let id = TouchId(random::uuid());
        Touch {
            id,
            customer: customer.id,
            rep: self.rep.member.id,
            kind: TouchKind::Call,
            at: at(0),
            offset_minutes: 0,
            note: "Hello".into(),
        }
    }

    fn promise(&self, customer: &Customer) -> Promise {
        Promise {
            id: PromiseId(random::uuid()),
            customer: customer.id,
            meeting: None,
            maker: self.rep.member.id,
            keeper: self.manager.member.id,
            what: "Send drawings".into(),
            due: "2026-06-15".parse().expect("a date"),
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        }
    }

    fn inside_ask(&self, customer: &Customer) -> InsideAsk {
        InsideAsk {
            id: InsideAskId(random::uuid()),
            customer: customer.id,
            from: self.rep.member.id,
            to: self.manager.member.id,
            what: "A pump that runs at night".into(),
            by: "2026-06-15".parse().expect("a date"),
            asked_at: at(0),
            customer_name: String::new(),
            state: InsideAskState::Open,
            answer: String::new(),
        }
    }

    fn case(&self, customer: &Customer) -> RecoveryCase {
        RecoveryCase {
            id: RecoveryCaseId(random::uuid()),
            customer: customer.id,
            rep: self.rep.member.id,
            cause: Cause::ByHand,
            what: "The pump stood still".into(),
            opened_at: at(0),
            steps: BTreeMap::new(),
            closed_at: None,
        }
    }

    fn reflection(&self) -> Reflection {
        Reflection {
            id: ReflectionId(random::uuid()),
            author: self.rep.member.id,
            meeting: None,
            written_at: at(0),
            what_happened: "I talked too much".into(),
            so_what: String::new(),
            now_what: String::new(),
            energy: Some(3),
            confidence: None,
            mood: None,
            shared: false,
        }
    }

    fn action(&self) -> Action {
        Action {
            id: ActionId(random::uuid()),
            author: self.rep.member.id,
            reflection: None,
            customer: None,
            contact: None,
            format: None,
            what: "Ask before I tell".into(),
            due: "2026-06-15".parse().expect("a date"),
            component: Some(Component::Listening),
            start: None,
            state: ActionState::Open,
        }
    }

    /// Covered by the rep's manager, who sees the rep's customers anyway.
    fn absence(&self) -> Absence {
        let day = |text: &str| text.parse().expect("a date");
        let (from, until) = (day("2026-08-03"), day("2026-08-14"));
        Absence { id: AbsenceId(random::uuid()), from, until, cover: Some(self.manager.member.id) }
    }

    fn snooze(&self) -> Snooze {
        let (member, subject) = (self.rep.member.id, SubjectId(random::uuid()));
        Snooze { member, subject, until: "2026-06-15".parse().expect("a date"), because: SnoozeReason::TheyAreAway }
    }

    fn viewing(&mut self) -> Mutation {
        self.days += 1;
        let viewing = Viewing {
            id: ViewingId(random::uuid()),
            viewer: self.manager.member.id,
            subject: self.rep.member.id,
            viewed: Viewed::Score,
            on: at(self.days).date_at(0),
        };
        Mutation::RecordViewing { viewing }
    }
}

/// The wire's name of a mutation's kind.
fn meant_kind(mutation: &Mutation) -> String {
    let value = serde_json::to_value(mutation).expect("JSON");
    flaw::kind(&value).to_owned()
}
