//! A member changes team: what follows goes along.

use crate::{
    on_both_engines,
    support::{
        Phone, TestApp, held, new_customer,
        visitor::{Visit, submit},
    },
};
use app::{
    account::{Member, Role},
    id::{PromiseId, ReflectionId},
    promise::{Promise, PromiseState},
    reflection::Reflection,
    sync::protocol::{Entity, Mutation, Row},
    time::Timestamp,
};
use serde_json::json;
use server::random;
use std::collections::BTreeSet;

/// The kinds of rows that a phone holds of what belongs to somebody.
async fn kinds(phone: &mut Phone<'_>) -> BTreeSet<Entity> {
    let common = [Entity::Organisation, Entity::Team, Entity::Member, Entity::Score];
    phone.rows().await.iter().map(Row::entity).filter(|entity| !common.contains(entity)).collect()
}

async fn save(app: &TestApp, member: &Member) {
    let office = app.team("Office", None).await;
    let ada = app.signed_in(&app.member("Ada", &office, &[Role::Administrator]).await).await;
    app.call("account/save_member", Some(&ada), json!({ "member": member })).await.ok::<()>();
}

on_both_engines! {
    async fn the_old_manager_loses_and_the_new_one_gets_all_that_follows(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "4")]).await;
        let (rep, customer) = (visit.rep.clone(), visit.customer.id);
        let due = "2026-07-01".parse().expect("a date");
        let promise = Promise {
            id: PromiseId(random::uuid()),
            customer,
            meeting: Some(visit.meeting.id),
            maker: rep.id,
            keeper: rep.id,
            what: "A quote".into(),
            due,
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        };
        visit.phone.must(Mutation::MakePromise { promise }).await;
        for shared in [true, false] {
            let what_happened = if shared { "Went well" } else { "Private" };
            let reflection = Reflection {
                id: ReflectionId(random::uuid()),
                author: rep.id,
                meeting: None,
                written_at: Timestamp(1_780_000_000_000),
                what_happened: what_happened.into(),
                so_what: String::new(),
                now_what: String::new(),
                energy: None,
                confidence: None,
                mood: None,
                shared,
            };
            visit.phone.must(Mutation::WriteReflection { reflection, saw: None }).await;
        }
        let south = app.team("South", None).await;
        let mut new_managers = app.phone(&app.member("Sue", &south, &[Role::Manager]).await).await;
        let before = kinds(&mut visit.managers_phone).await;
        for entity in [Entity::Customer, Entity::Contact, Entity::Meeting, Entity::Promise, Entity::Invitation, Entity::Rating, Entity::Reflection] {
            assert!(before.contains(&entity), "{entity:?}");
        }
        assert!(kinds(&mut new_managers).await.is_empty());
        let own = kinds(&mut visit.phone).await;

        save(&app, &Member { team: Some(south.id), ..rep.clone() }).await;

        assert!(kinds(&mut visit.managers_phone).await.is_empty(), "{:?}", kinds(&mut visit.managers_phone).await);
        assert_eq!(kinds(&mut new_managers).await, before);
        assert_eq!(kinds(&mut visit.phone).await, own, "the rep keeps everything");
        let rows = new_managers.rows().await;
        let reflections = rows.iter().filter_map(|row| if let Row::Reflection(it) = row { Some(it) } else { None });
        assert!(reflections.clone().count() == 1 && reflections.clone().all(|it| it.shared), "what is not shared reaches nobody");

        save(&app, &Member { team: None, ..rep }).await;
        assert!(kinds(&mut new_managers).await.is_empty(), "without a team there is no manager");
        assert_eq!(kinds(&mut visit.phone).await, own);
    }

    async fn a_part_in_anothers_customer_goes_along_and_the_customer_stays(app) {
        let (north, south) = (app.team("North", None).await, app.team("South", None).await);
        let (rik, sam) = (app.member("Rik", &north, &[Role::Rep]).await, app.member("Sam", &north, &[Role::Rep]).await);
        let mut norths = app.phone(&app.member("Mia", &north, &[Role::Manager]).await).await;
        let mut souths = app.phone(&app.member("Sue", &south, &[Role::Manager]).await).await;
        let customer = new_customer(rik.id, "Acme");
        app.phone(&rik).await.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
        let office = app.signed_in(&app.member("Ada", &north, &[Role::Administrator]).await).await;
        let with = json!({ "customers": [customer.id], "assignment": { "with": [sam.id] } });
        assert_eq!(app.call("customer/assign_customers", Some(&office), with).await.ok::<usize>(), 1);
        app.phone(&sam).await.must(Mutation::CreateMeeting { meeting: held(sam.id, customer.id, 0) }).await;

        save(&app, &Member { team: Some(south.id), ..sam }).await;

        let meetings = BTreeSet::from([Entity::Meeting]);
        assert_eq!(kinds(&mut souths).await, meetings, "the meeting, not the customer, whose owner did not move");
        assert!(kinds(&mut norths).await.is_superset(&meetings), "the customer's side still sees what happened there");
        save(&app, &Member { team: Some(south.id), ..rik }).await;
        assert!(kinds(&mut norths).await.is_empty());
    }
}
