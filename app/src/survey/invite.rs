//! Asking a contact: by link, or by handing the device over.

use super::{Handover, Invitation, InvitationState, Way, questionnaire_of, stock};
use crate::{
    account::Device,
    browser::{clock, document, random, storage::StorageError},
    id::{ContactId, InvitationId},
    meeting::Meeting,
    sync::{Phone, protocol::Mutation},
};
use leptos::prelude::*;

/// A request that went out.
#[derive(Clone, Debug, PartialEq)]
pub struct Invited {
    /// The request.
    pub invitation: Invitation,
    /// The address for the customer's own phone; absent where the stock of links is empty.
    pub address: Option<String>,
}

/// Why a contact was not asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// Nothing was saved.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Set a PIN first: without one the device could not be taken back.
    #[error("there is no PIN")]
    NoPin,
    /// The stock of links is empty: go online for a moment, or hand the device over.
    #[error("there are no links in stock")]
    NoLinks,
    /// There is nothing to ask yet: this phone has never reached the server.
    #[error("nothing was pulled yet")]
    NotReady,
}

/// Asks `contact`, present at `meeting`, to rate it. Works without network.
///
/// # Errors
/// [`InviteError::Storage`], [`InviteError::NoLinks`]: nobody was asked.
pub async fn invite(phone: Phone, meeting: &Meeting, contact: Option<ContactId>, way: Way) -> Result<Invited, InviteError> {
    let invitation = Invitation {
        id: InvitationId(random::uuid()),
        meeting: meeting.id,
        customer: meeting.customer,
        contact,
        rep: phone.me(),
        way,
        asked_at: clock::now(),
        state: InvitationState::Asked,
    };
    let token = stock::take(phone.me(), invitation.id).await?;
    if way == Way::Link && token.is_none() {
        return Err(InviteError::NoLinks);
    }
    let address = token.as_ref().map(|token| stock::address(&token.token));
    phone.save(vec![Mutation::Invite { invitation: invitation.clone(), token: token.map(|token| token.hash) }]).await?;
    Ok(Invited { invitation, address })
}

/// Asks `contact` and hands this device over: it starts again, locked to the survey.
///
/// # Errors
/// [`InviteError`]: the device is not locked.
pub async fn hand_over(phone: Phone, device: Device, meeting: &Meeting, contact: Option<ContactId>) -> Result<(), InviteError> {
    if !device.has_pin().get_untracked() {
        return Err(InviteError::NoPin);
    }
    if phone.replica().with_untracked(|replica| replica.organisation.is_none()) {
        return Err(InviteError::NotReady);
    }
    let Invited { invitation, address } = invite(phone, meeting, contact, Way::Handover).await?;
    let asked = phone.replica().with_untracked(|replica| questionnaire_of(replica, &invitation, clock::offset_minutes()));
    let (questionnaire, key) = asked.ok_or(InviteError::NotReady)?;
    device.keep_handover(Handover::begin(phone.me(), &invitation, questionnaire, key, address)).await?;
    // A start from nothing: what the screens held is gone from memory too.
    document::open("/app");
    Ok(())
}
