//! The server: one database file, and up to two processes that serve it.

use app::{
    account::{Member, Role},
    browser::reply::{NetworkError, Reply},
    id::{MemberId, OrganisationId, TeamId},
    organisation::Rules,
    survey::StockToken,
    team::Team,
};
use axum::{
    Router,
    body::Body,
    http::{Request, header, request},
};
use http_body_util::BodyExt;
use server::{State, account::open_session, config::Config, db::Db, organisation::NewOrganisation};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
    time::Duration,
};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

/// How many processes serve the database.
pub const PROCESSES: usize = 2;
/// How many of the members are reps: the first of them.
pub const REPS: usize = 3;

/// Who there is in every schedule.
#[derive(Clone, Debug)]
pub struct People {
    pub organisation: OrganisationId,
    /// Her session, which is in every backup.
    pub administrators_cookie: String,
    pub teams: Vec<Team>,
    /// Two reps in the first team, one in the second, a manager of each.
    pub members: Vec<Member>,
    /// Links to rate that phones have in stock, by member: in every backup, as what phones fetch long before they show it mostly is.
    pub links: Vec<Vec<StockToken>>,
}

/// Links that a member has in stock.
const LINKS: u16 = 8;

/// A database file with [`People`] in it, made once and copied for every schedule.
struct Template {
    directory: TempDir,
    people: People,
}

pub struct Host {
    directory: TempDir,
    processes: [Option<Process>; PROCESSES],
    pub people: People,
}

struct Process {
    state: State,
    router: Router,
}

impl Host {
    pub async fn new() -> Self {
        let template = template();
        let directory = directory();
        fs::copy(file(template.directory.path()), file(directory.path())).expect("a file can be copied");
        Self { directory, processes: [None, None], people: template.people.clone() }
    }

    /// Ends every process; the next request starts one again.
    pub async fn restart(&mut self) {
        for process in &mut self.processes {
            if let Some(process) = process.take() {
                close(&process.state.db).await;
            }
        }
    }

    async fn process(&mut self, process: usize) -> &Process {
        if self.processes[process].is_none() {
            self.processes[process] = Some(Process::start(self.directory.path()).await);
        }
        self.processes[process].as_ref().expect("it was just started")
    }

    /// The database.
    pub async fn db(&mut self) -> Db {
        self.process(0).await.state.db.clone()
    }

    /// Posts JSON and reads the answer as a phone does.
    pub async fn post(&mut self, process: usize, path: &str, cookie: &str, json: String) -> Reply {
        self.send(process, path, of_a_phone(path, cookie), json).await
    }

    /// Posts a form as the page that a customer opened does.
    pub async fn submit(&mut self, process: usize, path: &str, form: String) -> Reply {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(process, path, request, form).await
    }

    /// [`Host::post`] while the database fails: it has no meetings.
    pub async fn post_in_vain(&mut self, process: usize, path: &str, cookie: &str, json: String) -> Reply {
        self.execute("alter table meeting rename to elsewhere").await;
        let reply = self.respond(process, of_a_phone(path, cookie), json).await;
        self.execute("alter table elsewhere rename to meeting").await;
        reply
    }

    async fn send(&mut self, process: usize, path: &str, request: request::Builder, body: String) -> Reply {
        let reply = self.respond(process, request, body).await;
        assert_ne!(reply.status, 500, "{path}: nothing that people do is a fault of the server");
        reply
    }

    async fn respond(&mut self, process: usize, request: request::Builder, body: String) -> Reply {
        let request = request.header(header::ORIGIN, "http://127.0.0.1:3000").body(Body::from(body)).expect("a request");
        let response = self.process(process).await.router.clone().oneshot(request).await.expect("the router answers");
        let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.expect("a whole body").to_bytes();
        let body = String::from_utf8(body.to_vec()).expect("the server answers in UTF-8");
        Reply { status, body, retry_after: retry_after.map(Duration::from_secs), server_time: None }
    }

    /// Calls a server function as the administrator. What rules refuse changes nothing.
    pub async fn administer(&mut self, name: &str, arguments: serde_json::Value) {
        let cookie = self.people.administrators_cookie.clone();
        self.post(0, &format!("/api/fn/{name}"), &cookie, arguments.to_string()).await;
    }

    /// A new session's cookie.
    pub async fn sign_in(&mut self, member: MemberId) -> String {
        let organisation = self.people.organisation;
        let cookie = open_session(&self.db().await, organisation, member, "Simulation", false).await.expect("a session opens");
        format!("{}={}", cookie.name(), cookie.value())
    }

    /// Ends all sessions of a member.
    pub async fn end_sessions(&mut self, member: MemberId) {
        self.execute(&format!("delete from session where member = '{member}'")).await;
    }

    /// Shuts out all devices of a member.
    pub async fn revoke(&mut self, member: MemberId) {
        let now = server::clock::now().0;
        self.execute(&format!("update session set revoked_at = {now} where member = '{member}' and revoked_at is null")).await;
    }

    /// Keeps a copy of the whole database, while it is served.
    pub async fn back_up(&mut self) {
        let backup = self.backup();
        drop(fs::remove_file(&backup));
        self.execute(&format!("vacuum into '{}'", backup.display())).await;
    }

    /// Puts the last copy in the place of the database. False where there is none.
    pub async fn restore(&mut self) -> bool {
        if !self.backup().exists() {
            return false;
        }
        self.restart().await;
        let file = file(self.directory.path());
        for beside in ["-wal", "-shm"] {
            drop(fs::remove_file(format!("{}{beside}", file.display())));
        }
        fs::copy(self.backup(), file).expect("a backup can be copied");
        true
    }

    fn backup(&self) -> PathBuf {
        self.directory.path().join("backup.sqlite")
    }

    /// What a query finds.
    pub async fn select<T>(&mut self, sql: &'static str) -> Vec<T>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
    {
        let Db::Sqlite { readers, .. } = self.db().await else { unreachable!("the simulation runs on SQLite") };
        sqlx::query_as(sql).fetch_all(&readers).await.expect("rows can be read")
    }

    async fn execute(&mut self, sql: &str) {
        let Db::Sqlite { writer, .. } = self.db().await else { unreachable!("the simulation runs on SQLite") };
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&writer).await.expect("the statement runs");
    }
}

impl Process {
    async fn start(directory: &Path) -> Self {
        let state = open(directory).await;
        Self { router: server::router(state.clone()), state }
    }
}

fn of_a_phone(path: &str, cookie: &str) -> request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/json").header(header::COOKIE, cookie)
}

/// What a lost request looks like to the phone.
pub fn lost() -> Result<Reply, NetworkError> {
    Err(NetworkError::Offline)
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    // On a thread of its own: whoever needs it first is in a runtime already.
    TEMPLATE.get_or_init(|| {
        std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
            runtime.block_on(furnish())
        })
        .join()
        .expect("the template is made")
    })
}

async fn furnish() -> Template {
    let directory = directory();
    let state = open(directory.path()).await;
    let new = NewOrganisation {
        name: "Simulated".into(),
        time_zone: "Europe/Amsterdam".into(),
        administrator: "Ada".into(),
        email: "ada@example.test".into(),
        password_hash: None,
        // Everybody may be asked, and whoever may see a rating gets it at once: days do not pass here.
        rules: Rules { ask_per_rep_and_day: 20, release_to_rep_after: 0, release_to_manager_after: 0, ..Rules::default() },
    };
    let (organisation, ada) = server::organisation::create(&state.db, new).await.expect("an organisation can be created");
    let team = |n: u128, name: &str| Team { id: TeamId(Uuid::from_u128(n)), name: name.into(), parent: None };
    let teams = vec![team(0xf1, "North"), team(0xf2, "South")];
    let member = |n: u128, name: &str, team: &Team, role| Member {
        id: MemberId(Uuid::from_u128(n)),
        name: name.into(),
        email: format!("{}@example.test", name.to_lowercase()),
        team: Some(team.id),
        roles: BTreeSet::from([role]),
        active: true,
    };
    let members = vec![
        member(0xa1, "Rik", &teams[0], Role::Rep),
        member(0xa2, "Rob", &teams[0], Role::Rep),
        member(0xa3, "Sam", &teams[1], Role::Rep),
        member(0xa4, "Mia", &teams[0], Role::Manager),
        member(0xa5, "Sue", &teams[1], Role::Manager),
    ];
    let kept = (teams.clone(), members.clone());
    let keep = state.writer.write(organisation.id, move |writing| {
        Box::pin(async move {
            for team in &kept.0 {
                server::organisation::save_team(writing, team).await?;
            }
            for member in &kept.1 {
                server::organisation::save_member(writing, member).await?;
            }
            Ok(())
        })
    });
    keep.await.expect("people can be kept");
    let mut links = Vec::new();
    let mut tx = state.db.write().await.expect("a transaction");
    for member in &members {
        let kept = server::survey::keep_links(&mut tx, &organisation, member.id, LINKS, server::clock::now()).await;
        links.push(kept.expect("links can be kept"));
    }
    tx.commit().await.expect("a commit");
    let cookie = open_session(&state.db, organisation.id, ada.id, "Simulation", false).await.expect("a session opens");
    let administrators_cookie = format!("{}={}", cookie.name(), cookie.value());
    close(&state.db).await;
    Template { directory, people: People { organisation: organisation.id, administrators_cookie, teams, members, links } }
}

async fn open(directory: &Path) -> State {
    let local = "127.0.0.1:3000".parse().expect("an address");
    let config = Config {
        data: directory.to_owned(),
        database_url: None,
        database_direct_url: None,
        listen: local,
        metrics_listen: local,
        public_url: None,
        trusted_proxies: Vec::new(),
        outgoing_loopback: false,
        photo_space: i64::MAX,
        site: directory.join("site"),
    };
    State::open(config).await.expect("the database opens")
}

/// After this the file is whole by itself.
async fn close(db: &Db) {
    let Db::Sqlite { writer, readers } = db else { unreachable!("the simulation runs on SQLite") };
    readers.close().await;
    writer.close().await;
}

fn file(directory: &Path) -> PathBuf {
    directory.join("qdos.sqlite")
}

/// In memory, where there is such a place: what a power cut does is not simulated here.
fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a temporary directory")
}
