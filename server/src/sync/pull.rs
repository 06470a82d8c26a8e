//! Changes down: per scope, in the order of commits, one snapshot per answer.

use super::{
    history::History,
    queries::{self, Stamp},
};
use crate::{
    State,
    account::{self, Session},
    db::{self, Transaction},
    error::Error,
    score,
};
use app::{
    account::Actor,
    id::OrganisationId,
    sync::protocol::{Cursor, Entity, PAGE_MAX, Page, ProblemCode, Pull, Pulled, Scope, SentChange, WIRE},
};
use axum::{Json, extract, extract::rejection::JsonRejection};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// `POST /api/sync/pull`.
///
/// # Errors
/// [`ProblemCode::Malformed`], [`ProblemCode::TooNew`], [`ProblemCode::AnotherMember`].
pub async fn pull(
    extract::State(state): extract::State<State>,
    session: Session,
    body: Result<Json<Pull>, JsonRejection>,
) -> Result<Json<Pulled<SentChange>>, Error> {
    let Json(pull) = body.map_err(Error::from)?;
    if pull.wire > WIRE {
        return Err(Error::problem(ProblemCode::TooNew, "This server is older than your app. It will catch up; nothing is lost."));
    }
    if pull.member != session.actor.member.id {
        return Err(Error::problem(ProblemCode::AnotherMember, "You are signed in as somebody else on this device."));
    }
    let mut tx = state.db.read().await?;
    // The member as in this snapshot: a role or team that changed since the session was read must not decide what is seen of it.
    let actor = account::actor(&mut tx, session.organisation, &pull.member.to_string()).await?.ok_or_else(Error::signed_out)?;
    let pulled = answer(&mut tx, session.organisation, &actor, pull).await?;
    Ok(Json(pulled))
}

/// Every scope that a member sees as a whole.
pub fn scopes(actor: &Actor) -> Vec<Scope> {
    let teams = actor.teams.iter().flat_map(|team| [Scope::Team, Scope::TeamCare, Scope::TeamPhotos].map(|scope| scope(*team)));
    let own = [Scope::Member, Scope::Months, Scope::Outbox, Scope::Own, Scope::Care, Scope::Calendar, Scope::Photos];
    let own = own.map(|scope| scope(actor.member.id));
    [Scope::Organisation, Scope::Colleagues].into_iter().chain(own).chain(teams).collect()
}

pub(crate) async fn answer(
    tx: &mut Transaction,
    organisation: OrganisationId,
    actor: &Actor,
    pull: Pull,
) -> Result<Pulled<SentChange>, Error> {
    let head = queries::head(tx, organisation).await?;
    let history = History::new(tx, organisation, head).await?;
    let mut cursors: BTreeMap<Scope, Cursor> = pull.cursors.into_iter().map(|it| (it.scope, it.cursor)).collect();
    let scopes: Vec<Scope> = scopes(actor).into_iter().filter(|scope| scope.since() <= pull.wire).collect();
    let (mut pages, mut room, mut more, mut withheld) = (Vec::new(), PAGE_MAX, false, None);
    for scope in &scopes {
        let cursor = cursors.remove(scope).filter(|cursor| history.knows(cursor));
        let fresh = cursor.is_none();
        let mut stamps = queries::stamps(tx, organisation, *scope, cursor.as_ref(), room + 1).await?;
        let complete = stamps.len() <= room;
        stamps.truncate(room);
        more |= !complete;
        let last = stamps.last().map(|stamp| (stamp.sequence, stamp.entity, stamp.id.clone()));
        let next = match last {
            _ if complete => history.cursor(head + 1, "", ""),
            Some((sequence, entity, id)) => history.cursor(sequence, entity.as_str(), &id),
            // No room was left to begin with: the scope waits for the next answer.
            None => continue,
        };
        if cursor.as_ref() == Some(&next) {
            continue;
        }
        room -= stamps.len();
        let complete_to = if complete { head } else { next.sequence - 1 };
        // What is withheld is not even said to be there.
        if stamps.iter().any(|stamp| stamp.entity == Entity::Rating) {
            let withheld = match &mut withheld {
                Some(known) => known,
                unknown => unknown.insert(score::withheld(tx, organisation, actor.member.id).await?),
            };
            stamps.retain(|stamp| stamp.entity != Entity::Rating || !withheld.contains(&stamp.id));
        }
        pages.push(Page { scope: *scope, fresh, changes: changes(tx, organisation, stamps).await?, cursor: next, complete_to });
    }
    Ok(Pulled { epoch: history.epoch_of(head), scopes, pages, more })
}

/// The rows behind stamps, in the order of the stamps.
async fn changes(tx: &mut Transaction, organisation: OrganisationId, stamps: Vec<Stamp>) -> Result<Vec<SentChange>, Error> {
    let mut wanted: BTreeMap<Entity, Vec<&str>> = BTreeMap::new();
    for stamp in stamps.iter().filter(|stamp| !stamp.gone) {
        wanted.entry(stamp.entity).or_default().push(&stamp.id);
    }
    let mut bodies: BTreeMap<(Entity, String), String> = BTreeMap::new();
    for (entity, ids) in wanted {
        let found = db::bodies(tx, &organisation.to_string(), entity, &ids).await?;
        bodies.extend(found.into_iter().map(|(id, body)| ((entity, id), body)));
    }
    stamps
        .into_iter()
        .map(|Stamp { entity, id, gone, .. }| {
            let body = if gone { None } else { bodies.remove(&(entity, id.clone())) };
            let body = body.map(RawValue::from_string).transpose()?;
            Ok(SentChange { entity, id, body })
        })
        .collect()
}
