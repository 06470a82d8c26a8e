//! Reading and correcting what was sent, with the secret that only the sender has.

use super::{
    answer::{correctable_until, only_own_promises},
    release,
    submission::{self, By, Submission},
};
use crate::{
    db::{Transaction, Writing},
    error::Error,
};
use app::{
    organisation::Organisation,
    survey::{Answers, Hiding},
    time::Timestamp,
};

/// What a receipt leads to.
#[derive(Clone, Debug)]
pub(super) enum Receipt {
    /// Answers that can be corrected, and what hiding the name can still do.
    Open(Box<Submission>, Hiding),
    /// Answers sent too long ago.
    Closed,
    /// No such receipt.
    Unknown,
}

/// What the receipt of that hash leads to at `now`.
pub(super) async fn find(tx: &mut Transaction, organisation: &str, secret_hash: &str, now: Timestamp) -> Result<Receipt, Error> {
    let Some(it) = submission::find(tx, organisation, By::Secret, secret_hash).await? else { return Ok(Receipt::Unknown) };
    if now >= correctable_until(it.given_at) {
        return Ok(Receipt::Closed);
    }
    let reached = release::reached(tx, organisation, &it.id.to_string()).await?.unwrap_or_default();
    let hiding = reached.hiding(&it.answers);
    Ok(Receipt::Open(Box::new(it), hiding))
}

/// Changes the answers behind a receipt. Once they have reached anybody, the first answers stay beside the new ones.
pub(super) async fn correct(
    writing: &mut Writing,
    organisation: &Organisation,
    secret_hash: &str,
    change: impl FnOnce(&mut Answers) + Send,
) -> Result<Receipt, Error> {
    let id = writing.organisation.to_string();
    let receipt = find(writing.tx.up_to_date().await?, &id, secret_hash, writing.now).await?;
    let Receipt::Open(mut it, hiding) = receipt else { return Ok(receipt) };
    let before = it.answers.clone();
    change(&mut it.answers);
    it.answers.hide_name |= hiding == Hiding::Done;
    it.answers = it.answers.consistent();
    if let Some(asked) = it.asked.clone() {
        only_own_promises(writing, &asked, &mut it.answers).await?;
    }
    if it.answers == before {
        return Ok(Receipt::Open(it, hiding));
    }
    let given_at = it.given_at;
    release::schedule(&mut it, organisation, given_at);
    if let Some(reached) = release::reached(writing.tx.up_to_date().await?, &id, &it.id.to_string()).await? {
        it.first_answers.get_or_insert(before);
        it.rep_due = it.rep_due.filter(|_| reached.rep_at.is_none());
        it.manager_due = it.manager_due.filter(|_| reached.manager_at.is_none());
        release::publish(writing, &it, &reached).await?;
    }
    release::release(writing, &mut it).await?;
    submission::update(writing, &it).await?;
    Ok(Receipt::Open(it, hiding))
}
