//! Single-use links that set a password: an invitation where the member has none yet, else a reset. An administrator hands them over; the
//! server sends nothing. A link reads as the organisation's code and a secret, of which only the hash is kept.

use super::{Client, open_session_in, queries, throttle};
use crate::{
    State, clock,
    db::{self, Transaction, execute, fetch_optional},
    error::Error,
    random,
};
use app::{
    account::{Identity, IssuedLink, LinkHolder, LinkPurpose, Member, Password, fold_email},
    id::{MemberId, OrganisationId},
    organisation::Organisation,
    sync::protocol::ProblemCode,
    time::Timestamp,
};
use axum_extra::extract::cookie::Cookie;
use url::Url;

/// Days in which an invitation works.
const INVITATION_DAYS: i64 = 14;
/// Days in which a reset works.
const RESET_DAYS: i64 = 2;
/// Characters of an organisation's code.
const CODE_LENGTH: usize = 6;

/// A new link for a member, in place of any before it.
///
/// # Errors
/// [`ProblemCode::NotFound`], or [`ProblemCode::Malformed`] where the member is deactivated.
pub async fn issue_link(state: &State, organisation: OrganisationId, member: MemberId) -> Result<IssuedLink, Error> {
    let (secret, now) = (random::secret(), clock::now());
    let mut tx = state.db.write().await?;
    let (id, member) = (organisation.to_string(), member.to_string());
    let found: Member = db::find(&mut tx, &id, &member).await?.ok_or_else(Error::not_found)?;
    if !found.active {
        return Err(Error::problem(ProblemCode::Malformed, "This person is deactivated. Activate them first."));
    }
    let code = fetch_optional!(&mut tx, (String,), "select code from organisation where id = $1", &id)?.ok_or_else(Error::not_found)?.0;
    let purpose = purpose_of(&mut tx, &id, &member).await?;
    let expires_at = now.plus_days(match purpose {
        LinkPurpose::Invitation => INVITATION_DAYS,
        LinkPurpose::Reset => RESET_DAYS,
    });
    execute!(&mut tx, "delete from password_link where organisation = $1 and member = $2", &id, &member)?;
    execute!(
        &mut tx,
        "insert into password_link (organisation, token_hash, member, created_at, expires_at) values ($1, $2, $3, $4, $5)",
        &id,
        random::sha256(&secret),
        &member,
        now.0,
        expires_at.0
    )?;
    tx.commit().await?;
    Ok(IssuedLink { url: link_url(&state.config.public(), &code, &secret), purpose, expires_at })
}

/// [`issue_link`] for whoever signs in with `email`: what `qdos reset-password` does.
///
/// # Errors
/// [`ProblemCode::NotFound`] where nobody does.
pub async fn issue_link_to(state: &State, email: &str) -> Result<IssuedLink, Error> {
    let known = queries::credentials(&mut state.db.read().await?, &fold_email(email)).await?;
    let known = known.ok_or_else(|| Error::problem(ProblemCode::NotFound, "Nobody signs in with this address."))?;
    issue_link(state, known.organisation, known.member.id).await
}

fn link_url(public: &Url, code: &str, secret: &str) -> String {
    let mut url = public.clone();
    url.set_path(&format!("/app/welcome/{code}{secret}"));
    url.into()
}

/// Whose link it is, without using it.
///
/// # Errors
/// [`ProblemCode::NotFound`] with why it does not work.
pub async fn look_at_link(state: &State, token: &str) -> Result<LinkHolder, Error> {
    let mut tx = state.db.read().await?;
    let link = find(&mut tx, token, clock::now()).await?;
    Ok(link.holder())
}

/// Uses a link: sets the password, ends every session that the member had and opens one for `client`.
///
/// # Errors
/// [`ProblemCode::NotFound`] with why the link does not work, or what is wrong with the password; then the link stays good.
pub async fn accept_link(state: &State, token: &str, password: Password, client: &Client) -> Result<(Identity, Cookie<'static>), Error> {
    let link = find(&mut state.db.read().await?, token, clock::now()).await?;
    password.check(&link.member.name, &link.member.email)?;
    let hash = state.passwords.hash(password).await?;
    let (organisation, member) = (link.organisation.id, link.member.id);
    let mut tx = state.db.write().await?;
    // Of two that use the link at the same time, the second finds it used.
    let used = execute!(
        &mut tx,
        "update password_link
        set used_at = $3
        where organisation = $1 and token_hash = $2 and used_at is null",
        organisation.to_string(),
        &link.token_hash,
        clock::now().0
    )?;
    if used == 0 {
        return Err(used_already());
    }
    queries::set_password_hash(&mut tx, organisation, member, &hash).await?;
    queries::end_sessions(&mut tx, organisation, member).await?;
    throttle::forgive(&mut tx, &throttle::Subjects::new(&link.member.email, client.address)).await?;
    let cookie = open_session_in(&mut tx, organisation, member, &client.agent, state.config.is_https()).await?;
    state.writer.commit(tx, organisation).await?;
    Ok((Identity { organisation, member, name: link.member.name }, cookie))
}

/// A link that works.
struct Link {
    organisation: Organisation,
    member: Member,
    purpose: LinkPurpose,
    token_hash: String,
}

impl Link {
    fn holder(self) -> LinkHolder {
        let Member { name, email, .. } = self.member;
        LinkHolder { name, email, organisation: self.organisation.name, purpose: self.purpose }
    }
}

async fn find(tx: &mut Transaction, token: &str, now: Timestamp) -> Result<Link, Error> {
    let unknown = || not_working("This link does not work. Ask your administrator for a new one.");
    let (code, secret) = token.split_at_checked(CODE_LENGTH).ok_or_else(unknown)?;
    let token_hash = random::sha256(secret);
    let row = fetch_optional!(
        tx,
        (String, String, i64, Option<i64>),
        "select organisation.body, password_link.member, password_link.expires_at, password_link.used_at
        from organisation
        join password_link on password_link.organisation = organisation.id
        where organisation.code = $1 and password_link.token_hash = $2",
        code,
        &token_hash
    )?;
    let (organisation, member, expires_at, used_at) = row.ok_or_else(unknown)?;
    if used_at.is_some() {
        return Err(used_already());
    }
    if expires_at <= now.0 {
        return Err(not_working("This link is too old. Ask your administrator for a new one."));
    }
    let organisation: Organisation = serde_json::from_str(&organisation)?;
    let id = organisation.id.to_string();
    let found: Option<Member> = db::find(tx, &id, &member).await?;
    let found = found.filter(|member| member.active).ok_or_else(unknown)?;
    let purpose = purpose_of(tx, &id, &member).await?;
    Ok(Link { organisation, member: found, purpose, token_hash })
}

async fn purpose_of(tx: &mut Transaction, organisation: &str, member: &str) -> Result<LinkPurpose, Error> {
    let has_password = fetch_optional!(
        tx,
        (bool,),
        "select password_hash is not null from member where organisation = $1 and id = $2",
        organisation,
        member
    )?;
    Ok(if has_password == Some((true,)) { LinkPurpose::Reset } else { LinkPurpose::Invitation })
}

fn used_already() -> Error {
    not_working("This link was used already. Sign in with your password, or ask your administrator for a new link.")
}

fn not_working(message: &str) -> Error {
    Error::problem(ProblemCode::NotFound, message)
}
