//! The customer's pages: whole HTML, no script, one style sheet.

use crate::page::{self, Head};
use app::{
    survey::{Answers, Filling, FormError, Hiding, Questionnaire, SurveyForm, SurveyHeading, Way, field, wording},
    ui::{Button, ButtonKind, Glyph, Icon, TextArea},
};
use leptos::prelude::*;

/// A page's `<title>` and what is in its body.
struct Page<V> {
    title: String,
    body: V,
}

/// Renders a page. `stylesheet` is its address.
fn render<V: IntoView + 'static>(stylesheet: &str, page: impl FnOnce() -> Page<V>) -> String {
    page::render(|| {
        let Page { title, body } = page();
        (Head { title, stylesheet: stylesheet.to_owned(), class: "survey" }, body)
    })
}

/// What is to be filled in.
#[derive(Clone, Debug)]
pub(super) struct Survey {
    /// What is asked.
    pub(super) questionnaire: Questionnaire,
    /// What is chosen already.
    pub(super) answers: Option<Answers>,
    /// Where it is posted to.
    pub(super) action: String,
    /// Names this page, so that a double tap is one submission.
    pub(super) secret: Option<String>,
    /// What hiding the name can still do.
    pub(super) hiding: Hiding,
    /// What was wrong with what was sent.
    pub(super) error: Option<FormError>,
}

/// The survey.
pub(super) fn survey(stylesheet: &str, survey: Survey) -> String {
    let Survey { questionnaire, answers, action, secret, hiding, error } = survey;
    let correcting = secret.is_none();
    render(stylesheet, || {
        let filling = match &answers {
            Some(answers) => Filling::of(&questionnaire, answers),
            None => Filling::empty(&questionnaire),
        };
        let send = if correcting { "Save my changes" } else { "Send my answers" };
        let title = wording::heading(&questionnaire);
        let body = view! {
            <main class="survey-page">
                <SurveyHeading questionnaire=questionnaire.clone() />
                <SurveyForm
                    questionnaire
                    way=Way::Link
                    filling
                    action
                    secret
                    hiding
                    open=correcting
                    error=error.map(words)
                    send
                />
            </main>
        };
        Page { title, body }
    })
}

/// What to do about what is wrong with a form.
fn words(error: FormError) -> String {
    match error {
        FormError::Nothing => "Answer at least one question, then send.".to_owned(),
        FormError::CommentTooLong => "Your words are more than we can keep. Please shorten them.".to_owned(),
        FormError::NotOffered(_) | FormError::Repeated(_) | FormError::TooManyPromises => {
            "Something did not arrive as you chose it. Please check your answers and send again.".to_owned()
        }
    }
}

/// What a customer may still do after sending.
#[derive(Clone, Debug)]
pub(super) struct Thanks {
    /// Who was rated.
    pub(super) rep: String,
    /// What was answered.
    pub(super) answers: Answers,
    /// The path for reading and correcting.
    pub(super) receipt: String,
    /// The same as a whole address, to be kept.
    pub(super) address: String,
    /// Until when, as people say it.
    pub(super) until: String,
}

/// Thanks, the open question, and the receipt, which is shown this once.
pub(super) fn thanks(stylesheet: &str, thanks: Thanks) -> String {
    let Thanks { rep, answers, receipt, address, until } = thanks;
    render(stylesheet, || {
        let label = wording::open_question(&answers, &rep);
        let asked = answers.comment.is_empty().then(|| {
            view! {
                <form class="survey-form" method="post" action=format!("{receipt}/comment")>
                    <div class="survey-question">
                        <TextArea name=field::COMMENT label value=RwSignal::new(String::new()) optional=true />
                    </div>
                    <div class="survey-send">
                        <Button kind=ButtonKind::Submit full=true>"Add this"</Button>
                    </div>
                </form>
            }
        });
        let body = view! {
            <main class="survey-page">
                <Mark />
                <header class="survey-head">
                    <h1>"Thank you. Your answers are in."</h1>
                    <p>{format!("{} and colleagues learn from them.", rep)}</p>
                </header>
                {asked}
                <section class="survey-receipt">
                    <h2>"Read or change your answers"</h2>
                    <p>{format!("You can until {until}, on this device or with this address. It is shown only now.")}</p>
                    <p>
                        <a href=receipt.clone()>{address}</a>
                    </p>
                </section>
            </main>
        };
        Page { title: "Thank you".to_owned(), body }
    })
}

/// A page that says one thing.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// What it says.
    pub(super) title: &'static str,
    /// What that means, and what to do.
    pub(super) text: String,
    /// Where to go on.
    pub(super) link: Option<(String, &'static str)>,
    /// Whether it is good news.
    pub(super) done: bool,
}

/// One thing said.
pub(super) fn note(stylesheet: &str, note: Note) -> String {
    render(stylesheet, || {
        let body = view! {
            <main class="survey-thanks">
                {note.done.then(|| view! { <Mark /> })}
                <h1>{note.title}</h1>
                <p>{note.text}</p>
                {note
                    .link
                    .map(|(href, label)| {
                        view! {
                            <p>
                                <a class="button" data-variant="quiet" href=href>
                                    {label}
                                </a>
                            </p>
                        }
                    })}
            </main>
        };
        Page { title: note.title.to_owned(), body }
    })
}

#[component]
fn Mark() -> impl IntoView {
    view! {
        <div class="survey-thanks-mark">
            <Icon glyph=Glyph::Check />
        </div>
    }
}
