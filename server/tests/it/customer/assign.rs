use crate::{
    on_both_engines,
    support::{Phone, TestApp, new_customer, new_member, new_organisation, visitor::Visit},
};
use app::{
    account::Role,
    customer::{Customer, CustomersFound},
    id::CustomerId,
    sync::protocol::{Mutation, ProblemCode, Row},
};
use serde_json::{Value, json};
use server::{clock, random};

async fn administrator(app: &TestApp) -> String {
    let office = app.team("Office", None).await;
    app.signed_in(&app.member("Ada", &office, &[Role::Administrator]).await).await
}

/// The customers and meetings that a phone holds.
async fn held(phone: &mut Phone<'_>) -> (Vec<Customer>, usize) {
    let rows = phone.rows().await;
    let customers = rows.iter().filter_map(|row| if let Row::Customer(it) = row { Some(it.clone()) } else { None }).collect();
    (customers, rows.iter().filter(|row| matches!(row, Row::Meeting(_))).count())
}

on_both_engines! {
    async fn a_new_owner_gets_everything_and_the_one_before_keeps_only_who_was_met(app) {
        let ada = administrator(&app).await;
        let mut visit = Visit::new(&app).await;
        let south = app.team("South", None).await;
        let sam = app.member("Sam", &south, &[Role::Rep]).await;
        let (mut sams, mut sues) = (app.phone(&sam).await, app.phone(&app.member("Sue", &south, &[Role::Manager]).await).await);
        let long_ago = clock::now().plus_days(-400).date_at(0);
        let assignment = json!({ "customers": [visit.customer.id], "assignment": { "owner": sam.id, "since": long_ago } });
        let late = app.call("customer/assign_customers", Some(&ada), assignment).await.failure();
        assert_eq!((late.code, late.field.as_deref()), (ProblemCode::Malformed, Some("since")));
        let today = json!({ "customers": [visit.customer.id], "assignment": { "owner": sam.id } });
        app.call("customer/assign_customers", Some(&ada), today).await.ok::<usize>();
        for phone in [&mut sams, &mut sues] {
            let (customers, meetings) = held(phone).await;
            assert_eq!((customers.len(), meetings), (1, 1));
            assert_eq!(customers[0].owner, sam.id);
        }
        let (customers, meetings) = held(&mut visit.phone).await;
        assert_eq!((customers.len(), meetings), (0, 1), "what the rep did stays with the rep");
        let (customers, meetings) = held(&mut visit.managers_phone).await;
        assert_eq!((customers.len(), meetings), (0, 1), "and with the rep's manager");
        let outcome = visit.phone.make(Mutation::CreateMeeting { meeting: crate::support::held(visit.rep.id, visit.customer.id, 5) }).await;
        assert!(format!("{outcome:?}").contains("NotFound"), "no new meetings there: {outcome:?}");
    }

    async fn many_are_assigned_at_once_or_none(app) {
        let ada = administrator(&app).await;
        let team = app.team("North", None).await;
        let (rik, sam) = (app.member("Rik", &team, &[Role::Rep]).await, app.member("Sam", &team, &[Role::Rep]).await);
        let mut phone = app.phone(&rik).await;
        let mut ids = Vec::new();
        for n in 0..20 {
            let customer = new_customer(rik.id, &format!("Customer {n}"));
            ids.push(customer.id);
            phone.must(Mutation::CreateCustomer { customer }).await;
        }
        let assign = async |ids: &[CustomerId], assignment: Value| {
            app.call("customer/assign_customers", Some(&ada), json!({ "customers": ids, "assignment": assignment })).await
        };
        let mut with_a_stranger = ids.clone();
        with_a_stranger.push(CustomerId(random::uuid()));
        assert_eq!(assign(&with_a_stranger, json!({ "owner": sam.id })).await.failure().code, ProblemCode::NotFound);
        assert_eq!(held(&mut phone).await.0.iter().filter(|it| it.owner == rik.id).count(), 20, "none was assigned");
        assert_eq!(assign(&ids, json!({ "owner": sam.id, "window_days": 30 })).await.ok::<usize>(), 20);
        assert_eq!(assign(&ids, json!({ "owner": sam.id, "window_days": 30 })).await.ok::<usize>(), 0, "the same again changes nothing");
        let mut sams = app.phone(&sam).await;
        assert!(held(&mut sams).await.0.iter().all(|it| it.window_days == Some(30)));
        assert!(held(&mut phone).await.0.is_empty());
        assert_eq!(assign(&ids[..2], json!({ "with": [rik.id], "window_days": 0 })).await.ok::<usize>(), 2);
        assert_eq!(held(&mut phone).await.0.len(), 2, "a co-owner sees it");
        assert_eq!(assign(&ids, json!({ "without": [rik.id] })).await.ok::<usize>(), 2);
        assert!(held(&mut phone).await.0.is_empty());
    }

    async fn customers_go_only_to_active_reps_of_the_organisation(app) {
        let ada = administrator(&app).await;
        let visit = Visit::new(&app).await;
        let team = app.team("North", None).await;
        let manager = app.member("Mia", &team, &[Role::Manager]).await;
        let (other, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, other.id, "Stranger", team.id, &[Role::Rep]).await;
        let gone = app.member("Gone", &team, &[Role::Rep]).await;
        let left = json!({ "member": app::account::Member { active: false, ..gone.clone() } });
        app.call("account/save_member", Some(&ada), left).await.ok::<()>();
        for member in [manager.id, stranger.id, gone.id] {
            for assignment in [json!({ "owner": member }), json!({ "with": [member] })] {
                let arguments = json!({ "customers": [visit.customer.id], "assignment": assignment });
                let failure = app.call("customer/assign_customers", Some(&ada), arguments).await.failure();
                assert_eq!((failure.code, failure.field.as_deref()), (ProblemCode::Malformed, Some("owner")));
            }
        }
        for (customers, assignment) in [
            (json!([visit.customer.id]), json!({})),
            (json!([visit.customer.id]), json!({ "window_days": 1000 })),
            (json!([visit.customer.id]), json!({ "owner": visit.rep.id, "since": "2099-01-01" })),
            (json!([]), json!({ "window_days": 10 })),
            (json!(vec![visit.customer.id; 501]), json!({ "window_days": 10 })),
        ] {
            let arguments = json!({ "customers": customers, "assignment": assignment });
            assert_eq!(app.call("customer/assign_customers", Some(&ada), arguments).await.failure().code, ProblemCode::Malformed);
        }
    }

    async fn an_administrator_finds_everybodys_customers(app) {
        let ada = administrator(&app).await;
        let (one, other) = (Visit::new(&app).await, Visit::new(&app).await);
        let (others, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, others.id, "Stranger", one.rep.team.expect("a team"), &[Role::Rep]).await;
        let mut strange = Phone::new(&app, others.id, &stranger).await;
        strange.must(Mutation::CreateCustomer { customer: new_customer(stranger.id, "Acme of others") }).await;
        let search = async |search: Value| app.call("customer/search_customers", Some(&ada), json!({ "search": search })).await.ok::<CustomersFound>();
        assert_eq!(search(json!({})).await.total, 2);
        assert_eq!(search(json!({ "words": "ACME" })).await.total, 2);
        assert_eq!(search(json!({ "words": "zenith" })).await.total, 0);
        let of_one = search(json!({ "owner": one.rep.id })).await;
        assert_eq!((of_one.total, of_one.customers[0].id), (1, one.customer.id));
        assert_ne!(one.customer.id, other.customer.id);
    }
}
