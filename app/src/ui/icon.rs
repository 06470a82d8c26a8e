//! Icons, inlined so that they cost no request and take the colour of their text.

mod glyph;

use leptos::prelude::*;

pub use glyph::Glyph;

/// How large an [`Icon`] is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 18 px, beside small text.
    Small,
    /// 22 px.
    #[default]
    Normal,
    /// 28 px, standing alone.
    Large,
}

/// One drawing beside the words that say the same: hidden from those who listen.
#[component]
pub fn Icon(
    /// Which drawing.
    glyph: Glyph,
    /// How large; measured in the reader's own text size.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    let size = match size {
        IconSize::Small => Some("small"),
        IconSize::Normal => None,
        IconSize::Large => Some("large"),
    };
    view! { <svg class="icon" data-size=size viewBox="0 0 24 24" aria-hidden="true" inner_html=glyph.shapes()></svg> }
}
