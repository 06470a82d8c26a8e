use crate::{
    engagement::{Check, Says, Span, check_advice, check_title, check_words, says_words},
    ui::{Badge, BadgeTone, Glyph, List, ListRow},
};
use leptos::prelude::*;

/// The seven things that customers most often miss: what the logs say of each, and one thing to try.
#[component]
pub(super) fn Mirror(
    /// All seven.
    checks: [Check; 7],
    /// How far back they look.
    span: Span,
) -> impl IntoView {
    let row = move |check: Check| {
        let says = check.says();
        let (tone, icon) = match says {
            Says::TooEarly => (BadgeTone::Plain, Glyph::Ellipsis),
            Says::Fine => (BadgeTone::Plain, Glyph::Check),
            Says::Look => (BadgeTone::Attention, Glyph::Eye),
        };
        let detail = if check.of == 0 { None } else { Some(check_words(check, span)) };
        let advice = (says == Says::Look).then(|| {
            view! { <span class="list-row-detail"><strong>"To try: "</strong> {check_advice(check.shortfall)}</span> }
        });
        view! {
            <ListRow title=check_title(check.shortfall) detail=detail>
                {advice}
                <span><Badge tone icon>{says_words(says)}</Badge></span>
            </ListRow>
        }
    };
    view! {
        <List title="A look in the mirror">{checks.map(row).collect_view()}</List>
        <p class="aside">"What people most often miss in those who sell to them. Logs see only a part of it: you know the rest."</p>
    }
}
