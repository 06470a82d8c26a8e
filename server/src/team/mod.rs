//! Teams: what administrators do with them.
//!
//! A team's place among the others decides what its managers see, which is worked out at each pull, and who manages its managers: what
//! belongs to these is told anew when the team moves.

mod port;

use crate::{
    account,
    call::Call,
    db::{self, Writing},
    error::Error,
    organisation,
    routes::Access,
    score,
};
use app::{
    account::{Member, Role},
    id::TeamId,
    sync::Refusal,
    team::{RemoveTeam, SaveTeam, Team},
};

/// The server functions of teams.
pub const CALLS: &[Call] = &[Call::new::<SaveTeam>(Access::Administrator), Call::new::<RemoveTeam>(Access::Administrator)];

/// Keeps a new or changed team.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn save(writing: &mut Writing, team: Team) -> Result<(), Error> {
    let team = Team { name: team.name.trim().to_owned(), ..team };
    let organisation = writing.organisation.to_string();
    let teams: Vec<Team> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    team.check(&teams)?;
    organisation::save_team(writing, &team).await?;
    if teams.iter().any(|before| before.id == team.id && before.parent != team.parent) {
        score::watch(writing).await?;
        let members: Vec<Member> = db::by(writing.tx.up_to_date().await?, &organisation, "team", &team.id.to_string()).await?;
        for manager in members.iter().filter(|member| member.is(Role::Manager)) {
            account::republish(writing, manager.id).await?;
        }
    }
    Ok(())
}

/// Removes a team in which nobody works and that no team is part of.
///
/// # Errors
/// [`Refusal`] where somebody or something still belongs to it.
pub async fn remove(writing: &mut Writing, id: TeamId) -> Result<(), Error> {
    let (organisation, key) = (writing.organisation.to_string(), id.to_string());
    if db::find::<Team>(writing.tx.up_to_date().await?, &organisation, &key).await?.is_none() {
        return Err(Refusal::not_found("team").into());
    }
    let members: Vec<Member> = db::by(writing.tx.up_to_date().await?, &organisation, "team", &key).await?;
    if !members.is_empty() {
        return Err(Refusal::invalid("team", "somebody still belongs to this team; move them to another first").into());
    }
    let teams: Vec<Team> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    if teams.iter().any(|team| team.parent == Some(id)) {
        return Err(Refusal::invalid("team", "another team is part of this one; move it first").into());
    }
    db::delete::<Team>(writing, &key).await
}
