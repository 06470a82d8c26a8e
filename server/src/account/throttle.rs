//! Failed sign-ins make the next one wait: per email address, known or not, and per network address. Counted before the password is looked
//! at, so that attempts in parallel cannot slip through; a success takes its count back.

use crate::{
    db::{Db, Transaction, execute, fetch_optional},
    error::Error,
    random,
};
use app::{sync::protocol::ProblemCode, time::Timestamp};
use std::net::IpAddr;

const MINUTE: i64 = 60_000;

/// What is counted, and how hard.
struct Limit {
    /// Failures that cost nothing.
    free: i64,
    /// The longest wait, milliseconds.
    longest: i64,
    /// Failures are forgotten after this long without one, milliseconds.
    forgotten_after: i64,
}

/// A person who forgot a password tries a few; whoever guesses gets about a hundred a day.
const ADDRESS: Limit = Limit { free: 10, longest: 15 * MINUTE, forgotten_after: 24 * 60 * MINUTE };
/// An office may share one network address.
const CLIENT: Limit = Limit { free: 50, longest: 60 * MINUTE, forgotten_after: 60 * MINUTE };
/// The wait after the first failure that is not free; it doubles from there.
const SHORTEST: i64 = MINUTE / 2;

/// Who tries.
#[derive(Clone, Debug)]
pub struct Subjects {
    address: String,
    client: String,
}

impl Subjects {
    /// `email` tried from `client`. A network of IPv6 is one client, as whoever has one address of it has 2^64.
    pub fn new(email: &str, client: IpAddr) -> Self {
        let network = match client.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("{:?}", &address.segments()[..4]),
        };
        Self { address: format!("address/{}", random::sha256(email)), client: format!("client/{}", random::sha256(network)) }
    }
}

/// Counts an attempt as failed until [`forgive`] says otherwise.
///
/// # Errors
/// [`ProblemCode::Busy`] where it has to wait; then it is not counted.
pub async fn count(db: &Db, subjects: &Subjects, now: Timestamp) -> Result<(), Error> {
    let mut tx = db.write().await?;
    execute!(&mut tx, "delete from attempt where last_at < $1", now.0 - ADDRESS.forgotten_after)?;
    // Always in this order, so that two attempts never wait for each other.
    count_one(&mut tx, &subjects.address, &ADDRESS, now).await?;
    count_one(&mut tx, &subjects.client, &CLIENT, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn count_one(tx: &mut Transaction, subject: &str, limit: &Limit, now: Timestamp) -> Result<(), Error> {
    let counted = fetch_optional!(
        tx,
        (i64,),
        "insert into attempt (subject, failures, last_at, open_at)
        values ($1, 1, $2, 0)
        on conflict (subject) do update
        set failures = case when attempt.last_at < $3 then 1 else attempt.failures + 1 end, last_at = $2
        where attempt.open_at <= $2
        returning failures",
        subject,
        now.0,
        now.0 - limit.forgotten_after
    )?;
    let Some((failures,)) = counted else {
        let open_at = fetch_optional!(tx, (i64,), "select open_at from attempt where subject = $1", subject)?;
        let minutes = open_at.map_or(1, |(open_at,)| (open_at - now.0 + MINUTE - 1) / MINUTE).max(1);
        let minutes = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
        return Err(Error::problem(
            ProblemCode::Busy,
            &format!("Too many attempts. Try again in {minutes}, or ask your administrator for a new link."),
        ));
    };
    let wait = wait(limit, failures);
    if wait > 0 {
        execute!(tx, "update attempt set open_at = $2 where subject = $1", subject, now.0 + wait)?;
    }
    Ok(())
}

/// Milliseconds until the next attempt after `failures`.
fn wait(limit: &Limit, failures: i64) -> i64 {
    match failures - limit.free {
        ..=0 => 0,
        over => (SHORTEST << (over - 1).min(20)).min(limit.longest),
    }
}

/// Takes back what [`count`] counted: the attempt succeeded.
///
/// # Errors
/// The database's.
pub async fn forgive(tx: &mut Transaction, subjects: &Subjects) -> Result<(), Error> {
    execute!(tx, "delete from attempt where subject = $1", &subjects.address)?;
    execute!(tx, "update attempt set failures = failures - 1, open_at = 0 where subject = $1 and failures > 0", &subjects.client)?;
    Ok(())
}

/// [`forgive`] in a transaction of its own.
///
/// # Errors
/// The database's.
pub async fn forgive_alone(db: &Db, subjects: &Subjects) -> Result<(), Error> {
    let mut tx = db.write().await?;
    forgive(&mut tx, subjects).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_cost_ever_more_but_never_lock_anybody_out_for_good() {
        let waits = [1, 10, 11, 12, 13, 16, 500].map(|failures| wait(&ADDRESS, failures));
        assert_eq!(waits, [0, 0, SHORTEST, MINUTE, 2 * MINUTE, 15 * MINUTE, 15 * MINUTE]);
    }

    #[test]
    fn a_network_of_ipv6_is_one_client_and_a_mapped_ipv4_address_itself() {
        let client = |text: &str| Subjects::new("a@example.test", text.parse().expect("an address")).client;
        assert_eq!(client("2001:db8::1"), client("2001:db8::ffff:2"));
        assert_ne!(client("2001:db8::1"), client("2001:db8:0:1::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
    }
}
