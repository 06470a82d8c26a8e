use super::case_address;
use crate::{
    browser::clock,
    day::Day,
    recovery::{CaseLine, Outcome, cause_words, clock_words, outcome_words},
    time::words,
    ui::{Badge, BadgeTone, Glyph, Icon, ListRow},
};
use leptos::prelude::*;

/// A case in a list: with whom, what about, how soon somebody was in touch.
#[component]
pub fn CaseRow(
    /// The case.
    line: CaseLine,
    /// What the row begins with: the customer, or what happened where that is clear.
    #[prop(optional)]
    at_customer: bool,
) -> impl IntoView {
    let today = Day::today();
    let CaseLine { case, customer, rep, promised, first_contact, outcome } = line;
    let about = match (case.what.is_empty(), promised) {
        (false, _) => case.what.clone(),
        (true, Some(promised)) => format!("{}: {promised}", cause_words(case.cause)),
        (true, None) => cause_words(case.cause).to_owned(),
    };
    let (title, about) = if at_customer { (about, None) } else { (customer, Some(about)) };
    let when = match case.is_open() {
        true => clock_words(case.opened_at, first_contact, clock::now()),
        false => outcome_words(outcome).to_owned(),
    };
    let rep = rep.map(|rep| format!("with {rep}"));
    let detail = [about, Some(when), rep].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let opened = words::capitalised(&words::day(case.opened_at.date_at(clock::offset_minutes()), today.get_untracked()));
    let (is_waiting, is_right) = (case.is_open() && first_contact.is_none(), outcome == Outcome::Succeeded);
    let trailing = move || match (is_waiting, is_right) {
        (true, _) => view! { <Badge tone=BadgeTone::Attention icon=Glyph::Clock>{opened}</Badge> }.into_any(),
        (_, true) => view! { <Badge tone=BadgeTone::Accent icon=Glyph::Check>{opened}</Badge> }.into_any(),
        _ => opened.into_any(),
    };
    view! { <ListRow title detail href=case_address(case.id) lead=|| view! { <Icon glyph=Glyph::Handshake /> } trailing /> }
}
