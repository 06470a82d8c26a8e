//! A browser and its maker's service, on this machine: what is sent is read with the browser's private key, by another implementation of the
//! curve than the server's.

use crate::support::TestApp;
use app::reminder::{Reminder, Reminders};
use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    routing::post,
};
use data_encoding::BASE64URL_NOPAD;
use p256::{PublicKey, SecretKey, ecdh::diffie_hellman};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
};
use serde_json::{Value, json};
use server::backup::backup;
use std::sync::{Arc, Mutex};

/// The browser's keys, those of RFC 8291's example.
const PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

/// What arrived at the service.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// For which browser.
    pub to: String,
    /// What was said to the service.
    pub headers: HeaderMap,
    /// What the browser reads.
    pub reminder: Reminder,
}

/// The service of a browser's maker, which answers what it is told to.
pub struct Service {
    pub address: String,
    says: Arc<Mutex<(StatusCode, Option<&'static str>)>>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Service {
    pub async fn new() -> Self {
        let says = Arc::new(Mutex::new((StatusCode::CREATED, None)));
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let take = {
            let (says, arrived) = (says.clone(), arrived.clone());
            move |Path(to): Path<String>, headers: HeaderMap, body: Bytes| {
                arrived.lock().expect("nobody panicked").push(Arrived { to, headers, reminder: read(&body) });
                let (status, retry_after) = *says.lock().expect("nobody panicked");
                let retry_after: Option<[_; 1]> = retry_after.map(|it: &'static str| [(header::RETRY_AFTER, it)]);
                std::future::ready((status, retry_after.unwrap_or([(header::RETRY_AFTER, "")])))
            }
        };
        let router = Router::new().route("/send/{to}", post(take));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, says, arrived }
    }

    /// Answers so from now on.
    pub fn say(&self, status: u16, retry_after: Option<&'static str>) {
        *self.says.lock().expect("nobody panicked") = (StatusCode::from_u16(status).expect("a status"), retry_after);
    }

    /// What arrived since this was last asked.
    pub fn arrived(&self) -> Vec<Arrived> {
        std::mem::take(&mut *self.arrived.lock().expect("nobody panicked"))
    }

    /// The texts of what arrived since this was last asked, with the browsers that they are for.
    pub fn said(&self) -> Vec<(String, String)> {
        self.arrived().into_iter().map(|it| (it.to, it.reminder.body)).collect()
    }

    /// The subscription of the browser called `name`.
    pub fn subscription(&self, name: &str) -> Value {
        subscription(&format!("{}/send/{name}", self.address))
    }
}

/// A subscription as browsers write it down.
pub fn subscription(endpoint: &str) -> Value {
    json!({ "endpoint": endpoint, "expirationTime": null, "keys": { "p256dh": PUBLIC, "auth": AUTH } })
}

/// Turns every kind on in the browser with that subscription, whose member has looked at no rating.
pub async fn start(app: &TestApp, cookie: &str, subscription: &Value) {
    let all = ["visits", "cases", "promises", "actions", "ratings", "customers"];
    start_with(app, cookie, subscription, &all).await;
}

/// [`start`] for some kinds.
pub async fn start_with(app: &TestApp, cookie: &str, subscription: &Value, kinds: &[&str]) {
    let arguments = json!({ "subscription": subscription, "wanted": { "kinds": kinds, "seen": 0 } });
    app.call("reminder/start_reminders", Some(cookie), arguments).await.ok::<()>();
}

/// What the server knows of the device.
pub async fn look(app: &TestApp, cookie: &str) -> Reminders {
    app.call("reminder/look_at_reminders", Some(cookie), json!({})).await.ok()
}

/// Every subscription that is kept, as a backup has it.
pub async fn kept(app: &TestApp) -> Vec<Value> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("rows.jsonl");
    backup(&app.state.db, &file).await.expect("a backup is written");
    let text = std::fs::read_to_string(&file).expect("the backup reads");
    let rows = text.lines().skip(1).map(|line| serde_json::from_str::<(String, Value)>(line).expect("a row"));
    rows.filter(|(table, _)| table == "reminder_subscription").map(|(_, row)| row).collect()
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> [u8; N] {
    let mut into = [0; N];
    Salt::new(HKDF_SHA256, salt).extract(secret).expand(info, Length(N)).and_then(|it| it.fill(&mut into)).expect("few bytes");
    into
}

/// What the browser reads of a message, by RFC 8291.
fn read(message: &[u8]) -> Reminder {
    let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).expect("base 64");
    let (salt, rest) = message.split_at(16);
    assert_eq!(rest[..5], [0, 0, 16, 0, 65], "one record of at most 4,096 bytes, and a point");
    let (servers, record) = rest[5..].split_at(65);
    let private = SecretKey::from_slice(&decode(PRIVATE)).expect("a key");
    let public = PublicKey::from_sec1_bytes(servers).expect("a point");
    let agreed = diffie_hellman(private.to_nonzero_scalar(), public.as_affine());
    let info: [&[u8]; 3] = [b"WebPush: info\0", &decode(PUBLIC), servers];
    let material: [u8; 32] = derive(&decode(AUTH), agreed.raw_secret_bytes(), &info);
    let key: [u8; 16] = derive(salt, &material, &[b"Content-Encoding: aes128gcm\0"]);
    let nonce: [u8; 12] = derive(salt, &material, &[b"Content-Encoding: nonce\0"]);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key"));
    let mut record = record.to_vec();
    let read = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record).expect("it is for this browser");
    let end = read.iter().rposition(|byte| *byte == 2).expect("an end");
    serde_json::from_slice(&read[..end]).expect("a reminder")
}
