use crate::support::{Empty, ORIGIN, PASSWORD, TestApp};
use app::account::Identity;
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use server::{db, random};
use tower::ServiceExt;

/// A server over an empty database, its code, and how to talk to it.
struct Fresh {
    empty: Empty,
    router: Router,
    code: String,
}

impl Fresh {
    async fn new(empty: Empty) -> Self {
        let code = empty.first_run.open(&empty.db).await.expect("the database answers").expect("nobody is there yet");
        Self { router: server::router(empty.state.clone()), empty, code }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Option<String>, String) {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let location = response.headers().get(header::LOCATION).map(|at| at.to_str().expect("text").to_owned());
        let status = response.status();
        let body = response.into_body().collect().await.expect("a whole body").to_bytes();
        (status, location, String::from_utf8_lossy(&body).into_owned())
    }

    async fn get(&self, path: &str) -> (StatusCode, Option<String>, String) {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    async fn fill_in(&self, changes: &[(&str, &str)]) -> (StatusCode, Option<String>, String) {
        let mut fields = vec![
            ("code", self.code.as_str()),
            ("organisation", "Acme"),
            ("time_zone", "Europe/Amsterdam"),
            ("administrator", "Ada"),
            ("email", "ada@example.test"),
            ("password", PASSWORD),
        ];
        for (field, value) in changes {
            fields.iter_mut().find(|(name, _)| name == field).expect("a field of the form").1 = value;
        }
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post("/first-run")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, ORIGIN)
            .body(Body::from(form))
            .expect("a request");
        self.send(request).await
    }

    async fn organisations(&self) -> usize {
        let mut tx = self.empty.db.read().await.expect("a transaction");
        match &mut tx {
            db::Transaction::Sqlite(tx) => sqlx::query("select id from organisation").fetch_all(&mut **tx).await.expect("rows").len(),
            db::Transaction::Postgres(tx) => sqlx::query("select id from organisation").fetch_all(&mut **tx).await.expect("rows").len(),
        }
    }
}

/// Runs a test over an empty database of either engine.
macro_rules! over_nothing {
    ($(async fn $name:ident($fresh:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                let $fresh = Fresh::new(TestApp::empty_sqlite().await).await;
                $body
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(empty) = TestApp::empty_postgres().await {
                    let $fresh = Fresh::new(empty).await;
                    $body
                }
            }
        }
    )*};
}

over_nothing! {
    async fn the_code_makes_the_organisation_and_its_administrator_once(fresh) {
        let (status, _, page) = fresh.get("/").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("One-time code") && !page.contains("<script"), "{page}");
        for path in ["/app", "/app/customers"] {
            assert_eq!(fresh.get(path).await.1.as_deref(), Some("/"), "{path}");
        }
        // Typed in capitals, as it may be read out.
        let (status, location, page) = fresh.fill_in(&[("code", &format!(" {} ", fresh.code.to_uppercase()))]).await;
        assert_eq!((status, location.as_deref()), (StatusCode::SEE_OTHER, Some("/app")), "{page}");
        let again = fresh.fill_in(&[("organisation", "Other")]).await;
        assert_eq!((again.0, again.1.as_deref()), (StatusCode::SEE_OTHER, Some("/app")), "the page is gone");
        assert_eq!(fresh.get("/").await.1.as_deref(), Some("/app"));
        assert_eq!(fresh.organisations().await, 1);

        let mut tx = fresh.empty.db.read().await.expect("a transaction");
        let id = match &mut tx {
            db::Transaction::Sqlite(tx) => sqlx::query_scalar::<_, String>("select id from organisation").fetch_one(&mut **tx).await,
            db::Transaction::Postgres(tx) => sqlx::query_scalar::<_, String>("select id from organisation").fetch_one(&mut **tx).await,
        };
        let id = id.expect("an organisation").parse().expect("an id");
        let organisation = server::organisation::find(&mut tx, id).await.expect("rows").expect("the organisation");
        drop(tx);
        let app = TestApp::over(fresh.empty, &organisation);
        assert_eq!(app.sign_in("ada@example.test", PASSWORD).await.ok::<Identity>().name, "Ada");
    }

    async fn without_the_code_nothing_is_made(fresh) {
        for code in ["", "0000-0000-0000", &random::secret(), &fresh.code[..13]] {
            let (status, _, page) = fresh.fill_in(&[("code", code)]).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{code}");
            assert!(page.contains("This is not the code") && page.contains("Acme") && !page.contains(PASSWORD), "{page}");
        }
        assert_eq!(fresh.organisations().await, 0);
    }

    async fn guessing_the_code_has_to_wait(fresh) {
        for _ in 0..11 {
            assert_eq!(fresh.fill_in(&[("code", "guess")]).await.0, StatusCode::FORBIDDEN);
        }
        let (status, _, page) = fresh.fill_in(&[]).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{page}");
        assert_eq!(fresh.organisations().await, 0);
    }

    async fn what_is_wrong_is_said_beside_its_field_and_the_code_stays_good(fresh) {
        for (field, value) in [
            ("organisation", ""),
            ("organisation", &*"x".repeat(300)),
            ("time_zone", "Mars/Olympus"),
            ("administrator", " "),
            ("email", "ada"),
            ("password", "short"),
            ("password", "ada@example.test"),
        ] {
            let (status, _, page) = fresh.fill_in(&[(field, value)]).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{field}");
            let described = format!("aria-describedby=\"{field}-error\"");
            let with_hint = format!("aria-describedby=\"{field}-hint {field}-error\"");
            assert!(page.contains(&described) || page.contains(&with_hint), "{field}: {page}");
        }
        let hostile = fresh.fill_in(&[("organisation", "<script>alert(1)</script>"), ("email", "ada")]).await.2;
        assert!(!hostile.contains("<script>"), "{hostile}");
        assert_eq!(fresh.organisations().await, 0);
        assert_eq!(fresh.fill_in(&[]).await.0, StatusCode::SEE_OTHER);
    }

    async fn two_who_know_the_code_make_one_organisation(fresh) {
        let (_, _) = futures_util::future::join(fresh.fill_in(&[]), fresh.fill_in(&[("email", "bob@example.test")])).await;
        assert_eq!(fresh.organisations().await, 1);
    }

    async fn another_site_cannot_fill_it_in(fresh) {
        let request = Request::post("/first-run").header(header::ORIGIN, "https://evil.test").body(Body::empty()).expect("a request");
        assert_eq!(fresh.send(request).await.0, StatusCode::FORBIDDEN);
        let request = Request::post("/first-run").header(header::ORIGIN, ORIGIN).body(Body::from("\u{0}")).expect("a request");
        assert_eq!(fresh.send(request).await.0, StatusCode::BAD_REQUEST);
        assert_eq!(fresh.organisations().await, 0);
    }
}

#[tokio::test]
async fn over_a_database_in_use_there_is_no_first_run() {
    let app = TestApp::sqlite().await;
    assert_eq!(app.state.first_run.open(&app.state.db).await.expect("the database answers"), None);
    let (status, _) = app.send(Request::get("/").body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}
