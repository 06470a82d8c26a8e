//! What a mutation will have done once the server accepts it, done to the replica at once.
//!
//! The server decides; here nothing is refused. A mutation that does not fit the rows (an edit of what is gone, say) leaves them as
//! they are, and its receipt tells the person.

use super::Replica;
use crate::{
    account::Availability,
    customer::edited_as_one,
    id::MemberId,
    meeting::MeetingEdit,
    photo::PhotoSubject,
    promise::Settled,
    recovery::opened_by_promise,
    survey::Decision,
    sync::{
        Refusal,
        merge::Incoming,
        outbox::Item,
        protocol::{Envelope, Mutation, Row},
    },
    time::Timestamp,
};
use std::sync::Arc;

impl Replica {
    /// Shows what `item` says as if it had been accepted. What a newer build wrote shows nothing.
    pub fn overlay(&mut self, item: &Item) {
        let Envelope { member, made_at, .. } = &*item.envelope;
        let Some(mutation) = item.mutation.as_deref().cloned() else { return };
        match mutation {
            Mutation::CreateCustomer { customer } => self.put(Row::Customer(customer)),
            Mutation::EditCustomer { id, base, edit, saw } => {
                let incoming = Incoming { edit: &edit, base, saw: &saw, by: *member, at: *made_at };
                let rows = edited_as_one(&self.chain(id), &incoming).unwrap_or_default();
                rows.into_iter().for_each(|row| self.put(Row::Customer(row)));
            }
            Mutation::UniteCustomers { id, into } => self.unite(id, into, (*member, *made_at)),
            Mutation::TakeApart { id, into } => self.take_apart(id, into),
            Mutation::CreateContact { contact } => self.put(Row::Contact(contact)),
            Mutation::EditContact { id, base, edit, saw } => {
                let incoming = Incoming { edit: &edit, base, saw: &saw, by: *member, at: *made_at };
                replace(self.contacts.get_mut(&id), |contact| contact.merged(&incoming));
            }
            Mutation::RecordInsight { insight } => self.put(Row::Insight(insight)),
            Mutation::DeleteInsight { id } => drop(self.insights.remove(&id)),
            Mutation::CreateMeeting { meeting } => self.put(Row::Meeting(meeting)),
            Mutation::EditMeeting { id, base, edit, saw, reason } => {
                let written_for = self.meetings.get(&id).map(|meeting| meeting.customer);
                let named =
                    |edit: &MeetingEdit| written_for.map_or_else(Default::default, |it| edit.naming(it, |id| self.standing_for(id)));
                let (edit, saw) = (named(&edit), named(&saw));
                let incoming = Incoming { edit: &edit, base, saw: &saw, by: *member, at: *made_at };
                let asked = self.is_asked(id);
                replace(self.meetings.get_mut(&id), |meeting| meeting.merged(&incoming, reason.as_deref(), asked));
            }
            Mutation::DeleteMeeting { id } => {
                self.meetings.remove(&id);
                self.remove_photos(PhotoSubject::Meeting(id));
            }
            Mutation::RecordTouch { touch } => self.put(Row::Touch(touch)),
            Mutation::DeleteTouch { id } => drop(self.touches.remove(&id)),
            Mutation::MakePromise { promise } => self.put(Row::Promise(promise)),
            Mutation::SettlePromise { id, state, agreed, at } => {
                let at = at.unwrap_or(*made_at);
                let settled = self.promises.get(&id).and_then(|promise| promise.settled(*member, state, agreed, at).ok());
                if let Some(settled) = settled {
                    self.settle(settled, *member, at);
                }
            }
            Mutation::AnswerPromise { id, answer } => {
                replace(self.promises.get_mut(&id), |promise| promise.answered(*member, answer));
            }
            Mutation::HandPromise { id, keeper } => replace(self.promises.get_mut(&id), |promise| promise.handed(*member, keeper)),
            Mutation::ReportPromise { id, report } => {
                replace(self.promises.get_mut(&id), |promise| promise.reported(*member, report, *made_at));
            }
            Mutation::DeletePromise { id } => {
                self.promises.remove(&id);
                self.remove_photos(PhotoSubject::Promise(id));
            }
            Mutation::AttachPhoto { photo, .. } => self.put(Row::Photo(photo)),
            Mutation::DeletePhoto { id } => drop(self.photos.remove(&id)),
            Mutation::AskInside { ask } => self.put(Row::InsideAsk(ask)),
            Mutation::AnswerInsideAsk { id, state, text } => {
                replace(self.inside_asks.get_mut(&id), |ask| ask.answered(*member, state, &text));
            }
            Mutation::DeleteInsideAsk { id } => drop(self.inside_asks.remove(&id)),
            Mutation::WriteReflection { reflection, saw } => match self.reflections.get_mut(&reflection.id) {
                Some(before) => replace(Some(before), |before| before.rewritten(&reflection, saw.as_deref())),
                None => self.put(Row::Reflection(reflection)),
            },
            Mutation::ShareReflection { id, shared } => change(self.reflections.get_mut(&id), |reflection| reflection.shared = shared),
            Mutation::TakeAction { action } => self.put(Row::Action(action)),
            Mutation::SettleAction { id, state } => change(self.actions.get_mut(&id), |action| action.state = state),
            Mutation::Invite { invitation, .. } => self.put(Row::Invitation(invitation)),
            Mutation::SettleInvitation { id, state } => change(self.invitations.get_mut(&id), |invitation| invitation.state = state),
            // Sealed: nobody on this phone can read what it will show.
            Mutation::SubmitSealed { .. } => {}
            Mutation::AddContext { id, context } => change(self.ratings.get_mut(&id), |rating| rating.context = context),
            Mutation::ExcludeRating { id, reason, note } => {
                let by = Decision { member: *member, at: *made_at, note };
                replace(self.ratings.get_mut(&id), |rating| rating.excluded(reason, by));
            }
            Mutation::CountRating { id, note } => {
                let by = Decision { member: *member, at: *made_at, note };
                replace(self.ratings.get_mut(&id), |rating| rating.counted(by));
            }
            Mutation::OpenRecovery { case } => self.put(Row::RecoveryCase(case)),
            Mutation::RecordRecovery { id, step, text, at } => {
                replace(self.recovery_cases.get_mut(&id), |case| case.recorded(*member, step, &text, at));
            }
            Mutation::CloseRecovery { id, at } => replace(self.recovery_cases.get_mut(&id), |case| case.closed(*member, at)),
            Mutation::ReopenRecovery { id } => replace(self.recovery_cases.get_mut(&id), |case| case.reopened(*member)),
            Mutation::DeleteRecovery { id } => drop(self.recovery_cases.remove(&id)),
            Mutation::RecordViewing { viewing } => self.put(Row::Viewing(viewing)),
            Mutation::SetHours { member, hours } => self.change_availability(member, |it| it.with_hours(&hours)),
            Mutation::PlanAbsence { member, absence } => self.change_availability(member, |it| it.with_absence(&absence)),
            Mutation::CancelAbsence { member, id } => self.change_availability(member, |it| it.without_absence(id)),
            Mutation::Snooze { snooze } => self.put(Row::Snooze(snooze)),
            Mutation::Wake { subject, .. } => drop(self.snoozes.remove(&subject)),
        }
    }

    /// What a photo is attached to takes it along.
    fn remove_photos(&mut self, subject: PhotoSubject) {
        self.photos.retain(|_, photo| photo.subject != subject);
    }

    /// Says when `member` works, who may have said nothing yet.
    fn change_availability(&mut self, member: MemberId, becomes: impl FnOnce(&Availability) -> Result<Availability, Refusal>) {
        if let Ok(after) = becomes(&self.availability(member)) {
            self.put(Row::Availability(after));
        }
    }

    /// What was agreed in a promise's place comes and goes with that, and so does the case that `member` has to make right.
    fn settle(&mut self, Settled { promise, instead, given_up }: Settled, member: MemberId, at: Timestamp) {
        self.recovery_cases.retain(|_, case| !case.goes_with(&promise));
        if let Some(case) = opened_by_promise(&promise, at).filter(|case| case.rep == member && !self.recovery_cases.contains_key(&case.id))
        {
            self.put(Row::RecoveryCase(case));
        }
        if let Some(given_up) = given_up.filter(|id| self.promises.get(id).is_some_and(|it| it.is_untouched_instead_of(promise.id))) {
            self.promises.remove(&given_up);
            self.remove_photos(PhotoSubject::Promise(given_up));
        }
        if let Some(instead) = instead.filter(|it| !self.promises.contains_key(&it.id)) {
            self.put(Row::Promise(instead));
        }
        self.put(Row::Promise(promise));
    }
}

/// Changes a row that others may still be looking at.
fn change<T: Clone>(row: Option<&mut Arc<T>>, change: impl FnOnce(&mut T)) {
    if let Some(row) = row {
        change(Arc::make_mut(row));
    }
}

/// Puts what comes of a row in its place, if the rules allow it.
fn replace<T: Clone>(row: Option<&mut Arc<T>>, becomes: impl FnOnce(&T) -> Result<T, Refusal>) {
    change(row, |row| {
        if let Ok(after) = becomes(row) {
            *row = after;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{MutationId, TouchId},
        meeting::{Meeting, MeetingEdit, MeetingStatus},
        reflection::Reflection,
        survey::{Exclusion, ExclusionReason},
        sync::{
            protocol::Entity,
            sample::{ME as REP, a_meeting, a_rating, a_reflection, a_touch},
        },
    };
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn waiting(mutation: Mutation) -> Item {
        Item::new(MutationId(Uuid::nil()), REP, 1, mutation, NOW)
    }

    fn meeting() -> Meeting {
        a_meeting(2, 3, MeetingStatus::Planned, NOW)
    }

    #[test]
    fn what_waits_shows_as_if_it_were_accepted_and_leaves_the_rows_beneath_as_they_were() {
        let mut rows = Replica::default();
        rows.put(Row::Meeting(meeting()));
        let mut shown = rows.clone();
        let edit = MeetingEdit { status: Some(MeetingStatus::Held), ..MeetingEdit::default() };
        shown.overlay(&waiting(Mutation::edit_meeting(&meeting(), edit, None)));
        assert_eq!(shown.meetings[&meeting().id].status, MeetingStatus::Held);
        assert_eq!(rows.meetings[&meeting().id].status, MeetingStatus::Planned);
    }

    #[test]
    fn a_rating_is_left_out_and_counts_again_in_the_words_of_who_decides() {
        let mut shown = Replica::default();
        let rating = a_rating(1, REP, NOW);
        let id = rating.id;
        shown.put(Row::Rating(rating));
        let out = waiting(Mutation::ExcludeRating { id, reason: ExclusionReason::Test, note: "I tried it".into() });
        shown.overlay(&out);
        shown.overlay(&out);
        let by = |note: &str| Decision { member: REP, at: NOW, note: note.into() };
        let mut exclusion = Exclusion { reason: ExclusionReason::Test, by: by("I tried it"), lifted: None };
        assert_eq!(shown.ratings[&id].exclusions, [exclusion.clone()], "once, however often it is said");
        shown.overlay(&waiting(Mutation::CountRating { id, note: "I did not".into() }));
        exclusion.lifted = Some(by("I did not"));
        assert_eq!(shown.ratings[&id].exclusions, [exclusion]);
    }

    #[test]
    fn a_change_of_a_reflection_leaves_what_another_device_of_its_author_did() {
        let seen = Reflection { shared: true, ..a_reflection(1, "We tlaked", NOW) };
        let mended = Reflection { what_happened: "We talked".into(), ..seen.clone() };
        let mut shown = Replica::default();
        shown.put(Row::Reflection(Reflection { shared: false, ..seen.clone() }));
        let change = waiting(Mutation::WriteReflection { reflection: mended.clone(), saw: Some(Box::new(seen)) });
        // Until the row comes back it is shown over what the server has taken in already.
        shown.overlay(&change);
        shown.overlay(&change);
        assert_eq!(*shown.reflections[&mended.id], Reflection { shared: false, ..mended });
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        let mut shown = Replica::default();
        shown.overlay(&waiting(Mutation::edit_meeting(&meeting(), MeetingEdit::default(), None)));
        shown.overlay(&waiting(Mutation::DeleteTouch { id: TouchId(Uuid::nil()) }));
        assert_eq!(shown, Replica::default());
    }

    #[test]
    fn a_row_is_found_again_by_the_key_that_the_server_names_it_with() {
        let row = Row::Touch(a_touch(9, 1, NOW));
        let mut replica = Replica::default();
        replica.put(row.clone());
        replica.remove(Entity::Meeting, &row.key());
        assert_eq!(replica.touches.len(), 1, "keys name rows within their kind");
        replica.remove(row.entity(), &row.key());
        assert_eq!(replica, Replica::default());
    }
}
