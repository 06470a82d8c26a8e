//! `POST /api/sync/push`: whatever is sent, nothing fails, each mutation that came has a receipt, and the same again gets the same.

#![no_main]

mod host;

use app::sync::protocol::Pushed;
use host::Host;
use std::cell::RefCell;

thread_local! {
    static HOST: RefCell<Host> = RefCell::new(Host::new("/api/sync/push"));
}

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    HOST.with_borrow_mut(|host| {
        host.tidy();
        let Some(first) = host.post(body).map(read) else { return };
        let again = host.post(body).map(read).expect("what was taken once is taken again");
        assert_eq!(first.receipts, again.receipts, "a retry gets the first answer");
    });
});

fn read(answer: Vec<u8>) -> Pushed {
    serde_json::from_slice(&answer).expect("an answer that phones read")
}
