use super::{Viewed, Viewing, is_to_be_recorded};
use crate::{
    browser::{clock, random},
    id::{MemberId, ViewingId},
    sync::{Phone, protocol::Mutation},
};
use leptos::{prelude::*, task::spawn_local};

/// Records that the signed-in member looks at the data of `subject`, where that is a manager's look and the first of the day.
pub fn record_look(phone: Phone, subject: MemberId, viewed: Viewed) {
    let (viewer, on) = (phone.me(), clock::today());
    if phone.replica().with_untracked(|replica| is_to_be_recorded(replica, viewer, subject, viewed, on)) {
        let viewing = Viewing { id: ViewingId(random::uuid()), viewer, subject, viewed, on };
        spawn_local(async move {
            if let Err(error) = phone.save(vec![Mutation::RecordViewing { viewing }]).await {
                // Recorded at the next look; nothing was typed that could be lost.
                leptos::logging::warn!("a look was not recorded: {error}");
            }
        });
    }
}
