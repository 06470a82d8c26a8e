//! Ratings as the database has them, and what each audience knows of them.

use super::{
    batches::batches,
    counting::stays,
    ratings::{Observation, Ratings},
};
use app::{
    id::{MemberId, RatingId},
    score::Audience,
    survey::Exclusion,
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// A rating as kept: what it says, and whom it has reached.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// What it says; while it counts depends on the audience.
    pub(super) observation: Observation,
    /// The sequence of the transaction that last changed it.
    pub(super) sequence: i64,
    /// When it reached the rep, also where its name was hidden later.
    pub(super) rep_at: Option<Timestamp>,
    /// When it reached the managers.
    pub(super) manager_at: Option<Timestamp>,
    /// Every time it was left out of the score.
    pub(super) exclusions: Vec<Exclusion>,
}

impl Reading {
    /// As `audience` knows it by itself, also where it is left out.
    fn known_to(&self, audience: Audience) -> Option<Observation> {
        let known_at = match audience {
            Audience::Rep => self.rep_at,
            Audience::Manager => self.manager_at,
        }?;
        Some(Observation { stays: stays(known_at, &self.exclusions), ..self.observation.clone() })
    }

    /// Whether its name is hidden from the rep, who never could read it by itself.
    pub(super) fn is_unread(&self) -> bool {
        self.observation.hidden && self.rep_at.is_none()
    }

    /// The order in which ratings reached the managers.
    fn order(&self) -> (Option<Timestamp>, RatingId) {
        (self.manager_at, self.observation.id)
    }
}

/// All of an organisation's, by rep.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Readings(BTreeMap<MemberId, Vec<Reading>>);

impl FromIterator<Reading> for Readings {
    fn from_iter<I: IntoIterator<Item = Reading>>(readings: I) -> Self {
        let mut all = Self::default();
        for reading in readings {
            all.0.entry(reading.observation.rep).or_default().push(reading);
        }
        all.0.values_mut().for_each(|readings| readings.sort_by_key(Reading::order));
        all
    }
}

impl Readings {
    /// Takes in what is new or says something else now; returns what was there of the reps concerned.
    pub(super) fn take_in(&mut self, changed: Self) -> Self {
        let mut before = BTreeMap::new();
        for (rep, changed) in changed.0 {
            let readings = self.0.entry(rep).or_default();
            before.insert(rep, readings.clone());
            let ids: BTreeSet<RatingId> = changed.iter().map(|it| it.observation.id).collect();
            readings.retain(|it| !ids.contains(&it.observation.id));
            readings.extend(changed);
            readings.sort_by_key(Reading::order);
        }
        Self(before)
    }

    /// Whose ratings they are.
    pub(super) fn reps(&self) -> impl Iterator<Item = MemberId> {
        self.0.keys().copied()
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// What `audience` knows of a rep, also what is left out; hidden names in whole batches, in the order in which they reached the managers.
    /// Nothing where these readings have nothing to do with the rep.
    pub(super) fn of(&self, rep: MemberId, audience: Audience) -> Option<Vec<Observation>> {
        let (unread, read): (Vec<&Reading>, Vec<&Reading>) = self.0.get(&rep)?.iter().partition(|it| it.is_unread());
        let unread: Vec<Observation> = unread.into_iter().filter_map(|it| it.known_to(Audience::Manager)).collect();
        let in_batches = batches(&unread).into_iter().flat_map(|batch| match audience {
            Audience::Rep => batch.unnamed(),
            Audience::Manager => batch.named(),
        });
        Some(read.into_iter().filter_map(|it| it.known_to(audience)).chain(in_batches).collect())
    }

    /// What `audience` knows of everybody, also what is left out.
    pub(super) fn all(&self, audience: Audience) -> Ratings {
        self.0.keys().filter_map(|rep| self.of(*rep, audience)).flatten().collect()
    }

    /// Reps of whom a rating that was left out of the score, or counts again, was written after `sequence`.
    pub(super) fn amended_since(&self, sequence: i64) -> BTreeSet<MemberId> {
        let is_amended = |it: &Reading| !it.exclusions.is_empty() && it.sequence > sequence;
        self.0.iter().filter(|(_, readings)| readings.iter().any(is_amended)).map(|(rep, _)| *rep).collect()
    }
}
