use crate::{
    calendar::EventKey,
    id::{ContactId, CustomerId, MeetingId, MemberId, TouchId},
    sync::{
        Refusal,
        merge::{History, Incoming, edit_fields},
    },
    text,
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a meeting is for; decides preparation, prompts and survey wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingFormat {
    /// Start the relationship.
    Introductory,
    /// Appraise needs.
    Discovery,
    /// Build the solution together.
    Presentation,
    /// Agree what fits.
    Negotiation,
    /// Assess how to serve better.
    Relationship,
}

impl MeetingFormat {
    /// All formats, in the order of a growing relationship.
    pub const ALL: [Self; 5] = [Self::Introductory, Self::Discovery, Self::Presentation, Self::Negotiation, Self::Relationship];

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Introductory => "Introductory",
            Self::Discovery => "Discovery",
            Self::Presentation => "Presentation",
            Self::Negotiation => "Negotiation",
            Self::Relationship => "Relationship",
        }
    }

    /// As addresses and files write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Introductory => "introductory",
            Self::Discovery => "discovery",
            Self::Presentation => "presentation",
            Self::Negotiation => "negotiation",
            Self::Relationship => "relationship",
        }
    }

    /// The format of that key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// What it is for, in a few words.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Introductory => "Start the relationship",
            Self::Discovery => "Appraise needs",
            Self::Presentation => "Build the solution together",
            Self::Negotiation => "Agree what fits",
            Self::Relationship => "See how to serve better",
        }
    }
}

/// How people met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// In one room.
    #[default]
    InPerson,
    /// By video.
    Video,
    /// By telephone.
    Phone,
}

/// Where a meeting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingStatus {
    /// Still to come.
    Planned,
    /// It happened.
    Held,
    /// Called off.
    Cancelled,
    /// The customer did not show up.
    NoShow,
}

/// What was said, all of it optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// What matters to the customer.
    pub matters: String,
    /// How they measure success.
    pub success: String,
    /// Roadblocks.
    pub roadblocks: String,
    /// Moving targets.
    pub moving_targets: String,
    /// Innovations that could help.
    pub innovations: String,
    /// The next step.
    pub next_step: String,
}

/// Why a meeting differs from what the rep logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The manager who changed it.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A visit, planned or held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Who was visited.
    pub customer: CustomerId,
    /// Who visited.
    pub rep: MemberId,
    /// What for.
    pub format: MeetingFormat,
    /// Where it stands.
    pub status: MeetingStatus,
    /// When it starts or started.
    pub starts_at: Timestamp,
    /// Minutes east of UTC at the place and time of the meeting.
    pub offset_minutes: i16,
    /// How long, minutes.
    pub length_minutes: u16,
    /// How people met.
    #[serde(default)]
    pub channel: Channel,
    /// Who of the customer was there.
    #[serde(default)]
    pub contacts: Vec<ContactId>,
    /// Who of ours was there too.
    #[serde(default)]
    pub colleagues: Vec<MemberId>,
    /// What was said.
    #[serde(default)]
    pub notes: Notes,
    /// What a manager changed after a request to rate was out.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// How often it was changed.
    #[serde(default)]
    pub version: u32,
    /// Who edited it, and what gave way.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub history: History<MeetingEdit>,
    /// The event of the rep's calendar that it was made of, so that the calendar can move it later. Since wire 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<EventKey>,
}

/// A change of a meeting: only what the person changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MeetingEdit {
    /// Another customer; its contacts must come with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Another format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<MeetingFormat>,
    /// It happened, was called off, or nobody came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<MeetingStatus>,
    /// Another start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// Another offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset_minutes: Option<i16>,
    /// Another length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_minutes: Option<u16>,
    /// Another channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Other contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<ContactId>>,
    /// Other colleagues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colleagues: Option<Vec<MemberId>>,
    /// What matters to the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matters: Option<String>,
    /// How they measure success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<String>,
    /// Roadblocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roadblocks: Option<String>,
    /// Moving targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moving_targets: Option<String>,
    /// Innovations that could help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub innovations: Option<String>,
    /// The next step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
}

edit_fields! {
    /// What people change of a meeting.
    MeetingField of MeetingEdit {
        /// Who was visited: contacts belong to their customer.
        Whom: customer, contacts;
        /// The format.
        Format: format;
        /// Where it stands.
        Status: status;
        /// When: the instant and the place's offset tell it together.
        When: starts_at, offset_minutes;
        /// How long.
        Length: length_minutes;
        /// How people met.
        Channel: channel;
        /// Who of ours was there too.
        Colleagues: colleagues;
        /// What matters to the customer.
        Matters: matters;
        /// How they measure success.
        Success: success;
        /// Roadblocks.
        Roadblocks: roadblocks;
        /// Moving targets.
        MovingTargets: moving_targets;
        /// Innovations that could help.
        Innovations: innovations;
        /// The next step.
        NextStep: next_step;
    }
}

impl MeetingEdit {
    /// The same where the customer that it names is, by whoever stands for both, the one that the meeting was `written_for`: then it is that
    /// one, so that nothing changes.
    #[must_use]
    pub fn naming(&self, written_for: CustomerId, stands_for: impl Fn(CustomerId) -> CustomerId) -> Self {
        let named = self.customer.map(|it| if stands_for(it) == stands_for(written_for) { written_for } else { it });
        Self { customer: named, ..self.clone() }
    }

    /// Whether it changes what the request to rate rests on: customer, contacts, format or date.
    pub fn touches_what_was_asked(&self, before: &Meeting) -> bool {
        self.customer.is_some_and(|c| c != before.customer)
            || self.format.is_some_and(|f| f != before.format)
            || self.contacts.as_ref().is_some_and(|c| *c != before.contacts)
            || self.status.is_some_and(|s| s != before.status)
            || self.starts_at.is_some_and(|at| at != before.starts_at)
            || self.offset_minutes.is_some_and(|offset| offset != before.offset_minutes)
    }
}

/// As whom somebody edits a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor<'a> {
    /// Its rep.
    Rep,
    /// The rep's manager, who gives a reason.
    Manager {
        /// Who.
        member: MemberId,
        /// When.
        at: Timestamp,
        /// Why; everybody sees it.
        reason: &'a str,
    },
}

/// The longest meeting, minutes.
pub const LENGTH_MINUTES_MAX: u16 = 24 * 60;
/// The most people on one side of a meeting.
pub const PEOPLE_MAX: usize = 50;

impl Meeting {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        self.starts_at.check("starts_at")?;
        if self.offset_minutes.abs() > 18 * 60 {
            return Err(Refusal::invalid("offset_minutes", "no place on Earth is further than 18 hours from UTC"));
        }
        if self.length_minutes == 0 || self.length_minutes > LENGTH_MINUTES_MAX {
            return Err(Refusal::invalid("length_minutes", "1 minute to 24 hours"));
        }
        if self.contacts.len() > PEOPLE_MAX || self.colleagues.len() > PEOPLE_MAX {
            return Err(Refusal::invalid("contacts", &format!("at most {PEOPLE_MAX} people")));
        }
        let notes = &self.notes;
        for (field, note) in [
            ("matters", &notes.matters),
            ("success", &notes.success),
            ("roadblocks", &notes.roadblocks),
            ("moving_targets", &notes.moving_targets),
            ("innovations", &notes.innovations),
            ("next_step", &notes.next_step),
        ] {
            text::check(field, note, text::NOTE_MAX)?;
        }
        self.calendar.as_ref().map_or(Ok(()), EventKey::check)
    }

    /// The calendar date where it took place.
    pub fn date(&self) -> NaiveDate {
        self.starts_at.date_at(self.offset_minutes)
    }

    /// Whether it happened.
    pub fn is_held(&self) -> bool {
        self.status == MeetingStatus::Held
    }

    /// Whether `member` may delete it: its rep, until a request to rate it is out.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] or [`Refusal::AlreadyAsked`].
    pub fn check_deletable(&self, member: MemberId, asked: bool) -> Result<(), Refusal> {
        match (self.rep == member, asked) {
            (false, _) => Err(Refusal::NotYours),
            (true, true) => Err(Refusal::AlreadyAsked),
            (true, false) => Ok(()),
        }
    }

    /// Everything that people change of it, as the edit that would make it so.
    pub fn fields(&self) -> MeetingEdit {
        let notes = self.notes.clone();
        MeetingEdit {
            customer: Some(self.customer),
            format: Some(self.format),
            status: Some(self.status),
            starts_at: Some(self.starts_at),
            offset_minutes: Some(self.offset_minutes),
            length_minutes: Some(self.length_minutes),
            channel: Some(self.channel),
            contacts: Some(self.contacts.clone()),
            colleagues: Some(self.colleagues.clone()),
            matters: Some(notes.matters),
            success: Some(notes.success),
            roadblocks: Some(notes.roadblocks),
            moving_targets: Some(notes.moving_targets),
            innovations: Some(notes.innovations),
            next_step: Some(notes.next_step),
        }
    }

    /// The meeting with an edit taken in that was perhaps made on an earlier version: by its rep, or by the rep's manager with a `reason`.
    /// `asked` tells whether a request to rate it is out.
    ///
    /// # Errors
    /// As [`Meeting::edited`].
    pub fn merged(&self, incoming: &Incoming<'_, MeetingEdit>, reason: Option<&str>, asked: bool) -> Result<Self, Refusal> {
        let editor = if self.rep == incoming.by {
            Editor::Rep
        } else {
            Editor::Manager { member: incoming.by, at: incoming.at, reason: reason.unwrap_or_default() }
        };
        let mut history = self.history.clone();
        let edit = history.take_in(&self.fields(), self.version + 1, incoming);
        Ok(Self { history, ..self.edited(&edit, editor, asked)? })
    }

    /// The meeting with `edit` made by `editor`; `asked` tells whether a request to rate it is out.
    ///
    /// # Errors
    /// [`Refusal::AlreadyAsked`] where only the manager may change this now, [`Refusal::Invalid`] naming the field.
    pub fn edited(&self, edit: &MeetingEdit, editor: Editor<'_>, asked: bool) -> Result<Self, Refusal> {
        let mut meeting = self.clone();
        match editor {
            Editor::Rep if asked && edit.touches_what_was_asked(self) => return Err(Refusal::AlreadyAsked),
            Editor::Rep => {}
            Editor::Manager { member, at, reason } => {
                text::check_required("reason", reason, text::LINE_MAX)?;
                meeting.corrections.push(Correction { by: member, at, reason: reason.to_owned() });
            }
        }
        // A plan that was logged by mistake is a plan again, under its own id: what hangs on it stays, and its calendar still moves it.
        let is_planned_again = editor == Editor::Rep && edit.status == Some(MeetingStatus::Planned);
        if self.is_held() && !is_planned_again && edit.status.is_some_and(|status| status != MeetingStatus::Held) {
            return Err(Refusal::invalid("status", "a meeting that happened stays; delete it if it was logged by mistake"));
        }
        set(&mut meeting.customer, &edit.customer);
        set(&mut meeting.format, &edit.format);
        set(&mut meeting.status, &edit.status);
        set(&mut meeting.starts_at, &edit.starts_at);
        set(&mut meeting.offset_minutes, &edit.offset_minutes);
        set(&mut meeting.length_minutes, &edit.length_minutes);
        set(&mut meeting.channel, &edit.channel);
        set(&mut meeting.contacts, &edit.contacts);
        set(&mut meeting.colleagues, &edit.colleagues);
        set(&mut meeting.notes.matters, &edit.matters);
        set(&mut meeting.notes.success, &edit.success);
        set(&mut meeting.notes.roadblocks, &edit.roadblocks);
        set(&mut meeting.notes.moving_targets, &edit.moving_targets);
        set(&mut meeting.notes.innovations, &edit.innovations);
        set(&mut meeting.notes.next_step, &edit.next_step);
        meeting.version += 1;
        meeting.check()?;
        Ok(meeting)
    }
}

/// Takes over a changed field.
fn set<T: Clone>(field: &mut T, new: &Option<T>) {
    if let Some(new) = new {
        field.clone_from(new);
    }
}

/// What a touch was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TouchKind {
    /// A call.
    Call,
    /// A message.
    Message,
    /// A drop-in.
    DropIn,
}

/// A short contact: never rated, but counts as contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Touch {
    /// Its id.
    pub id: TouchId,
    /// With which customer.
    pub customer: CustomerId,
    /// By whom.
    pub rep: MemberId,
    /// What it was.
    pub kind: TouchKind,
    /// When.
    pub at: Timestamp,
    /// Minutes east of UTC there and then.
    pub offset_minutes: i16,
    /// A note, if any.
    #[serde(default)]
    pub note: String,
}

impl Touch {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        self.at.check("at")?;
        if self.offset_minutes.abs() > 18 * 60 {
            return Err(Refusal::invalid("offset_minutes", "no place on Earth is further than 18 hours from UTC"));
        }
        text::check("note", &self.note, text::NOTE_MAX)
    }

    /// The calendar date where it took place.
    pub fn date(&self) -> NaiveDate {
        self.at.date_at(self.offset_minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn meeting(status: MeetingStatus) -> Meeting {
        Meeting {
            id: MeetingId(Uuid::from_u128(1)),
            customer: CustomerId(Uuid::from_u128(2)),
            rep: MemberId(Uuid::from_u128(3)),
            format: MeetingFormat::Discovery,
            status,
            starts_at: Timestamp(1_780_000_000_000),
            offset_minutes: 120,
            length_minutes: 60,
            channel: Channel::InPerson,
            contacts: vec![],
            colleagues: vec![],
            notes: Notes::default(),
            corrections: vec![],
            version: 0,
            history: Default::default(),
            calendar: None,
        }
    }

    #[test]
    fn after_a_request_the_rep_changes_notes_but_not_what_was_asked_about() {
        let held = meeting(MeetingStatus::Held);
        let notes = MeetingEdit { next_step: Some("Send drawings".into()), ..Default::default() };
        let format = MeetingEdit { format: Some(MeetingFormat::Negotiation), ..Default::default() };
        assert_eq!(held.edited(&notes, Editor::Rep, true).expect("notes stay open").notes.next_step, "Send drawings");
        assert_eq!(held.edited(&format, Editor::Rep, true), Err(Refusal::AlreadyAsked));
        assert!(held.edited(&format, Editor::Rep, false).is_ok());
    }

    #[test]
    fn the_manager_changes_it_with_a_visible_reason() {
        let held = meeting(MeetingStatus::Held);
        let edit = MeetingEdit { format: Some(MeetingFormat::Negotiation), ..Default::default() };
        let by = |reason| Editor::Manager { member: MemberId(Uuid::from_u128(9)), at: Timestamp(5), reason };
        assert!(matches!(held.edited(&edit, by(" "), true), Err(Refusal::Invalid { .. })));
        let after = held.edited(&edit, by("The customer called it a negotiation"), true).expect("reasoned");
        assert_eq!(after.corrections.len(), 1);
        assert_eq!(after.format, MeetingFormat::Negotiation);
    }

    #[test]
    fn a_plan_becomes_a_log_but_what_happened_stays() {
        let it = |status| MeetingEdit { status: Some(status), ..Default::default() };
        let planned = meeting(MeetingStatus::Planned);
        assert!(planned.edited(&it(MeetingStatus::Held), Editor::Rep, false).expect("it happened").is_held());
        assert!(planned.edited(&it(MeetingStatus::NoShow), Editor::Rep, false).is_ok());
        assert!(meeting(MeetingStatus::Held).edited(&it(MeetingStatus::Cancelled), Editor::Rep, false).is_err());
    }

    #[test]
    fn only_its_rep_makes_a_log_a_plan_again_and_only_before_a_request() {
        let again = MeetingEdit { status: Some(MeetingStatus::Planned), ..Default::default() };
        let held = meeting(MeetingStatus::Held);
        let manager = Editor::Manager { member: MemberId(Uuid::from_u128(9)), at: Timestamp(5), reason: "It is still to come" };
        assert_eq!(held.edited(&again, Editor::Rep, false).map(|it| it.status), Ok(MeetingStatus::Planned));
        assert_eq!(held.edited(&again, Editor::Rep, true), Err(Refusal::AlreadyAsked));
        assert!(matches!(held.edited(&again, manager, false), Err(Refusal::Invalid { .. })));
    }

    #[test]
    fn only_its_rep_deletes_a_meeting_and_only_before_a_request() {
        let held = meeting(MeetingStatus::Held);
        assert_eq!(held.check_deletable(held.rep, false), Ok(()));
        assert_eq!(held.check_deletable(held.rep, true), Err(Refusal::AlreadyAsked));
        assert_eq!(held.check_deletable(MemberId(Uuid::from_u128(4)), false), Err(Refusal::NotYours));
    }

    #[test]
    fn a_meeting_late_at_night_counts_on_the_day_of_its_place() {
        let mut held = meeting(MeetingStatus::Held);
        held.starts_at = Timestamp(1_767_308_400_000); // 2026-01-01T23:00:00Z
        held.offset_minutes = 120;
        assert_eq!(held.date().to_string(), "2026-01-02");
    }
}
