use crate::{
    account::{away_words, hours_words},
    sync::Phone,
    today::{Extent, Quiet},
    ui::{Banner, Button, ButtonLink, Glyph},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Says why Today holds back, and shows the rest to whoever asks.
#[component]
pub(super) fn QuietBanner(
    /// Why.
    quiet: Quiet,
    /// How much is shown.
    extent: RwSignal<Extent>,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let phone = Phone::get();
    let name = |member| phone.replica().with_untracked(|replica| replica.member_name(member));
    let (words, change) = match &quiet {
        Quiet::Away(absence) => (away_words(absence, absence.cover.map(name), today), "/app/more/away"),
        Quiet::OutsideHours(hours) => {
            (format!("You work {}. Until then only what has a time shows.", hours_words(hours)), "/app/more/hours")
        }
    };
    let turn = move |_| {
        extent.update(|extent| {
            *extent = match extent {
                Extent::ForNow => Extent::Everything,
                Extent::Everything => Extent::ForNow,
            }
        });
    };
    let action = move || {
        view! {
            <div class="button-row">
                <Button on_click=turn>
                    {move || if extent.get() == Extent::ForNow { "Show everything" } else { "Show only what has a time" }}
                </Button>
                <ButtonLink href=change>"Change"</ButtonLink>
            </div>
        }
    };
    view! { <Banner icon=Glyph::Sun action>{words}</Banner> }
}
