use crate::ui::{Avatar, AvatarKind, Button, ButtonVariant, ListAction};
use leptos::{ev::MouseEvent, prelude::*};

/// The customer chosen in a form, with a way to choose another.
#[component]
pub fn ChosenCustomer(
    /// What the focus goes to once it is chosen.
    id: &'static str,
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
    /// Chooses another.
    #[prop(into)]
    on_change: UnsyncCallback<MouseEvent>,
    /// What else is to be said of it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="chosen" id=id tabindex="-1">
            <Avatar name=name kind=AvatarKind::Company />
            <p class="chosen-name">
                <span class="visually-hidden">"Customer: "</span>
                {move || name.get()}
                {children.map(|children| children())}
            </p>
            <Button variant=ButtonVariant::Plain on_click=on_change>
                "Change"
            </Button>
        </div>
    }
    .into_any()
}

/// A customer among those offered.
#[component]
pub fn OfferedCustomer(
    /// What it is called.
    name: String,
    /// What tells it from others.
    detail: String,
    /// Chooses it.
    #[prop(into)]
    on_click: UnsyncCallback<MouseEvent>,
) -> impl IntoView {
    let detail = Some(detail).filter(|detail| !detail.is_empty());
    let title = name.clone();
    view! { <ListAction title detail lead=move || view! { <Avatar name=name.clone() kind=AvatarKind::Company /> } on_click /> }.into_any()
}
