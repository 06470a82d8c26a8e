//! One promises, another keeps: who may say what, and who hears of it.

use super::{Two, promise_of};
use crate::{on_both_engines, support::visitor::Visit};
use app::{
    id::PromiseId,
    promise::{Agreed, KeeperAnswer, Promise, PromiseState, Report, Said},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
};
use server::random;

fn agreed(what: &str) -> Agreed {
    Agreed { promise: PromiseId(random::uuid()), what: what.into(), due: "2026-08-01".parse().expect("a date") }
}

async fn promises(phone: &mut crate::support::Phone<'_>) -> Vec<Promise> {
    super::promises(phone.rows().await)
}

on_both_engines! {
    async fn the_keeper_hears_of_it_by_name_and_the_maker_of_the_answer(app) {
        let mut two = Two::new(&app).await;
        let promise = promise_of(&two.visit, two.dora.member.id);
        two.visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        let asked = promises(&mut two.dora).await.remove(0);
        assert_eq!((asked.id, asked.course.customer_name.as_str(), asked.awaits_keeper()), (promise.id, "Acme", true));

        let answer = KeeperAnswer::Cannot { why: "No valves until July".into() };
        two.dora.must(Mutation::AnswerPromise { id: promise.id, answer }).await;
        assert_eq!(promises(&mut two.visit.phone).await[0].why_not(), Some("No valves until July"));

        let rep = two.visit.rep.id;
        two.visit.phone.must(Mutation::HandPromise { id: promise.id, keeper: rep }).await;
        assert_eq!(promises(&mut two.dora).await, [], "whoever it was taken from does not keep it on the phone");
        let kept = promises(&mut two.visit.phone).await.remove(0);
        assert_eq!((kept.keeper, kept.why_not()), (rep, None));
    }

    async fn nobody_speaks_in_anothers_place(app) {
        let mut two = Two::new(&app).await;
        let promise = promise_of(&two.visit, two.dora.member.id);
        let id = promise.id;
        two.visit.phone.must(Mutation::MakePromise { promise }).await;
        let refused = |outcome: Outcome| match outcome {
            Outcome::Refused { refusal } => refusal,
            accepted @ Outcome::Accepted { .. } => panic!("{accepted:?}"),
        };
        let can = Mutation::AnswerPromise { id, answer: KeeperAnswer::Can };
        assert_eq!(refused(two.visit.phone.make(can.clone()).await), Refusal::NotYours, "the maker");
        assert_eq!(refused(two.visit.managers_phone.make(can).await), Refusal::not_found("promise"), "the manager");
        let hand = Mutation::HandPromise { id, keeper: two.visit.rep.id };
        assert_eq!(refused(two.dora.make(hand).await), Refusal::NotYours, "the keeper");
        let report = Mutation::ReportPromise { id, report: Report { done: "Done".into(), told: String::new() } };
        assert!(matches!(refused(two.dora.make(report).await), Refusal::Invalid { .. }), "it is open");
    }

    async fn what_was_agreed_instead_comes_and_goes_with_the_change(app) {
        let mut visit = Visit::new(&app).await;
        let promise = promise_of(&visit, visit.rep.id);
        let (id, first, second) = (promise.id, agreed("Replace the pump"), agreed("Replace both"));
        visit.phone.must(Mutation::MakePromise { promise }).await;
        let change = |agreed: &Agreed| Mutation::SettlePromise { id, state: PromiseState::Changed, agreed: Some(agreed.clone()), at: None };
        visit.phone.must(change(&first)).await;
        visit.phone.must(change(&first)).await;
        let what = |promises: Vec<Promise>| {
            let mut what: Vec<_> = promises.into_iter().map(|it| (it.what, it.state)).collect();
            what.sort_by(|a, b| a.0.cmp(&b.0));
            what
        };
        let (valve, pump) = ("Replace the valve".to_owned(), "Replace the pump".to_owned());
        let both = [(pump.clone(), PromiseState::Open), (valve.clone(), PromiseState::Changed)];
        assert_eq!(what(promises(&mut visit.phone).await), both);
        assert_eq!(what(promises(&mut visit.managers_phone).await), both);

        visit.phone.must(change(&second)).await;
        assert_eq!(what(promises(&mut visit.phone).await)[0], ("Replace both".to_owned(), PromiseState::Open));
        visit.phone.must(Mutation::SettlePromise { id: second.promise, state: PromiseState::Kept, agreed: None, at: None }).await;
        visit.phone.must(Mutation::SettlePromise { id, state: PromiseState::Open, agreed: None, at: None }).await;
        let left = what(promises(&mut visit.phone).await);
        assert_eq!(left, [("Replace both".to_owned(), PromiseState::Kept), (valve, PromiseState::Open)], "what was kept stays");
        assert!(!left.iter().any(|(what, _)| *what == pump));
    }

    async fn an_agreement_never_takes_a_promise_that_is_there(app) {
        let mut visit = Visit::new(&app).await;
        let (one, other) = (promise_of(&visit, visit.rep.id), promise_of(&visit, visit.rep.id));
        for promise in [&one, &other] {
            visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        }
        let agreed = Some(Agreed { promise: other.id, ..agreed("Something else") });
        let outcome = visit.phone.make(Mutation::SettlePromise { id: one.id, state: PromiseState::Changed, agreed, at: None }).await;
        assert_eq!(outcome, Outcome::Refused { refusal: Refusal::IdTaken });
        assert!(promises(&mut visit.phone).await.iter().all(|it| it.state == PromiseState::Open));
    }

    async fn what_was_done_is_kept_with_how_the_customer_was_told(app) {
        let mut visit = Visit::new(&app).await;
        let promise = promise_of(&visit, visit.rep.id);
        let id = promise.id;
        visit.phone.must(Mutation::MakePromise { promise }).await;
        visit.phone.must(Mutation::SettlePromise { id, state: PromiseState::Kept, agreed: None, at: None }).await;
        let report = Report { done: "The technician came".into(), told: "by message on 3 May".into() };
        visit.phone.must(Mutation::ReportPromise { id, report: report.clone() }).await;
        assert_eq!(promises(&mut visit.managers_phone).await[0].course.report, Some(report));
    }

    async fn neither_of_two_who_say_how_it_went_overwrites_the_other(app) {
        let mut two = Two::new(&app).await;
        let promise = promise_of(&two.visit, two.dora.member.id);
        let (id, rep, dora) = (promise.id, two.visit.rep.id, two.dora.member.id);
        two.visit.phone.must(Mutation::MakePromise { promise }).await;
        let settle = |state| Mutation::SettlePromise { id, state, agreed: None, at: None };
        let report = |done: &str| Mutation::ReportPromise { id, report: Report { done: done.into(), told: String::new() } };
        for mutation in [settle(PromiseState::Kept), report("Replaced on Monday")] {
            two.dora.must(mutation).await;
        }
        for mutation in [settle(PromiseState::NotKept), report("It still leaks")] {
            two.visit.phone.must(mutation).await;
        }
        let read = promises(&mut two.dora).await;
        assert_eq!(promises(&mut two.visit.phone).await, read, "both read the same");
        let said = |said: &Said| (said.by, said.state, said.report.as_ref().map(|report| report.done.clone()));
        let words: Vec<_> = read[0].course.said.iter().map(said).collect();
        let told = |done: &str| Some(done.to_owned());
        assert_eq!(words, [(dora, PromiseState::Kept, told("Replaced on Monday")), (rep, PromiseState::NotKept, told("It still leaks"))]);
    }
}
