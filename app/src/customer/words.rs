//! How a customer stands and what an import does, in words.

use super::{Attention, Customer, Effect, ImportCounts, ImportLine, ImportProblem, Standing};
use crate::time::words;
use chrono::NaiveDate;

/// What a standing is called.
pub fn attention_words(attention: Attention) -> &'static str {
    match attention {
        Attention::OnTrack => "On track",
        Attention::Due => "Due",
        Attention::Overdue => "Overdue",
    }
}

/// In a few words, where there is something to do: 'Due, 12 days left', '12 days over'.
pub fn standing_badge(standing: &Standing, today: NaiveDate) -> Option<String> {
    match (standing.attention, (standing.window_ends - today).num_days()) {
        (Attention::OnTrack, _) => None,
        (Attention::Due, ..1) => Some("Due, last day".to_owned()),
        (Attention::Due, 1) => Some("Due, 1 day left".to_owned()),
        (Attention::Due, left) => Some(format!("Due, {left} days left")),
        (Attention::Overdue, _) if standing.days_over == 1 => Some("1 day over".to_owned()),
        (Attention::Overdue, _) => Some(format!("{} days over", standing.days_over)),
    }
}

/// When the last contact was: 'Last contact 3 weeks ago'.
pub fn last_contact_words(last_contact: Option<NaiveDate>, today: NaiveDate) -> String {
    match last_contact {
        Some(date) => format!("Last contact {}", words::distance(date, today)),
        None => "No contact yet".to_owned(),
    }
}

/// The whole of it: what the window is for, and how it is kept.
pub fn standing_sentence(standing: &Standing, today: NaiveDate) -> String {
    let last = last_contact_words(standing.last_contact, today);
    let (ideal, end) = (words::date(standing.ideal_ends, today), words::date(standing.window_ends, today));
    match standing.attention {
        Attention::OnTrack => format!("{last}. Next one by {ideal}, at the latest {end}."),
        Attention::Due => format!("{last}. Get in touch by {end} to stay in time."),
        Attention::Overdue => format!("{last}. The next one was meant to be by {end}."),
    }
}

/// What an import would do or did: '3 new customers, 1 changed contact'; nothing where it is nothing.
pub fn import_counts(counts: &ImportCounts) -> Option<String> {
    let count = |number: usize, one: &str, many: &str| match number {
        0 => None,
        1 => Some("1 ".to_owned() + one),
        number => Some(number.to_string() + " " + many),
    };
    let parts: Vec<String> = [
        count(counts.customers_created, "new customer", "new customers"),
        count(counts.customers_updated, "changed customer", "changed customers"),
        count(counts.contacts_created, "new contact", "new contacts"),
        count(counts.contacts_updated, "changed contact", "changed contacts"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What a line of an import does: 'Line 2: new customer, new contact Cora'.
pub fn import_line(line: &ImportLine) -> String {
    let effect = |effect, thing: &str| match effect {
        Effect::Same => thing.to_owned() + " stays as it is",
        Effect::Create => "new ".to_owned() + thing,
        Effect::Update => thing.to_owned() + " changes",
    };
    let mut words = "Line ".to_owned() + &line.line.to_string() + ": " + &effect(line.customer_effect, "customer");
    if let Some(contact) = &line.contact {
        words += ", ";
        words += &effect(line.contact_effect, &("contact ".to_owned() + contact));
    }
    words
}

/// What a customer is: 'Retail, 10 to 49 people'; empty where nobody said.
pub fn business_words(customer: &Customer) -> String {
    let size = if customer.size.is_unknown() { "" } else { customer.size.label() };
    [customer.industry.as_str(), size].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Where something is to be mended in a file: 'Line 3, owner_email'.
pub fn import_place(problem: &ImportProblem) -> String {
    let line = "Line ".to_owned() + &problem.line.to_string();
    match problem.column {
        Some(column) => line + ", " + column.name(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::Column;

    #[test]
    fn an_import_is_told_in_words() {
        let counts = ImportCounts { customers_created: 3, contacts_updated: 1, ..ImportCounts::default() };
        assert_eq!(import_counts(&counts).as_deref(), Some("3 new customers, 1 changed contact"));
        assert_eq!(import_counts(&ImportCounts::default()), None);
        let line = ImportLine {
            line: 2,
            customer: "Acme".into(),
            customer_effect: Effect::Same,
            contact: Some("Cora".into()),
            contact_effect: Effect::Create,
        };
        assert_eq!(import_line(&line), "Line 2: customer stays as it is, new contact Cora");
        let problem = |column| ImportProblem { line: 3, column, message: String::new() };
        assert_eq!(import_place(&problem(Some(Column::OwnerEmail))), "Line 3, owner_email");
        assert_eq!(import_place(&problem(None)), "Line 3");
    }
    use crate::{
        customer::{Customer, standing},
        id::{CustomerId, MemberId},
        organisation::Rules,
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn a_window_is_told_by_what_to_do_and_never_blames() {
        let on = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let customer = Customer {
            id: CustomerId(Uuid::nil()),
            name: "Acme".into(),
            place: String::new(),
            industry: String::new(),
            size: Default::default(),
            owner: MemberId(Uuid::nil()),
            co_owners: BTreeSet::new(),
            owned_since: on("2026-01-01"),
            tier: Default::default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        };
        let today = on("2026-06-01");
        for (last, badge, sentence) in [
            (Some("2026-05-20"), None, "Last contact 12 days ago. Next one by Fri 19 Jun, at the latest Sat 4 Jul."),
            (Some("2026-04-20"), Some("Due, 3 days left"), "Last contact 6 weeks ago. Get in touch by Thu 4 Jun to stay in time."),
            (Some("2026-04-17"), Some("Due, last day"), "Last contact 6 weeks ago. Get in touch by Mon 1 Jun to stay in time."),
            (Some("2026-04-16"), Some("1 day over"), "Last contact 6 weeks ago. The next one was meant to be by Sun 31 May."),
            (None, Some("106 days over"), "No contact yet. The next one was meant to be by Sun 15 Feb."),
        ] {
            let standing = standing(&customer, last.map(on), &Rules::default(), &[], today);
            assert_eq!(standing_badge(&standing, today).as_deref(), badge);
            assert_eq!(standing_sentence(&standing, today), sentence);
        }
    }
}
