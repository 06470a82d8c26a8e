mod carried;
mod older;
mod overtaking;
mod pokes;
mod processes;
mod standby;
mod too_new;

use crate::{
    on_both_engines,
    support::{TestApp, at, held, new_customer, new_member, new_organisation},
};
use app::{
    account::Role,
    id::EpochId,
    meeting::{MeetingEdit, MeetingStatus},
    sync::{
        Refusal,
        protocol::{Cursor, Mutation, Outcome, Problem, ProblemCode, Push, Row},
    },
};
use axum::http::StatusCode;
use server::random;

fn names(rows: &[Row]) -> Vec<&str> {
    let mut names: Vec<&str> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Customer(customer) => Some(customer.name.as_str()),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    names
}

on_both_engines! {
    async fn a_mutation_sent_twice_is_applied_once(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let envelope = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") });
        let batch = phone.batch(vec![envelope]);
        let first = phone.push(&batch).await;
        let again = phone.push(&batch).await;
        assert_eq!(first.receipts, again.receipts);
        assert!(matches!(first.receipts[0].outcome, Outcome::Accepted { .. }));
        assert_eq!(names(&phone.rows().await), ["Acme"]);
    }

    async fn the_same_id_with_another_content_is_an_error_and_changes_nothing(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let mut envelope = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") });
        phone.push(&phone.batch(vec![envelope.clone()])).await;
        envelope.mutation = Mutation::CreateCustomer { customer: new_customer(rep.id, "Other") };
        let pushed = phone.push(&phone.batch(vec![envelope])).await;
        assert_eq!(pushed.receipts[0].outcome, Outcome::Refused { refusal: Refusal::Altered });
        assert_eq!(names(&phone.rows().await), ["Acme"]);
    }

    async fn a_refused_mutation_leaves_no_trace_and_does_not_hold_up_the_rest(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let nameless = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, " ") });
        let customer = new_customer(rep.id, "Acme");
        let meeting = held(rep.id, customer.id, 0);
        let batch = vec![
            nameless,
            phone.envelope(Mutation::CreateCustomer { customer }),
            phone.envelope(Mutation::CreateMeeting { meeting }),
        ];
        let pushed = phone.push(&phone.batch(batch)).await;
        let accepted: Vec<bool> = pushed.receipts.iter().map(|r| matches!(r.outcome, Outcome::Accepted { .. })).collect();
        assert_eq!(accepted, [false, true, true]);
        assert_eq!(names(&phone.rows().await), ["Acme"]);
    }

    async fn of_a_push_that_breaks_half_way_nothing_is_kept_so_that_it_can_be_sent_again(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let customer = new_customer(rep.id, "Acme");
        let meeting = held(rep.id, customer.id, 0);
        let batch = vec![
            phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, " ") }),
            phone.envelope(Mutation::CreateCustomer { customer }),
            phone.envelope(Mutation::CreateMeeting { meeting }),
        ];
        let batch = phone.batch(batch);
        // What an operator's work on a table or a lock that is not had does to it.
        app.sql("alter table meeting rename to elsewhere").await;
        let (status, _) = app.post("/api/sync/push", Some(&phone.cookie), serde_json::to_string(&batch).expect("JSON")).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(names(&phone.rows().await).is_empty());
        app.sql("alter table elsewhere rename to meeting").await;
        let pushed = phone.push(&batch).await;
        let accepted: Vec<bool> = pushed.receipts.iter().map(|r| matches!(r.outcome, Outcome::Accepted { .. })).collect();
        assert_eq!(accepted, [false, true, true]);
        assert_eq!(names(&phone.rows().await), ["Acme"]);
        assert_eq!(phone.push(&batch).await, pushed);
    }

    async fn a_phone_that_knows_more_than_the_server_is_told_to_pull_before_it_pushes(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        phone.must(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") }).await;
        let known = phone.pull().await.pages[0].cursor.clone();
        let after_a_restore = Cursor { sequence: known.sequence + 50, ..known.clone() };
        let of_another_history = Cursor { epoch: EpochId(random::uuid()), ..known.clone() };
        let envelope = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Other") });
        for seen in [after_a_restore, of_another_history] {
            let push = Push { seen: Some(seen), ..phone.batch(vec![envelope.clone()]) };
            let (status, body) = app.post("/api/sync/push", Some(&phone.cookie), serde_json::to_string(&push).expect("JSON")).await;
            let problem: Problem = serde_json::from_str(&body).expect("a problem");
            assert_eq!((status, problem.code), (StatusCode::CONFLICT, ProblemCode::Rewound));
        }
        let push = Push { seen: Some(known), ..phone.batch(vec![envelope]) };
        assert!(matches!(phone.push(&push).await.receipts[0].outcome, Outcome::Accepted { .. }), "nothing was kept of the others");
    }

    async fn an_unreadable_mutation_is_refused_and_the_rest_is_applied(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let good = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") });
        let strange = phone.envelope(Mutation::DeleteMeeting { id: held(rep.id, new_customer(rep.id, "x").id, 0).id });
        let push = phone.batch(vec![strange, good]);
        let text = serde_json::to_string(&push).expect("JSON").replace("delete_meeting", "teleport_meeting");
        let (status, body) = app.post("/api/sync/push", Some(&phone.cookie), text).await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("unreadable") && body.contains("accepted"), "{body}");
    }

    async fn lost_numbers_are_reported(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let _lost = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Lost") });
        let kept = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Kept") });
        assert_eq!(phone.push(&phone.batch(vec![kept])).await.missing, [1]);
    }

    async fn a_rep_sees_own_customers_a_manager_those_of_the_teams_below(app) {
        let (north, south) = (app.team("North", None).await, app.team("South", None).await);
        let coast = app.team("Coast", Some(north.id)).await;
        let rik = app.member("Rik", &coast, &[Role::Rep]).await;
        let sam = app.member("Sam", &south, &[Role::Rep]).await;
        let mia = app.member("Mia", &north, &[Role::Manager]).await;
        for (member, name) in [(&rik, "Coastal"), (&sam, "Southern")] {
            let mut phone = app.phone(member).await;
            phone.must(Mutation::CreateCustomer { customer: new_customer(member.id, name) }).await;
            assert_eq!(names(&phone.rows().await), [name]);
        }
        assert_eq!(names(&app.phone(&mia).await.rows().await), ["Coastal"]);
    }

    async fn another_organisations_ids_lead_nowhere(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        let customer = new_customer(rep.id, "Acme");
        phone.must(Mutation::CreateCustomer { customer: customer.clone() }).await;

        let (other, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, other.id, "Stranger", team.id, &[Role::Rep, Role::Manager]).await;
        let mut strange = crate::support::Phone::new(&app, other.id, &stranger).await;
        let outcome = strange.make(Mutation::CreateMeeting { meeting: held(stranger.id, customer.id, 0) }).await;
        assert_eq!(outcome, Outcome::Refused { refusal: Refusal::not_found("customer") });
        assert_eq!(names(&strange.rows().await), Vec::<&str>::new());
    }

    async fn a_plan_becomes_a_log_and_only_its_rep_or_manager_changes_it(app) {
        let (north, south) = (app.team("North", None).await, app.team("South", None).await);
        let rik = app.member("Rik", &north, &[Role::Rep]).await;
        let mia = app.member("Mia", &north, &[Role::Manager]).await;
        let sue = app.member("Sue", &south, &[Role::Manager]).await;
        let mut phone = app.phone(&rik).await;
        let customer = new_customer(rik.id, "Acme");
        let mut meeting = held(rik.id, customer.id, 3);
        meeting.status = MeetingStatus::Planned;
        phone.must(Mutation::CreateCustomer { customer }).await;
        phone.must(Mutation::CreateMeeting { meeting: meeting.clone() }).await;
        let happened = MeetingEdit { status: Some(MeetingStatus::Held), ..MeetingEdit::default() };
        let edit = |reason: Option<&str>| Mutation::edit_meeting(&meeting, happened.clone(), reason.map(Into::into));
        let sues = app.phone(&sue).await.make(edit(Some("because"))).await;
        assert_eq!(sues, Outcome::Refused { refusal: Refusal::not_found("meeting") });
        let without_reason = app.phone(&mia).await.make(edit(None)).await;
        assert!(matches!(without_reason, Outcome::Refused { refusal: Refusal::Invalid { .. } }), "{without_reason:?}");
        phone.must(edit(None)).await;
        let later = MeetingEdit { starts_at: Some(at(4)), ..MeetingEdit::default() };
        let reason = Some("It was on Thursday".to_owned());
        app.phone(&mia).await.must(Mutation::edit_meeting(&meeting, later, reason)).await;
        let rows = phone.rows().await;
        let found = rows.iter().find_map(|row| if let Row::Meeting(it) = row { Some(it) } else { None }).expect("the meeting is pulled");
        assert!(found.is_held() && found.starts_at == at(4) && found.corrections.len() == 1, "{found:?}");
    }

    async fn nobody_signed_in_gets_401_and_another_members_queue_409(app) {
        let team = app.team("North", None).await;
        let (rik, sam) = (app.member("Rik", &team, &[Role::Rep]).await, app.member("Sam", &team, &[Role::Rep]).await);
        let mut riks = app.phone(&rik).await;
        let sams = app.phone(&sam).await;
        let envelope = riks.envelope(Mutation::CreateCustomer { customer: new_customer(rik.id, "Acme") });
        let body = serde_json::to_string(&riks.batch(vec![envelope])).expect("JSON");
        assert_eq!(app.post("/api/sync/push", None, body.clone()).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(app.post("/api/sync/push", Some(&sams.cookie), body).await.0, StatusCode::CONFLICT);
    }

    async fn a_body_that_is_no_push_is_a_typed_error(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let phone = app.phone(&rep).await;
        for (body, status) in [
            ("{".to_owned(), StatusCode::BAD_REQUEST),
            ("{}".to_owned(), StatusCode::BAD_REQUEST),
            (format!("\"{}\"", "x".repeat(3_000_000)), StatusCode::PAYLOAD_TOO_LARGE),
        ] {
            let (found, answer) = app.post("/api/sync/push", Some(&phone.cookie), body).await;
            assert_eq!(found, status, "{answer}");
            assert!(answer.contains("\"code\""), "{answer}");
        }
    }

    async fn pages_add_up_to_everything(app) {
        let team = app.team("North", None).await;
        let rep = app.member("Rik", &team, &[Role::Rep]).await;
        let mut phone = app.phone(&rep).await;
        for chunk in 0..6 {
            let batch = (0..200)
                .map(|n| phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, &format!("C{chunk}-{n}")) }))
                .collect();
            phone.push(&phone.batch(batch)).await;
        }
        assert_eq!(names(&phone.rows().await).len(), 1200);
        assert!(phone.pull().await.pages.is_empty(), "nothing new is nothing sent");
    }
}

#[tokio::test]
async fn writes_that_wait_together_are_all_answered() {
    let app = TestApp::sqlite().await;
    let team = app.team("North", None).await;
    let rep = app.member("Rik", &team, &[Role::Rep]).await;
    let mut phones = Vec::new();
    for _ in 0..20 {
        let mut phone = app.phone(&rep).await;
        let envelope = phone.envelope(Mutation::CreateCustomer { customer: new_customer(rep.id, "Acme") });
        phones.push((phone, envelope));
    }
    let pushes = phones.iter().map(|(phone, envelope)| async { phone.push(&phone.batch(vec![envelope.clone()])).await });
    let answers = futures_util::future::join_all(pushes).await;
    assert!(answers.iter().all(|pushed| matches!(pushed.receipts[0].outcome, Outcome::Accepted { .. })));
    assert_eq!(names(&phones[0].0.rows().await).len(), 20);
}
