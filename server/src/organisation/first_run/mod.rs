//! The first run: over an empty database a page asks for a code that only whoever started the server can read, and makes the organisation
//! and its administrator, nothing else. Once there is an organisation, the page is gone.

mod page;

use super::{NewOrganisation, create, time_zone};
use crate::{
    State,
    account::{Client, Subjects, throttle},
    clock,
    db::{Db, fetch_optional},
    error::Error,
    random,
    routes::{Access, Routes},
};
use app::{
    account::{Password, check_email, fold_email},
    form::Problems,
    organisation::Rules,
    sync::Refusal,
    text,
};
use axum::{
    Form,
    extract::{self, Request, rejection::FormRejection},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

/// Whether the first run is still to come, and its code.
#[derive(Clone, Debug, Default)]
pub struct FirstRun {
    is_open: Arc<AtomicBool>,
    /// Held while an organisation is made, so that the code makes one.
    code: Arc<Mutex<Option<String>>>,
}

impl FirstRun {
    /// Opens the first run where the database holds no organisation; the code to print.
    ///
    /// # Errors
    /// The database's.
    pub async fn open(&self, db: &Db) -> Result<Option<String>, Error> {
        if has_organisation(db).await? {
            return Ok(None);
        }
        let code = random::secret()[..12].to_owned();
        *self.code.lock().await = Some(code.clone());
        self.is_open.store(true, Ordering::Release);
        Ok(Some([&code[..4], &code[4..8], &code[8..]].join("-")))
    }

    /// Whether it is still to come.
    pub fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Acquire)
    }
}

/// `/`, which is the first run's page or leads to the app, and where its form goes.
pub fn routes() -> Routes {
    Routes::default().get("/", Access::Anyone, show).post("/first-run", Access::Anyone, submit)
}

/// Leads from the app to the first run for as long as there is nobody who could sign in.
pub async fn lead_to(extract::State(state): extract::State<State>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if state.first_run.is_open() && (path == "/app" || path.starts_with("/app/")) {
        return Redirect::to("/").into_response();
    }
    next.run(request).await
}

/// What is filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Filled {
    code: String,
    organisation: String,
    time_zone: String,
    administrator: String,
    email: String,
    password: Password,
}

impl Filled {
    /// What is still to be mended.
    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let mut check = |field, checked: Result<(), Refusal>| {
            if let Err(Refusal::Invalid { message, .. }) = checked {
                problems.check("", Err(Refusal::Invalid { field, message }));
            }
        };
        check("organisation".to_owned(), text::check_required("organisation", &self.organisation, text::NAME_MAX));
        check("time_zone".to_owned(), time_zone(&self.time_zone).map(drop));
        check("administrator".to_owned(), text::check_required("administrator", &self.administrator, text::NAME_MAX));
        check("email".to_owned(), check_email(&fold_email(&self.email)));
        check("password".to_owned(), self.password.check(&self.administrator, &fold_email(&self.email)));
        problems
    }
}

async fn show(extract::State(state): extract::State<State>) -> Response {
    if state.first_run.is_open() { ask(&state, StatusCode::OK, &Filled::default(), &Problems::default()) } else { to_app() }
}

async fn submit(
    extract::State(state): extract::State<State>,
    parts: Parts,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Error> {
    // One at a time: whoever comes second finds the code gone.
    let mut code = state.first_run.code.lock().await;
    let Some(expected) = code.clone() else { return Ok(to_app()) };
    if has_organisation(&state.db).await? {
        // Another process or the command line was quicker.
        close(&state, &mut code);
        return Ok(to_app());
    }
    let Ok(Form(filled)) = form else {
        return Ok(ask(&state, StatusCode::BAD_REQUEST, &Filled::default(), &Problems::default()));
    };
    let subjects = Subjects::new("first run", Client::of(&parts, &state.config).address);
    if let Err(error) = throttle::count(&state.db, &subjects, clock::now()).await {
        let Error::Problem { message, .. } = error else { return Err(error) };
        return Ok(ask(&state, StatusCode::TOO_MANY_REQUESTS, &filled, &about("code", &message)));
    }
    let given: String = filled.code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if !bool::from(given.as_bytes().ct_eq(expected.as_bytes())) {
        return Ok(ask(
            &state,
            StatusCode::FORBIDDEN,
            &filled,
            &about("code", "This is not the code that the server printed at its last start."),
        ));
    }
    throttle::forgive_alone(&state.db, &subjects).await?;
    let problems = filled.problems();
    if !problems.is_empty() {
        return Ok(ask(&state, StatusCode::BAD_REQUEST, &filled, &problems));
    }
    let new = NewOrganisation {
        name: filled.organisation,
        time_zone: filled.time_zone,
        administrator: filled.administrator,
        email: filled.email,
        password_hash: Some(state.passwords.hash(filled.password).await?),
        rules: Rules::default(),
    };
    create(&state.db, new).await?;
    close(&state, &mut code);
    Ok(to_app())
}

fn close(state: &State, code: &mut Option<String>) {
    *code = None;
    state.first_run.is_open.store(false, Ordering::Release);
}

fn to_app() -> Response {
    Redirect::to("/app").into_response()
}

fn about(field: &str, words: &str) -> Problems {
    let mut problems = Problems::default();
    problems.add(field, words);
    problems
}

fn ask(state: &State, status: StatusCode, filled: &Filled, problems: &Problems) -> Response {
    let stylesheet = state.assets.files.get("app.css").cloned().unwrap_or_default();
    (status, Html(page::first_run(stylesheet, filled, problems))).into_response()
}

async fn has_organisation(db: &Db) -> Result<bool, Error> {
    Ok(fetch_optional!(&mut db.read().await?, (String,), "select id from organisation limit 1")?.is_some())
}
