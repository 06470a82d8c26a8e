//! Mutations and rows for tests of every feature, small and distinct.

use super::{
    outbox::Item,
    protocol::{Mutation, Row},
};
use crate::{
    customer::{Contact, Customer, CustomerEdit},
    id::{
        ActionId, ContactId, CustomerId, InvitationId, MeetingId, MemberId, MutationId, PhotoId, PromiseId, RatingId, ReflectionId,
        SealingKeyId, TouchId,
    },
    meeting::{Channel, Meeting, MeetingFormat, MeetingStatus, Notes, Touch, TouchKind},
    photo::{Photo, PhotoSubject},
    promise::{Promise, PromiseState},
    reflection::{Action, ActionState, Reflection},
    survey::{Answers, Rating, Sealed, Way},
    time::Timestamp,
};
use chrono::NaiveDate;
use uuid::Uuid;

pub(crate) const ME: MemberId = MemberId(Uuid::from_u128(0xa));

/// A day, as `2026-05-05`.
pub(crate) fn on(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Noon of a day, at Greenwich.
pub(crate) fn noon(text: &str) -> Timestamp {
    Timestamp(on(text).and_hms_opt(12, 0, 0).expect("noon").and_utc().timestamp_millis())
}

/// What customer `n` looks like when it is made.
pub(crate) fn a_customer(n: u128) -> Customer {
    Customer {
        id: CustomerId(Uuid::from_u128(n)),
        name: format!("Customer {n}"),
        place: String::new(),
        industry: String::new(),
        size: Default::default(),
        owner: ME,
        co_owners: [].into(),
        owned_since: on("2026-01-01"),
        tier: Default::default(),
        window_days: None,
        ideal_days: None,
        archived: false,
        united: None,
        version: 0,
        history: Default::default(),
    }
}

/// Meeting `n` with customer `of`: mine, an hour, nobody named.
pub(crate) fn a_meeting(n: u128, of: u128, status: MeetingStatus, starts_at: Timestamp) -> Meeting {
    Meeting {
        id: MeetingId(Uuid::from_u128(n)),
        customer: CustomerId(Uuid::from_u128(of)),
        rep: ME,
        format: MeetingFormat::Discovery,
        status,
        starts_at,
        offset_minutes: 0,
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

/// Touch `n` with customer `of`: my call.
pub(crate) fn a_touch(n: u128, of: u128, at: Timestamp) -> Touch {
    Touch {
        id: TouchId(Uuid::from_u128(n)),
        customer: CustomerId(Uuid::from_u128(of)),
        rep: ME,
        kind: TouchKind::Call,
        at,
        offset_minutes: 0,
        note: String::new(),
    }
}

/// Promise `n` to customer `of`: mine, open.
pub(crate) fn a_promise(n: u128, of: u128, due: &str) -> Promise {
    Promise {
        id: PromiseId(Uuid::from_u128(n)),
        customer: CustomerId(Uuid::from_u128(of)),
        meeting: None,
        maker: ME,
        keeper: ME,
        what: format!("Promise {n}"),
        due: on(due),
        evidence: String::new(),
        state: PromiseState::Open,
        course: Default::default(),
    }
}

/// Photo `n` of meeting `of` with customer 1: mine.
pub(crate) fn a_photo(n: u128, of: u128) -> Photo {
    Photo {
        id: PhotoId(Uuid::from_u128(n)),
        subject: PhotoSubject::Meeting(MeetingId(Uuid::from_u128(of))),
        customer: CustomerId(Uuid::from_u128(1)),
        author: ME,
        added_at: Timestamp(0),
        width: 640,
        height: 480,
        bytes: 1_000,
        caption: String::new(),
    }
}

/// Action `n`: mine, open, for nobody in particular.
pub(crate) fn an_action(n: u128, due: &str) -> Action {
    Action {
        id: ActionId(Uuid::from_u128(n)),
        author: ME,
        reflection: None,
        customer: None,
        contact: None,
        format: None,
        what: format!("Action {n}"),
        due: on(due),
        component: None,
        start: None,
        state: ActionState::Open,
    }
}

/// My reflection `n`, for nobody else: a line, no taps.
pub(crate) fn a_reflection(n: u128, what_happened: &str, written_at: Timestamp) -> Reflection {
    Reflection {
        id: ReflectionId(Uuid::from_u128(n)),
        author: ME,
        meeting: None,
        written_at,
        what_happened: what_happened.into(),
        so_what: String::new(),
        now_what: String::new(),
        energy: None,
        confidence: None,
        mood: None,
        shared: false,
    }
}

/// Rating `n` of `rep` by customer 1, without an answer.
pub(crate) fn a_rating(n: u128, rep: MemberId, given_at: Timestamp) -> Rating {
    Rating {
        id: RatingId(Uuid::from_u128(n)),
        meeting: MeetingId(Uuid::from_u128(n)),
        customer: CustomerId(Uuid::from_u128(1)),
        contact: None,
        rep,
        way: Way::Link,
        given_at,
        answers: Answers::default(),
        first_answers: None,
        context: String::new(),
        exclusions: Vec::new(),
    }
}

pub(crate) fn customer_row(n: u128) -> Row {
    Row::Customer(a_customer(n))
}

pub(crate) fn customer(n: u128) -> Mutation {
    Mutation::CreateCustomer { customer: a_customer(n) }
}

pub(crate) fn edit_customer(n: u128) -> Mutation {
    rename_customer(n, &format!("Renamed {n}"))
}

pub(crate) fn rename_customer(n: u128, name: &str) -> Mutation {
    let edit = CustomerEdit { name: Some(name.to_owned()), ..CustomerEdit::default() };
    Mutation::edit_customer(&a_customer(n), edit)
}

/// Contact `n` of customer `of`.
pub(crate) fn contact(n: u128, of: u128) -> Mutation {
    Mutation::CreateContact { contact: a_contact(n, of) }
}

/// What contact `n` of customer `of` looks like when it is made.
pub(crate) fn a_contact(n: u128, of: u128) -> Contact {
    Contact {
        id: ContactId(Uuid::from_u128(n)),
        customer: CustomerId(Uuid::from_u128(of)),
        name: format!("Contact {n}"),
        role: String::new(),
        email: String::new(),
        phone: String::new(),
        archived: false,
        version: 0,
        history: Default::default(),
    }
}

/// A customer's answers `n`, sealed.
pub(crate) fn sealed(n: u128) -> Mutation {
    Mutation::SubmitSealed {
        id: RatingId(Uuid::from_u128(n)),
        invitation: InvitationId(Uuid::from_u128(n)),
        given_at: Timestamp(0),
        sealed: Sealed { key: SealingKeyId(Uuid::nil()), ciphertext: "secret".to_owned() },
    }
}

/// The `sequence`th item of a device.
pub(crate) fn item(sequence: u64, mutation: Mutation) -> Item {
    Item::new(MutationId(Uuid::from_u128(0x1000 + u128::from(sequence))), ME, sequence, mutation, Timestamp(0))
}
