use crate::{
    promise::{InsideAsk, InsideAskState},
    sync::{NotSaved, Phone, Saving, Typing, offer_undo, protocol::Mutation},
    text,
    ui::{Button, ButtonVariant, Card, CardTone, TextArea, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Answers a colleague's question, or says why not; the last word stands. What is typed is kept until it is said.
#[component]
pub(super) fn AnswerInside(
    /// The question.
    ask: Arc<InsideAsk>,
    /// Who asks, by name.
    from: String,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let (id, before) = (ask.id, (ask.state, ask.answer.clone()));
    let key = format!("ask/{id}/answer");
    let answer = RwSignal::new(phone.draft(&key).unwrap_or_else(|| ask.answer.clone()));
    let typing = Typing::keep(key, Memo::new(move |_| answer.get()));
    let problem = RwSignal::new(None::<&'static str>);
    let say = Callback::new({
        let from = from.clone();
        move |state: InsideAskState| {
            let text = answer.get_untracked().trim().to_owned();
            if text.is_empty() {
                return problem.set(Some("Say it in a few words first."));
            }
            let words = format!("{from} will see it.");
            let undo = vec![Mutation::AnswerInsideAsk { id, state: before.0, text: before.1.clone() }];
            saving.run_typed(typing, vec![Mutation::AnswerInsideAsk { id, state, text }], move || {
                offer_undo(phone, toaster, words, undo);
            });
        }
    });
    let (title, tone) = match ask.state {
        InsideAskState::Open => (format!("{from} asks you"), CardTone::Accent),
        _ => ("You answered".to_owned(), CardTone::Plain),
    };
    view! {
        <Card title tone>
            <TextArea
                name="answer"
                label="Your answer"
                value=answer
                error=Signal::derive(move || problem.get().map(str::to_owned))
                max_length=text::NOTE_MAX as u32
            />
            <div class="settle-ways">
                <Button variant=ButtonVariant::Primary on_click=move |_| say.run(InsideAskState::Answered)>
                    "Answer"
                </Button>
                <Button on_click=move |_| say.run(InsideAskState::Declined)>"I cannot help"</Button>
            </div>
            <NotSaved saving />
        </Card>
    }
}
