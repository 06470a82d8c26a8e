use crate::{score::rater, sync::Replica, today::Item};

/// What an item is called, in a few words.
pub(super) fn item_title(item: &Item, replica: &Replica) -> String {
    match item {
        Item::Visit(meeting) | Item::Upcoming(meeting) => replica.customer_name(meeting.customer, "a customer").to_owned(),
        Item::Promise(promise) => promise.what.clone(),
        Item::Question(ask) => ask.what.clone(),
        Item::Wish(rating) => format!("Get back to {}", rater(replica, rating).words()),
        Item::Case(case) => format!("Make it right with {}", replica.customer_name(case.customer, "a customer")),
        Item::Action(action) => format!("Next time I will: {}", action.what),
        Item::Ratings(1) => "A new rating".to_owned(),
        Item::Ratings(count) => format!("{count} new ratings"),
        Item::Customer(summary) => summary.customer.name.clone(),
        Item::Covering { item, .. } => item_title(item, replica),
    }
}
