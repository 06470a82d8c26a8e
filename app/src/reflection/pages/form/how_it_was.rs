use super::Fields;
use crate::{
    reflection::{Tapped, tap_scale, tapped_words},
    ui::{Choice, ChoiceChips},
};
use leptos::prelude::*;

/// Energy, confidence and mood in a tap each, for those who want to see their course.
#[component]
pub fn HowItWas(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let scale = |tapped: Tapped| {
        let (name, value) = match tapped {
            Tapped::Energy => ("energy", fields.energy),
            Tapped::Confidence => ("confidence", fields.confidence),
            Tapped::Mood => ("mood", fields.mood),
        };
        let options: Vec<Choice<u8>> = (1..).zip(tap_scale(tapped)).map(|(tap, words)| Choice::new(tap, words)).collect();
        view! { <ChoiceChips name legend=tapped_words(tapped) options value optional=true /> }
    };
    view! {
        <section class="form-section">
            <h2>"How was it for you?"</h2>
            {Tapped::ALL.map(scale).collect_view()}
        </section>
    }
}
