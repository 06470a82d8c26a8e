use super::{Cause, Movement};

/// A [`Movement`] as it is told: in tenths of a point, rounded so that the parts visibly add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenths {
    /// The score then.
    pub from: i32,
    /// The score now: `from` and all parts together.
    pub to: i32,
    /// By cause, without those that round to nothing.
    pub parts: Vec<(Cause, i32)>,
}

impl Movement {
    /// Rounds down every part, then gives what is left to those that lost most by it.
    pub fn in_tenths(&self) -> Tenths {
        let round = |points: f64| (points * 10.0).round() as i32;
        let (from, to) = (round(self.from), round(self.to));
        let lost = |part: f64| part * 10.0 - (part * 10.0).floor();
        let mut parts: Vec<(Cause, i32)> = self.parts.iter().map(|(cause, part)| (*cause, (part * 10.0).floor() as i32)).collect();
        let left = to - from - parts.iter().map(|(_, tenths)| tenths).sum::<i32>();
        let mut by_loss: Vec<(usize, f64)> = self.parts.values().map(|part| lost(*part)).enumerate().collect();
        by_loss.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        for (place, _) in by_loss.into_iter().take(usize::try_from(left).unwrap_or(0)) {
            parts[place].1 += 1;
        }
        parts.retain(|(_, tenths)| *tenths != 0);
        Tenths { from, to, parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn movement(from: f64, parts: &[(Cause, f64)]) -> Movement {
        let to = from + parts.iter().map(|(_, part)| part).sum::<f64>();
        Movement { since: "2026-05-03".parse().expect("a date"), from, to, parts: parts.iter().copied().collect() }
    }

    #[test]
    fn parts_are_rounded_so_that_they_add_up() {
        let told = movement(71.34, &[(Cause::NewRatings, 2.06), (Cause::Ageing, -0.44)]).in_tenths();
        assert_eq!(told, Tenths { from: 713, to: 730, parts: vec![(Cause::NewRatings, 21), (Cause::Ageing, -4)] });
        let told = movement(50.0, &[(Cause::NewRatings, 0.04), (Cause::Ageing, 0.04), (Cause::Refit, -0.01)]).in_tenths();
        assert_eq!(told, Tenths { from: 500, to: 501, parts: vec![(Cause::NewRatings, 1)] }, "of equals the first takes what is left");
        assert_eq!(movement(50.0, &[]).in_tenths(), Tenths { from: 500, to: 500, parts: vec![] });
    }

    proptest! {
        #[test]
        fn whatever_moved_it_adds_up(from in 0.0..100.0, ratings in -30.0..30.0, ageing in -5.0..5.0, refit in -5.0..5.0, version in -9.0..9.0) {
            let parts = [(Cause::NewRatings, ratings), (Cause::Ageing, ageing), (Cause::Refit, refit), (Cause::Version, version)];
            let told = movement(from, &parts).in_tenths();
            prop_assert_eq!(told.from + told.parts.iter().map(|(_, tenths)| tenths).sum::<i32>(), told.to);
            for (cause, tenths) in told.parts {
                let part = parts.iter().find(|(it, _)| *it == cause).expect("a part that was given").1;
                prop_assert!((f64::from(tenths) - part * 10.0).abs() <= 1.0 + 1e-9);
            }
        }
    }
}
