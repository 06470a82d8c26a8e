use crate::{
    customer::{CustomerSummary, last_contact_words, standing_badge},
    time::words,
    ui::{Avatar, AvatarKind, Badge, ListRow},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// A customer in a list: who, where, and how it stands.
#[component]
pub fn CustomerRow(
    /// The customer.
    summary: CustomerSummary,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let CustomerSummary { customer, standing, next } = summary;
    let contact = match next {
        Some(next) => format!("Visit {}", words::day(next, today)),
        None => last_contact_words(standing.last_contact, today),
    };
    let detail = [customer.place.as_str(), &contact].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    let name = customer.name.clone();
    let (icon, tone) = super::attention_mark(standing.attention);
    // A visit that is planned answers the question that the badge would put.
    let badge = standing_badge(&standing, today).filter(|_| next.is_none());
    view! {
        <ListRow
            title=customer.name.clone()
            detail=detail
            href=super::address(customer.id)
            lead=move || view! { <Avatar name=name.clone() kind=AvatarKind::Company /> }
            trailing=move || badge.clone().map(|words| view! { <Badge tone icon>{words}</Badge> })
        />
    }
}
