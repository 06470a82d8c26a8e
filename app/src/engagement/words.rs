//! Engagement in words: patterns, kindly told, each with what it was counted from.

use super::{Check, Colleague, Engagement, SMALL_MEETING, Says, Share, Shortfall, Span, is_regular, most_of};

/// The span, as it is chosen.
pub fn span_label(span: Span) -> &'static str {
    match span {
        Span::Weeks => "4 weeks",
        Span::Quarter => "3 months",
    }
}

/// 'in the last 4 weeks'.
fn within(span: Span) -> String {
    format!("in the last {}", span_label(span))
}

/// '1 meeting', '12 meetings'; 'no meetings'.
fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// '45 minutes', '1 hour', '13 and a half hours': as exactly as people speak of it.
pub fn hours(minutes: u32) -> String {
    match ((minutes + 15) / 30, minutes) {
        (_, ..=59) => format!("{minutes} minutes"),
        (2, _) => "1 hour".to_owned(),
        (halves, _) if halves % 2 == 0 => format!("{} hours", halves / 2),
        (halves, _) => format!("{} and a half hours", halves / 2),
    }
}

/// 'Acme, Brouwer and Van Dam'.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How much there was: time, meetings, calls.
pub fn time_words(it: &Engagement, span: Span) -> String {
    let touches = count(it.touches, "call, message or drop-in", "calls, messages and drop-ins");
    match it.meetings {
        0 => format!("No meetings {}, and {touches}.", within(span)),
        _ => format!("{} in {}, and {touches}.", hours(it.minutes), count(it.meetings, "meeting", "meetings")),
    }
}

/// Customers named at most; more of them are a number.
const NAMED: usize = 3;

/// Where the time went: 'Most of your time went to 3 of 18 customers: Acme, Brouwer and Van Dam.'
pub fn focus_words(it: &Engagement) -> Option<String> {
    let most = most_of(&it.shares);
    let names: Vec<&str> = most.iter().map(|share| share.name.as_str()).collect();
    match names.len() {
        0 => None,
        few @ 1..=NAMED => {
            Some(format!("Most of your time went to {few} of {}: {}.", count(it.customers, "customer", "customers"), listed(&names)))
        }
        many => Some(format!("Your time was spread: most of it went to {many} of {}.", count(it.customers, "customer", "customers"))),
    }
}

/// How many customers there was a word with.
pub fn reach_words(it: &Engagement) -> String {
    match (it.own, it.reached) {
        (0, _) => "You look after no customers yet.".to_owned(),
        (1, 1) => "You were in touch with the one customer you look after.".to_owned(),
        (own, reached) if own == reached => format!("You were in touch with all {own} customers you look after."),
        (own, 0) => format!("You were in touch with none of the {own} you look after."),
        (own, reached) => format!("You were in touch with {reached} of the {own} you look after."),
    }
}

/// How often a customer hears from the person.
pub fn frequency_words(it: &Engagement) -> Option<String> {
    it.every_days.map(|days| match days {
        1 => "Whoever heard from you again did so mostly the next day.".to_owned(),
        _ => format!("Whoever heard from you again did so mostly after {days} days."),
    })
}

/// Depth against breadth.
pub fn depth_words(it: &Engagement) -> Option<String> {
    let people = count(it.people, "person", "people");
    let at = count(it.met, "customer", "customers");
    match (it.people, it.deep) {
        (0, _) => None,
        (_, 0) => Some(format!("You met {people} at {at}, one at each. Knowing a second person makes a relationship last.")),
        (_, deep) if deep == it.met => Some(format!("You met {people} at {at}, more than one at each.")),
        (_, deep) => Some(format!("You met {people} at {at}: more than one person at {deep} of them.")),
    }
}

/// Who of ours belongs to the internal network.
pub fn network_words(it: &Engagement, span: Span) -> String {
    let regular: Vec<&str> = it.colleagues.iter().filter(|it| is_regular(it.meetings, span)).map(|it| it.name.as_str()).collect();
    let small = format!("in meetings of at most {SMALL_MEETING}");
    match (regular.len(), it.colleagues.len()) {
        (0, 0) => format!("No colleague was with you {small}."),
        (0, some) => format!("{} with you {small}, none of them twice a month.", count_were(some)),
        (_, _) => format!("{} with you {small} at least twice a month.", were(&regular)),
    }
}

fn count_were(colleagues: usize) -> String {
    if colleagues == 1 { "1 colleague was".to_owned() } else { format!("{colleagues} colleagues were") }
}

fn were(names: &[&str]) -> String {
    format!("{} {}", listed(names), if names.len() == 1 { "was" } else { "were" })
}

/// One bar of where the time went, for those who listen.
pub fn share_words(share: &Share) -> String {
    format!("{}: {}", share.name, hours(share.minutes))
}

/// 'Bo Bakker: 3 small meetings'.
pub fn colleague_words(colleague: &Colleague) -> String {
    count(colleague.meetings, "small meeting", "small meetings")
}

/// What a check comes to.
pub fn says_words(says: Says) -> &'static str {
    match says {
        Says::TooEarly => "Too little to tell",
        Says::Fine => "Looks good",
        Says::Look => "Worth a look",
    }
}

/// What a check is about, as one would wish it.
pub fn check_title(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::Indifference => "Staying in touch",
        Shortfall::Flogging => "Asking before offering",
        Shortfall::LittleProblemSolving => "Looking for what is in their way",
        Shortfall::NoFollowUp => "Following up",
        Shortfall::LittleAdvocacy => "Speaking up for them inside",
        Shortfall::NoSecrets => "Knowing what makes them special",
        Shortfall::NoRecovery => "Making it right",
    }
}

/// What it was worked out from.
pub fn check_words(check: Check, span: Span) -> String {
    let Check { shortfall, found, of } = check;
    let within = within(span);
    let part = |thing: &str| if found == 0 { format!("None of {of} {thing}") } else { format!("{found} of {of} {thing}") };
    match shortfall {
        Shortfall::Indifference => format!("{} had no meeting, call or message {within}.", part("customers you look after")),
        Shortfall::Flogging => format!("{} {within} came before anybody of us had asked.", part("presentations and negotiations")),
        Shortfall::LittleProblemSolving => {
            format!("{} {within} left no roadblock, measure of success or idea behind.", part("meetings"))
        }
        Shortfall::NoFollowUp => format!("{} {within} came late, did not come, or are still open.", part("promises that fell due")),
        Shortfall::LittleAdvocacy => {
            format!("{} {within} had no colleague along and no promise with one.", part("customers you met"))
        }
        Shortfall::NoSecrets => format!("{} {within} have nothing worth knowing written down.", part("customers you met")),
        Shortfall::NoRecovery => format!("{} {within} had no word from us within a week.", part("unhappy ratings")),
    }
}

/// One thing to try.
pub fn check_advice(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::Indifference => "Call the one you would miss most, with nothing to sell.",
        Shortfall::Flogging => "Open the next presentation with one question: what has changed since we last spoke?",
        Shortfall::LittleProblemSolving => "Ask in the next meeting what stands between them and their goal, and write it down.",
        Shortfall::NoFollowUp => "Take the oldest one and say today when it will come.",
        Shortfall::LittleAdvocacy => "Bring one customer’s wish to a colleague this week, with a date.",
        Shortfall::NoSecrets => "After the next visit, write one line that the person would be glad to read.",
        Shortfall::NoRecovery => "Call, listen first, then say what you will do and by when.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{CustomerId, MemberId};
    use uuid::Uuid;

    fn share(name: &str, minutes: u32) -> Share {
        Share { customer: CustomerId(Uuid::nil()), name: name.into(), minutes }
    }

    fn colleague(name: &str, meetings: usize) -> Colleague {
        Colleague { member: MemberId(Uuid::nil()), name: name.into(), meetings }
    }

    #[test]
    fn time_is_told_as_people_speak_of_it() {
        for (minutes, words) in
            [(45, "45 minutes"), (60, "1 hour"), (74, "1 hour"), (90, "1 and a half hours"), (120, "2 hours"), (800, "13 and a half hours")]
        {
            assert_eq!(hours(minutes), words, "{minutes}");
        }
        let told = Engagement { minutes: 90, meetings: 1, touches: 2, ..Engagement::default() };
        assert_eq!(time_words(&told, Span::Weeks), "1 and a half hours in 1 meeting, and 2 calls, messages and drop-ins.");
        assert_eq!(
            time_words(&Engagement::default(), Span::Weeks),
            "No meetings in the last 4 weeks, and no calls, messages and drop-ins."
        );
    }

    #[test]
    fn where_the_time_went_is_a_pattern_and_no_target() {
        let told = |shares: &[(&str, u32)]| {
            let shares = shares.iter().map(|(name, minutes)| share(name, *minutes)).collect();
            focus_words(&Engagement { shares, customers: 18, ..Engagement::default() })
        };
        assert_eq!(told(&[]), None);
        assert_eq!(
            told(&[("Acme", 90), ("Brouwer", 60), ("Van Dam", 60), ("Zon", 60)]).as_deref(),
            Some("Most of your time went to 2 of 18 customers: Acme and Brouwer.")
        );
        let spread = ["A", "B", "C", "D", "E", "F", "G"].map(|name| (name, 60));
        assert_eq!(told(&spread).as_deref(), Some("Your time was spread: most of it went to 4 of 18 customers."));
    }

    #[test]
    fn reach_depth_and_frequency_are_told_in_a_sentence_each() {
        let told = |own, reached| reach_words(&Engagement { own, reached, ..Engagement::default() });
        assert_eq!(told(18, 9), "You were in touch with 9 of the 18 you look after.");
        assert_eq!(
            (told(4, 4), told(0, 0)),
            ("You were in touch with all 4 customers you look after.".into(), "You look after no customers yet.".into())
        );
        let deep = |people, met, deep| depth_words(&Engagement { people, met, deep, ..Engagement::default() }).unwrap_or_default();
        assert_eq!(deep(7, 3, 2), "You met 7 people at 3 customers: more than one person at 2 of them.");
        assert_eq!(deep(2, 2, 0), "You met 2 people at 2 customers, one at each. Knowing a second person makes a relationship last.");
        assert_eq!(deep(0, 2, 0), "");
        let every = frequency_words(&Engagement { every_days: Some(12), ..Engagement::default() });
        assert_eq!(every.as_deref(), Some("Whoever heard from you again did so mostly after 12 days."));
    }

    #[test]
    fn the_network_is_named() {
        let told = |colleagues: &[(&str, usize)]| {
            let colleagues = colleagues.iter().map(|(name, meetings)| colleague(name, *meetings)).collect();
            network_words(&Engagement { colleagues, ..Engagement::default() }, Span::Weeks)
        };
        assert_eq!(told(&[]), "No colleague was with you in meetings of at most 5.");
        assert_eq!(told(&[("Bo", 1)]), "1 colleague was with you in meetings of at most 5, none of them twice a month.");
        assert_eq!(told(&[("Bo", 3), ("Zoë", 2), ("Al", 1)]), "Bo and Zoë were with you in meetings of at most 5 at least twice a month.");
    }

    #[test]
    fn a_check_says_what_it_was_worked_out_from() {
        let check = |shortfall, found, of| check_words(Check { shortfall, found, of }, Span::Quarter);
        assert_eq!(
            check(Shortfall::Indifference, 7, 18),
            "7 of 18 customers you look after had no meeting, call or message in the last 3 months."
        );
        assert_eq!(check(Shortfall::NoRecovery, 0, 2), "None of 2 unhappy ratings in the last 3 months had no word from us within a week.");
    }
}
