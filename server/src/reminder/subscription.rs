//! The devices on which members are reminded, one row for each session.

use super::{
    seal::seal,
    send::{Outcome, address},
};
use crate::{
    State,
    account::Session,
    clock,
    db::{Transaction, execute, fetch_all, fetch_optional},
    error::Error,
};
use app::{
    id::{MemberId, OrganisationId},
    reminder::{RemindedHere, SUBSCRIPTIONS_MAX, Subscription, SubscriptionKeys, Wanted},
    sync::Refusal,
    time::Timestamp,
};
use url::Url;

/// How long nothing is tried after a first failure, milliseconds; twice as long after each further one.
const REST: i64 = 60 * 60_000;
/// The longest rest, milliseconds, also where a service wishes for a longer one.
const REST_MAX: i64 = 7 * 24 * REST;

/// A device that may be reminded now.
pub(super) struct Device {
    /// Its session's id.
    session: String,
    /// Where it is reached.
    pub(super) subscription: Subscription,
    /// What its member wants to be reminded of.
    pub(super) wanted: Wanted,
    failures: i64,
}

/// What is known of the session's device.
pub(super) async fn look(state: &State, session: &Session) -> Result<Option<RemindedHere>, Error> {
    let row = fetch_optional!(
        &mut state.db.look().await?,
        (String, String, i64),
        "select endpoint, kinds, seen from reminder_subscription where organisation = $1 and session = $2",
        session.organisation.to_string(),
        &session.id
    )?;
    row.map(|(endpoint, kinds, seen)| Ok(RemindedHere { endpoint, wanted: read_wanted(&kinds, seen)? })).transpose()
}

/// Reminds on the session's device from now on.
pub(super) async fn start(state: &State, session: &Session, subscription: &Subscription, wanted: &Wanted) -> Result<(), Error> {
    wanted.check()?;
    check(state, subscription)?;
    let (organisation, member, now) = (session.organisation.to_string(), session.actor.member.id.to_string(), clock::now());
    let mut tx = state.db.write().await?;
    leave_to(&mut tx, session, &subscription.endpoint).await?;
    let others = fetch_all!(
        &mut tx,
        (String,),
        "select session
        from reminder_subscription
        where organisation = $1 and member = $2 and session <> $3
        order by made_at desc, session",
        &organisation,
        &member,
        &session.id
    )?;
    // Whoever turns it on has the newest device in hand.
    for (oldest,) in others.iter().skip(SUBSCRIPTIONS_MAX - 1) {
        execute!(&mut tx, "delete from reminder_subscription where organisation = $1 and session = $2", &organisation, oldest)?;
    }
    let Subscription { endpoint, keys } = subscription;
    let kept = execute!(
        &mut tx,
        "insert into reminder_subscription
            (organisation, session, member, endpoint, p256dh, auth, kinds, seen, made_at, failures, rest_until)
        select organisation, id, member, $3, $4, $5, $6, $7, $8, 0, 0
        from session
        where organisation = $1 and id = $2 and revoked_at is null
        on conflict (organisation, session) do update
        set endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth, kinds = excluded.kinds,
            seen = excluded.seen, made_at = excluded.made_at, failures = 0, rest_until = 0",
        &organisation,
        &session.id,
        endpoint,
        &keys.p256dh,
        &keys.auth,
        serde_json::to_string(&wanted.kinds)?,
        i64::try_from(wanted.seen).unwrap_or(i64::MAX),
        now.0
    )?;
    // The session ended since it was read.
    if kept == 0 {
        return Err(Error::signed_out());
    }
    Ok(tx.commit().await?)
}

/// The session's device is reached elsewhere now.
pub(super) async fn move_to(state: &State, session: &Session, subscription: &Subscription) -> Result<(), Error> {
    check(state, subscription)?;
    let Subscription { endpoint, keys } = subscription;
    let mut tx = state.db.write().await?;
    leave_to(&mut tx, session, endpoint).await?;
    let moved = execute!(
        &mut tx,
        "update reminder_subscription
        set endpoint = $3, p256dh = $4, auth = $5, failures = 0, rest_until = 0
        where organisation = $1 and session = $2",
        session.organisation.to_string(),
        &session.id,
        endpoint,
        &keys.p256dh,
        &keys.auth
    )?;
    if moved == 0 {
        return Err(Error::not_found());
    }
    Ok(tx.commit().await?)
}

/// Reminds on the session's device no more.
pub(super) async fn stop(state: &State, session: &Session) -> Result<(), Error> {
    let mut tx = state.db.write().await?;
    let sql = "delete from reminder_subscription where organisation = $1 and session = $2";
    execute!(&mut tx, sql, session.organisation.to_string(), &session.id)?;
    Ok(tx.commit().await?)
}

/// Whether a browser can be reached so at all.
fn check(state: &State, subscription: &Subscription) -> Result<(), Error> {
    if address(state, subscription).is_none() {
        return Err(Refusal::invalid("subscription", "this browser gave no address to send to; update it or use another").into());
    }
    // A key that is none is found by using it.
    seal(subscription, b"").map(drop)
}

/// A browser is its last user's: nobody else is reminded there.
async fn leave_to(tx: &mut Transaction, session: &Session, endpoint: &str) -> Result<(), Error> {
    let sql = "delete from reminder_subscription where organisation = $1 and endpoint = $2 and session <> $3";
    execute!(tx, sql, session.organisation.to_string(), endpoint, &session.id)?;
    Ok(())
}

/// The devices on which `member` may be reminded at `now`: of sessions that last, and not at rest.
pub(super) async fn devices(
    tx: &mut Transaction,
    organisation: OrganisationId,
    member: MemberId,
    now: Timestamp,
) -> Result<Vec<Device>, Error> {
    let rows = fetch_all!(
        tx,
        (String, String, String, String, String, i64, i64),
        "select session, endpoint, p256dh, auth, kinds, seen, failures
        from reminder_subscription
        where organisation = $1 and member = $2 and rest_until <= $3
            and exists (
                select 1
                from session
                where session.organisation = reminder_subscription.organisation and session.id = reminder_subscription.session
                    and revoked_at is null and expires_at > $3
            )
        order by session",
        organisation.to_string(),
        member.to_string(),
        now.0
    )?;
    rows.into_iter()
        .map(|(session, endpoint, p256dh, auth, kinds, seen, failures)| {
            let subscription = Subscription { endpoint, keys: SubscriptionKeys { p256dh, auth } };
            Ok(Device { session, subscription, wanted: read_wanted(&kinds, seen)?, failures })
        })
        .collect()
}

/// Notes what came of a reminder on `device`, which told of so many ratings; what the member changed meanwhile stays.
pub(super) async fn note(
    state: &State,
    organisation: OrganisationId,
    device: &Device,
    outcome: &Outcome,
    told: usize,
    now: Timestamp,
) -> Result<(), Error> {
    let (organisation, endpoint) = (organisation.to_string(), &device.subscription.endpoint);
    let mut tx = state.db.write().await?;
    let wish = match outcome {
        Outcome::Gone => {
            let sql = "delete from reminder_subscription where organisation = $1 and session = $2 and endpoint = $3";
            execute!(&mut tx, sql, &organisation, &device.session, endpoint)?;
            return Ok(tx.commit().await?);
        }
        Outcome::Taken => {
            execute!(
                &mut tx,
                "update reminder_subscription
                set failures = 0, seen = case when seen < $4 then $4 else seen end
                where organisation = $1 and session = $2 and endpoint = $3",
                &organisation,
                &device.session,
                endpoint,
                i64::try_from(told).unwrap_or(i64::MAX)
            )?;
            return Ok(tx.commit().await?);
        }
        Outcome::Busy(wish) => *wish,
        Outcome::Failed(why) => {
            if device.failures == 0 {
                // Not the whole address: whoever has it can send there.
                let service = Url::parse(endpoint).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
                tracing::warn!(service, why, "a reminder was not taken");
            }
            None
        }
    };
    execute!(
        &mut tx,
        "update reminder_subscription
        set failures = failures + 1, rest_until = $4
        where organisation = $1 and session = $2 and endpoint = $3",
        &organisation,
        &device.session,
        endpoint,
        now.0 + rest(device.failures, wish)
    )?;
    Ok(tx.commit().await?)
}

/// How long nothing is tried after one more than `failures`, milliseconds.
fn rest(failures: i64, wish: Option<std::time::Duration>) -> i64 {
    let wished = wish.map_or(0, |wish| i64::try_from(wish.as_millis()).unwrap_or(i64::MAX));
    (REST << failures.clamp(0, 10)).max(wished).min(REST_MAX)
}

fn read_wanted(kinds: &str, seen: i64) -> Result<Wanted, Error> {
    Ok(Wanted { kinds: serde_json::from_str(kinds)?, seen: usize::try_from(seen).unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_service_that_fails_is_left_alone_for_longer_and_longer_but_never_for_good() {
        let hours = |count: u64| Some(Duration::from_secs(count * 3_600));
        for (failures, wish, rests) in
            [(0, None, 1), (1, None, 2), (5, None, 32), (5, hours(1), 32), (0, hours(5), 5), (60, None, 168), (0, hours(1 << 40), 168)]
        {
            assert_eq!(rest(failures, wish), rests * REST, "{failures} {wish:?}");
        }
    }
}
