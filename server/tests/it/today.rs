//! What members put off on Today.

use crate::{on_both_engines, support::Phone};
use app::{
    account::{Member, Role},
    id::SubjectId,
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, Row},
    },
    today::{Snooze, SnoozeReason},
};
use server::random;

fn put_off(member: &Member, subject: SubjectId, until: &str) -> Snooze {
    Snooze { member: member.id, subject, until: until.parse().expect("a date"), because: SnoozeReason::WaitingForThem }
}

async fn held(phone: &mut Phone<'_>) -> Vec<Snooze> {
    phone.rows().await.into_iter().filter_map(|row| if let Row::Snooze(it) = row { Some(it) } else { None }).collect()
}

on_both_engines! {
    async fn what_is_put_off_on_one_device_is_put_off_on_the_other_and_nobody_else_hears_of_it(app) {
        let team = app.team("North", None).await;
        let (rik, mia) = (app.member("Rik", &team, &[Role::Rep]).await, app.member("Mia", &team, &[Role::Manager]).await);
        let (mut phone, mut tablet, mut mias) = (app.phone(&rik).await, app.phone(&rik).await, app.phone(&mia).await);
        let subject = SubjectId(random::uuid());
        phone.must(Mutation::Snooze { snooze: put_off(&rik, subject, "2026-06-08") }).await;
        assert_eq!(held(&mut tablet).await, [put_off(&rik, subject, "2026-06-08")]);
        tablet.must(Mutation::Snooze { snooze: put_off(&rik, subject, "2026-06-15") }).await;
        assert_eq!(held(&mut phone).await, [put_off(&rik, subject, "2026-06-15")], "once at a time, the later one stands");
        assert_eq!(held(&mut mias).await, []);
        for device in [&mut phone, &mut tablet] {
            device.must(Mutation::Wake { member: rik.id, subject }).await;
        }
        assert_eq!((held(&mut phone).await, held(&mut tablet).await), (vec![], vec![]));
    }

    async fn nobody_puts_off_for_another(app) {
        let team = app.team("North", None).await;
        let (rik, mia) = (app.member("Rik", &team, &[Role::Rep]).await, app.member("Mia", &team, &[Role::Manager]).await);
        let (mut riks, mut mias) = (app.phone(&rik).await, app.phone(&mia).await);
        let subject = SubjectId(random::uuid());
        riks.must(Mutation::Snooze { snooze: put_off(&rik, subject, "2026-06-08") }).await;
        for mutation in [Mutation::Snooze { snooze: put_off(&rik, subject, "2026-07-01") }, Mutation::Wake { member: rik.id, subject }] {
            assert_eq!(mias.make(mutation).await, Outcome::Refused { refusal: Refusal::NotYours });
        }
        assert_eq!(held(&mut riks).await, [put_off(&rik, subject, "2026-06-08")]);
    }
}
