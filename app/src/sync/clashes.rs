use super::{NotSaved, Saving, merge::ClashLine};
use crate::{
    browser::hints,
    ui::{Banner, Button, ButtonVariant, Glyph, Toaster},
};
use leptos::prelude::*;

/// What two people changed without having seen each other's words, with the way back. Whoever has read one sends it away, on this device.
#[component]
pub fn Clashes(
    /// The clashes on which nobody has decided.
    lines: Memo<Vec<ClashLine>>,
    /// What to do once something was brought back.
    #[prop(optional, into)]
    then: Option<Callback<()>>,
) -> impl IntoView {
    let (saving, toaster) = (Saving::new(), Toaster::expect());
    let sent_away = Trigger::new();
    let shown = move || {
        sent_away.track();
        let left = lines.get().into_iter().filter(|line| !hints::is_dismissed(&line.hint));
        left.map(|ClashLine { hint, words, text, take_back }| {
            let dismiss = move |_| {
                hints::dismiss(&hint);
                sent_away.notify();
                toaster.say("It stays as it is.");
            };
            let back = take_back.map(|(words, mutation)| {
                let act = move |_| {
                    saving.run(vec![mutation.clone()], move || {
                        toaster.say("Changed. Everybody will see it.");
                        if let Some(then) = then {
                            then.run(());
                        }
                    });
                };
                view! { <Button on_click=act>{words}</Button> }
            });
            let actions = move || {
                view! {
                    {back}
                    <Button variant=ButtonVariant::Plain on_click=dismiss>
                        "Keep as it is"
                    </Button>
                }
            };
            view! {
                <Banner icon=Glyph::UsersRound action=actions>
                    <p>{words}</p>
                    {text.map(|text| view! { <blockquote class="clash-text">{text}</blockquote> })}
                </Banner>
            }
        })
        .collect_view()
    };
    view! {
        <div class="clashes">
            {shown} <NotSaved saving />
        </div>
    }
}
