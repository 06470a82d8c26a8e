use super::Desk;
use crate::{
    survey::{Handover, Step, wording},
    ui::{Glyph, Icon},
};
use leptos::prelude::*;
use std::sync::Arc;

/// 'Rate here', 'On my phone', 'Not now', as equals.
#[component]
pub(super) fn Choosing(handover: Arc<Handover>) -> impl IntoView {
    let desk = Desk::get();
    let questionnaire = handover.questionnaire.clone();
    let declinable = handover.given.is_empty();
    let on_phone = handover.link.is_some().then(|| {
        view! {
            <button class="survey-choice" type="button" on:click=move |_| desk.step(|handover| handover.show(Step::OnPhone))>
                <Icon glyph=Glyph::QrCode />
                <span>
                    <strong>"On my phone"</strong>
                    <span>"Take the questions with you, by QR code."</span>
                </span>
            </button>
        }
    });
    let not_now = declinable.then(|| {
        view! {
            <button class="survey-choice" type="button" on:click=move |_| desk.step(Handover::decline)>
                <Icon glyph=Glyph::Clock />
                <span>
                    <strong>"Not now"</strong>
                    <span>"Nobody minds."</span>
                </span>
            </button>
        }
    });
    view! {
        <main class="survey-page">
            <header class="survey-head">
                <p class="survey-from">{questionnaire.organisation.clone()}</p>
                <h1>{wording::heading(&questionnaire)}</h1>
                <p>{wording::taps(&questionnaire)}</p>
            </header>
            <div class="survey-choices">
                <button class="survey-choice" type="button" on:click=move |_| desk.step(|handover| handover.show(Step::Answering))>
                    <Icon glyph=Glyph::PenLine />
                    <span>
                        <strong>"Rate here"</strong>
                        <span>{wording::sealed(&questionnaire)}</span>
                    </span>
                </button>
                {on_phone}
                {not_now}
            </div>
        </main>
    }
}
