//! Scores are computed in the background, never in a request: when what they rest on has changed, and once a day because ratings age.
//!
//! - A new rating is read and taken in by itself (`cache.rs`); once a day, and where that cannot be done, everything is solved anew.
//! - Changes over time and disagreements cost seconds in a large organisation: they follow once a day and after a refit.
//! - Safe to restart and to run in several processes: `scoring` says what is stale, in the transaction that made it so; whoever computes
//!   writes only what differs, and never over scores that rest on something newer.

use super::{
    Ratings,
    cache::{Cache, Known},
    coverage::{Coverages, INVITATION_DAYS, MEETING_DAYS},
    disagreement::{Businesses, disagreements},
    estimate::RepScore,
    fit::Fit,
    held::{Held, QUICK},
    months,
    past::{continued, reconstructed},
    queries::{self, Scoring},
    readings::Readings,
    refit::refit,
    trend::changes,
    view::View,
};
use crate::{
    State, account, clock,
    db::{self, Transaction, Writing},
    error::Error,
};
use app::{
    account::{Member, Role},
    id::{ContactId, MemberId, OrganisationId},
    organisation::Rules,
    score::{
        Audience, CUSTOMERS_FOR_MANAGER, Disagreement, PEOPLE_FOR_COMPARISON, Pull, RATINGS_FOR_MANAGER, Score, ScoreChange, Standing,
    },
    sync::protocol::{Entity, Scope},
    team::Team,
    time::Timestamp,
};
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// How often to look for stale scores: one small query.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How much longer than its computing took an organisation rests: what arrives meanwhile is computed together, on a tenth of a core.
const REST: u32 = 9;
/// The longest rest.
const REST_MAX: Duration = Duration::from_secs(60);
/// Organisations that are computed at the same time, so that none waits for a large one's night.
const AT_ONCE: usize = 2;
/// Reps whose asking is looked up one by one: of more of them it is read with everybody's.
const FEW: usize = 50;

/// Keeps the scores fresh for as long as the server runs.
pub fn spawn_refresh(state: State) {
    tokio::spawn(async move {
        let at_once = Arc::new(Semaphore::new(AT_ONCE));
        let (mut tasks, mut busy) = (JoinSet::new(), HashMap::new());
        loop {
            match stale(&state).await {
                Ok(stale) => {
                    for organisation in stale {
                        if !busy.values().any(|other| *other == organisation) {
                            let task = tasks.spawn(follow(state.clone(), organisation, at_once.clone()));
                            busy.insert(task.id(), organisation);
                        }
                    }
                }
                Err(error) => tracing::error!(%error, "scores could not be looked at"),
            }
            tokio::time::sleep(LOOK_EVERY).await;
            while let Some(done) = tasks.try_join_next_with_id() {
                busy.remove(&done.map_or_else(|error| error.id(), |(id, ())| id));
            }
        }
    });
}

/// Computes an organisation's scores, and rests.
async fn follow(state: State, organisation: OrganisationId, at_once: Arc<Semaphore>) {
    let turn = at_once.acquire().await;
    let started = Instant::now();
    match refresh(&state, organisation).await {
        Ok(Due::Nothing) => {}
        Ok(Due::Refit) => {
            let state = state.clone();
            tokio::spawn(async move {
                if let Err(error) = refit(&state, organisation).await {
                    tracing::error!(%organisation, %error, "nothing could be learned anew");
                }
            });
        }
        Err(error) => tracing::error!(%organisation, %error, "scores could not be computed"),
    }
    drop(turn);
    tokio::time::sleep((started.elapsed() * REST).min(REST_MAX)).await;
}

/// Computes the scores of every organisation whose scores are stale, learns anew where that is due, and closes the months that are over.
///
/// # Errors
/// The database's; organisations after the failing one are left stale.
pub async fn refresh_stale(state: &State) -> Result<(), Error> {
    loop {
        let mut learned = false;
        for organisation in stale(state).await? {
            if refresh(state, organisation).await? == Due::Refit {
                learned |= refit(state, organisation).await?;
            }
        }
        if !learned {
            break;
        }
    }
    months::close_due(state, clock::now()).await
}

async fn stale(state: &State) -> Result<Vec<OrganisationId>, Error> {
    queries::stale(&mut state.db.look().await?, clock::now().date_at(0)).await
}

/// What is to be done once scores were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Nothing,
    /// What is held does not serve any more.
    Refit,
}

/// Computes the scores of one organisation from one snapshot and keeps what differs.
async fn refresh(state: &State, organisation: OrganisationId) -> Result<Due, Error> {
    let (now, started) = (clock::now(), Instant::now());
    let mut tx = state.db.read().await?;
    let material = Material::read(&mut tx, organisation, &state.scores, now).await?;
    drop(tx);
    let read = started.elapsed();
    // Perhaps seconds of arithmetic: not on a thread that answers requests.
    let computed = tokio::task::spawn_blocking(move || material.compute(now)).await.map_err(|error| Error::Internal(error.to_string()))?;
    let told = started.elapsed();
    let Computed { scoring, readings, businesses, views, scores, news, is_held_anew, due, solving } = computed;
    let (changed, fitted, scores) = (scoring.changed, scoring.fitted, Arc::new(scores));
    let held = is_held_anew.then(|| views.each_ref().map(|(held, _)| held.clone()));
    let writable = Writable { scoring, held, scores: scores.clone(), news };
    let kept = state.writer.write(organisation, move |writing| Box::pin(keep(writing, writable, now))).await?;
    if let Some((sequence, epoch)) = kept {
        let known = Known {
            written: sequence,
            epoch,
            changed,
            fitted: if is_held_anew { sequence } else { fitted },
            day: now.date_at(0),
            readings,
            businesses,
            views: Some(views),
            kept: scores,
            used_at: Instant::now(),
        };
        state.scores.put(organisation, known);
    }
    let millis = |duration: Duration| duration.as_secs_f64() * 1e3;
    let (read_ms, solve_ms, tell_ms) = (millis(read), millis(solving), millis(told - read - solving));
    tracing::debug!(%organisation, read_ms, solve_ms, tell_ms, write_ms = millis(started.elapsed() - told), "scores computed");
    Ok(due)
}

/// Everything that scores rest on, from one snapshot.
struct Material {
    scoring: Scoring,
    members: Vec<Member>,
    rules: Rules,
    readings: Readings,
    /// What there was of the reps whose ratings changed since the views were brought up to date.
    before: Readings,
    /// What customers do, for what compares segments.
    businesses: Arc<Businesses>,
    sides: [Side; 2],
    /// Reps of whom a rating was left out, or counts again, since the scores were computed.
    amended: BTreeSet<MemberId>,
    coverages: Coverages,
    /// Whose coverage is read; everybody's where none is named.
    asking: Option<BTreeSet<MemberId>>,
    kept: Arc<BTreeMap<String, Score>>,
}

/// What there is of one audience.
struct Side {
    audience: Audience,
    held: Option<Held>,
    view: Option<View>,
}

/// What came of it.
struct Computed {
    scoring: Scoring,
    readings: Readings,
    businesses: Arc<Businesses>,
    views: [(Held, View); 2],
    scores: BTreeMap<String, Score>,
    /// The keys of those that say something else than those there.
    news: BTreeSet<String>,
    /// Whether something else is held than was.
    is_held_anew: bool,
    due: Due,
    /// How long solving took, of the whole computing.
    solving: Duration,
}

impl Material {
    async fn read(tx: &mut Transaction, id: OrganisationId, cache: &Cache, now: Timestamp) -> Result<Self, Error> {
        let organisation = id.to_string();
        let rules = crate::organisation::find(tx, id).await?.ok_or_else(Error::not_found)?.rules;
        let members: Vec<Member> = db::all(tx, &organisation).await?;
        let scoring = queries::scoring(tx, &organisation).await?;
        let is_daily = scoring.computed_on != now.date_at(0).to_string();
        let mut known = cache.take(id).filter(|known| known.changed <= scoring.changed && known.written <= scoring.written);
        if let Some(found) = &known {
            let epoch = queries::epoch_of(tx, &organisation, found.written).await?;
            known = known.filter(|known| epoch.as_ref() == Some(&known.epoch));
        }
        let (mut readings, mut before, mut views, mut kept, mut businesses) = (Readings::default(), Readings::default(), None, None, None);
        if let Some(known) = known {
            businesses = Some(known.businesses).filter(|_| !is_daily && known.readings.count() > QUICK);
            readings = known.readings;
            before = readings.take_in(queries::readings(tx, &organisation, known.changed).await?);
            views = known.views.filter(|_| known.day == now.date_at(0) && known.fitted == scoring.fitted);
            kept = Some(known.kept).filter(|_| known.written == scoring.written);
        } else {
            readings.take_in(queries::readings(tx, &organisation, -1).await?);
        }
        let businesses = match businesses {
            Some(businesses) => businesses,
            None => Arc::new(queries::businesses(tx, &organisation).await?),
        };
        let [rep, manager] = Audience::ALL;
        let [of_rep, of_manager] = match views {
            Some(views) => views.map(|(held, view)| (Some(held), Some(view))),
            None => [(queries::held(tx, &organisation, rep).await?, None), (queries::held(tx, &organisation, manager).await?, None)],
        };
        let side = |audience, (held, view)| Side { audience, held, view };
        let sides = [side(rep, of_rep), side(manager, of_manager)];
        let kept = match kept {
            Some(kept) => kept,
            None => Arc::new(queries::scores(tx, &organisation).await?),
        };
        // What was computed today is kept but for those who met or asked somebody since.
        let asking = if is_daily { None } else { Some(queries::asking_since(tx, &organisation, &members, scoring.computed).await?) };
        let asking = asking.filter(|reps| reps.len() <= FEW);
        let coverages = coverages(tx, &organisation, asking.as_ref(), now).await?;
        let amended = readings.amended_since(scoring.computed);
        Ok(Self { scoring, members, rules, readings, before, businesses, sides, amended, coverages, asking, kept })
    }

    /// The scores of all reps and of everybody else who was ever rated.
    fn compute(self, now: Timestamp) -> Computed {
        let Self { scoring, members, rules, readings, before, businesses, sides, amended, coverages, asking, kept } = self;
        let is_first_since = scoring.computed_on != now.date_at(0).to_string() || scoring.fitted > scoring.written;
        let (mut scores, mut news) = (Arc::unwrap_or_clone(kept), BTreeSet::new());
        let (mut is_held_anew, mut due, mut solving) = (false, Due::Nothing, Duration::ZERO);
        let views = sides.map(|Side { audience, held: known, view }| {
            let started = Instant::now();
            let whole = OnceCell::new();
            let counted = || whole.get_or_init(|| readings.all(audience).counted_at(now));
            let view = view.zip(known.as_ref()).map(|(mut view, held)| {
                view.take_in(&before, &readings, held, now);
                view
            });
            let ratings = view.as_ref().map_or_else(|| counted().iter().count(), View::ratings);
            let held = Held::next(known.as_ref(), ratings, &rules, now, |formula| Fit::new(counted(), formula, now));
            let is_other = known.as_ref() != Some(&held);
            let view = view.filter(|_| !is_other).unwrap_or_else(|| View::new(audience, &readings, &held, now));
            is_held_anew |= is_other;
            solving += started.elapsed();
            if held.wanted(ratings, &rules).is_some() {
                due = Due::Refit;
            }
            let mut slow =
                (is_first_since || is_other || ratings <= QUICK).then(|| Slow::new(counted(), &businesses, &held, audience, now));
            let mut past = match known {
                Some(_) => BTreeMap::new(),
                None => reconstructed(counted(), &held.fit, now, |it| is_told(audience, it.ratings, it.customers)),
            };
            // Too few ratings to stand anywhere is a standing too.
            let unscored = (view.scored() >= PEOPLE_FOR_COMPARISON).then_some(Standing::TooEarly);
            let mut found = view.scores(&held, &rules);
            let spread = view.spread(&held.fit);
            for member in &members {
                let score = found.remove(&member.id);
                if score.is_none() && !member.is(Role::Rep) {
                    continue;
                }
                let key = Score::key(member.id, audience);
                let kept = scores.remove(&key);
                let movement = score.as_ref().and_then(|score| view.movement(member.id, score.overall.as_ref()?));
                let score = score.map_or_else(|| Score::unknown(member.id, audience, now), |score| told(score, member.id, audience, now));
                let (change, disagreements) = match (&mut slow, &kept) {
                    (Some(slow), _) => slow.take(member.id),
                    (None, Some(kept)) if !amended.contains(&member.id) => (kept.change, kept.disagreements.clone()),
                    (None, _) => Default::default(),
                };
                let score = as_seen(Score {
                    coverage: match (&asking, &kept) {
                        (Some(asking), Some(kept)) if !asking.contains(&member.id) => kept.coverage,
                        _ => coverages.of(member.id, &rules),
                    },
                    change,
                    disagreements,
                    // Managers compute nothing with it.
                    spread: if audience == Audience::Rep && score.ratings > 0 { spread.clone() } else { BTreeMap::new() },
                    standing: if score.overall.is_some() { score.standing } else { unscored },
                    // From something that the audience knew.
                    movement: movement.filter(|it| !it.parts.is_empty() && kept.as_ref().is_some_and(|kept| kept.overall.is_some())),
                    past: past.remove(&member.id).or_else(|| kept.as_ref().map(|kept| continued(kept, now))).unwrap_or_default(),
                    formula: held.fit.formula.version,
                    ..score
                });
                // What says the same stays as it was first said.
                let computed_at = kept.as_ref().map_or(now, |kept| kept.computed_at);
                let mut score = Score { computed_at, ..score };
                if kept.as_ref() != Some(&score) {
                    score.computed_at = now;
                    news.insert(key.clone());
                }
                scores.insert(key, score);
            }
            (held, view)
        });
        Computed { scoring, readings, businesses, views, scores, news, is_held_anew, due, solving }
    }
}

/// What is too slow for every rating of a large organisation.
struct Slow {
    changes: BTreeMap<MemberId, ScoreChange>,
    disagreements: BTreeMap<MemberId, Vec<Disagreement>>,
}

impl Slow {
    fn new(ratings: &Ratings, businesses: &Businesses, held: &Held, audience: Audience, now: Timestamp) -> Self {
        Self { changes: changes(ratings, &held.fit, now), disagreements: disagreements(ratings, businesses, audience, now) }
    }

    fn take(&mut self, rep: MemberId) -> (Option<ScoreChange>, Vec<Disagreement>) {
        (self.changes.remove(&rep), self.disagreements.remove(&rep).unwrap_or_default())
    }
}

/// How often each of `reps` asked, or everybody where none is named.
async fn coverages(
    tx: &mut Transaction,
    organisation: &str,
    reps: Option<&BTreeSet<MemberId>>,
    now: Timestamp,
) -> Result<Coverages, Error> {
    let (met, asked) = ((now.plus_days(-MEETING_DAYS), now), now.plus_days(-INVITATION_DAYS));
    let Some(reps) = reps else {
        let meetings = queries::meetings(tx, organisation, met.0, met.1).await?;
        return Ok(Coverages::new(meetings, queries::invitations(tx, organisation, asked).await?));
    };
    let (mut meetings, mut invitations) = (Vec::new(), BTreeMap::new());
    for rep in reps {
        let own = queries::meetings_of(tx, organisation, *rep, met).await?;
        let contacts: BTreeSet<ContactId> = own.iter().flat_map(|meeting| &meeting.contacts).copied().collect();
        let found = queries::invitations_of(tx, organisation, *rep, &contacts, asked).await?;
        invitations.extend(found.into_iter().map(|invitation| (invitation.id, invitation)));
        meetings.extend(own);
    }
    Ok(Coverages::new(meetings, invitations.into_values().collect()))
}

/// A score as it is told.
fn told(score: RepScore, member: MemberId, audience: Audience, computed_at: Timestamp) -> Score {
    Score {
        ratings: score.ratings,
        customers: score.customers,
        overall: score.overall,
        components: score.components,
        reliability: score.reliability,
        net_promoter: score.net_promoter,
        standing: score.standing,
        similar: score.similar,
        apart: score.apart,
        pulls: score.pulls.into_iter().map(|(id, pull)| (id, Pull::of(pull))).collect(),
        hidden_pull: score.hidden_pull.map(Pull::of),
        raters_pull: score.raters_pull.map(Pull::of),
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
        standing: seen.standing.map(|_| Standing::TooEarly),
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
    if db::find::<Score>(writing.tx.up_to_date().await?, &organisation, &key).await?.is_some() {
        let scopes = account::managers_of(writing, member).await?.into_iter().collect();
        writing.publish(Entity::Score, &key, &scopes);
    }
    Ok(())
}

/// The managers' scope of each member, as it is now: what was computed may rest on an older snapshot.
async fn managers(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<MemberId, Scope>, Error> {
    let members: Vec<Member> = db::all(tx, organisation).await?;
    let teams: Vec<Team> = db::all(tx, organisation).await?;
    Ok(members.iter().filter_map(|member| Some((member.id, Scope::Team(member.managed_in(&teams)?)))).collect())
}

/// What is to be written.
struct Writable {
    scoring: Scoring,
    held: Option<[Held; 2]>,
    scores: Arc<BTreeMap<String, Score>>,
    news: BTreeSet<String>,
}

/// Keeps the scores that say something else than those there, or to somebody else. The transaction's sequence and epoch; nothing, and
/// nothing kept, where somebody else has written them since.
async fn keep(writing: &mut Writing, computed: Writable, now: Timestamp) -> Result<Option<(i64, String)>, Error> {
    let Writable { scoring, held, scores, news } = computed;
    if !queries::mark_computed(writing, &scoring, now.date_at(0), held.is_some()).await? {
        return Ok(None);
    }
    for (audience, held) in Audience::ALL.iter().zip(held.iter().flatten()) {
        queries::hold(writing, *audience, held).await?;
    }
    let organisation = writing.organisation.to_string();
    let mut shown = queries::scopes(writing.tx.up_to_date().await?, &organisation).await?;
    let managers = managers(writing.tx.up_to_date().await?, &organisation).await?;
    for (key, score) in scores.iter() {
        let scopes: BTreeSet<Scope> = match score.audience {
            Audience::Rep => BTreeSet::from([Scope::Member(score.member)]),
            Audience::Manager => managers.get(&score.member).copied().into_iter().collect(),
        };
        if news.contains(key) || shown.remove(key).unwrap_or_default() != scopes {
            db::save(writing, score, &scopes).await?;
        }
    }
    Ok(Some((writing.sequence, writing.epoch.to_string())))
}

#[cfg(test)]
mod tests;
