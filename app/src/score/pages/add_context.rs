use crate::{
    browser::record::Durability,
    id::RatingId,
    sync::{Phone, protocol::Mutation},
    text,
    ui::{Button, ButtonKind, ButtonVariant, TextArea, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// What the rep adds to a rating, for everybody who reads it.
#[component]
pub(super) fn AddContext(
    /// To which rating.
    rating: RatingId,
    /// What was added before.
    context: String,
) -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let key = format!("context-{rating}");
    let typed = RwSignal::new(phone.draft::<String>(&key).unwrap_or(context));
    let (error, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let draft = key.clone();
    Effect::watch(
        move || typed.get(),
        move |words, _, _| {
            let (words, draft) = (words.clone(), draft.clone());
            spawn_local(async move {
                if phone.keep_draft(&draft, &words, Durability::Relaxed).await.is_err() {
                    error.set(Some("This phone could not keep what you type. Save before you leave.".to_owned()));
                }
            });
        },
        false,
    );
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (context, key) = (typed.get_untracked().trim().to_owned(), key.clone());
        if let Err(refusal) = text::check("context", &context, text::NOTE_MAX) {
            error.set(Some(refusal.to_string()));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match phone.save_draft(&key, vec![Mutation::AddContext { id: rating, context }]).await {
                Ok(()) => toaster.say("Saved. Everybody who reads this rating sees it."),
                Err(problem) => error.set(Some(format!("Not saved: {problem}. Your words are still here."))),
            }
            busy.set(false);
        });
    };
    view! {
        <form class="stack" on:submit=save>
            <TextArea
                name="context"
                label="Add context"
                hint="What should people know who read this rating? Your manager sees it, the customer does not."
                value=typed
                error=error
                max_length=text::NOTE_MAX as u32
            />
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Quiet busy=busy>"Save"</Button>
        </form>
    }
}
