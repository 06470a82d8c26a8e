use super::{log_plan_address, meeting_address};
use crate::{
    meeting::{Meeting, MeetingEdit, MeetingStatus},
    preparation::prepare_visit_address,
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Button, ButtonLink, ButtonVariant, Glyph, Toaster},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What became of a planned visit: it happened, was called off, nobody came; or it is moved.
#[component]
pub fn Outcome(
    /// The plan.
    meeting: Signal<Arc<Meeting>>,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let id = meeting.with_untracked(|meeting| meeting.id);
    let turn = |before: &Meeting, status: MeetingStatus| {
        vec![Mutation::edit_meeting(before, MeetingEdit { status: Some(status), ..MeetingEdit::default() }, None)]
    };
    let settle = move |status: MeetingStatus, words: &'static str| {
        let before = meeting.get_untracked();
        let settled = Meeting { status, version: before.version + 1, ..Meeting::clone(&before) };
        saving.run(turn(&before, status), move || offer_undo(phone, toaster, words, turn(&settled, before.status)));
    };
    let prepare = StoredValue::new(meeting.with_untracked(|meeting| prepare_visit_address(meeting)));
    let status = move || meeting.with(|meeting| meeting.status);
    view! {
        <div class="stack" data-gap="small">
            <Show
                when=move || status() == MeetingStatus::Planned
                fallback=move || {
                    view! {
                        <Button icon=Glyph::Undo2 full=true on_click=move |_| settle(MeetingStatus::Planned, "Planned again.")>
                            "It is on after all"
                        </Button>
                    }
                }
            >
                <ButtonLink href=log_plan_address(id) variant=ButtonVariant::Primary icon=Glyph::Check full=true>
                    "It happened"
                </ButtonLink>
                <ButtonLink href=prepare.get_value() icon=Glyph::ListChecks full=true>
                    "Prepare"
                </ButtonLink>
                <ButtonLink href=format!("{}/edit", meeting_address(id)) icon=Glyph::Calendar full=true>
                    "Move or change it"
                </ButtonLink>
                <div class="touch-buttons">
                    <Button on_click=move |_| settle(MeetingStatus::Cancelled, "Called off.")>"Called off"</Button>
                    <Button on_click=move |_| settle(MeetingStatus::NoShow, "Noted that nobody came.")>"Nobody came"</Button>
                </div>
            </Show>
            <NotSaved saving />
        </div>
    }
}
