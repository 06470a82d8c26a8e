use crate::{
    browser::{clock, random},
    form::{Problems, sentence},
    id::PromiseId,
    promise::{Agreed, Promise, PromiseState},
    sync::{Phone, Saving, Typing, protocol::Mutation},
    text,
    ui::{Button, ButtonVariant, DateField, Sheet, TextField},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Asks what was agreed instead: another day, something else, or that it is not needed any more.
#[component]
pub(super) fn ChangeTogether(
    /// The promise.
    promise: Arc<Promise>,
    /// Whether it is up.
    open: RwSignal<bool>,
    /// The saving of the screen around.
    saving: Saving,
    /// What to do once it is saved.
    done: Callback<()>,
) -> impl IntoView {
    let key = format!("promise/{}/agreed", promise.id);
    let (kept_what, kept_due) = Phone::get().draft(&key).unwrap_or_else(|| (promise.what.clone(), promise.due.to_string()));
    let (what, due) = (RwSignal::new(kept_what), RwSignal::new(kept_due));
    let typing = Typing::keep(key, Memo::new(move |_| (what.get(), due.get())));
    let (id, before_what, before_due) = (promise.id, promise.what.clone(), promise.due);
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let settle = move |agreed: Option<Agreed>| {
        let settled = Mutation::SettlePromise { id, state: PromiseState::Changed, agreed, at: Some(clock::now()) };
        open.set(false);
        saving.run_typed(typing, vec![settled], move || {
            done.run(());
        });
    };
    let agree = move |_| {
        let mut found = Problems::default();
        let what = what.get_untracked().trim().to_owned();
        found.check("agreed-", text::check_required("what", &what, text::LINE_MAX));
        match due.get_untracked().parse() {
            Err(_) => found.add("agreed-due", "Choose the day by which it will be done."),
            Ok(due) if (&what, due) == (&before_what, before_due) => {
                found.add("agreed-due", sentence("choose what is different: the day, or what it is"));
            }
            Ok(due) if found.is_empty() => settle(Some(Agreed { promise: PromiseId(random::uuid()), what, due })),
            Ok(_) => {}
        }
        problems.set(found);
    };
    view! {
        <Sheet open title="What did you agree?">
            <TextField name="agreed-what" label="What will be done" value=what error=about("agreed-what") autocomplete="off" max_length=text::LINE_MAX as u32 />
            <DateField name="agreed-due" label="By when" value=due error=about("agreed-due") />
            <p class="aside">"It goes on your list as a promise of its own. This one stays as it was made."</p>
            <div class="sheet-action">
                <Button variant=ButtonVariant::Primary full=true on_click=agree>
                    "Save what we agreed"
                </Button>
                <Button full=true on_click=move |_| settle(None)>
                    "It is not needed any more"
                </Button>
            </div>
        </Sheet>
    }
}
