//! Bringing ratings to those who may see them, when they are due: in the transaction that made them where there is no delay, by a job
//! otherwise. Safe to restart and to run in several processes: what is due is read inside the writing transaction.

use super::submission::{self, By, Submission};
use crate::{
    State,
    account::{Audience, audience_of_member},
    clock,
    db::{Transaction, Writing, execute, fetch_all, fetch_optional, read_kept},
    error::Error,
    recovery, score,
};
use app::{
    id::{MemberId, OrganisationId},
    organisation::Organisation,
    survey::{Answers, Calendar, Exclusion, Hiding, Rating, Release},
    sync::protocol::{Entity, Scope},
    time::Timestamp,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use std::time::Duration;

/// When working mornings begin.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).expect("eight is a time");

/// An organisation's time zone.
pub(super) struct Zone(Tz);

impl Zone {
    pub(super) fn of(organisation: &Organisation) -> Self {
        Self(crate::organisation::zone(organisation))
    }

    /// An instant on the clocks there.
    pub(super) fn local(&self, at: Timestamp) -> DateTime<Tz> {
        at.to_utc().with_timezone(&self.0)
    }
}

impl Calendar for Zone {
    fn date(&self, at: Timestamp) -> NaiveDate {
        self.local(at).date_naive()
    }

    fn morning(&self, date: NaiveDate) -> Timestamp {
        let local = date.and_time(MORNING);
        // No zone ever skipped eight in the morning for daylight saving; where a whole day was skipped, UTC is near enough.
        let at =
            self.0.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc().timestamp_millis(), |at| at.timestamp_millis());
        Timestamp(at)
    }
}

/// When `submission` reaches whom, by the organisation's rules.
pub(super) fn schedule(submission: &mut Submission, organisation: &Organisation, arrived_at: Timestamp) {
    submission.schedule(Release::of(&submission.answers, arrived_at, &organisation.rules, &Zone::of(organisation)));
}

/// Whom a rating has reached, and what was added to it since.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Stays where the name is hidden later: what the rep has read counts in scores otherwise than what the rep never could.
    pub(super) rep_at: Option<i64>,
    pub(super) manager_at: Option<i64>,
    pub(super) context: String,
    pub(super) exclusions: Vec<Exclusion>,
}

impl Reached {
    /// What hiding the name can still do for whoever gave `answers`.
    pub(super) fn hiding(&self, answers: &Answers) -> Hiding {
        Hiding::of(answers.hide_name, self.rep_at.is_some(), self.manager_at.is_some())
    }

    /// Whether the rep may read `submission`: it has reached the rep, and its name was not hidden since.
    pub(super) fn is_read_by_rep(&self, submission: &Submission) -> bool {
        self.rep_at.is_some() && !submission.answers.hide_name
    }
}

/// Whom the rating of that id has reached; nothing before the first release.
pub(super) async fn reached(tx: &mut Transaction, organisation: &str, id: &str) -> Result<Option<Reached>, Error> {
    let sql = "select rep_at, manager_at, body from rating where organisation = $1 and id = $2";
    let row = fetch_optional!(tx, (Option<i64>, Option<i64>, String), sql, organisation, id)?;
    row.map(|(rep_at, manager_at, body)| {
        let rating: Rating = serde_json::from_str(&body)?;
        Ok(Reached { rep_at, manager_at, context: rating.context, exclusions: rating.exclusions })
    })
    .transpose()
}

/// Brings `submission` to those for whom it is due and takes that off what is still due. The caller keeps the submission.
pub(super) async fn release(writing: &mut Writing, submission: &mut Submission) -> Result<(), Error> {
    let Some(due) = take_due(submission, writing.now) else { return Ok(()) };
    let organisation = writing.organisation.to_string();
    let before = reached(writing.tx.up_to_date().await?, &organisation, &submission.id.to_string()).await?.unwrap_or_default();
    let reached = Reached { rep_at: before.rep_at.or(due.rep_at), manager_at: before.manager_at.or(due.manager_at), ..before };
    publish(writing, submission, &reached).await
}

/// Whom `submission` is due for by `now`, taken off what is still due; nothing where for nobody.
pub(super) fn take_due(submission: &mut Submission, now: Timestamp) -> Option<Reached> {
    let rep = submission.rep_due.take_if(|at| *at <= now);
    let manager = submission.manager_due.take_if(|at| *at <= now);
    rep.or(manager)?;
    Some(Reached { rep_at: rep.map(|_| now.0), manager_at: manager.map(|_| now.0), context: String::new(), exclusions: Vec::new() })
}

/// Keeps the rating that `submission` makes and shows it to those whom it has reached.
pub(super) async fn publish(writing: &mut Writing, submission: &Submission, reached: &Reached) -> Result<(), Error> {
    let Some(rating) = submission.rating()? else { return Ok(()) };
    let rating = Rating { context: reached.context.clone(), exclusions: reached.exclusions.clone(), ..rating };
    let (organisation, id, rep) = (writing.organisation.to_string(), rating.id.to_string(), rating.rep.to_string());
    execute!(
        writing.tx.up_to_date().await?,
        "insert into rating (organisation, id, rep, rep_at, manager_at, hidden, sequence, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (organisation, id) do update
        set rep_at = excluded.rep_at, manager_at = excluded.manager_at, hidden = excluded.hidden, sequence = excluded.sequence,
            body = excluded.body",
        &organisation,
        &id,
        &rep,
        reached.rep_at,
        reached.manager_at,
        rating.answers.hide_name,
        writing.sequence,
        serde_json::to_string(&rating)?
    )?;
    score::mark_stale(writing).await?;
    let audience = audience_of_member(writing, rating.rep).await?;
    let scopes = reached_scopes(&audience, reached.is_read_by_rep(submission), reached.manager_at.is_some());
    writing.publish(Entity::Rating, &id, &scopes);
    recovery::rating_reached(writing, &rating, reached.is_read_by_rep(submission)).await
}

/// Of the rep and the rep's managers those whom the rating has reached.
fn reached_scopes(audience: &Audience, rep_reached: bool, manager_reached: bool) -> Audience {
    let reached = |scope: &&Scope| match scope {
        Scope::Member(_) => rep_reached,
        _ => manager_reached,
    };
    audience.iter().filter(reached).copied().collect()
}

/// Shows the ratings of `rep` to whom they belong now: after the rep's managers changed.
///
/// # Errors
/// The database's.
pub async fn republish(writing: &mut Writing, rep: MemberId) -> Result<(), Error> {
    let ratings = fetch_all!(
        writing.tx.up_to_date().await?,
        (String, bool, bool),
        "select id, rep_at is not null and not hidden, manager_at is not null from rating where organisation = $1 and rep = $2",
        writing.organisation.to_string(),
        rep.to_string()
    )?;
    let audience = audience_of_member(writing, rep).await?;
    for (id, rep_reached, manager_reached) in ratings {
        let scopes = reached_scopes(&audience, rep_reached, manager_reached);
        writing.publish(Entity::Rating, &id, &scopes);
    }
    Ok(())
}

/// The most that one transaction releases, so that customers and phones never wait long for it.
const BATCH: i64 = 100;
/// How often to look at least: another process may have taken what is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How long to wait after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Releases what falls due for as long as the server runs.
pub fn spawn_release(state: State) {
    tokio::spawn(async move {
        loop {
            let wait = match release_due(&state).await {
                Ok(Some(next)) => Duration::from_millis(u64::try_from(next.0 - clock::now().0).unwrap_or(0)).min(LOOK_EVERY),
                Ok(None) => LOOK_EVERY,
                Err(error) => {
                    tracing::error!(%error, "release failed");
                    RETRY_AFTER
                }
            };
            tokio::time::sleep(wait).await;
        }
    });
}

/// Releases everything that is due now; when the next falls due, if anything waits.
///
/// # Errors
/// The database's.
pub async fn release_due(state: &State) -> Result<Option<Timestamp>, Error> {
    let mut tx = state.db.read().await?;
    let sql = "select distinct organisation from submission where next_due <= $1";
    let organisations = fetch_all!(&mut tx, (String,), sql, clock::now().0)?;
    drop(tx);
    for (organisation,) in organisations {
        let organisation: OrganisationId = read_kept(&organisation)?;
        while state.writer.write(organisation, |writing| Box::pin(release_batch(writing))).await? == BATCH {}
    }
    let mut tx = state.db.read().await?;
    let next = fetch_optional!(&mut tx, (Option<i64>,), "select min(next_due) from submission where next_due is not null")?;
    Ok(next.and_then(|(next,)| next).map(Timestamp))
}

/// Releases everything of this organisation that is due at the transaction's own time.
///
/// # Errors
/// The database's.
pub async fn release_in(writing: &mut Writing) -> Result<(), Error> {
    while release_batch(writing).await? == BATCH {}
    Ok(())
}

/// Releases some of what is due; how many.
async fn release_batch(writing: &mut Writing) -> Result<i64, Error> {
    let organisation = writing.organisation.to_string();
    let due = fetch_all!(
        writing.tx.up_to_date().await?,
        (String,),
        "select id from submission where organisation = $1 and next_due <= $2 order by next_due, id limit $3",
        &organisation,
        writing.now.0,
        BATCH
    )?;
    for (id,) in &due {
        if let Some(mut submission) = submission::find(writing.tx.up_to_date().await?, &organisation, By::Id, id).await? {
            release(writing, &mut submission).await?;
            submission::update(writing, &submission).await?;
        }
    }
    Ok(i64::try_from(due.len()).unwrap_or(BATCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mornings_follow_daylight_saving() {
        let zone = Zone(Tz::Europe__Amsterdam);
        let morning = |date: &str| zone.morning(date.parse().expect("a date")).to_utc().to_rfc3339();
        assert_eq!(morning("2026-03-28"), "2026-03-28T07:00:00+00:00");
        assert_eq!(morning("2026-03-29"), "2026-03-29T06:00:00+00:00");
        assert_eq!(zone.date(Timestamp(1_767_308_400_000)).to_string(), "2026-01-02", "23:00 UTC is the next day there");
    }
}
