//! A customer's wish goes to a colleague, and the answer comes back.

use super::Two;
use crate::{on_both_engines, support::Phone};
use app::{
    id::InsideAskId,
    promise::{InsideAsk, InsideAskState},
    sync::{
        Refusal,
        protocol::{Entity, Mutation, Outcome, Pull, Pulled, Row},
    },
    time::Timestamp,
};
use axum::http::StatusCode;
use server::random;

async fn asks(phone: &mut Phone<'_>) -> Vec<InsideAsk> {
    phone.rows().await.into_iter().filter_map(|row| if let Row::InsideAsk(ask) = row { Some(ask) } else { None }).collect()
}

fn ask(two: &Two<'_>) -> InsideAsk {
    InsideAsk {
        id: InsideAskId(random::uuid()),
        customer: two.visit.customer.id,
        from: two.visit.rep.id,
        to: two.dora.member.id,
        what: "A pump that runs at night".into(),
        by: "2026-06-10".parse().expect("a date"),
        asked_at: Timestamp(1_780_000_000_000),
        customer_name: String::new(),
        state: InsideAskState::Open,
        answer: String::new(),
    }
}

on_both_engines! {
    async fn a_wish_reaches_the_colleague_and_the_answer_whoever_asked(app) {
        let mut two = Two::new(&app).await;
        let ask = ask(&two);
        two.visit.phone.must(Mutation::AskInside { ask: ask.clone() }).await;
        let heard = asks(&mut two.dora).await;
        assert_eq!((heard[0].id, heard[0].customer_name.as_str()), (ask.id, "Acme"));
        assert!(!two.dora.rows().await.iter().any(|row| row.entity() == Entity::Customer), "the name, not the customer");

        let answer = |state, text: &str| Mutation::AnswerInsideAsk { id: ask.id, state, text: text.into() };
        assert!(matches!(two.dora.make(answer(InsideAskState::Declined, "")).await, Outcome::Refused { .. }), "without a reason");
        two.dora.must(answer(InsideAskState::Answered, "From June on")).await;
        let told = asks(&mut two.visit.phone).await.remove(0);
        assert_eq!((told.state, told.answer.as_str()), (InsideAskState::Answered, "From June on"));
        assert_eq!(asks(&mut two.visit.managers_phone).await, [told], "the manager of whoever asked reads it");

        let outcome = two.visit.phone.make(Mutation::DeleteInsideAsk { id: ask.id }).await;
        assert_eq!(outcome, Outcome::Refused { refusal: Refusal::NotYours }, "an answer is not thrown away");
        two.dora.must(answer(InsideAskState::Open, "")).await;
        two.visit.phone.must(Mutation::DeleteInsideAsk { id: ask.id }).await;
        assert_eq!((asks(&mut two.dora).await, asks(&mut two.visit.phone).await), (vec![], vec![]));
    }

    async fn only_whoever_is_asked_answers(app) {
        let mut two = Two::new(&app).await;
        let ask = ask(&two);
        let id = ask.id;
        two.visit.phone.must(Mutation::AskInside { ask }).await;
        let answer = Mutation::AnswerInsideAsk { id, state: InsideAskState::Answered, text: "Yes".into() };
        for phone in [&mut two.visit.phone, &mut two.visit.managers_phone] {
            assert_eq!(phone.make(answer.clone()).await, Outcome::Refused { refusal: Refusal::not_found("question") });
        }
    }

    async fn a_phone_of_before_is_not_told_of_questions_that_it_cannot_read(app) {
        let mut two = Two::new(&app).await;
        let ask = ask(&two);
        two.visit.phone.must(Mutation::AskInside { ask }).await;
        let pull = Pull { wire: 4, member: two.visit.rep.id, cursors: vec![] };
        let body = serde_json::to_string(&pull).expect("JSON");
        let (status, answer) = app.post("/api/sync/pull", Some(&two.visit.phone.cookie), body).await;
        assert_eq!(status, StatusCode::OK);
        let pulled: Pulled = serde_json::from_str(&answer).expect("a pull's answer");
        assert!(pulled.scopes.iter().all(|scope| scope.since() <= 4));
        assert!(pulled.pages.iter().flat_map(|page| &page.changes).all(|change| change.entity != Entity::InsideAsk));
    }
}
