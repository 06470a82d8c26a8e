//! Reps make right what went wrong: whatever was opened more than a week ago.

use super::{phrases, write::People};
use crate::{db, db::Writing, error::Error, random, sync};
use app::{
    account::Actor,
    id::TouchId,
    meeting::{Touch, TouchKind},
    recovery::{Cause, RecoveryCase, Step},
    sync::protocol::Mutation,
};

/// Hours until the rep calls, case by case.
const CALLED_AFTER_HOURS: [i64; 5] = [2, 5, 26, 3, 49];

/// Lets reps act on the cases that the half year opened.
pub(super) async fn make_right(writing: &mut Writing, people: &People) -> Result<(), Error> {
    let (organisation, now) = (writing.organisation.to_string(), writing.now);
    let mut cases: Vec<RecoveryCase> = db::all(writing.tx.up_to_date().await?, &organisation).await?;
    cases.retain(|case| case.opened_at.plus_days(8) <= now);
    cases.sort_by_key(|case| (case.opened_at, case.id));
    for (nth, case) in cases.into_iter().enumerate() {
        let Some(member) = people.members.iter().find(|member| member.id == case.rep) else { continue };
        let actor = Actor::new(member.clone(), &people.teams);
        let called_at = case.opened_at.plus_millis(CALLED_AFTER_HOURS[nth % CALLED_AFTER_HOURS.len()] * 3_600_000);
        let (sorry, order, gesture, learned) = phrases::MADE_RIGHT[nth % phrases::MADE_RIGHT.len()];
        let id = case.id;
        let step = |step, text: &str, days| Mutation::RecordRecovery { id, step, text: text.to_owned(), at: called_at.plus_days(days) };
        let touch = Touch {
            id: TouchId(random::uuid()),
            customer: case.customer,
            rep: case.rep,
            kind: TouchKind::Call,
            at: called_at,
            offset_minutes: 60,
            note: String::new(),
        };
        // A call after a broken promise would stand beside visits that nobody made.
        let called = matches!(case.cause, Cause::Rating(_)).then_some(Mutation::RecordTouch { touch });
        let steps = [
            step(Step::Apology, sorry, 0),
            step(Step::MakingGood, order, 2),
            step(Step::Gesture, gesture, 4),
            step(Step::Learned, learned, 5),
        ];
        let closed = Mutation::CloseRecovery { id, at: called_at.plus_days(5) };
        for mutation in called.into_iter().chain(steps).chain([closed]) {
            sync::apply(writing, &actor, &mutation).await?;
        }
    }
    Ok(())
}
