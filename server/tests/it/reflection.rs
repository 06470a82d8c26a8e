use crate::{
    on_both_engines,
    support::{Phone, TestApp, at, visitor::Visit},
};
use app::{
    account::Role,
    id::{ActionId, MeetingId, ReflectionId},
    reflection::{Action, ActionState, Reflection, Start},
    survey::Component,
    sync::{
        Refusal,
        protocol::{Mutation, Outcome, Row},
    },
    text,
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

/// `before`, as a phone shows it, becomes `after`.
fn change(before: &Reflection, after: &Reflection) -> Mutation {
    Mutation::WriteReflection { reflection: after.clone(), saw: Some(Box::new(before.clone())) }
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
        visit.phone.must(Mutation::WriteReflection { reflection: reflection.clone(), saw: None }).await;
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

        // Taken back by the switch, and by changing it, also on a phone that does not tell what it showed.
        for back in [
            Mutation::ShareReflection { id: reflection.id, shared: false },
            change(&shared, &reflection),
            Mutation::WriteReflection { reflection: reflection.clone(), saw: None },
        ] {
            visit.phone.must(change(&reflection, &shared)).await;
            assert_eq!(reflections(&mut visit.managers_phone).await.len(), 1);
            visit.phone.must(back).await;
            assert!(reflections(&mut visit.managers_phone).await.is_empty());
            assert_eq!(reflections(&mut visit.phone).await, std::slice::from_ref(&reflection));
        }
    }

    async fn a_change_made_on_one_device_leaves_what_was_done_on_another(app) {
        let mut visit = Visit::new(&app).await;
        let mut tablet = app.phone(&visit.rep).await;
        let seen = Reflection { shared: true, ..reflection(&visit) };
        visit.phone.must(Mutation::WriteReflection { reflection: seen.clone(), saw: None }).await;
        assert_eq!(reflections(&mut visit.managers_phone).await.len(), 1);

        // Both devices show it shared. The tablet takes it back and adds to it; the phone was offline.
        tablet.must(Mutation::ShareReflection { id: seen.id, shared: false }).await;
        let private = Reflection { shared: false, ..seen.clone() };
        tablet.must(change(&private, &Reflection { now_what: "Ask first".into(), mood: Some(1), ..private.clone() })).await;
        let mended = Reflection { what_happened: "I talked too much.".into(), ..seen.clone() };
        visit.phone.must(change(&seen, &mended)).await;
        let after = Reflection { now_what: "Ask first".into(), mood: Some(1), shared: false, ..mended };
        assert_eq!(reflections(&mut tablet).await, std::slice::from_ref(&after));
        assert!(reflections(&mut visit.managers_phone).await.is_empty());

        // An older phone, which does not tell what it showed, shares nothing either.
        visit.phone.must(Mutation::WriteReflection { reflection: Reflection { shared: true, ..after.clone() }, saw: None }).await;
        assert_eq!(reflections(&mut tablet).await, [after]);
        assert!(reflections(&mut visit.managers_phone).await.is_empty());
    }

    async fn what_was_written_on_two_devices_is_both_kept(app) {
        let mut visit = Visit::new(&app).await;
        let mut tablet = app.phone(&visit.rep).await;
        let seen = reflection(&visit);
        let wrote = |what: &str| Reflection { what_happened: what.into(), ..seen.clone() };
        visit.phone.must(Mutation::WriteReflection { reflection: seen.clone(), saw: None }).await;
        tablet.must(change(&seen, &wrote("They were in a hurry"))).await;
        visit.phone.must(change(&seen, &wrote("I had no time"))).await;
        assert_eq!(reflections(&mut tablet).await, [wrote("I had no time\n\nThey were in a hurry")]);
        // The phone goes on with what it shows.
        visit.phone.must(change(&wrote("I had no time"), &wrote("I took no time"))).await;
        assert_eq!(reflections(&mut tablet).await, [wrote("I took no time\n\nThey were in a hurry")]);

        let long = |letter: &str| wrote(&letter.repeat(text::NOTE_MAX));
        tablet.must(change(&wrote("I took no time\n\nThey were in a hurry"), &long("a"))).await;
        let outcome = visit.phone.make(change(&seen, &long("b"))).await;
        let Outcome::Refused { refusal: Refusal::Invalid { field, .. } } = outcome else { panic!("{outcome:?}") };
        assert_eq!(field, "what_happened");
        assert_eq!(reflections(&mut visit.phone).await, [long("a")]);
    }

    async fn a_change_of_a_reflection_outlives_the_meeting_that_it_is_about(app) {
        let mut visit = Visit::new(&app).await;
        let seen = reflection(&visit);
        visit.phone.must(Mutation::WriteReflection { reflection: seen.clone(), saw: None }).await;
        visit.phone.must(Mutation::DeleteMeeting { id: visit.meeting.id }).await;
        let mended = Reflection { what_happened: "I talked too much.".into(), ..seen.clone() };
        visit.phone.must(change(&seen, &mended)).await;
        assert_eq!(reflections(&mut visit.phone).await, std::slice::from_ref(&mended));
        let elsewhere = Reflection { meeting: Some(MeetingId(random::uuid())), ..mended.clone() };
        assert_eq!(visit.phone.make(change(&mended, &elsewhere)).await, Outcome::Refused { refusal: Refusal::not_found("meeting") });
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
