//! What phones may say about accounts: that a manager looked.

use crate::{
    db::{self, Writing, fetch_optional},
    error::Error,
};
use app::{
    account::{Actor, Member, Viewing},
    sync::{Refusal, protocol::Scope},
};
use std::collections::BTreeSet;

/// Records a look, once a day for each kind; the one looked at and the viewer see it.
///
/// # Errors
/// [`Refusal`] where the viewer is somebody else or does not manage the one looked at.
pub async fn record_viewing(writing: &mut Writing, actor: &Actor, viewing: &Viewing) -> Result<(), Error> {
    if viewing.viewer != actor.member.id {
        return Err(Refusal::NotYours.into());
    }
    let organisation = writing.organisation.to_string();
    let subject: Option<Member> = db::find(writing.tx.up_to_date().await?, &organisation, &viewing.subject.to_string()).await?;
    let subject = subject.ok_or_else(|| Refusal::not_found("member"))?;
    if !actor.manages(&subject) {
        return Err(Refusal::NotYours.into());
    }
    let told = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String,),
        "select id from viewing where organisation = $1 and viewer = $2 and subject = $3 and viewed = $4 and viewed_on = $5",
        &organisation,
        viewing.viewer.to_string(),
        viewing.subject.to_string(),
        viewing.viewed.key(),
        viewing.on.to_string()
    )?;
    if told.is_some() {
        return Ok(());
    }
    db::add(writing, viewing, &BTreeSet::from([Scope::Member(viewing.subject), Scope::Member(viewing.viewer)]))
}
