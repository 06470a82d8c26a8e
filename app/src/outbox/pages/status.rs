use crate::{
    browser::clock,
    outbox::{status_words, warning_words},
    sync::{Phone, client::Connection},
    ui::{Banner, BannerTone, Button, Card, Glyph, Icon, ListRow},
};
use leptos::prelude::*;

/// How sync stands, in a list; leads to the outbox.
#[component]
pub fn StatusRow() -> impl IntoView {
    let phone = Phone::get();
    let (health, pressing) = (phone.health(), phone.pressing());
    let words = Memo::new(move |_| health.with(|health| status_words(health, clock::now())));
    let detail = Signal::derive(move || match health.with(|health| health.needing_you) {
        0 => pressing.get().map_or_else(|| words.get().1, |warning| warning_words(&warning, clock::now())),
        1 => "One thing needs you.".to_owned(),
        many => format!("{many} things need you."),
    });
    let icon = move || match health.with(|health| health.connection) {
        Connection::Offline | Connection::SignedOut | Connection::AnotherMember | Connection::Revoked => {
            view! { <Icon glyph=Glyph::CloudOff /> }
        }
        _ => view! { <Icon glyph=Glyph::Cloud /> },
    };
    view! { <ListRow title=Signal::derive(move || words.get().0) detail href="/app/outbox" lead=move || icon /> }
}

/// How sync stands, and a button that exchanges everything now.
#[component]
pub(super) fn Status() -> impl IntoView {
    let phone = Phone::get();
    let health = phone.health();
    let words = Memo::new(move |_| health.with(|health| status_words(health, clock::now())));
    let busy = Signal::derive(move || health.with(|health| health.connection == Connection::Busy));
    view! {
        <Card title=Signal::derive(move || words.get().0)>
            <p role="status">{move || words.get().1}</p>
            <Button icon=Glyph::RefreshCw full=true busy on_click=move |_| phone.sync_now()>
                "Sync now"
            </Button>
        </Card>
    }
}

/// What may cost the person what the phone holds; nothing where all is well.
#[component]
pub fn Warnings() -> impl IntoView {
    let warnings = Phone::get().warnings();
    let banner = |warning| view! { <Banner tone=BannerTone::Attention>{warning_words(&warning, clock::now())}</Banner> };
    move || warnings.get().into_iter().map(banner).collect_view()
}
