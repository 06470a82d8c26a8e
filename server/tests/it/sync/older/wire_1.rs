//! What the first release of the phone reads of an answer: its types, as they were. Never changed, however the app goes on.
#![expect(dead_code, reason = "it matters that everything is read, not what for")]

use chrono::NaiveDate;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Deserialize)]
pub struct Pushed {
    epoch: Uuid,
    pub receipts: Vec<Receipt>,
    #[serde(default)]
    missing: Vec<u64>,
}

#[derive(Deserialize)]
pub struct Receipt {
    mutation: Uuid,
    pub outcome: Outcome,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Accepted { sequence: i64 },
    Refused { refusal: Refusal },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Invalid { field: String, message: String },
    NotFound { entity: String },
    NotYours,
    AlreadyAsked,
    NotDue,
    IdTaken,
    Altered,
    Unreadable { message: String },
    CannotOpen,
}

#[derive(Deserialize)]
pub struct Pulled {
    epoch: Uuid,
    scopes: Vec<String>,
    pub pages: Vec<Page>,
    pub more: bool,
}

#[derive(Deserialize)]
pub struct Page {
    pub scope: String,
    fresh: bool,
    pub changes: Vec<Change>,
    pub cursor: Box<RawValue>,
    complete_to: i64,
}

#[derive(Deserialize)]
pub struct Change {
    pub entity: String,
    pub id: String,
    #[serde(default)]
    pub body: Option<Box<RawValue>>,
}

impl Pulled {
    /// What it does not read, in words: scopes that it does not know, and rows.
    pub fn unread(&self) -> Vec<String> {
        let scopes = self.scopes.iter().filter(|scope| !is_scope(scope)).map(|scope| format!("the scope {scope}"));
        let changes = self.pages.iter().flat_map(|page| &page.changes);
        scopes.chain(changes.filter_map(|change| change.read().err())).collect()
    }
}

fn is_scope(scope: &str) -> bool {
    scope == "organisation" || scope.starts_with("team/") || scope.starts_with("member/")
}

impl Change {
    fn read(&self) -> Result<(), String> {
        let Some(body) = &self.body else { return Ok(()) };
        let body = body.get();
        match self.entity.as_str() {
            "organisation" => read::<Organisation>(body),
            "team" => read::<Team>(body),
            "member" => read::<Member>(body),
            "customer" => read::<Customer>(body),
            "contact" => read::<Contact>(body),
            "insight" => read::<Insight>(body),
            "meeting" => read::<Meeting>(body),
            "touch" => read::<Touch>(body),
            "promise" => read::<Promise>(body),
            "reflection" => read::<Reflection>(body),
            "action" => read::<Action>(body),
            "invitation" => read::<Invitation>(body),
            "rating" => read::<Rating>(body),
            "score" => read::<Score>(body),
            "viewing" => read::<Viewing>(body),
            other => Err(format!("{other}, of which it knows nothing")),
        }
    }
}

fn read<T: DeserializeOwned>(body: &str) -> Result<(), String> {
    serde_json::from_str::<T>(body).map(drop).map_err(|error| format!("{body}: {error}"))
}

#[derive(Deserialize)]
struct Organisation {
    id: Uuid,
    name: String,
    code: String,
    time_zone: String,
    purpose: String,
    purpose_dated: NaiveDate,
    privacy_notice: String,
    rules: Rules,
    sealing_key: SealingKey,
}

#[derive(Deserialize)]
struct Team {
    id: Uuid,
    name: String,
    parent: Option<Uuid>,
}

#[derive(Deserialize)]
struct Member {
    id: Uuid,
    name: String,
    email: String,
    team: Option<Uuid>,
    roles: BTreeSet<Role>,
    active: bool,
}

#[derive(Deserialize)]
struct Customer {
    id: Uuid,
    name: String,
    #[serde(default)]
    place: String,
    owner: Uuid,
    #[serde(default)]
    co_owners: BTreeSet<Uuid>,
    owned_since: NaiveDate,
    #[serde(default)]
    window_days: Option<u16>,
    #[serde(default)]
    archived: bool,
    #[serde(default)]
    version: u32,
}

#[derive(Deserialize)]
struct Contact {
    id: Uuid,
    customer: Uuid,
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    archived: bool,
    #[serde(default)]
    version: u32,
}

#[derive(Deserialize)]
struct Insight {
    id: Uuid,
    contact: Uuid,
    customer: Uuid,
    meeting: Option<Uuid>,
    author: Uuid,
    written_at: Timestamp,
    text: String,
}

#[derive(Deserialize)]
struct Meeting {
    id: Uuid,
    customer: Uuid,
    rep: Uuid,
    format: MeetingFormat,
    status: MeetingStatus,
    starts_at: Timestamp,
    offset_minutes: i16,
    length_minutes: u16,
    #[serde(default)]
    channel: Channel,
    #[serde(default)]
    contacts: Vec<Uuid>,
    #[serde(default)]
    colleagues: Vec<Uuid>,
    #[serde(default)]
    notes: Notes,
    #[serde(default)]
    corrections: Vec<Correction>,
    #[serde(default)]
    version: u32,
}

#[derive(Deserialize)]
struct Touch {
    id: Uuid,
    customer: Uuid,
    rep: Uuid,
    kind: TouchKind,
    at: Timestamp,
    offset_minutes: i16,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
struct Promise {
    id: Uuid,
    customer: Uuid,
    meeting: Option<Uuid>,
    maker: Uuid,
    keeper: Uuid,
    what: String,
    due: NaiveDate,
    #[serde(default)]
    evidence: String,
    #[serde(default)]
    state: PromiseState,
}

#[derive(Deserialize)]
struct Reflection {
    id: Uuid,
    author: Uuid,
    meeting: Option<Uuid>,
    written_at: Timestamp,
    #[serde(default)]
    what_happened: String,
    #[serde(default)]
    so_what: String,
    #[serde(default)]
    now_what: String,
    #[serde(default)]
    energy: Option<u8>,
    #[serde(default)]
    confidence: Option<u8>,
    #[serde(default)]
    mood: Option<u8>,
    #[serde(default)]
    shared: bool,
}

#[derive(Deserialize)]
struct Action {
    id: Uuid,
    author: Uuid,
    reflection: Option<Uuid>,
    customer: Option<Uuid>,
    contact: Option<Uuid>,
    format: Option<MeetingFormat>,
    what: String,
    due: NaiveDate,
    #[serde(default)]
    component: Option<Component>,
    #[serde(default)]
    state: ActionState,
}

#[derive(Deserialize)]
struct Invitation {
    id: Uuid,
    meeting: Uuid,
    customer: Uuid,
    contact: Option<Uuid>,
    rep: Uuid,
    way: Way,
    asked_at: Timestamp,
    #[serde(default)]
    state: InvitationState,
}

#[derive(Deserialize)]
struct Rating {
    id: Uuid,
    meeting: Uuid,
    customer: Uuid,
    contact: Option<Uuid>,
    rep: Uuid,
    way: Way,
    given_at: Timestamp,
    answers: Answers,
    #[serde(default)]
    first_answers: Option<Answers>,
    #[serde(default)]
    context: String,
}

#[derive(Deserialize)]
struct Score {
    member: Uuid,
    audience: Audience,
    computed_at: Timestamp,
    ratings: u32,
    customers: u32,
    overall: Option<Estimate>,
    #[serde(default)]
    components: BTreeMap<Component, Estimate>,
    #[serde(default)]
    change: Option<ScoreChange>,
    #[serde(default)]
    coverage: Coverage,
}

#[derive(Deserialize)]
struct Viewing {
    id: Uuid,
    viewer: Uuid,
    subject: Uuid,
    viewed: Viewed,
    on: NaiveDate,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Rules {
    window_days: u16,
    ask_contact_every_days: u16,
    ask_contact_per_year: u16,
    ask_per_rep_and_day: u16,
    recommend_every_days: u16,
    release_to_rep_after: u8,
    release_to_manager_after: u8,
    unhappy_component: u8,
    unhappy_recommend: u8,
    link_valid_days: u16,
}

#[derive(Deserialize)]
struct SealingKey {
    id: Uuid,
    public: String,
}

#[derive(Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum Role {
    Rep,
    Manager,
    Administrator,
}

#[derive(Default, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
struct Timestamp(i64);

#[derive(Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum MeetingFormat {
    Introductory,
    Discovery,
    Presentation,
    Negotiation,
    Relationship,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum MeetingStatus {
    Planned,
    Held,
    Cancelled,
    NoShow,
}

#[derive(Default, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum Channel {
    #[default]
    InPerson,
    Video,
    Phone,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Notes {
    matters: String,
    success: String,
    roadblocks: String,
    moving_targets: String,
    innovations: String,
    next_step: String,
}

#[derive(Deserialize)]
struct Correction {
    by: Uuid,
    at: Timestamp,
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TouchKind {
    Call,
    Message,
    DropIn,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PromiseState {
    #[default]
    Open,
    Kept,
    Late,
    Changed,
    NotKept,
}

#[derive(Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum Component {
    Listening,
    Understanding,
    Trust,
    Value,
    Progress,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ActionState {
    #[default]
    Open,
    Done,
    Dropped,
}

#[derive(Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum Way {
    Link,
    Handover,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum InvitationState {
    #[default]
    Asked,
    NotNow,
    Abandoned,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answers {
    components: BTreeMap<Component, u8>,
    recommend: Option<u8>,
    promises: BTreeMap<Uuid, PromiseAnswer>,
    comment: String,
    follow_up: FollowUp,
    hide_name: bool,
}

#[derive(Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum Audience {
    Rep,
    Manager,
}

#[derive(Deserialize)]
struct Estimate {
    value: f64,
    low: f64,
    high: f64,
    ratings: u32,
    customers: u32,
}

#[derive(Deserialize)]
struct ScoreChange {
    by: f64,
    low: f64,
    high: f64,
}

#[derive(Default, Deserialize)]
struct Coverage {
    asked: u32,
    due: u32,
    handed_over: u32,
}

#[derive(Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum Viewed {
    Score,
    Meetings,
}

#[derive(Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum PromiseAnswer {
    Kept,
    Late,
    Changed,
    NotKept,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FollowUp {
    #[default]
    No,
    Rep,
    SomeoneElse,
}
