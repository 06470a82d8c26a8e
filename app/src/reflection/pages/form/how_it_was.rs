use super::Fields;
use crate::{
    reflection::{CONFIDENCE, ENERGY, MOOD},
    ui::{Choice, ChoiceChips, Disclosure},
};
use leptos::prelude::*;

/// Energy, confidence and mood in a tap each, for those who want to.
#[component]
pub fn HowItWas(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let scale = |name: &'static str, legend: &'static str, words: [&'static str; 5], value: RwSignal<Option<u8>>| {
        let options: Vec<Choice<u8>> = (1..).zip(words).map(|(tap, words)| Choice::new(tap, words)).collect();
        view! { <ChoiceChips name legend options value optional=true /> }
    };
    let open = [fields.energy, fields.confidence, fields.mood].iter().any(|tap| tap.with_untracked(Option::is_some));
    view! {
        <Disclosure title="How was it for you?" detail="Energy, confidence, mood: a tap each" open>
            <div class="stack">
                {scale("energy", "Energy", ENERGY, fields.energy)}
                {scale("confidence", "Confidence", CONFIDENCE, fields.confidence)}
                {scale("mood", "Mood", MOOD, fields.mood)}
            </div>
        </Disclosure>
    }
}
