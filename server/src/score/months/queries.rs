use super::super::{
    queries::{readings, scoring},
    rater::Name,
    ratings::Observation,
    readings::Readings,
    suppression::{Cell, ClosedMonth, ClosedRating},
};
use crate::{
    db::{Engine, Transaction, Writing, execute, fetch_all, fetch_optional, read_kept},
    error::Error,
};
use app::{
    id::{MemberId, OrganisationId, RatingId},
    score::{Audience, Month, Part, PartOfMonth},
    sync::protocol::{Entity, Scope},
    time::Timestamp,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How far an organisation's months are closed.
pub(super) struct Closing {
    /// Since when it is recorded who manages whom.
    pub(super) since: i64,
    /// The month to be closed next.
    pub(super) open_month: NaiveDate,
    /// When it is over, as far as is known.
    pub(super) due: i64,
    /// The member up to whom what was closed is published; empty where it is to everybody.
    pub(super) published_to: String,
}

/// What one member is shown of a closed month, with what that rests on.
pub(super) struct Kept {
    /// What the phone holds.
    pub(super) month: Month,
    /// What it rests on.
    pub(super) sight: KeptSight,
}

/// What a member sees singly of a closed month.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct KeptSight {
    /// Of these reps every rating.
    pub(super) every: BTreeSet<MemberId>,
    /// Of these reps, who came later, nothing more than before.
    pub(super) withheld: BTreeSet<MemberId>,
    /// What the member was to be shown if it was safe.
    pub(super) asked: BTreeSet<Part>,
}

impl Kept {
    /// Nothing shown yet to `member`, who sees every rating of some reps.
    pub(super) fn new(member: MemberId, first_day: NaiveDate, every: BTreeSet<MemberId>) -> Self {
        Self { month: Month { member, first_day, parts: Vec::new() }, sight: KeptSight { every, ..KeptSight::default() } }
    }

    /// What was published.
    pub(super) fn cells(&self) -> BTreeSet<Cell> {
        let mut cells = BTreeSet::new();
        for PartOfMonth { part, components } in &self.month.parts {
            cells.extend(components.keys().map(|component| Cell { month: self.month.first_day, part: *part, component: *component }));
        }
        cells
    }
}

/// Organisations whose month may be over by `now`, or for which none was opened yet.
pub(super) async fn due(tx: &mut Transaction, now: Timestamp) -> Result<Vec<OrganisationId>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "select organisation.id
        from organisation
        left join closing on closing.organisation = organisation.id
        where closing.organisation is null or closing.due <= $1",
        now.0
    )?;
    rows.iter().map(|(id,)| read_kept(id)).collect()
}

/// How far months are closed, once that began.
pub(super) async fn closing(writing: &mut Writing) -> Result<Option<Closing>, Error> {
    let row = fetch_optional!(
        writing.tx.up_to_date().await?,
        (i64, String, i64, String),
        "select since, open_month, due, published_to from closing where organisation = $1",
        writing.organisation.to_string()
    )?;
    row.map(|(since, open_month, due, published_to)| Ok(Closing { since, open_month: read_kept(&open_month)?, due, published_to }))
        .transpose()
}

/// Notes how far months are closed; since when does not change any more.
pub(super) async fn keep_closing(writing: &mut Writing, closing: &Closing) -> Result<(), Error> {
    execute!(
        writing.tx.up_to_date().await?,
        "insert into closing (organisation, since, open_month, due, published_to)
        values ($1, $2, $3, $4, $5)
        on conflict (organisation) do update
        set open_month = excluded.open_month, due = excluded.due, published_to = excluded.published_to",
        writing.organisation.to_string(),
        closing.since,
        closing.open_month.to_string(),
        closing.due,
        &closing.published_to
    )?;
    Ok(())
}

/// An organisation's ratings as of some moment, read without holding up anybody who writes.
pub(super) struct Snapshot {
    readings: Readings,
    /// The last change that they hold.
    changed: i64,
}

impl Snapshot {
    /// What there is as `tx` sees it.
    pub(super) async fn read(tx: &mut Transaction, organisation: &str) -> Result<Self, Error> {
        Ok(Self { changed: scoring(tx, organisation).await?.changed, readings: readings(tx, organisation, -1).await? })
    }

    /// As of the writing transaction.
    async fn up_to_date(&self, writing: &mut Writing) -> Result<Readings, Error> {
        let mut up_to_date = self.readings.clone();
        up_to_date.take_in(readings(writing.tx.up_to_date().await?, &writing.organisation.to_string(), self.changed).await?);
        Ok(up_to_date)
    }
}

/// The ratings that reached the managers from `since` on, count just before `until`, and belong to no closed month.
pub(super) async fn uncounted(
    writing: &mut Writing,
    snapshot: &Snapshot,
    since: Timestamp,
    until: Timestamp,
) -> Result<Vec<ClosedRating>, Error> {
    let rows = fetch_all!(
        writing.tx.up_to_date().await?,
        (String, bool),
        "select id, hidden and rep_at is null from rating where organisation = $1 and month is null and manager_at >= $2",
        writing.organisation.to_string(),
        since.0
    )?;
    let name = |(id, is_unread): &(String, bool)| Ok((read_kept(id)?, if *is_unread { Name::Hidden } else { Name::Shown }));
    let uncounted = rows.iter().map(name).collect::<Result<BTreeMap<RatingId, Name>, Error>>()?;
    let counted = snapshot.up_to_date(writing).await?.all(Audience::Manager).counted_at(until.plus_millis(-1));
    let closed = |it: &Observation| {
        let name = *uncounted.get(&it.id)?;
        Some(ClosedRating { id: it.id, rep: it.rep, customer: it.customer, name, components: it.components.clone() })
    };
    Ok(counted.iter().filter_map(closed).collect())
}

/// Writes a closed month down, for good.
pub(super) async fn keep_closed(writing: &mut Writing, month: &ClosedMonth) -> Result<(), Error> {
    let (organisation, first_day) = (writing.organisation.to_string(), month.first_day.to_string());
    execute!(
        writing.tx.up_to_date().await?,
        "insert into closed_month (organisation, first_day, body) values ($1, $2, $3)",
        &organisation,
        &first_day,
        serde_json::to_string(month)?
    )?;
    // The engines take a list apart by functions of different names.
    let sql = match writing.tx.engine() {
        Engine::Sqlite => "update rating set month = $2 where organisation = $1 and id in (select value from json_each($3))",
        Engine::Postgres => "update rating set month = $2 where organisation = $1 and id in (select json_array_elements_text($3::json))",
    };
    let ids: Vec<RatingId> = month.ratings.iter().map(|rating| rating.id).collect();
    execute!(writing.tx.up_to_date().await?, sql, &organisation, &first_day, serde_json::to_string(&ids)?)?;
    Ok(())
}

/// The last `limit` closed months, the newest first.
pub(super) async fn last_closed(writing: &mut Writing, limit: i64) -> Result<Vec<ClosedMonth>, Error> {
    let rows = fetch_all!(
        writing.tx.up_to_date().await?,
        (String,),
        "select body from closed_month where organisation = $1 order by first_day desc limit $2",
        writing.organisation.to_string(),
        limit
    )?;
    rows.iter().map(|(body,)| serde_json::from_str(body).map_err(Error::from)).collect()
}

/// The closed month that starts on `first_day`.
pub(super) async fn closed(writing: &mut Writing, first_day: NaiveDate) -> Result<ClosedMonth, Error> {
    let row = fetch_optional!(
        writing.tx.up_to_date().await?,
        (String,),
        "select body from closed_month where organisation = $1 and first_day = $2",
        writing.organisation.to_string(),
        first_day.to_string()
    )?;
    let (body,) = row.ok_or_else(|| Error::Internal("a month was published that never closed".into()))?;
    Ok(serde_json::from_str(&body)?)
}

/// What `member` is shown, by month.
pub(super) async fn kept_of(writing: &mut Writing, member: MemberId) -> Result<BTreeMap<NaiveDate, Kept>, Error> {
    let rows = fetch_all!(
        writing.tx.up_to_date().await?,
        (String, String),
        "select sight, body from month where organisation = $1 and member = $2",
        writing.organisation.to_string(),
        member.to_string()
    )?;
    let kept = |(sight, body): (String, String)| {
        let month: Month = serde_json::from_str(&body)?;
        Ok((month.first_day, Kept { sight: serde_json::from_str(&sight)?, month }))
    };
    rows.into_iter().map(kept).collect()
}

/// Keeps what a member is shown, and shows it where it is anything.
pub(super) async fn keep(writing: &mut Writing, kept: &Kept) -> Result<(), Error> {
    let Kept { month, sight } = kept;
    let key = Month::key(month.member, month.first_day);
    execute!(
        writing.tx.up_to_date().await?,
        "insert into month (organisation, id, member, first_day, sight, body)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (organisation, id) do update set sight = excluded.sight, body = excluded.body",
        writing.organisation.to_string(),
        &key,
        month.member.to_string(),
        month.first_day.to_string(),
        serde_json::to_string(sight)?,
        serde_json::to_string(month)?
    )?;
    if month.parts.is_empty() {
        return Ok(());
    }
    writing.publish(Entity::Month, &key, &BTreeSet::from([Scope::Months(month.member)]));
    Ok(())
}

/// Notes what a member sees singly; what is shown stays as it is.
pub(super) async fn keep_sight(writing: &mut Writing, kept: &Kept) -> Result<(), Error> {
    execute!(
        writing.tx.up_to_date().await?,
        "update month set sight = $3 where organisation = $1 and id = $2",
        writing.organisation.to_string(),
        Month::key(kept.month.member, kept.month.first_day),
        serde_json::to_string(&kept.sight)?
    )?;
    Ok(())
}

/// Whom each manager ever managed.
pub(super) async fn managing(writing: &mut Writing) -> Result<BTreeMap<MemberId, BTreeSet<MemberId>>, Error> {
    let sql = "select manager, rep from managing where organisation = $1";
    let mut managing: BTreeMap<MemberId, BTreeSet<MemberId>> = BTreeMap::new();
    for (manager, rep) in fetch_all!(writing.tx.up_to_date().await?, (String, String), sql, writing.organisation.to_string())? {
        managing.entry(read_kept(&manager)?).or_default().insert(read_kept(&rep)?);
    }
    Ok(managing)
}

/// Notes for good that `manager` managed `rep`.
pub(super) async fn keep_managing(writing: &mut Writing, manager: MemberId, rep: MemberId) -> Result<(), Error> {
    execute!(
        writing.tx.up_to_date().await?,
        "insert into managing (organisation, manager, rep) values ($1, $2, $3) on conflict (organisation, manager, rep) do nothing",
        writing.organisation.to_string(),
        manager.to_string(),
        rep.to_string()
    )?;
    Ok(())
}

/// Withholds a rating from `member` for good.
pub(super) async fn withhold(writing: &mut Writing, member: MemberId, rating: RatingId) -> Result<(), Error> {
    execute!(
        writing.tx.up_to_date().await?,
        "insert into withheld (organisation, member, rating) values ($1, $2, $3) on conflict (organisation, member, rating) do nothing",
        writing.organisation.to_string(),
        member.to_string(),
        rating.to_string()
    )?;
    Ok(())
}

/// The ratings, as row keys, that are withheld from `member`.
///
/// # Errors
/// The database's.
pub async fn withheld(tx: &mut Transaction, organisation: OrganisationId, member: MemberId) -> Result<BTreeSet<String>, Error> {
    let sql = "select rating from withheld where organisation = $1 and member = $2";
    let rows = fetch_all!(tx, (String,), sql, organisation.to_string(), member.to_string())?;
    Ok(rows.into_iter().map(|(rating,)| rating).collect())
}
