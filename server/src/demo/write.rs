//! Lets a story happen: each event at its own time, by the rules that phones and customers meet.

use super::story::{Deed, Event};
use crate::{account::set_password_hash, db::Writing, error::Error, organisation, random, score, survey, sync};
use app::{
    account::{Actor, Member},
    id::{InvitationId, MemberId},
    organisation::Organisation,
    survey::{StockToken, Way},
    sync::protocol::Mutation,
    team::Team,
};
use crypto_box::aead::OsRng;
use std::collections::BTreeMap;

/// Who is there.
pub(super) struct People {
    pub(super) organisation: Organisation,
    pub(super) teams: Vec<Team>,
    pub(super) members: Vec<Member>,
}

/// Writes the people and everything that they did.
pub(super) async fn everything(writing: &mut Writing, people: &People, password_hash: String, story: Vec<Event>) -> Result<(), Error> {
    for team in &people.teams {
        organisation::save_team(writing, team).await?;
    }
    for member in &people.members {
        organisation::save_member(writing, member).await?;
        set_password_hash(writing.tx.up_to_date().await?, writing.organisation, member.id, &password_hash).await?;
    }
    // Everybody has had their place since the story began.
    let now = writing.now;
    writing.now = story.first().map_or(now, |event| event.at);
    score::watch(writing).await?;
    writing.now = now;
    events(writing, people, story).await
}

/// Lets events happen, each at its own time; ratings reach their readers with the first thing that happens on the day when they are due.
pub(super) async fn events(writing: &mut Writing, people: &People, events: Vec<Event>) -> Result<(), Error> {
    let People { organisation, teams, members } = people;
    let now = writing.now;
    let actors: BTreeMap<MemberId, Actor> = members.iter().map(|member| (member.id, Actor::new(member.clone(), teams))).collect();
    let mut links: BTreeMap<InvitationId, StockToken> = BTreeMap::new();
    for Event { at, actor, deed } in events {
        let is_another_day = at.date_at(0) != writing.now.date_at(0);
        writing.now = at;
        if is_another_day {
            survey::release_in(writing).await?;
        }
        let actor = &actors[&actor];
        match deed {
            Deed::Send(mutation) => sync::apply_with_others(writing, actor, &mutation).await?,
            Deed::Ask(invitation) => {
                let mut token = None;
                if invitation.way == Way::Link {
                    let link = survey::keep_links(writing.tx.up_to_date().await?, organisation, actor.member.id, 1, at).await?.remove(0);
                    token = Some(link.hash.clone());
                    links.insert(invitation.id, link);
                }
                sync::apply_with_others(writing, actor, &Mutation::Invite { invitation, token }).await?;
            }
            Deed::Answer { rating, invitation, answers } => match links.remove(&invitation.id) {
                Some(link) => {
                    survey::answer_by_link(writing, organisation, link.hash.0, random::sha256(random::secret()), answers).await?;
                }
                None => {
                    let sealed = organisation.sealing_key.seal(&answers, &mut OsRng).map_err(|error| Error::Internal(error.to_string()))?;
                    let submit = Mutation::SubmitSealed { id: rating, invitation: invitation.id, given_at: at, sealed };
                    sync::apply_with_others(writing, actor, &submit).await?;
                }
            },
        }
    }
    writing.now = now;
    Ok(())
}
