//! Texts locked by a passphrase, by the browser's own cryptography.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};

use super::{
    locked::Locked,
    pin::{ITERATIONS, PinError, stretch, subtle},
    random,
    window::describe,
};

/// Why a text could not be locked or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The passphrase is another, or the file was changed: the tag tells no difference.
    #[error("another passphrase, or a file that was changed")]
    WrongPassphrase,
    /// The browser's cryptography failed.
    #[error(transparent)]
    Cryptography(#[from] PinError),
}

/// Locks a text by a passphrase, with a salt and a nonce of its own.
///
/// # Errors
/// [`VaultError::Cryptography`].
pub async fn lock(text: &str, passphrase: &str) -> Result<Locked, VaultError> {
    let (salt, nonce) = (random::bytes::<16>(), random::bytes::<12>());
    let (subtle, key) = key(passphrase, &salt, ITERATIONS).await?;
    let promise = subtle.encrypt_with_object_and_u8_array(&how(&nonce), &key, text.as_bytes()).map_err(failed)?;
    let ciphertext = Uint8Array::new(&JsFuture::from(promise).await.map_err(failed)?).to_vec();
    Ok(Locked { salt: salt.to_vec(), iterations: ITERATIONS, nonce: nonce.to_vec(), ciphertext })
}

/// The text that was locked by this passphrase.
///
/// # Errors
/// [`VaultError`].
pub async fn open(locked: &Locked, passphrase: &str) -> Result<String, VaultError> {
    let (subtle, key) = key(passphrase, &locked.salt, locked.iterations).await?;
    let promise = subtle.decrypt_with_object_and_u8_array(&how(&locked.nonce), &key, &locked.ciphertext).map_err(failed)?;
    let text = JsFuture::from(promise).await.map_err(|_| VaultError::WrongPassphrase)?;
    String::from_utf8(Uint8Array::new(&text).to_vec()).map_err(|_| VaultError::WrongPassphrase)
}

async fn key(passphrase: &str, salt: &[u8], iterations: u32) -> Result<(SubtleCrypto, CryptoKey), VaultError> {
    let bits = stretch(passphrase, salt, iterations).await?;
    let (subtle, usages) = (subtle()?, Array::of2(&"encrypt".into(), &"decrypt".into()));
    let key = subtle.import_key_with_str("raw", &Uint8Array::from(&bits[..]), "AES-GCM", false, &usages).map_err(failed)?;
    Ok((subtle, JsFuture::from(key).await.map_err(failed)?.unchecked_into()))
}

fn how(nonce: &[u8]) -> AesGcmParams {
    AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(nonce))
}

fn failed(thrown: JsValue) -> VaultError {
    PinError::Failed(describe(&thrown)).into()
}
