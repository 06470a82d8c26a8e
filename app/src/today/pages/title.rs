use crate::{id::CustomerId, sync::Replica, today::Item};

/// What an item is called, in a few words.
pub(super) fn item_title(item: &Item, replica: &Replica) -> String {
    match item {
        Item::Visit(meeting) | Item::Upcoming(meeting) => customer_name(replica, meeting.customer),
        Item::Promise(promise) => promise.what.clone(),
        Item::Case(case) => format!("Make it right with {}", customer_name(replica, case.customer)),
        Item::Action(action) => format!("Next time I will: {}", action.what),
        Item::Ratings(1) => "A new rating".to_owned(),
        Item::Ratings(count) => format!("{count} new ratings"),
        Item::Customer(summary) => summary.customer.name.clone(),
        Item::Covering { item, .. } => item_title(item, replica),
    }
}

fn customer_name(replica: &Replica, customer: CustomerId) -> String {
    replica.customers.get(&customer).map_or("a customer".to_owned(), |customer| customer.name.clone())
}
