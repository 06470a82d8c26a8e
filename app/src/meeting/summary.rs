//! What goes to the customer after a meeting: thanks, what was promised, where to rate.

use super::Meeting;
use crate::{promise::Promise, time::words};
use chrono::NaiveDate;
use std::sync::Arc;

/// What a summary is made of beside the meeting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SummaryParts {
    /// Whom it greets.
    pub greeted: Vec<String>,
    /// What was promised.
    pub promises: Vec<Arc<Promise>>,
    /// The address to rate at, where somebody may be asked.
    pub link: Option<String>,
    /// Who signs.
    pub rep: String,
    /// For whom.
    pub organisation: String,
}

/// The summary of `meeting` as a message, to be sent on `today`.
pub fn summary(meeting: &Meeting, parts: &SummaryParts, today: NaiveDate) -> String {
    let greeting = match parts.greeted.as_slice() {
        [] => "Hello,".to_owned(),
        names => format!("Hello {},", and(names)),
    };
    let mut paragraphs = vec![greeting, format!("Thank you for the meeting {}.", words::day(meeting.date(), today))];
    if !parts.promises.is_empty() {
        let lines = parts.promises.iter().map(|promise| promise_line(promise, today));
        paragraphs.push(std::iter::once("What we promised:".to_owned()).chain(lines).collect::<Vec<_>>().join("\n"));
    }
    if !meeting.notes.next_step.trim().is_empty() {
        paragraphs.push(format!("Next step: {}", meeting.notes.next_step.trim()));
    }
    if let Some(link) = &parts.link {
        paragraphs.push(format!("How was it for you? A few taps here help us do better:\n{link}"));
    }
    paragraphs.push([parts.rep.as_str(), &parts.organisation].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n"));
    paragraphs.join("\n\n")
}

/// 'Send the drawings, by Tue 12 May. You will know by an email.'
fn promise_line(promise: &Promise, today: NaiveDate) -> String {
    let what = format!("– {}, by {}.", promise.what.trim_end_matches('.'), words::date(promise.due, today));
    match promise.evidence.trim() {
        "" => what,
        evidence => format!("{what} How you will know: {}.", evidence.trim_end_matches('.')),
    }
}

/// 'Ana, Bo and Cem'.
fn and(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::PromiseId,
        meeting::{MeetingStatus, Notes},
        promise::PromiseState,
        sync::sample::{a_meeting, noon},
    };
    use uuid::Uuid;

    #[test]
    fn a_summary_thanks_repeats_the_promises_and_asks_once() {
        let notes = Notes { next_step: "Call on Friday".into(), ..Notes::default() };
        let meeting = Meeting { notes, ..a_meeting(1, 1, MeetingStatus::Held, noon("2026-05-05")) };
        let promise = Promise {
            id: PromiseId(Uuid::nil()),
            customer: meeting.customer,
            meeting: Some(meeting.id),
            maker: meeting.rep,
            keeper: meeting.rep,
            what: "Send the drawings.".into(),
            due: "2026-05-12".parse().expect("a date"),
            evidence: "an email".into(),
            state: PromiseState::Open,
            course: Default::default(),
        };
        let parts = SummaryParts {
            greeted: vec!["Ana".into(), "Bo".into(), "Cem".into()],
            promises: vec![Arc::new(promise)],
            link: Some("https://qdos.example/s/NOORD-1".into()),
            rep: "Sanne".into(),
            organisation: "Noord".into(),
        };
        let expected = "Hello Ana, Bo and Cem,\n\nThank you for the meeting today.\n\nWhat we promised:\n– Send the drawings, by Tue 12 May. \
            How you will know: an email.\n\nNext step: Call on Friday\n\nHow was it for you? A few taps here help us do \
            better:\nhttps://qdos.example/s/NOORD-1\n\nSanne\nNoord";
        assert_eq!(summary(&meeting, &parts, meeting.date()), expected);
        let bare = summary(&meeting, &SummaryParts { rep: "Sanne".into(), ..SummaryParts::default() }, meeting.date());
        assert!(bare.starts_with("Hello,\n\nThank you") && bare.ends_with("\n\nSanne"), "{bare}");
    }
}
