//! What was carried from one device of a member to another by hand is taken once, whichever device sends it first.

use crate::{on_both_engines, support::new_customer};
use app::{
    account::Role,
    id::DeviceId,
    sync::{
        Refusal,
        protocol::{Envelope, Mutation, Outcome, Push, Row},
    },
};
use server::random;

on_both_engines! {
    async fn a_mutation_sent_from_two_devices_of_its_member_is_applied_once_and_answered_alike(app) {
        let rep = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let good = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") });
        let bad = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, " ") });
        let first = phone.push(&phone.batch(vec![good.clone(), bad.clone()])).await;
        let renumbered = |envelope: &Envelope, sequence| Envelope { sequence, ..envelope.clone() };
        let carried = Push {
            device: DeviceId(random::uuid()),
            lowest_unsent: 3,
            seen: None,
            mutations: vec![renumbered(&bad, 1), renumbered(&good, 2)],
        };
        for _ in 0..2 {
            let pushed = phone.push(&carried).await;
            let mut answered = pushed.receipts;
            answered.reverse();
            assert_eq!((answered, pushed.missing), (first.receipts.clone(), vec![]));
        }
        assert_eq!(phone.rows().await.iter().filter(|row| matches!(row, Row::Customer(_))).count(), 1);
    }

    async fn another_content_under_the_same_id_is_an_error_from_any_device(app) {
        let rep = app.member("Rik", &app.team("North", None).await, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let mut envelope = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") });
        phone.push(&phone.batch(vec![envelope.clone()])).await;
        envelope.mutation = Mutation::CreateCustomer { customer: new_customer(rep.id, "Other") };
        let carried = Push { device: DeviceId(random::uuid()), ..phone.batch(vec![envelope]) };
        assert_eq!(phone.push(&carried).await.receipts[0].outcome, Outcome::Refused { refusal: Refusal::Altered });
    }

    async fn another_members_mutation_of_the_same_id_is_no_repetition(app) {
        let team = app.team("North", None).await;
        let (rik, sam) = (app.member("Rik", &team, &[Role::Rep]).await, app.member("Sam", &team, &[Role::Rep]).await);
        let (mut riks, mut sams) = (app.phone(&rik).await, app.phone(&sam).await);
        let envelope = riks.envelope(Mutation::CreateCustomer { customer: new_customer(rik.id, "Acme") });
        riks.push(&riks.batch(vec![envelope.clone()])).await;
        let mut own = sams.envelope(Mutation::CreateCustomer { customer: new_customer(sam.id, "Bakker") });
        own.id = envelope.id;
        assert!(matches!(sams.push(&sams.batch(vec![own])).await.receipts[0].outcome, Outcome::Accepted { .. }));
    }
}
