use crate::{
    on_both_engines,
    support::{Phone, at, visitor::Visit},
};
use app::{
    account::Role,
    customer::Insight,
    id::InsightId,
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, Row},
    },
};
use server::random;

async fn insights(phone: &mut Phone<'_>) -> Vec<InsightId> {
    phone.rows().await.iter().filter_map(|row| if let Row::Insight(it) = row { Some(it.id) } else { None }).collect()
}

on_both_engines! {
    async fn who_wrote_something_down_takes_it_back_everywhere_and_nobody_else_does(app) {
        let mut visit = Visit::new(&app).await;
        let insight = Insight {
            id: InsightId(random::uuid()),
            contact: visit.contact.id,
            customer: visit.customer.id,
            meeting: Some(visit.meeting.id),
            author: visit.rep.id,
            written_at: at(0),
            text: "Restores old boats".into(),
        };
        let (recorded, deleted) = (Mutation::RecordInsight { insight: insight.clone() }, Mutation::DeleteInsight { id: insight.id });
        let not_there = Outcome::Refused { refusal: Refusal::not_found("insight") };
        assert_eq!(visit.phone.make(deleted.clone()).await, not_there);
        visit.phone.must(recorded).await;
        assert_eq!(insights(&mut visit.managers_phone).await, [insight.id]);

        let team = app.team("South", None).await;
        let mut strange = app.phone(&app.member("Sam", &team, &[Role::Rep]).await).await;
        for phone in [&mut visit.managers_phone, &mut strange] {
            assert_eq!(phone.make(deleted.clone()).await, not_there);
        }
        assert_eq!(insights(&mut visit.phone).await, [insight.id]);

        visit.phone.must(deleted.clone()).await;
        assert!(insights(&mut visit.phone).await.is_empty() && insights(&mut visit.managers_phone).await.is_empty());
        assert_eq!(visit.phone.make(deleted).await, not_there, "it is gone");
    }
}
