//! The rules, one by one, as administrators read and set them.

use super::Rules;

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleGroup {
    /// How often customers want to be met.
    InTouch,
    /// When people work.
    Working,
    /// Who is asked for a rating, how often.
    Asking,
    /// When a rating reaches its readers.
    Release,
    /// Which ratings a manager is shown apart.
    Unhappy,
    /// How ratings become a score.
    Score,
}

impl RuleGroup {
    /// All of them, in the order that people read.
    pub const ALL: [Self; 6] = [Self::InTouch, Self::Working, Self::Asking, Self::Release, Self::Unhappy, Self::Score];

    /// The heading above its rules.
    pub fn title(self) -> &'static str {
        match self {
            Self::InTouch => "Staying in touch",
            Self::Working => "Working hours",
            Self::Asking => "Asking customers",
            Self::Release => "When ratings arrive",
            Self::Unhappy => "Not happy",
            Self::Score => "The score",
        }
    }
}

/// One of the [`Rules`].
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// As it is called in [`Rules`], and as a refusal names it.
    pub field: &'static str,
    /// What it is about.
    pub group: RuleGroup,
    /// What is asked.
    pub label: &'static str,
    /// What is counted.
    pub unit: &'static str,
    /// What it does, in one line.
    pub explanation: &'static str,
    /// Reads it.
    pub get: fn(&Rules) -> u16,
    /// Sets it. What is too large becomes the largest that can be held, which [`Rules::check`] refuses.
    pub set: fn(&mut Rules, u16),
}

fn small(value: u16) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// How much a component weighs.
const fn weight(field: &'static str, label: &'static str, get: fn(&Rules) -> u16, set: fn(&mut Rules, u16)) -> Rule {
    let explanation = "In the overall score, among the other components. 0 leaves it out.";
    Rule { field, group: RuleGroup::Score, label, unit: "shares", explanation, get, set }
}

/// All of them, in the order that people read.
pub const RULES: [Rule; 26] = [
    Rule {
        field: "key_ideal_days",
        group: RuleGroup::InTouch,
        label: "Key customers, ideally every",
        unit: "days",
        explanation: "After so long without contact a customer is due. Each customer is key, regular or occasional.",
        get: |rules| rules.key_ideal_days,
        set: |rules, value| rules.key_ideal_days = value,
    },
    Rule {
        field: "key_window_days",
        group: RuleGroup::InTouch,
        label: "Key customers, at the latest every",
        unit: "days",
        explanation: "After so long it counts as neglected. A customer can have a window of its own.",
        get: |rules| rules.key_window_days,
        set: |rules, value| rules.key_window_days = value,
    },
    Rule {
        field: "ideal_days",
        group: RuleGroup::InTouch,
        label: "Regular customers, ideally every",
        unit: "days",
        explanation: "Customers are regular until somebody says otherwise.",
        get: |rules| rules.ideal_days,
        set: |rules, value| rules.ideal_days = value,
    },
    Rule {
        field: "window_days",
        group: RuleGroup::InTouch,
        label: "Regular customers, at the latest every",
        unit: "days",
        explanation: "Days on which whoever looks after a customer is away do not count.",
        get: |rules| rules.window_days,
        set: |rules, value| rules.window_days = value,
    },
    Rule {
        field: "occasional_ideal_days",
        group: RuleGroup::InTouch,
        label: "Occasional customers, ideally every",
        unit: "days",
        explanation: "For those who need little.",
        get: |rules| rules.occasional_ideal_days,
        set: |rules, value| rules.occasional_ideal_days = value,
    },
    Rule {
        field: "occasional_window_days",
        group: RuleGroup::InTouch,
        label: "Occasional customers, at the latest every",
        unit: "days",
        explanation: "A meeting, a call, a message or a drop-in begins the window anew.",
        get: |rules| rules.occasional_window_days,
        set: |rules, value| rules.occasional_window_days = value,
    },
    Rule {
        field: "work_from_hour",
        group: RuleGroup::Working,
        label: "A working day begins at",
        unit: "o’clock",
        explanation: "Outside working hours Today shows only what has a time. Monday to Friday; people can set hours of their own.",
        get: |rules| rules.work_from_hour.into(),
        set: |rules, value| rules.work_from_hour = small(value),
    },
    Rule {
        field: "work_until_hour",
        group: RuleGroup::Working,
        label: "It ends at",
        unit: "o’clock",
        explanation: "From 0 to 24 there are no hours to keep to.",
        get: |rules| rules.work_until_hour.into(),
        set: |rules, value| rules.work_until_hour = small(value),
    },
    Rule {
        field: "ask_contact_every_days",
        group: RuleGroup::Asking,
        label: "Ask a contact at most once in",
        unit: "days",
        explanation: "Over all reps and ways of asking.",
        get: |rules| rules.ask_contact_every_days,
        set: |rules, value| rules.ask_contact_every_days = value,
    },
    Rule {
        field: "ask_contact_per_year",
        group: RuleGroup::Asking,
        label: "Ask a contact in a year at most",
        unit: "times",
        explanation: "Whatever happens in the year, nobody is asked more often.",
        get: |rules| rules.ask_contact_per_year,
        set: |rules, value| rules.ask_contact_per_year = value,
    },
    Rule {
        field: "ask_per_rep_and_day",
        group: RuleGroup::Asking,
        label: "Let a rep ask in a day at most",
        unit: "times",
        explanation: "So that asking stays a question and does not become a round.",
        get: |rules| rules.ask_per_rep_and_day,
        set: |rules, value| rules.ask_per_rep_and_day = value,
    },
    Rule {
        field: "recommend_every_days",
        group: RuleGroup::Asking,
        label: "Ask about recommending you at most once in",
        unit: "days",
        explanation: "The question from 0 to 10, per contact.",
        get: |rules| rules.recommend_every_days,
        set: |rules, value| rules.recommend_every_days = value,
    },
    Rule {
        field: "link_valid_days",
        group: RuleGroup::Asking,
        label: "A rating link works for",
        unit: "days",
        explanation: "After that its page says kindly that it is too late.",
        get: |rules| rules.link_valid_days,
        set: |rules, value| rules.link_valid_days = value,
    },
    Rule {
        field: "release_to_rep_after",
        group: RuleGroup::Release,
        label: "The rep reads a rating after",
        unit: "working mornings",
        explanation: "0 is at once, 1 the next working morning: people answer more freely when nobody reads along.",
        get: |rules| rules.release_to_rep_after.into(),
        set: |rules, value| rules.release_to_rep_after = small(value),
    },
    Rule {
        field: "release_to_manager_after",
        group: RuleGroup::Release,
        label: "The manager reads it after another",
        unit: "working days",
        explanation: "Counted from when the rep gets it, so that the rep can add context first.",
        get: |rules| rules.release_to_manager_after.into(),
        set: |rules, value| rules.release_to_manager_after = small(value),
    },
    Rule {
        field: "unhappy_component",
        group: RuleGroup::Unhappy,
        label: "An answer counts as not happy up to",
        unit: "of 5",
        explanation: "One such answer brings the rating to the manager’s attention.",
        get: |rules| rules.unhappy_component.into(),
        set: |rules, value| rules.unhappy_component = small(value),
    },
    Rule {
        field: "unhappy_recommend",
        group: RuleGroup::Unhappy,
        label: "A recommendation counts as not happy up to",
        unit: "of 10",
        explanation: "The same for the question from 0 to 10.",
        get: |rules| rules.unhappy_recommend.into(),
        set: |rules, value| rules.unhappy_recommend = small(value),
    },
    Rule {
        field: "half_life_days",
        group: RuleGroup::Score,
        label: "A rating counts half after",
        unit: "days",
        explanation: "A change starts a new version of the score from today; what was shown before stays as it was.",
        get: |rules| rules.half_life_days,
        set: |rules, value| rules.half_life_days = value,
    },
    weight(
        "weight_listening",
        "Listening weighs",
        |rules| rules.weight_listening.into(),
        |rules, value| rules.weight_listening = small(value),
    ),
    weight(
        "weight_understanding",
        "Understanding weighs",
        |rules| rules.weight_understanding.into(),
        |rules, value| rules.weight_understanding = small(value),
    ),
    weight("weight_trust", "Trust weighs", |rules| rules.weight_trust.into(), |rules, value| rules.weight_trust = small(value)),
    weight("weight_value", "Value weighs", |rules| rules.weight_value.into(), |rules, value| rules.weight_value = small(value)),
    weight("weight_progress", "Progress weighs", |rules| rules.weight_progress.into(), |rules, value| rules.weight_progress = small(value)),
    Rule {
        field: "reliability_weight",
        group: RuleGroup::Score,
        label: "Reliability weighs",
        unit: "shares",
        explanation: "Promises kept, as customers confirm it, beside the five components in the overall score. 0 leaves them out.",
        get: |rules| rules.reliability_weight.into(),
        set: |rules, value| rules.reliability_weight = small(value),
    },
    Rule {
        field: "step_bar_tenths",
        group: RuleGroup::Score,
        label: "A step is reached at",
        unit: "tenths of a point",
        explanation: "A relationship stands on the highest step up to which every component is likely above this: 40 is 4.0 of 5.",
        get: |rules| rules.step_bar_tenths.into(),
        set: |rules, value| rules.step_bar_tenths = small(value),
    },
    Rule {
        field: "step_probability",
        group: RuleGroup::Score,
        label: "Likely means",
        unit: "in 100",
        explanation: "How sure that has to be.",
        get: |rules| rules.step_probability.into(),
        set: |rules, value| rules.step_probability = small(value),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_can_be_set_and_each_by_its_own_name() {
        let json = serde_json::to_value(Rules::default()).expect("rules are JSON");
        let fields: BTreeSet<&str> = json.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(RULES.iter().map(|rule| rule.field).collect::<BTreeSet<_>>(), fields);
        for rule in RULES {
            let mut rules = Rules::default();
            assert_eq!(json[rule.field], (rule.get)(&rules), "{}", rule.field);
            (rule.set)(&mut rules, 9);
            assert_eq!(serde_json::to_value(&rules).expect("rules are JSON")[rule.field], 9, "{}", rule.field);
        }
    }

    #[test]
    fn what_no_rule_can_hold_is_refused_and_not_cut() {
        for rule in RULES {
            let mut rules = Rules::default();
            (rule.set)(&mut rules, 60_000);
            assert!(rules.check().is_err(), "{}", rule.field);
        }
    }
}
