//! Calendars in words.

use super::{Because, OfferKind, WhyLeftOut};

/// Why an event of a calendar is not read.
pub fn left_out_words(why: WhyLeftOut) -> &'static str {
    match why {
        WhyLeftOut::AllDay => "Lasts all day, and a visit has a time",
        WhyLeftOut::Time => "Its time cannot be made out",
        WhyLeftOut::Zone => "Its time zone is not known here",
        WhyLeftOut::Repeats => "Repeats in a way that is not read here",
    }
}

/// What an event is called on screen.
pub fn event_title(title: &str) -> String {
    if title.is_empty() { "A private event".to_owned() } else { title.to_owned() }
}

/// What taking an event over does, where it does not become a visit.
pub fn offer_words(kind: &OfferKind) -> Option<&'static str> {
    match kind {
        OfferKind::New(_) => None,
        OfferKind::Moved(_) => Some("It is at another time in your calendar. Move the visit?"),
        OfferKind::CalledOff(_) => Some("It is called off in your calendar. Call the visit off?"),
    }
}

/// Why an event is probably with a customer.
pub fn because_words(because: Because) -> &'static str {
    match because {
        Because::Person => "Somebody of theirs takes part.",
        Because::Title => "The event names them.",
        Because::Place => "The place names them.",
    }
}

/// What was taken over: '2 visits planned', '1 visit planned, 1 changed'.
pub fn taken_words(planned: usize, changed: usize) -> String {
    let visits = |count: usize| if count == 1 { "1 visit".to_owned() } else { format!("{count} visits") };
    match (planned, changed) {
        (planned, 0) => format!("{} planned.", visits(planned)),
        (0, changed) => format!("{} changed.", visits(changed)),
        (planned, changed) => format!("{} planned, {changed} changed.", visits(planned)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_over_is_counted() {
        let words = [(1, 0), (2, 0), (0, 1), (2, 3)].map(|(planned, changed)| taken_words(planned, changed));
        assert_eq!(words, ["1 visit planned.", "2 visits planned.", "1 visit changed.", "2 visits planned, 3 changed."]);
    }
}
