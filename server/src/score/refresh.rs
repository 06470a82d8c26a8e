//! Scores are computed in the background, never in a request: when what they rest on has changed, and once a day because ratings age.
//!
//! Safe to restart and to run in several processes: `scoring` says what is stale, in the transaction that made it so; whoever computes
//! writes only what differs, and never over scores that rest on something newer.

use super::{
    coverage::{Coverages, INVITATION_DAYS, MEETING_DAYS},
    disagreement::disagreements,
    estimate::{RepScore, Scores, estimate},
    held::Held,
    months,
    movement::movements,
    past::{continued, reconstructed},
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
    score::{Audience, CUSTOMERS_FOR_MANAGER, Pull, RATINGS_FOR_MANAGER, Score},
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

/// Computes the scores of every organisation whose scores are stale, and closes the months that are over.
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
    months::close_due(state, clock::now()).await
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
    audiences: [(Audience, super::Ratings, Option<Held>); 2],
    coverages: Coverages,
    kept: BTreeMap<String, Score>,
}

/// What came of it.
struct Computed {
    scores: Vec<Score>,
    held: Vec<(Audience, Held)>,
}

impl Material {
    async fn read(tx: &mut Transaction, id: OrganisationId, now: Timestamp) -> Result<Self, Error> {
        let organisation = id.to_string();
        let rules = crate::organisation::find(tx, id).await?.ok_or_else(Error::not_found)?.rules;
        let meetings = queries::meetings(tx, &organisation, now.plus_days(-MEETING_DAYS), now).await?;
        let invitations = queries::invitations(tx, &organisation, now.plus_days(-INVITATION_DAYS)).await?;
        let mut of = async |audience| -> Result<_, Error> {
            Ok((audience, queries::ratings(tx, &organisation, audience).await?, queries::held(tx, &organisation, audience).await?))
        };
        Ok(Self {
            audiences: [of(Audience::Rep).await?, of(Audience::Manager).await?],
            changed: queries::changed(tx, &organisation).await?,
            members: db::all(tx, &organisation).await?,
            rules,
            coverages: Coverages::new(meetings, invitations),
            kept: queries::scores(tx, &organisation).await?,
        })
    }

    /// The scores of all reps and of everybody else who was ever rated.
    fn compute(self, now: Timestamp) -> Computed {
        let mut computed = Computed { scores: Vec::new(), held: Vec::new() };
        for (audience, ratings, before) in self.audiences {
            let counted = ratings.counted_at(now);
            let is_first = before.is_none();
            let held = Held::next(before, &counted, &self.rules, now);
            let mut scores: Scores = estimate(&counted, &held.fit, &self.rules, now);
            for (rep, found) in disagreements(&counted, audience, now) {
                scores.entry(rep).or_default().disagreements = found;
            }
            let mut moved = movements(&ratings, held.baseline(), &held.fit, now);
            let mut past = if is_first {
                reconstructed(&counted, &held.fit, now, |it| is_told(audience, it.ratings, it.customers))
            } else {
                BTreeMap::new()
            };
            for member in &self.members {
                let score = scores.remove(&member.id);
                if score.is_none() && !member.is(Role::Rep) {
                    continue;
                }
                let kept = self.kept.get(&Score::key(member.id, audience));
                let score = Score {
                    coverage: self.coverages.of(member.id, &self.rules),
                    // From something that the audience knew.
                    movement: moved.remove(&member.id).filter(|it| !it.parts.is_empty() && kept.is_some_and(|kept| kept.overall.is_some())),
                    past: past.remove(&member.id).or_else(|| kept.map(|kept| continued(kept, now))).unwrap_or_default(),
                    formula: held.fit.formula.version,
                    ..score.map_or_else(|| Score::unknown(member.id, audience, now), |score| told(score, member.id, audience, now))
                };
                computed.scores.push(as_seen(score));
            }
            computed.held.push((audience, held));
        }
        computed
    }
}

/// A score as it is told.
fn told(score: RepScore, member: MemberId, audience: Audience, computed_at: Timestamp) -> Score {
    Score {
        ratings: score.ratings,
        customers: score.customers,
        overall: score.overall,
        components: score.components,
        change: score.change,
        reliability: score.reliability,
        net_promoter: score.net_promoter,
        standing: score.standing,
        apart: score.apart,
        pulls: score.pulls.into_iter().map(|(id, pull)| (id, Pull::of(pull))).collect(),
        hidden_pull: score.hidden_pull.map(Pull::of),
        raters_pull: score.raters_pull.map(Pull::of),
        disagreements: score.disagreements,
        steps: score.steps,
        burst: score.burst,
        ..Score::unknown(member, audience, computed_at)
    }
}

/// Whether what rests on so much may be told.
fn is_told(audience: Audience, ratings: u32, customers: u32) -> bool {
    audience == Audience::Rep || (ratings >= RATINGS_FOR_MANAGER && customers >= CUSTOMERS_FOR_MANAGER)
}

/// What its audience may see of a score: managers nothing that rests on too few, and no rating's own part.
fn as_seen(score: Score) -> Score {
    if score.audience == Audience::Rep {
        return score;
    }
    let enough = |ratings, customers| is_told(Audience::Manager, ratings, customers);
    let told = enough(score.ratings, score.customers) && score.overall.is_some_and(|it| enough(it.ratings, it.customers));
    let mut seen = Score { pulls: BTreeMap::new(), hidden_pull: None, raters_pull: None, ..score };
    seen.components.retain(|_, it| enough(it.ratings, it.customers));
    if told {
        return seen;
    }
    Score {
        components: seen.components,
        ratings: seen.ratings,
        customers: seen.customers,
        coverage: seen.coverage,
        burst: seen.burst,
        formula: seen.formula,
        past: seen.past,
        ..Score::unknown(seen.member, seen.audience, seen.computed_at)
    }
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
async fn keep(writing: &mut Writing, computed: Computed, changed: i64, now: Timestamp) -> Result<(), Error> {
    if !queries::mark_computed(writing, changed, now.date_at(0)).await? {
        return Ok(());
    }
    for (audience, held) in &computed.held {
        queries::hold(writing, *audience, held).await?;
    }
    let organisation = writing.organisation.to_string();
    let kept = queries::scores(&mut writing.tx, &organisation).await?;
    let mut held = queries::scopes(&mut writing.tx, &organisation).await?;
    let managers = managers(&mut writing.tx, &organisation).await?;
    for score in computed.scores {
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
