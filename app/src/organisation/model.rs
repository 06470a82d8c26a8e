use crate::{
    id::{OrganisationId, SealingKeyId},
    survey::SealingKey,
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

impl Organisation {
    /// The id of the key that answers are sealed to now.
    pub fn sealing_key_id(&self) -> SealingKeyId {
        self.sealing_key.id
    }
}

/// What an organisation may set. Missing fields take the default, so that older rules stay readable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Days without contact after which a customer counts as neglected, unless the customer has its own.
    pub window_days: u16,
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
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            window_days: 45,
            ask_contact_every_days: 30,
            ask_contact_per_year: 6,
            ask_per_rep_and_day: 2,
            recommend_every_days: 90,
            release_to_rep_after: 1,
            release_to_manager_after: 1,
            unhappy_component: 2,
            unhappy_recommend: 4,
            link_valid_days: 30,
        }
    }
}
