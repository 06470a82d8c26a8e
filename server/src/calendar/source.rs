//! A calendar elsewhere, read for its member: every half hour in the background, and when the member asks. One process asks for each.

use super::places::Here;
use crate::{
    State,
    account::{self, Session},
    clock,
    db::{self, Writing, execute, fetch_all, fetch_optional, read_kept},
    error::Error,
    organisation,
};
use app::{
    calendar::{ComingEvents, Reading, Source, calendar_address, read},
    id::{MemberId, OrganisationId},
    sync::{
        Refusal,
        protocol::{ProblemCode, Scope},
    },
    time::Timestamp,
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::JoinSet};

/// How long what was read is good for, milliseconds.
const EVERY: i64 = 30 * 60_000;
/// How soon a member may have it read again, milliseconds: nobody scans the internet by means of this server.
const AGAIN: i64 = 10_000;
/// How often to look for what is due: one small query.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// The most that are read in one look, and of them at the same time.
const BATCH: i64 = 200;
const AT_ONCE: usize = 8;

/// Reads members' calendars for as long as the server runs.
pub fn spawn_reading(state: State) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = read_due(&state).await {
                tracing::error!(%error, "reading calendars failed");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
}

/// Reads every calendar that is due.
///
/// # Errors
/// The database's.
pub async fn read_due(state: &State) -> Result<(), Error> {
    let now = clock::now();
    let due = fetch_all!(
        &mut state.db.look().await?,
        (String, String, String, i64),
        "select organisation, member, address, asked_at
        from calendar_source
        where asked_at <= $1 and address <> ''
        order by asked_at
        limit $2",
        now.0 - EVERY,
        BATCH
    )?;
    let (room, mut running) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for (organisation, member, address, asked_at) in due {
        let whose = Whose { organisation: read_kept(&organisation)?, member: read_kept(&member)? };
        let (state, room) = (state.clone(), room.clone());
        running.spawn(async move {
            let _turn = room.acquire().await;
            if let Err(error) = whose.refresh_due(&state, address, asked_at, now).await {
                tracing::error!(%error, "a calendar was not kept");
            }
        });
    }
    while let Some(done) = running.join_next().await {
        if let Err(error) = done {
            tracing::error!(%error, "reading a calendar broke off");
        }
    }
    Ok(())
}

/// Whose calendar.
#[derive(Clone, Copy)]
struct Whose {
    organisation: OrganisationId,
    member: MemberId,
}

impl Whose {
    fn of(session: &Session) -> Self {
        Self { organisation: session.organisation, member: session.actor.member.id }
    }

    /// [`Whose::refresh`], unless another process has it in hand, or the member just asked.
    async fn refresh_due(self, state: &State, address: String, asked_at: i64, now: Timestamp) -> Result<(), Error> {
        let mut tx = state.db.write().await?;
        let claimed = execute!(
            &mut tx,
            "update calendar_source set asked_at = $3 where organisation = $1 and member = $2 and asked_at = $4",
            self.organisation.to_string(),
            self.member.to_string(),
            now.0,
            asked_at
        )?;
        tx.commit().await?;
        match claimed {
            0 => Ok(()),
            _ => self.refresh(state, address).await.map(drop),
        }
    }

    /// Reads the calendar at `address` and publishes what it says, or why it says nothing.
    async fn refresh(self, state: &State, address: String) -> Result<Result<(), String>, Error> {
        let active = account::actor(&mut state.db.read().await?, self.organisation, &self.member.to_string()).await?.is_some();
        if !active {
            return Ok(Ok(()));
        }
        let found = self.fetch(state, &address).await?;
        let outcome = found.as_ref().map(|_| ()).map_err(String::clone);
        let known = db::find(&mut state.db.look().await?, &self.organisation.to_string(), &self.member.to_string()).await?;
        // Most of the time a calendar says what it said before, and then nothing is to be written.
        if known.as_ref() == Some(&self.after(known.as_ref(), found.clone())) {
            return Ok(outcome);
        }
        let write =
            state.writer.write(self.organisation, move |writing| Box::pin(async move { self.publish(writing, &address, found).await }));
        write.await?;
        Ok(outcome)
    }

    /// What the calendar at `address` says, or in words why it says nothing.
    async fn fetch(self, state: &State, address: &str) -> Result<Result<Reading, String>, Error> {
        let Ok(url) = address.parse() else { return Ok(Err("This is not an address. Copy it once more.".to_owned())) };
        let file = match state.outgoing.get(url).await {
            Ok(file) => file,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let organisation = organisation::find(&mut state.db.read().await?, self.organisation).await?.ok_or_else(Error::not_found)?;
        let (here, now) = (Here(organisation::zone(&organisation)), clock::now());
        // A large one takes its time, and others wait meanwhile.
        let reading = tokio::task::spawn_blocking(move || read(&file, &here, now).map_err(|error| error.to_string()));
        reading.await.map_err(|error| Error::Internal(error.to_string()))
    }

    /// Publishes what was found at `address`, unless the member has given it up meanwhile.
    async fn publish(self, writing: &mut Writing, address: &str, found: Result<Reading, String>) -> Result<(), Error> {
        let (organisation, member) = (self.organisation.to_string(), self.member.to_string());
        let sql = "select address from calendar_source where organisation = $1 and member = $2";
        let kept = fetch_optional!(writing.tx.up_to_date().await?, (String,), sql, &organisation, &member)?;
        if kept.is_none_or(|(kept,)| kept != address) {
            return Ok(());
        }
        let before: Option<ComingEvents> = db::find(writing.tx.up_to_date().await?, &organisation, &member).await?;
        let after = self.after(before.as_ref(), found);
        db::save(writing, &after, &BTreeSet::from([Scope::Calendar(self.member)])).await
    }

    /// What is known after `found` was found: what could not be read again stays as it was.
    fn after(self, before: Option<&ComingEvents>, found: Result<Reading, String>) -> ComingEvents {
        match found {
            Ok(reading) => ComingEvents { member: self.member, reading, problem: None },
            Err(problem) => {
                let reading = before.map(|before| before.reading.clone()).unwrap_or_default();
                ComingEvents { member: self.member, reading, problem: Some(problem) }
            }
        }
    }

    /// Notes that the member's calendar is asked now.
    async fn claim(self, state: &State, now: Timestamp) -> Result<(), Error> {
        let mut tx = state.db.write().await?;
        let claimed = execute!(
            &mut tx,
            "insert into calendar_source (organisation, member, address, asked_at)
            values ($1, $2, '', $3)
            on conflict (organisation, member) do update
            set asked_at = excluded.asked_at
            where calendar_source.asked_at <= $4",
            self.organisation.to_string(),
            self.member.to_string(),
            now.0,
            now.0 - AGAIN
        )?;
        tx.commit().await?;
        if claimed == 0 {
            return Err(Error::problem(ProblemCode::Busy, "Your calendar was asked just now. Try again in a few seconds."));
        }
        Ok(())
    }
}

/// The calendar that is read for whoever is signed in.
pub(super) async fn look(state: &State, session: &Session) -> Result<Option<Source>, Error> {
    let row = fetch_optional!(
        &mut state.db.look().await?,
        (String, i64),
        "select address, asked_at from calendar_source where organisation = $1 and member = $2 and address <> ''",
        session.organisation.to_string(),
        session.actor.member.id.to_string()
    )?;
    Ok(row.map(|(address, asked_at)| Source { address, asked_at: Timestamp(asked_at) }))
}

/// Reads the calendar at `typed` for whoever is signed in from now on.
pub(super) async fn save(state: &State, session: &Session, typed: &str) -> Result<Source, Error> {
    let address = calendar_address(typed)?;
    let (whose, asked_at) = (Whose::of(session), clock::now());
    whose.claim(state, asked_at).await?;
    let reading = whose.fetch(state, &address).await?.map_err(about_address)?;
    let source = Source { address: address.clone(), asked_at };
    let write = state.writer.write(whose.organisation, move |writing| {
        Box::pin(async move {
            let sql = "update calendar_source set address = $3 where organisation = $1 and member = $2";
            let (organisation, member) = (whose.organisation.to_string(), whose.member.to_string());
            execute!(writing.tx.up_to_date().await?, sql, organisation, member, &address)?;
            whose.publish(writing, &address, Ok(reading)).await
        })
    });
    write.await?;
    Ok(source)
}

/// Reads the calendar of whoever is signed in again.
pub(super) async fn read_now(state: &State, session: &Session) -> Result<Source, Error> {
    let Source { address, .. } = look(state, session).await?.ok_or_else(Error::not_found)?;
    let (whose, asked_at) = (Whose::of(session), clock::now());
    whose.claim(state, asked_at).await?;
    // Said beside no field: what is read again is not typed again.
    whose.refresh(state, address.clone()).await?.map_err(|words| Error::problem(ProblemCode::Malformed, &words))?;
    Ok(Source { address, asked_at })
}

/// Forgets the calendar of whoever is signed in and what it said.
pub(super) async fn stop(state: &State, session: &Session) -> Result<(), Error> {
    let whose = Whose::of(session);
    let write = state.writer.write(whose.organisation, move |writing| {
        Box::pin(async move {
            // When it was asked stays: whoever stops and begins again has no more turns than whoever goes on.
            let sql = "update calendar_source set address = '' where organisation = $1 and member = $2";
            let (organisation, member) = (whose.organisation.to_string(), whose.member.to_string());
            execute!(writing.tx.up_to_date().await?, sql, organisation, &member)?;
            db::delete::<ComingEvents>(writing, &member).await
        })
    });
    write.await
}

/// Words about the address, beside its field, which ends them itself.
fn about_address(words: String) -> Refusal {
    Refusal::invalid("address", words.trim_end_matches('.'))
}
