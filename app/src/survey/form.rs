//! The survey as a form: one short page of native inputs, complete without script, the same on the customer's own phone and on a device
//! handed over.

mod filling;

use super::{FollowUp, Hiding, PromiseAnswer, Questionnaire, Way, field, parse::CANT_SAY_VALUE, wording};
use crate::{
    text,
    ui::{Button, ButtonKind, ButtonVariant, Choice, ChoiceChips, Glyph, Icon, NetPromoter, Scale, TextArea},
};
use leptos::prelude::*;

pub use filling::{Filling, Point, Told};

/// What the page is about, and what it takes.
#[component]
pub fn SurveyHeading(
    /// What is asked.
    questionnaire: Questionnaire,
) -> impl IntoView {
    view! {
        <header class="survey-head">
            <p class="survey-from">{questionnaire.organisation.clone()}</p>
            <h1>{wording::heading(&questionnaire)}</h1>
            <p>{wording::taps(&questionnaire)}</p>
        </header>
    }
}

/// Who sees the answers, hiding one's name, every question, and a button that sends.
#[component]
pub fn SurveyForm(
    /// What is asked.
    questionnaire: Questionnaire,
    /// How the answers come in.
    way: Way,
    /// What is chosen; on a page of the server's, what was chosen before.
    filling: Filling,
    /// Where it is posted to without script.
    #[prop(optional, into)]
    action: Option<String>,
    /// Tells a submission sent twice from two submissions.
    #[prop(optional_no_strip)]
    secret: Option<String>,
    /// What hiding the name can still do.
    #[prop(optional)]
    hiding: Hiding,
    /// Asks the open question too, worded by the answers.
    #[prop(optional)]
    open: bool,
    /// What to do about what is wrong.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// What the button says.
    #[prop(into)]
    send: String,
) -> impl IntoView {
    let Filling { components, recommend, promises, follow_up, comment, hide_name } = filling.clone();
    let scales = components.into_iter().map(|(component, value)| {
        let question = wording::question(component, questionnaire.format, &questionnaire.rep);
        let apart = Choice::new(Point::CantSay, wording::CANT_SAY);
        view! {
            <div class="survey-question">
                <Scale name=component.key() question points=points() apart value />
            </div>
        }
    });
    let recommending = questionnaire.recommend.then(|| {
        let [least, most] = wording::RECOMMEND_ENDS;
        let question = wording::recommend_question(&questionnaire.organisation);
        let apart = Choice::new((), wording::CANT_SAY).keyed(CANT_SAY_VALUE);
        view! {
            <div class="survey-question">
                <NetPromoter name=field::RECOMMEND question least most apart value=recommend />
            </div>
        }
    });
    let promised = questionnaire.promises.iter().zip(promises).map(|(promise, (id, value))| {
        let legend = wording::promise_question(promise);
        view! {
            <div class="survey-question">
                <ChoiceChips name=field::promise(id) legend options=told() value />
            </div>
        }
    });
    let open_question = open.then(|| {
        let rep = questionnaire.rep.clone();
        let label = Signal::derive(move || wording::open_question(&filling.answers(), &rep));
        view! {
            <div class="survey-question">
                <TextArea name=field::COMMENT label value=comment optional=true max_length=COMMENT_MAX />
            </div>
        }
    });
    view! {
        <form class="survey-form" method="post" action=action>
            {secret.map(|secret| view! { <input type="hidden" name=field::SECRET value=secret /> })}
            <Readers questionnaire=questionnaire.clone() way hide_name hiding />
            {scales.collect_view()}
            {recommending}
            {promised.collect_view()}
            {open_question}
            <div class="survey-question">
                <ChoiceChips
                    name=field::FOLLOW_UP
                    legend=wording::FOLLOW_UP_QUESTION
                    options=follow_ups(&questionnaire)
                    value=follow_up
                />
            </div>
            <div class="survey-send">
                {move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full=true>
                    {send}
                </Button>
            </div>
        </form>
    }
}

/// The most characters that the open question takes.
const COMMENT_MAX: u32 = text::NOTE_MAX as u32;

/// Who will see the answers, before the first question.
#[component]
fn Readers(
    /// What is asked.
    questionnaire: Questionnaire,
    /// How the answers come in.
    way: Way,
    /// Whether the rep must not learn who answered.
    hide_name: RwSignal<bool>,
    /// What that can still do.
    hiding: Hiding,
) -> impl IntoView {
    let choice = if hiding == Hiding::Done {
        view! {
            <input type="hidden" name=field::HIDE_NAME value="yes" />
            <p>{wording::hide_name_means(&questionnaire, hiding)}</p>
        }
        .into_any()
    } else {
        view! {
            <p>{wording::who_sees(&questionnaire)}</p>
            <label class="survey-hide">
                <input
                    type="checkbox"
                    name=field::HIDE_NAME
                    value="yes"
                    aria-describedby="hide-name-means"
                    checked=hide_name.get_untracked()
                    prop:checked=move || hide_name.get()
                    on:change=move |event| hide_name.set(event_target_checked(&event))
                />
                <span>{wording::hide_name(&questionnaire)}</span>
            </label>
            <p class="survey-hint" id="hide-name-means">
                {wording::hide_name_means(&questionnaire, hiding)}
            </p>
        }
        .into_any()
    };
    view! {
        <div class="survey-readers">
            <Icon glyph=Glyph::Eye />
            <div>
                {choice}
                <details>
                    <summary>"How your answers are handled"</summary>
                    <p>{wording::privacy(&questionnaire, way)}</p>
                    <p>{questionnaire.privacy_notice}</p>
                </details>
            </div>
        </div>
    }
}

fn points() -> Vec<Choice<Point>> {
    (1..).zip(wording::POINTS).map(|(point, label)| Choice::new(Point::Of(point), label)).collect()
}

fn told() -> Vec<Choice<Told>> {
    let answers = PromiseAnswer::ALL.map(|answer| Choice::new(Told::Answer(answer), wording::promise_answer(answer)).keyed(answer.key()));
    answers.into_iter().chain([Choice::new(Told::CantSay, wording::CANT_SAY).keyed(CANT_SAY_VALUE)]).collect()
}

fn follow_ups(questionnaire: &Questionnaire) -> Vec<Choice<FollowUp>> {
    let label = |choice| match choice {
        FollowUp::Rep => format!("Yes, {}", questionnaire.rep),
        FollowUp::SomeoneElse => wording::someone_else(questionnaire),
        FollowUp::No => "No".to_owned(),
    };
    [FollowUp::Rep, FollowUp::SomeoneElse, FollowUp::No].map(|it| Choice::new(it, label(it)).keyed(it.key())).to_vec()
}
