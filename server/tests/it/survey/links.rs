use crate::{
    on_both_engines,
    support::{
        new_member, new_organisation,
        visitor::{Visit, open, submit},
    },
};
use app::{
    account::Role,
    id::InvitationId,
    promise::{Promise, PromiseState},
    survey::{Component, TokenHash, Way},
    sync::{
        Refusal,
        protocol::{Mutation, Outcome},
    },
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use server::{clock, random};

/// Answers to every component.
const FULL: &[(&str, &str)] =
    &[("listening", "5"), ("understanding", "4"), ("trust", "3"), ("value", "cant_say"), ("progress", "2"), ("follow_up", "no")];

on_both_engines! {
    async fn opening_a_link_shows_the_survey_and_never_uses_it(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        for _ in 0..3 {
            let shown = open(&app, &path, None).await;
            assert_eq!(shown.status, StatusCode::OK);
            for part in [
                "Rik Rep, and Mia Manager, see your answers",
                "Hide my name from Rik Rep",
                "change your answers for 24 hours",
                "describ",
                "How likely are you to recommend Testers",
            ] {
                assert!(shown.html.contains(part), "{part}\n{}", shown.html);
            }
            assert!(!shown.html.contains("<script"), "{}", shown.html);
            for (name, value) in [("referrer-policy", "same-origin"), ("cache-control", "no-store"), ("x-robots-tag", "noindex")] {
                assert_eq!(shown.headers[name], value, "{name}");
            }
        }
        assert_eq!(submit(&app, &path, FULL).await.status, StatusCode::OK);
    }

    async fn answers_sent_reach_rep_and_manager_and_the_link_shows_only_thanks(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let sent = submit(&app, &path, FULL).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.html);
        let cookie = sent.headers[header::SET_COOKIE].to_str().expect("text");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains(&format!("Path={path}")), "{cookie}");
        let rating = visit.ratings_of_rep().await.pop().expect("the rep sees it");
        assert_eq!(rating.answers.components[&Component::Listening], 5);
        assert_eq!(rating.answers.components.get(&Component::Value), None);
        assert_eq!((rating.meeting, rating.contact, rating.way), (visit.meeting.id, Some(visit.contact.id), Way::Link));
        assert_eq!(visit.ratings_of_manager().await, [rating]);

        let again = open(&app, &path, None).await;
        assert_eq!(again.status, StatusCode::OK);
        assert!(again.html.contains("Thank you") && !again.html.contains("Rik") && !again.html.contains("/r/"), "{}", again.html);
        let own = open(&app, &path, Some(cookie.split(';').next().expect("a cookie"))).await;
        assert_eq!(own.receipt(), sent.receipt(), "the device that answered finds its way back");
    }

    async fn a_double_tap_is_one_submission_and_both_get_the_receipt(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let secret = open(&app, &path, None).await.secret();
        let fields: Vec<(&str, &str)> = FULL.iter().copied().chain([("secret", secret.as_str())]).collect();
        let (first, second) = tokio::join!(submit(&app, &path, &fields), submit(&app, &path, &fields));
        assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(first.receipt(), second.receipt());
        assert_eq!(visit.ratings_of_rep().await.len(), 1);
    }

    async fn of_two_who_send_at_the_same_time_one_is_kept_and_the_other_thanked(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let (first, second) = tokio::join!(submit(&app, &path, FULL), submit(&app, &path, &[("trust", "1")]));
        let receipts = [&first, &second].iter().filter(|shown| shown.html.contains("/r/")).count();
        assert_eq!(receipts, 1, "{}\n{}", first.html, second.html);
        assert_eq!(visit.ratings_of_rep().await.len(), 1);
    }

    async fn answers_wait_for_the_request_and_join_it(app) {
        let mut visit = Visit::new(&app).await;
        let token = visit.phone.stock(2).await.remove(0);
        let path = format!("/s/{}", token.token);
        let shown = open(&app, &path, None).await;
        assert!(shown.html.contains("How fully did Rik Rep listen to you?"), "the words for any meeting\n{}", shown.html);
        assert!(!shown.html.contains("name=\"recommend\""), "nobody knows yet who that is");
        assert_eq!(submit(&app, &path, FULL).await.status, StatusCode::OK);
        assert!(visit.ratings_of_rep().await.is_empty());
        let invitation = visit.invitation(Way::Link);
        visit.phone.must(Mutation::Invite { invitation, token: Some(token.hash) }).await;
        let ratings = visit.ratings_of_rep().await;
        assert_eq!((ratings.len(), ratings[0].meeting), (1, visit.meeting.id));
    }

    async fn links_that_lead_nowhere_are_explained(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let (other, _) = new_organisation(&app.state, "Others").await;
        let foreign = path.replace(&format!("/s/{}-", app.organisation.code), &format!("/s/{}-", other.code));
        for wrong in [foreign.as_str(), "/s/x", "/s/-", "/s/%00", "/r/x", &path.replace("/s/", "/r/")] {
            let shown = open(&app, wrong, None).await;
            assert_eq!(shown.status, StatusCode::NOT_FOUND, "{wrong}");
            assert!(shown.html.contains("This link leads nowhere"), "{wrong}: {}", shown.html);
            assert_eq!(submit(&app, wrong, FULL).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        app.sql("update token set expires_at = 1").await;
        for shown in [open(&app, &path, None).await, submit(&app, &path, FULL).await] {
            assert_eq!(shown.status, StatusCode::GONE);
            assert!(shown.html.contains("too old"), "{}", shown.html);
        }
        assert!(visit.ratings_of_rep().await.is_empty());
    }

    async fn a_form_with_nothing_or_with_nonsense_is_asked_again_and_uses_nothing(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let long = "x".repeat(5_001);
        for fields in [&[][..], &[("trust", "6")], &[("trust", "1"), ("trust", "2")], &[("comment", &long)], &[("promise-x", "kept")]] {
            let shown = submit(&app, &path, fields).await;
            assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(shown.html.contains("role=\"alert\""), "{}", shown.html);
        }
        let kept = submit(&app, &path, &[("comment", &long), ("trust", "2")]).await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
        let huge = "x".repeat(200_000);
        assert_eq!(submit(&app, &path, &[("comment", &huge)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let json = Request::post(&path).header(header::ORIGIN, crate::support::ORIGIN).header(header::CONTENT_TYPE, "application/json");
        let (status, _) = app.send(json.body(Body::from("{}")).expect("a request")).await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let elsewhere = Request::post(&path).header(header::ORIGIN, "https://evil.test");
        let (status, _) = app.send(elsewhere.body(Body::from("trust=1")).expect("a request")).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert_eq!(submit(&app, &path, FULL).await.status, StatusCode::OK, "the link was not used");
    }

    async fn a_link_is_bound_once_and_only_by_the_member_who_holds_it(app) {
        let mut visit = Visit::new(&app).await;
        let stock = visit.phone.stock(1).await;
        let hash = stock[0].hash.clone();
        let mut others = Visit::new(&app).await;
        let wrong = |hash: &TokenHash, visit: &Visit| Mutation::Invite { invitation: visit.invitation(Way::Link), token: Some(hash.clone()) };
        let refused = Outcome::Refused { refusal: Refusal::invalid("token", "show the customer another link") };
        let another_members = wrong(&hash, &others);
        assert_eq!(others.phone.make(another_members).await, refused);
        let unknown = wrong(&TokenHash(random::sha256("unknown")), &others);
        assert_eq!(others.phone.make(unknown).await, refused);
        visit.phone.must(wrong(&hash, &visit)).await;
        visit.next(1).await;
        let twice = wrong(&hash, &visit);
        assert_eq!(visit.phone.make(twice).await, refused);
    }

    async fn a_second_rating_of_the_same_meeting_and_contact_is_kept_but_counts_nowhere(app) {
        let mut visit = Visit::new(&app).await;
        // Shown before the phone synced, and asked by another link: both in the same contact's hands.
        let stock = visit.phone.stock(1).await.remove(0);
        let path = visit.ask().await;
        submit(&app, &path, &[("trust", "2")]).await;
        let mut second = visit.invitation(Way::Link);
        second.id = InvitationId(random::uuid());
        second.asked_at = second.asked_at.plus_days(31);
        submit(&app, &format!("/s/{}", stock.token), &[("trust", "5")]).await;
        visit.phone.must(Mutation::Invite { invitation: second, token: Some(stock.hash) }).await;
        let ratings = visit.ratings_of_rep().await;
        assert_eq!((ratings.len(), ratings[0].answers.components[&Component::Trust]), (1, 2));
    }

    async fn of_two_links_for_the_same_meeting_and_contact_the_one_sent_first_counts(app) {
        let mut visit = Visit::new(&app).await;
        let first = visit.ask().await;
        let stock = visit.phone.stock(1).await.remove(0);
        let mut second = visit.invitation(Way::Link);
        second.asked_at = second.asked_at.plus_days(31);
        visit.phone.must(Mutation::Invite { invitation: second, token: Some(stock.hash) }).await;
        let sent = submit(&app, &format!("/s/{}", stock.token), &[("trust", "5")]).await;
        let sent_later = submit(&app, &first, &[("trust", "2")]).await;
        assert_eq!((sent.status, sent_later.status), (StatusCode::OK, StatusCode::OK));
        assert_ne!(sent.receipt(), sent_later.receipt(), "both were kept");
        for ratings in [visit.ratings_of_rep().await, visit.ratings_of_manager().await] {
            assert_eq!((ratings.len(), ratings[0].answers.components[&Component::Trust]), (1, 5));
        }
    }

    async fn answers_that_come_again_after_the_link_expired_get_the_receipt_all_the_same(app) {
        let mut visit = Visit::new(&app).await;
        let path = visit.ask().await;
        let secret = open(&app, &path, None).await.secret();
        let fields: Vec<(&str, &str)> = FULL.iter().copied().chain([("secret", secret.as_str())]).collect();
        let sent = submit(&app, &path, &fields).await;
        app.sql("update token set expires_at = 1").await;
        assert_eq!(submit(&app, &path, &fields).await.receipt(), sent.receipt());
        let anothers = submit(&app, &path, FULL).await;
        assert!(anothers.html.contains("Thank you") && !anothers.html.contains("/r/"), "{}", anothers.html);
    }

    async fn promises_that_fell_due_are_asked_about_and_only_this_customers_are_taken(app) {
        let mut visit = Visit::new(&app).await;
        let today = clock::now().date_at(0);
        let promise = |what: &str, days: i64| Promise {
            id: app::id::PromiseId(random::uuid()),
            customer: visit.customer.id,
            meeting: None,
            maker: visit.rep.id,
            keeper: visit.rep.id,
            what: what.into(),
            due: today - chrono::TimeDelta::days(days),
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        };
        let (fell_due, to_come) = (promise("Send <drawings>", 3), promise("Call back", -9));
        for promise in [&fell_due, &to_come] {
            visit.phone.must(Mutation::MakePromise { promise: promise.clone() }).await;
        }
        let path = visit.ask().await;
        let shown = open(&app, &path, None).await;
        assert!(shown.html.contains("Send &lt;drawings&gt;") && !shown.html.contains("Call back"), "{}", shown.html);
        let foreign = format!("promise-{}", random::uuid());
        let own = format!("promise-{}", fell_due.id);
        assert_eq!(submit(&app, &path, &[(&own, "late"), (&foreign, "kept")]).await.status, StatusCode::OK);
        let ratings = visit.ratings_of_rep().await;
        assert_eq!(ratings[0].answers.promises.keys().collect::<Vec<_>>(), [&fell_due.id]);
    }

    async fn stock_is_for_members_and_has_a_daily_end(app) {
        let visit = Visit::new(&app).await;
        let ask = async |cookie: Option<&str>, wanted: &str| app.post("/api/survey/tokens", cookie, format!("{{\"wanted\":{wanted}}}")).await.0;
        assert_eq!(ask(None, "1").await, StatusCode::UNAUTHORIZED);
        assert_eq!(ask(Some(&visit.phone.cookie), "51").await, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(ask(Some(&visit.phone.cookie), "-1").await, StatusCode::BAD_REQUEST);
        for _ in 0..4 {
            assert_eq!(ask(Some(&visit.phone.cookie), "50").await, StatusCode::OK);
        }
        assert_eq!(ask(Some(&visit.phone.cookie), "1").await, StatusCode::TOO_MANY_REQUESTS);
        let (other, _) = new_organisation(&app.state, "Others").await;
        let stranger = new_member(&app.state, other.id, "Stranger", visit.rep.team.expect("a team"), &[Role::Rep]).await;
        let phone = crate::support::Phone::new(&app, other.id, &stranger).await;
        let (_, body) = app.post("/api/survey/tokens", Some(&phone.cookie), "{\"wanted\":1}").await;
        assert!(body.contains(&other.code), "each organisation's links lead to itself: {body}");
    }
}
