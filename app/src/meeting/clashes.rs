//! What two people changed of a meeting, in words.

use super::{Editor, Meeting, MeetingEdit, MeetingField, channel_words, length_words, status_words};
use crate::{
    id::MemberId,
    sync::{
        Replica,
        merge::{ClashLine, Reader},
        protocol::Mutation,
    },
    time::words,
};

/// The open clashes in a meeting. Its rep brings back what was replaced; a manager, who gives a reason for every change, edits the meeting.
pub fn clashes_in(reader: &Reader<'_>, meeting: &Meeting) -> Vec<ClashLine> {
    let asked = reader.replica.is_asked(meeting.id);
    let open = meeting.history.open(&meeting.fields()).into_iter();
    open.map(|clash| {
        let may = meeting.rep == reader.me && meeting.edited(&clash.lost, Editor::Rep, asked).is_ok();
        let back = may.then(|| Mutation::edit_meeting(meeting, clash.lost.clone(), None));
        reader.line(&meeting.id.to_string(), clash, field_words(clash.field), |edit| value(reader, edit, clash.field), back)
    })
    .collect()
}

fn field_words(field: MeetingField) -> &'static str {
    match field {
        MeetingField::Whom => "who was met",
        MeetingField::Format => "the purpose",
        MeetingField::Status => "what became of it",
        MeetingField::When => "the time",
        MeetingField::Length => "the length",
        MeetingField::Channel => "how you met",
        MeetingField::Colleagues => "who of us was there",
        MeetingField::Matters => "what matters to them",
        MeetingField::Success => "how they measure success",
        MeetingField::Roadblocks => "the roadblocks",
        MeetingField::MovingTargets => "the moving targets",
        MeetingField::Innovations => "the innovations",
        MeetingField::NextStep => "the next step",
        MeetingField::Newer => "something",
    }
}

/// What `edit` says of `field`.
fn value(reader: &Reader<'_>, edit: &MeetingEdit, field: MeetingField) -> String {
    let edit = edit.clone();
    let words = match field {
        MeetingField::Whom => Some(whom(reader.replica, &edit)),
        MeetingField::Format => edit.format.map(|format| format.label().to_owned()),
        MeetingField::Status => edit.status.map(|status| status_words(status).to_owned()),
        MeetingField::When => edit.starts_at.zip(edit.offset_minutes).map(|(start, offset)| words::moment(start, offset, reader.today)),
        MeetingField::Length => edit.length_minutes.map(length_words),
        MeetingField::Channel => edit.channel.map(|channel| channel_words(channel).to_owned()),
        MeetingField::Colleagues => edit.colleagues.map(|colleagues| names(reader.replica, &colleagues)),
        MeetingField::Matters => edit.matters,
        MeetingField::Success => edit.success,
        MeetingField::Roadblocks => edit.roadblocks,
        MeetingField::MovingTargets => edit.moving_targets,
        MeetingField::Innovations => edit.innovations,
        MeetingField::NextStep => edit.next_step,
        MeetingField::Newer => None,
    };
    words.unwrap_or_default()
}

/// 'Acme: Cora, Dirk'.
fn whom(replica: &Replica, edit: &MeetingEdit) -> String {
    let customer = edit.customer.map_or("a customer", |id| replica.customer_name(id, "a customer"));
    let people = edit.contacts.iter().flatten().filter_map(|id| replica.contacts.get(id)).map(|contact| contact.name.as_str());
    match people.collect::<Vec<_>>().join(", ") {
        people if people.is_empty() => customer.to_owned(),
        people => format!("{customer}: {people}"),
    }
}

fn names(replica: &Replica, members: &[MemberId]) -> String {
    members.iter().map(|member| replica.member_name(*member)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        meeting::MeetingStatus,
        sync::{
            merge::{Edit, Incoming},
            protocol::Row,
            sample::{ME, a_meeting, noon, on},
        },
    };
    use uuid::Uuid;

    const MIA: MemberId = MemberId(Uuid::from_u128(0x31a));

    #[test]
    fn a_manager_and_the_rep_read_the_same_and_only_the_rep_brings_it_back_at_once() {
        let before = a_meeting(1, 2, MeetingStatus::Held, noon("2026-05-05"));
        let next = |step: &str| MeetingEdit { next_step: Some(step.into()), ..MeetingEdit::default() };
        let after = [(ME, "Call", None), (MIA, "Visit", Some("I called them"))].iter().fold(before.clone(), |row, (by, step, reason)| {
            let (edit, at) = (next(step), noon("2026-05-05"));
            let saw = before.fields().seen_by(&edit);
            row.merged(&Incoming { edit: &edit, base: 0, saw: &saw, by: *by, at }, *reason, false).expect("valid")
        });
        let mut replica = Replica::default();
        replica.put(Row::Meeting(after.clone()));
        let read = |me| clashes_in(&Reader { replica: &replica, me, today: on("2026-05-05"), offset_minutes: 0 }, &after).remove(0);
        assert_eq!(read(ME).words, "Two people changed the next step: “Visit” (A colleague, today) over “Call” (you, today).");
        assert_eq!(read(ME).take_back, Some(("Use “Call”".to_owned(), Mutation::edit_meeting(&after, next("Call"), None))));
        assert_eq!(read(MIA).words, "Two people changed the next step: “Visit” (you, today) over “Call” (A colleague, today).");
        assert_eq!(read(MIA).take_back, None);
    }
}
