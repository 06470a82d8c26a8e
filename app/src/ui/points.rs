use leptos::prelude::*;

/// One answer on the five points, small: as many dots filled, said in words.
#[component]
pub fn Points(
    /// How many of the five.
    value: u8,
    /// The same in words: 'Listening: mostly'.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    let dot = |point: u8| {
        let center = format!("{:.3}rem", 0.375 + f32::from(point - 1) * 0.875);
        let state = if point <= value { "on" } else { "off" };
        view! { <circle data-state=state cx=center cy="50%" r="0.28rem" /> }
    };
    view! { <svg class="points" role="img" aria-label=words>{(1..=5).map(dot).collect_view()}</svg> }
}
