//! Links in stock: a phone asks for some while it has network, so that it can show a QR code without.

use super::link::Link;
use crate::{
    State,
    account::Session,
    clock,
    db::{Transaction, Writing, execute, fetch_optional},
    error::Error,
    organisation,
};
use app::{
    id::MemberId,
    organisation::Organisation,
    survey::{StockToken, TokenHash},
    sync::{Refusal, protocol::ProblemCode},
    time::Timestamp,
};
use axum::{Json, extract, extract::rejection::JsonRejection};
use serde::Deserialize;

/// The most links in one answer.
const WANTED_MAX: u16 = 50;
/// The most links that a member gets in a day: far more than anybody meets customers.
const PER_DAY_MAX: i64 = 200;
/// Days that a link may lie in stock.
const STOCK_DAYS: i64 = 400;

/// `POST /api/survey/tokens`: how many.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Wanted {
    wanted: u16,
}

/// Issues links to the member who is signed in.
///
/// # Errors
/// [`ProblemCode::TooLarge`] beyond 50 at once, [`ProblemCode::Busy`] beyond 200 a day.
pub(super) async fn issue(
    extract::State(state): extract::State<State>,
    session: Session,
    body: Result<Json<Wanted>, JsonRejection>,
) -> Result<Json<Vec<StockToken>>, Error> {
    let Json(Wanted { wanted }) = body?;
    if wanted > WANTED_MAX {
        return Err(Error::problem(ProblemCode::TooLarge, &format!("Ask for at most {WANTED_MAX} links at once.")));
    }
    let (id, member, now) = (session.organisation.to_string(), session.actor.member.id.to_string(), clock::now());
    let mut tx = state.db.write().await?;
    let organisation = organisation::find(&mut tx, session.organisation).await?.ok_or_else(Error::not_found)?;
    let sql = "select count(*) from token where organisation = $1 and member = $2 and issued_at > $3";
    let (today,) = fetch_optional!(&mut tx, (i64,), sql, &id, &member, now.plus_days(-1).0)?.unwrap_or_default();
    if today + i64::from(wanted) > PER_DAY_MAX {
        return Err(Error::problem(ProblemCode::Busy, "You have had many rating links today. Ask again tomorrow."));
    }
    let links = keep(&mut tx, &organisation, session.actor.member.id, wanted, now).await?;
    tx.commit().await?;
    Ok(Json(links))
}

/// Makes links for a member's stock.
///
/// # Errors
/// The database's.
pub async fn keep(
    tx: &mut Transaction,
    organisation: &Organisation,
    member: MemberId,
    wanted: u16,
    now: Timestamp,
) -> Result<Vec<StockToken>, Error> {
    let links: Vec<Link> = (0..wanted).map(|_| Link::new(&organisation.code)).collect();
    for link in &links {
        execute!(
            tx,
            "insert into token (organisation, hash, member, issued_at, expires_at) values ($1, $2, $3, $4, $5)",
            organisation.id.to_string(),
            link.hash(),
            member.to_string(),
            now.0,
            now.plus_days(STOCK_DAYS).0
        )?;
    }
    Ok(links.into_iter().map(StockToken::from).collect())
}

/// Binds a link of `member`'s stock to a request; from now on it expires as a request does.
///
/// # Errors
/// [`Refusal::Invalid`] where the link is not of this member's stock or was bound before.
pub(super) async fn bind(
    writing: &mut Writing,
    member: MemberId,
    invitation: &str,
    token: &TokenHash,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let taken = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String,),
        "select id from invitation where organisation = $1 and token_hash = $2",
        &organisation,
        &token.0
    )?;
    let moved = execute!(
        writing.tx.up_to_date().await?,
        "update token set expires_at = $4 where organisation = $1 and hash = $2 and member = $3",
        &organisation,
        &token.0,
        member.to_string(),
        expires_at.0
    )?;
    if taken.is_some() || moved == 0 {
        return Err(Refusal::invalid("token", "show the customer another link").into());
    }
    execute!(
        writing.tx.up_to_date().await?,
        "update invitation set token_hash = $3 where organisation = $1 and id = $2",
        &organisation,
        invitation,
        &token.0
    )?;
    Ok(())
}

/// The organisation that a code leads to.
pub(super) async fn organisation_of(tx: &mut Transaction, code: &str) -> Result<Option<Organisation>, Error> {
    let row = fetch_optional!(tx, (String,), "select body from organisation where code = $1", code)?;
    row.map(|(body,)| serde_json::from_str(&body).map_err(Error::from)).transpose()
}
