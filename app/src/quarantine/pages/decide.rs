use crate::{
    online::{Asking, FailureBanner, Load},
    outbox::in_words,
    quarantine::{Correction, Quarantined, apply_quarantined, discard_quarantined},
    sync::Phone,
    text::LINE_MAX,
    ui::{Button, ButtonVariant, Card, Glyph, Sheet, TextArea, TextField, Toaster},
};
use leptos::prelude::*;

/// The ways out: apply it, corrected where that is what it needs, or discard it with a reason.
#[component]
pub(super) fn Decide(
    /// What is decided about.
    it: Quarantined,
    /// Opened again afterwards.
    opened: Load<Quarantined>,
) -> impl IntoView {
    let discard = it.may_discard.then(|| view! { <Discard it=it.clone() opened /> });
    view! {
        <Apply it opened />
        {discard}
    }
    .into_any()
}

#[component]
fn Apply(it: Quarantined, opened: Load<Quarantined>) -> impl IntoView {
    let (phone, toaster, asking, id) = (Phone::get(), Toaster::expect(), Asking::new(), it.line.id);
    let before = StoredValue::new(it.correctable.clone());
    let value = RwSignal::new(it.correctable.as_ref().map(|it| it.value.clone()).unwrap_or_default());
    let apply = move |_| {
        let correction = before.get_value().filter(|before| value.with_untracked(|value| *value != before.value));
        let correction = correction.map(|before| Correction { value: value.get_untracked(), ..before });
        asking.ask(apply_quarantined(id, correction), move |()| {
            toaster.say("Saved. Their phone is told.");
            phone.sync_now();
            opened.again();
        });
    };
    let field = it.correctable.map(|correctable| {
        view! {
            <TextField
                name="correction"
                label=in_words(&correctable.field)
                value
                autocomplete="off"
                hint="Correct it here if you know what was meant. Its author reads what you changed."
            />
        }
    });
    view! {
        <Card title="Try again">
            <p>"It is saved in its author’s name, as if it had just been sent. If something is still in the way, nothing changes."</p>
            <FailureBanner of=asking />
            {field}
            <Button variant=ButtonVariant::Primary full=true busy=asking.busy() on_click=apply>
                "Save it now"
            </Button>
        </Card>
    }
    .into_any()
}

#[component]
fn Discard(it: Quarantined, opened: Load<Quarantined>) -> impl IntoView {
    let (phone, toaster, asking, id) = (Phone::get(), Toaster::expect(), Asking::new(), it.line.id);
    let (open, reason) = (RwSignal::new(false), RwSignal::new(String::new()));
    let discard = move |_| {
        asking.ask(discard_quarantined(id, reason.get_untracked()), move |()| {
            open.set(false);
            toaster.say("Discarded. Their phone is told.");
            phone.sync_now();
            opened.again();
        });
    };
    view! {
        <Button variant=ButtonVariant::Danger icon=Glyph::Trash2 full=true on_click=move |_| open.set(true)>
            "Discard"
        </Button>
        <Sheet open title="Discard this?">
            <p>"It is never saved. Its author reads who decided and why, and it stays in this list."</p>
            <FailureBanner of=asking />
            <TextArea name="reason" label="Why" value=reason max_length=LINE_MAX as u32 error=asking.about("reason") />
            <div class="sheet-action">
                <Button variant=ButtonVariant::Danger full=true busy=asking.busy() on_click=discard>
                    "Discard it"
                </Button>
            </div>
        </Sheet>
    }
    .into_any()
}
