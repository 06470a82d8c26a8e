//! What a revoked device still held: to the quarantine, and nowhere else.

use super::{
    history::History,
    push::{self, By, Read},
    queries,
};
use crate::{
    State,
    account::{Revoked, note_delivery},
    db::Writing,
    error::Error,
};
use app::sync::protocol::{Delivery, ProblemCode, Pushed};
use axum::{Json, extract, extract::rejection::JsonRejection};
use serde_json::value::RawValue;

/// `POST /api/sync/deliver`.
///
/// # Errors
/// As a push, and [`ProblemCode::Delivered`] beyond what a device may hand over.
pub async fn deliver(
    extract::State(state): extract::State<State>,
    revoked: Revoked,
    body: Result<Json<Delivery<Box<RawValue>>>, JsonRejection>,
) -> Result<Json<Pushed>, Error> {
    let Json(Delivery { device, member, mutations, last }) = body.map_err(Error::from)?;
    if member != revoked.member {
        return Err(Error::problem(ProblemCode::AnotherMember, "This is another member's. Sign in as that member."));
    }
    push::check(&mutations, revoked.member)?;
    let delivery = Delivery { device, member, mutations: push::read(mutations), last };
    let pushed = state.writer.write(revoked.organisation, move |writing| Box::pin(take(writing, revoked, delivery))).await?;
    Ok(Json(pushed))
}

async fn take(writing: &mut Writing, revoked: Revoked, delivery: Delivery<Read>) -> Result<Pushed, Error> {
    note_delivery(writing, &revoked, delivery.mutations.len(), delivery.last).await?;
    let history = History::new(writing.tx.up_to_date().await?, writing.organisation, writing.sequence).await?;
    let epoch = history.epoch_of(writing.sequence);
    let (device, sent) = (delivery.device, &delivery.mutations[..]);
    if sent.is_empty() {
        return Ok(Pushed { epoch, receipts: Vec::new(), missing: Vec::new() });
    }
    let mut arrived = queries::claim_device(writing, device, revoked.member).await?;
    let kept = queries::receipts(writing, device, revoked.member, sent).await?;
    let answered = push::answer(writing, By::Revoked, device, sent, kept).await?.unwrap_or_default();
    push::keep(writing, device, sent, &answered, &mut arrived).await?;
    Ok(Pushed { epoch, receipts: answered.receipts, missing: Vec::new() })
}
