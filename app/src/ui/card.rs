use leptos::{children::ViewFnOnce, prelude::*};

/// What a [`Card`] says by its colour, beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardTone {
    /// Paper.
    #[default]
    Plain,
    /// The one to begin with.
    Accent,
    /// Wants to be looked at.
    Attention,
}

/// Things that belong together, on a sheet of their own.
#[component]
pub fn Card(
    /// A heading of the second level.
    #[prop(optional, into)]
    title: MaybeProp<String>,
    /// What stands across from the heading.
    #[prop(optional, into)]
    trailing: Option<ViewFnOnce>,
    /// What the colour says.
    #[prop(optional)]
    tone: CardTone,
    /// What is on it.
    children: Children,
) -> impl IntoView {
    let tone = match tone {
        CardTone::Plain => None,
        CardTone::Accent => Some("accent"),
        CardTone::Attention => Some("attention"),
    };
    let trailing = trailing.map(|trailing| trailing.run());
    let heading = move || title.get().map(|title| view! { <h2>{title}</h2> });
    view! {
        <section class="card" data-tone=tone>
            <div class="card-head">{heading} {trailing}</div>
            {children()}
        </section>
    }
    .into_any()
}
