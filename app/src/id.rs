//! Identifiers: one newtype per entity over a UUIDv7 made where the entity is made, so that a phone can name things offline.

/// Declares id newtypes that read and write as the hyphenated UUID text.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        // As numbers: byte by byte, as a `Uuid` is compared, takes a phone several times as long, and it compares little else.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.as_u128() == other.0.as_u128()
            }
        }

        impl Eq for $name {}

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.as_u128().cmp(&other.0.as_u128())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                state.write_u128(self.0.as_u128());
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                uuid::Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// An [`Organisation`](crate::organisation::Organisation).
    OrganisationId,
    /// A [`Team`](crate::team::Team).
    TeamId,
    /// A [`Member`](crate::account::Member).
    MemberId,
    /// A [`Customer`](crate::customer::Customer).
    CustomerId,
    /// A [`Contact`](crate::customer::Contact).
    ContactId,
    /// An [`Insight`](crate::customer::Insight).
    InsightId,
    /// A [`Meeting`](crate::meeting::Meeting).
    MeetingId,
    /// A [`Touch`](crate::meeting::Touch).
    TouchId,
    /// A [`Promise`](crate::promise::Promise).
    PromiseId,
    /// A [`Photo`](crate::photo::Photo).
    PhotoId,
    /// An [`InsideAsk`](crate::promise::InsideAsk).
    InsideAskId,
    /// A [`RecoveryCase`](crate::recovery::RecoveryCase).
    RecoveryCaseId,
    /// A [`Reflection`](crate::reflection::Reflection).
    ReflectionId,
    /// An [`Action`](crate::reflection::Action).
    ActionId,
    /// An [`Invitation`](crate::survey::Invitation).
    InvitationId,
    /// A [`Rating`](crate::survey::Rating).
    RatingId,
    /// A [`View`](crate::account::Viewing).
    ViewingId,
    /// An [`Absence`](crate::account::Absence).
    AbsenceId,
    /// Whatever an item of Today is about: ids are unique over all kinds.
    SubjectId,
    /// A [`Mutation`](crate::sync::protocol::Mutation) on its way from a phone.
    MutationId,
    /// The store of one member in one browser: what numbers mutations without gaps.
    DeviceId,
    /// A public key that answers are sealed to.
    SealingKeyId,
    /// A span of an organisation's history without a restored backup in it.
    EpochId,
}
