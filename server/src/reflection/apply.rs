use crate::{
    account::audience_of_member,
    customer,
    db::{self, Writing},
    error::Error,
};
use app::{
    account::Actor,
    id::{ActionId, ReflectionId},
    meeting::Meeting,
    reflection::{Action, ActionState, Reflection},
    sync::{Refusal, protocol::Scope},
};
use std::collections::BTreeSet;

/// A reflection of `actor`'s own, or a change of one that its author made where it looked as the author `saw` it.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn write(writing: &mut Writing, actor: &Actor, reflection: &Reflection, saw: Option<&Reflection>) -> Result<(), Error> {
    reflection.check()?;
    if reflection.author != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    let organisation = writing.organisation.to_string();
    let before: Option<Reflection> = db::find(writing.tx.up_to_date().await?, &organisation, &reflection.id.to_string()).await?;
    if before.as_ref().is_some_and(|before| before.author != actor.member.id) {
        return Err(Refusal::IdTaken.into());
    }
    let after = match &before {
        Some(before) => before.rewritten(reflection, saw)?,
        None => reflection.clone(),
    };
    // One that was about a meeting stays so, also where that is gone by now.
    let is_about_another = before.is_none_or(|before| before.meeting != after.meeting);
    if let Some(meeting) = after.meeting.filter(|_| is_about_another) {
        let meeting: Option<Meeting> = db::find(writing.tx.up_to_date().await?, &organisation, &meeting.to_string()).await?;
        if meeting.is_none_or(|meeting| meeting.rep != actor.member.id) {
            return Err(Refusal::not_found("meeting").into());
        }
    }
    save(writing, &after).await
}

/// Lets the author's managers read it, or no longer.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn share(writing: &mut Writing, actor: &Actor, id: ReflectionId, shared: bool) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let reflection: Option<Reflection> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    let mut reflection = reflection.filter(|it| it.author == actor.member.id).ok_or_else(|| Refusal::not_found("reflection"))?;
    reflection.shared = shared;
    save(writing, &reflection).await
}

/// An action of `actor`'s own.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn take_action(writing: &mut Writing, actor: &Actor, action: &Action) -> Result<(), Error> {
    action.check()?;
    if action.author != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    if let Some(customer) = action.customer {
        customer::visible(writing, actor, customer).await?;
    }
    db::add(writing, action, &BTreeSet::from([Scope::Member(action.author)]))
}

/// What became of an action.
///
/// # Errors
/// [`Refusal`] where it is not there or another's.
pub async fn settle_action(writing: &mut Writing, actor: &Actor, id: ActionId, state: ActionState) -> Result<(), Error> {
    let organisation = writing.organisation.to_string();
    let action: Option<Action> = db::find(writing.tx.up_to_date().await?, &organisation, &id.to_string()).await?;
    let mut action = action.filter(|it| it.author == actor.member.id).ok_or_else(|| Refusal::not_found("action"))?;
    action.state = state;
    db::save(writing, &action, &BTreeSet::from([Scope::Member(action.author)])).await
}

async fn save(writing: &mut Writing, reflection: &Reflection) -> Result<(), Error> {
    let audience = if reflection.shared {
        audience_of_member(writing, reflection.author).await?
    } else {
        BTreeSet::from([Scope::Member(reflection.author)])
    };
    db::save(writing, reflection, &audience).await
}
