//! One [`TestApp`] per test: the router, a database of its own, an organisation whose teams and members the test makes.

mod call;
mod cluster;
mod credentials;
mod people;
mod pokes;
pub mod visitor;
mod wire;

pub use call::{Called, PASSWORD};
pub use cluster::Cluster;
pub use people::{Phone, at, attach_photo, held, jpeg, new_contact, new_customer, photo_data, photo_on};
pub use pokes::Pokes;

use app::{
    account::{Member, Role},
    id::{MemberId, OrganisationId, TeamId},
    organisation::{Organisation, Rules},
    team::Team,
};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use clap::Parser;
use futures_util::FutureExt;
use http_body_util::BodyExt;
use server::{
    State,
    config::Config,
    db::{Db, Transaction, Writer},
    organisation::NewOrganisation,
    outgoing::Outgoing,
    random,
};
use std::collections::BTreeSet;
use tower::ServiceExt;

/// Runs a test body on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($(async fn $name:ident($app:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            // Compiled once for both: these tests are most of what the compiler has to do.
            async fn test($app: $crate::support::TestApp) $body

            #[tokio::test]
            async fn sqlite() {
                test($crate::support::TestApp::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(app) = $crate::support::TestApp::postgres().await {
                    test(app).await;
                }
            }
        }
    )*};
}

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

/// A server with an organisation and its administrator, where ratings are released at once.
pub struct TestApp {
    /// What handlers share.
    pub state: State,
    /// The organisation.
    pub organisation: Organisation,
    router: Router,
    _data: tempfile::TempDir,
}

/// A server over an empty database.
pub struct Empty {
    /// What handlers share.
    pub state: State,
    data: tempfile::TempDir,
}

impl Empty {
    async fn open(data: tempfile::TempDir, url: String) -> Self {
        let arguments = ["qdos", "--data", data.path().to_str().expect("a plain path"), "--database-url", &url];
        let config = Settings::parse_from(arguments).config;
        Self { state: State::open(config).await.expect("a fresh database opens"), data }
    }
}

impl std::ops::Deref for Empty {
    type Target = State;
    fn deref(&self) -> &State {
        &self.state
    }
}

/// The base address that tests write from.
pub const ORIGIN: &str = "http://127.0.0.1:3000";

impl TestApp {
    /// On a fresh SQLite file.
    pub async fn sqlite() -> Self {
        Self::furnish(Self::empty_sqlite().await).await
    }

    /// On a fresh SQLite file, where people use `public_url`.
    pub async fn sqlite_at(public_url: &str) -> Self {
        let mut empty = Self::empty_sqlite().await;
        let public_url = Some(public_url.parse().expect("an address"));
        empty.state.config = Config { public_url, ..Config::clone(&empty.state.config) }.into();
        Self::furnish(empty).await
    }

    /// With other settings.
    pub fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::clone(&self.state.config);
        change(&mut config);
        self.state.outgoing = Outgoing::new(config.outgoing_loopback);
        self.state.config = config.into();
        self.router = server::router(self.state.clone());
        self
    }

    /// On a fresh SQLite file, where an organisation may keep so many bytes of photos.
    pub async fn sqlite_with_room(room: i64) -> Self {
        let mut empty = Self::empty_sqlite().await;
        empty.state.writer = Writer::new(empty.state.db.clone(), room);
        Self::furnish(empty).await
    }

    /// On a fresh PostgreSQL database, where there is a server to make it on.
    pub async fn postgres() -> Option<Self> {
        match Self::empty_postgres().await {
            Some(empty) => Some(Self::furnish(empty).await),
            None => None,
        }
    }

    /// A server over an empty SQLite file.
    pub async fn empty_sqlite() -> Empty {
        let data = tempfile::tempdir().expect("a temporary directory");
        let url = format!("sqlite:{}", data.path().join("qdos.sqlite").display());
        Empty::open(data, url).await
    }

    /// A server over an empty PostgreSQL database, where there is a server to make it on.
    pub async fn empty_postgres() -> Option<Empty> {
        let server = postgres_server()?;
        let name = format!("test_{}", random::secret());
        let pool = sqlx::PgPool::connect(&server).await.expect("the test server answers");
        let create = sqlx::AssertSqlSafe(format!("create database {name}"));
        sqlx::query(create).execute(&pool).await.expect("a test may create databases");
        let mut url = url::Url::parse(&server).expect("QDOS_TEST_POSTGRES is an address");
        url.set_path(&name);
        Some(Empty::open(tempfile::tempdir().expect("a temporary directory"), url.into()).await)
    }

    /// A server over `empty`, into which the test puts `organisation` by itself.
    pub fn over(empty: Empty, organisation: &Organisation) -> Self {
        let Empty { state, data } = empty;
        Self { router: server::router(state.clone()), state, organisation: organisation.clone(), _data: data }
    }

    /// On an empty database at `url`.
    pub async fn on(url: String) -> Self {
        Self::furnish(Empty::open(tempfile::tempdir().expect("a temporary directory"), url).await).await
    }

    /// Another process over the same database.
    pub async fn beside(&self) -> Self {
        self.at(self.state.config.database()).await
    }

    /// Another process over the same database, which is found at `url`.
    pub async fn at(&self, url: String) -> Self {
        let data = tempfile::tempdir().expect("a temporary directory");
        let config = Config { database_url: Some(url), data: data.path().to_owned(), ..Config::clone(&self.state.config) };
        Self::over(Empty { state: State::open(config).await.expect("the database opens again"), data }, &self.organisation)
    }

    async fn furnish(empty: Empty) -> Self {
        let (organisation, _) = new_organisation(&empty.state, "Testers").await;
        let app = Self::over(empty, &organisation);
        app.set_rules(Rules { release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() }).await;
        app
    }

    /// The id of the organisation.
    pub fn id(&self) -> OrganisationId {
        self.organisation.id
    }

    /// Sets the organisation's rules.
    pub async fn set_rules(&self, rules: Rules) {
        let organisation = Organisation { rules, ..self.organisation.clone() };
        self.state
            .writer
            .write(self.id(), move |writing| Box::pin(async move { server::organisation::save(writing, &organisation).await }))
            .await
            .expect("rules can be set");
    }

    /// A new team.
    pub async fn team(&self, name: &str, parent: Option<TeamId>) -> Team {
        let team = Team { id: TeamId(random::uuid()), name: name.into(), parent };
        let kept = team.clone();
        self.state
            .writer
            .write(self.id(), move |writing| Box::pin(async move { server::organisation::save_team(writing, &kept).await }))
            .await
            .expect("a team can be kept");
        team
    }

    /// A new member.
    pub async fn member(&self, name: &str, team: &Team, roles: &[Role]) -> Member {
        new_member(&self.state, self.id(), name, team.id, roles).await
    }

    /// Keeps a member as it is.
    pub async fn keep_member(&self, member: &Member) {
        keep_member(&self.state, self.id(), member).await;
    }

    /// A phone on which `member` is signed in.
    pub async fn phone(&self, member: &Member) -> Phone<'_> {
        Phone::new(self, self.id(), member).await
    }

    /// Changes rows behind the server's back, as the passing of time would.
    pub async fn sql(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql);
        match &self.state.db {
            Db::Sqlite { writer, .. } => drop(sqlx::query(sql).execute(writer).await.expect("the statement runs")),
            Db::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.expect("the statement runs")),
        }
    }

    /// What the database says to a question with one number as the answer.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let mut tx = self.state.db.look().await.expect("a connection");
        match &mut tx {
            Transaction::Sqlite(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await.expect("a number"),
            Transaction::Postgres(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await.expect("a number"),
        }
    }

    /// Sends a request as it is.
    pub async fn respond(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.expect("the router answers")
    }

    /// Sends a request and reads the whole answer; of a stream, which has no end, what is there at once.
    pub async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self.respond(request).await;
        let (parts, mut body) = response.into_parts();
        let is_stream = parts.headers.get(header::CONTENT_TYPE).is_some_and(|it| it == "text/event-stream");
        let body = if is_stream {
            let mut said = Vec::new();
            while let Some(frame) = body.frame().now_or_never().flatten() {
                said.extend(frame.expect("the stream does not break").into_data().expect("data"));
            }
            said
        } else {
            body.collect().await.expect("a whole body").to_bytes().to_vec()
        };
        (parts.status, String::from_utf8_lossy(&body).into_owned())
    }

    /// Posts JSON, with a session's cookie if there is one.
    pub async fn post(&self, path: &str, cookie: Option<&str>, body: impl Into<Body>) -> (StatusCode, String) {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json").header(header::ORIGIN, ORIGIN);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.send(request.body(body.into()).expect("a request")).await
    }
}

/// The address of a PostgreSQL server on which tests may make databases, where there is one; in CI there is.
pub fn postgres_server() -> Option<String> {
    let server = std::env::var("QDOS_TEST_POSTGRES").ok();
    assert!(server.is_some() || std::env::var_os("CI").is_none(), "CI tests on PostgreSQL: QDOS_TEST_POSTGRES is missing");
    server
}

/// Another organisation on the same server.
pub async fn new_organisation(state: &State, name: &str) -> (Organisation, Member) {
    let new = NewOrganisation {
        name: name.into(),
        time_zone: "Europe/Amsterdam".into(),
        administrator: "Ada Administrator".into(),
        email: format!("ada-{}@example.test", random::secret()),
        password_hash: None,
        rules: Rules::default(),
    };
    server::organisation::create(&state.db, new).await.expect("an organisation can be created")
}

/// A new member of any organisation.
pub async fn new_member(state: &State, organisation: OrganisationId, name: &str, team: TeamId, roles: &[Role]) -> Member {
    let member = Member {
        id: MemberId(random::uuid()),
        name: name.into(),
        email: format!("{}@example.test", random::secret()),
        team: Some(team),
        roles: BTreeSet::from_iter(roles.iter().copied()),
        active: true,
    };
    keep_member(state, organisation, &member).await;
    member
}

async fn keep_member(state: &State, organisation: OrganisationId, member: &Member) {
    let kept = member.clone();
    state
        .writer
        .write(organisation, move |writing| Box::pin(async move { server::organisation::save_member(writing, &kept).await }))
        .await
        .expect("a member can be kept");
}
