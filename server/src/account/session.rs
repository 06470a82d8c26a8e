//! Server-side sessions: a random secret in a cookie, its hash in the database.

use super::queries;
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
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// Days until a session ends on its own, counted from its last rotation.
const SESSION_DAYS: i64 = 90;
/// Days after which a session gets a new secret.
const ROTATION_DAYS: i64 = 7;
/// Milliseconds after which it is noted again that a session was seen: often enough for a list, seldom enough to cost nothing.
const SEEN_EVERY: i64 = 15 * 60_000;
/// Characters that are kept of what a browser says of itself.
const AGENT_MAX: usize = 300;

/// A signed-in member; as an extractor it answers 401 where nobody is, and tells a session that was revoked from one that ended.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id, which gives no access.
    pub id: String,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Who.
    pub actor: Actor,
    /// SHA-256 of the secret that the cookie held.
    token_hash: String,
}

/// The session's cookie. The `__Host-` prefix makes browsers insist on HTTPS and on no other host having set it.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-qdos" } else { "qdos" }
}

/// Opens a session for a member in the browser that calls itself `agent`, and returns its cookie.
///
/// # Errors
/// The database's.
pub async fn open_session(
    db: &Db,
    organisation: OrganisationId,
    member: MemberId,
    agent: &str,
    https: bool,
) -> Result<Cookie<'static>, Error> {
    let mut tx = db.write().await?;
    let cookie = open_session_in(&mut tx, organisation, member, agent, https).await?;
    tx.commit().await?;
    Ok(cookie)
}

/// [`open_session`] in a transaction under way.
///
/// # Errors
/// The database's.
pub async fn open_session_in(
    tx: &mut Transaction,
    organisation: OrganisationId,
    member: MemberId,
    agent: &str,
    https: bool,
) -> Result<Cookie<'static>, Error> {
    let (secret, now) = (random::secret(), clock::now());
    // Those that ended on their own go when their member comes back.
    execute!(
        &mut *tx,
        "delete from session where organisation = $1 and member = $2 and expires_at <= $3",
        organisation.to_string(),
        member.to_string(),
        now.0
    )?;
    queries::end_reminders(tx, organisation, member).await?;
    execute!(
        tx,
        "insert into session (organisation, id, token_hash, member, agent, created_at, rotated_at, seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $6, $6, $7)",
        organisation.to_string(),
        random::uuid().to_string(),
        random::sha256(&secret),
        member.to_string(),
        agent.chars().take(AGENT_MAX).collect::<String>(),
        now.0,
        now.plus_days(SESSION_DAYS).0
    )?;
    Ok(cookie(organisation, &secret, https))
}

/// The cookie that takes a session out of the browser.
pub fn no_cookie(https: bool) -> Cookie<'static> {
    let mut cookie = build(String::new(), https);
    cookie.make_removal();
    cookie
}

fn cookie(organisation: OrganisationId, secret: &str, https: bool) -> Cookie<'static> {
    let mut cookie = build(format!("{organisation}.{secret}"), https);
    // The server's own date ends the session; the browser is only not to forget it.
    cookie.make_permanent();
    cookie
}

fn build(value: String, https: bool) -> Cookie<'static> {
    Cookie::build((cookie_name(https), value)).path("/").http_only(true).secure(https).same_site(SameSite::Lax).build()
}

/// Notes that a session was seen and, once a week, gives it a new secret. The one before stays good until the new one was seen, so that
/// an answer lost on the way signs nobody out. Returns the new cookie, if there is one.
///
/// # Errors
/// The database's.
pub async fn refresh(db: &Db, session: &Session, now: Timestamp, https: bool) -> Result<Option<Cookie<'static>>, Error> {
    let (organisation, secret) = (session.organisation.to_string(), random::secret());
    let (rotate_before, seen_before) = (now.plus_days(-ROTATION_DAYS).0, now.0 - SEEN_EVERY);
    let mut tx = db.read().await?;
    let due = fetch_optional!(
        &mut tx,
        (bool, bool),
        "select rotated_at < $3 or token_hash <> $4, seen_at < $5 or previous_hash is not null
        from session
        where organisation = $1 and id = $2",
        &organisation,
        &session.id,
        rotate_before,
        &session.token_hash,
        seen_before
    )?;
    drop(tx);
    let Some((rotate, note)) = due else { return Ok(None) };
    if !rotate && !note {
        return Ok(None);
    }
    let mut tx = db.write().await?;
    if rotate {
        execute!(
            &mut tx,
            "update session
            set token_hash = $3, previous_hash = $4, rotated_at = $5, seen_at = $5, expires_at = $6
            where organisation = $1 and id = $2",
            &organisation,
            &session.id,
            random::sha256(&secret),
            &session.token_hash,
            now.0,
            now.plus_days(SESSION_DAYS).0
        )?;
    } else {
        execute!(
            &mut tx,
            "update session set previous_hash = null, seen_at = $3 where organisation = $1 and id = $2 and token_hash = $4",
            &organisation,
            &session.id,
            now.0,
            &session.token_hash
        )?;
    }
    tx.commit().await?;
    Ok(rotate.then(|| cookie(session.organisation, &secret, https)))
}

/// The organisation and the hash of the secret that the session's cookie names, if there is one.
pub(super) fn read_cookie(headers: &HeaderMap, state: &State) -> Option<(OrganisationId, String)> {
    let jar = CookieJar::from_headers(headers);
    let (organisation, secret) = jar.get(cookie_name(state.config.is_https()))?.value().split_once('.')?;
    Some((organisation.parse().ok()?, random::sha256(secret)))
}

/// The member that a session's secret signs in, with the teams that follow.
async fn signed_in(tx: &mut Transaction, organisation: OrganisationId, token_hash: String, now: Timestamp) -> Result<Session, Error> {
    let Some((session, member)) = queries::session(tx, organisation, &token_hash, now).await? else {
        let revoked = queries::revoked(tx, organisation, &token_hash, now).await?;
        return Err(revoked.map_or_else(Error::signed_out, |_| Error::revoked()));
    };
    let actor = actor(tx, organisation, &member).await?.ok_or_else(Error::signed_out)?;
    Ok(Session { id: session, organisation, actor, token_hash })
}

/// The member of that id with the teams that follow, as they are in this transaction; nothing where the member may not sign in.
///
/// # Errors
/// The database's.
pub async fn actor(tx: &mut Transaction, organisation: OrganisationId, member: &str) -> Result<Option<Actor>, Error> {
    let member: Option<Member> = db::find(tx, &organisation.to_string(), member).await?;
    let Some(member) = member.filter(|member| member.active) else { return Ok(None) };
    Ok(Some(among_teams(tx, organisation, member).await?))
}

/// Whoever made something, in whose name it is decided about; may have been shut out since.
///
/// # Errors
/// The database's.
pub async fn author(tx: &mut Transaction, organisation: OrganisationId, member: MemberId) -> Result<Option<Actor>, Error> {
    match db::find(tx, &organisation.to_string(), &member.to_string()).await? {
        Some(member) => Ok(Some(among_teams(tx, organisation, member).await?)),
        None => Ok(None),
    }
}

async fn among_teams(tx: &mut Transaction, organisation: OrganisationId, member: Member) -> Result<Actor, Error> {
    let teams: Vec<Team> = db::all(tx, &organisation.to_string()).await?;
    Ok(Actor::new(member, &teams))
}

impl FromRequestParts<State> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Error> {
        let (organisation, token_hash) = read_cookie(&parts.headers, state).ok_or_else(Error::signed_out)?;
        let mut tx = state.db.read().await?;
        signed_in(&mut tx, organisation, token_hash, clock::now()).await
    }
}
