use super::{
    disagreement::Businesses,
    held::Held,
    ratings::Observation,
    readings::{Reading, Readings},
};
use crate::{
    customer::stand_ins,
    db::{self, Engine, Transaction, Writing, execute, fetch_all, fetch_optional, read_kept},
    error::Error,
};
use app::{
    account::Member,
    customer::Customer,
    id::{ContactId, CustomerId, MeetingId, MemberId, OrganisationId, PromiseId},
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
        writing.tx.up_to_date().await?,
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
    rows.iter().map(|(id,)| read_kept(id)).collect()
}

/// What is known of customers' business. Only those with a word of it are read: there may be millions of others.
pub(super) async fn businesses(tx: &mut Transaction, organisation: &str) -> Result<Businesses, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        r#"select body
        from customer
        where organisation = $1 and united_into is null and (body like '%"industry":%' or body like '%"size":%')
        order by id"#,
        organisation
    )?;
    rows.iter().map(|(body,)| serde_json::from_str::<Customer>(body).map_err(Error::from)).collect()
}

/// What is noted of an organisation's scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scoring {
    /// The sequence of the last transaction that changed what scores rest on.
    pub(super) changed: i64,
    /// The value of `changed` that the scores rest on.
    pub(super) computed: i64,
    /// The day that they were computed for.
    pub(super) computed_on: String,
    /// The sequence of the transaction that wrote them.
    pub(super) written: i64,
    /// The sequence of the transaction that last wrote what is held.
    pub(super) fitted: i64,
}

/// What is noted as of this snapshot.
pub(super) async fn scoring(tx: &mut Transaction, organisation: &str) -> Result<Scoring, Error> {
    let sql = "select changed, computed, computed_on, written, fitted from scoring where organisation = $1";
    let row = fetch_optional!(tx, (i64, i64, String, i64, i64), sql, organisation)?;
    Ok(row.map_or_else(Scoring::default, |(changed, computed, computed_on, written, fitted)| Scoring {
        changed,
        computed,
        computed_on,
        written,
        fitted,
    }))
}

/// Notes that the scores written now rest on what was `read` and were computed for `today`, and what is held where it `is_refitted`. False,
/// and nothing noted, where they were written since by somebody else, or rest on something newer.
pub(super) async fn mark_computed(writing: &mut Writing, read: &Scoring, today: NaiveDate, is_refitted: bool) -> Result<bool, Error> {
    let rows = execute!(
        writing.tx.up_to_date().await?,
        "insert into scoring (organisation, changed, computed, computed_on, written, fitted)
        values ($1, $2, $2, $3, $4, $5)
        on conflict (organisation) do update
        set computed = excluded.computed, computed_on = excluded.computed_on, written = excluded.written, fitted = excluded.fitted
        where scoring.computed <= excluded.computed and scoring.computed_on = $6 and scoring.written = $7 and scoring.fitted = $8",
        writing.organisation.to_string(),
        read.changed,
        today.to_string(),
        writing.sequence,
        if is_refitted { writing.sequence } else { read.fitted },
        &read.computed_on,
        read.written,
        read.fitted
    )?;
    Ok(rows > 0)
}

/// Takes on the fitting of an organisation for so many milliseconds, unless somebody else has.
pub(super) async fn begin_fitting(writing: &mut Writing, millis: i64) -> Result<bool, Error> {
    let until = writing.now.plus_millis(millis);
    let sql = "update scoring set fitting_until = $2 where organisation = $1 and fitting_until <= $3";
    Ok(execute!(writing.tx.up_to_date().await?, sql, writing.organisation.to_string(), until.0, writing.now.0)? > 0)
}

/// Goes on for so many milliseconds with the fitting that one has taken on.
pub(super) async fn go_on_fitting(writing: &mut Writing, millis: i64) -> Result<(), Error> {
    let until = writing.now.plus_millis(millis);
    let sql = "update scoring set fitting_until = $2 where organisation = $1";
    execute!(writing.tx.up_to_date().await?, sql, writing.organisation.to_string(), until.0)?;
    Ok(())
}

/// Notes that nobody is fitting any more, and where it `is_held_anew` that what is held was written now.
pub(super) async fn end_fitting(writing: &mut Writing, is_held_anew: bool) -> Result<(), Error> {
    let sql = "update scoring set fitting_until = 0, fitted = case when $3 then $2 else fitted end where organisation = $1";
    execute!(writing.tx.up_to_date().await?, sql, writing.organisation.to_string(), writing.sequence, is_held_anew)?;
    Ok(())
}

/// The epoch that a sequence belongs to: a restored backup knows neither the epochs nor the sequences that it lost.
pub(super) async fn epoch_of(tx: &mut Transaction, organisation: &str, sequence: i64) -> Result<Option<String>, Error> {
    let sql = "select id from epoch where organisation = $1 and first_sequence <= $2 order by first_sequence desc limit 1";
    Ok(fetch_optional!(tx, (String,), sql, organisation, sequence)?.map(|(id,)| id))
}

/// Notes that scores are to be computed by other rules, as on a new day.
///
/// # Errors
/// The database's.
pub async fn rules_changed(writing: &mut Writing) -> Result<(), Error> {
    execute!(
        writing.tx.up_to_date().await?,
        "update scoring set computed_on = '' where organisation = $1",
        writing.organisation.to_string()
    )?;
    Ok(())
}

/// Notes that the meeting's ratings say something else to the model now: how people met, or what for.
///
/// # Errors
/// The database's.
pub async fn meeting_changed(writing: &mut Writing, meeting: MeetingId) -> Result<(), Error> {
    let rows = execute!(
        writing.tx.up_to_date().await?,
        "update rating set sequence = $2
        where organisation = $1 and id in (select id from submission where organisation = $1 and meeting = $3 and counted)",
        writing.organisation.to_string(),
        writing.sequence,
        meeting.to_string()
    )?;
    if rows > 0 {
        mark_stale(writing).await?;
    }
    Ok(())
}

/// Whoever answers for a promise of `maker`'s is somebody else now: ratings that speak of it are read anew.
///
/// # Errors
/// The database's.
pub async fn promise_changed(writing: &mut Writing, promise: PromiseId, maker: MemberId) -> Result<(), Error> {
    // Customers are asked about promises of the one whom they rate.
    let rows = execute!(
        writing.tx.up_to_date().await?,
        "update rating set sequence = $2
        where organisation = $1 and rep = $3 and body like $4",
        writing.organisation.to_string(),
        writing.sequence,
        maker.to_string(),
        format!("%\"{promise}\"%")
    )?;
    if rows > 0 {
        mark_stale(writing).await?;
    }
    Ok(())
}

/// Others stand for `customers` than before: their ratings are read anew.
///
/// # Errors
/// The database's.
pub async fn customers_changed(writing: &mut Writing, customers: &[CustomerId]) -> Result<(), Error> {
    // No index leads from a customer to its ratings: this is rare, and each would cost every rating.
    let sql = match writing.tx.engine() {
        Engine::Sqlite => {
            "update rating set sequence = $2
            where organisation = $1 and id in (
                select id from submission where organisation = $1 and counted and customer in (select value from json_each($3))
            )"
        }
        Engine::Postgres => {
            "update rating set sequence = $2
            where organisation = $1 and id in (
                select id from submission
                where organisation = $1 and counted and customer in (select json_array_elements_text($3::json))
            )"
        }
    };
    let (organisation, list) = (writing.organisation.to_string(), serde_json::to_string(customers)?);
    if execute!(writing.tx.up_to_date().await?, sql, organisation, writing.sequence, list)? > 0 {
        mark_stale(writing).await?;
    }
    Ok(())
}

/// Of a meeting's body, what the model asks.
#[derive(Deserialize)]
struct Setting {
    format: MeetingFormat,
    #[serde(default)]
    channel: Channel,
}

/// The ratings that reached anybody, also those that were excluded, as far as they were written after `since`.
pub(super) async fn readings(tx: &mut Transaction, organisation: &str, since: i64) -> Result<Readings, Error> {
    let rows = fetch_all!(
        tx,
        (i64, bool, Option<i64>, Option<i64>, String, Option<String>),
        "select rating.sequence, rating.hidden, rating.rep_at, rating.manager_at, rating.body, meeting.body
        from rating
        left join submission on submission.organisation = rating.organisation and submission.id = rating.id
        left join meeting on meeting.organisation = submission.organisation and meeting.id = submission.meeting
        where rating.organisation = $1 and rating.sequence > $2",
        organisation,
        since
    )?;
    let mut read = Vec::with_capacity(rows.len());
    for (sequence, hidden, rep_at, manager_at, body, meeting) in rows {
        let rating: Rating = serde_json::from_str(&body)?;
        let setting: Option<Setting> = meeting.map(|body| serde_json::from_str(&body)).transpose()?;
        read.push((sequence, hidden, rep_at.map(Timestamp), manager_at.map(Timestamp), rating, setting));
    }
    let promises = read.iter().flat_map(|(.., rating, _)| rating.counted_answers().promises.keys().copied()).collect();
    let keepers = keepers(tx, organisation, promises).await?;
    let stand_ins = stand_ins(tx, organisation).await?;
    let reading = |(sequence, hidden, rep_at, manager_at, rating, setting): (
        i64,
        bool,
        Option<Timestamp>,
        Option<Timestamp>,
        Rating,
        Option<Setting>,
    )| {
        let keeper = |(promise, answer): (&PromiseId, &PromiseAnswer)| Some((*promise, *keepers.get(promise)?, *answer));
        let answers = rating.counted_answers();
        let observation = Observation {
            id: rating.id,
            rep: rating.rep,
            // Whoever stands for it; where that changes, its ratings are read anew ([`customers_changed`]).
            customer: stand_ins.get(&rating.customer).copied().unwrap_or(rating.customer),
            contact: rating.contact,
            meeting: rating.meeting,
            format: setting.as_ref().map(|setting| setting.format),
            channel: setting.as_ref().map(|setting| setting.channel),
            way: rating.way,
            given_at: rating.given_at,
            stays: Vec::new(),
            hidden,
            promises: answers.promises.iter().filter_map(keeper).collect(),
            components: answers.components.clone(),
            recommend: answers.recommend,
        };
        Reading { observation, sequence, rep_at, manager_at, exclusions: rating.exclusions }
    };
    Ok(read.into_iter().map(reading).collect())
}

/// Promises that are looked up one by one: more of them are read with all others.
const FEW: usize = 100;

/// Who answers for each of `promises`; of whom that changes, the ratings are read anew ([`promise_changed`]).
async fn keepers(tx: &mut Transaction, organisation: &str, promises: BTreeSet<PromiseId>) -> Result<BTreeMap<PromiseId, MemberId>, Error> {
    let mut found: Vec<Promise> = Vec::new();
    if promises.len() > FEW {
        found = db::all(tx, organisation).await?;
    } else {
        for promise in promises {
            found.extend(db::find::<Promise>(tx, organisation, &promise.to_string()).await?);
        }
    }
    Ok(found.into_iter().map(|promise| (promise.id, promise.answerable())).collect())
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
        writing.tx.up_to_date().await?,
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

/// Which of `members` have a meeting or a request that was written after `since`.
pub(super) async fn asking_since(
    tx: &mut Transaction,
    organisation: &str,
    members: &[Member],
    since: i64,
) -> Result<BTreeSet<MemberId>, Error> {
    let scopes: BTreeMap<String, MemberId> = members.iter().map(|member| (Scope::Member(member.id).to_string(), member.id)).collect();
    // A look per scope into the index of changes. The engines take a list apart by functions of different names.
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "select distinct change.scope from json_each($2) as named
            join change on change.organisation = $1 and change.scope = named.value and change.sequence > $3
            where change.entity in ($4, $5)"
        }
        Engine::Postgres => {
            "select distinct change.scope from json_array_elements_text($2::json) as named(value)
            join change on change.organisation = $1 and change.scope = named.value and change.sequence > $3
            where change.entity in ($4, $5)"
        }
    };
    let named = serde_json::to_string(&scopes.keys().collect::<Vec<_>>())?;
    let (meeting, invitation) = (Entity::Meeting.as_str(), Entity::Invitation.as_str());
    let rows = fetch_all!(tx, (String,), sql, organisation, &named, since, meeting, invitation)?;
    Ok(rows.iter().filter_map(|(scope,)| scopes.get(scope).copied()).collect())
}

/// The meetings of `rep` that start between the two instants.
pub(super) async fn meetings_of(
    tx: &mut Transaction,
    organisation: &str,
    rep: MemberId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Meeting>, Error> {
    let sql = "select body from meeting where organisation = $1 and rep = $2 and starts_at >= $3 and starts_at <= $4";
    read(fetch_all!(tx, (String,), sql, organisation, rep.to_string(), from.0, to.0)?)
}

/// The requests since `from` by `rep`, and those to any of `contacts`.
pub(super) async fn invitations_of(
    tx: &mut Transaction,
    organisation: &str,
    rep: MemberId,
    contacts: &BTreeSet<ContactId>,
    from: Timestamp,
) -> Result<Vec<Invitation>, Error> {
    let sql = "select body from invitation where organisation = $1 and rep = $2 and asked_at >= $3";
    let mut found: Vec<Invitation> = read(fetch_all!(tx, (String,), sql, organisation, rep.to_string(), from.0)?)?;
    for contact in contacts {
        let sql = "select body from invitation where organisation = $1 and contact = $2 and asked_at >= $3";
        found.extend(read::<Invitation>(fetch_all!(tx, (String,), sql, organisation, contact.to_string(), from.0)?)?);
    }
    found.sort_by_key(|invitation| invitation.id);
    found.dedup_by_key(|invitation| invitation.id);
    Ok(found)
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
