//! The table that the router is built from, walked: at every endpoint whoever is not meant to is told so by a typed answer, nothing is
//! written, and nothing of one organisation reaches another.

mod asked;
mod world;

use crate::{
    on_both_engines,
    support::{ORIGIN, TestApp},
};
use app::{failure::Failure, sync::protocol::ProblemCode};
use asked::{Asked, asked};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use server::routes::{Access, Endpoint};
use std::collections::BTreeSet;
use world::World;

/// A request to an endpoint, put together piece by piece.
struct Attempt {
    endpoint: Endpoint,
    asked: Asked,
    cookie: Option<String>,
    origin: Option<&'static str>,
    site: Option<&'static str>,
}

impl Attempt {
    /// Whatever the endpoint is asked, from its own pages and signed in as nobody.
    fn at(endpoint: &Endpoint, world: &World<'_>) -> Self {
        let asked = asked(endpoint, world, &world.rep);
        Self { endpoint: endpoint.clone(), asked, cookie: None, origin: Some(ORIGIN), site: None }
    }

    /// Signed in as whoever the endpoint is meant for.
    fn as_meant(endpoint: &Endpoint, world: &World<'_>) -> Self {
        let (cookie, member) = match endpoint.access {
            Access::Anyone => (None, &world.rep),
            Access::Member => (Some(world.reps.clone()), &world.rep),
            Access::Revoked => (Some(world.revoked.clone()), &world.rep),
            Access::Administrator => (Some(world.administrators.clone()), &world.administrator),
        };
        Self { cookie, asked: asked(endpoint, world, member), ..Self::at(endpoint, world) }
    }

    async fn send(self, app: &TestApp) -> (StatusCode, String) {
        let Self { endpoint, asked, cookie, origin, site } = self;
        let mut request =
            Request::builder().method(endpoint.method.clone()).uri(asked.path).header(header::CONTENT_TYPE, asked.content_type);
        for (name, value) in [("cookie", cookie.as_deref()), ("origin", origin), ("sec-fetch-site", site)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let (status, answer) = app.send(request.body(Body::from(asked.body)).expect("a request")).await;
        assert!(!status.is_server_error(), "{endpoint:?} {status}: {answer}");
        (status, answer)
    }

    /// Sends it to be refused with `code`.
    async fn must_be_refused(self, app: &TestApp, code: ProblemCode) {
        let endpoint = self.endpoint.clone();
        let (status, answer) = self.send(app).await;
        let failure: Failure = serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{endpoint:?} {status} {error}: {answer}"));
        assert_eq!((failure.code, status), (code, server::error::status(code)), "{endpoint:?} {answer}");
    }
}

fn endpoints(app: &TestApp, wanted: impl Fn(&Endpoint) -> bool) -> Vec<Endpoint> {
    let found: Vec<Endpoint> = server::routes(&app.state).endpoints().iter().filter(|endpoint| wanted(endpoint)).cloned().collect();
    assert!(!found.is_empty());
    found
}

/// Nothing was written in between.
fn assert_same(before: &BTreeSet<String>, after: &BTreeSet<String>) {
    let changed: Vec<&String> = before.symmetric_difference(after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

fn is_write(endpoint: &Endpoint) -> bool {
    endpoint.method != Method::GET
}

on_both_engines! {
    async fn whoever_an_endpoint_is_meant_for_is_answered(app) {
        let world = World::new(&app).await;
        // What signs out or removes comes last, so that the rest has somebody to be signed in as.
        let mut all = endpoints(&app, |_| true);
        all.sort_by_key(|endpoint| ["sign_out", "sign_out_everywhere", "end_session", "revoke_devices"].iter().any(|last| endpoint.path.ends_with(last)));
        for endpoint in all {
            let is_gone = endpoint.access == Access::Member && endpoint.path.ends_with("sign_out_everywhere");
            let (status, answer) = Attempt::as_meant(&endpoint, &world).send(&app).await;
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status);
            assert!(!refused || is_gone || endpoint.path.ends_with("account/sign_in") || endpoint.path.ends_with("end_session"), "{endpoint:?} {status}: {answer}");
        }
    }

    async fn nobody_who_is_signed_out_gets_in(app) {
        let world = World::new(&app).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, |endpoint| endpoint.access != Access::Anyone) {
            let forged = format!("qdos={}.{}", world.organisation.id, "0".repeat(26));
            for cookie in [None, Some("qdos="), Some("qdos=x.y"), Some(&*forged)] {
                let cookie = cookie.map(str::to_owned);
                Attempt { cookie, ..Attempt::at(&endpoint, &world) }.must_be_refused(&app, ProblemCode::SignedOut).await;
            }
        }
        assert_same(&before, &world.rows().await);
    }

    async fn a_session_that_ended_gets_nobody_in(app) {
        let world = World::new(&app).await;
        app.age_sessions(365).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, |endpoint| endpoint.access != Access::Anyone) {
            Attempt::as_meant(&endpoint, &world).must_be_refused(&app, ProblemCode::SignedOut).await;
        }
        assert_same(&before, &world.rows().await);
    }

    async fn a_session_that_was_revoked_gets_nobody_in(app) {
        let world = World::new(&app).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, |endpoint| ![Access::Anyone, Access::Revoked].contains(&endpoint.access)) {
            let attempt = Attempt { cookie: Some(world.revoked.clone()), ..Attempt::at(&endpoint, &world) };
            attempt.must_be_refused(&app, ProblemCode::Revoked).await;
        }
        assert_same(&before, &world.rows().await);
    }

    async fn what_is_for_revoked_devices_is_for_nobody_who_is_signed_in(app) {
        let world = World::new(&app).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, |endpoint| endpoint.access == Access::Revoked) {
            for cookie in [&world.reps, &world.administrators] {
                let attempt = Attempt { cookie: Some(cookie.clone()), ..Attempt::at(&endpoint, &world) };
                attempt.must_be_refused(&app, ProblemCode::Forbidden).await;
            }
        }
        assert_same(&before, &world.rows().await);
    }

    async fn what_is_an_administrators_is_nobody_elses(app) {
        let world = World::new(&app).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, |endpoint| endpoint.access == Access::Administrator) {
            let attempt = Attempt { cookie: Some(world.reps.clone()), ..Attempt::at(&endpoint, &world) };
            attempt.must_be_refused(&app, ProblemCode::Forbidden).await;
        }
        assert_same(&before, &world.rows().await);
    }

    async fn another_organisation_cannot_be_reached_with_its_ids(app) {
        let world = World::new(&app).await;
        let before = world.own_rows().await;
        for endpoint in endpoints(&app, |endpoint| endpoint.access != Access::Anyone) {
            // Anew for each: some of it signs out, or renames who asks.
            let (intruder, cookie) = world.intruder().await;
            let asked = asked(&endpoint, &world, &intruder);
            let (_, answer) = Attempt { cookie: Some(cookie), asked, ..Attempt::at(&endpoint, &world) }.send(&app).await;
            assert!(!world.is_told_in(&answer), "{endpoint:?}: {answer}");
            assert_same(&before, &world.own_rows().await);
        }
    }

    async fn whoever_guesses_a_link_learns_nothing(app) {
        let mut world = World::new(&app).await;
        for path in [&mut world.link, &mut world.receipt] {
            path.replace_range(path.len() - 26.., "0123456789abcdefghjkmnpqrs");
        }
        let before = world.rows().await;
        for endpoint in endpoints(&app, |endpoint| ["/s/", "/r/", "/calendar/"].iter().any(|begins| endpoint.path.starts_with(begins))) {
            let (status, answer) = Attempt::at(&endpoint, &world).send(&app).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{endpoint:?}");
            assert!(!world.is_told_in(&answer), "{endpoint:?}: {answer}");
            for strange in ["%00", "%FF", "..%2f..%2f", "-", "a-%F0%9F%98%80", &"x".repeat(4_000)] {
                let mut attempt = Attempt::at(&endpoint, &world);
                attempt.asked.path = endpoint.path.replace("{link}", strange).replace("{receipt}", strange);
                let (status, answer) = attempt.send(&app).await;
                assert!(status.is_client_error() && !world.is_told_in(&answer), "{endpoint:?} {strange} {status}: {answer}");
            }
        }
        assert_same(&before, &world.rows().await);
    }

    async fn a_write_from_another_site_is_refused(app) {
        let world = World::new(&app).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, is_write) {
            for (origin, site) in [
                (Some("https://evil.test"), None),
                (Some("null"), None),
                (Some(ORIGIN), Some("cross-site")),
                (None, Some("same-site")),
                (None, Some("none")),
                (None, None),
            ] {
                Attempt { origin, site, ..Attempt::as_meant(&endpoint, &world) }.must_be_refused(&app, ProblemCode::Forbidden).await;
            }
        }
        assert_same(&before, &world.rows().await);
    }

    async fn what_cannot_be_read_is_refused_and_leaves_nothing(app) {
        let world = World::new(&app).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, is_write) {
            let is_page = !endpoint.path.starts_with("/api/");
            for (content_type, body) in [
                (None, &b"{\"member\":"[..]),
                (None, b"\xff\xfe\x00"),
                (None, b"\"text\""),
                (None, b"17"),
                (None, b"trust=6&trust=%FF&listening=x"),
                (Some("text/plain"), b"{}"),
                (Some("multipart/form-data"), b"--"),
            ] {
                let mut attempt = Attempt::as_meant(&endpoint, &world);
                attempt.asked.content_type = content_type.unwrap_or(attempt.asked.content_type);
                attempt.asked.body = body.to_vec();
                if is_page {
                    let (status, answer) = attempt.send(&app).await;
                    // The first run is over and leads to the app, whatever it is sent.
                    let leads_away = endpoint.path == "/first-run" && status == StatusCode::SEE_OTHER;
                    assert!(status.is_client_error() || leads_away, "{endpoint:?} {status}: {answer}");
                } else {
                    attempt.must_be_refused(&app, ProblemCode::Malformed).await;
                }
            }
            assert_same(&before, &world.rows().await);
        }
    }

    async fn what_is_too_large_is_refused_and_leaves_nothing(app) {
        let world = World::new(&app).await;
        let before = world.rows().await;
        for endpoint in endpoints(&app, is_write) {
            let mut attempt = Attempt::as_meant(&endpoint, &world);
            attempt.asked.body = vec![b'1'; 4 * 1024 * 1024];
            if endpoint.path.starts_with("/api/") {
                attempt.must_be_refused(&app, ProblemCode::TooLarge).await;
            } else {
                let (status, _) = attempt.send(&app).await;
                assert!([StatusCode::PAYLOAD_TOO_LARGE, StatusCode::SEE_OTHER].contains(&status), "{endpoint:?} {status}");
            }
        }
        assert_same(&before, &world.rows().await);
    }
}
