use crate::{
    on_both_engines,
    support::{Phone, new_customer},
};
use app::{
    account::{Absence, Availability, Hours, Role, WorkingHours},
    id::{AbsenceId, MemberId},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, Row},
    },
};
use serde_json::json;
use server::random;

fn absence(cover: Option<MemberId>) -> Absence {
    let day = |text: &str| text.parse().expect("a date");
    Absence { id: AbsenceId(random::uuid()), from: day("2026-08-03"), until: day("2026-08-14"), cover }
}

async fn said(phone: &mut Phone<'_>, of: MemberId) -> Option<Availability> {
    let rows = phone.rows().await.into_iter();
    rows.filter_map(|row| if let Row::Availability(it) = row { Some(it) } else { None }).find(|it| it.member == of)
}

on_both_engines! {
    async fn everybody_sees_when_somebody_works_and_only_that_member_says_it(app) {
        let (north, south) = (app.team("North", None).await, app.team("South", None).await);
        let (rik, zoe) = (app.member("Rik", &north, &[Role::Rep]).await, app.member("Zoë", &south, &[Role::Rep]).await);
        let (mut riks, mut zoes) = (app.phone(&rik).await, app.phone(&zoe).await);
        let hours = Hours::Own(WorkingHours::on_working_days(9, 17));
        let away = absence(None);
        riks.must(Mutation::SetHours { member: rik.id, hours: hours.clone() }).await;
        riks.must(Mutation::PlanAbsence { member: rik.id, absence: away.clone() }).await;
        let expected = Availability { member: rik.id, hours, absences: vec![away.clone()] };
        assert_eq!(said(&mut zoes, rik.id).await, Some(expected));
        for mutation in [
            Mutation::SetHours { member: rik.id, hours: Hours::Usual },
            Mutation::PlanAbsence { member: rik.id, absence: absence(None) },
            Mutation::CancelAbsence { member: rik.id, id: away.id },
        ] {
            assert_eq!(zoes.make(mutation).await, Outcome::Refused { refusal: Refusal::NotYours });
        }
        riks.must(Mutation::CancelAbsence { member: rik.id, id: away.id }).await;
        assert_eq!(said(&mut zoes, rik.id).await.map(|it| it.absences.len()), Some(0));
    }

    async fn only_who_sees_the_customers_anyway_covers(app) {
        let (north, south) = (app.team("North", None).await, app.team("South", None).await);
        let office = app.member("Ada", &north, &[Role::Administrator]).await;
        let rik = app.member("Rik", &north, &[Role::Rep]).await;
        let (bo, mia) = (app.member("Bo", &north, &[Role::Rep]).await, app.member("Mia", &north, &[Role::Manager]).await);
        let stranger = app.member("Sam", &south, &[Role::Manager]).await;
        let mut riks = app.phone(&rik).await;
        let customer = new_customer(rik.id, "Acme");
        riks.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
        let plan = |cover: MemberId| Mutation::PlanAbsence { member: rik.id, absence: absence(Some(cover)) };
        for cover in [bo.id, stranger.id, rik.id] {
            let outcome = riks.make(plan(cover)).await;
            assert!(matches!(&outcome, Outcome::Refused { refusal: Refusal::Invalid { field, .. } } if field == "cover"), "{outcome:?}");
        }
        riks.must(plan(mia.id)).await;
        let with = json!({ "customers": [customer.id], "assignment": { "with": [bo.id] } });
        app.call("customer/assign_customers", Some(&app.signed_in(&office).await), with).await.ok::<usize>();
        riks.must(plan(bo.id)).await;
        assert_eq!(said(&mut riks, rik.id).await.map(|it| it.absences.len()), Some(2), "nothing of what was refused is kept");
    }

    async fn a_phone_of_before_is_not_told_of_what_it_cannot_read(app) {
        let team = app.team("North", None).await;
        let rik = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rik).await;
        phone.must(Mutation::PlanAbsence { member: rik.id, absence: absence(None) }).await;
        let pull = json!({ "wire": 4, "member": rik.id, "cursors": [] });
        let (_, answer) = app.post("/api/sync/pull", Some(&phone.cookie), pull.to_string()).await;
        assert!(!answer.contains("colleagues") && !answer.contains("own/") && !answer.contains("availability"), "{answer}");
    }
}
