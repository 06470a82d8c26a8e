use serde::{Deserialize, Serialize};

/// The most ranges that are remembered. A device that counts as it should has one; another is told that it lost what lies beyond.
const RANGES_MAX: usize = 1000;

/// The numbers of a device's mutations that have arrived: ranges from the first to the last, ascending, with gaps between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Arrived(Vec<(u64, u64)>);

impl Arrived {
    /// A number came, perhaps again.
    pub fn add(&mut self, number: u64) {
        let at = self.0.partition_point(|(_, last)| last + 1 < number);
        match self.0.get_mut(at) {
            Some((first, last)) if *first <= number + 1 => {
                *first = number.min(*first);
                *last = number.max(*last);
                let end = *last;
                if let Some((next, last)) = self.0.get(at + 1).copied()
                    && next == end + 1
                {
                    self.0[at].1 = last;
                    self.0.remove(at + 1);
                }
            }
            _ => self.0.insert(at, (number, number)),
        }
        self.0.truncate(RANGES_MAX);
    }

    /// The numbers from 1 on and below `below` that never came, at most `most`, ascending.
    pub fn missing(&self, below: u64, most: usize) -> Vec<u64> {
        let starts = std::iter::once(1).chain(self.0.iter().map(|(_, last)| last + 1));
        let ends = self.0.iter().map(|(first, _)| *first).chain([u64::MAX]);
        starts.zip(ends).flat_map(|(start, end)| start..end.min(below)).take(most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_device_that_counts_as_it_should_has_one_range() {
        let mut arrived = Arrived::default();
        (1..=500).for_each(|number| arrived.add(number));
        assert_eq!(arrived, Arrived(vec![(1, 500)]));
        assert_eq!(arrived.missing(501, 10), [0; 0]);
        assert_eq!(arrived.missing(504, 10), [501, 502, 503]);
        assert_eq!(arrived.missing(u64::MAX, 2), [501, 502]);
    }

    #[test]
    fn a_device_that_counts_at_random_cannot_fill_the_database() {
        let mut arrived = Arrived::default();
        (1..=3000).for_each(|number| arrived.add(2 * number));
        assert_eq!(arrived.0.len(), RANGES_MAX);
        assert_eq!(arrived.missing(u64::MAX, 2), [1, 3]);
    }

    proptest! {
        #[test]
        fn what_is_missing_is_what_never_came_in_whatever_order_the_rest_did(numbers in prop::collection::vec(1_u64..60, 0..80), below in 0_u64..70) {
            let mut arrived = Arrived::default();
            numbers.iter().for_each(|number| arrived.add(*number));
            let came: BTreeSet<u64> = numbers.into_iter().collect();
            let expected: Vec<u64> = (1..below).filter(|number| !came.contains(number)).collect();
            prop_assert_eq!(arrived.missing(below, 100), expected);
            prop_assert!(arrived.0.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0), "{:?}", arrived);
        }
    }
}
