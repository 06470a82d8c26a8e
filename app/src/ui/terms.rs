use leptos::prelude::*;

/// What something holds, name by name.
#[component]
pub fn Terms(
    /// Each name with its text.
    of: Vec<(String, String)>,
) -> impl IntoView {
    let term = |(name, text): (String, String)| view! { <dt>{name}</dt> <dd>{text}</dd> };
    view! { <dl class="terms">{of.into_iter().map(term).collect_view()}</dl> }.into_any()
}
