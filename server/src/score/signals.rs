//! What beside a score tells how far to trust it.

use super::ratings::count;
use app::{survey::Way, time::Timestamp};

/// Ratings given on one device within this long look like one hand.
const BURST_MILLIS: i64 = 10 * 60 * 1000;

/// The most of one rep's ratings that were given on the rep's own device within any ten minutes: people at one table pass it around, a
/// whole day's customers do not.
pub fn burst(ratings: impl IntoIterator<Item = (Way, Timestamp)>) -> u32 {
    let mut given: Vec<i64> = ratings.into_iter().filter(|(way, _)| *way == Way::Handover).map(|(_, at)| at.0).collect();
    given.sort_unstable();
    let from = |first: usize| given[first..].partition_point(|at| at - given[first] <= BURST_MILLIS);
    (0..given.len()).map(|first| count(from(first))).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn a_burst_is_the_most_within_ten_minutes_on_the_reps_own_device() {
        for (minutes, expected) in [
            (&[] as &[i64], 0),
            (&[7], 1),
            (&[0, 10], 2),
            (&[0, 11], 1),
            (&[0, 6, 12, 18], 2),
            (&[30, 0, 31, 4, 33, 32], 4),
            (&[0, 0, 0], 3),
        ] {
            let ratings = minutes.iter().map(|at| (Way::Handover, Timestamp(at * MINUTE)));
            assert_eq!(burst(ratings), expected, "{minutes:?}");
        }
    }

    #[test]
    fn what_customers_give_on_their_own_devices_is_no_burst() {
        let ratings = [(Way::Link, Timestamp(0)), (Way::Link, Timestamp(1)), (Way::Handover, Timestamp(2))];
        assert_eq!(burst(ratings), 1);
    }
}
