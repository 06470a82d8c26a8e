use leptos::prelude::*;

use super::{Glyph, Icon, IconSize};

/// How far something written on this phone has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStage {
    /// Written down here, nowhere else yet.
    OnThisPhone,
    /// The server has it and has not yet decided.
    Received,
    /// The server has accepted it.
    Saved,
    /// It stays here until somebody looks at it.
    NeedsYou,
}

impl SaveStage {
    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::OnThisPhone => "On this phone",
            Self::Received => "Received",
            Self::Saved => "Saved",
            Self::NeedsYou => "Needs you",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::OnThisPhone => Glyph::Smartphone,
            Self::Received => Glyph::Cloud,
            Self::Saved => Glyph::Check,
            Self::NeedsYou => Glyph::CircleAlert,
        }
    }
}

/// Says it, small and true.
#[component]
pub fn SaveState(
    /// How far it has come.
    #[prop(into)]
    stage: Signal<SaveStage>,
) -> impl IntoView {
    move || {
        let stage = stage.get();
        view! {
            <span class="save-state" data-stage=(stage == SaveStage::NeedsYou).then_some("needs-you")>
                <Icon glyph=stage.glyph() size=IconSize::Small />
                {stage.words()}
            </span>
        }
    }
}
