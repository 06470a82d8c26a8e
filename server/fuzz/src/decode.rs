//! What a phone or a server of any age wrote: whatever is read is written again without loss.

#![no_main]

use app::sync::{
    outbox::Item,
    protocol::{Entity, Mutation},
};

libfuzzer_sys::fuzz_target!(|text: &[u8]| {
    if let Ok(mutation) = serde_json::from_slice::<Mutation>(text) {
        let written = serde_json::to_vec(&mutation).expect("mutations have a JSON form");
        let read: Mutation = serde_json::from_slice(&written).expect("what was written is read");
        assert_eq!(read, mutation);
    }
    let Ok(text) = std::str::from_utf8(text) else { return };
    if let Some(item) = Item::read(text) {
        let again = Item::read(&item.write()).expect("what was written is read");
        assert_eq!((again.state, again.envelope.mutation.get()), (item.state, item.envelope.mutation.get()));
    }
    for entity in Entity::ALL {
        if let Ok(row) = entity.read(text) {
            // Numbers with a point may differ in the last digit, which no phone can tell.
            let again = entity.read(&row.body()).expect("what was written is read");
            assert_eq!(again.key(), row.key());
        }
    }
});
