use super::{
    names::named,
    queries::{self, Kept},
};
use crate::{State, account::Session, clock, error::Error};
use app::{
    id::{MutationId, OrganisationId},
    outbox::{item_words, whole_text},
    quarantine::{QuarantineLine, Quarantined, QuarantinedText, Readership, correctable, may_discard, readership},
    sync::{Refusal, Replica, protocol::Mutation},
};

/// What could not be saved.
///
/// # Errors
/// The database's.
pub async fn all(state: &State, organisation: OrganisationId) -> Result<Vec<QuarantineLine>, Error> {
    let mut tx = state.db.read().await?;
    let all = queries::all(&mut tx, &organisation.to_string()).await?;
    let names = named(&mut tx, organisation, &all).await?;
    Ok(all.into_iter().map(|kept| line(kept, &names)).collect())
}

/// One of them, opened by whoever `session` signs in; its instants as at `offset_minutes` east of UTC.
///
/// # Errors
/// [`NotFound`](app::sync::protocol::ProblemCode::NotFound).
pub async fn open(state: &State, session: &Session, id: MutationId, offset_minutes: i16) -> Result<Quarantined, Error> {
    let mut tx = state.db.read().await?;
    let kept = queries::find(&mut tx, &session.organisation.to_string(), id).await?.ok_or_else(Error::not_found)?;
    let kept = [kept];
    let names = named(&mut tx, session.organisation, &kept).await?;
    let [kept] = kept;
    let mutation = kept.mutation();
    let text = match mutation.as_ref().map(|it| (it, readership(it))) {
        Some((mutation, Readership::Administrators)) => {
            let today = clock::now().date_at(offset_minutes);
            QuarantinedText::Whole(whole_text(mutation, &names, offset_minutes, today))
        }
        Some((_, Readership::Author)) => QuarantinedText::Private,
        Some((_, Readership::Nobody)) => QuarantinedText::Sealed,
        None => QuarantinedText::Unreadable,
    };
    let photo = match &mutation {
        Some(Mutation::AttachPhoto { data, .. }) => Some(data.clone()),
        _ => None,
    };
    Ok(Quarantined {
        text,
        photo,
        correctable: mutation.as_ref().and_then(|mutation| correctable(mutation, &kept.refusal)),
        may_discard: may_discard(mutation.as_ref(), kept.member, session.actor.member.id),
        line: line(kept, &names),
    })
}

/// This server cannot read it.
pub(super) fn unreadable() -> Refusal {
    Refusal::Unreadable { message: "a newer version of Qdos wrote it".to_owned() }
}

fn line(kept: Kept, names: &Replica) -> QuarantineLine {
    let mutation = kept.mutation();
    let title = item_words(mutation.as_ref(), names);
    let Kept { id, member, refusal, received_at, settlement, .. } = kept;
    // Where reading stopped may quote what is nobody's to read here.
    let refusal = if mutation.is_none() { unreadable() } else { refusal };
    QuarantineLine { id, member, title, refusal, received_at, settlement }
}
