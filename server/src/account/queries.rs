use crate::{
    db::{Transaction, execute, fetch_all, fetch_optional, read_kept},
    error::Error,
};
use app::{
    account::{Member, SessionLine},
    id::{MemberId, OrganisationId},
    time::Timestamp,
};

/// Who signs in with an address.
pub struct Credentials {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Who.
    pub member: Member,
    /// Argon2id in PHC format; absent until a password was set.
    pub password_hash: Option<String>,
}

/// Who signs in with `email`, if anybody.
pub async fn credentials(tx: &mut Transaction, email: &str) -> Result<Option<Credentials>, Error> {
    let row = fetch_optional!(
        tx,
        (String, String, Option<String>),
        "select member.organisation, member.body, member.password_hash
        from address
        join member on member.organisation = address.organisation and member.id = address.member
        where address.email = $1",
        email
    )?;
    row.map(|(organisation, body, password_hash)| {
        let organisation = read_kept(&organisation)?;
        Ok(Credentials { organisation, member: serde_json::from_str(&body)?, password_hash })
    })
    .transpose()
}

/// Sets a member's password.
pub async fn set_password_hash(tx: &mut Transaction, organisation: OrganisationId, member: MemberId, hash: &str) -> Result<(), Error> {
    execute!(
        tx,
        "update member set password_hash = $3 where organisation = $1 and id = $2",
        organisation.to_string(),
        member.to_string(),
        hash
    )?;
    Ok(())
}

/// The id and the member of the session whose secret has this hash, now or before its last rotation.
pub async fn session(
    tx: &mut Transaction,
    organisation: OrganisationId,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(String, String)>, Error> {
    Ok(fetch_optional!(
        tx,
        (String, String),
        "select id, member
        from session
        where organisation = $1 and (token_hash = $2 or previous_hash = $2) and expires_at > $3 and revoked_at is null",
        organisation.to_string(),
        token_hash,
        now.0
    )?)
}

/// The id and the member of the revoked session whose secret has this hash, for as long as it would have lasted.
pub async fn revoked(
    tx: &mut Transaction,
    organisation: OrganisationId,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(String, MemberId)>, Error> {
    let row = fetch_optional!(
        tx,
        (String, String),
        "select id, member
        from session
        where organisation = $1 and (token_hash = $2 or previous_hash = $2) and expires_at > $3 and revoked_at is not null",
        organisation.to_string(),
        token_hash,
        now.0
    )?;
    row.map(|(id, member)| Ok((id, read_kept(&member)?))).transpose()
}

/// Ends one session of a member.
pub async fn end_session(tx: &mut Transaction, organisation: OrganisationId, member: MemberId, id: &str) -> Result<(), Error> {
    execute!(
        tx,
        "delete from session where organisation = $1 and member = $2 and id = $3",
        organisation.to_string(),
        member.to_string(),
        id
    )?;
    end_reminders(tx, organisation, member).await
}

/// Ends every session of a member that was not revoked: those may still deliver.
pub async fn end_sessions(tx: &mut Transaction, organisation: OrganisationId, member: MemberId) -> Result<(), Error> {
    execute!(
        tx,
        "delete from session where organisation = $1 and member = $2 and revoked_at is null",
        organisation.to_string(),
        member.to_string()
    )?;
    end_reminders(tx, organisation, member).await
}

/// Ends reminders on every device of a member whose session is no more, or lets nobody in any more.
pub async fn end_reminders(tx: &mut Transaction, organisation: OrganisationId, member: MemberId) -> Result<(), Error> {
    execute!(
        tx,
        "delete from reminder_subscription
        where organisation = $1 and member = $2 and not exists (
            select 1
            from session
            where session.organisation = reminder_subscription.organisation and session.id = reminder_subscription.session
                and revoked_at is null
        )",
        organisation.to_string(),
        member.to_string()
    )?;
    Ok(())
}

/// The sessions of a member that still last, the last used first; `here` is the id of the one that asks.
pub async fn sessions(
    tx: &mut Transaction,
    organisation: OrganisationId,
    member: MemberId,
    here: &str,
    now: Timestamp,
) -> Result<Vec<SessionLine>, Error> {
    let rows = fetch_all!(
        tx,
        (String, String, i64, i64),
        "select id, agent, created_at, seen_at
        from session
        where organisation = $1 and member = $2 and expires_at > $3 and revoked_at is null
        order by seen_at desc, id",
        organisation.to_string(),
        member.to_string(),
        now.0
    )?;
    let line = |(id, agent, created_at, seen_at): (String, String, i64, i64)| {
        let here = id == here;
        SessionLine { id, agent, created_at: Timestamp(created_at), seen_at: Timestamp(seen_at), here }
    };
    Ok(rows.into_iter().map(line).collect())
}
