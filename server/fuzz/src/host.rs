//! The real router over an organisation whose people and customers have known ids, so that seeds can name them.

use app::{
    account::{Actor, Member, Role},
    customer::{Contact, Customer},
    id::{ContactId, CustomerId, MemberId, TeamId},
    organisation::Rules,
    sync::protocol::Mutation,
    team::Team,
};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use clap::Parser;
use http_body_util::BodyExt;
use server::{State, account, clock, config::Config, organisation, sync};
use std::collections::BTreeSet;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use uuid::Uuid;

const ORIGIN: &str = "http://127.0.0.1:3000";
/// After at least so many requests the database starts afresh, so that it stays small and a finding needs few.
const REQUESTS_MAX: usize = 2_000;

/// Answers one path, asked by a rep with one customer and one contact there.
pub struct Host {
    path: &'static str,
    runtime: Runtime,
    open: Option<Open>,
}

struct Open {
    state: State,
    router: Router,
    cookie: String,
    requests: usize,
    _data: TempDir,
}

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

impl Host {
    /// Over an empty database, made when it is first asked.
    pub fn new(path: &'static str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        Self { path, runtime, open: None }
    }

    /// Lets a database go that has grown; between inputs, so that all requests of one meet the same.
    pub fn tidy(&mut self) {
        if let Some(old) = self.open.take_if(|open| open.requests >= REQUESTS_MAX) {
            self.runtime.block_on(old.state.db.close());
        }
    }

    /// Posts a body and returns the answer's body, if it is one of success.
    ///
    /// # Panics
    /// Where the server fails, which is what is looked for.
    pub fn post(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        let open = self.open.get_or_insert_with(|| self.runtime.block_on(Open::new()));
        open.requests += 1;
        self.runtime.block_on(async {
            let request = Request::post(self.path)
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::ORIGIN, ORIGIN)
                .header(header::COOKIE, &open.cookie)
                .body(Body::from(body.to_vec()))
                .expect("a request");
            let response = open.router.clone().oneshot(request).await.expect("the router answers");
            let status = response.status();
            let answer = response.into_body().collect().await.expect("a whole answer").to_bytes();
            assert!(!status.is_server_error(), "{status}: {}", String::from_utf8_lossy(&answer));
            (status == StatusCode::OK).then(|| answer.to_vec())
        })
    }
}

impl Open {
    async fn new() -> Self {
        let data = tempfile::tempdir().expect("a temporary directory");
        let url = format!("sqlite:{}", data.path().join("qdos.sqlite").display());
        let arguments = ["fuzz", "--data", data.path().to_str().expect("a plain path"), "--database-url", &url];
        let state = State::open(Settings::parse_from(arguments).config).await.expect("a fresh database opens");
        let new = organisation::NewOrganisation {
            name: "Fuzzed".into(),
            time_zone: "Europe/Amsterdam".into(),
            administrator: "Ada Administrator".into(),
            email: "ada@example.test".into(),
            password_hash: None,
            rules: Rules::default(),
        };
        let (organisation, _) = organisation::create(&state.db, new).await.expect("an organisation");
        let rep = rep();
        let kept = state.writer.write(organisation.id, |writing| {
            Box::pin(async move {
                let rep = self::rep();
                organisation::save_team(writing, &team()).await?;
                organisation::save_member(writing, &rep).await?;
                let actor = Actor::new(rep, []);
                for mutation in known() {
                    sync::apply(writing, &actor, &mutation).await?;
                }
                Ok(())
            })
        });
        kept.await.expect("they can be kept");
        let cookie = account::open_session(&state.db, organisation.id, rep.id, "Fuzzer", false).await.expect("a session");
        let cookie = format!("{}={}", cookie.name(), cookie.value());
        Self { router: server::router(state.clone()), state, cookie, requests: 0, _data: data }
    }
}

fn team() -> Team {
    Team { id: TeamId(Uuid::from_u128(1)), name: "North".into(), parent: None }
}

fn rep() -> Member {
    Member {
        id: MemberId(Uuid::from_u128(2)),
        name: "Rik Rep".into(),
        email: "rik@example.test".into(),
        team: Some(team().id),
        roles: BTreeSet::from([Role::Rep]),
        active: true,
    }
}

/// Customer 3 and contact 4.
fn known() -> [Mutation; 2] {
    let customer = Customer {
        id: CustomerId(Uuid::from_u128(3)),
        name: "Bakery Molen".into(),
        place: "Utrecht".into(),
        industry: String::new(),
        size: Default::default(),
        owner: rep().id,
        co_owners: BTreeSet::new(),
        owned_since: clock::now().date_at(0),
        tier: Default::default(),
        window_days: None,
        ideal_days: None,
        archived: false,
        united: None,
        version: 0,
        history: Default::default(),
    };
    let contact = Contact {
        id: ContactId(Uuid::from_u128(4)),
        customer: customer.id,
        name: "Carla".into(),
        role: "Buyer".into(),
        email: String::new(),
        phone: String::new(),
        archived: false,
        version: 0,
        history: Default::default(),
    };
    [Mutation::CreateCustomer { customer }, Mutation::CreateContact { contact }]
}
