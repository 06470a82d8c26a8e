use super::{
    counting::{in_batches, spans},
    held::Held,
    ratings::{Observation, Ratings},
};
use crate::{
    db::{self, Transaction, Writing, execute, fetch_all, fetch_optional},
    error::Error,
};
use app::{
    id::{MemberId, OrganisationId, PromiseId},
    meeting::{Channel, Meeting, MeetingFormat},
    promise::Promise,
    score::{Audience, Score},
    survey::{Invitation, PromiseAnswer, Rating},
    sync::protocol::{Entity, Scope},
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Notes, in the transaction that changes what scores rest on, that they are to be computed again.
///
/// # Errors
/// The database's.
pub async fn mark_stale(writing: &mut Writing) -> Result<(), Error> {
    if !writing.first("mark_stale") {
        return Ok(());
    }
    execute!(
        &mut writing.tx,
        "insert into scoring (organisation, changed, computed, computed_on)
        values ($1, $2, 0, '')
        on conflict (organisation) do update set changed = excluded.changed",
        writing.organisation.to_string(),
        writing.sequence
    )?;
    Ok(())
}

/// Organisations whose scores do not rest on what there is, or were not computed for `today`.
pub(super) async fn stale(tx: &mut Transaction, today: NaiveDate) -> Result<Vec<OrganisationId>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "select organisation.id
        from organisation
        left join scoring on scoring.organisation = organisation.id
        where scoring.organisation is null or scoring.changed > scoring.computed or scoring.computed_on <> $1",
        today.to_string()
    )?;
    rows.iter().map(|(id,)| id.parse().map_err(|_| Error::Internal("an organisation's id is no id".into()))).collect()
}

/// What the scores computed from this snapshot rest on.
pub(super) async fn changed(tx: &mut Transaction, organisation: &str) -> Result<i64, Error> {
    let row = fetch_optional!(tx, (i64,), "select changed from scoring where organisation = $1", organisation)?;
    Ok(row.map_or(0, |(changed,)| changed))
}

/// Notes that the scores rest on `changed` and were computed for `today`. False, and nothing noted, where they rest on something newer.
pub(super) async fn mark_computed(writing: &mut Writing, changed: i64, today: NaiveDate) -> Result<bool, Error> {
    let rows = execute!(
        &mut writing.tx,
        "insert into scoring (organisation, changed, computed, computed_on)
        values ($1, $2, $2, $3)
        on conflict (organisation) do update
        set computed = excluded.computed, computed_on = excluded.computed_on
        where scoring.computed <= excluded.computed",
        writing.organisation.to_string(),
        changed,
        today.to_string()
    )?;
    Ok(rows > 0)
}

/// Of a meeting's body, what the model asks.
#[derive(Deserialize)]
struct Setting {
    format: MeetingFormat,
    #[serde(default)]
    channel: Channel,
}

/// The ratings that scores for `audience` rest on, also those that are left out. Hidden names count in whole batches, in the order in which
/// they reached the managers.
pub(super) async fn ratings(tx: &mut Transaction, organisation: &str, audience: Audience) -> Result<Ratings, Error> {
    let sql = match audience {
        Audience::Rep => {
            "select rating.hidden, coalesce(rating.rep_at, rating.manager_at), rating.body, meeting.body
            from rating
            left join submission on submission.organisation = rating.organisation and submission.id = rating.id
            left join meeting on meeting.organisation = submission.organisation and meeting.id = submission.meeting
            where rating.organisation = $1 and (rating.rep_at is not null or rating.hidden and rating.manager_at is not null)
            order by rating.manager_at, rating.id"
        }
        Audience::Manager => {
            "select rating.hidden, rating.manager_at, rating.body, meeting.body
            from rating
            left join submission on submission.organisation = rating.organisation and submission.id = rating.id
            left join meeting on meeting.organisation = submission.organisation and meeting.id = submission.meeting
            where rating.organisation = $1 and rating.manager_at is not null
            order by rating.manager_at, rating.id"
        }
    };
    let keepers = keepers(tx, organisation).await?;
    let (mut plain, mut hidden) = (Vec::new(), BTreeMap::<_, Vec<Observation>>::new());
    for (is_hidden, known_at, body, meeting) in fetch_all!(tx, (bool, i64, String, Option<String>), sql, organisation)? {
        let rating: Rating = serde_json::from_str(&body)?;
        let setting: Option<Setting> = meeting.map(|body| serde_json::from_str(&body)).transpose()?;
        let keeper = |(promise, answer): (&PromiseId, &PromiseAnswer)| Some((*promise, *keepers.get(promise)?, *answer));
        let observation = Observation {
            id: rating.id,
            rep: rating.rep,
            customer: rating.customer,
            contact: rating.contact,
            meeting: rating.meeting,
            format: setting.as_ref().map(|setting| setting.format),
            channel: setting.as_ref().map(|setting| setting.channel),
            way: rating.way,
            given_at: rating.given_at,
            spans: spans(Timestamp(known_at), &rating.exclusions),
            hidden: is_hidden,
            promises: rating.answers.promises.iter().filter_map(keeper).collect(),
            components: rating.answers.components,
            recommend: rating.answers.recommend,
        };
        if is_hidden {
            hidden.entry(observation.rep).or_default().push(observation);
        } else {
            plain.push(observation);
        }
    }
    Ok(plain.into_iter().chain(hidden.into_values().flat_map(in_batches)).collect())
}

/// Who keeps each promise.
async fn keepers(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<PromiseId, MemberId>, Error> {
    let promises: Vec<Promise> = db::all(tx, organisation).await?;
    Ok(promises.into_iter().map(|promise| (promise.id, promise.keeper)).collect())
}

/// What is held for `audience`.
pub(super) async fn held(tx: &mut Transaction, organisation: &str, audience: Audience) -> Result<Option<Held>, Error> {
    let sql = "select body from score_fit where organisation = $1 and audience = $2";
    let row = fetch_optional!(tx, (String,), sql, organisation, audience.as_str())?;
    // What an older build held is learned again.
    Ok(row.and_then(|(body,)| serde_json::from_str(&body).ok()))
}

/// Holds `held` for `audience` from now on.
pub(super) async fn hold(writing: &mut Writing, audience: Audience, held: &Held) -> Result<(), Error> {
    execute!(
        &mut writing.tx,
        "insert into score_fit (organisation, audience, body)
        values ($1, $2, $3)
        on conflict (organisation, audience) do update set body = excluded.body",
        writing.organisation.to_string(),
        audience.as_str(),
        serde_json::to_string(held)?
    )?;
    Ok(())
}

/// Every meeting that starts between the two instants.
pub(super) async fn meetings(tx: &mut Transaction, organisation: &str, from: Timestamp, to: Timestamp) -> Result<Vec<Meeting>, Error> {
    let sql = "select body from meeting where organisation = $1 and starts_at >= $2 and starts_at <= $3";
    read(fetch_all!(tx, (String,), sql, organisation, from.0, to.0)?)
}

/// Every request since `from`.
pub(super) async fn invitations(tx: &mut Transaction, organisation: &str, from: Timestamp) -> Result<Vec<Invitation>, Error> {
    let sql = "select body from invitation where organisation = $1 and asked_at >= $2";
    read(fetch_all!(tx, (String,), sql, organisation, from.0)?)
}

/// The scores as kept, by key.
pub(super) async fn scores(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<String, Score>, Error> {
    let scores: Vec<Score> = db::all(tx, organisation).await?;
    Ok(scores.into_iter().map(|score| (Score::key(score.member, score.audience), score)).collect())
}

/// Which scopes hold which score.
pub(super) async fn scopes(tx: &mut Transaction, organisation: &str) -> Result<BTreeMap<String, BTreeSet<Scope>>, Error> {
    let sql = "select id, scope from change where organisation = $1 and entity = $2 and not gone";
    let mut scopes: BTreeMap<String, BTreeSet<Scope>> = BTreeMap::new();
    for (id, scope) in fetch_all!(tx, (String, String), sql, organisation, Entity::Score.as_str())? {
        scopes.entry(id).or_default().extend(scope.parse::<Scope>().ok());
    }
    Ok(scopes)
}

fn read<T: serde::de::DeserializeOwned>(rows: Vec<(String,)>) -> Result<Vec<T>, Error> {
    rows.iter().map(|(body,)| serde_json::from_str(body).map_err(Error::from)).collect()
}
