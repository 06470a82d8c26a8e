//! Group commit: writes of one organisation that wait at the same time share one transaction, one sequence number and one fsync, and
//! are answered after the commit.

use super::{Db, Engine, Transaction, Waiting, Writing, execute, fetch_optional};
use crate::{error::Error, random};
use app::id::{EpochId, OrganisationId};
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

/// Work inside a group's transaction. It answers whether its changes are kept, and how to answer whoever waits once the group's fate is known.
type Work = Box<dyn for<'t> FnOnce(&'t mut Writing) -> BoxFuture<'t, (bool, Answer)> + Send>;
/// Answers whoever waits: with the commit's failure, or with the work's own result.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;

/// Runs each organisation's writes one group after another.
#[derive(Clone, Debug)]
pub struct Writer {
    db: Db,
    room: i64,
    queues: Arc<Mutex<HashMap<OrganisationId, mpsc::Sender<Work>>>>,
    committed: Arc<Waiting>,
}

impl Writer {
    /// Writes to `db`, where each organisation may keep `room` bytes of what is attached to its rows.
    pub fn new(db: Db, room: i64) -> Self {
        Self { db, room, queues: Arc::default(), committed: Arc::default() }
    }

    /// Organisations in which something was committed that their devices should hear of, each once however much it was. For one
    /// listener, who waits here until there are any.
    pub async fn committed(&self) -> BTreeSet<OrganisationId> {
        self.committed.take().await
    }

    /// Commits what was not written by this writer but should be heard of by an organisation's devices, such as the end of a session.
    ///
    /// # Errors
    /// The database's.
    pub async fn commit(&self, tx: Transaction, organisation: OrganisationId) -> Result<(), Error> {
        tx.commit().await?;
        self.committed.add([organisation]);
        Ok(())
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
                let result = match work(writing).await {
                    // What cannot be inserted is the fault of this work, not of the group.
                    Ok(done) => writing.flush().await.map(|()| done),
                    Err(error) => Err(error),
                };
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
                tokio::spawn(run(self.db.clone(), self.room, organisation, receiver, self.committed.clone()));
                sender
            })
            .clone()
    }
}

/// Takes what waits, as a group, until the last sender is gone.
async fn run(db: Db, room: i64, organisation: OrganisationId, mut queue: mpsc::Receiver<Work>, committed: Arc<Waiting>) {
    // This process's epoch: opened with its first committed group, so that a restored backup can be told from what went before.
    let mut epoch: Option<EpochId> = None;
    let mut group = Vec::with_capacity(GROUP_MAX);
    while queue.recv_many(&mut group, GROUP_MAX).await > 0 {
        let (answers, outcome) = commit_group(&db, room, organisation, &mut epoch, std::mem::take(&mut group)).await;
        match &outcome {
            Ok(stamped) if *stamped => committed.add([organisation]),
            Ok(_) => {}
            Err(error) => tracing::error!(%organisation, %error, "group commit failed"),
        }
        let outcome = outcome.map(|_| ()).map_err(|error| error.to_string());
        for answer in answers {
            answer(outcome.clone());
        }
    }
}

/// One transaction for the whole group; whether it stamped anything. Work not yet started when the transaction breaks is dropped, which
/// tells its waiter.
async fn commit_group(
    db: &Db,
    room: i64,
    organisation: OrganisationId,
    epoch: &mut Option<EpochId>,
    group: Vec<Work>,
) -> (Vec<Answer>, Result<bool, Error>) {
    let mut answers = Vec::with_capacity(group.len());
    let outcome = async {
        let (mut writing, opened) = begin(db, room, organisation, *epoch).await?;
        // Each leaves its savepoint to the next; the commit releases the last.
        writing.begin_work().await?;
        let mut group = group.into_iter();
        while let Some(work) = group.next() {
            let (keep, answer) = work(&mut writing).await;
            answers.push(answer);
            if !keep {
                writing.undo_work().await?;
            } else if group.len() > 0 {
                writing.next_work().await?;
            }
        }
        let stamped = writing.commit().await?;
        *epoch = Some(opened);
        Ok(stamped)
    }
    .await;
    (answers, outcome)
}

/// Takes the next sequence number, which locks the organisation's row until the commit, and opens this process's epoch if there is none.
async fn begin(db: &Db, room: i64, organisation: OrganisationId, epoch: Option<EpochId>) -> Result<(Writing, EpochId), Error> {
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
    Ok((Writing::new(tx, organisation, sequence, epoch, room), epoch))
}
