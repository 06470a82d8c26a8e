//! What fuzzing starts from: a mutation of every kind, none of which fails already.

#[path = "../../../fuzz/src/host.rs"]
mod host;

use super::{flaw, world};
use app::sync::protocol::{Mutation, Push};
use host::Host;
use serde_json::Value;
use std::fs;

/// By target.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds");

#[test]
fn fuzzing_starts_from_a_mutation_of_every_kind() {
    for kind in world::KINDS {
        let seed = |target: &str| {
            let path = format!("{SEEDS}/{target}/{kind}.json");
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
        };
        let mutation: Mutation = serde_json::from_str(&seed("decode")).expect("a mutation");
        let push: Push = serde_json::from_str(&seed("push")).expect("a push");
        let pushed = push.mutations.into_iter().map(|envelope| envelope.mutation);
        let sent: Vec<Value> = [mutation].into_iter().chain(pushed).map(|it| serde_json::to_value(it).expect("JSON")).collect();
        assert_eq!(sent.iter().map(flaw::kind).collect::<Vec<_>>(), [kind, kind]);
    }
}

#[test]
fn what_fuzzing_starts_from_is_answered_by_the_server_that_it_asks() {
    for (target, path) in [("push", "/api/sync/push"), ("pull", "/api/sync/pull")] {
        let mut host = Host::new(path);
        for seed in fs::read_dir(format!("{SEEDS}/{target}")).expect("seeds") {
            host.tidy();
            let seed = seed.expect("a seed").path();
            assert!(host.post(&fs::read(&seed).expect("a seed")).is_some(), "{}", seed.display());
        }
    }
}
