//! The wire: mutations up, rows down. Every released shape stays readable.

mod mutation;
mod problem;
mod row;
mod scope;

use super::Refusal;
use crate::{
    id::{DeviceId, EpochId, MemberId, MutationId},
    time::Timestamp,
};
pub use mutation::Mutation;
pub use problem::{Problem, ProblemCode};
pub use row::{Entity, NotAnEntity, Row};
pub use scope::{NotAScope, Scope};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version of the wire that this build speaks; it reads all before it.
pub const WIRE: u16 = 6;
/// The most mutations in one push: of a queue as long as this, what surrounds each push costs little.
pub const PUSH_MAX: usize = 1000;
/// The most bytes of one push or pull request.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The most changes in one answer to a pull.
pub const PAGE_MAX: usize = 1000;

/// A mutation with what makes it arrive exactly once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<M = Mutation> {
    /// Its id; the key of its receipt.
    pub id: MutationId,
    /// Whose it is.
    pub member: MemberId,
    /// Its number on its device: 1, 2, 3 ... without gaps.
    pub sequence: u64,
    /// The wire that it was written for.
    pub wire: u16,
    /// When it was made, by the phone's clock: for display, never for ordering.
    pub made_at: Timestamp,
    /// The mutation.
    pub mutation: M,
}

impl<M> Envelope<M> {
    /// The same around what `read` makes of the mutation.
    pub fn map<N>(self, read: impl FnOnce(M) -> N) -> Envelope<N> {
        let Self { id, member, sequence, wire, made_at, mutation } = self;
        Envelope { id, member, sequence, wire, made_at, mutation: read(mutation) }
    }
}

/// `POST /api/sync/push`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Push<M = Mutation> {
    /// From which device.
    pub device: DeviceId,
    /// The lowest sequence number that this device has not sent yet, so that the server can tell a gap from what is still to come.
    pub lowest_unsent: u64,
    /// The furthest that this device knows the server to have been, by its receipts and pulls. A server that has not been there was
    /// restored from a backup, and answers [`ProblemCode::Rewound`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Cursor>,
    /// In order of their sequence numbers.
    pub mutations: Vec<Envelope<M>>,
}

/// `POST /api/sync/deliver`: what a device that was revoked still holds. It goes to the quarantine and is never applied. Answered as a push is.
/// Since wire 4.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery<M = Mutation> {
    /// Whose; the session must have been this member's.
    pub member: MemberId,
    /// From which device.
    pub device: DeviceId,
    /// In order of their sequence numbers.
    pub mutations: Vec<Envelope<M>>,
    /// Whether the device holds no more, as far as it knows.
    pub last: bool,
}

/// The answer to a push, given after the commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pushed {
    /// The organisation's epoch.
    pub epoch: EpochId,
    /// One per mutation, in the order sent.
    pub receipts: Vec<Receipt>,
    /// Sequence numbers of this device below `lowest_unsent` that never arrived, at most 100.
    #[serde(default)]
    pub missing: Vec<u64>,
}

/// What became of a mutation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Of which.
    pub mutation: MutationId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a mutation; final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Applied; visible to pulls that reach `sequence`.
    Accepted {
        /// The organisation's sequence of the transaction that applied it.
        sequence: i64,
    },
    /// Never to be applied.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

/// How far a phone has read a scope: all rows up to and with this one, in the order (sequence, entity's text, id). Where a scope is read
/// to the organisation's head, the cursor stands before the first row of the sequence after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The epoch that its sequence belongs to.
    pub epoch: EpochId,
    /// The sequence of the last row read, or the one after the head.
    pub sequence: i64,
    /// Its entity, as text; empty before the first row.
    pub entity: String,
    /// Its key; empty before the first row.
    pub id: String,
}

/// `POST /api/sync/pull`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pull {
    /// The wire that the phone reads.
    pub wire: u16,
    /// For which member; the session must be this member's.
    pub member: MemberId,
    /// How far each known scope was read; scopes left out start at zero.
    pub cursors: Vec<ScopeCursor>,
}

/// How far one scope was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScopeCursor {
    /// Which scope.
    pub scope: Scope,
    /// How far.
    pub cursor: Cursor,
}

/// The answer to a pull.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pulled<C = Change> {
    /// The organisation's epoch.
    pub epoch: EpochId,
    /// Every scope of this member; rows held only by other scopes are to be dropped.
    pub scopes: Vec<Scope>,
    /// Changes, each page to be applied in one transaction together with its cursor.
    pub pages: Vec<Page<C>>,
    /// Whether there is more to pull at once.
    pub more: bool,
}

/// Changes of one scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<C = Change> {
    /// Which scope.
    pub scope: Scope,
    /// Whether this starts the scope anew: what it held before is to be dropped.
    pub fresh: bool,
    /// The changes, in order.
    pub changes: Vec<C>,
    /// How far the scope is read with this page.
    pub cursor: Cursor,
    /// The sequence up to which the scope is completely read with this page.
    pub complete_to: i64,
}

/// A row that came, changed or left a scope.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "SentChange")]
pub struct Change {
    /// Its kind.
    pub entity: Entity,
    /// Its key.
    pub id: String,
    /// The row, or nothing where it left the scope.
    pub row: Option<Row>,
}

/// A [`Change`] on its way: the server copies the body as it is kept, and the phone reads it as what the entity says. An enum that serde
/// tells apart by a field would be read twice, by code that the phone would have to carry twice.
#[derive(Debug, Serialize, Deserialize)]
pub struct SentChange {
    /// Its kind.
    pub entity: Entity,
    /// Its key.
    pub id: String,
    /// The row as JSON, or nothing where it left the scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<RawValue>>,
}

impl TryFrom<SentChange> for Change {
    type Error = serde_json::Error;

    fn try_from(SentChange { entity, id, body }: SentChange) -> Result<Self, serde_json::Error> {
        Ok(Self { entity, id, row: body.map(|body| entity.read(body.get())).transpose()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the first release sends them; never changed.
    const TEAM: &str = r#"{"entity":"team","id":"01a205ab-6c2e-7434-b518-ba6501245526","body":{"id":"01a205ab-6c2e-7434-b518-ba6501245526","name":"North","parent":null}}"#;
    const GONE: &str = r#"{"entity":"touch","id":"01a205ab-6c2e-7434-b518-ba6501245526"}"#;

    #[test]
    fn changes_of_the_first_release_are_still_read() {
        for (sent, comes) in [(TEAM, true), (GONE, false)] {
            let read: SentChange = serde_json::from_str(sent).expect("a change that was released is read");
            assert_eq!(serde_json::to_string(&read).expect("JSON"), sent);
            let read = Change::try_from(read).expect("and its row too");
            assert_eq!(read.row.is_some(), comes);
            assert_eq!(
                read.row.map(|row| row.body()),
                comes.then(|| TEAM[TEAM.find("{\"id\"").expect("a body")..TEAM.len() - 1].to_owned())
            );
        }
    }

    #[test]
    fn what_a_revoked_device_delivers_is_read_as_the_first_release_that_does_sends_it() {
        let sent = r#"{"member":"01a205ab-6c2e-7434-b518-ba6501245528","device":"01a205ab-6c2e-7434-b518-ba6501245526","mutations":[{"id":"01a205ab-6c2e-7434-b518-ba6501245527","member":"01a205ab-6c2e-7434-b518-ba6501245528","sequence":1,"wire":4,"made_at":1780000000000,"mutation":{"delete_touch":{"id":"01a205ab-6c2e-7434-b518-ba6501245529"}}}],"last":false}"#;
        let read: Delivery = serde_json::from_str(sent).expect("a delivery that was released is read");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), sent);
    }

    #[test]
    fn a_body_that_is_not_what_its_entity_says_is_an_error() {
        assert!(serde_json::from_str::<Change>(&TEAM.replace("\"team\"", "\"rating\"")).is_err());
    }
}
