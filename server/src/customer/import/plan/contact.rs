//! The person whom a line names.

use super::Plan;
use crate::{customer::import::read::ContactEntry, random};
use app::{
    account::fold_email,
    customer::{Column, Contact, Effect},
    id::{ContactId, CustomerId},
    text::fold,
};

/// What happens to the person; nothing where something is to be mended.
pub(super) fn plan_contact(plan: &mut Plan, customer: CustomerId, line: u64, entry: &ContactEntry) -> Option<Effect> {
    let contacts = plan.known.contacts.entry(customer).or_default();
    let Some(found) = find(contacts, entry) else {
        let contact = Contact {
            role: entry.role.clone().unwrap_or_default(),
            email: entry.email.clone().unwrap_or_default(),
            phone: entry.phone.clone().unwrap_or_default(),
            ..Contact::new(ContactId(random::uuid()), customer, entry.name.clone())
        };
        let id = contact.id;
        contacts.push(contact);
        plan.contacts.insert(id, Effect::Create);
        say(plan, id, line, entry)?;
        return Some(Effect::Create);
    };
    let before = contacts[found].clone();
    say(plan, before.id, line, entry)?;
    let mut after = Contact { name: entry.name.clone(), ..before.clone() };
    for (field, new) in [(&mut after.role, &entry.role), (&mut after.email, &entry.email), (&mut after.phone, &entry.phone)] {
        if let Some(new) = new {
            field.clone_from(new);
        }
    }
    if after == before {
        return Some(plan.contacts.get(&before.id).copied().unwrap_or(Effect::Same));
    }
    let is_first = !plan.contacts.contains_key(&before.id);
    after.version = before.version + u32::from(is_first);
    after.history.changed_otherwise(&before.fields(), &after.fields());
    plan.known.contacts.entry(customer).or_default()[found] = after;
    Some(*plan.contacts.entry(before.id).or_insert(Effect::Update))
}

/// Where the person is: found by email address, else by name, and in the archive only where nobody else is meant.
fn find(contacts: &[Contact], entry: &ContactEntry) -> Option<usize> {
    let first = |same: &dyn Fn(&Contact) -> bool| {
        let found = contacts.iter().enumerate().filter(|(_, it)| same(it)).min_by_key(|(_, it)| it.archived);
        found.map(|(at, _)| at)
    };
    let email = entry.email.as_deref().map(fold_email);
    let by_email = first(&|it| email.as_ref().is_some_and(|email| *email == fold_email(&it.email)));
    by_email.or_else(|| first(&|it| fold(&it.name) == fold(&entry.name)))
}

/// Notes what a line says of the person. Where another line says something else, that is to be mended: done one after the other, the same
/// file would change the person each time.
fn say(plan: &mut Plan, id: ContactId, line: u64, entry: &ContactEntry) -> Option<()> {
    for (column, value) in [
        (Column::ContactName, Some(&entry.name)),
        (Column::ContactRole, entry.role.as_ref()),
        (Column::ContactEmail, entry.email.as_ref()),
        (Column::ContactPhone, entry.phone.as_ref()),
    ] {
        if let Some(value) = value
            && let Err(first) = plan.say(line, id.0, column, value.clone())
        {
            let words =
                format!("Line {first} says something else of the same person. Make them the same, or tell two people's names apart.");
            plan.wrong(line, column, &words);
            return None;
        }
    }
    Some(())
}
