//! Kinds of customers and of meetings that may see a rep alike: by industry, by size, by format, as far as it is known.

use super::{
    Mark, RATERS, Rater, Voice, Voices,
    sides::{apart, side},
};
use app::{
    customer::{Customer, CustomerSize},
    id::CustomerId,
    score::{Segment, Side},
    text,
};
use std::{collections::BTreeMap, sync::Arc};

/// Raters that a segment has at least.
const RATERS_OF_SEGMENT: usize = 2;

/// What is known of a customer's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Business {
    /// What it does.
    pub industry: Option<Arc<str>>,
    /// How many people work there.
    pub size: CustomerSize,
}

/// Customers of whose business something is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Businesses(BTreeMap<CustomerId, Business>);

impl FromIterator<Customer> for Businesses {
    /// Industries that differ in case or punctuation only are one, called as the first is in the order of `customers`.
    fn from_iter<I: IntoIterator<Item = Customer>>(customers: I) -> Self {
        let mut industries: BTreeMap<String, Arc<str>> = BTreeMap::new();
        let business = |customer: Customer| {
            let folded = text::fold(&customer.industry);
            let industry =
                (!folded.is_empty()).then(|| industries.entry(folded).or_insert_with(|| customer.industry.trim().into()).clone());
            (customer.id, Business { industry, size: customer.size })
        };
        Self(customers.into_iter().map(business).collect())
    }
}

/// By what those who are compared are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Everybody speaks for themselves.
    Rater,
    Industry,
    Size,
    Format,
}

impl By {
    pub(super) const ALL: [Self; 4] = [Self::Rater, Self::Industry, Self::Size, Self::Format];

    /// The segment of a rating: `Some(None)` where nobody is put into any, nothing where it is not known.
    pub(super) fn segment(self, mark: &Mark, businesses: &Businesses) -> Option<Option<Segment>> {
        let business = || businesses.0.get(&mark.customer);
        match self {
            Self::Rater => return Some(None),
            Self::Industry => business()?.industry.as_deref().map(|industry| Segment::Industry(industry.to_owned())),
            Self::Size => Some(business()?.size).filter(|size| !size.is_unknown()).map(Segment::Size),
            Self::Format => mark.format.map(Segment::Format),
        }
        .map(Some)
    }

    /// Those of `voices` that can be compared; nothing where there are too few.
    pub(super) fn comparable(self, mut voices: Voices) -> Option<Voices> {
        if self == Self::Rater {
            return Some(voices).filter(|voices| voices.len() >= RATERS);
        }
        let mut raters: BTreeMap<Option<Segment>, usize> = BTreeMap::new();
        voices.keys().for_each(|(segment, _)| *raters.entry(segment.clone()).or_default() += 1);
        raters.retain(|_, raters| *raters >= RATERS_OF_SEGMENT);
        voices.retain(|(segment, _), _| raters.contains_key(segment));
        Some(voices).filter(|_| raters.len() > 1)
    }
}

/// The segment of each voice, numbered; nothing where everybody speaks for themselves.
pub(super) fn groups(keys: &[(Option<Segment>, Rater)]) -> Option<Vec<usize>> {
    let mut groups = vec![0; keys.len()];
    for at in 1..keys.len() {
        groups[at] = groups[at - 1] + usize::from(keys[at].0 != keys[at - 1].0);
    }
    keys.first()?.0.as_ref().map(|_| groups)
}

/// The segments that give least and most, less leniency, where they are a point apart, with leniency and without.
pub(super) fn segments_apart(keys: &[(Option<Segment>, Rater)], voices: &[Voice]) -> Option<(Side, Side)> {
    let mut segments: BTreeMap<&Segment, Vec<&Voice>> = BTreeMap::new();
    for ((segment, _), voice) in keys.iter().zip(voices) {
        segments.entry(segment.as_ref()?).or_default().push(voice);
    }
    let mean = |voices: &[&Voice]| voices.iter().map(|voice| voice.adjusted()).sum::<f64>() / voices.len() as f64;
    let by_mean = |a: &(&Segment, Vec<&Voice>), b: &(&Segment, Vec<&Voice>)| mean(&a.1).total_cmp(&mean(&b.1));
    let (lower, lowest) = segments.clone().into_iter().min_by(by_mean)?;
    let (higher, highest) = segments.into_iter().max_by(by_mean)?;
    let of = |segment: &Segment, voices: &[&Voice]| Side { segment: Some(segment.clone()), ..side(voices) };
    apart(&lowest, &highest).then(|| (of(lower, &lowest), of(higher, &highest)))
}
