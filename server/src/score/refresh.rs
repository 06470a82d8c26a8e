//! Scores are computed in the background, never in a request: when what they rest on has changed, and once a day because ratings age.
//!
//! Safe to restart and to run in several processes: `scoring` says what is stale, in the transaction that made it so; whoever computes
//! writes only what differs, and never over scores that rest on something newer.

use super::{
    coverage::{Coverages, INVITATION_DAYS, MEETING_DAYS},
    estimate::{RepScore, Scores, estimate},
    queries,
};
use crate::{
    State, account, clock,
    db::{self, Transaction, Writing},
    error::Error,
};
use app::{
    account::{Member, Role},
    id::{MemberId, OrganisationId},
    organisation::Rules,
    score::{Audience, CUSTOMERS_FOR_MANAGER, RATINGS_FOR_MANAGER, Score},
    survey::Coverage,
    sync::protocol::{Entity, Scope},
    team::Team,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

/// How often to look for stale scores: one small query.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How much longer than the computing took to rest: what arrives meanwhile is computed together, on a tenth of a core at most.
const REST: u32 = 9;

/// Keeps the scores fresh for as long as the server runs.
pub fn spawn_refresh(state: State) {
    tokio::spawn(async move {
        loop {
            let started = Instant::now();
            if let Err(error) = refresh_stale(&state).await {
                tracing::error!(%error, "scores could not be computed");
            }
            tokio::time::sleep((started.elapsed() * REST).max(LOOK_EVERY)).await;
        }
    });
}

/// Computes the scores of every organisation whose scores are stale.
///
/// # Errors
/// The database's; organisations after the failing one are left stale.
pub async fn refresh_stale(state: &State) -> Result<(), Error> {
    let today = clock::now().date_at(0);
    let mut tx = state.db.read().await?;
    let stale = queries::stale(&mut tx, today).await?;
    drop(tx);
    for organisation in stale {
        refresh(state, organisation).await?;
    }
    Ok(())
}

/// Computes the scores of one organisation from one snapshot and keeps what differs.
async fn refresh(state: &State, organisation: OrganisationId) -> Result<(), Error> {
    let now = clock::now();
    let mut tx = state.db.read().await?;
    let material = Material::read(&mut tx, organisation, now).await?;
    drop(tx);
    let changed = material.changed;
    // Seconds of arithmetic for a large organisation: not on a thread that answers requests.
    let computed = tokio::task::spawn_blocking(move || material.compute(now)).await.map_err(|error| Error::Internal(error.to_string()))?;
    state.writer.write(organisation, move |writing| Box::pin(keep(writing, computed, changed, now))).await
}

/// Everything that scores rest on, from one snapshot.
struct Material {
    changed: i64,
    members: Vec<Member>,
    rules: Rules,
    ratings: [(Audience, super::Ratings); 2],
    coverages: Coverages,
}

impl Material {
    async fn read(tx: &mut Transaction, id: OrganisationId, now: Timestamp) -> Result<Self, Error> {
        let organisation = id.to_string();
        let rules = crate::organisation::find(tx, id).await?.ok_or_else(Error::not_found)?.rules;
        let meetings = queries::meetings(tx, &organisation, now.plus_days(-MEETING_DAYS), now).await?;
        let invitations = queries::invitations(tx, &organisation, now.plus_days(-INVITATION_DAYS)).await?;
        Ok(Self {
            changed: queries::changed(tx, &organisation).await?,
            members: db::all(tx, &organisation).await?,
            rules,
            ratings: [
                (Audience::Rep, queries::ratings(tx, &organisation, Audience::Rep).await?),
                (Audience::Manager, queries::ratings(tx, &organisation, Audience::Manager).await?),
            ],
            coverages: Coverages::new(meetings, invitations),
        })
    }

    /// The scores of all reps and of everybody else who was ever rated.
    fn compute(&self, now: Timestamp) -> Vec<Score> {
        let mut computed = Vec::new();
        for (audience, ratings) in &self.ratings {
            let mut scores: Scores = estimate(ratings, now);
            for member in &self.members {
                let score = scores.remove(&member.id);
                if score.is_some() || member.is(Role::Rep) {
                    let coverage = self.coverages.of(member.id, &self.rules);
                    computed.push(as_seen(member, *audience, score.unwrap_or_default(), coverage, now));
                }
            }
        }
        computed
    }
}

/// What `audience` may see of a score.
fn as_seen(member: &Member, audience: Audience, score: RepScore, coverage: Coverage, now: Timestamp) -> Score {
    let RepScore { ratings, customers, mut overall, mut components, mut change } = score;
    if audience == Audience::Manager {
        let enough = |ratings, customers| ratings >= RATINGS_FOR_MANAGER && customers >= CUSTOMERS_FOR_MANAGER;
        overall = overall.filter(|it| enough(it.ratings, it.customers));
        components.retain(|_, it| enough(it.ratings, it.customers));
        change = change.filter(|_| overall.is_some());
    }
    Score { ratings, customers, overall, components, change, coverage, ..Score::unknown(member.id, audience, now) }
}

/// Shows what managers know of `member`'s score to whom it belongs now, after the member's managers changed. It does not wait for the next
/// computing: a new manager is not to hold what the managers know of the new manager, not for a second.
///
/// # Errors
/// The database's.
pub async fn republish(writing: &mut Writing, member: MemberId) -> Result<(), Error> {
    let (organisation, key) = (writing.organisation.to_string(), Score::key(member, Audience::Manager));
    if db::find::<Score>(&mut writing.tx, &organisation, &key).await?.is_some() {
        let scopes = account::managers_of(writing, member).await?.into_iter().collect();
        writing.publish(Entity::Score, &key, &scopes).await?;
    }
    Ok(())
}

/// The managers' scope of each member, as it is now: what was computed may rest on an older snapshot.
async fn managers(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<MemberId, Scope>, Error> {
    let members: Vec<Member> = db::all(tx, organisation).await?;
    let teams: Vec<Team> = db::all(tx, organisation).await?;
    Ok(members.iter().filter_map(|member| Some((member.id, Scope::Team(member.managed_in(&teams)?)))).collect())
}

/// Keeps the scores that say something else than those there, or to somebody else.
async fn keep(writing: &mut Writing, computed: Vec<Score>, changed: i64, now: Timestamp) -> Result<(), Error> {
    if !queries::mark_computed(writing, changed, now.date_at(0)).await? {
        return Ok(());
    }
    let organisation = writing.organisation.to_string();
    let kept = queries::scores(&mut writing.tx, &organisation).await?;
    let mut held = queries::scopes(&mut writing.tx, &organisation).await?;
    let managers = managers(&mut writing.tx, &organisation).await?;
    for score in computed {
        let scopes: BTreeSet<Scope> = match score.audience {
            Audience::Rep => BTreeSet::from([Scope::Member(score.member)]),
            Audience::Manager => managers.get(&score.member).copied().into_iter().collect(),
        };
        let key = Score::key(score.member, score.audience);
        let says_the_same = kept.get(&key).is_some_and(|before| *before == Score { computed_at: before.computed_at, ..score.clone() });
        if !says_the_same || held.remove(&key).unwrap_or_default() != scopes {
            db::save(writing, &score, &scopes).await?;
        }
    }
    Ok(())
}
