//! Who is reminded now. Every process looks each minute; the first to claim a member's day reminds.

use super::{
    key::Key,
    send::send,
    subscription::{Device, devices, note},
};
use crate::{
    State, account, clock,
    db::{execute, fetch_all, read_kept},
    error::Error,
    organisation, sync,
};
use app::{
    account::{Availability, WorkingHours},
    id::{MemberId, OrganisationId},
    organisation::Organisation,
    reminder::{is_time_to_remind, remind, reminded_in, reminder_lasts},
    sync::{Replica, protocol::Entity},
    time::Timestamp,
    today::ratings_of,
};
use chrono::NaiveDateTime;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::JoinSet};

/// How often to look for who is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How many members' rows are read at the same time: phones want to read, too.
const COUNTING_AT_ONCE: usize = 2;
/// How many members are reminded at the same time: a service that is slow keeps nobody else waiting.
const SENDING_AT_ONCE: usize = 64;
/// What Today is worked out from.
const READ: [Entity; 11] = [
    Entity::Organisation,
    Entity::Customer,
    Entity::Meeting,
    Entity::Touch,
    Entity::Promise,
    Entity::Action,
    Entity::Rating,
    Entity::Availability,
    Entity::Snooze,
    Entity::RecoveryCase,
    Entity::InsideAsk,
];

/// Reminds members for as long as the server runs.
pub fn spawn_reminding(state: State) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = remind_due(&state, clock::now()).await {
                tracing::error!(%error, "reminding failed");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
}

/// Reminds everybody who is due at `now` and was not reminded that day.
///
/// # Errors
/// The database's.
pub async fn remind_due(state: &State, now: Timestamp) -> Result<(), Error> {
    let organisations = fetch_all!(
        &mut state.db.look().await?,
        (String,),
        "select body
        from organisation
        where exists (select 1 from reminder_subscription where reminder_subscription.organisation = organisation.id)"
    )?;
    let turns = Turns { counting: Arc::new(Semaphore::new(COUNTING_AT_ONCE)), sending: Arc::new(Semaphore::new(SENDING_AT_ONCE)) };
    let mut running = JoinSet::new();
    for (organisation,) in organisations {
        // What goes wrong in one is no reason to leave out the others.
        if let Err(error) = remind_in(state, &organisation, &turns, &mut running, now).await {
            tracing::error!(%error, "reminding in an organisation failed");
        }
    }
    while let Some(done) = running.join_next().await {
        if let Err(error) = done {
            tracing::error!(%error, "reminding a member broke off");
        }
    }
    Ok(())
}

async fn remind_in(state: &State, organisation: &str, turns: &Turns, running: &mut JoinSet<()>, now: Timestamp) -> Result<(), Error> {
    let organisation: Organisation = serde_json::from_str(organisation)?;
    let wall = now.to_utc().with_timezone(&organisation::zone(&organisation)).naive_local();
    for (member, hours) in due(state, &organisation, wall).await? {
        let one = One { organisation: organisation.id, member, hours, wall, now };
        if one.claim(state).await? {
            let (state, turns) = (state.clone(), turns.clone());
            running.spawn(async move {
                if let Err(error) = one.remind(&state, &turns).await {
                    tracing::error!(%error, "a member was not reminded");
                }
            });
        }
    }
    Ok(())
}

/// Members with reminders on some device for whom it is time and whose day nobody claimed, with their hours.
async fn due(state: &State, organisation: &Organisation, wall: NaiveDateTime) -> Result<Vec<(MemberId, WorkingHours)>, Error> {
    let rows = fetch_all!(
        &mut state.db.look().await?,
        (String, Option<String>),
        "select wanting.member, availability.body
        from (select distinct member from reminder_subscription where organisation = $1) as wanting
        left join availability on availability.organisation = $1 and availability.id = wanting.member
        left join reminder_day on reminder_day.organisation = $1 and reminder_day.member = wanting.member
        where reminder_day.day is null or reminder_day.day < $2
        order by wanting.member",
        organisation.id.to_string(),
        wall.date().to_string()
    )?;
    let mut due = Vec::new();
    for (member, availability) in rows {
        let member = read_kept(&member)?;
        let availability = match availability {
            Some(body) => serde_json::from_str(&body)?,
            None => Availability::of(member),
        };
        let hours = reminded_in(&availability, &organisation.rules);
        if is_time_to_remind(&hours, wall) {
            due.push((member, hours));
        }
    }
    Ok(due)
}

#[derive(Clone)]
struct Turns {
    counting: Arc<Semaphore>,
    sending: Arc<Semaphore>,
}

/// One member's reminder of one day.
struct One {
    organisation: OrganisationId,
    member: MemberId,
    hours: WorkingHours,
    wall: NaiveDateTime,
    now: Timestamp,
}

impl One {
    /// Takes the day in hand, unless another process has it. Lasting before anything is sent: what is not sent then is lost, not doubled.
    async fn claim(&self, state: &State) -> Result<bool, Error> {
        let mut tx = state.db.write().await?;
        let claimed = execute!(
            &mut tx,
            "insert into reminder_day (organisation, member, day)
            values ($1, $2, $3)
            on conflict (organisation, member) do update set day = excluded.day where reminder_day.day < excluded.day",
            self.organisation.to_string(),
            self.member.to_string(),
            self.wall.date().to_string()
        )?;
        tx.commit().await?;
        Ok(claimed == 1)
    }

    async fn remind(&self, state: &State, turns: &Turns) -> Result<(), Error> {
        let counting = turns.counting.acquire().await;
        let Some((devices, replica)) = self.read(state).await? else { return Ok(()) };
        let reminders: Vec<_> =
            devices.into_iter().filter_map(|it| Some((remind(&replica, self.member, self.wall, &it.wanted)?, it))).collect();
        let told = ratings_of(&replica, self.member);
        drop((replica, counting));
        if reminders.is_empty() {
            return Ok(());
        }
        let _sending = turns.sending.acquire().await;
        let key = Key::of(&state.db).await?;
        for (reminder, device) in reminders {
            let lasts = reminder_lasts(&self.hours, self.wall);
            let outcome = send(state, &key, &device.subscription, &reminder, lasts, self.now).await?;
            note(state, self.organisation, &device, &outcome, told, self.now).await?;
        }
        Ok(())
    }

    /// The member's devices and what of a phone's rows Today is worked out from; nothing where the member may not sign in or has no device.
    async fn read(&self, state: &State) -> Result<Option<(Vec<Device>, Replica)>, Error> {
        let mut tx = state.db.read().await?;
        let Some(actor) = account::actor(&mut tx, self.organisation, &self.member.to_string()).await? else { return Ok(None) };
        let devices = devices(&mut tx, self.organisation, self.member, self.now).await?;
        if devices.is_empty() {
            return Ok(None);
        }
        Ok(Some((devices, sync::replica(tx, self.organisation, &actor, &READ).await?)))
    }
}
