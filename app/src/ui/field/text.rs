use leptos::prelude::*;

use super::input::Input;

/// What is typed into a [`TextField`]; chooses the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Words.
    #[default]
    Plain,
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
    /// A secret; never kept in a draft.
    Password,
    /// Digits that are not a quantity: a PIN, a one-time code. Hidden like a password.
    Pin,
}

impl TextKind {
    fn kind_and_keyboard(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Plain => ("text", None),
            Self::Email => ("email", None),
            Self::Phone => ("tel", None),
            Self::Password => ("password", None),
            Self::Pin => ("password", Some("numeric")),
        }
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// Its name in the form and its id.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// Which keyboard.
    #[prop(optional)]
    kind: TextKind,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// One sentence of help.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// An example; never the only place that says what is asked.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The browser's name for this piece of data, such as `current-password`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The most characters the model takes.
    #[prop(optional)]
    max_length: Option<u32>,
    /// What others wrote, for those who mean the same.
    #[prop(optional)]
    suggestions: Vec<String>,
) -> impl IntoView {
    let (kind, keyboard) = kind.kind_and_keyboard();
    view! {
        <Input name kind label value optional hint error placeholder keyboard autocomplete max_length suggestions />
    }
}
