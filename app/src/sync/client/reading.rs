//! The start of a full phone: what counts today is read at once, the rest piece by piece while the app is in use already.

use super::{Client, Effect, Turn};
use crate::{
    browser::record::{Durability, Records},
    sync::{
        earlier::{Earlier, MANY},
        stored::{self, Keys},
    },
    time::Timestamp,
};
use std::collections::VecDeque;

/// What is still to be read.
#[derive(Debug)]
pub(super) struct Reading {
    keys: VecDeque<Keys>,
    /// Whether a piece of it is on its way.
    asked: bool,
}

impl Client {
    /// This client, of whose rows `records` held only what [`stored::around`] calls recent.
    #[must_use]
    pub fn reading_on(mut self, records: &Records) -> Self {
        if let Some(earlier) = &self.earlier {
            let (_, keys) = stored::around(records, earlier.before);
            self.holdings.know_of(earlier.clone());
            self.reading = Some(Reading { keys: keys.into(), asked: false });
            self.show();
        }
        self
    }

    /// Asks for the next piece. The database works in order, so that a piece is never older than what is known of its rows otherwise.
    pub(super) fn read_on(&mut self, effects: &mut Vec<Effect>) {
        let Some(reading) = self.reading.as_mut().filter(|reading| !reading.asked) else { return };
        match reading.keys.front() {
            Some(keys) => {
                reading.asked = true;
                effects.push(Effect::ReadRows(keys.clone()));
            }
            None => {
                self.reading = None;
                self.holdings.know_all();
                self.show();
            }
        }
    }

    /// A piece came: up to the key `last`, or all there was.
    pub(super) fn rows_read(&mut self, records: &Records, last: Option<String>) {
        // Everything was read meanwhile.
        let Some(reading) = self.reading.as_mut().filter(|reading| reading.asked) else { return };
        reading.asked = false;
        match (reading.keys.front_mut(), last) {
            // The first key after the last one.
            (Some(keys), Some(last)) => keys.start = last + "\0",
            _ => drop(reading.keys.pop_front()),
        }
        let unreadable = stored::read_rows(records, &mut self.holdings);
        self.stale.extend(unreadable);
    }

    /// Sums up what the next start need not read at once, where that is much and there is no sum that holds.
    pub(super) fn sum_up(&mut self, now: Timestamp) -> Option<Effect> {
        let rows = self.holdings.rows();
        let is_much = rows.meetings.len() + rows.touches.len() > MANY;
        let holds = self.earlier.as_ref().is_some_and(|earlier| !earlier.is_old(now));
        if !is_much || holds || !self.sums_up || self.reading.is_some() {
            return None;
        }
        let earlier = Earlier::of(rows, now);
        let write = stored::write_earlier(&earlier);
        self.turn = Turn::SummingUp(earlier);
        Some(Effect::Store(vec![write], Durability::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        browser::record::{Table, Write},
        customer::last_contacts,
        id::{DeviceId, EpochId},
        sync::{
            client::Event,
            protocol::{Change, Cursor, Page, Pulled, Row, Scope},
            sample::{ME, a_touch, noon, on},
        },
    };
    use uuid::Uuid;

    const SCOPE: Scope = Scope::Member(ME);

    fn now() -> Timestamp {
        noon("2026-06-01")
    }

    /// Touches of the days before, five a day, with a hundred customers.
    fn touch(number: usize) -> Change {
        let at = now().plus_days(-(number as i64) / 5);
        let row = Row::Touch(a_touch((at.0 as u128) << 80 | number as u128, number as u128 % 100, at));
        Change { entity: row.entity(), id: row.key(), row: Some(row) }
    }

    fn pulled(changes: Vec<Change>) -> Event {
        let cursor = Cursor { epoch: EpochId(Uuid::nil()), sequence: 2, entity: String::new(), id: String::new() };
        let page = Page { scope: SCOPE, fresh: false, changes, cursor, complete_to: 1 };
        Event::PullAnswered(Ok(Pulled { epoch: EpochId(Uuid::nil()), scopes: vec![SCOPE], pages: vec![page], more: false }))
    }

    /// A database and the machine over it, which does all that the machine asks of the database.
    struct Opened {
        disk: Records,
        client: Client,
        pieces: usize,
    }

    impl Opened {
        fn tell(&mut self, event: Event) {
            let effects = self.client.handle(event, now(), 1.0);
            for effect in effects {
                match effect {
                    Effect::Store(writes, _) => {
                        writes.into_iter().for_each(|write| self.disk.apply(write));
                        self.tell(Event::Stored(true));
                    }
                    Effect::LoadOutbox(from) => self.tell(Event::OutboxLoaded(from, self.disk.clone())),
                    Effect::ReadRows(keys) => {
                        self.pieces += 1;
                        let read: Vec<_> =
                            self.disk.of(Table::Row).filter(|(key, _)| keys.contains(&(*key).to_owned())).take(500).collect();
                        let last = read.last().filter(|_| read.len() == 500).map(|(key, _)| (*key).to_owned());
                        let rows = records(read);
                        self.tell(Event::RowsRead(rows, last));
                    }
                    _ => {}
                }
            }
        }
    }

    fn records<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Records {
        let mut records = Records::default();
        for (key, value) in rows {
            records.apply(Write::Put { table: Table::Row, key: key.to_owned(), value: value.to_owned() });
        }
        records
    }

    /// A phone that pulled `count` touches and has nothing left to do.
    fn pulled_all(count: usize) -> Opened {
        let client = Client::new(ME, DeviceId(Uuid::nil()), &Records::default(), true);
        let mut opened = Opened { disk: Records::default(), client, pieces: 0 };
        opened.tell(Event::LockGranted);
        opened.tell(pulled((0..count).map(touch).collect()));
        opened
    }

    /// The next start on the same database, of which only a part is read.
    fn started_again(disk: &Records) -> Opened {
        let before = stored::summed_up_before(disk).expect("the older rows are summed up");
        let (recent, _) = stored::around(disk, before);
        let of_rows = disk.of(Table::Row).filter(|(key, _)| recent.iter().any(|keys| keys.contains(&(*key).to_owned())));
        let mut part = records(of_rows);
        disk.of(Table::Meta)
            .for_each(|(key, value)| part.apply(Write::Put { table: Table::Meta, key: key.to_owned(), value: value.to_owned() }));
        let client = Client::new(ME, DeviceId(Uuid::nil()), &part, true).reading_on(&part);
        Opened { disk: disk.clone(), client, pieces: 0 }
    }

    #[test]
    fn a_full_phone_starts_with_what_counts_today_and_reads_the_rest_afterwards() {
        let all = pulled_all(MANY + 1);
        let mut again = started_again(&all.disk);
        let (part, whole) = (again.client.replica().clone(), all.client.replica());
        assert!((250..400).contains(&part.touches.len()), "two months of them: {}", part.touches.len());
        assert_eq!(last_contacts(&part, on("2026-06-01")), last_contacts(whole, on("2026-06-01")));
        again.tell(Event::Tick);
        assert!(again.pieces >= 8, "in pieces");
        assert_eq!(again.client.replica(), whole);
    }

    #[test]
    fn what_is_pulled_while_the_rest_is_read_stands() {
        let all = pulled_all(MANY + 1);
        let mut again = started_again(&all.disk);
        // A piece is on its way when an old touch is deleted and another comes.
        let effects = again.client.handle(Event::Tick, now(), 1.0);
        assert!(matches!(effects[..], [Effect::ReadRows(_)]));
        again.tell(Event::LockGranted);
        let gone = Change { row: None, ..touch(3_000) };
        again.tell(pulled(vec![gone.clone(), touch(MANY + 1)]));
        assert_eq!(stored::summed_up_before(&again.disk), None, "the sum is another now");
        for effect in effects {
            if let Effect::ReadRows(keys) = effect {
                let read: Vec<_> = again.disk.of(Table::Row).filter(|(key, _)| keys.contains(&(*key).to_owned())).collect();
                let rows = records(read);
                again.tell(Event::RowsRead(rows, None));
            }
        }
        let mut expected = all.client.replica().as_ref().clone();
        expected.remove(gone.entity, &gone.id);
        expected.put(touch(MANY + 1).row.expect("a touch"));
        assert_eq!(again.client.replica().as_ref(), &expected);
        again.tell(Event::Tick);
        assert!(stored::summed_up_before(&again.disk).is_some(), "and is kept once everything is known");
    }

    #[test]
    fn a_phone_that_holds_little_reads_it_at_once() {
        assert_eq!(stored::summed_up_before(&pulled_all(MANY).disk), None);
    }
}
