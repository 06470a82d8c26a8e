use crate::{
    browser::vault::VaultError,
    sync::{
        device::{CarryFailure, DownloadError},
        outbox::CarryError,
        storage_words,
    },
};

/// Why what is in a file does not count as saved there, and what to do.
pub fn download_words(error: &DownloadError) -> String {
    match error {
        DownloadError::File(_) => "Not saved as a file. This browser allows no downloads here. Use another.".to_owned(),
        DownloadError::Storage(error) => format!("The file was offered, but this phone could not note that. {}", storage_words(error)),
    }
}

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
