//! The preparation card in words.

use super::{Acquaintance, ComponentSeen, Step};
use crate::{score::words, survey::Component, time};
use chrono::NaiveDate;

/// What the next step needs, in plain words: what was rated so far, and what is missing.
pub fn next_step_words(step: &Step) -> Option<String> {
    let next = step.next?;
    let label = next.component.label();
    Some(match next.mean {
        None => format!("{label} comes next. Nobody there has rated it yet: ask after this visit."),
        Some(mean) if mean < step.bar => {
            format!("{label} comes next: {}. It takes answers that are likely above {:.1}.", seen_words(&next), step.bar)
        }
        Some(_) => format!("{label} comes next: {}. That is good; a few more answers like it would leave little doubt.", seen_words(&next)),
    })
}

/// What earns a component, in one sentence.
pub fn earned_by(component: Component) -> &'static str {
    match component {
        Component::Listening => "Let them talk first, and say back what you heard.",
        Component::Understanding => "Say in their words what matters to them, before you offer anything.",
        Component::Trust => "Say what you do not know and what will not work, and keep the small promises.",
        Component::Value => "Bring something that is of use to their goals, whatever they buy today.",
        Component::Progress => "Before you leave, agree on what happens next, who does it and when.",
    }
}

/// How a component was rated: '2 ratings so far, about “A little”, 2.1 of 5'.
pub fn seen_words(seen: &ComponentSeen) -> String {
    let count = match seen.ratings {
        1 => "1 rating so far".to_owned(),
        many => format!("{many} ratings so far"),
    };
    match seen.mean {
        Some(mean) => format!("{count}, {}", words::about_point(mean)),
        None => "not rated yet".to_owned(),
    }
}

/// How a colleague knows the customer: 'Looks after them · met them twice, last Tue 5 May'.
pub fn acquaintance_words(known: &Acquaintance, today: NaiveDate) -> String {
    let times = match known.meetings {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    };
    let met = known.last.map(|last| format!("met them {times}, last {}", time::words::day(last, today)));
    let cares = known.looks_after.then(|| "looks after them".to_owned());
    let parts: Vec<String> = cares.into_iter().chain(met).collect();
    time::words::capitalised(&parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::MemberId;
    use uuid::Uuid;

    #[test]
    fn what_the_next_step_needs_is_said_in_plain_words() {
        let seen = |mean, ratings| ComponentSeen { component: Component::Trust, mean, ratings };
        for (next, words) in [
            (seen(None, 0), "Trust comes next. Nobody there has rated it yet: ask after this visit."),
            (
                seen(Some(2.1), 2),
                "Trust comes next: 2 ratings so far, about “A little”, 2.1 of 5. It takes answers that are likely above 4.0.",
            ),
            (
                seen(Some(5.0), 1),
                "Trust comes next: 1 rating so far, about “Completely”, 5.0 of 5. That is good; a few more answers like it would leave little doubt.",
            ),
        ] {
            assert_eq!(next_step_words(&Step { reached: None, next: Some(next), bar: 4.0 }).as_deref(), Some(words));
        }
        assert_eq!(next_step_words(&Step { reached: Some(Component::Progress), next: None, bar: 4.0 }), None);
    }

    #[test]
    fn a_colleague_is_told_with_how_well_they_know_each_other() {
        let on = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let known = |meetings, last: Option<&str>, looks_after| Acquaintance {
            member: MemberId(Uuid::nil()),
            name: "Bo".into(),
            meetings,
            last: last.map(on),
            looks_after,
        };
        for (known, words) in [
            (known(2, Some("2026-05-05"), true), "Looks after them · met them twice, last Tue 5 May"),
            (known(1, Some("2026-05-31"), false), "Met them once, last yesterday"),
            (known(0, None, true), "Looks after them"),
        ] {
            assert_eq!(acquaintance_words(&known, on("2026-06-01")), words);
        }
    }
}
