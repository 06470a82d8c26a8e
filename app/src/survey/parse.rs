//! From a submitted form to [`Answers`]: the same for a page posted without script and for a handed-over device.

use super::{Answers, Component, FollowUp, POINT_MAX, PROMISES_ASKED_MAX, PromiseAnswer, RECOMMEND_MAX};
use crate::{id::PromiseId, text};

/// Names of the form's fields. Components go by [`Component::key`], promises by [`field::promise`].
pub mod field {
    use crate::id::PromiseId;

    /// Likelihood to recommend.
    pub const RECOMMEND: &str = "recommend";
    /// The customer's own words.
    pub const COMMENT: &str = "comment";
    /// Who may contact the customer.
    pub const FOLLOW_UP: &str = "follow_up";
    /// Whether the rep must not learn who answered.
    pub const HIDE_NAME: &str = "hide_name";
    /// The secret that the page was given, with which a submission sent twice is told from two submissions.
    pub const SECRET: &str = "secret";

    const PROMISE: &str = "promise-";

    /// The answer about a promise.
    pub fn promise(id: PromiseId) -> String {
        format!("{PROMISE}{id}")
    }

    pub(super) fn promise_id(name: &str) -> Option<Result<PromiseId, uuid::Error>> {
        name.strip_prefix(PROMISE).map(str::parse)
    }
}

/// The value of 'can't say'.
pub const CANT_SAY_VALUE: &str = "cant_say";

/// What is wrong with a submitted form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// No question was answered; the only thing that people can do wrong with the page as it is.
    #[error("no question was answered")]
    Nothing,
    /// The comment is longer than we keep.
    #[error("the comment is too long")]
    CommentTooLong,
    /// The field holds what the page does not offer.
    #[error("{0} holds what the page does not offer")]
    NotOffered(String),
    /// The field came twice.
    #[error("{0} came twice")]
    Repeated(String),
    /// More promises than are ever asked about.
    #[error("too many promises")]
    TooManyPromises,
}

/// The answers in a form's `pairs`. Fields left out or 'can't say' are absent; fields that no question has are ignored.
///
/// # Errors
/// [`FormError`]; never panics, whatever was sent.
pub fn parse(pairs: &[(String, String)]) -> Result<Answers, FormError> {
    let answers = parse_so_far(pairs)?;
    match answers.check() {
        Ok(()) => Ok(answers),
        // What else could be wrong was found field by field.
        Err(_) => Err(FormError::Nothing),
    }
}

/// [`parse`] for a form that is still being filled in: it may be empty.
///
/// # Errors
/// [`FormError`], but not [`FormError::Nothing`].
pub fn parse_so_far(pairs: &[(String, String)]) -> Result<Answers, FormError> {
    let mut answers = Answers::default();
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in pairs {
        let not_offered = || FormError::NotOffered(name.clone());
        let known = if let Some(component) = Component::ALL.into_iter().find(|component| component.key() == name) {
            if let Some(point) = number(value, 1, POINT_MAX).ok_or_else(not_offered)? {
                answers.components.insert(component, point);
            }
            true
        } else if let Some(id) = field::promise_id(name) {
            let id: PromiseId = id.map_err(|_| not_offered())?;
            if let Some(answer) = promise(value).ok_or_else(not_offered)? {
                answers.promises.insert(id, answer);
            }
            true
        } else {
            match name.as_str() {
                field::RECOMMEND => answers.recommend = number(value, 0, RECOMMEND_MAX).ok_or_else(not_offered)?,
                field::COMMENT => answers.comment = comment(value)?,
                field::FOLLOW_UP => answers.follow_up = follow_up(value).ok_or_else(not_offered)?,
                field::HIDE_NAME => answers.hide_name = true,
                _ => {}
            }
            [field::RECOMMEND, field::COMMENT, field::FOLLOW_UP, field::HIDE_NAME].contains(&name.as_str())
        };
        if known && seen.contains(&name.as_str()) {
            return Err(FormError::Repeated(name.clone()));
        }
        seen.push(name);
    }
    if answers.promises.len() > PROMISES_ASKED_MAX {
        return Err(FormError::TooManyPromises);
    }
    Ok(answers.consistent())
}

/// The form's `pairs` of `answers`: what [`parse`] reads back.
pub fn pairs(answers: &Answers) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
    for (component, point) in &answers.components {
        add(component.key(), point.to_string());
    }
    for (id, answer) in &answers.promises {
        add(&field::promise(*id), answer.key().to_owned());
    }
    if let Some(points) = answers.recommend {
        add(field::RECOMMEND, points.to_string());
    }
    add(field::COMMENT, answers.comment.clone());
    add(field::FOLLOW_UP, answers.follow_up.key().to_owned());
    if answers.hide_name {
        add(field::HIDE_NAME, "yes".to_owned());
    }
    pairs
}

/// A number that the scale offers; `Some(None)` is 'can't say'.
fn number(value: &str, min: u8, max: u8) -> Option<Option<u8>> {
    if value == CANT_SAY_VALUE {
        return Some(None);
    }
    value.parse().ok().filter(|number| (min..=max).contains(number)).map(Some)
}

fn promise(value: &str) -> Option<Option<PromiseAnswer>> {
    if value == CANT_SAY_VALUE {
        return Some(None);
    }
    PromiseAnswer::ALL.into_iter().find(|answer| answer.key() == value).map(Some)
}

fn follow_up(value: &str) -> Option<FollowUp> {
    FollowUp::ALL.into_iter().find(|choice| choice.key() == value)
}

/// The comment as kept: browsers send line breaks as CR LF, and a NUL fits into no database.
fn comment(value: &str) -> Result<String, FormError> {
    let comment = value.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
    text::check(field::COMMENT, &comment, text::NOTE_MAX).map_err(|_| FormError::CommentTooLong)?;
    Ok(comment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_full_form_becomes_answers() {
        let answers = parse(&form(&[
            ("secret", "anything"),
            ("hide_name", "yes"),
            ("listening", "5"),
            ("understanding", "cant_say"),
            ("value", "1"),
            ("recommend", "0"),
            ("promise-00000000-0000-0000-0000-000000000007", "late"),
            ("comment", " Two\r\nlines\0 "),
            ("follow_up", "someone_else"),
        ]))
        .expect("a full form");
        assert_eq!(answers.components.into_iter().collect::<Vec<_>>(), [(Component::Listening, 5), (Component::Value, 1)]);
        assert_eq!(answers.recommend, Some(0));
        assert_eq!(answers.promises.into_values().collect::<Vec<_>>(), [PromiseAnswer::Late]);
        assert_eq!(answers.comment, "Two\nlines");
        assert_eq!((answers.follow_up, answers.hide_name), (FollowUp::SomeoneElse, true));
    }

    #[test]
    fn what_the_page_does_not_offer_is_an_error_of_its_own() {
        let too_long = "x".repeat(text::NOTE_MAX + 1);
        let not = |name: &str| FormError::NotOffered(name.to_owned());
        for (pairs, error) in [
            (vec![], FormError::Nothing),
            (vec![("listening", "cant_say"), ("follow_up", "no")], FormError::Nothing),
            (vec![("listening", "0")], not("listening")),
            (vec![("listening", "6")], not("listening")),
            (vec![("listening", "")], not("listening")),
            (vec![("listening", "5"), ("recommend", "11")], not("recommend")),
            (vec![("listening", "5"), ("follow_up", "me")], not("follow_up")),
            (vec![("promise-1", "kept")], not("promise-1")),
            (vec![("promise-00000000-0000-0000-0000-000000000007", "so so")], not("promise-00000000-0000-0000-0000-000000000007")),
            (vec![("listening", "5"), ("listening", "4")], FormError::Repeated("listening".into())),
            (vec![("comment", too_long.as_str())], FormError::CommentTooLong),
            (
                vec![
                    ("promise-00000000-0000-0000-0000-000000000001", "kept"),
                    ("promise-00000000-0000-0000-0000-000000000002", "kept"),
                    ("promise-00000000-0000-0000-0000-000000000003", "kept"),
                ],
                FormError::TooManyPromises,
            ),
        ] {
            assert_eq!(parse(&form(&pairs)), Err(error), "{pairs:?}");
        }
    }

    #[test]
    fn whoever_hides_the_name_is_contacted_by_somebody_else() {
        let answers = parse(&form(&[("trust", "2"), ("hide_name", "yes"), ("follow_up", "rep")])).expect("valid");
        assert_eq!(answers.follow_up, FollowUp::SomeoneElse);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_answers_that_can_be_kept_or_an_error(
            pairs in prop::collection::vec(
                (
                    prop_oneof!["listening|trust|progress|recommend|comment|follow_up|hide_name|secret", "promise-[0-9a-f]{0,40}", ".*"],
                    prop_oneof!["[0-9]{1,2}|cant_say|kept|rep|no|yes", ".*"],
                ),
                0..12,
            )
        ) {
            if let Ok(answers) = parse(&pairs) {
                prop_assert!(answers.check().is_ok());
            }
        }

        #[test]
        fn answers_survive_the_form(
            points in prop::collection::btree_map(prop::sample::select(Component::ALL.to_vec()), 1..=POINT_MAX, 1..=5),
            recommend in prop::option::of(0..=RECOMMEND_MAX),
            promises in prop::collection::btree_map(any::<u128>().prop_map(|n| PromiseId(uuid::Uuid::from_u128(n))), prop::sample::select(PromiseAnswer::ALL.to_vec()), 0..=2),
            comment in "[a-zA-Z ,.é]{0,40}",
            follow_up in prop::sample::select(FollowUp::ALL.to_vec()),
            hide_name: bool,
        ) {
            let comment = comment.trim().to_owned();
            let answers = Answers { components: points, recommend, promises, comment, follow_up, hide_name }.consistent();
            prop_assert_eq!(parse(&pairs(&answers)), Ok(answers));
        }
    }
}
