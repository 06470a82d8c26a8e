use crate::survey::POINT_MAX;

/// Ratings before their distribution is drawn: two bars say nothing that two rows do not.
pub const RATINGS_FOR_DISTRIBUTION: u32 = 3;

/// How often one point was given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which of the five.
    pub point: u8,
    /// How many ratings gave it.
    pub count: u32,
    /// How long the bar is; the longest is 100.
    pub length: f64,
}

/// How often each point was given, from 5 ('completely') to 1, or nothing while there are too few.
pub fn distribution(points: impl IntoIterator<Item = u8>) -> Option<Vec<Bar>> {
    let mut counts = [0_u32; POINT_MAX as usize];
    for point in points {
        if let Some(count) = usize::from(point).checked_sub(1).and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let most = counts.into_iter().max().unwrap_or(0);
    let bar = |(point, count): (u8, u32)| Bar { point, count, length: 100.0 * f64::from(count) / f64::from(most) };
    (counts.iter().sum::<u32>() >= RATINGS_FOR_DISTRIBUTION).then(|| (1..=POINT_MAX).zip(counts).rev().map(bar).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_counted_from_the_best() {
        let bars = distribution([4, 5, 4, 2, 4]).expect("enough");
        let told: Vec<_> = bars.iter().map(|bar| (bar.point, bar.count, bar.length.round())).collect();
        assert_eq!(told, [(5, 1, 33.0), (4, 3, 100.0), (3, 0, 0.0), (2, 1, 33.0), (1, 0, 0.0)]);
    }

    #[test]
    fn few_ratings_are_not_drawn() {
        assert_eq!(distribution([]), None);
        assert_eq!(distribution([5, 1]), None);
        assert_eq!(distribution([5, 1, 0, 9]), None, "what is no point does not count");
    }
}
