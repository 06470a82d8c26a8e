//! The only source of randomness on the phone.

#![expect(clippy::disallowed_methods, reason = "this is the edge that draws randomness")]

use crypto_box::aead::OsRng;
use crypto_box::aead::rand_core::RngCore;
use uuid::Uuid;

/// A new UUIDv7: ids made later sort later, also within a millisecond.
pub fn uuid() -> Uuid {
    Uuid::now_v7()
}

/// Bytes fit for salts and keys.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

/// A number from 0 up to but without 1, to spread retries.
pub fn fraction() -> f64 {
    js_sys::Math::random()
}

/// The browser's generator, for code that takes one as an argument.
pub fn generator() -> OsRng {
    OsRng
}
