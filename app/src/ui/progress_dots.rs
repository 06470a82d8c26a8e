use leptos::prelude::*;

/// How far along a few short steps one is.
#[component]
pub fn ProgressDots(
    /// The step in view, from 1.
    #[prop(into)]
    step: Signal<usize>,
    /// How many there are.
    count: usize,
) -> impl IntoView {
    let state = move |dot: usize| match dot.cmp(&step.get()) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "ahead",
    };
    view! {
        <div class="progress-dots" role="img" aria-label=move || format!("Step {} of {count}", step.get())>
            {(1..=count).map(|dot| view! { <span data-state=move || state(dot)></span> }).collect_view()}
        </div>
    }
}
