use crate::{
    account::{Hours, WorkingHours},
    customer::{Tier, WINDOW_DAYS_MAX},
    id::OrganisationId,
    score::COMPONENTS_FOR_OVERALL,
    survey::{Component, SealingKey},
    sync::Refusal,
    text,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A company whose people visit customers. Everything else belongs to exactly one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// As customers know it.
    pub name: String,
    /// Short and public; leads every rating link, so that the right organisation is asked.
    pub code: String,
    /// IANA name, such as `Europe/Amsterdam`; calendar dates are meant in it.
    pub time_zone: String,
    /// Why the organisation asks its customers, in its own words; shown at the first sign-in.
    pub purpose: String,
    /// When the purpose was written.
    pub purpose_dated: NaiveDate,
    /// Where customers read how their answers are handled, in the organisation's words.
    pub privacy_notice: String,
    /// Its rules.
    pub rules: Rules,
    /// What handed-over devices seal answers to.
    pub sealing_key: SealingKey,
}

/// What an administrator may change of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// As customers know it.
    pub name: String,
    /// IANA name; whether there is such a zone only the server knows.
    pub time_zone: String,
    /// Why the organisation asks its customers.
    pub purpose: String,
    /// How answers are handled.
    pub privacy_notice: String,
    /// The rules.
    pub rules: Rules,
}

impl Settings {
    /// Whether they can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("name", &self.name, text::NAME_MAX)?;
        text::check_required("time_zone", &self.time_zone, text::NAME_MAX)?;
        text::check_required("purpose", &self.purpose, text::NOTE_MAX)?;
        text::check_required("privacy_notice", &self.privacy_notice, text::NOTE_MAX)?;
        self.rules.check()
    }
}

/// What an organisation may set. Missing fields take the default, so that older rules stay readable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Days without contact after which a regular customer counts as neglected, unless the customer has its own.
    pub window_days: u16,
    /// Days without contact after which a regular customer is due; no more than `window_days`. It and the seven below since wire 5.
    pub ideal_days: u16,
    /// As `window_days`, for key customers.
    pub key_window_days: u16,
    /// As `ideal_days`, for key customers.
    pub key_ideal_days: u16,
    /// As `window_days`, for occasional customers.
    pub occasional_window_days: u16,
    /// As `ideal_days`, for occasional customers.
    pub occasional_ideal_days: u16,
    /// The hour at which a working day begins, for those who have no hours of their own.
    pub work_from_hour: u8,
    /// The hour at which it ends; from 0 to 24 means that it never does.
    pub work_until_hour: u8,
    /// Days in which a contact is asked at most once.
    pub ask_contact_every_days: u16,
    /// Requests a contact gets in 365 days at most.
    pub ask_contact_per_year: u16,
    /// Requests a rep makes in a day at most.
    pub ask_per_rep_and_day: u16,
    /// Days between two questions about recommending, per contact.
    pub recommend_every_days: u16,
    /// Working mornings until a rating reaches the rep: 0 at once, 1 the next working morning.
    pub release_to_rep_after: u8,
    /// Working days after the rep until it reaches the manager.
    pub release_to_manager_after: u8,
    /// A component at or below this makes a rating unhappy.
    pub unhappy_component: u8,
    /// A likelihood to recommend at or below this makes a rating unhappy.
    pub unhappy_recommend: u8,
    /// Days after which a rating link expires.
    pub link_valid_days: u16,
    /// How much Listening weighs in the overall score, among the others; so with the four below.
    pub weight_listening: u8,
    /// Understanding.
    pub weight_understanding: u8,
    /// Trust.
    pub weight_trust: u8,
    /// Value.
    pub weight_value: u8,
    /// Progress.
    pub weight_progress: u8,
    /// How much Reliability weighs among them.
    pub reliability_weight: u8,
    /// Days after which a rating counts half.
    pub half_life_days: u16,
    /// Points of 1 to 5, in tenths, that a component has to clear for a step of the staircase.
    pub step_bar_tenths: u8,
    /// How probable that has to be, in percent.
    pub step_probability: u8,
}

impl Rules {
    /// Whether the rules make sense together with the scales that they speak of.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        for (field, value, range) in [
            ("window_days", self.window_days, 1..=WINDOW_DAYS_MAX),
            ("ideal_days", self.ideal_days, 1..=WINDOW_DAYS_MAX),
            ("key_window_days", self.key_window_days, 1..=WINDOW_DAYS_MAX),
            ("key_ideal_days", self.key_ideal_days, 1..=WINDOW_DAYS_MAX),
            ("occasional_window_days", self.occasional_window_days, 1..=WINDOW_DAYS_MAX),
            ("occasional_ideal_days", self.occasional_ideal_days, 1..=WINDOW_DAYS_MAX),
            ("work_from_hour", self.work_from_hour.into(), 0..=23),
            ("work_until_hour", self.work_until_hour.into(), 1..=24),
            ("ask_contact_every_days", self.ask_contact_every_days, 1..=365),
            ("ask_contact_per_year", self.ask_contact_per_year, 1..=52),
            ("ask_per_rep_and_day", self.ask_per_rep_and_day, 1..=20),
            ("recommend_every_days", self.recommend_every_days, 1..=365),
            ("release_to_rep_after", self.release_to_rep_after.into(), 0..=10),
            ("release_to_manager_after", self.release_to_manager_after.into(), 0..=10),
            ("unhappy_component", self.unhappy_component.into(), 1..=5),
            ("unhappy_recommend", self.unhappy_recommend.into(), 0..=10),
            ("link_valid_days", self.link_valid_days, 1..=365),
            ("weight_listening", self.weight_listening.into(), 0..=WEIGHT_MAX),
            ("weight_understanding", self.weight_understanding.into(), 0..=WEIGHT_MAX),
            ("weight_trust", self.weight_trust.into(), 0..=WEIGHT_MAX),
            ("weight_value", self.weight_value.into(), 0..=WEIGHT_MAX),
            ("weight_progress", self.weight_progress.into(), 0..=WEIGHT_MAX),
            ("reliability_weight", self.reliability_weight.into(), 0..=WEIGHT_MAX),
            ("half_life_days", self.half_life_days, 30..=3650),
            ("step_bar_tenths", self.step_bar_tenths.into(), 10..=50),
            ("step_probability", self.step_probability.into(), 50..=99),
        ] {
            if !range.contains(&value) {
                return Err(Refusal::invalid(field, &format!("{} to {}", range.start(), range.end())));
            }
        }
        for (field, ideal, most) in [
            ("key_ideal_days", self.key_ideal_days, self.key_window_days),
            ("ideal_days", self.ideal_days, self.window_days),
            ("occasional_ideal_days", self.occasional_ideal_days, self.occasional_window_days),
        ] {
            if ideal > most {
                return Err(Refusal::invalid(field, &format!("at most the {most} days of the latest")));
            }
        }
        if self.work_from_hour >= self.work_until_hour {
            return Err(Refusal::invalid("work_until_hour", "choose an hour later than the beginning"));
        }
        match Component::ALL.into_iter().filter(|component| self.weight(*component) == 0).nth(COMPONENTS_NOT_COUNTED_MAX) {
            Some(component) => {
                let too_few = format!("more than 0: at least {COMPONENTS_FOR_OVERALL} components have to count");
                Err(Refusal::invalid(&format!("weight_{}", component.key()), &too_few))
            }
            None => Ok(()),
        }
    }

    /// How long a customer of `tier` may be without contact: the ideal number of days, and the most.
    pub fn window(&self, tier: Tier) -> (u16, u16) {
        let (ideal, most) = match tier {
            Tier::Key => (self.key_ideal_days, self.key_window_days),
            Tier::Regular => (self.ideal_days, self.window_days),
            Tier::Occasional => (self.occasional_ideal_days, self.occasional_window_days),
        };
        // Rules of before, in which only the most was set, may say less than today's usual ideal.
        (ideal.min(most), most)
    }

    /// The hours of a member who keeps `hours`; absent where there are no hours to keep to.
    pub fn working_hours(&self, hours: &Hours) -> Option<WorkingHours> {
        match hours {
            Hours::Own(own) => Some(own.clone()),
            Hours::Usual if (self.work_from_hour, self.work_until_hour) == (0, 24) => None,
            Hours::Usual => Some(WorkingHours::on_working_days(self.work_from_hour, self.work_until_hour)),
        }
    }

    /// How much `component` weighs among the others.
    pub fn weight(&self, component: Component) -> u8 {
        match component {
            Component::Listening => self.weight_listening,
            Component::Understanding => self.weight_understanding,
            Component::Trust => self.weight_trust,
            Component::Value => self.weight_value,
            Component::Progress => self.weight_progress,
        }
    }
}

/// Components that may weigh nothing, so that a rating can still have enough of the others.
const COMPONENTS_NOT_COUNTED_MAX: usize = Component::ALL.len() - COMPONENTS_FOR_OVERALL;

/// The most that a component weighs.
const WEIGHT_MAX: u16 = 10;

impl Default for Rules {
    fn default() -> Self {
        Self {
            window_days: 45,
            ideal_days: 30,
            key_window_days: 30,
            key_ideal_days: 14,
            occasional_window_days: 180,
            occasional_ideal_days: 90,
            work_from_hour: 0,
            work_until_hour: 24,
            ask_contact_every_days: 30,
            ask_contact_per_year: 6,
            ask_per_rep_and_day: 2,
            recommend_every_days: 90,
            release_to_rep_after: 1,
            release_to_manager_after: 1,
            unhappy_component: 2,
            unhappy_recommend: 4,
            link_valid_days: 30,
            weight_listening: 1,
            weight_understanding: 1,
            weight_trust: 1,
            weight_value: 1,
            weight_progress: 1,
            reliability_weight: 1,
            half_life_days: 180,
            step_bar_tenths: 40,
            step_probability: 80,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stay_on_their_scales() {
        let rules = Rules::default();
        assert_eq!(rules.check(), Ok(()));
        for (rules, field) in [
            (Rules { window_days: 0, ..rules.clone() }, "window_days"),
            (Rules { key_ideal_days: 31, ..rules.clone() }, "key_ideal_days"),
            (Rules { window_days: 29, ..rules.clone() }, "ideal_days"),
            (Rules { work_from_hour: 18, work_until_hour: 8, ..rules.clone() }, "work_until_hour"),
            (Rules { ask_per_rep_and_day: 0, ..rules.clone() }, "ask_per_rep_and_day"),
            (Rules { unhappy_component: 6, ..rules.clone() }, "unhappy_component"),
            (Rules { unhappy_recommend: 11, ..rules.clone() }, "unhappy_recommend"),
            (Rules { link_valid_days: 1000, ..rules.clone() }, "link_valid_days"),
            (Rules { half_life_days: 1, ..rules.clone() }, "half_life_days"),
            (Rules { weight_trust: 0, weight_value: 0, weight_progress: 0, ..rules }, "weight_progress"),
        ] {
            assert!(matches!(rules.check(), Err(Refusal::Invalid { field: found, .. }) if found == field), "{field}");
        }
    }

    #[test]
    fn rules_from_before_there_were_tiers_keep_their_window() {
        let rules: Rules = serde_json::from_str(r#"{"window_days":20}"#).expect("they are read");
        assert_eq!([Tier::Key, Tier::Regular, Tier::Occasional].map(|tier| rules.window(tier)), [(14, 30), (20, 20), (90, 180)]);
    }

    #[test]
    fn there_are_no_hours_until_somebody_sets_them() {
        let rules = Rules::default();
        assert_eq!(rules.working_hours(&Hours::Usual), None);
        let own = WorkingHours::on_working_days(9, 17);
        assert_eq!(rules.working_hours(&Hours::Own(own.clone())), Some(own.clone()));
        assert_eq!(Rules { work_from_hour: 9, work_until_hour: 17, ..rules }.working_hours(&Hours::Usual), Some(own));
    }
}
