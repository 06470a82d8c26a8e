//! A draft of a meeting that exists: only what the person changed is sent.

use super::{MeetingDraft, Stamp};
use crate::{
    form::Problems,
    meeting::{Meeting, MeetingEdit, MeetingStatus},
    sync::protocol::Mutation,
};

impl MeetingDraft {
    /// The mutations that turn `before`, or what it was when the draft began, into what was typed, with `status`; `reason` where a manager does it.
    ///
    /// # Errors
    /// What is to be mended first.
    pub fn edit(
        &self,
        before: &Meeting,
        status: MeetingStatus,
        reason: Option<String>,
        stamp: Stamp<'_>,
    ) -> Result<Vec<Mutation>, Problems> {
        let before = self.began.as_deref().filter(|began| began.id == before.id).unwrap_or(before);
        let mut problems = Problems::default();
        let after = self.meeting(status, stamp, &mut problems);
        let rest = self.around(stamp, &mut problems);
        if reason.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            problems.add("reason", "Say why; everybody who sees the meeting sees it.");
        }
        let (Some(after), true) = (after, problems.is_empty()) else { return Err(problems) };
        let edit = difference(before, &after);
        let edit = (edit != MeetingEdit::default()).then_some(Mutation::edit_meeting(before, edit, reason));
        Ok([self.people(), edit.into_iter().collect(), rest].concat())
    }
}

/// What changed from `before` to `after`.
pub(crate) fn difference(before: &Meeting, after: &Meeting) -> MeetingEdit {
    // The form knows minutes: a start that reads the same is the same, to the second.
    let same_start = before.starts_at.0 / 60_000 == after.starts_at.0 / 60_000;
    MeetingEdit {
        customer: changed(&before.customer, &after.customer),
        format: changed(&before.format, &after.format),
        status: changed(&before.status, &after.status),
        starts_at: (!same_start).then_some(after.starts_at),
        offset_minutes: if same_start { None } else { changed(&before.offset_minutes, &after.offset_minutes) },
        length_minutes: changed(&before.length_minutes, &after.length_minutes),
        channel: changed(&before.channel, &after.channel),
        contacts: changed(&before.contacts, &after.contacts),
        colleagues: changed(&before.colleagues, &after.colleagues),
        matters: changed(&before.notes.matters, &after.notes.matters),
        success: changed(&before.notes.success, &after.notes.success),
        roadblocks: changed(&before.notes.roadblocks, &after.notes.roadblocks),
        moving_targets: changed(&before.notes.moving_targets, &after.notes.moving_targets),
        innovations: changed(&before.notes.innovations, &after.notes.innovations),
        next_step: changed(&before.notes.next_step, &after.notes.next_step),
    }
}

fn changed<T: Clone + PartialEq>(before: &T, after: &T) -> Option<T> {
    (before != after).then(|| after.clone())
}
