//! How relationships stand, in words: the step reached, and where customers see the same rep differently.

use super::point;
use crate::{
    organisation::Rules,
    score::{DisagreementLine, DisagreementSide, Segment},
    survey::{Component, POINT_MAX, wording},
};

/// The step a relationship stands on, and the next. Never called by its model's name: customers may look over a shoulder.
pub fn stands_on(step: Option<Component>) -> String {
    let label = Component::label;
    let Some(step) = step else {
        return format!("Not yet said: first, their ratings have to leave little doubt about {}", label(Component::ALL[0]));
    };
    match Component::ALL.into_iter().find(|it| *it > step) {
        Some(next) => format!("Stands on: {}. Next: {}", label(step), label(next)),
        None => format!("Stands on: {}, the last of the five", label(step)),
    }
}

/// When a step counts as reached, as the organisation set it.
pub fn step_rule(rules: &Rules) -> String {
    format!(
        "A step counts once it is {} % likely that these people think {:.1} of {POINT_MAX} or better of it, and of all below.",
        rules.step_probability,
        f64::from(rules.step_bar_tenths) / 10.0
    )
}

/// What was answered for a step: 'Listening: 3 answers, “Partly” to “Completely”, last “Mostly”'. `points` are newest first.
pub fn step_answers(component: Component, points: &[u8]) -> String {
    let name = component.label();
    let (Some(last), Some(low), Some(high)) = (points.first(), points.iter().min(), points.iter().max()) else {
        return format!("{name}: not answered yet");
    };
    match points.len() {
        1 => format!("{name}: 1 answer, “{}”", point(*last)),
        many if low == high => format!("{name}: {many} answers, all “{}”", point(*last)),
        many => format!("{name}: {many} answers, “{}” to “{}”, last “{}”", point(*low), point(*high), point(*last)),
    }
}

/// The nearest of the five answers to a mean: 'about “A little”, 2.1 of 5'.
pub fn about_point(mean: f64) -> String {
    let nearest = (mean.round() as usize).clamp(1, POINT_MAX.into());
    format!("about “{}”, {mean:.1} of {POINT_MAX}", wording::POINTS[nearest - 1])
}

/// Who is on one side: by name as far as names are known.
pub fn people(side: &DisagreementSide) -> String {
    let (people, names) = (side.raters, &side.names);
    match (people, names.len()) {
        (1, 0) => "1 person whose name is hidden".to_owned(),
        (_, 0) => format!("{people} people whose names are hidden"),
        (_, known) if known >= people as usize => listed(names),
        // Several may be of one customer, so that the rest is not said to be hidden.
        (_, 1) => format!("{people} people, at least one from {}", listed(names)),
        _ => format!("{people} people, at least one each from {}", listed(names)),
    }
}

/// Whose view a side is, where they have something in common: 'Retail', '10 to 49 people', 'Discovery meetings'.
pub fn segment(segment: &Segment) -> String {
    match segment {
        Segment::Industry(industry) => industry.clone(),
        Segment::Size(size) => format!("Customers of {}", size.label()),
        Segment::Format(format) => format!("{} meetings", format.label()),
    }
}

/// How many on one side the manager must not name to the rep; nothing where there are none.
pub fn hidden_from_rep(side: &DisagreementSide) -> Option<String> {
    match side.hidden {
        0 => None,
        1 => Some("1 of them hid the name from the rep".to_owned()),
        hidden => Some(format!("{hidden} of them hid their names from the rep")),
    }
}

/// 'Kestrel Foods, Marsh Bakery and Tidewater Hotels'.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A disagreement for those who listen.
pub fn disagreement(line: &DisagreementLine) -> String {
    let (lower, higher) = (about_point(line.lower.mean), about_point(line.higher.mean));
    let whose = |side: &DisagreementSide, else_: &str| side.segment.as_ref().map_or_else(|| else_.to_owned(), segment);
    let (one, other) = (whose(&line.lower, "one side"), whose(&line.higher, "the other"));
    format!("{}: {one} says {lower}, {other} {higher}", line.component.label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{customer::CustomerSize, meeting::MeetingFormat};

    #[test]
    fn the_step_is_said_with_the_next() {
        for (step, words) in [
            (None, "Not yet said: first, their ratings have to leave little doubt about Listening"),
            (Some(Component::Listening), "Stands on: Listening. Next: Understanding"),
            (Some(Component::Understanding), "Stands on: Understanding. Next: Trust"),
            (Some(Component::Progress), "Stands on: Progress, the last of the five"),
        ] {
            assert_eq!(stands_on(step), words);
        }
    }

    #[test]
    fn a_step_is_told_with_its_rule_and_its_answers() {
        assert_eq!(
            step_rule(&Rules::default()),
            "A step counts once it is 80 % likely that these people think 4.0 of 5 or better of it, and of all below."
        );
        for (points, words) in [
            (&[][..], "Trust: not answered yet"),
            (&[4], "Trust: 1 answer, “Mostly”"),
            (&[5, 5], "Trust: 2 answers, all “Completely”"),
            (&[4, 3, 5], "Trust: 3 answers, “Partly” to “Completely”, last “Mostly”"),
        ] {
            assert_eq!(step_answers(Component::Trust, points), words);
        }
    }

    #[test]
    fn a_side_is_named_as_far_as_names_are_known() {
        let side = |raters, names: &[&str]| DisagreementSide {
            mean: 2.14,
            raters,
            hidden: 0,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            segment: None,
        };
        for (side, words) in [
            (side(1, &[]), "1 person whose name is hidden"),
            (side(3, &[]), "3 people whose names are hidden"),
            (side(2, &["Kestrel Foods", "Marsh Bakery"]), "Kestrel Foods and Marsh Bakery"),
            (side(2, &["Orchard & Sons"]), "2 people, at least one from Orchard & Sons"),
            (side(4, &["Kestrel Foods", "Marsh Bakery"]), "4 people, at least one each from Kestrel Foods and Marsh Bakery"),
        ] {
            assert_eq!(people(&side), words);
        }
        for (hidden, words) in
            [(0, None), (1, Some("1 of them hid the name from the rep")), (2, Some("2 of them hid their names from the rep"))]
        {
            assert_eq!(hidden_from_rep(&DisagreementSide { hidden, ..side(3, &[]) }).as_deref(), words);
        }
        let (lower, higher) = (side(2, &[]), DisagreementSide { mean: 4.6, ..side(2, &[]) });
        assert_eq!(
            disagreement(&DisagreementLine { component: Component::Trust, lower, higher }),
            "Trust: one side says about “A little”, 2.1 of 5, the other about “Completely”, 4.6 of 5"
        );
        let of = |industry: &str, mean| DisagreementSide { mean, segment: Some(Segment::Industry(industry.into())), ..side(2, &[]) };
        assert_eq!(
            disagreement(&DisagreementLine { component: Component::Trust, lower: of("Retail", 2.1), higher: of("Health", 4.6) }),
            "Trust: Retail says about “A little”, 2.1 of 5, Health about “Completely”, 4.6 of 5"
        );
    }

    #[test]
    fn a_segment_is_named_as_people_speak_of_it() {
        for (of, words) in [
            (Segment::Industry("Retail".into()), "Retail"),
            (Segment::Size(CustomerSize::Small), "Customers of 10 to 49 people"),
            (Segment::Format(MeetingFormat::Discovery), "Discovery meetings"),
        ] {
            assert_eq!(segment(&of), words);
        }
    }
}
