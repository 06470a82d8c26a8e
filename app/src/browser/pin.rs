//! The PIN that opens the app again after a handover: stretched and compared by the browser's own cryptography.
//!
//! Four digits can be guessed by whoever copies the database, so the stretching only makes that slow; what protects is the
//! throttling, whose rules live with the account.

use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, Pbkdf2Params, SubtleCrypto};

use super::random;
use super::window::{describe, offers, window};

/// OWASP's figure for PBKDF2 with SHA-256 (password storage cheat sheet, 2023); about half a second on a slow phone.
pub(super) const ITERATIONS: u32 = 600_000;

/// What is stored instead of a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinHash {
    salt: [u8; 16],
    iterations: u32,
    hash: [u8; 32],
}

/// Why a PIN could not be hashed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// The page is not secure (neither HTTPS nor loopback), so that the browser withholds its cryptography.
    #[error("this page has no cryptography")]
    Unavailable,
    /// The browser refused.
    #[error("the PIN could not be hashed: {0}")]
    Failed(String),
}

/// Hashes a new PIN with a salt of its own.
pub async fn hash(pin: &str) -> Result<PinHash, PinError> {
    let salt = random::bytes();
    let hash = stretch(pin, &salt, ITERATIONS).await?;
    Ok(PinHash { salt, iterations: ITERATIONS, hash })
}

/// Whether this is the PIN that was hashed.
pub async fn verify(pin: &str, stored: &PinHash) -> Result<bool, PinError> {
    let hash = stretch(pin, &stored.salt, stored.iterations).await?;
    Ok(equal(&hash, &stored.hash))
}

/// The browser's cryptography.
pub(super) fn subtle() -> Result<SubtleCrypto, PinError> {
    let crypto = window().crypto().map_err(|_| PinError::Unavailable)?;
    if !offers(&crypto, "subtle") {
        return Err(PinError::Unavailable);
    }
    Ok(crypto.subtle())
}

/// Makes a secret slow to guess: PBKDF2 with SHA-256.
pub(super) async fn stretch(secret: &str, salt: &[u8], iterations: u32) -> Result<[u8; 32], PinError> {
    let subtle = subtle()?;
    let failed = |thrown: JsValue| PinError::Failed(describe(&thrown));

    let usages = Array::of1(&"deriveBits".into());
    let key = subtle.import_key_with_str("raw", &Uint8Array::from(secret.as_bytes()), "PBKDF2", false, &usages).map_err(failed)?;
    let key: CryptoKey = JsFuture::from(key).await.map_err(failed)?.unchecked_into();
    let how = Pbkdf2Params::new_with_str("PBKDF2", "SHA-256", iterations, &Uint8Array::from(salt));
    let bits = subtle.derive_bits_with_object(&how, &key, 256).map_err(failed)?;
    let bits = Uint8Array::new(&JsFuture::from(bits).await.map_err(failed)?);
    Ok(bits.to_vec().try_into().expect("256 bits are 32 bytes"))
}

/// Compares without stopping at the first difference, whose place would show in the time taken.
fn equal(left: &[u8; 32], right: &[u8; 32]) -> bool {
    left.iter().zip(right).fold(0, |difference, (left, right)| difference | (left ^ right)) == 0
}
