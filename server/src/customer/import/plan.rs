//! From entries to what is to be done, against what is there: which customer and which person each line means, and what that changes.

mod contact;

use super::read::{Entry, problem};
use crate::{
    customer::stand_ins,
    db::{self, Transaction, fetch_all},
    error::Error,
    random,
};
use app::{
    account::{Member, Role, fold_email},
    customer::{Assignment, Column, Contact, Customer, Effect, ImportCounts, ImportLine, ImportProblem},
    id::{ContactId, CustomerId, OrganisationId},
    text::fold,
};
use chrono::NaiveDate;
use contact::plan_contact;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is there.
pub(super) struct Known {
    today: NaiveDate,
    /// By email address.
    members: BTreeMap<String, Member>,
    customers: BTreeMap<CustomerId, Customer>,
    contacts: BTreeMap<CustomerId, Vec<Contact>>,
    /// Numbers in another system.
    external_ids: BTreeMap<String, CustomerId>,
    /// Who has one.
    numbered: BTreeSet<CustomerId>,
    /// By folded name.
    by_name: BTreeMap<String, Vec<CustomerId>>,
    /// Who stands for whom.
    stand_ins: BTreeMap<CustomerId, CustomerId>,
}

impl Known {
    pub(super) async fn load(tx: &mut Transaction, organisation: OrganisationId, today: NaiveDate) -> Result<Self, Error> {
        let organisation = organisation.to_string();
        let members: Vec<Member> = db::all(tx, &organisation).await?;
        let customers: Vec<Customer> = db::all(tx, &organisation).await?;
        let stand_ins = stand_ins(tx, &organisation).await?;
        let mut contacts: BTreeMap<CustomerId, Vec<Contact>> = BTreeMap::new();
        for contact in db::all::<Contact>(tx, &organisation).await? {
            let at = stand_ins.get(&contact.customer).copied().unwrap_or(contact.customer);
            contacts.entry(at).or_default().push(contact);
        }
        let external_ids = fetch_all!(
            tx,
            (String, String),
            "select external_id, customer from customer_external_id where organisation = $1",
            &organisation
        )?;
        let mut by_name: BTreeMap<String, Vec<CustomerId>> = BTreeMap::new();
        for customer in &customers {
            by_name.entry(fold(&customer.name)).or_default().push(customer.id);
        }
        let external_ids: BTreeMap<String, CustomerId> =
            external_ids.into_iter().filter_map(|(external, id)| Some((external, id.parse().ok()?))).collect();
        Ok(Self {
            today,
            members: members.into_iter().map(|member| (member.email.clone(), member)).collect(),
            customers: customers.into_iter().map(|customer| (customer.id, customer)).collect(),
            contacts,
            numbered: external_ids.values().copied().collect(),
            external_ids,
            by_name,
            stand_ins,
        })
    }
}

/// What is to be done.
pub(super) struct Plan {
    /// What was there, with everything done to it.
    known: Known,
    /// What happens to which customer and contact; those to which nothing happens are not in it.
    customers: BTreeMap<CustomerId, Effect>,
    contacts: BTreeMap<ContactId, Effect>,
    /// Customers whose owner changes, so that all about them has to be told anew.
    moved: BTreeSet<CustomerId>,
    /// New numbers in another system.
    external_ids: Vec<(String, CustomerId)>,
    /// What each line does.
    pub(super) lines: Vec<ImportLine>,
    /// What is to be mended.
    pub(super) problems: Vec<ImportProblem>,
    /// Which line said what of which customer or contact first, so that lines cannot contradict each other.
    said: BTreeMap<(Uuid, Column), (u64, String)>,
}

impl Plan {
    /// How much happens.
    pub(super) fn counts(&self) -> ImportCounts {
        let customers = |effect| self.customers.values().filter(|it| **it == effect).count();
        let contacts = |effect| self.contacts.values().filter(|it| **it == effect).count();
        ImportCounts {
            customers_created: customers(Effect::Create),
            customers_updated: customers(Effect::Update),
            contacts_created: contacts(Effect::Create),
            contacts_updated: contacts(Effect::Update),
        }
    }

    /// The customers that are to be kept, each with whether everything about it is to be told to others than before.
    pub(super) fn customers(&self) -> impl Iterator<Item = (&Customer, bool)> {
        self.customers.keys().map(|id| (&self.known.customers[id], self.moved.contains(id)))
    }

    /// The contacts that are to be kept, each with its customer.
    pub(super) fn contacts(&self) -> impl Iterator<Item = (&Customer, &Contact)> {
        let kept = self.known.contacts.values().flatten().filter(|contact| self.contacts.contains_key(&contact.id));
        kept.map(|contact| (&self.known.customers[&contact.customer], contact))
    }

    /// The new numbers in another system.
    pub(super) fn external_ids(&self) -> &[(String, CustomerId)] {
        &self.external_ids
    }

    /// Notes what a line says of a customer or contact; the line that said something else, where one did.
    fn say(&mut self, line: u64, of: Uuid, column: Column, value: String) -> Result<(), u64> {
        let (first, said) = self.said.entry((of, column)).or_insert_with(|| (line, value.clone()));
        if *said == value { Ok(()) } else { Err(*first) }
    }

    fn wrong(&mut self, line: u64, column: Column, message: &str) {
        self.problems.push(problem(line, Some(column), message));
    }
}

/// Works out what `entries` do.
pub(super) fn plan(known: Known, entries: &[Entry]) -> Plan {
    let mut plan = Plan {
        known,
        customers: BTreeMap::new(),
        contacts: BTreeMap::new(),
        moved: BTreeSet::new(),
        external_ids: Vec::new(),
        lines: Vec::new(),
        problems: Vec::new(),
        said: BTreeMap::new(),
    };
    for entry in entries.iter().filter(|entry| !entry.customer.is_empty()) {
        if let Some((customer, customer_effect)) = plan_customer(&mut plan, entry) {
            let contact_effect = match &entry.contact {
                Some(contact) => plan_contact(&mut plan, customer, entry.line, contact),
                None => Some(Effect::Same),
            };
            let Some(contact_effect) = contact_effect else { continue };
            plan.lines.push(ImportLine {
                line: entry.line,
                customer: entry.customer.clone(),
                customer_effect,
                contact: entry.contact.as_ref().map(|contact| contact.name.clone()),
                contact_effect,
            });
        }
    }
    plan
}

/// Which customer a line means, and what happens to it; nothing where something is to be mended.
fn plan_customer(plan: &mut Plan, entry: &Entry) -> Option<(CustomerId, Effect)> {
    let owner = match &entry.owner_email {
        Some(email) => Some(rep(plan, entry.line, email)?),
        None => None,
    };
    let id = match find_customer(plan, entry)? {
        Some(id) => id,
        None => create_customer(plan, entry, owner.as_ref())?,
    };
    // What is said of a customer that is the same as another would change back and forth what is said of that one: its people are taken over.
    if let Some(standing) = plan.known.stand_ins.get(&id) {
        return Some((*standing, plan.customers.get(standing).copied().unwrap_or(Effect::Same)));
    }
    if let Some(external_id) = &entry.external_id
        && plan.known.external_ids.insert(external_id.clone(), id).is_none()
    {
        plan.external_ids.push((external_id.clone(), id));
        plan.known.numbered.insert(id);
    }
    for (column, value) in [
        (Column::Customer, Some(entry.customer.clone())),
        (Column::Place, entry.place.clone()),
        (Column::Industry, entry.industry.clone()),
        (Column::Employees, entry.size.map(|size| size.label().to_owned())),
        (Column::OwnerEmail, entry.owner_email.as_deref().map(fold_email)),
        (Column::Tier, entry.tier.map(|tier| tier.key().to_owned())),
        (Column::WindowDays, entry.window_days.map(|days| days.to_string())),
    ] {
        if let Some(value) = value
            && let Err(line) = plan.say(entry.line, id.0, column, value)
        {
            plan.wrong(entry.line, column, &format!("Line {line} says something else of the same customer. Make them the same."));
            return None;
        }
    }
    let before = plan.known.customers[&id].clone();
    let assignment =
        Assignment { owner: owner.map(|owner| owner.id), tier: entry.tier, window_days: entry.window_days, ..Assignment::default() };
    let mut after = Customer { name: entry.customer.clone(), ..before.clone() };
    after.place = entry.place.clone().unwrap_or(after.place);
    after.industry = entry.industry.clone().unwrap_or(after.industry);
    after.size = entry.size.unwrap_or(after.size);
    // The columns were checked, and nothing else changes.
    let after = assignment.of(&after, plan.known.today).ok().flatten().unwrap_or(after);
    let unchanged = Customer { version: after.version, ..before.clone() };
    if after == unchanged {
        return Some((id, plan.customers.get(&id).copied().unwrap_or(Effect::Same)));
    }
    if after.owner != before.owner {
        plan.moved.insert(id);
    }
    // One import is one change, whatever number of lines makes it.
    let is_first = !plan.customers.contains_key(&id);
    let mut after = Customer { version: before.version + u32::from(is_first), ..after };
    after.history.changed_otherwise(&before.fields(), &after.fields());
    plan.known.customers.insert(id, after);
    Some((id, *plan.customers.entry(id).or_insert(Effect::Update)))
}

/// The rep who signs in with an address.
fn rep(plan: &mut Plan, line: u64, email: &str) -> Option<Member> {
    let found = plan.known.members.get(&fold_email(email)).cloned();
    let words = match &found {
        None => "Nobody signs in with this address. Add the rep first, or correct it.",
        Some(member) if !member.active => "This person is deactivated. Choose another rep.",
        Some(member) if !member.is(Role::Rep) => "This person is not a rep. Choose another, or give them the role.",
        Some(_) => return found,
    };
    plan.wrong(line, Column::OwnerEmail, words);
    None
}

/// The customer that a line means: by its number in another system, else by its name. `None` where something is to be mended.
fn find_customer(plan: &mut Plan, entry: &Entry) -> Option<Option<CustomerId>> {
    if let Some(id) = entry.external_id.as_ref().and_then(|external_id| plan.known.external_ids.get(external_id)) {
        return Some(Some(*id));
    }
    let mut named = plan.known.by_name.get(&fold(&entry.customer)).cloned().unwrap_or_default();
    if entry.external_id.is_some() {
        // A customer with another number is another customer of the same name.
        named.retain(|id| !plan.known.numbered.contains(id));
    }
    // One in the archive is meant only where no other has the name.
    if named.iter().any(|id| !plan.known.customers[id].archived) {
        named.retain(|id| !plan.known.customers[id].archived);
    }
    if named.len() > 1
        && let Some(place) = &entry.place
    {
        named.retain(|id| fold(&plan.known.customers[id].place) == fold(place));
    }
    // Those that are one are no several; the one that stands for the others is meant, if it has the name.
    let stands_for = |id: &CustomerId| plan.known.stand_ins.get(id).copied().unwrap_or(*id);
    if named.iter().map(stands_for).collect::<BTreeSet<_>>().len() == 1 {
        named.sort_by_key(|id| stands_for(id) != *id);
        named.truncate(1);
    }
    match named[..] {
        [] => Some(None),
        [one] => Some(Some(one)),
        _ => {
            plan.wrong(entry.line, Column::Customer, "Several customers have this name. Tell them apart by external_id or place.");
            None
        }
    }
}

fn create_customer(plan: &mut Plan, entry: &Entry, owner: Option<&Member>) -> Option<CustomerId> {
    let Some(owner) = owner else {
        plan.wrong(entry.line, Column::OwnerEmail, "Say who looks after this new customer: the email address of a rep.");
        return None;
    };
    let customer = Customer {
        place: entry.place.clone().unwrap_or_default(),
        industry: entry.industry.clone().unwrap_or_default(),
        size: entry.size.unwrap_or_default(),
        tier: entry.tier.unwrap_or_default(),
        window_days: entry.window_days,
        ..Customer::new(CustomerId(random::uuid()), entry.customer.clone(), owner.id, plan.known.today)
    };
    let id = customer.id;
    plan.known.by_name.entry(fold(&customer.name)).or_default().push(id);
    plan.known.customers.insert(id, customer);
    plan.customers.insert(id, Effect::Create);
    Some(id)
}
