//! Taking a log back: the meeting goes, and what was typed is there to be saved again.

use super::{Meeting, MeetingDraft, promises_of};
use crate::{
    id::MemberId,
    promise::{Promise, PromiseDraft, PromiseState},
    sync::{Replica, protocol::Mutation},
};
use std::sync::Arc;

/// The mutations that delete `meeting` with the open promises that `rep` made at it. Customers, contacts and what is worth knowing stay:
/// they are true whether or not the meeting was.
pub fn deletion(replica: &Replica, meeting: &Meeting, rep: MemberId) -> Vec<Mutation> {
    let promises = deletable(replica, meeting, rep).map(|promise| Mutation::DeletePromise { id: promise.id });
    promises.chain([Mutation::DeleteMeeting { id: meeting.id }]).collect()
}

/// What was typed to log `meeting`, so that it can be mended and saved again.
pub fn as_typed(replica: &Replica, meeting: &Meeting, rep: MemberId) -> MeetingDraft {
    let promises = deletable(replica, meeting, rep).map(|promise| PromiseDraft {
        id: promise.id,
        what: promise.what.clone(),
        due: promise.due.to_string(),
        evidence: promise.evidence.clone(),
        keeper: Some(promise.keeper).filter(|keeper| *keeper != rep),
    });
    MeetingDraft { promises: promises.collect(), ..MeetingDraft::of(meeting) }
}

fn deletable(replica: &Replica, meeting: &Meeting, rep: MemberId) -> impl Iterator<Item = Arc<Promise>> {
    let promises = promises_of(replica, meeting.id).into_iter();
    promises.filter(move |promise| promise.maker == rep && promise.state == PromiseState::Open)
}
