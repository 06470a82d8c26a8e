use leptos::prelude::*;

/// An estimate on a line from 0 to 100: the estimate is the dot, what is likely is the bar.
///
/// Placed by attributes, because the pages' policy allows no inline style.
#[component]
pub fn Interval(
    /// The estimate.
    estimate: f64,
    /// From where it is likely.
    low: f64,
    /// To where it is likely.
    high: f64,
    /// The estimate of the time before, as a tick below.
    #[prop(optional)]
    before: Option<f64>,
    /// The same in words: 'Listening 82, likely 76 to 88'.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    let percent = |value: f64| format!("{:.1}%", value.clamp(0.0, 100.0));
    let width = percent(high.clamp(0.0, 100.0) - low.clamp(0.0, 100.0));
    let before = before.map(|before| view! { <line class="interval-before" x1=percent(before) x2=percent(before) y1="84%" y2="104%" /> });
    view! {
        <svg class="interval" role="img" aria-label=words>
            <line class="interval-line" x1="0" x2="100%" y1="50%" y2="50%" />
            <rect class="interval-bar" x=percent(low) y="25%" width=width height="50%" rx="0.375rem" />
            {before}
            <circle class="interval-dot" cx=percent(estimate) cy="50%" r="0.5rem" />
        </svg>
    }
}
