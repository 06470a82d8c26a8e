//! Server-side sessions: a random secret in a cookie, its hash in the database.

use crate::{
    State, clock,
    db::{self, Db, Transaction, execute, fetch_optional},
    error::Error,
    random,
};
use app::{
    account::{Actor, Member},
    id::{MemberId, OrganisationId},
    team::Team,
    time::Timestamp,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// Days until a session ends on its own.
const SESSION_DAYS: i64 = 90;

/// A signed-in member; as an extractor it answers 401 where nobody is.
#[derive(Clone, Debug)]
pub struct Session {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Who.
    pub actor: Actor,
}

/// The session's cookie. The `__Host-` prefix makes browsers insist on HTTPS and on no other host having set it.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-qdos" } else { "qdos" }
}

/// Opens a session for a member and returns its cookie.
///
/// # Errors
/// The database's.
pub async fn open_session(db: &Db, organisation: OrganisationId, member: MemberId, https: bool) -> Result<Cookie<'static>, Error> {
    let (secret, now) = (random::secret(), clock::now());
    let mut tx = db.write().await?;
    execute!(
        &mut tx,
        "insert into session (organisation, token_hash, member, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $4, $5)",
        organisation.to_string(),
        random::sha256(&secret),
        member.to_string(),
        now.0,
        now.plus_days(SESSION_DAYS).0
    )?;
    tx.commit().await?;
    Ok(Cookie::build((cookie_name(https), format!("{organisation}.{secret}")))
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        // The server's own date ends the session; the browser is only not to forget it.
        .permanent()
        .build())
}

/// The member that a cookie's value signs in, with the teams that follow; nothing where the session ended or the member may not sign in.
async fn signed_in(tx: &mut Transaction, value: &str, now: Timestamp) -> Result<Option<Session>, Error> {
    let Some((organisation, secret)) = value.split_once('.') else { return Ok(None) };
    let Ok(id) = organisation.parse::<OrganisationId>() else { return Ok(None) };
    let row = fetch_optional!(
        tx,
        (String,),
        "select member from session where organisation = $1 and token_hash = $2 and expires_at > $3",
        organisation,
        random::sha256(secret),
        now.0
    )?;
    let Some((member,)) = row else { return Ok(None) };
    let member: Option<Member> = db::find(tx, organisation, &member).await?;
    let Some(member) = member.filter(|member| member.active) else { return Ok(None) };
    let teams: Vec<Team> = db::all(tx, organisation).await?;
    Ok(Some(Session { organisation: id, actor: Actor::new(member, &teams) }))
}

impl FromRequestParts<State> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Error> {
        let jar = CookieJar::from_headers(&parts.headers);
        let cookie = jar.get(cookie_name(state.config.is_https())).ok_or_else(Error::signed_out)?;
        let mut tx = state.db.read().await?;
        signed_in(&mut tx, cookie.value(), clock::now()).await?.ok_or_else(Error::signed_out)
    }
}
