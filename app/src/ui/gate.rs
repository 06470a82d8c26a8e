use leptos::prelude::*;

/// A screen outside the app: sign-in, an invitation, the first start, the lock.
#[component]
pub fn Gate(
    /// Its heading of the first level.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence under it.
    #[prop(optional, into)]
    lead: MaybeProp<String>,
    /// A form, most often.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="gate" id="main" tabindex="-1">
            <BrandMark />
            <header class="gate-head">
                <h1>{move || title.get()}</h1>
                {move || lead.get().map(|lead| view! { <p>{lead}</p> })}
            </header>
            {children()}
        </main>
    }
    .into_any()
}

/// The mark: something said, and heard. The same drawing as `public/favicon.svg`.
#[component]
fn BrandMark() -> impl IntoView {
    view! {
        <p class="brand">
            <svg class="brand-mark" viewBox="0 0 512 512" aria-hidden="true">
                <rect width="512" height="512" rx="116" />
                <path d="M296 366 398 398 366 296Z" />
                <circle cx="246" cy="246" r="132" />
                <circle cx="246" cy="246" r="36" />
            </svg>
            "Qdos"
        </p>
    }
    .into_any()
}
