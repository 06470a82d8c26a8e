//! Finding out who of those that wait has something to pull, once for all of an organisation.

use super::open::{Finding, Question};
use crate::{State, clock, db, error::Error, sync::queries};
use app::{
    account::{Actor, Member},
    id::{MemberId, OrganisationId},
    sync::protocol::Scope,
    team::Team,
};
use std::{collections::BTreeMap, time::Duration};
use tokio::time::sleep;

/// How long what happens after a look waits for the next: phones need not pull more often.
const PAUSE: Duration = Duration::from_millis(100);
/// How long to wait after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(2);
/// How often to look at all who wait: at sessions that ended by themselves, and in case that a word from another process was lost.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Looks where something happened, for ever.
pub(super) async fn repeat(state: State) {
    loop {
        for organisation in state.pokes.to_look_at().await {
            if let Err(error) = look(&state, organisation).await {
                tracing::warn!(%organisation, %error, "looking for whom to poke failed");
                state.pokes.look_at([organisation]);
                sleep(RETRY_AFTER).await;
            }
        }
        sleep(PAUSE).await;
    }
}

/// Looks everywhere now and then, for ever.
pub(super) async fn look_at_everybody(state: State) {
    loop {
        sleep(LOOK_EVERY).await;
        state.pokes.look_at(state.pokes.organisations());
    }
}

async fn look(state: &State, organisation: OrganisationId) -> Result<(), Error> {
    let Some(question) = state.pokes.question(organisation) else { return Ok(()) };
    let finding = find(state, organisation, &question).await?;
    state.pokes.settle(organisation, &question, &finding);
    Ok(())
}

async fn find(state: &State, organisation: OrganisationId, question: &Question) -> Result<Finding, Error> {
    // Each statement may see more than the one before. So the head comes first: what is committed after it is at worst told twice.
    let mut tx = state.db.look().await?;
    let head = queries::head(&mut tx, organisation).await?;
    let changed = queries::changed_scopes(&mut tx, organisation, &question.scopes, question.seen).await?;
    let lasting = queries::lasting_sessions(&mut tx, organisation, &question.sessions, clock::now()).await?;
    // Members and teams are what everybody sees.
    let actors = if changed.contains(&Scope::Organisation) { Some(actors(&mut tx, organisation).await?) } else { None };
    Ok(Finding { lasting, changed, head, actors })
}

async fn actors(tx: &mut db::Transaction, organisation: OrganisationId) -> Result<BTreeMap<MemberId, Actor>, Error> {
    let organisation = organisation.to_string();
    let teams: Vec<Team> = db::all(tx, &organisation).await?;
    let members: Vec<Member> = db::all(tx, &organisation).await?;
    Ok(members.into_iter().map(|member| (member.id, Actor::new(member, &teams))).collect())
}
