//! Who sends: the installation's pair of keys, and the word signed with it that each message carries (VAPID, RFC 8292).

use crate::{
    clock,
    db::{Db, execute, fetch_optional},
    error::Error,
};
use app::time::Timestamp;
use data_encoding::BASE64URL_NOPAD;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde::Serialize;
use url::Url;

/// Seconds for which a signed word is good; services take at most a day.
const GOOD_FOR: i64 = 12 * 60 * 60;

/// The installation's pair of keys, on P-256.
pub(super) struct Key(EcdsaKeyPair);

/// What a signed word says, in the order of the standard's example.
#[derive(Serialize)]
struct Claims<'a> {
    /// To which service.
    aud: &'a str,
    /// Until when, seconds since 1970.
    exp: i64,
    /// Whom the service may turn to.
    sub: &'a str,
}

impl Key {
    /// The one that is kept, or a new one the first time. Of several processes that make one at the same time, one's is kept.
    pub(super) async fn of(db: &Db) -> Result<Self, Error> {
        let sql = "select pair from reminder_key where number = 1";
        if let Some((pair,)) = fetch_optional!(&mut db.look().await?, (String,), sql)? {
            return Self::read(&pair);
        }
        let new = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let new = new.map_err(|_| Error::Internal("no key could be made for reminders".into()))?;
        let mut tx = db.write().await?;
        execute!(
            &mut tx,
            "insert into reminder_key (number, pair, made_at) values (1, $1, $2) on conflict (number) do nothing",
            BASE64URL_NOPAD.encode(new.as_ref()),
            clock::now().0
        )?;
        let kept = fetch_optional!(&mut tx, (String,), sql)?;
        tx.commit().await?;
        let (kept,) = kept.ok_or_else(|| Error::Internal("a key for reminders was kept and is not there".into()))?;
        Self::read(&kept)
    }

    fn read(pair: &str) -> Result<Self, Error> {
        let unreadable = || Error::Internal("the key for reminders does not read".into());
        let pair = BASE64URL_NOPAD.decode(pair.as_bytes()).map_err(|_| unreadable())?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pair, &SystemRandom::new());
        pair.map(Self).map_err(|_| unreadable())
    }

    /// The public half, in base 64 for addresses.
    pub(super) fn public(&self) -> String {
        BASE64URL_NOPAD.encode(self.0.public_key().as_ref())
    }

    /// What the header `Authorization` says to the service behind `endpoint`, in the name of whoever answers at `contact`.
    pub(super) fn authorization(&self, endpoint: &Url, contact: &str, now: Timestamp) -> Result<String, Error> {
        let claims = Claims { aud: &endpoint.origin().ascii_serialization(), exp: now.0 / 1_000 + GOOD_FOR, sub: contact };
        let said = unsigned(&claims)?;
        let signature = self.0.sign(&SystemRandom::new(), said.as_bytes());
        let signature = signature.map_err(|_| Error::Internal("nothing could be signed for reminders".into()))?;
        Ok(format!("vapid t={said}.{}, k={}", BASE64URL_NOPAD.encode(signature.as_ref()), self.public()))
    }
}

/// What is signed: a JSON web token without its signature.
fn unsigned(claims: &Claims<'_>) -> Result<String, Error> {
    const HEADER: &[u8] = br#"{"typ":"JWT","alg":"ES256"}"#;
    Ok(format!("{}.{}", BASE64URL_NOPAD.encode(HEADER), BASE64URL_NOPAD.encode(&serde_json::to_vec(claims)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    /// The example of RFC 8292, section 2.4.
    const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
    const PUBLIC: &str = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    fn is_signed(token: &str, public: &str) -> bool {
        let (said, signature) = token.rsplit_once('.').expect("a signed token");
        let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).expect("base 64");
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decode(public)).verify(said.as_bytes(), &decode(signature)).is_ok()
    }

    fn a_key() -> Key {
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).expect("a key is made");
        Key::read(&BASE64URL_NOPAD.encode(pair.as_ref())).expect("it reads")
    }

    #[test]
    fn the_standards_example_is_said_and_signed_as_we_say_and_sign() {
        let claims = Claims { aud: "https://push.example.net", exp: 1_453_523_768, sub: "mailto:push@example.com" };
        assert_eq!(unsigned(&claims).expect("JSON"), TOKEN.rsplit_once('.').expect("a signed token").0);
        assert!(is_signed(TOKEN, PUBLIC));
        assert!(!is_signed(&TOKEN.replace("eyJhdWQ", "eyJhdWR"), PUBLIC));
    }

    #[test]
    fn a_service_is_told_who_sends_for_half_a_day_and_no_other_service_can_use_it() {
        let (key, endpoint) = (a_key(), "https://push.example.net:8443/send/secret?x".parse().expect("an address"));
        let said = key.authorization(&endpoint, "https://qdos.example/", Timestamp(1_780_000_000_999)).expect("it signs");
        let (token, public) = said.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("both parts");
        assert!(is_signed(token, public) && public == key.public());
        let claims = BASE64URL_NOPAD.decode(token.split('.').nth(1).expect("claims").as_bytes()).expect("base 64");
        let claims = String::from_utf8(claims).expect("JSON");
        assert_eq!(claims, r#"{"aud":"https://push.example.net:8443","exp":1780043200,"sub":"https://qdos.example/"}"#);
    }
}
