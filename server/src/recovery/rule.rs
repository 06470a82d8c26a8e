//! Cases that open by themselves, in the transaction of what opens them.

use super::apply::{find, save};
use crate::{
    db::{self, Writing},
    error::Error,
    organisation,
};
use app::{
    id::RecoveryCaseId,
    promise::Promise,
    recovery::{RecoveryCase, opened_by_promise, opened_by_rating},
    survey::Rating,
    time::Timestamp,
};

/// A rating reached its rep, or what it says or who may read it changed since. `is_read_by_rep`: whether the rep may read it by itself now; only
/// then it opens a case. Once the name is hidden, a case that nobody has begun with goes too.
///
/// # Errors
/// The database's.
pub async fn rating_reached(writing: &mut Writing, rating: &Rating, is_read_by_rep: bool) -> Result<(), Error> {
    if is_read_by_rep {
        let Some(organisation) = organisation::find(writing.tx.up_to_date().await?, writing.organisation).await? else { return Ok(()) };
        return open_new(writing, opened_by_rating(rating, &organisation.rules, writing.now)).await;
    }
    for id in RecoveryCase::ids_of(rating) {
        withdraw_if(writing, id, |case| case.goes_with_hidden(rating)).await?;
    }
    Ok(())
}

/// Our side said how a promise went, `at` its phone's clock if that is known: whoever was in touch before the phone had a network was so
/// after the case opened.
///
/// # Errors
/// The database's.
pub async fn promise_settled(writing: &mut Writing, promise: &Promise, at: Option<Timestamp>) -> Result<(), Error> {
    withdraw_if(writing, RecoveryCaseId(promise.id.0), |case| case.goes_with(promise)).await?;
    // A clock may be off, but not into the future.
    let at = at.unwrap_or(writing.now).min(writing.now);
    open_new(writing, opened_by_promise(promise, at)).await
}

/// Opens those that were not opened before.
async fn open_new(writing: &mut Writing, cases: impl IntoIterator<Item = RecoveryCase>) -> Result<(), Error> {
    for case in cases {
        if find(writing, case.id).await?.is_none() {
            save(writing, &case).await?;
        }
    }
    Ok(())
}

async fn withdraw_if(writing: &mut Writing, id: RecoveryCaseId, goes: impl Fn(&RecoveryCase) -> bool) -> Result<(), Error> {
    if find(writing, id).await?.is_some_and(|case| goes(&case)) {
        db::delete::<RecoveryCase>(writing, &id.to_string()).await?;
    }
    Ok(())
}
