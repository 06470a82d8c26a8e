//! The words customers read, in one place.
//!
//! One thing per question, no question leads, every question takes the same five points. The wording is ours; each component says which
//! published items it was drawn from. Customers never meet the words staircase, influence or behavioural change.

use super::{Answers, AskedPromise, Component, Hiding, PromiseAnswer, Questionnaire, Way};
use crate::meeting::MeetingFormat;
use chrono::NaiveDate;

/// The five points, from 1 up. Steps of amount that readers place about evenly (Rohrmann, 1978 and 2007, verbal qualifiers).
pub const POINTS: [&str; 5] = ["Not at all", "A little", "Partly", "Mostly", "Completely"];
/// Apart from the points: no answer is better than a made-up one.
pub const CANT_SAY: &str = "Can’t say";

/// The question about `component` in a meeting of `format` with `rep`.
pub fn question(component: Component, format: Option<MeetingFormat>, rep: &str) -> String {
    let pattern = match component {
        Component::Listening => listening(format),
        Component::Understanding => understanding(format),
        Component::Trust => trust(format),
        Component::Value => value(format),
        Component::Progress => progress(format),
    };
    pattern.replace("{rep}", rep)
}

/// Sources: active empathic listening in selling (Drollinger, Comer and Warrington, 2006: attends to the speaker); SOCO, 'tries to get
/// customers to discuss their needs' (Saxe and Weitz, 1982).
fn listening(format: Option<MeetingFormat>) -> &'static str {
    match format {
        None => "How fully did {rep} listen to you?",
        Some(MeetingFormat::Introductory) => "How fully did {rep} listen when you spoke about your work?",
        Some(MeetingFormat::Discovery) => "How fully did {rep} listen when you described your situation?",
        Some(MeetingFormat::Presentation) => "How fully did {rep} listen to your reactions?",
        Some(MeetingFormat::Negotiation) => "How fully did {rep} listen to your terms?",
        Some(MeetingFormat::Relationship) => "How fully did {rep} listen to how things are going for you?",
    }
}

/// Sources: SERVQUAL, empathy, 'understand your specific needs' (Parasuraman, Zeithaml and Berry, 1988); SOCO, 'tries to find out what
/// kind of product would be most helpful' (Saxe and Weitz, 1982).
fn understanding(format: Option<MeetingFormat>) -> &'static str {
    match format {
        None => "How fully does {rep} understand what matters to you?",
        Some(MeetingFormat::Introductory) => "How fully does {rep} understand what matters in your work?",
        Some(MeetingFormat::Discovery) => "How fully does {rep} understand what you need?",
        Some(MeetingFormat::Presentation) => "How fully does {rep} understand what a solution must do for you?",
        Some(MeetingFormat::Negotiation) => "How fully does {rep} understand what an agreement must give you?",
        Some(MeetingFormat::Relationship) => "How fully does {rep} understand what matters to you now?",
    }
}

/// Sources: trust of the salesperson, 'frank in dealing with us', 'does not make false claims' (Doney and Cannon, 1997); relationship
/// quality, trust (Crosby, Evans and Cowles, 1990).
fn trust(format: Option<MeetingFormat>) -> &'static str {
    match format {
        None | Some(MeetingFormat::Relationship) => "How much do you trust what {rep} tells you?",
        Some(MeetingFormat::Introductory) => "How much do you trust what {rep} told you in this introduction?",
        Some(MeetingFormat::Discovery) => "How much do you trust what {rep} said in answer to you?",
        Some(MeetingFormat::Presentation) => "How much do you trust what {rep} told you about the solution?",
        Some(MeetingFormat::Negotiation) => "How much do you trust what {rep} told you about the terms?",
    }
}

/// Sources: SOCO, 'tries to help customers achieve their goals' and 'offers the product that is best suited to the customer's problem'
/// (Saxe and Weitz, 1982).
fn value(format: Option<MeetingFormat>) -> &'static str {
    match format {
        None => "How far did what {rep} brought serve your goals?",
        Some(MeetingFormat::Introductory) => "How far did what {rep} showed you fit your goals?",
        Some(MeetingFormat::Discovery) => "How far did {rep}’s questions help you with your goals?",
        Some(MeetingFormat::Presentation) => "How far does what {rep} presented serve your goals?",
        Some(MeetingFormat::Negotiation) => "How far does what {rep} proposed serve your goals?",
        Some(MeetingFormat::Relationship) => "How far does what {rep} brings serve your goals?",
    }
}

/// Sources: relationship quality, satisfaction with what the meeting achieved (Crosby, Evans and Cowles, 1990); SOCO, 'tries to help
/// customers achieve their goals' (Saxe and Weitz, 1982).
fn progress(format: Option<MeetingFormat>) -> &'static str {
    match format {
        None | Some(MeetingFormat::Relationship) => "How far did this meeting get you towards what you wanted?",
        Some(MeetingFormat::Introductory) => "How far did this meeting get you towards knowing whether to work together?",
        Some(MeetingFormat::Discovery) => "How far did this meeting get you towards a clear picture of what you need?",
        Some(MeetingFormat::Presentation) => "How far did this meeting get you towards a solution that suits you?",
        Some(MeetingFormat::Negotiation) => "How far did this meeting get you towards an agreement that suits you?",
    }
}

/// The question about recommending. Source: Reichheld (2003), 'The one number you need to grow'.
pub fn recommend_question(organisation: &str) -> String {
    format!("How likely are you to recommend {organisation} to a colleague?")
}

/// What 0 and what 10 mean there.
pub const RECOMMEND_ENDS: [&str; 2] = ["not at all likely", "extremely likely"];

/// The question about a promise, asked of us as a whole. Source: SERVQUAL, reliability, 'when they promise to do something by a certain
/// time, they do so' (Parasuraman, Zeithaml and Berry, 1988).
pub fn promise_question(promise: &AskedPromise) -> String {
    format!("We promised by {}: “{}”. How did that go?", day(promise.due), promise.what.trim())
}

/// As the customer says how a promise went.
pub fn promise_answer(answer: PromiseAnswer) -> &'static str {
    match answer {
        PromiseAnswer::Kept => "Kept",
        PromiseAnswer::Late => "Kept, but late",
        PromiseAnswer::Changed => "Changed, and I agreed",
        PromiseAnswer::NotKept => "Not kept",
    }
}

/// A date as people say it: 3 May 2026.
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// The optional open question, worded by what was answered: about the lowest answer where something was missing, else about what to keep.
pub fn open_question(answers: &Answers, rep: &str) -> String {
    let lowest = answers.components.values().min().copied();
    let mut low = answers.components.iter().filter(|(_, point)| Some(**point) == lowest && **point <= 3).map(|(component, _)| *component);
    match (low.next(), low.next(), lowest) {
        (Some(only), None, _) => missing(only, rep),
        (Some(_), Some(_), _) => "What one thing would have made this meeting better for you?".to_owned(),
        (None, _, Some(_)) => format!("What should {rep} keep doing?"),
        (None, _, None) => format!("What would you like {rep} to know?"),
    }
}

/// The open question where one component alone was lowest.
fn missing(component: Component, rep: &str) -> String {
    match component {
        Component::Listening => format!("What did you say that {rep} should hear again?"),
        Component::Understanding => format!("What should {rep} understand that was missed?"),
        Component::Trust => format!("What would you need from {rep} to be sure of what you were told?"),
        Component::Value => "What would have been more useful to you?".to_owned(),
        Component::Progress => "What did you want from this meeting that you did not get?".to_owned(),
    }
}

/// What the page is about.
pub fn heading(questionnaire: &Questionnaire) -> String {
    format!("How was your meeting with {}?", questionnaire.rep)
}

/// Who is to contact the customer.
pub const FOLLOW_UP_QUESTION: &str = "May someone contact you about this?";

/// 'Someone else', by name where there is one.
pub fn someone_else(questionnaire: &Questionnaire) -> String {
    match questionnaire.managers.as_slice() {
        [] => "Yes, someone else".to_owned(),
        managers => format!("Yes, someone else ({})", list(managers, "or")),
    }
}

/// Who sees the answers, by name.
pub fn who_sees(questionnaire: &Questionnaire) -> String {
    let Questionnaire { rep, managers, organisation, .. } = questionnaire;
    match managers.as_slice() {
        [] => format!("{rep} of {organisation} sees your answers and your name."),
        managers => format!("{rep}, and {}, see your answers and your name.", list(managers, "and")),
    }
}

/// The choice to hide one's name.
pub fn hide_name(questionnaire: &Questionnaire) -> String {
    format!("Hide my name from {}", questionnaire.rep)
}

/// What hiding one's name does.
pub fn hide_name_means(questionnaire: &Questionnaire, hiding: Hiding) -> String {
    let Questionnaire { rep, managers, .. } = questionnaire;
    let managers = list(managers, "and");
    match hiding {
        Hiding::InTime => {
            let counted = format!("{rep} never sees them on their own; they count once three people have hidden their name.");
            match managers.as_str() {
                "" => format!("Then nobody reads your answers: {counted}"),
                managers => format!("Then only {managers} will read your answers. {counted}"),
            }
        }
        Hiding::Late => {
            let gone = format!("{rep} has read your answers already. Then they disappear from where {rep} can see them");
            match managers.as_str() {
                "" => format!("{gone}."),
                managers => format!("{gone}, and only {managers} will read what you change."),
            }
        }
        Hiding::Done => {
            let counted = format!("Your name stays hidden from {rep}: your answers count together with those of others who hide theirs.");
            match managers.as_str() {
                "" => counted,
                managers => format!("{counted} {managers} can read them already."),
            }
        }
    }
}

/// What is promised before the first question: taps, never seconds.
pub fn taps(questionnaire: &Questionnaire) -> String {
    format!("{} taps at most. Skip what you like.", questionnaire.taps())
}

/// What happens to answers on a device of the rep's.
pub fn sealed(questionnaire: &Questionnaire) -> String {
    format!("Each answer is locked as you give it: {} cannot read, change or delete it on this device.", questionnaire.rep)
}

/// How answers that come in this `way` are handled, before the organisation's own words.
pub fn privacy(questionnaire: &Questionnaire, way: Way) -> String {
    format!(
        "{} asks so that its people learn how you experience their visits. No pay, target or warning depends on it. {}",
        questionnaire.organisation,
        changing(questionnaire, way)
    )
}

/// Whether answers can be changed after sending. A receipt would stay behind on a device that goes back to the rep, so there is none.
fn changing(questionnaire: &Questionnaire, way: Way) -> String {
    let Questionnaire { organisation, managers, .. } = questionnaire;
    match way {
        Way::Link => "You can read and change your answers for 24 hours after sending them.".to_owned(),
        Way::Handover => {
            let whom = match managers.as_slice() {
                [] => organisation.clone(),
                managers => format!("{} of {organisation}", list(managers, "or")),
            };
            format!("What you send from this device cannot be changed afterwards. If something in it is not right, tell {whom}.")
        }
    }
}

/// 'A, B and C'.
fn list(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats() -> impl Iterator<Item = Option<MeetingFormat>> {
        [None].into_iter().chain(MeetingFormat::ALL.map(Some))
    }

    fn every_question() -> impl Iterator<Item = String> {
        Component::ALL.into_iter().flat_map(|component| formats().map(move |format| question(component, format, "Sanne Vos")))
    }

    #[test]
    fn every_question_asks_one_thing_that_the_five_points_answer() {
        for question in every_question() {
            assert!(
                question.starts_with("How fully ") || question.starts_with("How much ") || question.starts_with("How far "),
                "{question}"
            );
            assert_eq!(question.matches('?').count(), 1, "{question}");
            assert!(!question.contains(" and ") && !question.contains(" or "), "two things at once: {question}");
            assert!(!question.contains('{'), "{question}");
            assert!(question.chars().count() <= 90, "{question}");
        }
    }

    #[test]
    fn customers_never_meet_our_own_words() {
        let questionnaire = Questionnaire {
            organisation: "Noord".into(),
            privacy_notice: String::new(),
            rep: "Sanne Vos".into(),
            managers: vec!["Vera Blom".into()],
            format: None,
            recommend: true,
            promises: vec![],
        };
        let hiding = [Hiding::InTime, Hiding::Late, Hiding::Done].map(|hiding| hide_name_means(&questionnaire, hiding));
        let privacy = [Way::Link, Way::Handover].map(|way| privacy(&questionnaire, way));
        let others = [who_sees(&questionnaire), taps(&questionnaire)];
        for text in every_question().chain(hiding).chain(privacy).chain(others) {
            let lower = text.to_lowercase();
            for word in ["staircase", "influence", "behaviour", "score", "second", "component"] {
                assert!(!lower.contains(word), "{word}: {text}");
            }
        }
    }

    #[test]
    fn the_open_question_follows_the_answers() {
        let ask = |points: &[(Component, u8)]| {
            open_question(&Answers { components: points.iter().copied().collect(), ..Default::default() }, "Sanne")
        };
        assert_eq!(ask(&[]), "What would you like Sanne to know?");
        assert_eq!(ask(&[(Component::Trust, 5), (Component::Value, 4)]), "What should Sanne keep doing?");
        assert_eq!(
            ask(&[(Component::Trust, 2), (Component::Value, 4)]),
            "What would you need from Sanne to be sure of what you were told?"
        );
        assert_eq!(ask(&[(Component::Trust, 2), (Component::Value, 2)]), "What one thing would have made this meeting better for you?");
    }

    #[test]
    fn who_sees_the_answers_is_told_by_name() {
        let with = |managers: &[&str]| {
            who_sees(&Questionnaire {
                organisation: "Noord".into(),
                privacy_notice: String::new(),
                rep: "Sanne".into(),
                managers: managers.iter().map(|m| (*m).to_owned()).collect(),
                format: None,
                recommend: false,
                promises: vec![],
            })
        };
        assert_eq!(with(&["Vera"]), "Sanne, and Vera, see your answers and your name.");
        assert_eq!(with(&["Vera", "Anna", "Max"]), "Sanne, and Vera, Anna and Max, see your answers and your name.");
        assert_eq!(with(&[]), "Sanne of Noord sees your answers and your name.");
    }

    #[test]
    fn whether_answers_can_be_changed_is_told_for_the_way_in_which_they_come() {
        let with = |way, managers: &[&str]| {
            let managers = managers.iter().map(|m| (*m).to_owned()).collect();
            let questionnaire = Questionnaire {
                organisation: "Noord".into(),
                privacy_notice: String::new(),
                rep: "Sanne".into(),
                managers,
                format: None,
                recommend: false,
                promises: vec![],
            };
            privacy(&questionnaire, way)
        };
        let told: [(&[&str], &str); 3] =
            [(&[], "tell Noord."), (&["Vera"], "tell Vera of Noord."), (&["Vera", "Anna", "Max"], "tell Vera, Anna or Max of Noord.")];
        for (managers, whom) in told {
            let by_link = with(Way::Link, managers);
            assert!(by_link.ends_with("You can read and change your answers for 24 hours after sending them."), "{by_link}");
            let here = with(Way::Handover, managers);
            assert!(here.contains("cannot be changed afterwards") && here.ends_with(whom) && !here.contains("24 hours"), "{here}");
        }
    }
}
