use crate::{
    browser::{
        album::Album,
        record::{Part, Records, Table},
        storage::{StorageError, Store},
    },
    id::MemberId,
    sync::{outbox::Outbox, stored},
};
use std::rc::Rc;

/// Opens the store of `me` with all that is in it, or `in_part` with what counts today, where there is much. One that was closed and could not be removed
/// goes now.
pub(super) async fn open_store(me: MemberId, in_part: bool, replaced: impl Fn() + 'static) -> Result<(Store, Kept), StorageError> {
    let (name, replaced) = (me.to_string(), Rc::new(replaced));
    let tell = || {
        let replaced = replaced.clone();
        move || replaced()
    };
    let store = Store::of_member(&name, tell()).await?;
    let kept = Kept::load(&store, in_part).await?;
    if !stored::is_closed(&kept.records) {
        return Ok((store, kept));
    }
    remove(store, me).await?;
    let store = Store::of_member(&name, tell()).await?;
    let kept = Kept::load(&store, in_part).await?;
    Ok((store, kept))
}

/// What a start finds in a store.
pub(super) struct Kept {
    pub records: Records,
    /// Whether there are older rows besides.
    pub is_part: bool,
}

impl Kept {
    async fn load(store: &Store, in_part: bool) -> Result<Self, StorageError> {
        let mut records = store.load(&[Table::Outbox, Table::Meta, Table::Draft]).await?;
        let before = stored::summed_up_before(&records).filter(|_| in_part);
        let rows = match before {
            Some(before) => stored::around(&records, before).0.into_iter().map(|keys| Part { table: Table::Row, keys, limit: 0 }).collect(),
            None => vec![Table::Row.into()],
        };
        // What another tab stored since can be pulled again: no cursor here is ahead of these rows.
        records.extend(store.load_parts(rows).await?);
        Ok(Self { records, is_part: before.is_some() })
    }
}

/// Removes a store that is closed, and what the browser keeps beside it.
pub(super) async fn remove(store: Store, me: MemberId) -> Result<(), StorageError> {
    Album::of(&me.to_string()).remove().await;
    store.remove().await
}

/// Closes a store, so that it can be removed, unless `kept_by` finds something in the outbox that would be lost: then says what. From the moment at which
/// nothing was found, no tab saves anything more.
pub(super) async fn close_unless<T>(store: &Store, kept_by: impl Fn(&Outbox) -> Option<T>) -> Result<Option<T>, StorageError> {
    loop {
        let records = store.load(&[Table::Outbox, Table::Meta]).await?;
        if stored::is_closed(&records) {
            return Ok(None);
        }
        if let Some(kept) = kept_by(&stored::read_outbox(&records, 1, &Outbox::default())) {
            return Ok(Some(kept));
        }
        let seen = records.get(Table::Meta, stored::NEXT_SEQUENCE);
        // Another tab may have saved something since.
        let close = |next: Option<&str>| if next == seen { (vec![stored::close()], true) } else { (Vec::new(), false) };
        if store.commit_from(stored::NEXT_SEQUENCE, &[], close).await? {
            return Ok(None);
        }
    }
}
