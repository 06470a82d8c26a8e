//! What phones hold.

use crate::{
    account::{Availability, Member, Viewing},
    calendar::ComingEvents,
    customer::{Contact, Customer, Insight},
    meeting::{Meeting, Touch},
    organisation::Organisation,
    photo::Photo,
    promise::{InsideAsk, Promise},
    quarantine::Settlement,
    recovery::RecoveryCase,
    reflection::{Action, Reflection},
    score::{Month, Score},
    survey::{Invitation, Rating},
    team::Team,
    today::Snooze,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Declares [`Entity`] and [`Row`] from one list, so that they cannot differ.
macro_rules! entities {
    ($($(#[$doc:meta])* $name:ident = $text:literal, |$row:ident| $key:expr;)*) => {
        /// What kind of thing a row is; the name of its table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Entity { $($(#[$doc])* $name,)* }

        impl Entity {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As tables, rows and logs name it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Reads a row's `body` as this kind.
            ///
            /// # Errors
            /// What serde says where the body is of another shape.
            pub fn read(self, body: &str) -> Result<Row, serde_json::Error> {
                Ok(match self { $(Self::$name => Row::$name(serde_json::from_str(body)?),)* })
            }
        }

        /// A thing as phones hold it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Row { $($(#[$doc])* $name($name),)* }

        impl Row {
            /// Its kind.
            pub fn entity(&self) -> Entity {
                match self { $(Self::$name(_) => Entity::$name,)* }
            }

            /// Itself as JSON without its kind, as [`Entity::read`] reads it.
            pub fn body(&self) -> String {
                match self { $(Self::$name(it) => serde_json::to_string(it).expect("rows have a JSON form"),)* }
            }

            /// Names it among its kind.
            pub fn key(&self) -> String {
                match self { $(Self::$name($row) => $key,)* }
            }
        }
    };
}

entities! {
    /// The organisation itself.
    Organisation = "organisation", |it| it.id.to_string();
    /// A team.
    Team = "team", |it| it.id.to_string();
    /// A member.
    Member = "member", |it| it.id.to_string();
    /// A customer.
    Customer = "customer", |it| it.id.to_string();
    /// A contact.
    Contact = "contact", |it| it.id.to_string();
    /// An insight.
    Insight = "insight", |it| it.id.to_string();
    /// A meeting.
    Meeting = "meeting", |it| it.id.to_string();
    /// A touch.
    Touch = "touch", |it| it.id.to_string();
    /// A promise.
    Promise = "promise", |it| it.id.to_string();
    /// A reflection.
    Reflection = "reflection", |it| it.id.to_string();
    /// An action.
    Action = "action", |it| it.id.to_string();
    /// An invitation.
    Invitation = "invitation", |it| it.id.to_string();
    /// A released rating.
    Rating = "rating", |it| it.id.to_string();
    /// A score.
    Score = "score", |it| Score::key(it.member, it.audience);
    /// A look at a rep's data.
    Viewing = "viewing", |it| it.id.to_string();
    /// What the member is shown of a month that is over. Since wire 3.
    Month = "month", |it| Month::key(it.member, it.first_day);
    /// What an administrator decided about a refused mutation. Since wire 4.
    Settlement = "settlement", |it| it.id.to_string();
    /// When a member works. Since wire 5.
    Availability = "availability", |it| it.member.to_string();
    /// What a member put off. Since wire 5.
    Snooze = "snooze", |it| Snooze::key(it.member, it.subject);
    /// A customer's wish, put to a colleague. Since wire 5.
    InsideAsk = "inside_ask", |it| it.id.to_string();
    /// Something to be made right with a customer. Since wire 5.
    RecoveryCase = "recovery_case", |it| it.id.to_string();
    /// What is coming in a member's calendar elsewhere. Since wire 6.
    ComingEvents = "coming_events", |it| it.member.to_string();
    /// A photo of a meeting or a promise; what it shows is asked for apart. Since wire 6.
    Photo = "photo", |it| it.id.to_string();
}

impl FromStr for Entity {
    type Err = NotAnEntity;

    fn from_str(text: &str) -> Result<Self, NotAnEntity> {
        Self::ALL.iter().copied().find(|entity| entity.as_str() == text).ok_or_else(|| NotAnEntity(text.to_owned()))
    }
}

/// The text names no entity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an entity: {0}")]
pub struct NotAnEntity(String);
