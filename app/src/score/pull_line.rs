use crate::{
    score::Pull,
    ui::{Glyph, Icon, IconSize},
};
use leptos::prelude::*;

/// What something does to a score, in words with an arrow of the same meaning.
#[component]
pub fn PullLine(
    /// What it does.
    pull: Pull,
    /// The same in words.
    words: &'static str,
) -> impl IntoView {
    let glyph = match pull {
        Pull::MuchDown => Glyph::ArrowDown,
        Pull::Down => Glyph::ArrowDownRight,
        Pull::Hardly => Glyph::ArrowRight,
        Pull::Up => Glyph::ArrowUpRight,
        Pull::MuchUp => Glyph::ArrowUp,
    };
    view! { <span class="pull-line"><Icon glyph size=IconSize::Small /> <span>{words}</span></span> }.into_any()
}
