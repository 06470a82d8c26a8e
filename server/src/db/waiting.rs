use app::id::OrganisationId;
use std::{collections::BTreeSet, mem, sync::Mutex};
use tokio::sync::Notify;

/// Organisations that something is still to be done for: however often one is added, it is taken once.
#[derive(Debug, Default)]
pub struct Waiting {
    organisations: Mutex<BTreeSet<OrganisationId>>,
    added: Notify,
}

impl Waiting {
    /// Something is to be done for them.
    pub fn add(&self, organisations: impl IntoIterator<Item = OrganisationId>) {
        self.organisations.lock().expect("no holder of the set panics").extend(organisations);
        self.added.notify_one();
    }

    /// Waits until there are any, and takes all.
    pub async fn take(&self) -> BTreeSet<OrganisationId> {
        loop {
            let taken = mem::take(&mut *self.organisations.lock().expect("no holder of the set panics"));
            if !taken.is_empty() {
                return taken;
            }
            self.added.notified().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use uuid::Uuid;

    fn organisation(n: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(n))
    }

    #[test]
    fn however_often_one_is_added_it_is_taken_once() {
        let waiting = Waiting::default();
        assert!(waiting.take().now_or_never().is_none(), "there is none yet");
        for n in [1, 2, 1, 1] {
            waiting.add([organisation(n)]);
        }
        assert_eq!(waiting.take().now_or_never(), Some(BTreeSet::from([organisation(1), organisation(2)])));
        assert!(waiting.take().now_or_never().is_none(), "they were taken");
    }

    #[test]
    fn whoever_waits_already_is_woken_by_the_next() {
        let waiting = Waiting::default();
        let mut taken = Box::pin(waiting.take());
        assert!((&mut taken).now_or_never().is_none());
        waiting.add([organisation(1)]);
        assert_eq!(taken.now_or_never(), Some(BTreeSet::from([organisation(1)])));
    }
}
