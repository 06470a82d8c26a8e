//! Organisations drawn by chance in which people change teams and roles from month to month. Everybody pulls whatever there is, all the time,
//! and in the end tries by exact elimination to learn of fewer than five people from everything that was ever shown.

use super::{
    super::suppression::attack::{Seen, succeeds},
    *,
};
use crate::{account, config::Config, db::execute, organisation::NewOrganisation, random::uuid, survey, sync, team};
use app::{
    account::Actor,
    id::{CustomerId, MeetingId, OrganisationId, RatingId, TeamId},
    organisation::Rules,
    score::Month,
    survey::{Answers, Component, Rating, Way},
    sync::protocol::{Cursor, Pull, Row, Scope, ScopeCursor, WIRE},
};
use clap::Parser;
use futures_util::future::BoxFuture;
use proptest::{
    prelude::*,
    test_runner::{Config as Cases, TestRunner},
};
use tempfile::TempDir;
use uuid::Uuid;

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

/// What somebody ever saw.
#[derive(Default)]
struct Viewer {
    cursors: BTreeMap<Scope, Cursor>,
    ratings: BTreeSet<RatingId>,
    shown: BTreeMap<Cell, Aggregate>,
}

struct World {
    state: State,
    organisation: OrganisationId,
    administrator: Actor,
    members: BTreeMap<MemberId, Member>,
    teams: Vec<Team>,
    customers: u128,
    viewers: BTreeMap<MemberId, Viewer>,
    now: Timestamp,
    random: fastrand::Rng,
    _data: TempDir,
}

/// Noon at the beginning of 2026.
const BEGIN: Timestamp = Timestamp(1_767_268_800_000);
const MONTHS: i64 = 3;

impl World {
    async fn new(seed: u64) -> Self {
        let data = tempfile::tempdir().expect("a temporary directory");
        let config = Settings::parse_from(["qdos", "--data", data.path().to_str().expect("a plain path")]).config;
        let state = State::open(config).await.expect("a fresh database opens");
        let new = NewOrganisation {
            name: "Drawn by chance".to_owned(),
            time_zone: "Europe/Amsterdam".to_owned(),
            administrator: "Ada".to_owned(),
            email: "ada@example.test".to_owned(),
            password_hash: None,
            rules: Rules::default(),
        };
        let (organisation, administrator) = crate::organisation::create(&state.db, new).await.expect("an organisation");
        let mut random = fastrand::Rng::with_seed(seed);
        let customers = random.u128(6..9);
        let mut world = Self {
            state,
            organisation: organisation.id,
            administrator: Actor::new(administrator, &[]),
            members: BTreeMap::new(),
            teams: Vec::new(),
            customers,
            viewers: BTreeMap::new(),
            now: BEGIN,
            random,
            _data: data,
        };
        for n in 0..world.random.usize(2..4) {
            let parent = (n > 0 && world.random.bool()).then(|| world.teams[0].id);
            world.place(Team { id: TeamId(uuid()), name: format!("Team {n}"), parent }).await;
        }
        for n in 0..world.random.u8(8..11) {
            let team = world.a_team();
            let roles = world.roles();
            let email = format!("{n}@example.test");
            world.employ(Member { id: MemberId(uuid()), name: format!("Member {n}"), email, team: Some(team), roles, active: true }).await;
        }
        world
    }

    /// Mostly the first team, so that some team has five.
    fn a_team(&mut self) -> TeamId {
        let place = if self.random.u8(..3) > 0 { 0 } else { self.random.usize(..self.teams.len()) };
        self.teams[place].id
    }

    fn roles(&mut self) -> BTreeSet<Role> {
        match self.random.u8(..8) {
            0 => [Role::Manager].into(),
            1 => [Role::Rep, Role::Manager].into(),
            _ => [Role::Rep].into(),
        }
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl for<'t> FnOnce(&'t mut Writing) -> BoxFuture<'t, Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        let now = self.now;
        self.state
            .writer
            .write(self.organisation, move |writing| {
                writing.now = now;
                work(writing)
            })
            .await
    }

    async fn place(&mut self, team: Team) {
        let kept = team.clone();
        // A team cannot be part of itself; then it stays where it was.
        if self.write(|writing| Box::pin(team::save(writing, kept))).await.is_ok() {
            self.teams.retain(|other| other.id != team.id);
            self.teams.push(team);
            self.teams.sort_by_key(|team| team.name.clone());
        }
    }

    async fn employ(&mut self, member: Member) {
        let (kept, by) = (member.clone(), self.administrator.clone());
        let saved = self.write(move |writing| Box::pin(async move { account::save_member(writing, &by, kept).await })).await;
        saved.expect("a member can be kept");
        self.members.insert(member.id, member);
    }

    /// Somebody changes team or roles, or a team its place.
    async fn change(&mut self) {
        if self.random.u8(..5) == 0 {
            let mut team = self.teams[self.random.usize(..self.teams.len())].clone();
            team.parent = self.random.bool().then(|| self.teams[self.random.usize(..self.teams.len())].id);
            return self.place(team).await;
        }
        let who = self.random.usize(..self.members.len());
        let mut member = self.members.values().nth(who).expect("somebody").clone();
        match self.random.u8(..3) {
            0 => member.team = Some(self.a_team()),
            1 => member.roles = [Role::Rep, Role::Manager].into(),
            _ => member.roles = self.roles(),
        }
        self.employ(member).await;
    }

    /// A rating that has reached everybody whom it is to reach.
    async fn rate(&mut self, rep: MemberId) {
        let hide_name = self.random.u8(..5) == 0;
        let components = [Component::Listening, Component::Trust].into_iter().filter(|_| self.random.u8(..6) > 0).collect::<Vec<_>>();
        let rating = Rating {
            id: RatingId(uuid()),
            meeting: MeetingId(uuid()),
            customer: CustomerId(Uuid::from_u128(self.random.u128(..self.customers))),
            contact: None,
            rep,
            way: Way::Link,
            given_at: self.now,
            answers: Answers {
                components: components.into_iter().map(|it| (it, self.random.u8(1..=5))).collect(),
                hide_name,
                ..Answers::default()
            },
            first_answers: None,
            context: String::new(),
            exclusions: Vec::new(),
        };
        self.write(|writing| Box::pin(release(writing, rating))).await.expect("a rating can be kept");
    }

    /// Everybody pulls everything.
    async fn pull(&mut self) {
        for member in self.members.keys() {
            let viewer = self.viewers.entry(*member).or_default();
            loop {
                let mut tx = self.state.db.read().await.expect("a snapshot");
                let actor = account::actor(&mut tx, self.organisation, &member.to_string()).await.expect("a member").expect("active");
                let cursors = viewer.cursors.iter().map(|(scope, cursor)| ScopeCursor { scope: *scope, cursor: cursor.clone() }).collect();
                let pull = Pull { wire: WIRE, member: *member, cursors };
                let pulled = sync::answer(&mut tx, self.organisation, &actor, pull).await.expect("an answer");
                viewer.cursors.retain(|scope, _| pulled.scopes.contains(scope));
                for page in pulled.pages {
                    for change in page.changes {
                        if let Some(body) = change.body {
                            viewer.see(change.entity.read(body.get()).expect("a row"));
                        }
                    }
                    viewer.cursors.insert(page.scope, page.cursor);
                }
                if !pulled.more {
                    break;
                }
            }
        }
    }

    /// Lets months pass.
    async fn live(&mut self) {
        for month in 0..MONTHS {
            let first = BEGIN.plus_days(30 * month + 2);
            let reps: Vec<MemberId> = self.members.keys().copied().collect();
            let mut days: Vec<(i64, Option<MemberId>)> = Vec::new();
            for rep in reps {
                days.extend((0..self.random.u8(1..4)).map(|_| (self.random.i64(0..24), Some(rep))));
            }
            days.extend((0..self.random.u8(1..4)).map(|_| (self.random.i64(0..24), None)));
            days.sort_unstable();
            for (day, rep) in days {
                self.now = first.plus_days(day);
                match rep {
                    Some(rep) => self.rate(rep).await,
                    None => {
                        self.pull().await;
                        self.change().await;
                        self.pull().await;
                    }
                }
            }
            self.pull().await;
            self.now = first.plus_days(31);
            close_due(&self.state, self.now).await.expect("months can be closed");
            self.pull().await;
        }
        // A change whose old ratings come after the last month closed.
        for _ in 0..3 {
            self.change().await;
            self.pull().await;
        }
    }

    async fn closed(&self) -> (Vec<ClosedMonth>, BTreeMap<MemberId, BTreeSet<MemberId>>) {
        let read =
            self.write(|writing| Box::pin(async { Ok((queries::last_closed(writing, 99).await?, queries::managing(writing).await?)) }));
        read.await.expect("they can be read")
    }

    async fn kept_of(&self, member: MemberId) -> BTreeMap<NaiveDate, Kept> {
        self.write(move |writing| Box::pin(queries::kept_of(writing, member))).await.expect("it can be read")
    }

    /// Tries, for everybody, what can be learned; with `all` also from what is withheld. What was shown, what withheld, and of whom it told.
    async fn attack(&self, all: bool) -> Found {
        let (months, ever) = self.closed().await;
        let mut found = Found::default();
        for (member, viewer) in &self.viewers {
            let kept = self.kept_of(*member).await;
            let cells: BTreeSet<Cell> = viewer.shown.keys().copied().collect();
            assert_eq!(cells, kept.values().flat_map(Kept::cells).collect(), "everything that is published arrives, and nothing else");
            let mut seen = Vec::new();
            for month in &months {
                let Some(kept) = kept.get(&month.first_day) else { continue };
                let of = |reps: &BTreeSet<MemberId>| {
                    month.ratings.iter().filter(|it| reps.contains(&it.rep)).map(|it| it.id).collect::<BTreeSet<_>>()
                };
                assert!(of(&kept.sight.every).is_subset(&viewer.ratings), "whoever counts as seen is seen");
                let (mut ratings, mut whole) = (viewer.ratings.clone(), kept.sight.every.clone());
                found.withheld += kept.sight.withheld.len();
                if all {
                    ratings.extend(of(&kept.sight.withheld));
                    whole.extend(&kept.sight.withheld);
                }
                let mut known = ever.get(member).cloned().unwrap_or_default();
                // Somebody who came later, and of whom everything is withheld, is as unknown as before.
                known.retain(|rep| !kept.sight.withheld.contains(rep) || !of(&[*rep].into()).is_disjoint(&ratings));
                known.insert(*member);
                seen.push(Seen { month, cells: &cells, ratings, whole, known });
            }
            found.of_teams += cells.iter().filter(|cell| cell.part != Part::Organisation).count();
            found.of_all += cells.iter().filter(|cell| cell.part == Part::Organisation).count();
            found.broken |= succeeds(&seen);
        }
        found
    }
}

#[derive(Debug, Default)]
struct Found {
    of_teams: usize,
    of_all: usize,
    withheld: usize,
    broken: bool,
}

impl Viewer {
    fn see(&mut self, row: Row) {
        match row {
            Row::Rating(rating) => drop(self.ratings.insert(rating.id)),
            Row::Month(month) => {
                let month: Month = month;
                for part in &month.parts {
                    for (component, sum) in &part.components {
                        let cell = Cell { month: month.first_day, part: part.part, component: *component };
                        let before = self.shown.insert(cell, *sum);
                        assert!(before.is_none_or(|before| before == *sum), "what is published never changes");
                    }
                }
            }
            _ => {}
        }
    }
}

/// Brings `rating` to everybody whom it is to reach.
async fn release(writing: &mut Writing, rating: Rating) -> Result<(), Error> {
    let hidden = rating.answers.hide_name;
    execute!(
        writing.tx.up_to_date().await?,
        "insert into rating (organisation, id, rep, rep_at, manager_at, hidden, body) values ($1, $2, $3, $4, $5, $6, $7)",
        writing.organisation.to_string(),
        rating.id.to_string(),
        rating.rep.to_string(),
        (!hidden).then_some(writing.now.0),
        writing.now.0,
        hidden,
        serde_json::to_string(&rating)?
    )?;
    survey::republish(writing, rating.rep).await
}

async fn lived(seed: u64) -> World {
    let mut world = World::new(seed).await;
    world.live().await;
    world
}

#[test]
fn nothing_that_anybody_was_ever_shown_tells_of_fewer_than_five() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let mut runner = TestRunner::new(Cases { cases: 12, failure_persistence: None, max_shrink_iters: 0, ..Cases::default() });
    let tried = runner.run(&any::<u64>(), |seed| {
        let found = runtime.block_on(async { lived(seed).await.attack(false).await });
        prop_assert!(!found.broken, "{:?}", found);
        Ok(())
    });
    tried.expect("whatever people become, nobody learns of few");
}

#[tokio::test]
async fn much_is_shown_and_what_is_withheld_would_tell_of_few() {
    let (mut all, mut told) = (Found::default(), 0);
    for seed in 0..12 {
        let found = lived(seed).await.attack(true).await;
        all.of_teams += found.of_teams;
        all.of_all += found.of_all;
        all.withheld += found.withheld;
        told += usize::from(found.broken);
    }
    assert!(all.of_teams >= 20 && all.of_all >= 100 && all.withheld >= 5 && told >= 1, "{all:?}, {told} told of few");
}

#[test]
fn a_month_ends_at_midnight_in_its_own_time_zone() {
    for (month, zone, ends) in [
        ("2026-02-01", Tz::UTC, "2026-03-01T00:00:00+00:00"),
        ("2026-03-01", Tz::Europe__Amsterdam, "2026-03-31T22:00:00+00:00"),
        ("2026-12-01", Tz::Pacific__Auckland, "2026-12-31T11:00:00+00:00"),
    ] {
        assert_eq!(end(month.parse().expect("a date"), zone).to_utc().to_rfc3339(), ends);
    }
}
