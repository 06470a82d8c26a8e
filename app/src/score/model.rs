use crate::{
    customer::CustomerSize,
    id::{CustomerId, MemberId, RatingId},
    meeting::MeetingFormat,
    survey::{Component, Coverage, POINT_MAX},
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Points of 0 to 100 that one point of 1 to 5 is.
pub const PER_POINT: f64 = 100.0 / (POINT_MAX - 1) as f64;

/// Points of 1 to 5 on the score's scale: 0 ('not at all') to 100 ('completely'). What lies beyond an end is at it.
pub fn scale(points: f64) -> f64 {
    ((points - 1.0) * PER_POINT).clamp(0.0, 100.0)
}

/// An estimate on the scale 0 ('not at all') to 100 ('completely').
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Ratings behind it.
    pub ratings: u32,
    /// Customers who gave them.
    pub customers: u32,
}

/// How an estimate moved against the quarter before, in points of 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreChange {
    /// By how much.
    pub by: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
}

impl ScoreChange {
    /// Whether the interval leaves no doubt about the direction; 'no clear change' is the usual and honest answer.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// How much single ratings of a component scatter around what a rep's customers think on average: standard deviations on the scale 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Between customers; people of one customer scatter around it as much again.
    pub customer: f64,
    /// Between ratings by the same person.
    pub residual: f64,
}

impl Spread {
    /// What is believed before any rating (scoring service, 'Small organisations'): half a point of five between customers and as much
    /// between their people, 0.65 of one between ratings.
    pub const BELIEVED: Self = Self { customer: 0.5 * PER_POINT, residual: 0.65 * PER_POINT };
}

/// Promises kept, as customers confirm it, on the scale 0 ('never') to 100 ('always').
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    /// The estimate.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Promises that customers spoke of.
    pub promises: u32,
}

/// The Net Promoter Score, -100 to 100: beside the score, never in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetPromoter {
    /// The share of promoters (9 and 10) less that of detractors (0 to 6), in points of 100.
    pub net: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// People whose latest answer counts.
    pub answers: u32,
}

/// Components that a rating needs to count for the overall score.
pub const COMPONENTS_FOR_OVERALL: usize = 3;
/// Answers before a Net Promoter Score is told.
pub const ANSWERS_FOR_NET_PROMOTER: u32 = 5;
/// People whom an average or a comparison rests on at least.
pub const PEOPLE_FOR_COMPARISON: usize = 5;

/// How a rep stands to the mean of the organisation's reps: a band, never a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The ratings do not yet say more about this rep than what holds for everybody.
    TooEarly,
    /// Above, at least [`Certainty::Likely`].
    Above(Certainty),
    /// Neither is likely enough.
    About,
    /// Below, at least [`Certainty::Likely`].
    Below(Certainty),
}

/// How sure a band is. In words only: digits would make a list of reps a rank list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// At least 9 in 10.
    Likely,
    /// At least 99 in 100.
    VeryLikely,
}

/// How a rep stands to those colleagues who are rated for similar meetings. Nobody is better or worse for what the meetings were for: the model
/// adjusts every score for formats. But who mostly negotiates may want to be held to others who do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Similar {
    /// What the rated meetings of all of them were for.
    pub mix: FormatMix,
    /// To the mean of those reps.
    pub standing: Standing,
}

/// What somebody's rated meetings are for, each as much as its rating weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormatMix {
    /// More than half of them for the same.
    Mostly(MeetingFormat),
    /// For this and that.
    Mixed,
}

/// What something does to a score, in words: the exact amount would reveal colleagues' ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pull {
    /// Lowers it by 3 points of 100 or more.
    MuchDown,
    /// Lowers it.
    Down,
    /// By less than half a point.
    Hardly,
    /// Raises it.
    Up,
    /// Raises it by 3 points of 100 or more.
    MuchUp,
}

impl Pull {
    /// Of `points` of 100.
    pub fn of(points: f64) -> Self {
        match points {
            _ if points <= -3.0 => Self::MuchDown,
            _ if points <= -0.5 => Self::Down,
            _ if points < 0.5 => Self::Hardly,
            _ if points < 3.0 => Self::Up,
            _ => Self::MuchUp,
        }
    }
}

/// Why a score is another than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Ratings and confirmed promises that came.
    NewRatings,
    /// Time: older ratings weigh less.
    Ageing,
    /// Ratings that were excluded, counted again or corrected.
    Exclusions,
    /// What all ratings together say about how reps and customers differ was estimated anew.
    Refit,
    /// Another version of the formula.
    Version,
}

/// What moved the overall score since a day, in points of 100. The parts add up to the difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// Since the end of that day.
    pub since: NaiveDate,
    /// The score then.
    pub from: f64,
    /// The score now.
    pub to: f64,
    /// By cause; what moved nothing is absent.
    pub parts: BTreeMap<Cause, f64>,
}

/// Customers who see the same rep clearly differently, in one component: those on two sides, or, where it is so, those of two segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// In which component.
    pub component: Component,
    /// Those who gave less.
    pub lower: Side,
    /// Those who gave more.
    pub higher: Side,
}

/// One side of a [`Disagreement`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Mean of the raters' means, 1 to 5.
    pub mean: f64,
    /// How many raters.
    pub raters: u32,
    /// How many of them hid their name from the rep in some rating. For managers, who read each of those ratings by name and so learn from
    /// it only what to keep to themselves; 0 in what the rep pulls, which rests on no such rating.
    #[serde(default)]
    pub hidden: u32,
    /// Their customers, as far as the audience may know them.
    pub customers: BTreeSet<CustomerId>,
    /// What they have in common, where that tells the sides apart. Since wire 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Segment>,
}

/// A kind of customers, or of meetings, that may see a rep alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Customers that do the same.
    Industry(String),
    /// Customers of one size.
    Size(CustomerSize),
    /// Meetings for the same.
    Format(MeetingFormat),
}

/// The overall score as it stood at the end of a day. Written once, whatever the formula becomes later.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastScore {
    /// Which day.
    pub on: NaiveDate,
    /// The estimate.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// By which version of the formula.
    pub formula: u32,
}

/// For whom a score was computed: each rests only on the ratings released to that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The rep, from the first rating on.
    Rep,
    /// The rep's managers, from [`RATINGS_FOR_MANAGER`] ratings by [`CUSTOMERS_FOR_MANAGER`] customers on.
    Manager,
}

impl Audience {
    /// Both, in the order in which scores are computed.
    pub const ALL: [Self; 2] = [Self::Rep, Self::Manager];

    /// As keys and tables name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::Manager => "manager",
        }
    }
}

/// Ratings before a manager sees a rep's score.
pub const RATINGS_FOR_MANAGER: u32 = 5;
/// Customers before a manager sees a rep's score.
pub const CUSTOMERS_FOR_MANAGER: u32 = 3;

/// A rep's score as one audience sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Whose it is.
    pub member: MemberId,
    /// Who sees it.
    pub audience: Audience,
    /// When it was computed.
    pub computed_at: Timestamp,
    /// Ratings behind it.
    pub ratings: u32,
    /// Customers behind it; to the rep, whoever hides the name is one more.
    pub customers: u32,
    /// The score over all components; absent while there are too few ratings for this audience.
    pub overall: Option<Estimate>,
    /// Per component that was rated.
    #[serde(default)]
    pub components: BTreeMap<Component, Estimate>,
    /// How much ratings of each component scatter, in whole points; for the rep only, and absent where fewer than
    /// [`PEOPLE_FOR_COMPARISON`] reps or customers taught it. Since wire 5.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub spread: BTreeMap<Component, Spread>,
    /// How the overall score moved against the quarter before.
    #[serde(default)]
    pub change: Option<ScoreChange>,
    /// How often the rep asked, over the last 90 days.
    #[serde(default)]
    pub coverage: Coverage,
    /// Promises kept; absent while no customer of the organisation confirmed any.
    #[serde(default)]
    pub reliability: Option<Reliability>,
    /// Whether this rep's customers recommend the organisation; absent below [`ANSWERS_FOR_NET_PROMOTER`] answers.
    #[serde(default)]
    pub net_promoter: Option<NetPromoter>,
    /// Against the mean of the reps; absent where fewer than [`PEOPLE_FOR_COMPARISON`] others are rated.
    #[serde(default)]
    pub standing: Option<Standing>,
    /// Against those whose meetings are similar; absent where fewer than [`PEOPLE_FOR_COMPARISON`] others are, or all. Since wire 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similar: Option<Similar>,
    /// Whether no customer connects all the reps compared, so that the comparison takes customers to be equally strict on average.
    #[serde(default)]
    pub apart: bool,
    /// What each rating that the rep may see does to the overall score; for the rep only.
    #[serde(default)]
    pub pulls: BTreeMap<RatingId, Pull>,
    /// What ratings with a hidden name do to it together; absent where there are none.
    #[serde(default)]
    pub hidden_pull: Option<Pull>,
    /// What it does to the overall score how these customers rate others.
    #[serde(default)]
    pub raters_pull: Option<Pull>,
    /// What moved the overall score over the last week.
    #[serde(default)]
    pub movement: Option<Movement>,
    /// Where customers clearly disagree.
    #[serde(default)]
    pub disagreements: Vec<Disagreement>,
    /// The highest step of the staircase up to which every component clears the bar, per customer; absent where the first does not.
    #[serde(default)]
    pub steps: BTreeMap<CustomerId, Component>,
    /// The most ratings given on the rep's own device within ten minutes.
    #[serde(default)]
    pub burst: u32,
    /// The overall score week by week, oldest first.
    #[serde(default)]
    pub past: Vec<PastScore>,
    /// The version of the formula.
    #[serde(default)]
    pub formula: u32,
}

impl Score {
    /// A score that says nothing yet.
    pub fn unknown(member: MemberId, audience: Audience, computed_at: Timestamp) -> Self {
        Self {
            member,
            audience,
            computed_at,
            ratings: 0,
            customers: 0,
            overall: None,
            components: BTreeMap::new(),
            spread: BTreeMap::new(),
            change: None,
            coverage: Coverage::default(),
            reliability: None,
            net_promoter: None,
            standing: None,
            similar: None,
            apart: false,
            pulls: BTreeMap::new(),
            hidden_pull: None,
            raters_pull: None,
            movement: None,
            disagreements: Vec::new(),
            steps: BTreeMap::new(),
            burst: 0,
            past: Vec::new(),
            formula: 0,
        }
    }

    /// Names the score among rows: member and audience.
    pub fn key(member: MemberId, audience: Audience) -> String {
        format!("{member}-{}", audience.as_str())
    }
}
