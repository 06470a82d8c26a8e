//! Ratings as rows of the model: who and what is numbered, and one number of each rating taken.

use super::{
    formula::Formula,
    model::{Row, Shape, aged},
    ratings::{Change, Observation, Ratings, count, recency, share_of_meeting},
};
use app::{
    id::{ContactId, CustomerId, MeetingId, MemberId, RatingId},
    meeting::{Channel, MeetingFormat},
    score::{COMPONENTS_FOR_OVERALL, FormatMix},
    survey::Component,
    time::Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// Rows, and what their numbers mean.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    measure: Measure,
    half_life: f64,
    now: Timestamp,
    /// One per rating that has the number; with a share of 0 those that had it and count no more.
    pub(super) rows: Vec<Row>,
    /// Which ratings they are.
    pub(super) ratings: Vec<Rated>,
    /// How many of what there are.
    pub(super) shape: Shape,
    places: BTreeMap<RatingId, usize>,
    of_meeting: BTreeMap<MeetingId, Vec<usize>>,
    of_rep: Vec<Vec<usize>>,
    of_person: Vec<usize>,
    /// How many rows there are of a rep by a customer.
    pairs: BTreeMap<(usize, usize), usize>,
    reps: Numbering<MemberId>,
    customers: Numbering<CustomerId>,
    people: Numbering<(CustomerId, Option<ContactId>)>,
}

/// What of a rating is told beside its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rated {
    /// Its id.
    pub(super) id: RatingId,
    /// When it was given.
    pub(super) given_at: Timestamp,
    /// Whether the rep must not learn who gave it.
    pub(super) hidden: bool,
    meeting: MeetingId,
}

/// A row that became another: absent where there was none, or is none any more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) before: Option<Row>,
    pub(super) after: Option<Row>,
}

const CHANNELS: [Channel; 3] = [Channel::InPerson, Channel::Video, Channel::Phone];

impl Rows {
    /// The rows of those `ratings` that `measure` says something about, as they count at `now`.
    pub(super) fn new(ratings: &Ratings, formula: &Formula, now: Timestamp, measure: Measure) -> Self {
        let mut rows = Self {
            measure,
            half_life: formula.half_life_days.into(),
            now,
            rows: Vec::new(),
            ratings: Vec::new(),
            shape: Shape { reps: 0, formats: MeetingFormat::ALL.len(), channels: CHANNELS.len(), windows: false },
            places: BTreeMap::new(),
            of_meeting: BTreeMap::new(),
            of_rep: Vec::new(),
            of_person: Vec::new(),
            pairs: BTreeMap::new(),
            reps: Numbering::default(),
            customers: Numbering::default(),
            people: Numbering::default(),
        };
        for observation in ratings.iter() {
            if let Some(y) = rows.measure.of(observation) {
                rows.enter(rows.rows.len(), observation, y);
            }
        }
        for places in rows.of_meeting.values() {
            for place in places {
                rows.rows[*place].share = share_of_meeting(places.len());
            }
        }
        rows
    }

    /// Takes `changes` in; what became of which row. None where somebody is left without a row, which the numbering cannot say: then these
    /// rows are to be numbered anew.
    pub(super) fn take_in(&mut self, changes: &[Change]) -> Option<Vec<Step>> {
        let mut before: BTreeMap<usize, Option<Row>> = BTreeMap::new();
        let mut meetings = BTreeSet::new();
        for Change { was, is } in changes {
            let place = was.as_ref().and_then(|o| self.places.get(&o.id).copied());
            if let Some(place) = place {
                before.entry(place).or_insert(Some(self.rows[place]));
                meetings.insert(self.ratings[place].meeting);
                self.leave(place);
            }
            if let Some((o, y)) = is.as_ref().and_then(|o| Some((o, self.measure.of(o)?))) {
                let place = place.unwrap_or(self.rows.len());
                before.entry(place).or_insert(None);
                meetings.insert(o.meeting);
                self.enter(place, o, y);
            }
        }
        for place in meetings.iter().filter_map(|meeting| self.of_meeting.get(meeting)).flatten() {
            before.entry(*place).or_insert(Some(self.rows[*place]));
        }
        for places in meetings.iter().filter_map(|meeting| self.of_meeting.get(meeting)) {
            for place in places {
                self.rows[*place].share = share_of_meeting(places.len());
            }
        }
        let is_left = |row: &Row| self.of_rep[row.rep].is_empty() || self.of_person[row.contact] == 0;
        if before.values().flatten().any(is_left) {
            return None;
        }
        let step = |(place, before): (usize, Option<Row>)| {
            let after = Some(self.rows[place]).filter(|row| row.share > 0.0);
            (before != after).then_some(Step { before, after })
        };
        Some(before.into_iter().filter_map(step).collect())
    }

    /// Who the reps are.
    pub(super) fn reps(&self) -> &[MemberId] {
        &self.reps.names
    }

    /// Who the customers are.
    pub(super) fn customers(&self) -> &[CustomerId] {
        &self.customers.names
    }

    /// The places of a rep's rows.
    pub(super) fn places_of(&self, rep: usize) -> &[usize] {
        &self.of_rep[rep]
    }

    /// Which rep is rated by which customer.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.pairs.keys().copied()
    }

    /// How many rows are about a rep, and how many customers they are from.
    pub(super) fn of_rep(&self, rep: usize) -> (u32, u32) {
        (count(self.of_rep[rep].len()), count(self.pairs.range((rep, 0)..(rep + 1, 0)).count()))
    }

    /// What the rated meetings of a rep were for; nothing where that is known of none.
    pub(super) fn mix_of(&self, rep: usize) -> Option<FormatMix> {
        let mut weights = [0.0; MeetingFormat::ALL.len()];
        for row in self.of_rep[rep].iter().map(|place| &self.rows[*place]) {
            if let Some(format) = row.format {
                weights[format] += aged(row);
            }
        }
        let total: f64 = weights.iter().sum();
        let mostly = weights.iter().position(|weight| *weight > total / 2.0);
        (total > 0.0).then(|| mostly.map_or(FormatMix::Mixed, |format| FormatMix::Mostly(MeetingFormat::ALL[format])))
    }

    /// What a rating says becomes the row at `place`, which has its share once all of its meeting's are there.
    fn enter(&mut self, place: usize, o: &Observation, y: f64) {
        let row = Row {
            rep: self.reps.number(o.rep),
            customer: self.customers.number(o.customer),
            contact: self.people.number((o.customer, o.contact)),
            format: o.format.and_then(|format| MeetingFormat::ALL.iter().position(|other| *other == format)),
            channel: o.channel.and_then(|channel| CHANNELS.iter().position(|other| *other == channel)),
            window: None,
            y,
            share: 1.0,
            recency: recency(o.given_at, self.now, self.half_life),
        };
        let rated = Rated { id: o.id, given_at: o.given_at, hidden: o.hidden, meeting: o.meeting };
        if place == self.rows.len() {
            self.rows.push(row);
            self.ratings.push(rated);
        } else {
            (self.rows[place], self.ratings[place]) = (row, rated);
        }
        self.shape.reps = self.reps.names.len();
        self.of_rep.resize(self.reps.names.len(), Vec::new());
        self.of_person.resize(self.people.names.len(), 0);
        self.places.insert(o.id, place);
        self.of_meeting.entry(o.meeting).or_default().push(place);
        self.of_rep[row.rep].push(place);
        self.of_person[row.contact] += 1;
        *self.pairs.entry((row.rep, row.customer)).or_default() += 1;
    }

    /// The row at `place` counts no more.
    fn leave(&mut self, place: usize) {
        let (row, rated) = (self.rows[place], self.ratings[place]);
        self.rows[place].share = 0.0;
        self.places.remove(&rated.id);
        if let Some(mates) = self.of_meeting.get_mut(&rated.meeting) {
            mates.retain(|other| *other != place);
        }
        self.of_rep[row.rep].retain(|other| *other != place);
        self.of_person[row.contact] -= 1;
        if let Some(rows) = self.pairs.get_mut(&(row.rep, row.customer)) {
            *rows -= 1;
            if *rows == 0 {
                self.pairs.remove(&(row.rep, row.customer));
            }
        }
    }
}

/// Numbers things in the order in which they are met.
#[derive(Clone, Debug)]
struct Numbering<T> {
    numbers: BTreeMap<T, usize>,
    names: Vec<T>,
}

impl<T> Default for Numbering<T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), names: Vec::new() }
    }
}

impl<T: Copy + Ord> Numbering<T> {
    fn number(&mut self, name: T) -> usize {
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }
}

/// Which number of a rating a model is about.
#[derive(Clone, Debug)]
pub(super) enum Measure {
    /// Its points in one component.
    Component(Component),
    /// What its components say together.
    Composite(Composite),
}

impl Measure {
    /// The number; absent where the rating does not have it.
    pub(super) fn of(&self, o: &Observation) -> Option<f64> {
        match self {
            Self::Component(component) => o.components.get(component).map(|point| f64::from(*point)),
            Self::Composite(composite) => composite.of(o),
        }
    }
}

/// A rating's components together, where those it lacks are taken to be as far from their means as those it has.
#[derive(Clone, Debug)]
pub(super) struct Composite {
    /// The components that count: their weight and their mean.
    counted: Vec<(Component, f64, f64)>,
    /// The mean over them.
    common: f64,
}

impl Composite {
    /// By the weights of `formula` and the `means` of all ratings.
    pub(super) fn new(formula: &Formula, means: &BTreeMap<Component, f64>) -> Self {
        let weighted = means.iter().map(|(component, mean)| (*component, formula.weight(*component), *mean));
        let counted: Vec<(Component, f64, f64)> = weighted.filter(|(_, weight, _)| *weight > 0.0).collect();
        let total: f64 = counted.iter().map(|(_, weight, _)| weight).sum();
        let common = counted.iter().map(|(_, weight, mean)| weight * mean).sum::<f64>() / total;
        Self { counted, common }
    }

    /// None where fewer than [`COMPONENTS_FOR_OVERALL`] of those that count are there.
    fn of(&self, o: &Observation) -> Option<f64> {
        let part = |(component, weight, mean): &(Component, f64, f64)| {
            o.components.get(component).map(|point| (*weight, f64::from(*point) - mean))
        };
        let present = self.counted.iter().filter_map(part);
        let (number, weight, above) =
            present.fold((0, 0.0, 0.0), |(number, sum, above), (weight, by)| (number + 1, sum + weight, above + weight * by));
        (number >= COMPONENTS_FOR_OVERALL).then(|| self.common + above / weight)
    }
}
