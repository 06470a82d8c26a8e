use crate::{
    browser::{clock, document},
    form::Problems,
    score::{RatingDetail, words},
    survey::{Decision, EXCLUSION_NOTE_MAX, ExclusionReason, Rating},
    sync::{NotSaved, Phone, Saving, Typing, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, Choice, ChoiceChips, Sheet, TextArea, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is decided: that a rating is left out, or that it counts again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    LeaveOut,
    CountAgain,
}

impl Verdict {
    /// What is open to be decided about `rating`.
    fn on(rating: &Rating) -> Self {
        if rating.exclusion().is_some() { Self::CountAgain } else { Self::LeaveOut }
    }

    fn label(self) -> &'static str {
        match self {
            Self::LeaveOut => "Leave out of the score",
            Self::CountAgain => "Count it again",
        }
    }
}

/// Leaves a rating out of the score or counts it again, for those who may. It stays while the rating changes, so that the focus does.
#[component]
pub(super) fn Decide(
    /// The rating, if it is there.
    detail: Memo<Option<RatingDetail>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let may_decide = Memo::new(move |_| detail.with(|it| it.as_ref().is_some_and(|it| it.may_decide)));
    let next = move || detail.with(|it| it.as_ref().map_or(Verdict::LeaveOut, |it| Verdict::on(&it.rating)));
    // What the sheet came up for; once that is saved, the next is another.
    let asked = RwSignal::new(Verdict::LeaveOut);
    let ask = move |_| {
        asked.set(next());
        open.set(true);
    };
    let form = move || {
        let detail = detail.get_untracked()?;
        Some(view! { <Verdicts rating=detail.rating rep_name=detail.rep_name verdict=asked.get_untracked() open /> })
    };
    view! {
        <Show when=move || may_decide.get()>
            <Button variant=ButtonVariant::Plain on_click=ask>{move || next().label()}</Button>
            <Sheet open title=Signal::derive(move || asked.get().label().to_owned())>
                <Show when=move || open.get()>{form}</Show>
            </Sheet>
        </Show>
    }
}

/// What is typed until it is saved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Typed {
    reason: Option<ExclusionReason>,
    note: String,
}

#[component]
fn Verdicts(rating: Arc<Rating>, rep_name: String, verdict: Verdict, open: RwSignal<bool>) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let id = rating.id;
    let key = match verdict {
        Verdict::LeaveOut => format!("exclude/{id}"),
        Verdict::CountAgain => format!("count/{id}"),
    };
    let kept: Typed = phone.draft(&key).unwrap_or_default();
    let (reason, note) = (RwSignal::new(kept.reason), RwSignal::new(kept.note));
    let typing = Typing::keep(key, Memo::new(move |_| Typed { reason: reason.get(), note: note.get() }));
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let again = verdict == Verdict::CountAgain;
    let decide = move |event: SubmitEvent| {
        event.prevent_default();
        let (reason, note) = (reason.get_untracked(), note.get_untracked().trim().to_owned());
        let by = Decision { member: phone.me(), at: clock::now(), note: note.clone() };
        let mut found = Problems::default();
        if !again && reason.is_none() {
            found.add("reason", "Choose what it was.");
        }
        found.check("", by.check());
        ["reason", "note"].into_iter().find(|field| found.about(field).is_some()).map(document::focus);
        let is_whole = found.is_empty();
        problems.set(found);
        let mutation = match (verdict, reason) {
            (Verdict::CountAgain, _) => Mutation::CountRating { id, note },
            (Verdict::LeaveOut, Some(reason)) => Mutation::ExcludeRating { id, reason, note },
            (Verdict::LeaveOut, None) => return,
        };
        if is_whole {
            saving.run_typed(typing, vec![mutation], move || {
                open.try_set(false);
                toaster.say(if again { "It counts again." } else { "It is left out." });
            });
        }
    };
    let reasons = move || {
        let choices: Vec<_> = ExclusionReason::ALL.map(|reason| Choice::new(reason, words::exclusion_choice(reason))).into();
        view! {
            <p>"For a rating that is not what it seems. One that is only low counts like every other."</p>
            <ChoiceChips name="reason" legend="What was it?" options=choices value=reason error=about("reason") />
        }
    };
    let effects = words::what_happens(again, &rating, &rep_name);
    view! {
        <form class="stack" on:submit=decide novalidate>
            {(!again).then(reasons)}
            <TextArea
                name="note"
                label=if again { "What do you know now?" } else { "How do you know?" }
                value=note
                error=about("note")
                max_length=EXCLUSION_NOTE_MAX as u32
            />
            {effects.into_iter().map(|words| view! { <p class="aside">{words}</p> }).collect_view()}
            <div class="sheet-action">
                <NotSaved saving />
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                    {if again { "Count it again" } else { "Leave it out" }}
                </Button>
            </div>
        </form>
    }
}
