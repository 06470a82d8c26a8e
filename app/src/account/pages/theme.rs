use crate::{
    browser::theme::{self, Theme},
    ui::{Card, Choice, Segmented},
};
use leptos::prelude::*;

/// Light, dark, or as the device has it; from the moment it is tapped.
#[component]
pub(super) fn ThemeChoice() -> impl IntoView {
    let chosen = RwSignal::new(theme::chosen());
    Effect::watch(move || chosen.get(), |theme, _, _| theme::choose(*theme), false);
    let options = [(Theme::System, "As my phone"), (Theme::Light, "Light"), (Theme::Dark, "Dark")];
    let options = options.map(|(theme, words)| Choice::new(theme, words)).to_vec();
    view! {
        <Card title="Colours">
            <Segmented name="theme" legend="Colours" options value=chosen />
        </Card>
    }
}
