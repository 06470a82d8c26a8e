use crate::{
    db::{self, Writing},
    error::Error,
};
use app::{
    account::Actor,
    id::{MemberId, SubjectId},
    sync::{Refusal, protocol::Scope},
    today::Snooze,
};
use std::collections::BTreeSet;

/// Something on `actor`'s Today is put off; once more replaces it. What it is about is not asked: it reaches nobody else.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn snooze(writing: &mut Writing, actor: &Actor, snooze: &Snooze) -> Result<(), Error> {
    snooze.check()?;
    if snooze.member != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    db::save(writing, snooze, &BTreeSet::from([Scope::Own(snooze.member)])).await
}

/// Something that `actor` put off is back; said of what is back already, it changes nothing: another device may have said it, too.
///
/// # Errors
/// [`Refusal::NotYours`] where it is another's.
pub async fn wake(writing: &mut Writing, actor: &Actor, member: MemberId, subject: SubjectId) -> Result<(), Error> {
    if member != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    db::delete::<Snooze>(writing, &Snooze::key(member, subject)).await
}
