//! What members do.

use crate::{
    account::{Absence, Hours, Viewing},
    customer::{Contact, ContactEdit, Customer, CustomerEdit, Insight},
    id::{
        AbsenceId, ActionId, ContactId, CustomerId, InsideAskId, InsightId, InvitationId, MeetingId, MemberId, PhotoId, PromiseId,
        RatingId, RecoveryCaseId, ReflectionId, SubjectId, TouchId,
    },
    meeting::{Meeting, MeetingEdit, Touch},
    photo::{Photo, PhotoData},
    promise::{Agreed, InsideAsk, InsideAskState, KeeperAnswer, Promise, PromiseState, Report},
    recovery::{RecoveryCase, Step},
    reflection::{Action, ActionState, Reflection},
    survey::{ExclusionReason, Invitation, InvitationState, Sealed, TokenHash},
    sync::merge::Edit,
    time::Timestamp,
    today::Snooze,
};
use serde::{Deserialize, Serialize};

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
    /// A reflection, or a change of one ([`Reflection::rewritten`]).
    WriteReflection {
        /// The reflection, whole.
        reflection: Reflection,
        /// What its author saw of it, where it is changed; older phones do not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        saw: Option<Box<Reflection>>,
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
