use app::{
    id::PromiseId,
    meeting::MeetingFormat,
    survey::{AskedPromise, Filling, Questionnaire, SurveyForm, SurveyHeading, Way},
    ui::*,
};
use chrono::NaiveDate;
use leptos::prelude::*;

fn questionnaire() -> Questionnaire {
    Questionnaire {
        organisation: "Meridian Supplies".to_owned(),
        privacy_notice: "Meridian Supplies keeps answers for three years. Write to privacy@meridian.example to have yours removed."
            .to_owned(),
        rep: "Ana Souza".to_owned(),
        managers: vec!["Ben Carter".to_owned()],
        format: Some(MeetingFormat::Discovery),
        recommend: true,
        promises: vec![AskedPromise {
            id: PromiseId(uuid::Uuid::nil()),
            what: "the new delivery calendar".to_owned(),
            due: NaiveDate::default(),
        }],
    }
}

pub(crate) fn survey() -> AnyView {
    let questionnaire = questionnaire();
    let filling = Filling::empty(&questionnaire);
    view! {
        <main class="survey-page">
            <SurveyHeading questionnaire=questionnaire.clone() />
            <SurveyForm questionnaire way=Way::Link filling open=true error="Answer each question, or say that you can’t." send="Send my answers" />
        </main>
    }
    .into_any()
}

pub(crate) fn handover() -> AnyView {
    view! {
        <main class="survey-page">
            <header class="survey-head">
                <p class="survey-from">"Meridian Supplies"</p>
                <h1>"Would you rate this meeting?"</h1>
            </header>
            <div class="survey-choices">
                <button class="survey-choice"><Icon glyph=Glyph::Star size=IconSize::Large /><span><strong>"Rate here"</strong><span>"On this tablet, right now"</span></span></button>
                <button class="survey-choice"><Icon glyph=Glyph::QrCode size=IconSize::Large /><span><strong>"On my phone"</strong><span>"Scan a code, take your time"</span></span></button>
                <button class="survey-choice"><Icon glyph=Glyph::X size=IconSize::Large /><span><strong>"Not now"</strong><span>"That is fine, too"</span></span></button>
            </div>
        </main>
    }
    .into_any()
}

pub(crate) fn thanks() -> AnyView {
    view! {
        <main class="survey-thanks">
            <span class="survey-thanks-mark"><Icon glyph=Glyph::Check /></span>
            <h1>"Thank you"</h1>
            <p>"Ana will read what you said tomorrow. You can hand the tablet back."</p>
        </main>
    }
    .into_any()
}
