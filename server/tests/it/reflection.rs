use crate::{
    on_both_engines,
    support::{Phone, TestApp, at, visitor::Visit},
};
use app::{
    account::Role,
    id::{ActionId, ReflectionId},
    reflection::{Action, ActionState, Reflection, Start},
    survey::Component,
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, Row},
    },
};
use server::random;

async fn reflections(phone: &mut Phone<'_>) -> Vec<Reflection> {
    phone.rows().await.into_iter().filter_map(|row| if let Row::Reflection(it) = row { Some(it) } else { None }).collect()
}

async fn actions(phone: &mut Phone<'_>) -> Vec<Action> {
    phone.rows().await.into_iter().filter_map(|row| if let Row::Action(it) = row { Some(it) } else { None }).collect()
}

/// Everybody who might read what is not theirs: a colleague, the colleague's manager, an administrator.
async fn others(app: &TestApp) -> [Phone<'_>; 3] {
    let south = app.team("South", None).await;
    [
        app.phone(&app.member("Sam", &south, &[Role::Rep]).await).await,
        app.phone(&app.member("Sue", &south, &[Role::Manager]).await).await,
        app.phone(&app.member("Ada", &south, &[Role::Administrator]).await).await,
    ]
}

fn reflection(visit: &Visit<'_>) -> Reflection {
    Reflection {
        id: ReflectionId(random::uuid()),
        author: visit.rep.id,
        meeting: Some(visit.meeting.id),
        written_at: at(0),
        what_happened: "I talked too much".into(),
        so_what: String::new(),
        now_what: String::new(),
        energy: Some(2),
        confidence: Some(3),
        mood: Some(4),
        shared: false,
    }
}

fn action(visit: &Visit<'_>, start: Option<Start>) -> Action {
    Action {
        id: ActionId(random::uuid()),
        author: visit.rep.id,
        reflection: None,
        customer: Some(visit.customer.id),
        contact: Some(visit.contact.id),
        format: Some(visit.meeting.format),
        what: "Ask before I tell".into(),
        due: "2026-06-15".parse().expect("a date"),
        component: Some(Component::Listening),
        start,
        state: ActionState::Open,
    }
}

on_both_engines! {
    async fn a_reflection_reaches_nobody_until_it_is_shared_and_then_only_the_manager(app) {
        let mut visit = Visit::new(&app).await;
        let mut others = others(&app).await;
        let reflection = reflection(&visit);
        visit.phone.must(Mutation::WriteReflection { reflection: reflection.clone() }).await;
        assert_eq!(reflections(&mut visit.phone).await, std::slice::from_ref(&reflection));
        assert!(reflections(&mut visit.managers_phone).await.is_empty());

        visit.phone.must(Mutation::ShareReflection { id: reflection.id, shared: true }).await;
        let shared = Reflection { shared: true, ..reflection.clone() };
        assert_eq!(reflections(&mut visit.managers_phone).await, std::slice::from_ref(&shared));
        for phone in &mut others {
            assert!(reflections(phone).await.is_empty());
            let take = phone.make(Mutation::ShareReflection { id: reflection.id, shared: true }).await;
            assert_eq!(take, Outcome::Refused { refusal: Refusal::not_found("reflection") });
        }

        // Taken back by the switch, and by writing it anew.
        for back in [Mutation::ShareReflection { id: reflection.id, shared: false }, Mutation::WriteReflection { reflection: reflection.clone() }] {
            visit.phone.must(Mutation::WriteReflection { reflection: shared.clone() }).await;
            assert_eq!(reflections(&mut visit.managers_phone).await.len(), 1);
            visit.phone.must(back).await;
            assert!(reflections(&mut visit.managers_phone).await.is_empty());
            assert_eq!(reflections(&mut visit.phone).await, std::slice::from_ref(&reflection));
        }
    }

    async fn an_action_reaches_nobody_but_its_author(app) {
        let mut visit = Visit::new(&app).await;
        let start = Some(Start { at: at(0), value: 71.4, low: 62.3, high: 79.9 });
        let action = action(&visit, start);
        visit.phone.must(Mutation::TakeAction { action: action.clone() }).await;
        visit.phone.must(Mutation::SettleAction { id: action.id, state: ActionState::Done }).await;
        assert_eq!(actions(&mut visit.phone).await, [Action { state: ActionState::Done, ..action }]);
        assert!(actions(&mut visit.managers_phone).await.is_empty());
        for phone in &mut others(&app).await {
            assert!(actions(phone).await.is_empty());
        }
    }

    async fn an_action_from_nowhere_on_the_scale_is_refused(app) {
        let mut visit = Visit::new(&app).await;
        let action = action(&visit, Some(Start { at: at(0), value: 171.4, low: 62.3, high: 79.9 }));
        let outcome = visit.phone.make(Mutation::TakeAction { action }).await;
        let Outcome::Refused { refusal: Refusal::Invalid { field, .. } } = outcome else { panic!("{outcome:?}") };
        assert_eq!(field, "start");
        assert!(actions(&mut visit.phone).await.is_empty());
    }
}
