use crate::{
    browser::document,
    ui::{Card, CardTone},
};
use leptos::prelude::*;

/// How to put the app on the home screen, where it is not there yet.
#[component]
pub(super) fn InstallHint() -> impl IntoView {
    let steps = match document::is_ios() {
        true => ["Tap Share in Safari’s bar.", "Choose ‘Add to Home Screen’.", "Open Qdos from there and sign in once more."],
        false => ["Open the browser’s menu.", "Choose ‘Install app’ or ‘Add to Home screen’.", "Open Qdos from there."],
    };
    (!document::is_standalone()).then(|| {
        view! {
            <Card title="Put Qdos on your home screen" tone=CardTone::Accent>
                <p>"It then opens like any app, and your phone keeps what you save for good."</p>
                <ol class="install-steps">{steps.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
            </Card>
        }
    })
}
