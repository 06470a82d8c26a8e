//! What two people changed of a customer or a contact, in words.

use super::{Contact, ContactEdit, ContactField, Customer, CustomerEdit, CustomerField, contacts_of};
use crate::{
    id::CustomerId,
    sync::{
        merge::{ClashLine, Reader},
        protocol::Mutation,
    },
};

/// The open clashes in a customer and in the people there.
pub fn clashes_at(reader: &Reader<'_>, customer: CustomerId) -> Vec<ClashLine> {
    let own = reader.replica.customers.get(&customer).into_iter().flat_map(|customer| clashes_of_customer(reader, customer));
    let people = contacts_of(reader.replica, customer).into_iter().flat_map(|contact| clashes_of_contact(reader, &contact));
    own.chain(people).collect()
}

fn clashes_of_customer(reader: &Reader<'_>, customer: &Customer) -> Vec<ClashLine> {
    let field = |field| match field {
        CustomerField::Name => "the name",
        CustomerField::Place => "the place",
        CustomerField::Industry => "what it does",
        CustomerField::Size => "its size",
        CustomerField::Tier => "how much attention it wants",
        CustomerField::Window => "how often to get in touch",
        CustomerField::Ideal => "how often it is ideally met",
        CustomerField::Archived => "whether it is archived",
        CustomerField::Newer => "something",
    };
    let open = customer.history.open(&customer.fields()).into_iter();
    open.map(|clash| {
        let back = Mutation::edit_customer(customer, clash.lost.clone());
        reader.line(&customer.id.to_string(), clash, field(clash.field), customer_value, Some(back))
    })
    .collect()
}

/// The open clashes in a contact.
pub fn clashes_of_contact(reader: &Reader<'_>, contact: &Contact) -> Vec<ClashLine> {
    let field = |field| match field {
        ContactField::Name => "name",
        ContactField::Role => "role",
        ContactField::Email => "email address",
        ContactField::Phone => "telephone number",
        ContactField::Archived => "place on the list",
        ContactField::Newer => "details",
    };
    let open = contact.history.open(&contact.fields()).into_iter();
    open.map(|clash| {
        let back = Mutation::edit_contact(contact, clash.lost.clone());
        let field = format!("{}’s {}", contact.name, field(clash.field));
        reader.line(&contact.id.to_string(), clash, &field, contact_value, Some(back))
    })
    .collect()
}

/// The value of the one field that `edit` is about.
fn customer_value(edit: &CustomerEdit) -> String {
    let window = edit.window_days.map(|days| if days == 0 { "as usual".to_owned() } else { format!("every {days} days") });
    let ideal = edit.ideal_days.map(|days| if days == 0 { "as usual".to_owned() } else { format!("every {days} days") });
    let tier = edit.tier.map(|tier| tier.label().to_lowercase());
    let archived = edit.archived.map(|archived| if archived { "archived" } else { "not archived" }.to_owned());
    let size = edit.size.map(|size| size.label().to_owned());
    let text = edit.name.clone().or_else(|| edit.place.clone()).or_else(|| edit.industry.clone());
    text.or(size).or(tier).or(window).or(ideal).or(archived).unwrap_or_default()
}

/// The value of the one field that `edit` is about.
fn contact_value(edit: &ContactEdit) -> String {
    let ContactEdit { name, role, email, phone, archived } = edit.clone();
    let archived = archived.map(|archived| if archived { "no longer there" } else { "there" }.to_owned());
    name.or(role).or(email).or(phone).or(archived).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::Member,
        id::MemberId,
        sync::{
            Replica,
            merge::{Edit, Incoming},
            protocol::Row,
            sample::{ME, a_contact, a_customer, noon, on},
        },
    };
    use uuid::Uuid;

    const RIK: MemberId = MemberId(Uuid::from_u128(0x51c));

    /// A replica with customer 1, on which `edits` by their authors met, each on the day after the one before.
    fn met(edits: &[(MemberId, CustomerEdit)]) -> Replica {
        let before = a_customer(1);
        let mut days = ["2026-05-04", "2026-05-05"].into_iter();
        let after = edits.iter().fold(before.clone(), |row, (by, edit)| {
            let (saw, at) = (before.fields().seen_by(edit), noon(days.next().expect("two days")));
            row.merged(&Incoming { edit, base: 0, saw: &saw, by: *by, at }).expect("valid")
        });
        let mut replica = Replica::default();
        let rik = Member { id: RIK, name: "Rik".into(), email: "r@x".into(), team: None, roles: [].into(), active: true };
        replica.put(Row::Member(rik));
        replica.put(Row::Customer(after));
        replica
    }

    fn told(replica: &Replica) -> Vec<ClashLine> {
        clashes_at(&Reader { replica, me: ME, today: on("2026-05-05"), offset_minutes: 0 }, a_customer(1).id)
    }

    fn place(place: &str) -> CustomerEdit {
        CustomerEdit { place: Some(place.into()), ..CustomerEdit::default() }
    }

    #[test]
    fn a_clash_is_told_with_both_values_and_names_and_the_way_back() {
        let replica = met(&[(RIK, place("Zeist")), (ME, place("Utrecht"))]);
        let lines = told(&replica);
        let [line] = lines.as_slice() else { panic!("one clash: {lines:?}") };
        assert_eq!(line.words, "Two people changed the place: “Utrecht” (you, today) over “Zeist” (Rik, yesterday).");
        let (words, back) = line.take_back.clone().expect("whoever sees a customer may change it");
        assert_eq!(words, "Use “Zeist”");
        let current = &replica.customers[&a_customer(1).id];
        assert_eq!(back, Mutation::edit_customer(current, place("Zeist")));
    }

    #[test]
    fn two_devices_and_an_empty_field_are_told_as_what_they_are() {
        let words = |edits: &[(MemberId, CustomerEdit)]| told(&met(edits)).remove(0).words;
        assert_eq!(
            words(&[(RIK, place("Zeist")), (RIK, place("Utrecht"))]),
            "Rik changed the place on two devices: “Utrecht” (Rik, today) over “Zeist” (Rik, yesterday)."
        );
        let window = |days| CustomerEdit { window_days: Some(days), ..CustomerEdit::default() };
        assert_eq!(
            words(&[(RIK, window(30)), (ME, window(9))]),
            "Two people changed how often to get in touch: “every 9 days” (you, today) over “every 30 days” (Rik, yesterday)."
        );
    }

    #[test]
    fn a_long_text_stands_whole_below_the_sentence() {
        let long = "Beside the canal, ".repeat(6);
        let line = told(&met(&[(RIK, place(&long)), (ME, place("Utrecht"))])).remove(0);
        assert_eq!(line.text.as_deref(), Some(long.as_str()));
        assert_eq!(
            line.words,
            "Two people changed the place. What stands is the later one (you, today). This is the other (Rik, yesterday):"
        );
    }

    #[test]
    fn a_contacts_clash_names_the_person() {
        let before = a_contact(2, 1);
        let role = |role: &str| ContactEdit { role: Some(role.into()), ..ContactEdit::default() };
        let after = [(RIK, "Buyer"), (ME, "Director")].iter().fold(before.clone(), |row, (by, it)| {
            let saw = before.fields().seen_by(&role(it));
            row.merged(&Incoming { edit: &role(it), base: 0, saw: &saw, by: *by, at: noon("2026-05-05") }).expect("valid")
        });
        let mut replica = met(&[]);
        replica.put(Row::Contact(after));
        assert_eq!(told(&replica)[0].words, "Two people changed Contact 2’s role: “Director” (you, today) over “Buyer” (Rik, today).");
    }
}
