//! Notifications that come from the server by the browser's own service, also while the app is closed.

use data_encoding::BASE64URL_NOPAD;
use js_sys::{JSON, JsString, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationPermission, PushSubscription, PushSubscriptionOptionsInit};

use super::service_worker;
use super::window::{describe, error_name, offers, window};

/// Whether this browser shows notifications for the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It cannot; on an iPhone not before the app is on the home screen.
    Unsupported,
    /// The person has not been asked, or did not answer.
    NotAsked,
    /// It does.
    Granted,
    /// The person said no, and only the browser's settings say otherwise.
    Blocked,
}

/// Why this browser did not subscribe.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubscribeError {
    /// Blocked meanwhile.
    #[error("notifications are blocked")]
    Blocked,
    /// The browser's own service cannot be reached, or does not want.
    #[error("no subscription: {0}")]
    Service(String),
}

/// Whether this browser shows notifications for the app, without asking the person.
pub fn permission() -> Permission {
    let window = window();
    if !["Notification", "PushManager"].iter().all(|name| offers(&window, name)) || !offers(&window.navigator(), "serviceWorker") {
        return Permission::Unsupported;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Blocked,
        _ => Permission::NotAsked,
    }
}

/// Asks the person. Call it straight from a tap: browsers refuse it otherwise.
pub async fn ask() -> Permission {
    if permission() == Permission::NotAsked
        && let Ok(asking) = Notification::request_permission()
    {
        // Said by the permission itself.
        let _ = JsFuture::from(asking).await;
    }
    permission()
}

/// Subscribes to messages that only who has the other half of `key` (in base 64 for addresses) can send, in place of a subscription with
/// another key. Returns it as the browser writes it down, JSON.
///
/// # Errors
/// [`SubscribeError`].
pub async fn subscribe(key: &str) -> Result<String, SubscribeError> {
    let failed = |thrown: JsValue| match error_name(&thrown).as_str() {
        "NotAllowedError" => SubscribeError::Blocked,
        _ => SubscribeError::Service(describe(&thrown)),
    };
    if let Some(before) = current().await {
        if key_of(&before).as_deref() == Some(key) {
            return written(&before).ok_or_else(|| SubscribeError::Service("it does not write itself down".into()));
        }
        end(&before).await;
    }
    let worker = service_worker::ready().await.ok_or_else(|| SubscribeError::Service("no service worker".into()))?;
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key(&key.into());
    let subscribing = worker.registration().push_manager().and_then(|manager| manager.subscribe_with_options(&options)).map_err(failed)?;
    let subscription: PushSubscription = JsFuture::from(subscribing).await.map_err(failed)?.unchecked_into();
    written(&subscription).ok_or_else(|| SubscribeError::Service("it does not write itself down".into()))
}

/// The subscription that this browser holds for `key`, as the browser writes it down.
pub async fn subscription(key: &str) -> Option<String> {
    current().await.filter(|it| key_of(it).as_deref() == Some(key)).and_then(|it| written(&it))
}

/// Ends whatever subscription there is: nothing reaches this browser any more, whatever the server knows.
pub async fn unsubscribe() {
    if let Some(subscription) = current().await {
        end(&subscription).await;
    }
}

async fn current() -> Option<PushSubscription> {
    if permission() == Permission::Unsupported {
        return None;
    }
    let asking = service_worker::registered().await?.registration().push_manager().ok()?.get_subscription().ok()?;
    JsFuture::from(asking).await.ok()?.dyn_into().ok()
}

async fn end(subscription: &PushSubscription) {
    if let Ok(ending) = subscription.unsubscribe() {
        // Without network the browser forgets it all the same.
        let _ = JsFuture::from(ending).await;
    }
}

fn key_of(subscription: &PushSubscription) -> Option<String> {
    let key = subscription.options().application_server_key().ok()??;
    Some(BASE64URL_NOPAD.encode(&Uint8Array::new(&key).to_vec()))
}

/// A subscription as JSON, by its own `toJSON`.
fn written(subscription: &PushSubscription) -> Option<String> {
    JSON::stringify(subscription).ok().map(|text: JsString| text.into())
}
