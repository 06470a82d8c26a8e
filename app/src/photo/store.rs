//! The photos of a thing as a phone holds them, and who may do what with them.

use super::{PHOTOS_MAX, Photo, PhotoData, PhotoSubject};
use crate::{
    id::{MemberId, PhotoId},
    meeting::may_change,
    sync::{Replica, outbox::Outbox, protocol::Mutation},
};
use std::sync::Arc;

/// The photos of `subject`, the first attached first.
pub fn photos_of(replica: &Replica, subject: PhotoSubject) -> Vec<Arc<Photo>> {
    replica.photos.values().filter(|photo| photo.subject == subject).cloned().collect()
}

/// How many more may be attached where there are `already` so many.
pub fn room_after(already: usize) -> usize {
    PHOTOS_MAX.saturating_sub(already)
}

/// Whether `member` may attach photos to `subject`: whoever may change it.
pub fn may_attach(replica: &Replica, member: MemberId, subject: PhotoSubject) -> bool {
    match subject {
        PhotoSubject::Meeting(id) => replica.meetings.get(&id).is_some_and(|meeting| may_change(replica, member, meeting)),
        PhotoSubject::Promise(id) => replica.promises.get(&id).is_some_and(|promise| promise.may_settle(member)),
    }
}

/// Whether `member` may remove `photo`.
pub fn may_remove(replica: &Replica, member: MemberId, photo: &Photo) -> bool {
    let author = replica.members.get(&photo.author).map(Arc::as_ref);
    replica.actor(member).is_some_and(|actor| photo.may_remove(&actor, author))
}

/// What a photo shows, where it was attached on this phone lately.
pub fn data_in(outbox: &Outbox, id: PhotoId) -> Option<PhotoData> {
    let attaches = |mutation: &Mutation| matches!(mutation, Mutation::AttachPhoto { photo, .. } if photo.id == id);
    outbox.items().rev().find(|item| item.mutation.as_deref().is_some_and(attaches))?.photo_data()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::MutationId,
        meeting::MeetingStatus,
        sync::{
            outbox::Item,
            protocol::Row,
            sample::{ME, a_meeting, a_photo, a_promise, item, noon},
        },
    };
    use uuid::Uuid;

    #[test]
    fn photos_go_with_what_they_are_attached_to() {
        let mut shown = Replica::default();
        let meeting = a_meeting(2, 1, MeetingStatus::Held, noon("2026-06-01"));
        let promise = a_promise(3, 1, "2026-06-10");
        shown.put(Row::Meeting(meeting.clone()));
        shown.put(Row::Promise(promise.clone()));
        let (of_meeting, of_promise) = (PhotoSubject::Meeting(meeting.id), PhotoSubject::Promise(promise.id));
        let mut sequence = 0;
        let mut save = |shown: &mut Replica, mutation| {
            sequence += 1;
            shown.overlay(&Item::new(MutationId(Uuid::nil()), ME, sequence, mutation, noon("2026-06-01")));
        };
        for (n, subject) in (1..).zip([of_meeting, of_meeting, of_promise]) {
            save(&mut shown, Mutation::AttachPhoto { photo: Photo { subject, ..a_photo(n, 2) }, data: PhotoData::of(b"x") });
        }
        let first = photos_of(&shown, of_meeting)[0].id;
        assert!(may_attach(&shown, ME, of_meeting) && may_attach(&shown, ME, of_promise));
        assert!(!may_attach(&shown, MemberId(Uuid::nil()), of_meeting));
        save(&mut shown, Mutation::DeletePhoto { id: first });
        assert_eq!((photos_of(&shown, of_meeting).len(), photos_of(&shown, of_promise).len()), (1, 1));
        save(&mut shown, Mutation::DeletePromise { id: promise.id });
        save(&mut shown, Mutation::DeleteMeeting { id: meeting.id });
        assert!(shown.photos.is_empty());
        assert!(!may_attach(&shown, ME, of_meeting));
    }

    #[test]
    fn what_waits_is_shown_from_what_was_saved_and_held_once() {
        let (photo, data) = (a_photo(1, 2), PhotoData::of(b"what it shows"));
        let saved = item(1, Mutation::AttachPhoto { photo: photo.clone(), data: data.clone() });
        for item in [saved.clone(), Item::read(&saved.write()).expect("it was just written")] {
            assert_eq!(item.mutation.as_deref(), Some(&Mutation::AttachPhoto { photo: photo.clone(), data: PhotoData::default() }));
            assert_eq!(item.photo_data(), Some(data.clone()));
        }
        let outbox = Outbox::new([saved], 2);
        assert_eq!(data_in(&outbox, photo.id), Some(data));
        assert_eq!(data_in(&outbox, PhotoId(Uuid::nil())), None);
        assert!(outbox.export().contains("d2hhdCBpdCBzaG93cw=="), "and goes along when all is saved as a file");
    }
}
