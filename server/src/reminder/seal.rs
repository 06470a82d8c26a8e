//! Encrypting for one browser (RFC 8291, with `aes128gcm` of RFC 8188): each message by a key of its own, agreed on with the browser's.

use crate::{error::Error, random};
use app::{
    reminder::{AUTH_BYTES, POINT_BYTES, Subscription},
    sync::Refusal,
};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    rand::SystemRandom,
};

/// Bytes that a record may have; ours is the only one and far shorter.
const RECORD_BYTES: u32 = 4096;
/// Bytes to which every message is filled up, so that its length tells nothing.
const FILLED_BYTES: usize = 512;
const SALT_BYTES: usize = 16;

/// `text` for the browser behind `subscription`, and nobody else.
///
/// # Errors
/// [`Refusal::Invalid`] where its key is none.
pub(super) fn seal(subscription: &Subscription, text: &[u8]) -> Result<Vec<u8>, Error> {
    let (browsers, auth) = subscription.parse()?;
    let strange = || Error::from(Refusal::invalid("subscription", "this browser gave a key that is none; update it or use another"));
    let failed = |_| Error::Internal("nothing could be encrypted for a reminder".into());
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).map_err(failed)?;
    let public: [u8; POINT_BYTES] = own.compute_public_key().map_err(failed)?.as_ref().try_into().expect("a point of the same curve");
    let (salt, mut filled) = (random::bytes(), text.to_vec());
    // 2 ends what is said, and what follows is nothing.
    filled.push(2);
    filled.resize(filled.len().max(FILLED_BYTES), 0);
    agree_ephemeral(own, &UnparsedPublicKey::new(&ECDH_P256, browsers), |agreed| {
        Agreed { browsers, auth, public, salt }.seal(agreed, filled)
    })
    .map_err(|_| strange())
}

/// What a message is encrypted with.
struct Agreed {
    browsers: [u8; POINT_BYTES],
    auth: [u8; AUTH_BYTES],
    public: [u8; POINT_BYTES],
    salt: [u8; SALT_BYTES],
}

/// So many bytes of a derived key.
struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

impl Agreed {
    /// The message as it is sent: the header that tells the browser how to read it, and `record` encrypted.
    fn seal(&self, agreed: &[u8], mut record: Vec<u8>) -> Vec<u8> {
        let (key, nonce) = self.derive(agreed);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key of that length"));
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record).expect("a record is short");
        let mut message = Vec::with_capacity(SALT_BYTES + 5 + POINT_BYTES + record.len());
        message.extend(self.salt);
        message.extend(RECORD_BYTES.to_be_bytes());
        message.push(POINT_BYTES as u8);
        message.extend(self.public);
        message.append(&mut record);
        message
    }

    /// Key and nonce of the only record, from what both sides agree on.
    fn derive(&self, agreed: &[u8]) -> ([u8; 16], [u8; 12]) {
        let mut material = [0; 32];
        derive(&self.auth, agreed, &[b"WebPush: info\0", &self.browsers, &self.public], &mut material);
        let (mut key, mut nonce) = ([0; 16], [0; 12]);
        derive(&self.salt, &material, &[b"Content-Encoding: aes128gcm\0"], &mut key);
        derive(&self.salt, &material, &[b"Content-Encoding: nonce\0"], &mut nonce);
        (key, nonce)
    }
}

/// HKDF with SHA-256.
fn derive(salt: &[u8], secret: &[u8], info: &[&[u8]], into: &mut [u8]) {
    let derived = Salt::new(HKDF_SHA256, salt).extract(secret);
    let filled = derived.expand(info, Bytes(into.len())).and_then(|bytes| bytes.fill(into));
    filled.expect("far fewer bytes than it can give");
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::reminder::SubscriptionKeys;
    use data_encoding::BASE64URL_NOPAD;
    use p256::{PublicKey, SecretKey, ecdh::diffie_hellman};

    /// The example of RFC 8291, section 5 and appendix A.
    const BROWSERS: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const BROWSERS_PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const SERVERS: &str = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
    const AGREED: &str = "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs";
    const TEXT: &[u8] = b"When I grow up, I want to be a watermelon";
    const MESSAGE: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    fn bytes(text: &str) -> Vec<u8> {
        BASE64URL_NOPAD.decode(text.as_bytes()).expect("base 64")
    }

    fn subscription() -> Subscription {
        let keys = SubscriptionKeys { p256dh: BROWSERS.into(), auth: AUTH.into() };
        Subscription { endpoint: "https://push.example.net/x".into(), keys }
    }

    /// What a browser reads, by another implementation of the curve.
    fn read(message: &[u8]) -> Vec<u8> {
        let (salt, rest) = message.split_at(SALT_BYTES);
        let (public, record) = rest[5..].split_at(POINT_BYTES);
        let browsers = SecretKey::from_slice(&bytes(BROWSERS_PRIVATE)).expect("a key");
        let servers = PublicKey::from_sec1_bytes(public).expect("a point");
        let agreed = diffie_hellman(browsers.to_nonzero_scalar(), servers.as_affine());
        let (browsers, auth) = subscription().parse().expect("valid");
        let how = Agreed { browsers, auth, public: public.try_into().expect("a point"), salt: salt.try_into().expect("a salt") };
        let (key, nonce) = how.derive(agreed.raw_secret_bytes());
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key"));
        let mut record = record.to_vec();
        let read = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record).expect("it is for this browser");
        let end = read.iter().rposition(|byte| *byte == 2).expect("an end");
        assert!(read[end + 1..].iter().all(|byte| *byte == 0));
        read[..end].to_vec()
    }

    #[test]
    fn the_standards_example_comes_out_byte_for_byte() {
        let (browsers, auth) = subscription().parse().expect("valid");
        let how =
            Agreed { browsers, auth, public: bytes(SERVERS).try_into().expect("a point"), salt: bytes(SALT).try_into().expect("a salt") };
        let (key, nonce) = how.derive(&bytes(AGREED));
        assert_eq!(
            (BASE64URL_NOPAD.encode(&key), BASE64URL_NOPAD.encode(&nonce)),
            ("oIhVW04MRdy2XN9CiKLxTg".into(), "4h_95klXJ5E_qnoN".into())
        );
        assert_eq!(BASE64URL_NOPAD.encode(&how.seal(&bytes(AGREED), [TEXT, &[2]].concat())), MESSAGE);
        assert_eq!(read(&bytes(MESSAGE)), TEXT);
    }

    #[test]
    fn a_browser_reads_what_is_sealed_for_it_and_every_message_looks_as_long_and_like_no_other() {
        let (short, long) = (seal(&subscription(), b"1").expect("it seals"), seal(&subscription(), TEXT).expect("it seals"));
        assert_eq!((read(&short), read(&long)), (b"1".to_vec(), TEXT.to_vec()));
        assert_eq!(short.len(), long.len());
        assert_ne!(long, seal(&subscription(), TEXT).expect("it seals"));
    }

    #[test]
    fn a_key_that_is_no_point_of_the_curve_is_refused() {
        let mut strange = subscription();
        strange.keys.p256dh = BASE64URL_NOPAD.encode(&[&[4][..], &[7; 64]].concat());
        assert!(matches!(seal(&strange, TEXT), Err(Error::Refused(Refusal::Invalid { field, .. })) if field == "subscription"));
    }
}
