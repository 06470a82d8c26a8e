//! Sealing a customer's answers to the server's key, so that the device they are given on can neither read nor change them.
//!
//! A sealed box (libsodium's `crypto_box_seal`) has an ephemeral key of its own, so that not even the sealer opens it again.

use super::{Answers, Sealed, SealingKey};
use crypto_box::{PublicKey, aead::rand_core::CryptoRngCore};
use data_encoding::HEXLOWER;

/// The key that the server named is none: the answers cannot be sealed, and must not be stored open instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealing key is not an X25519 public key")]
pub struct NotAKey;

impl SealingKey {
    /// Seals `answers`. `rng` must be fit for keys, as `browser::random::generator()` is.
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn seal(&self, answers: &Answers, rng: &mut impl CryptoRngCore) -> Result<Sealed, NotAKey> {
        let public: [u8; 32] = HEXLOWER.decode(self.public.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(NotAKey)?;
        let plain = serde_json::to_vec(answers).expect("answers have a JSON form");
        let sealed = PublicKey::from(public).seal(rng, &plain).expect("a buffer in memory takes any answers");
        Ok(Sealed { key: self.id, ciphertext: HEXLOWER.encode(&sealed) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SealingKeyId;
    use crypto_box::{SecretKey, aead::OsRng};

    fn key_pair() -> (SecretKey, SealingKey) {
        let secret = SecretKey::generate(&mut OsRng);
        let public = HEXLOWER.encode(secret.public_key().as_bytes());
        (secret, SealingKey { id: SealingKeyId(uuid::Uuid::nil()), public })
    }

    fn open(secret: &SecretKey, sealed: &Sealed) -> Option<Answers> {
        let ciphertext = HEXLOWER.decode(sealed.ciphertext.as_bytes()).expect("sealed answers are hexadecimal");
        let plain = secret.unseal(&ciphertext).ok()?;
        Some(serde_json::from_slice(&plain).expect("answers were sealed"))
    }

    #[test]
    fn only_the_holder_of_the_secret_key_reads_what_was_sealed() {
        let ((secret, key), (other, _)) = (key_pair(), key_pair());
        let answers = Answers { recommend: Some(9), comment: "Thank you".to_owned(), ..Answers::default() };
        let sealed = key.seal(&answers, &mut OsRng).expect("the key is one");
        assert_eq!(sealed.key, key.id);
        assert_eq!(open(&secret, &sealed), Some(answers));
        assert_eq!(open(&other, &sealed), None);
    }

    #[test]
    fn changed_answers_do_not_open() {
        let (secret, key) = key_pair();
        let mut sealed = key.seal(&Answers::default(), &mut OsRng).expect("the key is one");
        let last = sealed.ciphertext.pop().expect("a sealed box is never empty");
        sealed.ciphertext.push(if last == '0' { '1' } else { '0' });
        assert_eq!(open(&secret, &sealed), None);
    }

    #[test]
    fn the_same_answers_never_look_the_same() {
        let (_, key) = key_pair();
        let seal = || key.seal(&Answers::default(), &mut OsRng).expect("the key is one");
        assert_ne!(seal().ciphertext, seal().ciphertext);
    }

    #[test]
    fn a_damaged_key_seals_nothing() {
        let (_, mut key) = key_pair();
        key.public.pop();
        assert_eq!(key.seal(&Answers::default(), &mut OsRng), Err(NotAKey));
    }
}
