use leptos::{children::ViewFnOnce, prelude::*};

use super::{Glyph, Icon};

/// Why a [`Banner`] is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BannerTone {
    /// Good to know.
    #[default]
    Info,
    /// Something to do.
    Attention,
}

/// One message about the whole screen, and what to do about it.
#[component]
pub fn Banner(
    /// Why it is there.
    #[prop(optional)]
    tone: BannerTone,
    /// Another drawing than the tone's own.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// What can be done, under the words.
    #[prop(optional, into)]
    action: Option<ViewFnOnce>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let (tone, own) = match tone {
        BannerTone::Info => ("info", Glyph::Info),
        BannerTone::Attention => ("attention", Glyph::TriangleAlert),
    };
    view! {
        <div class="banner" data-tone=tone>
            <Icon glyph=icon.unwrap_or(own) />
            <div class="banner-body">
                <div>{children()}</div>
                {action.map(|action| view! { <div class="banner-action">{action.run()}</div> })}
            </div>
        </div>
    }
    .into_any()
}
