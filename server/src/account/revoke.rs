//! Devices that are shut out for good: their sessions get nobody in any more, but may still hand over what they hold, once, to the quarantine.

use super::{Session, queries, session::read_cookie};
use crate::{
    State, clock,
    db::{Transaction, Writing, execute, fetch_optional},
    error::Error,
};
use app::{
    id::{MemberId, OrganisationId},
    sync::protocol::ProblemCode,
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// The most mutations that one revoked device may hand over: more than months without a network leave behind, and no way to fill a disk.
const DELIVERED_MAX: i64 = 10_000;

/// A session that was revoked; as an extractor it lets in nobody else.
#[derive(Clone, Debug)]
pub struct Revoked {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Whose it was.
    pub member: MemberId,
    id: String,
}

/// Which of a member's sessions to revoke.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// The one of that id.
    One(&'a str),
    /// All but the one of that id.
    AllBut(&'a str),
    /// All.
    All,
}

/// Revokes sessions of a member.
///
/// # Errors
/// The database's.
pub async fn revoke(tx: &mut Transaction, organisation: OrganisationId, member: MemberId, which: Which<'_>) -> Result<(), Error> {
    let (sql, id) = match which {
        Which::One(id) => {
            ("update session set revoked_at = $3 where organisation = $1 and member = $2 and revoked_at is null and id = $4", id)
        }
        Which::AllBut(id) => {
            ("update session set revoked_at = $3 where organisation = $1 and member = $2 and revoked_at is null and id <> $4", id)
        }
        // No session has an empty id.
        Which::All => {
            ("update session set revoked_at = $3 where organisation = $1 and member = $2 and revoked_at is null and id <> $4", "")
        }
    };
    execute!(&mut *tx, sql, organisation.to_string(), member.to_string(), clock::now().0, id)?;
    queries::end_reminders(tx, organisation, member).await
}

/// Takes note that a revoked device hands over `count` mutations, the last of them if `last`: as far as it knew, since something may be saved while it says so.
///
/// # Errors
/// [`ProblemCode::Delivered`] where it has handed over more than it may.
pub async fn note_delivery(writing: &mut Writing, revoked: &Revoked, count: usize, last: bool) -> Result<(), Error> {
    let (organisation, count) = (revoked.organisation.to_string(), count as i64);
    let before = fetch_optional!(
        writing.tx.up_to_date().await?,
        (i64, Option<i64>),
        "select delivered, delivered_at from session where organisation = $1 and id = $2 and revoked_at is not null",
        &organisation,
        &revoked.id
    )?;
    let (delivered, delivered_at) = before.ok_or_else(Error::signed_out)?;
    if delivered + count > DELIVERED_MAX {
        return Err(Error::problem(
            ProblemCode::Delivered,
            "This device has handed over as much as it may. Nothing more is taken from it.",
        ));
    }
    execute!(
        writing.tx.up_to_date().await?,
        "update session set delivered = $3, delivered_at = $4 where organisation = $1 and id = $2",
        &organisation,
        &revoked.id,
        delivered + count,
        delivered_at.or(last.then_some(writing.now.0))
    )?;
    Ok(())
}

impl FromRequestParts<State> for Revoked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Error> {
        let (organisation, token_hash) = read_cookie(&parts.headers, state).ok_or_else(Error::signed_out)?;
        let mut tx = state.db.read().await?;
        let found = queries::revoked(&mut tx, organisation, &token_hash, clock::now()).await?;
        drop(tx);
        match found {
            Some((id, member)) => Ok(Self { organisation, member, id }),
            // Whoever is signed in sends as usual.
            None => Session::from_request_parts(parts, state).await.and(Err(Error::forbidden())),
        }
    }
}
