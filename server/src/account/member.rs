//! What administrators do with members.

use super::{
    republish,
    revoke::{Which, revoke},
};
use crate::{
    State, clock,
    db::{self, Writing, execute, fetch_all},
    error::Error,
    organisation, score,
};
use app::{
    account::{Actor, Member, MemberLine, Role, Standing, fold_email},
    id::{MemberId, OrganisationId},
    sync::Refusal,
    team::Team,
    text,
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Everybody in the organisation, by name.
///
/// # Errors
/// The database's.
pub async fn members(state: &State, organisation: OrganisationId) -> Result<Vec<MemberLine>, Error> {
    let (mut tx, organisation) = (state.db.read().await?, organisation.to_string());
    let members: Vec<Member> = db::all(&mut tx, &organisation).await?;
    let ways_in = fetch_all!(
        &mut tx,
        (String, bool, Option<i64>, Option<i64>),
        "select
            member.id,
            member.password_hash is not null,
            (select max(seen_at) from session
                where session.organisation = member.organisation and session.member = member.id and revoked_at is null),
            (select max(expires_at) from password_link
                where password_link.organisation = member.organisation and password_link.member = member.id
                and used_at is null and expires_at > $2)
        from member
        where member.organisation = $1",
        &organisation,
        clock::now().0
    )?;
    let standings: BTreeMap<String, Standing> = ways_in
        .into_iter()
        .map(|(id, has_password, seen_at, until)| {
            let standing = match (has_password, until) {
                (true, _) => Standing::Active { seen_at: seen_at.map(Timestamp) },
                (false, Some(until)) => Standing::Invited { until: Timestamp(until) },
                (false, None) => Standing::NotInvited,
            };
            (id, standing)
        })
        .collect();
    let mut lines: Vec<MemberLine> = members
        .into_iter()
        .map(|member| {
            let standing = match member.active {
                true => standings.get(&member.id.to_string()).copied().unwrap_or(Standing::NotInvited),
                false => Standing::Deactivated,
            };
            MemberLine { member, standing }
        })
        .collect();
    lines.sort_by_cached_key(|line| (line.standing == Standing::Deactivated, text::alphabetical(&line.member.name), line.member.id));
    Ok(lines)
}

/// Keeps a new or changed member. The devices of a deactivated one are revoked, and links stop working; where the member's managers changed, what
/// follows from it is told to whom it belongs now.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn save_member(writing: &mut Writing, by: &Actor, member: Member) -> Result<(), Error> {
    let member = Member { name: member.name.trim().to_owned(), email: fold_email(&member.email), ..member };
    member.check_by(by.member.id)?;
    let organisation = writing.organisation.to_string();
    if let Some(team) = member.team
        && db::find::<Team>(writing.tx.up_to_date().await?, &organisation, &team.to_string()).await?.is_none()
    {
        return Err(Refusal::invalid("team", "this team is not there any more; choose another").into());
    }
    let before: Option<Member> = db::find(writing.tx.up_to_date().await?, &organisation, &member.id.to_string()).await?;
    organisation::save_member(writing, &member).await?;
    if !member.active {
        shut_out(writing, member.id).await?;
    }
    let manages = |member: &Member| (member.team, member.is(Role::Manager), member.active);
    if before.as_ref().is_none_or(|before| manages(before) != manages(&member)) {
        score::watch(writing).await?;
    }
    if before.is_some_and(|before| before.team != member.team || before.is(Role::Manager) != member.is(Role::Manager)) {
        republish(writing, member.id).await?;
    }
    Ok(())
}

async fn shut_out(writing: &mut Writing, member: MemberId) -> Result<(), Error> {
    revoke(writing.tx.up_to_date().await?, writing.organisation, member, Which::All).await?;
    execute!(
        writing.tx.up_to_date().await?,
        "delete from password_link where organisation = $1 and member = $2",
        writing.organisation.to_string(),
        member.to_string()
    )?;
    Ok(())
}
