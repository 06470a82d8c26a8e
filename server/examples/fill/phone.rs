use super::organisation::{Filled, held, new_contact, new_customer};
use app::{
    customer::Customer,
    id::{DeviceId, MeetingId, MutationId},
    meeting::{Meeting, Notes},
    sync::protocol::{Envelope, Mutation, PUSH_MAX, Push, WIRE},
    time::Timestamp,
};
use server::{State, account, clock, random};
use std::{error::Error, path::Path};

/// Minutes from one meeting to the next: fifty thousand take three years.
const APART: i64 = 31;

/// Writes what the phone of the first rep has queued: `customers` customers and a contact of each, then `wanted` meetings with notes, which go round the
/// customers up to now.
pub async fn queue(
    state: &State,
    filled: &Filled,
    customers: usize,
    wanted: usize,
    directory: &Path,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (rep, now) = (&filled.rep, clock::now());
    let cookie = account::open_session(&state.db, filled.organisation.id, rep.id, "Phone", false).await?;
    std::fs::write(directory.join("cookie"), format!("{}={}", cookie.name(), cookie.value()))?;
    std::fs::write(directory.join("email"), &rep.email)?;

    let customers: Vec<_> = (0..customers).map(|number| Customer { name: name(number), ..new_customer(rep.id) }).collect();
    let contacts: Vec<_> = customers.iter().map(|customer| new_contact(customer.id, 1)).collect();
    let meetings = (0..wanted).map(|number| {
        let (customer, contact) = (&customers[number % customers.len()], &contacts[number % customers.len()]);
        let starts_at = now.plus_millis((number as i64 - wanted as i64) * APART * 60_000);
        Meeting { id: made_at(starts_at), contacts: vec![contact.id], notes: notes(), starts_at, ..held(rep.id, customer.id) }
    });
    let meetings: Vec<_> = meetings.map(|meeting| Mutation::CreateMeeting { meeting }).collect();
    let created = customers.into_iter().map(|customer| Mutation::CreateCustomer { customer });
    let met = contacts.into_iter().map(|contact| Mutation::CreateContact { contact });
    let known: Vec<_> = created.chain(met).collect();

    let (device, member) = (DeviceId(random::uuid()), rep.id);
    let envelope = |(sequence, mutation)| {
        let (id, made_at) = (MutationId(random::uuid()), clock::now());
        Envelope { id, member, sequence, wire: WIRE, made_at, mutation }
    };
    let first_meeting = known.len() as u64 + 1;
    let known: Vec<_> = (1..).zip(known).map(envelope).collect();
    let meetings: Vec<_> = (first_meeting..).zip(meetings).map(envelope).collect();
    let lowest_unsent = first_meeting + meetings.len() as u64;
    for (number, batch) in known.chunks(PUSH_MAX).chain(meetings.chunks(PUSH_MAX)).enumerate() {
        let push = Push { device, lowest_unsent, seen: None, mutations: batch.to_vec() };
        std::fs::write(directory.join(format!("push-{number}.json")), serde_json::to_vec(&push)?)?;
    }
    Ok(())
}

/// An id as a phone makes it then.
fn made_at(at: Timestamp) -> MeetingId {
    let random = random::uuid();
    MeetingId(
        uuid::Builder::from_unix_timestamp_millis(at.0.cast_unsigned(), random.as_bytes()[6..].try_into().expect("ten bytes")).into_uuid(),
    )
}

/// Names of which each letter begins some.
fn name(number: usize) -> String {
    const FIRST: [&str; 8] = ["Bakery", "Carpentry", "Dairy", "Garage", "Hotel", "Nursery", "Printer", "Winery"];
    const SECOND: [&str; 9] = ["Aarts", "Bakker", "De Wit", "Jansen", "Kok", "Molen", "Smit", "Visser", "Zon"];
    format!("{} {} {number}", FIRST[number % FIRST.len()], SECOND[number % SECOND.len()])
}

/// With them a meeting takes a kilobyte.
fn notes() -> Notes {
    Notes {
        matters: "Fewer deliveries a week, without running out of flour on Saturday. The second oven opens in March.".into(),
        success: "Less than one late delivery a month.".into(),
        roadblocks: "The loading bay is shared with the pharmacy next door and closed until seven.".into(),
        moving_targets: "The landlord may move the bay to the back of the building.".into(),
        innovations: "A locker for deliveries at night, as the bakery in Zeist has it: nobody has to be there.".into(),
        next_step: "Send the new schedule before Friday, and the name of the bakery in Zeist.".into(),
    }
}
