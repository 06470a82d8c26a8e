use crate::{
    browser::{album::Album, network},
    id::PhotoId,
    photo::{PhotoData, data_in},
    sync::Phone,
};
use leptos::prelude::*;
use std::{collections::BTreeSet, time::Duration};

/// How long a photo may take to come.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many photos that were looked at lately stay on the phone.
const KEPT: usize = 60;

/// Why a photo does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotHere {
    /// It comes from the server, which cannot be reached.
    Away,
    /// It is not there any more.
    Gone,
}

/// What a photo shows: from what was saved here, from what was looked at lately, or from the server.
///
/// # Errors
/// [`NotHere`].
pub(super) async fn look_at(phone: Phone, id: PhotoId) -> Result<PhotoData, NotHere> {
    if let Some(data) = phone.outbox().with_untracked(|outbox| data_in(outbox, id)) {
        return Ok(data);
    }
    let (album, path) = (Album::of(&phone.me().to_string()), path_of(id));
    if let Some(bytes) = album.take_out(&path).await {
        return Ok(PhotoData::of(&bytes));
    }
    match network::get_bytes(&path, PATIENCE).await {
        Ok((200, bytes)) => {
            album.put_in(&path, &bytes).await;
            let held: BTreeSet<String> = phone.replica().with_untracked(|replica| replica.photos.keys().copied().map(path_of).collect());
            album.thin_out(KEPT, |path| held.contains(path)).await;
            Ok(PhotoData::of(&bytes))
        }
        Ok((404, _)) => Err(NotHere::Gone),
        _ => Err(NotHere::Away),
    }
}

fn path_of(id: PhotoId) -> String {
    format!("/api/photos/{id}")
}
