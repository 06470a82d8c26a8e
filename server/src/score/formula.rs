//! What an organisation set of how ratings become a score, by version: a change starts a new one, and what was shown before stays.

use app::{organisation::Rules, survey::Component};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A version of the formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Formula {
    /// Counted from 1.
    pub version: u32,
    /// Days after which a rating counts half.
    pub half_life_days: u16,
    /// How much each component weighs among the others.
    pub weights: BTreeMap<Component, u8>,
    /// How much Reliability weighs among them.
    pub reliability_weight: u8,
}

impl Formula {
    /// The formula that `rules` ask for: `before`, or a new version of it.
    pub fn of(rules: &Rules, before: Option<&Self>) -> Self {
        let weights = Component::ALL.map(|component| (component, rules.weight(component))).into();
        let same = Self {
            version: before.map_or(1, |before| before.version),
            half_life_days: rules.half_life_days,
            weights,
            reliability_weight: rules.reliability_weight,
        };
        match before {
            Some(before) if *before != same => Self { version: before.version + 1, ..same },
            _ => same,
        }
    }

    /// How much a component weighs.
    pub(super) fn weight(&self, component: Component) -> f64 {
        self.weights.get(&component).copied().map_or(0.0, f64::from)
    }

    /// The part of the overall score that is Reliability, 0 to 1.
    pub(super) fn reliability_part(&self) -> f64 {
        let reliability = f64::from(self.reliability_weight);
        reliability / (reliability + self.weights.values().copied().map(f64::from).sum::<f64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_of_what_the_formula_rests_on_starts_a_version() {
        let rules = Rules::default();
        let first = Formula::of(&rules, None);
        assert_eq!(first.version, 1);
        assert_eq!(Formula::of(&Rules { window_days: 9, ..rules.clone() }, Some(&first)), first);
        let second = Formula::of(&Rules { half_life_days: 90, ..rules.clone() }, Some(&first));
        assert_eq!((second.version, second.half_life_days), (2, 90));
        assert_eq!(Formula::of(&rules, Some(&second)).version, 3, "going back is a change too");
    }

    #[test]
    fn reliability_is_one_part_of_six_by_default_and_none_at_weight_0() {
        let part = |reliability_weight| Formula::of(&Rules { reliability_weight, ..Rules::default() }, None).reliability_part();
        assert!((part(1) - 1.0 / 6.0).abs() < 1e-12);
        assert!(part(0).abs() < 1e-12);
    }
}
