//! The wire: mutations up, rows down. Every released shape stays readable.

use super::{Refusal, merge::Edit};
use crate::{
    account::{Absence, Availability, Hours, Member, Viewing},
    calendar::ComingEvents,
    customer::{Contact, ContactEdit, Customer, CustomerEdit, Insight},
    id::{
        AbsenceId, ActionId, ContactId, CustomerId, DeviceId, EpochId, InsideAskId, InsightId, InvitationId, MeetingId, MemberId,
        MutationId, PhotoId, PromiseId, RatingId, RecoveryCaseId, ReflectionId, SubjectId, TeamId, TouchId,
    },
    meeting::{Meeting, MeetingEdit, Touch},
    organisation::Organisation,
    photo::{Photo, PhotoData},
    promise::{Agreed, InsideAsk, InsideAskState, KeeperAnswer, Promise, PromiseState, Report},
    quarantine::Settlement,
    recovery::{RecoveryCase, Step},
    reflection::{Action, ActionState, Reflection},
    score::{Month, Score},
    survey::{ExclusionReason, Invitation, InvitationState, Rating, Sealed, TokenHash},
    team::Team,
    time::Timestamp,
    today::Snooze,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{fmt, str::FromStr};

/// The version of the wire that this build speaks; it reads all before it.
pub const WIRE: u16 = 6;
/// The most mutations in one push: of a queue as long as this, what surrounds each push costs little.
pub const PUSH_MAX: usize = 1000;
/// The most bytes of one push or pull request.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The most changes in one answer to a pull.
pub const PAGE_MAX: usize = 1000;

/// One intent of one member, made on a phone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mutation {
    /// A new customer, owned by whoever makes it.
    CreateCustomer {
        /// The customer.
        customer: Customer,
    },
    /// A change of a customer.
    EditCustomer {
        /// Which.
        id: CustomerId,
        /// The version it was made on.
        base: u32,
        /// What changes.
        edit: CustomerEdit,
        /// What its author saw of the fields that change; older phones do not tell.
        #[serde(default, skip_serializing_if = "Edit::is_empty")]
        saw: CustomerEdit,
    },
    /// Two customers are the same: one stands for both from now on. Since wire 6.
    UniteCustomers {
        /// Which is the same as another.
        id: CustomerId,
        /// The one that stands for both.
        into: CustomerId,
    },
    /// Two customers that were said to be the same are two. Since wire 6.
    TakeApart {
        /// Which is not the same as the other.
        id: CustomerId,
        /// The one that stood for both.
        into: CustomerId,
    },
    /// A new contact.
    CreateContact {
        /// The contact.
        contact: Contact,
    },
    /// A change of a contact.
    EditContact {
        /// Which.
        id: ContactId,
        /// The version it was made on.
        base: u32,
        /// What changes.
        edit: ContactEdit,
        /// What its author saw of the fields that change; older phones do not tell.
        #[serde(default, skip_serializing_if = "Edit::is_empty")]
        saw: ContactEdit,
    },
    /// Something worth knowing about a contact.
    RecordInsight {
        /// The insight.
        insight: Insight,
    },
    /// Something worth knowing was a mistake. Since wire 2.
    DeleteInsight {
        /// Which.
        id: InsightId,
    },
    /// A meeting, planned or held.
    CreateMeeting {
        /// The meeting.
        meeting: Meeting,
    },
    /// A change of a meeting.
    EditMeeting {
        /// Which.
        id: MeetingId,
        /// The version it was made on.
        base: u32,
        /// What changes.
        edit: MeetingEdit,
        /// What its author saw of the fields that change; older phones do not tell.
        #[serde(default, skip_serializing_if = "says_nothing")]
        saw: Box<MeetingEdit>,
        /// Why, where a manager changes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A meeting was a mistake.
    DeleteMeeting {
        /// Which.
        id: MeetingId,
    },
    /// A touch.
    RecordTouch {
        /// The touch.
        touch: Touch,
    },
    /// A touch was a mistake.
    DeleteTouch {
        /// Which.
        id: TouchId,
    },
    /// A promise to a customer.
    MakePromise {
        /// The promise.
        promise: Promise,
    },
    /// How a promise went, as our side sees it.
    SettlePromise {
        /// Which.
        id: PromiseId,
        /// How it went.
        state: PromiseState,
        /// What was agreed in its place, where it was changed together. Since wire 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreed: Option<Agreed>,
        /// When it was said, by the phone's clock: since then it is to be made right where it was not kept. Since wire 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// The keeper of a colleague's promise says whether it can be done. Since wire 5.
    AnswerPromise {
        /// Which.
        id: PromiseId,
        /// What the keeper says.
        answer: KeeperAnswer,
    },
    /// Somebody else keeps a promise from now on. Since wire 5.
    HandPromise {
        /// Which.
        id: PromiseId,
        /// Who.
        keeper: MemberId,
    },
    /// What was done about a promise, and how the customer was told. Since wire 5.
    ReportPromise {
        /// Which.
        id: PromiseId,
        /// What is reported; with nothing in it, nothing is reported any more.
        report: Report,
    },
    /// A promise was a mistake.
    DeletePromise {
        /// Which.
        id: PromiseId,
    },
    /// A photo is attached to a meeting or a promise. Since wire 6.
    AttachPhoto {
        /// What is known of it.
        photo: Photo,
        /// What it shows.
        data: PhotoData,
    },
    /// A photo is removed. Since wire 6.
    DeletePhoto {
        /// Which.
        id: PhotoId,
    },
    /// A customer's wish, put to a colleague. Since wire 5.
    AskInside {
        /// The question.
        ask: InsideAsk,
    },
    /// What a colleague answers. Since wire 5.
    AnswerInsideAsk {
        /// Which.
        id: InsideAskId,
        /// What became of it.
        state: InsideAskState,
        /// The colleague's words; none where it is open again.
        text: String,
    },
    /// A question to a colleague was a mistake. Since wire 5.
    DeleteInsideAsk {
        /// Which.
        id: InsideAskId,
    },
    /// A reflection; the same id again replaces it.
    WriteReflection {
        /// The reflection.
        reflection: Reflection,
    },
    /// The author lets managers read a reflection, or no longer.
    ShareReflection {
        /// Which.
        id: ReflectionId,
        /// Whether they may.
        shared: bool,
    },
    /// An action.
    TakeAction {
        /// The action.
        action: Action,
    },
    /// What became of an action.
    SettleAction {
        /// Which.
        id: ActionId,
        /// What became of it.
        state: ActionState,
    },
    /// A contact is asked to rate a meeting.
    Invite {
        /// The invitation.
        invitation: Invitation,
        /// The link's token from the phone's stock, where there is a link.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<TokenHash>,
    },
    /// An invitation was answered with 'not now', or the device was taken back.
    SettleInvitation {
        /// Which.
        id: InvitationId,
        /// What became of it.
        state: InvitationState,
    },
    /// Answers given on a handed-over device.
    SubmitSealed {
        /// The rating that they make.
        id: RatingId,
        /// To which invitation.
        invitation: InvitationId,
        /// When they were given.
        given_at: Timestamp,
        /// The answers.
        sealed: Sealed,
    },
    /// What the rep adds to a rating.
    AddContext {
        /// To which rating.
        id: RatingId,
        /// The rep's words.
        context: String,
    },
    /// A rating is left out of the score. Since wire 2.
    ExcludeRating {
        /// Which.
        id: RatingId,
        /// Why.
        reason: ExclusionReason,
        /// What was found.
        note: String,
    },
    /// A rating that was left out of the score counts again. Since wire 2.
    CountRating {
        /// Which.
        id: RatingId,
        /// What was found since.
        note: String,
    },
    /// Something is to be made right with a customer, as the rep noticed. Since wire 5.
    OpenRecovery {
        /// The case.
        case: RecoveryCase,
    },
    /// What was done to make something right. Since wire 5.
    RecordRecovery {
        /// In which case.
        id: RecoveryCaseId,
        /// As which step.
        step: Step,
        /// What was done; nothing, where it was not done after all.
        text: String,
        /// When it was noted.
        at: Timestamp,
    },
    /// Everything was done to make something right. Since wire 5.
    CloseRecovery {
        /// Which case.
        id: RecoveryCaseId,
        /// When.
        at: Timestamp,
    },
    /// It was not everything. Since wire 5.
    ReopenRecovery {
        /// Which case.
        id: RecoveryCaseId,
    },
    /// A case was opened by mistake. Since wire 5.
    DeleteRecovery {
        /// Which.
        id: RecoveryCaseId,
    },
    /// A manager looked at a rep's data.
    RecordViewing {
        /// The look.
        viewing: Viewing,
    },
    /// The hours in which the author works. Since wire 5.
    SetHours {
        /// The author.
        member: MemberId,
        /// The hours.
        hours: Hours,
    },
    /// The author will be away; the same id again replaces it. Since wire 5.
    PlanAbsence {
        /// The author.
        member: MemberId,
        /// When, and who covers.
        absence: Absence,
    },
    /// The author will not be away, or was not. Since wire 5.
    CancelAbsence {
        /// The author.
        member: MemberId,
        /// Which.
        id: AbsenceId,
    },
    /// Something on the author's Today is put off; once more replaces it. Since wire 5.
    Snooze {
        /// What, until when and why.
        snooze: Snooze,
    },
    /// Something that was put off is back. Since wire 5.
    Wake {
        /// The author.
        member: MemberId,
        /// What.
        subject: SubjectId,
    },
}

fn says_nothing(edit: &MeetingEdit) -> bool {
    edit.is_empty()
}

impl Mutation {
    /// A change of `before`, as its author sees it.
    pub fn edit_customer(before: &Customer, edit: CustomerEdit) -> Self {
        Self::EditCustomer { id: before.id, base: before.version, saw: before.fields().seen_by(&edit), edit }
    }

    /// A change of `before`, as its author sees it.
    pub fn edit_contact(before: &Contact, edit: ContactEdit) -> Self {
        Self::EditContact { id: before.id, base: before.version, saw: before.fields().seen_by(&edit), edit }
    }

    /// A change of `before`, as its author sees it; with a reason where a manager makes it.
    pub fn edit_meeting(before: &Meeting, edit: MeetingEdit, reason: Option<String>) -> Self {
        let saw = Box::new(before.fields().seen_by(&edit));
        Self::EditMeeting { id: before.id, base: before.version, edit, saw, reason }
    }
}

/// A mutation with what makes it arrive exactly once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<M = Mutation> {
    /// Its id; the key of its receipt.
    pub id: MutationId,
    /// Whose it is.
    pub member: MemberId,
    /// Its number on its device: 1, 2, 3 ... without gaps.
    pub sequence: u64,
    /// The wire that it was written for.
    pub wire: u16,
    /// When it was made, by the phone's clock: for display, never for ordering.
    pub made_at: Timestamp,
    /// The mutation.
    pub mutation: M,
}

/// `POST /api/sync/push`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Push<M = Mutation> {
    /// From which device.
    pub device: DeviceId,
    /// The lowest sequence number that this device has not sent yet, so that the server can tell a gap from what is still to come.
    pub lowest_unsent: u64,
    /// The furthest that this device knows the server to have been, by its receipts and pulls. A server that has not been there was
    /// restored from a backup, and answers [`ProblemCode::Rewound`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Cursor>,
    /// In order of their sequence numbers.
    pub mutations: Vec<Envelope<M>>,
}

/// `POST /api/sync/deliver`: what a device that was revoked still holds. It goes to the quarantine and is never applied. Answered as a push is.
/// Since wire 4.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery<M = Mutation> {
    /// Whose; the session must have been this member's.
    pub member: MemberId,
    /// From which device.
    pub device: DeviceId,
    /// In order of their sequence numbers.
    pub mutations: Vec<Envelope<M>>,
    /// Whether the device holds no more, as far as it knows.
    pub last: bool,
}

/// The answer to a push, given after the commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pushed {
    /// The organisation's epoch.
    pub epoch: EpochId,
    /// One per mutation, in the order sent.
    pub receipts: Vec<Receipt>,
    /// Sequence numbers of this device below `lowest_unsent` that never arrived, at most 100.
    #[serde(default)]
    pub missing: Vec<u64>,
}

/// What became of a mutation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Of which.
    pub mutation: MutationId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a mutation; final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Applied; visible to pulls that reach `sequence`.
    Accepted {
        /// The organisation's sequence of the transaction that applied it.
        sequence: i64,
    },
    /// Never to be applied.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// A part of an organisation's rows that a member may see as a whole. Reads and writes as `organisation`, `colleagues`, `team/ID`,
/// `member/ID`, `months/ID`, `outbox/ID`, `own/ID`, `care/ID`, `team-care/ID` or
/// `calendar/ID`.
/// `member/ID`, `months/ID`, `outbox/ID`, `own/ID`, `care/ID`, `team-care/ID`, `photos/ID` or `team-photos/ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What every member sees.
    Organisation,
    /// What the managers of a team see.
    Team(TeamId),
    /// What one member sees.
    Member(MemberId),
    /// What one member is shown of months that are over. Since wire 3, and apart from [`Scope::Member`] for the sake of older phones, which
    /// cannot read its rows: they are not told of it, and once they can, they read it from the start.
    Months(MemberId),
    /// What became of one member's mutations that were refused. Since wire 4, and a scope of its own for the sake of older phones.
    Outbox(MemberId),
    /// What every member sees of when colleagues work. Since wire 5, and apart from [`Scope::Organisation`] for the sake of older phones.
    Colleagues,
    /// What one member put off. Since wire 5, likewise.
    Own(MemberId),
    /// What is asked among colleagues and made right for customers' sake, as one member sees it. Since wire 5, and a scope of its own for the
    /// sake of older phones.
    Care(MemberId),
    /// The same, as the managers of a team see it. Since wire 5.
    TeamCare(TeamId),
    /// What is coming in one member's calendar elsewhere. Since wire 6, and a scope of its own for the sake of older phones.
    Calendar(MemberId),
    /// The photos that one member sees. Since wire 6, and a scope of its own for the sake of older phones.
    Photos(MemberId),
    /// The photos that the managers of a team see. Since wire 6.
    TeamPhotos(TeamId),
}

impl Scope {
    /// The first wire whose phones may be told of it.
    pub fn since(self) -> u16 {
        match self {
            Self::Organisation | Self::Team(_) | Self::Member(_) => 1,
            Self::Months(_) => 3,
            Self::Outbox(_) => 4,
            Self::Colleagues | Self::Own(_) | Self::Care(_) | Self::TeamCare(_) => 5,
            Self::Calendar(_) => 6,
            Self::Photos(_) | Self::TeamPhotos(_) => 6,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation => f.write_str("organisation"),
            Self::Team(id) => write!(f, "team/{id}"),
            Self::Member(id) => write!(f, "member/{id}"),
            Self::Months(id) => write!(f, "months/{id}"),
            Self::Outbox(id) => write!(f, "outbox/{id}"),
            Self::Colleagues => f.write_str("colleagues"),
            Self::Own(id) => write!(f, "own/{id}"),
            Self::Care(id) => write!(f, "care/{id}"),
            Self::TeamCare(id) => write!(f, "team-care/{id}"),
            Self::Calendar(id) => write!(f, "calendar/{id}"),
            Self::Photos(id) => write!(f, "photos/{id}"),
            Self::TeamPhotos(id) => write!(f, "team-photos/{id}"),
        }
    }
}

/// The text names no scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a scope: {0}")]
pub struct NotAScope(String);

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        let not = |_| NotAScope(text.to_owned());
        match text.split_once('/') {
            None if text == "organisation" => Ok(Self::Organisation),
            None if text == "colleagues" => Ok(Self::Colleagues),
            Some(("team", id)) => id.parse().map(Self::Team).map_err(not),
            Some(("member", id)) => id.parse().map(Self::Member).map_err(not),
            Some(("months", id)) => id.parse().map(Self::Months).map_err(not),
            Some(("outbox", id)) => id.parse().map(Self::Outbox).map_err(not),
            Some(("own", id)) => id.parse().map(Self::Own).map_err(not),
            Some(("care", id)) => id.parse().map(Self::Care).map_err(not),
            Some(("team-care", id)) => id.parse().map(Self::TeamCare).map_err(not),
            Some(("calendar", id)) => id.parse().map(Self::Calendar).map_err(not),
            Some(("photos", id)) => id.parse().map(Self::Photos).map_err(not),
            Some(("team-photos", id)) => id.parse().map(Self::TeamPhotos).map_err(not),
            _ => Err(NotAScope(text.to_owned())),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Declares [`Entity`] and [`Row`] from one list, so that they cannot differ.
macro_rules! entities {
    ($($(#[$doc:meta])* $name:ident = $text:literal, |$row:ident| $key:expr;)*) => {
        /// What kind of thing a row is; the name of its table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Entity { $($(#[$doc])* $name,)* }

        impl Entity {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As tables, rows and logs name it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Reads a row's `body` as this kind.
            ///
            /// # Errors
            /// What serde says where the body is of another shape.
            pub fn read(self, body: &str) -> Result<Row, serde_json::Error> {
                Ok(match self { $(Self::$name => Row::$name(serde_json::from_str(body)?),)* })
            }
        }

        /// A thing as phones hold it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Row { $($(#[$doc])* $name($name),)* }

        impl Row {
            /// Its kind.
            pub fn entity(&self) -> Entity {
                match self { $(Self::$name(_) => Entity::$name,)* }
            }

            /// Itself as JSON without its kind, as [`Entity::read`] reads it.
            pub fn body(&self) -> String {
                match self { $(Self::$name(it) => serde_json::to_string(it).expect("rows have a JSON form"),)* }
            }

            /// Names it among its kind.
            pub fn key(&self) -> String {
                match self { $(Self::$name($row) => $key,)* }
            }
        }
    };
}

entities! {
    /// The organisation itself.
    Organisation = "organisation", |it| it.id.to_string();
    /// A team.
    Team = "team", |it| it.id.to_string();
    /// A member.
    Member = "member", |it| it.id.to_string();
    /// A customer.
    Customer = "customer", |it| it.id.to_string();
    /// A contact.
    Contact = "contact", |it| it.id.to_string();
    /// An insight.
    Insight = "insight", |it| it.id.to_string();
    /// A meeting.
    Meeting = "meeting", |it| it.id.to_string();
    /// A touch.
    Touch = "touch", |it| it.id.to_string();
    /// A promise.
    Promise = "promise", |it| it.id.to_string();
    /// A reflection.
    Reflection = "reflection", |it| it.id.to_string();
    /// An action.
    Action = "action", |it| it.id.to_string();
    /// An invitation.
    Invitation = "invitation", |it| it.id.to_string();
    /// A released rating.
    Rating = "rating", |it| it.id.to_string();
    /// A score.
    Score = "score", |it| Score::key(it.member, it.audience);
    /// A look at a rep's data.
    Viewing = "viewing", |it| it.id.to_string();
    /// What the member is shown of a month that is over. Since wire 3.
    Month = "month", |it| Month::key(it.member, it.first_day);
    /// What an administrator decided about a refused mutation. Since wire 4.
    Settlement = "settlement", |it| it.id.to_string();
    /// When a member works. Since wire 5.
    Availability = "availability", |it| it.member.to_string();
    /// What a member put off. Since wire 5.
    Snooze = "snooze", |it| Snooze::key(it.member, it.subject);
    /// A customer's wish, put to a colleague. Since wire 5.
    InsideAsk = "inside_ask", |it| it.id.to_string();
    /// Something to be made right with a customer. Since wire 5.
    RecoveryCase = "recovery_case", |it| it.id.to_string();
    /// What is coming in a member's calendar elsewhere. Since wire 6.
    ComingEvents = "coming_events", |it| it.member.to_string();
    /// A photo of a meeting or a promise; what it shows is asked for apart. Since wire 6.
    Photo = "photo", |it| it.id.to_string();
}

impl FromStr for Entity {
    type Err = NotAnEntity;

    fn from_str(text: &str) -> Result<Self, NotAnEntity> {
        Self::ALL.iter().copied().find(|entity| entity.as_str() == text).ok_or_else(|| NotAnEntity(text.to_owned()))
    }
}

/// The text names no entity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an entity: {0}")]
pub struct NotAnEntity(String);

/// How far a phone has read a scope: all rows up to and with this one, in the order (sequence, entity's text, id). Where a scope is read
/// to the organisation's head, the cursor stands before the first row of the sequence after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The epoch that its sequence belongs to.
    pub epoch: EpochId,
    /// The sequence of the last row read, or the one after the head.
    pub sequence: i64,
    /// Its entity, as text; empty before the first row.
    pub entity: String,
    /// Its key; empty before the first row.
    pub id: String,
}

/// `POST /api/sync/pull`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pull {
    /// The wire that the phone reads.
    pub wire: u16,
    /// For which member; the session must be this member's.
    pub member: MemberId,
    /// How far each known scope was read; scopes left out start at zero.
    pub cursors: Vec<ScopeCursor>,
}

/// How far one scope was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScopeCursor {
    /// Which scope.
    pub scope: Scope,
    /// How far.
    pub cursor: Cursor,
}

/// The answer to a pull.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pulled<C = Change> {
    /// The organisation's epoch.
    pub epoch: EpochId,
    /// Every scope of this member; rows held only by other scopes are to be dropped.
    pub scopes: Vec<Scope>,
    /// Changes, each page to be applied in one transaction together with its cursor.
    pub pages: Vec<Page<C>>,
    /// Whether there is more to pull at once.
    pub more: bool,
}

/// Changes of one scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<C = Change> {
    /// Which scope.
    pub scope: Scope,
    /// Whether this starts the scope anew: what it held before is to be dropped.
    pub fresh: bool,
    /// The changes, in order.
    pub changes: Vec<C>,
    /// How far the scope is read with this page.
    pub cursor: Cursor,
    /// The sequence up to which the scope is completely read with this page.
    pub complete_to: i64,
}

/// A row that came, changed or left a scope.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "SentChange")]
pub struct Change {
    /// Its kind.
    pub entity: Entity,
    /// Its key.
    pub id: String,
    /// The row, or nothing where it left the scope.
    pub row: Option<Row>,
}

/// A [`Change`] on its way: the server copies the body as it is kept, and the phone reads it as what the entity says. An enum that serde
/// tells apart by a field would be read twice, by code that the phone would have to carry twice.
#[derive(Debug, Serialize, Deserialize)]
pub struct SentChange {
    /// Its kind.
    pub entity: Entity,
    /// Its key.
    pub id: String,
    /// The row as JSON, or nothing where it left the scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<RawValue>>,
}

impl TryFrom<SentChange> for Change {
    type Error = serde_json::Error;

    fn try_from(SentChange { entity, id, body }: SentChange) -> Result<Self, serde_json::Error> {
        Ok(Self { entity, id, row: body.map(|body| entity.read(body.get())).transpose()? })
    }
}

/// What every endpoint under /api answers where it cannot do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is.
    pub code: ProblemCode,
    /// What to do, in words for people.
    pub message: String,
}

/// Kinds of [`Problem`], by what the caller can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The request is not of the right form: never succeeds as it is.
    Malformed,
    /// Too large: send less at once.
    TooLarge,
    /// Sign in first.
    SignedOut,
    /// The session was shut out for good, with its device or its member: hand over what is held, then forget everything. Since wire 4; whoever
    /// does not know it goes by the status, which says signed out.
    Revoked,
    /// A revoked device has handed over what it may: nothing more is taken. Since wire 4.
    Delivered,
    /// The session is another member's: sign in as the right one.
    AnotherMember,
    /// Not allowed.
    Forbidden,
    /// Not there.
    NotFound,
    /// Written for a newer wire than this server reads: wait until it is updated.
    TooNew,
    /// The server was restored from a backup since: pull first, and send again what it lost before what builds on it.
    Rewound,
    /// Too many at once: wait.
    Busy,
    /// A fault of ours: try again later.
    Internal,
    /// Nobody answered: try again when there is a network. Said by the phone itself, never sent.
    Unreachable,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the first release sends them; never changed.
    const TEAM: &str = r#"{"entity":"team","id":"01a205ab-6c2e-7434-b518-ba6501245526","body":{"id":"01a205ab-6c2e-7434-b518-ba6501245526","name":"North","parent":null}}"#;
    const GONE: &str = r#"{"entity":"touch","id":"01a205ab-6c2e-7434-b518-ba6501245526"}"#;

    #[test]
    fn changes_of_the_first_release_are_still_read() {
        for (sent, comes) in [(TEAM, true), (GONE, false)] {
            let read: SentChange = serde_json::from_str(sent).expect("a change that was released is read");
            assert_eq!(serde_json::to_string(&read).expect("JSON"), sent);
            let read = Change::try_from(read).expect("and its row too");
            assert_eq!(read.row.is_some(), comes);
            assert_eq!(
                read.row.map(|row| row.body()),
                comes.then(|| TEAM[TEAM.find("{\"id\"").expect("a body")..TEAM.len() - 1].to_owned())
            );
        }
    }

    #[test]
    fn what_a_revoked_device_delivers_is_read_as_the_first_release_that_does_sends_it() {
        let sent = r#"{"member":"01a205ab-6c2e-7434-b518-ba6501245528","device":"01a205ab-6c2e-7434-b518-ba6501245526","mutations":[{"id":"01a205ab-6c2e-7434-b518-ba6501245527","member":"01a205ab-6c2e-7434-b518-ba6501245528","sequence":1,"wire":4,"made_at":1780000000000,"mutation":{"delete_touch":{"id":"01a205ab-6c2e-7434-b518-ba6501245529"}}}],"last":false}"#;
        let read: Delivery = serde_json::from_str(sent).expect("a delivery that was released is read");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), sent);
    }

    #[test]
    fn a_body_that_is_not_what_its_entity_says_is_an_error() {
        assert!(serde_json::from_str::<Change>(&TEAM.replace("\"team\"", "\"rating\"")).is_err());
    }
}
