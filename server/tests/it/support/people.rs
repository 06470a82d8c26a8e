//! A member's phone as a test drives it, and things that phones make.

use super::{TestApp, wire};
use app::{
    account::Member,
    customer::{Contact, Customer},
    id::{ContactId, CustomerId, DeviceId, MeetingId, MemberId, MutationId, OrganisationId, PhotoId},
    meeting::{Channel, Meeting, MeetingFormat, MeetingStatus, Notes},
    photo::{Photo, PhotoData, PhotoSubject},
    survey::StockToken,
    sync::protocol::{Envelope, Mutation, Outcome, Pull, Pulled, Push, Pushed, Row, ScopeCursor, WIRE},
    time::Timestamp,
};
use axum::http::StatusCode;
use server::{account::open_session, random};
use std::collections::{BTreeMap, BTreeSet};

/// A signed-in device with its numbering, its cursors and the rows that it holds.
pub struct Phone<'a> {
    app: &'a TestApp,
    /// Whose it is.
    pub member: Member,
    /// Its device id.
    pub device: DeviceId,
    /// Its session's cookie.
    pub cookie: String,
    numbered: u64,
    cursors: BTreeMap<String, ScopeCursor>,
    held: BTreeMap<(String, String), (BTreeSet<String>, Row)>,
}

impl<'a> Phone<'a> {
    pub async fn new(app: &'a TestApp, organisation: OrganisationId, member: &Member) -> Self {
        let cookie = open_session(&app.state.db, organisation, member.id, "Test", false).await.expect("a session opens");
        Self {
            app,
            member: member.clone(),
            device: DeviceId(random::uuid()),
            cookie: format!("{}={}", cookie.name(), cookie.value()),
            numbered: 0,
            cursors: BTreeMap::new(),
            held: BTreeMap::new(),
        }
    }

    /// Numbers a mutation for sending.
    pub fn envelope(&mut self, mutation: Mutation) -> Envelope {
        self.numbered += 1;
        Envelope {
            id: MutationId(random::uuid()),
            member: self.member.id,
            sequence: self.numbered,
            wire: WIRE,
            made_at: Timestamp(1_780_000_000_000),
            mutation,
        }
    }

    /// A push of envelopes, not sent yet.
    pub fn batch(&self, mutations: Vec<Envelope>) -> Push {
        Push { device: self.device, lowest_unsent: self.numbered + 1, seen: None, mutations }
    }

    /// Sends a push.
    pub async fn push(&self, push: &Push) -> Pushed {
        let (status, body) = self.app.post("/api/sync/push", Some(&self.cookie), wire::json(push)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        serde_json::from_str(&body).expect("a push's answer")
    }

    /// Makes and sends one mutation.
    pub async fn make(&mut self, mutation: Mutation) -> Outcome {
        let envelope = self.envelope(mutation);
        let batch = self.batch(vec![envelope]);
        self.push(&batch).await.receipts.remove(0).outcome
    }

    /// Makes and sends one mutation that must be accepted.
    pub async fn must(&mut self, mutation: Mutation) {
        let outcome = self.make(mutation.clone()).await;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{mutation:?}: {outcome:?}");
    }

    /// Links for its stock.
    pub async fn stock(&self, wanted: u16) -> Vec<StockToken> {
        let (status, body) = self.app.post("/api/survey/tokens", Some(&self.cookie), format!("{{\"wanted\":{wanted}}}")).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        serde_json::from_str(&body).expect("a stock of links")
    }

    /// Pulls until there is no more.
    pub async fn pull(&mut self) -> Pulled {
        loop {
            let pull = Pull { wire: WIRE, member: self.member.id, cursors: self.cursors.values().cloned().collect() };
            let (status, body) = self.app.post("/api/sync/pull", Some(&self.cookie), wire::json(&pull)).await;
            assert_eq!(status, StatusCode::OK, "{body}");
            let pulled: Pulled = serde_json::from_str(&body).expect("a pull's answer");
            self.apply(&pulled);
            if !pulled.more {
                return pulled;
            }
        }
    }

    fn apply(&mut self, pulled: &Pulled) {
        let scopes: BTreeSet<String> = pulled.scopes.iter().map(ToString::to_string).collect();
        self.cursors.retain(|scope, _| scopes.contains(scope));
        for (holders, _) in self.held.values_mut() {
            holders.retain(|scope| scopes.contains(scope));
        }
        for page in &pulled.pages {
            let scope = page.scope.to_string();
            if page.fresh {
                self.held.values_mut().for_each(|(holders, _)| {
                    holders.remove(&scope);
                });
            }
            for change in &page.changes {
                let key = (change.entity.as_str().to_owned(), change.id.clone());
                match &change.row {
                    Some(row) => {
                        let held = self.held.entry(key).or_insert_with(|| (BTreeSet::new(), row.clone()));
                        held.0.insert(scope.clone());
                        held.1 = row.clone();
                    }
                    None => {
                        if let Some(held) = self.held.get_mut(&key) {
                            held.0.remove(&scope);
                        }
                    }
                }
            }
            self.cursors.insert(scope, ScopeCursor { scope: page.scope, cursor: page.cursor.clone() });
        }
        self.held.retain(|_, (holders, _)| !holders.is_empty());
    }

    /// The rows held, after a pull.
    pub async fn rows(&mut self) -> Vec<Row> {
        self.pull().await;
        self.held.values().map(|(_, row)| row.clone()).collect()
    }
}

/// A customer that `owner` looks after.
pub fn new_customer(owner: MemberId, name: &str) -> Customer {
    Customer {
        id: CustomerId(random::uuid()),
        name: name.into(),
        place: String::new(),
        industry: String::new(),
        size: Default::default(),
        owner,
        co_owners: BTreeSet::new(),
        owned_since: "2026-01-01".parse().expect("a date"),
        tier: Default::default(),
        window_days: None,
        ideal_days: None,
        archived: false,
        united: None,
        version: 0,
        history: Default::default(),
    }
}

/// Somebody of `customer`.
pub fn new_contact(customer: CustomerId, name: &str) -> Contact {
    Contact {
        id: ContactId(random::uuid()),
        customer,
        name: name.into(),
        role: String::new(),
        email: String::new(),
        phone: String::new(),
        archived: false,
        version: 0,
        history: Default::default(),
    }
}

/// The instant `days` after 2026-06-01T10:00:00Z.
pub fn at(days: i64) -> Timestamp {
    Timestamp(1_780_308_000_000).plus_days(days)
}

/// A meeting that `rep` held.
pub fn held(rep: MemberId, customer: CustomerId, days: i64) -> Meeting {
    Meeting {
        id: MeetingId(random::uuid()),
        customer,
        rep,
        format: MeetingFormat::Discovery,
        status: MeetingStatus::Held,
        starts_at: at(days),
        offset_minutes: 120,
        length_minutes: 60,
        channel: Channel::InPerson,
        contacts: vec![],
        colleagues: vec![],
        notes: Notes::default(),
        corrections: vec![],
        version: 0,
        history: Default::default(),
        calendar: None,
    }
}

/// A JPEG of that size with `metadata` in it: built as one is, though it shows nothing.
pub fn jpeg(width: u16, height: u16, metadata: &[u8]) -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| [&[0xFF, marker, 0, content.len() as u8 + 2], content].concat();
    let ([high, low], [wide, narrow]) = (height.to_be_bytes(), width.to_be_bytes());
    let frame = segment(0xC0, &[8, high, low, wide, narrow, 1, 1, 0x11, 0]);
    let scan = [segment(0xDA, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0x34]].concat();
    [&[0xFF, 0xD8], metadata, &segment(0xDB, &[0; 65]), &frame, &segment(0xC4, &[0; 17]), &scan, &[0xFF, 0xD9]].concat()
}

/// What the photo of [`photo_on`] shows.
pub fn photo_data() -> PhotoData {
    PhotoData::of(&jpeg(64, 48, &[]))
}

/// A small photo that `author` attaches to `subject`.
pub fn photo_on(author: MemberId, subject: PhotoSubject, customer: CustomerId) -> Photo {
    let bytes = jpeg(64, 48, &[]).len() as u32;
    let id = PhotoId(random::uuid());
    Photo { id, subject, customer, author, added_at: at(0), width: 64, height: 48, bytes, caption: String::new() }
}

/// The mutation that attaches it.
pub fn attach_photo(author: MemberId, subject: PhotoSubject, customer: CustomerId) -> Mutation {
    Mutation::AttachPhoto { photo: photo_on(author, subject, customer), data: photo_data() }
}
