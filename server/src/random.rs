//! The server's edge to randomness: the operating system's.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A UUIDv7 of now.
#[expect(clippy::disallowed_methods, reason = "the server's one place that makes ids")]
pub fn uuid() -> Uuid {
    Uuid::now_v7()
}

/// `N` unpredictable bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// 128 unpredictable bits as 26 characters of Crockford's base 32, which has no look-alikes.
pub fn secret() -> String {
    const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bits = u128::from_be_bytes(bytes::<16>());
    (0..26).rev().map(|place| char::from(CROCKFORD[(bits >> (place * 5)) as usize & 31])).collect()
}

/// SHA-256 in lower-case hexadecimal: how secrets are kept at rest and bodies compared.
pub fn sha256(data: impl AsRef<[u8]>) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_26_characters_that_nobody_misreads() {
        let secret = secret();
        assert_eq!(secret.len(), 26);
        assert!(secret.chars().all(|c| c.is_ascii_digit() || (c.is_ascii_lowercase() && !"ilou".contains(c))));
    }
}
