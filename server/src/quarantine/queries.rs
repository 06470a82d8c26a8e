use crate::{
    db::{Transaction, fetch_all, fetch_optional, read_kept},
    error::Error,
};
use app::{
    id::{MemberId, MutationId},
    quarantine::Settlement,
    sync::{Refusal, protocol::Mutation},
    time::Timestamp,
};
use sqlx::AssertSqlSafe;

/// The most that a list tells; more than that is no list that anybody works through.
const SHOWN_MAX: i64 = 300;

/// A refused mutation as kept, and what was decided about it.
pub(super) struct Kept {
    pub(super) id: MutationId,
    pub(super) member: MemberId,
    /// JSON of the mutation as it was sent.
    pub(super) body: String,
    pub(super) refusal: Refusal,
    pub(super) received_at: Timestamp,
    pub(super) settlement: Option<Settlement>,
}

/// Reads [`Columns`] of an organisation.
const KEPT: &str =
    "select quarantine.mutation, quarantine.member, quarantine.body, quarantine.refusal, quarantine.received_at, settlement.body
    from quarantine
    left join settlement on settlement.organisation = quarantine.organisation and settlement.id = quarantine.mutation
    where quarantine.organisation = $1";

type Columns = (String, String, String, String, i64, Option<String>);

impl Kept {
    /// The mutation, if this server can read it.
    pub(super) fn mutation(&self) -> Option<Mutation> {
        serde_json::from_str(&self.body).ok()
    }

    fn read((id, member, body, refusal, received_at, settlement): Columns) -> Result<Self, Error> {
        Ok(Self {
            id: read_kept(&id)?,
            member: read_kept(&member)?,
            body,
            refusal: serde_json::from_str(&refusal)?,
            received_at: Timestamp(received_at),
            settlement: settlement.map(|body| serde_json::from_str(&body)).transpose()?,
        })
    }
}

/// What waits for a decision, then what was decided, each with the latest first.
pub(super) async fn all(tx: &mut Transaction, organisation: &str) -> Result<Vec<Kept>, Error> {
    let sql = format!(
        "{KEPT} order by settlement.id is not null, quarantine.received_at desc, quarantine.mutation desc
        limit $2"
    );
    let rows = fetch_all!(tx, Columns, AssertSqlSafe(sql.as_str()), organisation, SHOWN_MAX)?;
    rows.into_iter().map(Kept::read).collect()
}

/// The one of that mutation, the first that came of it.
pub(super) async fn find(tx: &mut Transaction, organisation: &str, id: MutationId) -> Result<Option<Kept>, Error> {
    let sql = format!(
        "{KEPT} and quarantine.mutation = $2
        order by quarantine.received_at
        limit 1"
    );
    let row = fetch_optional!(tx, Columns, AssertSqlSafe(sql.as_str()), organisation, id.to_string())?;
    row.map(Kept::read).transpose()
}
