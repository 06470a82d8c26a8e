//! Group commit: writes of one organisation that wait at the same time share one transaction, one sequence number and one fsync, and
//! are answered after the commit.

use super::{Db, Engine, Transaction, execute, fetch_optional};
use crate::{clock, error::Error, random};
use app::{
    id::{EpochId, OrganisationId},
    sync::protocol::{Entity, Scope},
    time::Timestamp,
};
use futures_util::future::BoxFuture;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex},
};
use tokio::sync::{mpsc, oneshot};

/// The most writes that share one transaction: bounds how long the first of them waits.
const GROUP_MAX: usize = 128;
/// The most writes that wait per organisation; further ones wait to wait.
const QUEUE_MAX: usize = 4096;

/// A transaction under way in which rows that phones see are written.
#[derive(Debug)]
pub struct Writing {
    /// The transaction.
    pub tx: Transaction,
    /// Whose rows.
    pub organisation: OrganisationId,
    /// The number that this transaction stamps on its rows.
    pub sequence: i64,
    /// The epoch that the sequence belongs to.
    pub epoch: EpochId,
    /// When it began.
    pub now: Timestamp,
    /// What was done once for all; see [`Writing::first`].
    done: BTreeSet<&'static str>,
}

impl Writing {
    /// Begun just now in `tx`, which holds the organisation's row.
    pub fn new(tx: Transaction, organisation: OrganisationId, sequence: i64, epoch: EpochId) -> Self {
        Self { tx, organisation, sequence, epoch, now: clock::now(), done: BTreeSet::new() }
    }

    /// Stamps a row for `scopes`, and as gone for every other scope that holds it.
    ///
    /// # Errors
    /// The database's.
    pub async fn publish(&mut self, entity: Entity, id: &str, scopes: &BTreeSet<Scope>) -> Result<(), Error> {
        let scopes: Vec<String> = scopes.iter().map(Scope::to_string).collect();
        // One statement, since every row that is kept comes by here. The engines take a list apart by functions of different names.
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
        execute!(&mut self.tx, sql, self.organisation.to_string(), entity.as_str(), id, self.sequence, serde_json::to_string(&scopes)?)?;
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
        execute!(&mut self.tx, "savepoint attempt")?;
        Ok(())
    }

    /// Keeps what was done since the last savepoint.
    ///
    /// # Errors
    /// The database's.
    pub async fn release(&mut self) -> Result<(), Error> {
        execute!(&mut self.tx, "release savepoint attempt")?;
        Ok(())
    }

    /// Undoes what was done since the last savepoint.
    ///
    /// # Errors
    /// The database's.
    pub async fn undo(&mut self) -> Result<(), Error> {
        self.go_back().await?;
        self.release().await
    }

    /// Undoes what was done since the last savepoint and stays at it.
    async fn go_back(&mut self) -> Result<(), Error> {
        execute!(&mut self.tx, "rollback to savepoint attempt")?;
        // It may have been among what was undone.
        self.done.clear();
        Ok(())
    }

    /// Keeps what was done since the last savepoint and marks the next, in one round trip.
    async fn go_on(&mut self) -> Result<(), Error> {
        let sql = "release savepoint attempt; savepoint attempt";
        match &mut self.tx {
            Transaction::Sqlite(tx) => sqlx::query(sql).execute(&mut **tx).await.map(|_| ())?,
            // Several statements at once only by the simple protocol.
            Transaction::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|_| ())?,
        }
        Ok(())
    }
}

/// Work inside a group's transaction. It answers whether its changes are kept, and how to answer whoever waits once the group's fate is known.
type Work = Box<dyn for<'t> FnOnce(&'t mut Writing) -> BoxFuture<'t, (bool, Answer)> + Send>;
/// Answers whoever waits: with the commit's failure, or with the work's own result.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;

/// Runs each organisation's writes one group after another.
#[derive(Clone, Debug)]
pub struct Writer {
    db: Db,
    queues: Arc<Mutex<HashMap<OrganisationId, mpsc::Sender<Work>>>>,
}

impl Writer {
    /// Writes to `db`.
    pub fn new(db: Db) -> Self {
        Self { db, queues: Arc::default() }
    }

    /// Does `work` in a transaction and answers after its commit. Where `work` fails, nothing of it is kept.
    ///
    /// # Errors
    /// The work's own, or [`Error::Internal`] where the commit failed.
    pub async fn write<T, F>(&self, organisation: OrganisationId, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Writing) -> BoxFuture<'t, Result<T, Error>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |writing| {
            Box::pin(async move {
                let result = work(writing).await;
                let keep = result.is_ok();
                let reply: Answer = Box::new(move |committed| {
                    // Whoever waited may have gone; the commit stands all the same.
                    let _ = answer.send(committed.map_err(Error::Internal).and(result));
                });
                (keep, reply)
            })
        });
        let gone = || Error::Internal("the writer stopped".into());
        self.queue(organisation).send(work).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    /// The queue of an organisation; the first call starts its task.
    fn queue(&self, organisation: OrganisationId) -> mpsc::Sender<Work> {
        let mut queues = self.queues.lock().expect("no holder of the queues panics");
        queues
            .entry(organisation)
            .or_insert_with(|| {
                let (sender, receiver) = mpsc::channel(QUEUE_MAX);
                tokio::spawn(run(self.db.clone(), organisation, receiver));
                sender
            })
            .clone()
    }
}

/// Takes what waits, as a group, until the last sender is gone.
async fn run(db: Db, organisation: OrganisationId, mut queue: mpsc::Receiver<Work>) {
    // This process's epoch: opened with its first committed group, so that a restored backup can be told from what went before.
    let mut epoch: Option<EpochId> = None;
    let mut group = Vec::with_capacity(GROUP_MAX);
    while queue.recv_many(&mut group, GROUP_MAX).await > 0 {
        let (answers, outcome) = commit_group(&db, organisation, &mut epoch, std::mem::take(&mut group)).await;
        if let Err(error) = &outcome {
            tracing::error!(%organisation, %error, "group commit failed");
        }
        let outcome = outcome.map_err(|error| error.to_string());
        for answer in answers {
            answer(outcome.clone());
        }
    }
}

/// One transaction for the whole group. Work not yet started when the transaction breaks is dropped, which tells its waiter.
async fn commit_group(
    db: &Db,
    organisation: OrganisationId,
    epoch: &mut Option<EpochId>,
    group: Vec<Work>,
) -> (Vec<Answer>, Result<(), Error>) {
    let mut answers = Vec::with_capacity(group.len());
    let outcome = async {
        let (mut writing, opened) = begin(db, organisation, *epoch).await?;
        // Each leaves a savepoint to the next; the commit releases the last.
        writing.savepoint().await?;
        let mut group = group.into_iter();
        while let Some(work) = group.next() {
            let (keep, answer) = work(&mut writing).await;
            answers.push(answer);
            if !keep {
                writing.go_back().await?;
            } else if group.len() > 0 {
                writing.go_on().await?;
            }
        }
        writing.tx.commit().await?;
        *epoch = Some(opened);
        Ok(())
    }
    .await;
    (answers, outcome)
}

/// Takes the next sequence number, which locks the organisation's row until the commit, and opens this process's epoch if there is none.
async fn begin(db: &Db, organisation: OrganisationId, epoch: Option<EpochId>) -> Result<(Writing, EpochId), Error> {
    let mut tx = db.write().await?;
    let id = organisation.to_string();
    if tx.engine() == Engine::Postgres {
        // The row lock below makes us wait for other processes; a snapshot per statement then sees what they committed.
        execute!(&mut tx, "set local lock_timeout = '20s'")?;
    }
    let (sequence,) =
        fetch_optional!(&mut tx, (i64,), "update organisation set sequence = sequence + 1 where id = $1 returning sequence", &id)?
            .ok_or_else(Error::not_found)?;
    let epoch = match epoch {
        Some(epoch) => epoch,
        None => {
            let epoch = EpochId(random::uuid());
            execute!(
                &mut tx,
                "insert into epoch (organisation, first_sequence, id) values ($1, $2, $3)",
                &id,
                sequence,
                epoch.to_string()
            )?;
            epoch
        }
    };
    Ok((Writing::new(tx, organisation, sequence, epoch), epoch))
}
