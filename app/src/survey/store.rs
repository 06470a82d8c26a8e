//! What this phone holds about a request, and what it would ask.

use super::{Invitation, Questionnaire, SealingKey, promises_to_ask, recommend_is_due};
use crate::{account::Member, sync::Replica, team::Team};
use std::sync::Arc;

/// What `invitation` asks, and what its answers are sealed to; nothing before the first pull.
pub fn questionnaire_of(replica: &Replica, invitation: &Invitation, offset_minutes: i16) -> Option<(Questionnaire, SealingKey)> {
    let organisation = replica.organisation.as_ref()?;
    let rep = replica.members.get(&invitation.rep)?;
    let members: Vec<&Member> = replica.members.values().map(Arc::as_ref).collect();
    let teams: Vec<&Team> = replica.teams.values().map(Arc::as_ref).collect();
    let mut questionnaire = Questionnaire::generic(organisation, rep, members, teams);
    questionnaire.format = replica.meetings.get(&invitation.meeting).map(|meeting| meeting.format);
    let earlier = || {
        let invitations = replica.invitations.values().map(Arc::as_ref);
        invitations.filter(|it| {
            it.contact.is_some() && it.contact == invitation.contact && it.id != invitation.id && it.asked_at <= invitation.asked_at
        })
    };
    questionnaire.recommend = recommend_is_due(invitation.contact, earlier(), &organisation.rules, invitation.asked_at);
    let last_asked = earlier().map(|it| it.asked_at).max().map(|at| at.date_at(offset_minutes));
    let today = invitation.asked_at.date_at(offset_minutes);
    let promises = replica.promises.values().map(Arc::as_ref);
    questionnaire.promises = promises_to_ask(promises, invitation.customer, invitation.rep, last_asked, today);
    Some((questionnaire, organisation.sealing_key.clone()))
}
