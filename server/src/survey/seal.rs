//! Opening what handed-over devices sealed.

use crate::{
    db::{Writing, fetch_optional},
    error::Error,
};
use app::{
    survey::{Answers, SEALED_BYTES_MAX, Sealed},
    sync::Refusal,
};
use crypto_box::SecretKey;
use data_encoding::HEXLOWER;

/// The answers in `sealed`, with whichever of the organisation's keys it was sealed to.
///
/// # Errors
/// [`Refusal::CannotOpen`] where the key is another's, or something was changed; [`Refusal::Invalid`] where the answers cannot be kept.
pub(super) async fn open(writing: &mut Writing, sealed: &Sealed) -> Result<Answers, Error> {
    if sealed.ciphertext.len() > 2 * SEALED_BYTES_MAX {
        return Err(Refusal::CannotOpen.into());
    }
    let row = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String,),
        "select secret from sealing_key where organisation = $1 and id = $2",
        writing.organisation.to_string(),
        sealed.key.to_string()
    )?;
    let secret = row.as_ref().and_then(|(secret,)| secret_key(secret)).ok_or(Refusal::CannotOpen)?;
    let answers = unseal(&secret, &sealed.ciphertext).ok_or(Refusal::CannotOpen)?.consistent();
    answers.check()?;
    Ok(answers)
}

fn secret_key(hexadecimal: &str) -> Option<SecretKey> {
    let bytes: [u8; 32] = HEXLOWER.decode(hexadecimal.as_bytes()).ok()?.try_into().ok()?;
    Some(SecretKey::from(bytes))
}

fn unseal(secret: &SecretKey, ciphertext: &str) -> Option<Answers> {
    let plain = secret.unseal(&HEXLOWER.decode(ciphertext.as_bytes()).ok()?).ok()?;
    serde_json::from_slice(&plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{id::SealingKeyId, survey::SealingKey};
    use crypto_box::aead::OsRng;
    use proptest::prelude::*;

    #[test]
    fn what_the_phone_seals_the_server_opens() {
        let secret = SecretKey::generate(&mut OsRng);
        let key = SealingKey { id: SealingKeyId(uuid::Uuid::nil()), public: HEXLOWER.encode(secret.public_key().as_bytes()) };
        let answers = Answers { recommend: Some(3), ..Answers::default() };
        let sealed = key.seal(&answers, &mut OsRng).expect("a key");
        assert_eq!(unseal(&secret, &sealed.ciphertext), Some(answers));
        assert_eq!(unseal(&SecretKey::generate(&mut OsRng), &sealed.ciphertext), None);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_opens_to_nothing(ciphertext in "[0-9a-f]{0,300}|.*") {
            prop_assert_eq!(unseal(&SecretKey::from([7; 32]), &ciphertext), None);
        }
    }
}
