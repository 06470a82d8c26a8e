//! What people save: things made, changed and removed, chosen among what their phone shows, as a screen would.

use app::{
    customer::{Contact, Customer, CustomerEdit},
    id::{ContactId, CustomerId, InvitationId, MeetingId, MemberId, PhotoId, PromiseId, ReflectionId, TouchId},
    meeting::{Channel, Meeting, MeetingEdit, MeetingFormat, MeetingStatus, Notes, Touch, TouchKind},
    photo::{Photo, PhotoData, PhotoSubject},
    promise::{Agreed, Promise, PromiseState},
    reflection::Reflection,
    survey::{Invitation, InvitationState, StockToken, Way},
    sync::{
        protocol::Mutation,
        replica::{Replica, Rows},
    },
    time::Timestamp,
};
use std::sync::Arc;
use uuid::Uuid;

/// What kind of thing is saved.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Customer,
    CustomerWithContact,
    Name,
    /// On a screen that was opened before somebody else's change came.
    LateName,
    /// Two customers are the same.
    United,
    Apart,
    Contact,
    Meeting,
    Note,
    NoMeeting,
    Touch,
    NoTouch,
    Promise,
    Settled,
    NoPromise,
    /// Of a meeting or a promise.
    Photo,
    NoPhoto,
    Reflection,
    Shared,
    /// A meeting whose contact is shown a link to rate it at once.
    Rated,
    /// Somebody is shown a link to rate an earlier meeting.
    Invitation,
}

impl Kind {
    pub const ALL: [Self; 21] = [
        Self::Customer,
        Self::CustomerWithContact,
        Self::Name,
        Self::LateName,
        Self::United,
        Self::Apart,
        Self::Contact,
        Self::Meeting,
        Self::Note,
        Self::NoMeeting,
        Self::Touch,
        Self::NoTouch,
        Self::Promise,
        Self::Settled,
        Self::NoPromise,
        Self::Photo,
        Self::NoPhoto,
        Self::Reflection,
        Self::Shared,
        Self::Rated,
        Self::Invitation,
    ];
}

/// A JPEG of one pixel, as far as anybody reads it here.
#[rustfmt::skip]
const PIXEL: [u8; 28] = [
    0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0,
    0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0xD9,
];

/// Where and by whom something is saved.
pub struct Maker<'r> {
    pub me: MemberId,
    pub replica: &'r Replica,
    pub now: Timestamp,
    /// Makes ids that no other maker makes.
    pub id: u128,
    /// Chooses among what there is.
    pub pick: usize,
    /// The next link of the stock.
    pub link: Option<&'r StockToken>,
}

/// When customers are asked, by whatever clock: so late that no link is ever too old for the server.
const ASKED_AT: Timestamp = Timestamp(40_000_000_000_000);

impl Maker<'_> {
    /// The mutations of one save; none where the phone shows nothing that it could be about.
    pub fn make(&self, kind: Kind) -> Vec<Mutation> {
        match kind {
            Kind::Customer => vec![Mutation::CreateCustomer { customer: self.customer() }],
            Kind::CustomerWithContact => {
                let customer = self.customer();
                let contact = self.contact(customer.id);
                vec![Mutation::CreateCustomer { customer }, Mutation::CreateContact { contact }]
            }
            Kind::Name => self.one(&self.replica.customers, |customer| {
                let edit = CustomerEdit { name: Some(format!("Renamed {:x}", self.id)), ..CustomerEdit::default() };
                Mutation::edit_customer(customer, edit)
            }),
            Kind::LateName => self.one(&self.replica.customers, |customer| {
                let edit = CustomerEdit { name: Some(format!("Renamed late {:x}", self.id)), ..CustomerEdit::default() };
                let before =
                    Customer { name: "As it was".to_owned(), version: customer.version.saturating_sub(1), ..Customer::clone(customer) };
                Mutation::edit_customer(&before, edit)
            }),
            Kind::United => {
                let into = self.replica.customers.keys().nth((self.pick / 7) % self.replica.customers.len().max(1)).copied();
                into.map_or_else(Vec::new, |into| {
                    self.one(&self.replica.customers, |customer| Mutation::UniteCustomers { id: customer.id, into })
                })
            }
            Kind::Apart => self.one(&self.replica.united, |customer| {
                let united = customer.united.as_ref().expect("what is shown as one with another says so");
                Mutation::TakeApart { id: customer.id, into: united.into }
            }),
            Kind::Contact => self.one(&self.replica.customers, |customer| Mutation::CreateContact { contact: self.contact(customer.id) }),
            Kind::Meeting => self.one(&self.replica.customers, |customer| Mutation::CreateMeeting { meeting: self.meeting(customer.id) }),
            Kind::Note => self.one(&self.replica.meetings, |meeting| {
                let edit = MeetingEdit { next_step: Some(format!("Step {:x}", self.id)), ..MeetingEdit::default() };
                let reason = (meeting.rep != self.me).then(|| "It was told otherwise".to_owned());
                Mutation::edit_meeting(meeting, edit, reason)
            }),
            Kind::NoMeeting => self.one(&self.replica.meetings, |meeting| Mutation::DeleteMeeting { id: meeting.id }),
            Kind::Touch => self.one(&self.replica.customers, |customer| Mutation::RecordTouch { touch: self.touch(customer.id) }),
            Kind::NoTouch => self.one(&self.replica.touches, |touch| Mutation::DeleteTouch { id: touch.id }),
            Kind::Promise => self.one(&self.replica.customers, |customer| Mutation::MakePromise { promise: self.promise(customer.id) }),
            Kind::Settled => self.one(&self.replica.promises, |promise| {
                let state = [PromiseState::Kept, PromiseState::Late, PromiseState::Changed, PromiseState::NotKept][self.pick % 4];
                let agreed = Agreed { promise: PromiseId(self.id()), what: format!("Instead {:x}", self.id), due: self.now.date_at(0) };
                Mutation::SettlePromise { id: promise.id, state, agreed: (state == PromiseState::Changed).then_some(agreed), at: None }
            }),
            Kind::NoPromise => self.one(&self.replica.promises, |promise| Mutation::DeletePromise { id: promise.id }),
            Kind::Photo if self.pick.is_multiple_of(3) => {
                self.one(&self.replica.promises, |it| self.photo(PhotoSubject::Promise(it.id), it.customer))
            }
            Kind::Photo => self.one(&self.replica.meetings, |it| self.photo(PhotoSubject::Meeting(it.id), it.customer)),
            Kind::NoPhoto => self.one(&self.replica.photos, |photo| Mutation::DeletePhoto { id: photo.id }),
            Kind::Reflection => vec![Mutation::WriteReflection { reflection: self.reflection(), saw: None }],
            Kind::Shared => self
                .one(&self.replica.reflections, |reflection| Mutation::ShareReflection { id: reflection.id, shared: !reflection.shared }),
            Kind::Rated => {
                let Some(customer) = self.any(&self.replica.customers) else { return Vec::new() };
                let meeting = Meeting { status: MeetingStatus::Held, ..self.meeting(customer.id) };
                let invite = self.invite(&meeting);
                vec![Mutation::CreateMeeting { meeting }, invite]
            }
            Kind::Invitation => self.one(&self.replica.meetings, |meeting| self.invite(meeting)),
        }
    }

    /// A mutation about one of `rows`, if there is any.
    fn one<Id: Ord, T>(&self, rows: &Rows<Id, T>, make: impl FnOnce(&Arc<T>) -> Mutation) -> Vec<Mutation> {
        self.any(rows).map(make).into_iter().collect()
    }

    /// One of `rows`.
    fn any<'a, Id: Ord, T>(&self, rows: &'a Rows<Id, T>) -> Option<&'a Arc<T>> {
        rows.values().nth(self.pick % rows.len().max(1))
    }

    fn id(&self) -> Uuid {
        Uuid::from_u128(self.id)
    }

    fn customer(&self) -> Customer {
        Customer {
            id: CustomerId(self.id()),
            name: format!("Customer {:x}", self.id),
            place: String::new(),
            industry: String::new(),
            size: Default::default(),
            owner: self.me,
            co_owners: [].into(),
            owned_since: self.now.date_at(0),
            tier: Default::default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        }
    }

    fn contact(&self, customer: CustomerId) -> Contact {
        Contact {
            id: ContactId(self.id()),
            customer,
            name: format!("Contact {:x}", self.id),
            role: String::new(),
            email: String::new(),
            phone: String::new(),
            archived: false,
            version: 0,
            history: Default::default(),
        }
    }

    fn meeting(&self, customer: CustomerId) -> Meeting {
        let contacts = self.replica.contacts.values().filter(|contact| contact.customer == customer).map(|contact| contact.id);
        Meeting {
            id: MeetingId(self.id()),
            customer,
            rep: self.me,
            format: MeetingFormat::Discovery,
            status: if self.pick.is_multiple_of(2) { MeetingStatus::Held } else { MeetingStatus::Planned },
            starts_at: self.now,
            offset_minutes: 0,
            length_minutes: 30,
            channel: Channel::InPerson,
            contacts: contacts.take(2).collect(),
            colleagues: vec![],
            notes: Notes::default(),
            corrections: vec![],
            version: 0,
            history: Default::default(),
            calendar: None,
        }
    }

    fn touch(&self, customer: CustomerId) -> Touch {
        Touch {
            id: TouchId(self.id()),
            customer,
            rep: self.me,
            kind: TouchKind::Call,
            at: self.now,
            offset_minutes: 0,
            note: String::new(),
        }
    }

    fn promise(&self, customer: CustomerId) -> Promise {
        Promise {
            id: PromiseId(self.id()),
            customer,
            meeting: None,
            maker: self.me,
            keeper: self.me,
            what: format!("Promise {:x}", self.id),
            due: self.now.date_at(0),
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        }
    }

    fn photo(&self, subject: PhotoSubject, customer: CustomerId) -> Mutation {
        let photo = Photo {
            id: PhotoId(self.id()),
            subject,
            customer,
            author: self.me,
            added_at: self.now,
            width: 1,
            height: 1,
            bytes: PIXEL.len() as u32,
            caption: format!("Photo {:x}", self.id),
        };
        Mutation::AttachPhoto { photo, data: PhotoData::of(&PIXEL) }
    }

    fn invite(&self, meeting: &Meeting) -> Mutation {
        let invitation = Invitation {
            id: InvitationId(self.id()),
            meeting: meeting.id,
            customer: meeting.customer,
            contact: meeting.contacts.first().copied(),
            rep: self.me,
            way: Way::Link,
            asked_at: ASKED_AT,
            state: InvitationState::Asked,
        };
        Mutation::Invite { invitation, token: self.link.map(|link| link.hash.clone()) }
    }

    fn reflection(&self) -> Reflection {
        Reflection {
            id: ReflectionId(self.id()),
            author: self.me,
            meeting: None,
            written_at: self.now,
            what_happened: format!("Thought {:x}", self.id),
            so_what: String::new(),
            now_what: String::new(),
            energy: None,
            confidence: None,
            mood: None,
            shared: self.pick.is_multiple_of(3),
        }
    }
}
