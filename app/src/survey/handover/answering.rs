use super::Desk;
use crate::{
    browser::{clock, random},
    id::RatingId,
    survey::{Answers, Filling, Given, Handover, SurveyForm, SurveyHeading, Way, wording},
};
use leptos::{ev::SubmitEvent, prelude::*};
use std::sync::Arc;

/// The questions. Every answer is sealed as it is given: from then on this device can neither read nor change it.
#[component]
pub(super) fn Answering(handover: Arc<Handover>) -> impl IntoView {
    let desk = Desk::get();
    let questionnaire = handover.questionnaire.clone();
    let filling = Filling::empty(&questionnaire);
    let sitting = RatingId(random::uuid());
    let error = RwSignal::new(None::<String>);
    let answers = Memo::new({
        let filling = filling.clone();
        move |_| filling.answers()
    });
    Effect::new(move || {
        if let Some(given) = seal(&handover, sitting, &answers.get()) {
            error.set(None);
            desk.step(|handover| handover.give(given));
        }
    });
    let sealing = desk.handover();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let answers = answers.get_untracked();
        if answers.check().is_err() {
            error.set(Some("Answer at least one question, then send.".to_owned()));
            return;
        }
        let given = sealing.as_ref().and_then(|handover| seal(handover, sitting, &answers));
        // Once more with the last answer, which may still be on its way to the database.
        desk.step(|handover| given.into_iter().fold(handover, Handover::give).submit(sitting));
    };
    view! {
        <main class="survey-page" on:submit=send>
            <SurveyHeading questionnaire=questionnaire.clone() />
            <p class="survey-sealed">{wording::sealed(&questionnaire)}</p>
            <SurveyForm questionnaire way=Way::Handover filling open=true error send="Send my answers" />
        </main>
    }
}

/// `answers` as they are now, for the server only, where they say anything.
fn seal(handover: &Handover, sitting: RatingId, answers: &Answers) -> Option<Given> {
    Given::seal(&handover.key, sitting, clock::now(), answers, &mut random::generator())
}
