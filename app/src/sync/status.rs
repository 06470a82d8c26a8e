use super::{
    Phone,
    client::{Connection, Health},
    warning::Warning,
};
use crate::ui::{Glyph, Icon, IconSize};
use leptos::prelude::*;

/// How sync stands, small and true; leads to where everything saved here is.
#[component]
pub fn SyncStatus() -> impl IntoView {
    let phone = Phone::get();
    let (health, pressing) = (phone.health(), phone.pressing());
    let words = Memo::new(move |_| health.with(|health| in_few_words(health, pressing.get())));
    let alarms = Memo::new(move |_| pressing.get().is_some() || health.with(|health| health.needing_you > 0));
    view! {
        <a class="sync-status" href="/app/outbox" data-stage=move || alarms.get().then_some("needs-you")>
            {move || view! { <Icon glyph=words.get().0 size=IconSize::Small /> }}
            {move || words.get().1}
        </a>
    }
}

/// What matters most: what needs the person, then what may cost something, then what stands in the way, then what waits.
fn in_few_words(health: &Health, pressing: Option<Warning>) -> (Glyph, String) {
    if let Some(words) = alarm(health, pressing) {
        return (Glyph::CircleAlert, words);
    }
    let unsent = health.unsent;
    match health.connection {
        Connection::SignedOut | Connection::AnotherMember | Connection::Revoked => (Glyph::CloudOff, "Signed out".to_owned()),
        Connection::Offline if unsent == 0 => (Glyph::CloudOff, "Offline".to_owned()),
        Connection::Offline => (Glyph::CloudOff, format!("Offline, {unsent} waiting")),
        Connection::Busy if unsent > 0 => (Glyph::Cloud, "Sending".to_owned()),
        _ if unsent > 0 => (Glyph::Smartphone, format!("{unsent} on this phone")),
        Connection::UpToDate | Connection::Busy => (Glyph::Cloud, "Up to date".to_owned()),
        Connection::Unknown | Connection::Troubled => (Glyph::Cloud, "Not asked yet".to_owned()),
    }
}

/// What there is to look at, and do something about.
fn alarm(health: &Health, pressing: Option<Warning>) -> Option<String> {
    match (health.needing_you, pressing) {
        (1, _) => Some("1 needs you".to_owned()),
        (2.., _) => Some(format!("{} need you", health.needing_you)),
        (0, Some(Warning::Lost(1))) => Some("1 item is gone".to_owned()),
        (0, Some(Warning::Lost(lost))) => Some(format!("{lost} items are gone")),
        (0, Some(Warning::StorageFails)) => Some("Could not store".to_owned()),
        (0, Some(Warning::StorageNearlyFull(_))) => Some("Little room left".to_owned()),
        (0, Some(Warning::WaitsSince(_))) => Some("Not sent for days".to_owned()),
        (0, _) => None,
    }
}
