use leptos::prelude::*;

/// Whom an [`Avatar`] stands for; told by its shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarKind {
    /// A person: round.
    #[default]
    Person,
    /// A company: square.
    Company,
}

/// Initials beside a name, so that a list can be found through at a glance. The name itself stands beside it.
#[component]
pub fn Avatar(
    /// The whole name.
    #[prop(into)]
    name: Signal<String>,
    /// Whom it stands for.
    #[prop(optional)]
    kind: AvatarKind,
) -> impl IntoView {
    let kind = match kind {
        AvatarKind::Person => "person",
        AvatarKind::Company => "company",
    };
    view! { <span class="avatar" data-kind=kind aria-hidden="true">{move || name.with(|name| initials(name))}</span> }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_the_last_word() {
        let cases = [
            ("Ana Souza", "AS"),
            ("Ana Maria de Souza", "AS"),
            ("Höfer", "H"),
            ("élan GmbH & Co.", "ÉC"),
            ("3M", "3"),
            ("(new) Baker", "NB"),
            ("  ", ""),
        ];
        for (name, letters) in cases {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
