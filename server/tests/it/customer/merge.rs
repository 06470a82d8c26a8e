//! Edits that meet: made on the same row by people and devices that had not seen each other's.

use crate::{
    on_both_engines,
    support::{Phone, TestApp, held, new_contact, new_customer, new_member},
};
use app::{
    account::{Member, Role},
    customer::{ContactEdit, Customer, CustomerEdit},
    id::CustomerId,
    meeting::{Meeting, MeetingEdit},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, Row},
    },
};
use serde_json::json;
use server::{clock, random};

fn place(place: &str) -> CustomerEdit {
    CustomerEdit { place: Some(place.into()), ..CustomerEdit::default() }
}

/// Anna, who looks after a customer with Rik, Rik, and the customer as both see it.
async fn shared(app: &TestApp) -> (Member, Member, Customer) {
    let team = app.team("North", None).await;
    let office = app.member("Ada", &team, &[Role::Administrator]).await;
    let (anna, rik) = (app.member("Anna", &team, &[Role::Rep]).await, app.member("Rik", &team, &[Role::Rep]).await);
    let customer = new_customer(anna.id, "Acme");
    let mut phone = app.phone(&anna).await;
    phone.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
    let with = json!({ "customers": [customer.id], "assignment": { "with": [rik.id] } });
    app.call("customer/assign_customers", Some(&app.signed_in(&office).await), with).await.ok::<usize>();
    let customer = seen(&mut phone, customer.id).await;
    (anna, rik, customer)
}

async fn seen(phone: &mut Phone<'_>, id: CustomerId) -> Customer {
    let found = phone.rows().await.into_iter().find_map(|row| if let Row::Customer(it) = row { Some(it) } else { None });
    found.filter(|customer| customer.id == id).expect("the customer is pulled")
}

async fn seen_meeting(phone: &mut Phone<'_>) -> Meeting {
    let found = phone.rows().await.into_iter().find_map(|row| if let Row::Meeting(it) = row { Some(it) } else { None });
    found.expect("the meeting is pulled")
}

on_both_engines! {
    async fn two_members_who_edit_on_the_same_version_both_see_what_gave_way(app) {
        let (anna, rik, before) = shared(&app).await;
        let (mut annas, mut riks) = (app.phone(&anna).await, app.phone(&rik).await);
        let started = clock::now();
        let with_name = CustomerEdit { name: Some("Acme Group".into()), ..place("Zeist") };
        riks.must(Mutation::edit_customer(&before, with_name)).await;
        annas.must(Mutation::edit_customer(&before, CustomerEdit { window_days: Some(21), ..place("Utrecht") })).await;
        let (one, other) = (seen(&mut annas, before.id).await, seen(&mut riks, before.id).await);
        assert_eq!(one, other, "both phones hold the same");
        assert_eq!((one.name.as_str(), one.place.as_str(), one.window_days), ("Acme Group", "Utrecht", Some(21)));
        let [clash] = one.history.clashes() else { panic!("one clash: {one:?}") };
        assert_eq!((&clash.lost, &clash.won), (&place("Zeist"), &place("Utrecht")));
        let lost_by = clash.lost_by.expect("Rik wrote it");
        assert_eq!((lost_by.by, clash.won_by.by), (rik.id, anna.id));
        assert!(lost_by.at >= started && clash.won_by.at >= lost_by.at, "the times are the server's, not the phones'");
        annas.must(Mutation::edit_customer(&one, clash.lost.clone())).await;
        let decided = seen(&mut riks, before.id).await;
        assert_eq!((decided.place.as_str(), decided.history.open(&decided.fields()).len()), ("Zeist", 0));
    }

    async fn in_the_other_order_the_other_wins_and_nothing_is_lost_either(app) {
        let (anna, rik, before) = shared(&app).await;
        let (mut annas, mut riks) = (app.phone(&anna).await, app.phone(&rik).await);
        annas.must(Mutation::edit_customer(&before, place("Utrecht"))).await;
        riks.must(Mutation::edit_customer(&before, place("Zeist"))).await;
        let after = seen(&mut annas, before.id).await;
        let clashes: Vec<_> = after.history.clashes().iter().map(|clash| (&clash.lost, clash.won_by.by)).collect();
        assert_eq!((after.place.as_str(), clashes), ("Zeist", vec![(&place("Utrecht"), rik.id)]));
    }

    async fn two_devices_of_one_member_meet_as_two_members_do(app) {
        let (anna, _, before) = shared(&app).await;
        let (mut phone, mut tablet) = (app.phone(&anna).await, app.phone(&anna).await);
        for (device, words) in [(&mut phone, "Zeist"), (&mut tablet, "Utrecht")] {
            device.must(Mutation::edit_customer(&before, place(words))).await;
        }
        let (one, other) = (seen(&mut phone, before.id).await, seen(&mut tablet, before.id).await);
        assert_eq!(one, other);
        assert_eq!((one.place.as_str(), one.history.clashes().len()), ("Utrecht", 1));
    }

    async fn what_one_phone_queued_meets_only_what_others_wrote(app) {
        let (anna, rik, before) = shared(&app).await;
        let (mut annas, mut riks) = (app.phone(&anna).await, app.phone(&rik).await);
        riks.must(Mutation::edit_customer(&before, place("Zeist"))).await;
        // As her phone shows it after the first, before it hears of Rik's.
        let shown = before.edited(&place("Utrecht")).expect("valid");
        let queue = [Mutation::edit_customer(&before, place("Utrecht")), Mutation::edit_customer(&shown, place("Utrecht Centraal"))];
        let queue: Vec<_> = queue.map(|mutation| annas.envelope(mutation)).into();
        let pushed = annas.push(&annas.batch(queue)).await;
        assert!(pushed.receipts.iter().all(|receipt| matches!(receipt.outcome, Outcome::Accepted { .. })), "{pushed:?}");
        let after = seen(&mut annas, before.id).await;
        let lost: Vec<_> = after.history.clashes().iter().map(|clash| clash.lost.clone()).collect();
        assert_eq!((after.place.as_str(), lost), ("Utrecht Centraal", vec![place("Zeist")]));
    }

    async fn an_older_phones_edit_is_told_apart_by_its_version(app) {
        let (anna, rik, before) = shared(&app).await;
        let (mut annas, mut riks) = (app.phone(&anna).await, app.phone(&rik).await);
        riks.must(Mutation::edit_customer(&before, place("Zeist"))).await;
        let edit = |base, words| Mutation::EditCustomer { id: before.id, base, edit: place(words), saw: CustomerEdit::default() };
        annas.must(edit(before.version, "Utrecht")).await;
        annas.must(edit(before.version + 2, "Breda")).await;
        let after = seen(&mut annas, before.id).await;
        let lost: Vec<_> = after.history.clashes().iter().map(|clash| clash.lost.clone()).collect();
        assert_eq!((after.place.as_str(), lost), ("Breda", vec![place("Zeist")]));
    }

    async fn contacts_and_meetings_keep_what_gave_way_too(app) {
        let (anna, rik, customer) = shared(&app).await;
        let team = anna.team.expect("a team");
        let mia = new_member(&app.state, app.organisation.id, "Mia", team, &[Role::Manager]).await;
        let contact = new_contact(customer.id, "Cora");
        let (mut annas, mut riks) = (app.phone(&anna).await, app.phone(&rik).await);
        annas.must(Mutation::CreateContact { contact: contact.clone() }).await;
        let role = |role: &str| ContactEdit { role: Some(role.into()), ..ContactEdit::default() };
        riks.must(Mutation::edit_contact(&contact, role("Buyer"))).await;
        annas.must(Mutation::edit_contact(&contact, role("Director"))).await;
        let rows = riks.rows().await;
        let found = rows.iter().find_map(|row| if let Row::Contact(it) = row { Some(it) } else { None }).expect("the contact is pulled");
        assert_eq!((found.role.as_str(), &found.history.clashes()[0].lost), ("Director", &role("Buyer")));

        let meeting = held(anna.id, customer.id, 1);
        annas.must(Mutation::CreateMeeting { meeting: meeting.clone() }).await;
        let (whole, short) = ("Fewer deliveries, on fixed days. ".repeat(100), "Fewer deliveries");
        let matters = |words: &str| MeetingEdit { matters: Some(words.into()), ..MeetingEdit::default() };
        annas.must(Mutation::edit_meeting(&meeting, matters(&whole), None)).await;
        let tidied = Mutation::edit_meeting(&meeting, matters(short), Some("I was there".into()));
        app.phone(&mia).await.must(tidied).await;
        let found = seen_meeting(&mut annas).await;
        assert_eq!((found.notes.matters.as_str(), found.corrections.len()), (short, 1));
        assert_eq!(found.history.clashes()[0].lost, matters(&whole), "the whole text is kept");
    }

    async fn nobody_brings_a_history_along(app) {
        let (anna, rik, before) = shared(&app).await;
        let (mut annas, mut riks) = (app.phone(&anna).await, app.phone(&rik).await);
        riks.must(Mutation::edit_customer(&before, place("Zeist"))).await;
        let edited = seen(&mut annas, before.id).await;
        let forged = Customer { id: CustomerId(random::uuid()), co_owners: [].into(), ..edited };
        let outcome = annas.make(Mutation::CreateCustomer { customer: forged }).await;
        assert_eq!(outcome, Outcome::Refused { refusal: Refusal::NotYours });
    }
}
