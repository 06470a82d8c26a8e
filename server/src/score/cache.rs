//! What a process remembers of each organisation's scores, so that a new rating is taken in instead of computing everything anew.
//!
//! Only a cache: without it, or where it does not fit what the database says, everything is read and solved again, to the same scores up to
//! rounding.

use super::{disagreement::Businesses, held::Held, readings::Readings, view::View};
use app::{id::OrganisationId, score::Score};
use chrono::NaiveDate;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// What a process remembers of all organisations.
#[derive(Clone, Debug, Default)]
pub struct Cache(Arc<Mutex<BTreeMap<OrganisationId, Known>>>);

/// What is remembered of one organisation, as of the transaction that wrote its scores.
#[derive(Debug)]
pub(super) struct Known {
    /// That transaction's sequence.
    pub(super) written: i64,
    /// The epoch that the sequence belongs to.
    pub(super) epoch: String,
    /// The last change that is taken in.
    pub(super) changed: i64,
    /// The sequence of the transaction that wrote what is held.
    pub(super) fitted: i64,
    /// The day that the views are for.
    pub(super) day: NaiveDate,
    pub(super) readings: Readings,
    /// What customers do, as of that day's first computing.
    pub(super) businesses: Arc<Businesses>,
    /// What is held per audience, and the view of it; none where there was no room.
    pub(super) views: Option<[(Held, View); 2]>,
    /// The scores as written.
    pub(super) kept: Arc<BTreeMap<String, Score>>,
    pub(super) used_at: Instant,
}

/// The most numbers that are remembered of all organisations together: half a gigabyte.
const ROOM: usize = 1 << 26;
/// About as many as a rating takes by itself, and as a row of each number of it in both audiences.
const PER_READING: usize = 60;
const PER_ROW: usize = 12 * 40;
/// About as many as a score takes.
const PER_SCORE: usize = 500;
/// How long an organisation that nobody rates is remembered.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

impl Known {
    /// How many numbers it holds, about.
    fn size(&self) -> usize {
        let views: usize = self.views.iter().flatten().map(|(_, view)| view.size() + view.ratings() * PER_ROW / 2).sum();
        self.readings.count() * PER_READING + self.kept.len() * PER_SCORE + views
    }
}

impl Cache {
    /// Takes out what is remembered of an organisation. It is put back once it is true again, or forgotten.
    pub(super) fn take(&self, organisation: OrganisationId) -> Option<Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&organisation)
    }

    /// Remembers `known`, and as much of what else is remembered as there is room for: what was used last.
    pub(super) fn put(&self, organisation: OrganisationId, known: Known) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(organisation, known);
        shrink(&mut all, ROOM);
    }
}

fn shrink(all: &mut BTreeMap<OrganisationId, Known>, room: usize) {
    all.retain(|_, known| known.used_at.elapsed() < FORGOTTEN_AFTER);
    while all.values().map(Known::size).sum::<usize>() > room {
        let oldest = all.iter().min_by_key(|(_, known)| known.used_at).map(|(organisation, _)| *organisation);
        let Some(organisation) = oldest else { return };
        if all.len() > 1 {
            all.remove(&organisation);
        } else {
            // Alone it is too large: its ratings are kept in mind, and solved anew every time.
            all.values_mut().for_each(|known| known.views = None);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{id::MemberId, score::Audience, time::Timestamp};
    use uuid::Uuid;

    fn known(age: Duration) -> Known {
        let score = Score::unknown(MemberId(Uuid::nil()), Audience::Rep, Timestamp(0));
        Known {
            written: 1,
            epoch: String::new(),
            changed: 1,
            fitted: 1,
            day: NaiveDate::default(),
            readings: Readings::default(),
            businesses: Arc::default(),
            views: None,
            kept: Arc::new(BTreeMap::from([(String::new(), score)])),
            used_at: Instant::now().checked_sub(age).expect("a clock that has run for a while"),
        }
    }

    #[test]
    fn what_was_used_last_is_remembered_as_long_as_there_is_room() {
        let id = |n| OrganisationId(Uuid::from_u128(n));
        let mut all: BTreeMap<OrganisationId, Known> = (0..4).map(|n| (id(n), known(Duration::from_secs(n as u64)))).collect();
        shrink(&mut all, 4 * PER_SCORE);
        assert_eq!(all.len(), 4);
        shrink(&mut all, 2 * PER_SCORE);
        assert_eq!(all.keys().copied().collect::<Vec<_>>(), [id(0), id(1)]);
        shrink(&mut all, 0);
        assert_eq!(all.len(), 1, "the last keeps its ratings");
    }
}
