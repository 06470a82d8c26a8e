//! Thousands of generated mutations, half of them broken: every valid one is accepted, every broken one refused with a reason, nothing is
//! half-written and nothing is a 500.

mod flaw;
mod seeds;
mod world;

use crate::support::TestApp;
use app::sync::protocol::{Mutation, Outcome, Row, WIRE};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use world::World;

/// Generated mutations per case; with [`CASES`] more than 10,000, not counting what they need to come first.
const STEPS: usize = 220;
const CASES: u32 = 48;

/// What to throw: which kind, whether broken, and a number that decides the rest.
fn steps() -> impl Strategy<Value = Vec<(usize, bool, u32)>> {
    prop::collection::vec((0..world::KINDS.len(), any::<bool>(), any::<u32>()), STEPS)
}

#[test]
fn whatever_a_phone_sends_is_accepted_whole_or_refused_with_a_reason() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let mut runner = TestRunner::new(Config { cases: CASES, max_shrink_iters: 30, failure_persistence: None, ..Config::default() });
    runner.run(&steps(), |steps| runtime.block_on(throw(&steps))).expect("every generated sequence is survived");
}

async fn throw(steps: &[(usize, bool, u32)]) -> Result<(), TestCaseError> {
    let app = TestApp::sqlite().await;
    let mut world = World::new(&app).await;
    for chunk in steps.chunks(25) {
        let mut expected = Vec::new();
        let mut batch = Vec::new();
        for (kind, broken, number) in chunk {
            for (sent, accepted) in world.step(*kind, *broken, *number) {
                expected.push(accepted);
                batch.push(sent);
            }
        }
        let first = world.push(&batch).await?;
        for ((receipt, accepted), sent) in first.iter().zip(&expected).zip(&batch) {
            let was = matches!(receipt.outcome, Outcome::Accepted { .. });
            prop_assert_eq!(was, *accepted, "{} -> {:?}", sent.mutation, receipt.outcome);
        }
        let again = world.push(&batch).await?;
        prop_assert_eq!(first, again, "a replay is answered as the first time");
    }
    let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
    for row in world.rows().await {
        *found.entry(name(&row)).or_default() += 1;
    }
    for (entity, count) in world.expected_rows() {
        prop_assert_eq!(found.get(entity).copied().unwrap_or(0), count, "rows of {}", entity);
    }
    Ok(())
}

/// What each wire added: a mutation of every kind, as the release that brought it sends them. Written once, never changed: a phone may come
/// back after months.
const WIRES: [&str; WIRE as usize] = [
    include_str!("hostile/wire-1.json"),
    include_str!("hostile/wire-2.json"),
    include_str!("hostile/wire-3.json"),
    include_str!("hostile/wire-4.json"),
    include_str!("hostile/wire-5.json"),
    include_str!("hostile/wire-6.json"),
];

/// Edits that tell what their author saw, which wires 3 and 6 came to do without numbers of their own: whoever does not know it reads the
/// edit.
const SAW: [&str; 2] = [include_str!("hostile/wire-3-saw.json"), include_str!("hostile/wire-6-saw.json")];

#[test]
fn every_mutation_that_was_ever_released_is_still_read() {
    let released: Vec<Value> = WIRES.iter().chain(&SAW).flat_map(|sent| serde_json::from_str::<Vec<Value>>(sent).expect("JSON")).collect();
    let kinds: BTreeSet<&str> = released.iter().map(flaw::kind).collect();
    assert_eq!(kinds, BTreeSet::from(world::KINDS));
    for sent in released {
        let read: Mutation = serde_json::from_value(sent.clone()).expect("a mutation that was released is read");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), sent, "and nothing of it is lost");
    }
}

fn name(row: &Row) -> &'static str {
    row.entity().as_str()
}
