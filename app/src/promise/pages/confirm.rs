use crate::{
    promise::{KeeperAnswer, Promise},
    sync::{NotSaved, Phone, Saving, Typing, offer_undo, protocol::Mutation},
    text,
    ui::{Button, ButtonVariant, Card, CardTone, Glyph, TextArea, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Asks the keeper of a colleague's promise whether it can be done; the last word stands. What is typed is kept until it is said.
#[component]
pub(super) fn Confirm(
    /// The promise.
    promise: Arc<Promise>,
    /// Who made it, by name.
    maker: String,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let (id, before) = (promise.id, promise.course.answer.clone());
    let said = match &before {
        KeeperAnswer::Cannot { why } => why.clone(),
        _ => String::new(),
    };
    let key = format!("promise/{id}/why");
    let why = RwSignal::new(phone.draft::<String>(&key).unwrap_or_else(|| said.clone()));
    let typing = Typing::keep(key, Memo::new(move |_| why.get()));
    let refusing = RwSignal::new(why.get_untracked() != said);
    let problem = RwSignal::new(None::<String>);
    let undo_to = before.clone();
    let say = move |answer: KeeperAnswer, words: String| {
        let undo = vec![Mutation::AnswerPromise { id, answer: undo_to.clone() }];
        saving.run_typed(typing, vec![Mutation::AnswerPromise { id, answer }], move || {
            offer_undo(phone, toaster, words, undo);
        });
    };
    let can = {
        let (say, maker) = (say.clone(), maker.clone());
        move |_| say(KeeperAnswer::Can, format!("{maker} will see that you keep it."))
    };
    let cannot = {
        let maker = maker.clone();
        move |_| match why.get_untracked().trim() {
            "" => problem.set(Some(format!("Say why, so that {maker} can tell the customer."))),
            why => say(KeeperAnswer::Cannot { why: why.to_owned() }, format!("{maker} will see why not.")),
        }
    };
    let (title, tone) = match before {
        KeeperAnswer::Unsaid => (format!("{maker} promised this for you to keep"), CardTone::Accent),
        KeeperAnswer::Can => ("You said that you can keep it".to_owned(), CardTone::Plain),
        KeeperAnswer::Cannot { .. } => ("You said that you cannot keep it".to_owned(), CardTone::Plain),
    };
    let (said_can, said_cannot) = (before == KeeperAnswer::Can, matches!(before, KeeperAnswer::Cannot { .. }));
    view! {
        <Card title tone>
            <div class="settle-ways">
                {(!said_can).then(|| view! { <Button variant=ButtonVariant::Primary icon=Glyph::Check on_click=can>"I can keep it"</Button> })}
                {(!said_cannot).then(|| view! { <Button icon=Glyph::X on_click=move |_| refusing.set(true)>"I cannot"</Button> })}
            </div>
            <Show when=move || refusing.get() || said_cannot>
                <TextArea
                    name="why"
                    label="Why not, and what would work?"
                    value=why
                    error=Signal::derive(move || problem.get())
                    max_length=text::LINE_MAX as u32
                />
                <Button on_click=cannot.clone()>"Tell them"</Button>
            </Show>
            <NotSaved saving />
        </Card>
    }
}
