use crate::{
    browser::clock,
    recovery::{RecoveryCase, Step, gesture_ideas, step_hint, step_words},
    sync::{NotSaved, Phone, Saving, Typing, offer_undo, protocol::Mutation},
    text,
    ui::{Button, Disclosure, TextArea, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// One step: what was done, or room to write it down; what is typed is kept until it is saved.
#[component]
pub(super) fn StepForm(
    /// The case.
    case: Arc<RecoveryCase>,
    /// Which step.
    step: Step,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let id = case.id;
    let before = case.steps.get(&step).map(|taken| taken.text.clone()).unwrap_or_default();
    let key = format!("recovery/{id}/{}", step.key());
    let typed = RwSignal::new(phone.draft::<String>(&key).unwrap_or_else(|| before.clone()));
    let typing = Typing::keep(key, Memo::new(move |_| typed.get()));
    let detail = Some(before.clone()).filter(|it| !it.is_empty()).unwrap_or_else(|| "Not yet".to_owned());
    let is_half_typed = typed.get_untracked() != before;
    let ideas = (step == Step::Gesture).then(|| view! { <Ideas case=case.clone() /> });
    let save = move |_| {
        let record = |text: String| vec![Mutation::RecordRecovery { id, step, text, at: clock::now() }];
        let undo = record(before.clone());
        saving.run_typed(typing, record(typed.get_untracked().trim().to_owned()), move || {
            offer_undo(phone, toaster, "Saved.", undo);
        });
    };
    view! {
        <Disclosure title=step_words(step) detail open=is_half_typed>
            {ideas}
            <TextArea name=step.key() label=step_words(step) value=typed hint=step_hint(step) max_length=text::NOTE_MAX as u32 />
            <Button on_click=save>"Save"</Button>
            <NotSaved saving />
        </Disclosure>
    }
}

/// What is worth knowing about whom the gesture is for.
#[component]
fn Ideas(case: Arc<RecoveryCase>) -> impl IntoView {
    let phone = Phone::get();
    let ideas = phone.derive(move |replica| gesture_ideas(replica, &case));
    let shown = move || {
        let line = |(name, text): (String, String)| view! { <li>{format!("{name}: {text}")}</li> };
        ideas.get().into_iter().map(line).collect_view()
    };
    view! {
        <Show when=move || ideas.with(|ideas| !ideas.is_empty())>
            <p>"Worth knowing:"</p>
            <ul class="recovery-ideas">{shown}</ul>
        </Show>
    }
}
