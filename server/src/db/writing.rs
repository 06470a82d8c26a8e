use super::{Buffered, Engine, Keep, Transaction, execute, record};
use crate::{clock, error::Error};
use app::{
    id::{EpochId, OrganisationId},
    sync::protocol::{Entity, Scope},
    time::Timestamp,
};
use sqlx::AssertSqlSafe;
use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// A row by its kind and key.
type Which = (Entity, String);

/// A transaction under way in which rows that phones see are written. It holds the organisation's row, so nobody else writes such rows of the
/// organisation meanwhile: what it has read of them stays true.
#[derive(Debug)]
pub struct Writing {
    /// The transaction.
    pub tx: Buffered,
    /// Whose rows.
    pub organisation: OrganisationId,
    /// The number that this transaction stamps on its rows.
    pub sequence: i64,
    /// The epoch that the sequence belongs to.
    pub epoch: EpochId,
    /// When it began.
    pub now: Timestamp,
    /// Bytes that an organisation may keep of what is attached to its rows.
    pub room: i64,
    /// What was done once for all; see [`Writing::first`].
    done: BTreeSet<&'static str>,
    /// Rows that were read or found missing; see [`Writing::find`].
    found: HashMap<Which, Option<Arc<dyn Any + Send + Sync>>>,
    /// Rows stamped since the last savepoint; see [`Writing::publish`].
    stamped: BTreeMap<Which, Stamp>,
    /// Whether any stamp was written.
    wrote_stamps: bool,
}

/// Who sees a row from this transaction on.
#[derive(Debug, Default)]
struct Stamp {
    scopes: BTreeSet<Scope>,
    /// Whether no scope holds it yet.
    new: bool,
}

impl Writing {
    /// Begun just now in `tx`, which holds the organisation's row.
    pub fn new(tx: Transaction, organisation: OrganisationId, sequence: i64, epoch: EpochId, room: i64) -> Self {
        let (tx, done, found, stamped) = (Buffered::new(tx, organisation), BTreeSet::new(), HashMap::new(), BTreeMap::new());
        Self { tx, organisation, sequence, epoch, now: clock::now(), room, done, found, stamped, wrote_stamps: false }
    }

    /// Inserts a new row, together with others, before anything is read or written by SQL.
    pub(super) fn add<T: Keep>(&mut self, thing: &T) -> Result<(), Error> {
        self.forget(T::ENTITY, &thing.key());
        self.tx.add(thing)
    }

    /// The thing of that key, if the organisation has it: read once, since much that is written together asks for the same few people and customers.
    ///
    /// # Errors
    /// The database's, or a body that does not read.
    pub async fn find<T: Keep + 'static>(&mut self, key: &str) -> Result<Option<Arc<T>>, Error> {
        let which = (T::ENTITY, key.to_owned());
        if let Some(found) = self.found.get(&which) {
            return Ok(found.clone().and_then(|thing| thing.downcast().ok()));
        }
        let thing: Option<Arc<T>> = record::find(self.tx.up_to_date().await?, &self.organisation.to_string(), key).await?.map(Arc::new);
        self.found.insert(which, thing.clone().map(|thing| thing as Arc<dyn Any + Send + Sync>));
        Ok(thing)
    }

    /// Reads those of `keys` that there are ahead of [`Writing::find`]: asked for one by one, each would interrupt what is inserted together.
    ///
    /// # Errors
    /// The database's, or a body that does not read.
    pub async fn read_ahead<T: Keep + 'static>(&mut self, keys: &BTreeSet<String>) -> Result<(), Error> {
        let unknown: Vec<&str> =
            keys.iter().filter(|key| !self.found.contains_key(&(T::ENTITY, (*key).clone()))).map(String::as_str).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        for (key, body) in record::bodies(self.tx.up_to_date().await?, &self.organisation.to_string(), T::ENTITY, &unknown).await? {
            let thing: Arc<T> = Arc::new(serde_json::from_str(&body)?);
            self.found.insert((T::ENTITY, key), Some(thing));
        }
        Ok(())
    }

    /// Forgets what was read of a row that is written.
    pub(super) fn forget(&mut self, entity: Entity, key: &str) {
        self.found.remove(&(entity, key.to_owned()));
    }

    /// Stamps a row for `scopes`, and as gone for every other scope that holds it. Written with others, before the next savepoint or the commit: whoever
    /// reads `change` in the same transaction calls [`Writing::flush`] first.
    pub fn publish(&mut self, entity: Entity, key: &str, scopes: &BTreeSet<Scope>) {
        let stamp = self.stamped.entry((entity, key.to_owned())).or_default();
        stamp.scopes.clone_from(scopes);
    }

    /// Stamps a row that no scope holds yet.
    pub(super) fn publish_new(&mut self, entity: Entity, key: &str, scopes: &BTreeSet<Scope>) {
        self.stamped.insert((entity, key.to_owned()), Stamp { scopes: scopes.clone(), new: true });
    }

    /// Writes the rows and stamps that wait.
    ///
    /// # Errors
    /// [`Refusal::IdTaken`](app::sync::Refusal::IdTaken) where a new row was there before, or the database's.
    pub async fn flush(&mut self) -> Result<(), Error> {
        self.tx.up_to_date().await?;
        self.wrote_stamps |= !self.stamped.is_empty();
        let (new, known): (Vec<_>, Vec<_>) = std::mem::take(&mut self.stamped).into_iter().partition(|(_, stamp)| stamp.new);
        self.stamp_new(&new).await?;
        for ((entity, key), stamp) in &known {
            self.stamp_known(*entity, key, &stamp.scopes).await?;
        }
        Ok(())
    }

    /// All at once: what a phone queued is mostly new.
    async fn stamp_new(&mut self, stamped: &[(Which, Stamp)]) -> Result<(), Error> {
        if stamped.is_empty() {
            return Ok(());
        }
        // Scopes may have held a row of that key before it was deleted.
        const TAIL: &str =
            " on conflict (organisation, entity, id, scope) do update set sequence = excluded.sequence, gone = excluded.gone";
        let (organisation, sequence) = (self.organisation.to_string(), self.sequence);
        match self.tx.up_to_date().await? {
            // SQLite has no arrays; a JSON list is its table-valued parameter.
            Transaction::Sqlite(tx) => {
                let sql = format!(
                    "insert into change (organisation, scope, entity, id, sequence, gone)
                    select $1, scope.value, stamped.value ->> 0, stamped.value ->> 1, $2, false
                    from json_each($3) as stamped, json_each(stamped.value -> 2) as scope
                    where true{TAIL}"
                );
                let stamped: Vec<_> = stamped.iter().map(|((entity, key), stamp)| (entity.as_str(), key, texts(&stamp.scopes))).collect();
                let stamped = serde_json::to_string(&stamped)?;
                sqlx::query(AssertSqlSafe(sql)).bind(organisation).bind(sequence).bind(stamped).execute(&mut **tx).await?;
            }
            Transaction::Postgres(tx) => {
                let sql = format!(
                    "insert into change (organisation, scope, entity, id, sequence, gone)
                    select $1, scope, entity, id, $2, false
                    from unnest($3::text[], $4::text[], $5::text[]) as stamped (scope, entity, id){TAIL}"
                );
                let (mut scopes, mut entities, mut keys) = (Vec::new(), Vec::new(), Vec::new());
                for ((entity, key), stamp) in stamped {
                    for scope in &stamp.scopes {
                        scopes.push(scope.to_string());
                        entities.push(entity.as_str());
                        keys.push(key.as_str());
                    }
                }
                let query = sqlx::query(AssertSqlSafe(sql)).bind(organisation).bind(sequence);
                query.bind(scopes).bind(entities).bind(keys).execute(&mut **tx).await?;
            }
        }
        Ok(())
    }

    async fn stamp_known(&mut self, entity: Entity, key: &str, scopes: &BTreeSet<Scope>) -> Result<(), Error> {
        let sql = match self.tx.engine() {
            Engine::Sqlite => {
                "insert into change (organisation, scope, entity, id, sequence, gone)
                select $1, value, $2, $3, $4, false
                from json_each($5)
                union all
                select $1, scope, $2, $3, $4, true
                from change
                where organisation = $1 and entity = $2 and id = $3 and not gone and scope not in (select value from json_each($5))
                on conflict (organisation, entity, id, scope) do update
                set sequence = excluded.sequence, gone = excluded.gone"
            }
            Engine::Postgres => {
                "with named as (select json_array_elements_text($5::json) as scope)
                insert into change (organisation, scope, entity, id, sequence, gone)
                select $1, scope, $2, $3, $4, false
                from named
                union all
                select $1, scope, $2, $3, $4, true
                from change
                where organisation = $1 and entity = $2 and id = $3 and not gone and scope not in (select scope from named)
                on conflict (organisation, entity, id, scope) do update
                set sequence = excluded.sequence, gone = excluded.gone"
            }
        };
        let (organisation, list) = (self.organisation.to_string(), serde_json::to_string(&texts(scopes))?);
        execute!(self.tx.up_to_date().await?, sql, organisation, entity.as_str(), key, self.sequence, list)?;
        Ok(())
    }

    /// Whether `what`, which once per transaction is enough, is still to be done.
    pub fn first(&mut self, what: &'static str) -> bool {
        self.done.insert(what)
    }

    /// Marks a point to come back to.
    ///
    /// # Errors
    /// The database's.
    pub async fn savepoint(&mut self) -> Result<(), Error> {
        self.flush().await?;
        execute!(self.tx.up_to_date().await?, "savepoint attempt")?;
        Ok(())
    }

    /// Keeps what was done since the last savepoint.
    ///
    /// # Errors
    /// The database's.
    pub async fn release(&mut self) -> Result<(), Error> {
        self.flush().await?;
        execute!(self.tx.up_to_date().await?, "release savepoint attempt")?;
        Ok(())
    }

    /// Undoes what was done since the last savepoint.
    ///
    /// # Errors
    /// The database's.
    pub async fn undo(&mut self) -> Result<(), Error> {
        self.roll_back("rollback to savepoint attempt").await?;
        self.release().await
    }

    /// Marks where a work of a group begins: under a name of its own, since what fails in its midst may leave savepoints behind.
    pub(super) async fn begin_work(&mut self) -> Result<(), Error> {
        self.flush().await?;
        execute!(self.tx.up_to_date().await?, "savepoint work")?;
        Ok(())
    }

    /// Undoes all that the work did, whatever savepoints it left behind, for the next one to begin.
    pub(super) async fn undo_work(&mut self) -> Result<(), Error> {
        self.roll_back("rollback to savepoint work").await
    }

    async fn roll_back(&mut self, sql: &'static str) -> Result<(), Error> {
        execute!(self.tx.without_added(), sql)?;
        // It may have been among what was undone.
        self.done.clear();
        self.found.clear();
        self.stamped.clear();
        Ok(())
    }

    /// Keeps what the work did and marks where the next begins, in one round trip.
    pub(super) async fn next_work(&mut self) -> Result<(), Error> {
        self.flush().await?;
        let sql = "release savepoint work; savepoint work";
        match self.tx.up_to_date().await? {
            Transaction::Sqlite(tx) => sqlx::query(sql).execute(&mut **tx).await.map(|_| ())?,
            // Several statements at once only by the simple protocol.
            Transaction::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Makes all of it lasting. Returns whether any row was stamped, so that phones may have something to pull.
    ///
    /// # Errors
    /// The database's; then nothing was written.
    pub async fn commit(mut self) -> Result<bool, Error> {
        self.flush().await?;
        self.tx.commit().await?;
        Ok(self.wrote_stamps)
    }
}

fn texts(scopes: &BTreeSet<Scope>) -> Vec<String> {
    scopes.iter().map(Scope::to_string).collect()
}
