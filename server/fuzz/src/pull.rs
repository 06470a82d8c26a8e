//! `POST /api/sync/pull`: whatever is asked, nothing fails, and every answer can be read and gone on from.

#![no_main]

mod host;

use app::sync::protocol::{Pull, Pulled, ScopeCursor};
use host::Host;
use std::cell::RefCell;

thread_local! {
    static HOST: RefCell<Host> = RefCell::new(Host::new("/api/sync/pull"));
}

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    HOST.with_borrow_mut(|host| {
        host.tidy();
        let Some(answer) = host.post(body) else { return };
        let pulled: Pulled = serde_json::from_slice(&answer).expect("an answer that phones read");
        let asked: Pull = serde_json::from_slice(body).expect("what was answered was understood");
        let cursors = pulled.pages.into_iter().map(|page| ScopeCursor { scope: page.scope, cursor: page.cursor }).collect();
        let next = serde_json::to_vec(&Pull { cursors, ..asked }).expect("pulls have a JSON form");
        let answer = host.post(&next).expect("a cursor that was given is taken");
        let pulled: Pulled = serde_json::from_slice(&answer).expect("an answer that phones read");
        assert!(pulled.pages.iter().all(|page| !page.fresh), "a cursor that was given is known");
    });
});
