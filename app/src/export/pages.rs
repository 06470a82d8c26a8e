//! The screen from which a member takes everything along.

use crate::{
    account::sessions,
    browser::{clock, files},
    export::Export,
    route::{Screens, screen},
    sync::{Phone, client::Connection},
    ui::{Banner, BannerTone, Button, ButtonVariant, Glyph, Leave, Page, Toaster},
};
use leptos::prelude::*;
use leptos_router::path;

/// The address of the export.
pub fn routes() -> Screens {
    vec![screen(path!("/app/more/export"), || view! { <ExportScreen /> }.into_any())]
}

/// Everything about the member and by the member, as a file.
#[component]
fn ExportScreen() -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let export = move |_| {
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let saved = save_file(phone).await;
            // The screen may have been left meanwhile.
            let _ = (busy.try_set(false), failed.try_set(!saved));
            if saved {
                toaster.say("Saved as a file among your downloads.");
            }
        });
    };
    view! {
        <Page title="Export my data" leave=Leave::Back("/app/more".to_owned())>
            <p>
                "Everything that this phone holds about you and by you, in one file: your profile, your meetings, customers and promises, your reflections, also those that you share with nobody, your ratings and scores, who looked at them, and what is not sent yet."
            </p>
            <p class="aside">
                "Ratings whose customer hides the name are not in it, nor what others wrote. It is a JSON file: any text editor opens it. Keep it where nobody else reads it."
            </p>
            <div role="alert">
                {move || {
                    failed
                        .get()
                        .then(|| view! { <Banner tone=BannerTone::Attention>"This browser allows no downloads here. Open Qdos in another browser and try again."</Banner> })
                }}
            </div>
            <Button variant=ButtonVariant::Primary icon=Glyph::Download full=true busy=busy on_click=export>
                "Save as a file"
            </Button>
        </Page>
    }
    .into_any()
}

/// Whether the file was offered.
async fn save_file(phone: Phone) -> bool {
    let sessions = match phone.connection().get_untracked() {
        Connection::Offline => None,
        _ => sessions().await.ok(),
    };
    let (replica, outbox) = (phone.replica().get_untracked(), phone.outbox().get_untracked());
    let (now, offset_minutes) = (clock::now(), clock::offset_minutes());
    let export = Export { replica: &replica, outbox: &outbox, sessions: sessions.as_deref(), me: phone.me(), now, offset_minutes };
    files::offer(&format!("qdos-my-data-{}.json", clock::today()), "application/json", &export.json()).is_ok()
}
