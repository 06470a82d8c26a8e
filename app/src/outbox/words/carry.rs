use crate::{
    browser::vault::VaultError,
    sync::{device::CarryFailure, outbox::CarryError, storage_words},
};

/// Why a locked file was not made or not taken in, and what to do.
pub fn carry_words(failure: &CarryFailure) -> &'static str {
    match failure {
        CarryFailure::File(CarryError::Unreadable) => {
            "This is no locked file that this version of Qdos reads. Choose another, or update Qdos."
        }
        CarryFailure::File(CarryError::AnotherMember) => {
            "Somebody else made this file. Only they can bring it in, signed in as themselves."
        }
        CarryFailure::Vault(VaultError::WrongPassphrase) => {
            "That is not the passphrase, or the file was damaged. Try the passphrase again."
        }
        CarryFailure::Vault(VaultError::Cryptography(_)) => {
            "This browser has no cryptography here. Open Qdos at its usual address, with https."
        }
        CarryFailure::Storage(error) => storage_words(error),
    }
}
