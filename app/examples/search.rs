//! How long a search takes on what a large organisation's phone holds: `cargo run --release -p app --example search`.

use app::{
    customer::Customer,
    id::{CustomerId, MeetingId, MemberId},
    meeting::{Channel, Meeting, MeetingFormat, MeetingStatus, Notes},
    search::Index,
    sync::{Replica, protocol::Row},
    time::Timestamp,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

const CUSTOMERS: u128 = 5_000;
const MEETINGS: u128 = 50_000;
/// What one types, letter by letter and in whole words.
const SEARCHES: [&str; 6] = ["r", "ra", "ramp", "ramp steep", "customer 4999 ramp", "nothing has this"];

fn main() {
    let replica = Arc::new(replica());
    let mut index = Index::default();
    let built = timed(|| assert!(index.catch_up(&replica, usize::MAX)));
    println!("{CUSTOMERS} customers, {MEETINGS} meetings: kept ready in {built:.1?}");
    for words in SEARCHES {
        let mut found = Default::default();
        let taken = timed(|| found = index.find(words, MemberId(Uuid::nil())));
        println!("{words:<20} {taken:>8.1?}  {} customers, {} notes", found.customers.of, found.notes.of);
    }
}

fn timed(act: impl FnOnce()) -> Duration {
    let started = Instant::now();
    act();
    started.elapsed()
}

fn replica() -> Replica {
    let mut replica = Replica::default();
    for n in 0..CUSTOMERS {
        replica.put(Row::Customer(Customer {
            id: CustomerId(Uuid::from_u128(n)),
            name: format!("Customer {n} Küchen"),
            place: "Utrecht".into(),
            industry: String::new(),
            size: Default::default(),
            owner: MemberId(Uuid::nil()),
            co_owners: Default::default(),
            owned_since: Default::default(),
            tier: Default::default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        }));
    }
    for n in 0..MEETINGS {
        let notes = Notes {
            matters: "They want fewer returns and a calm Monday morning for whoever works at the dock".into(),
            roadblocks: if n % 7 == 0 { "The ramp is too steep for the new trucks".into() } else { String::new() },
            next_step: format!("Send the drawing of hall {} by Friday", n % 90),
            ..Notes::default()
        };
        replica.put(Row::Meeting(Meeting {
            id: MeetingId(Uuid::from_u128(n)),
            customer: CustomerId(Uuid::from_u128(n % CUSTOMERS)),
            rep: MemberId(Uuid::nil()),
            format: MeetingFormat::Discovery,
            status: MeetingStatus::Held,
            starts_at: Timestamp(n as i64 * 1_000_000),
            offset_minutes: 0,
            length_minutes: 60,
            channel: Channel::InPerson,
            contacts: vec![],
            colleagues: vec![],
            notes,
            corrections: vec![],
            version: 0,
            history: Default::default(),
            calendar: None,
        }));
    }
    replica
}
