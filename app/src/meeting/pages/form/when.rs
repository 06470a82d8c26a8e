use super::Fields;
use crate::{
    meeting::{Channel, channel_words},
    ui::{Choice, ChoiceChips, DateField, Glyph, NumberField, TimeField},
};
use leptos::prelude::*;

/// When it starts and how long it takes.
#[component]
pub fn When(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    view! {
        <div class="field-row">
            <DateField name="date" label="Day" value=fields.date error=fields.about("date") />
            <TimeField name="time" label="Start" value=fields.time error=fields.about("time") />
            <NumberField
                name="length_minutes"
                label="Length"
                unit="minutes"
                value=fields.length
                error=fields.about("length_minutes")
            />
        </div>
    }
}

/// How people met.
#[component]
pub fn HowMet(
    /// The form.
    fields: Fields,
) -> impl IntoView {
    let options = [(Channel::InPerson, Glyph::Handshake), (Channel::Video, Glyph::Video), (Channel::Phone, Glyph::Phone)];
    let options = options.map(|(channel, icon)| Choice::new(channel, channel_words(channel)).with_icon(icon)).to_vec();
    view! { <ChoiceChips name="channel" legend="How?" options=options value=fields.channel /> }
}
