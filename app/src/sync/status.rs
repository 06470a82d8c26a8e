use super::{
    Phone,
    client::{Connection, Health},
};
use crate::ui::{Glyph, Icon, IconSize};
use leptos::prelude::*;

/// How sync stands, small and true; leads to where everything saved here is.
#[component]
pub fn SyncStatus() -> impl IntoView {
    let health = Phone::get().health();
    let words = Memo::new(move |_| health.with(in_few_words));
    let alarms = Memo::new(move |_| health.with(|health| health.needing_you > 0));
    view! {
        <a class="sync-status" href="/app/outbox" data-stage=move || alarms.get().then_some("needs-you")>
            {move || view! { <Icon glyph=words.get().0 size=IconSize::Small /> }}
            {move || words.get().1}
        </a>
    }
}

/// What matters most: what needs the person, then what stands in the way, then what waits.
fn in_few_words(health: &Health) -> (Glyph, String) {
    let unsent = health.unsent;
    match health.connection {
        _ if health.needing_you == 1 => (Glyph::CircleAlert, "1 needs you".to_owned()),
        _ if health.needing_you > 1 => (Glyph::CircleAlert, format!("{} need you", health.needing_you)),
        Connection::SignedOut | Connection::AnotherMember | Connection::Revoked => (Glyph::CloudOff, "Signed out".to_owned()),
        Connection::Offline if unsent == 0 => (Glyph::CloudOff, "Offline".to_owned()),
        Connection::Offline => (Glyph::CloudOff, format!("Offline, {unsent} waiting")),
        Connection::Busy if unsent > 0 => (Glyph::Cloud, "Sending".to_owned()),
        _ if unsent > 0 => (Glyph::Smartphone, format!("{unsent} on this phone")),
        Connection::UpToDate | Connection::Busy => (Glyph::Cloud, "Up to date".to_owned()),
        Connection::Unknown | Connection::Troubled => (Glyph::Cloud, "Not asked yet".to_owned()),
    }
}
