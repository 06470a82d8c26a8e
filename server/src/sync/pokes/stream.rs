use crate::{
    State,
    account::{self, Session},
    error::Error,
    random,
    sync::queries,
};
use axum::{
    extract,
    http::{HeaderName, header},
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{StreamExt, stream};
use std::{convert::Infallible, time::Duration};

/// How often a silent stream says something: more often than proxies give up on one, seldom enough for a phone's battery.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// The shortest time before a browser opens a stream again that broke off.
const REOPEN_AFTER: Duration = Duration::from_secs(2);
/// How much longer it may be, so that not all who were cut off at once come back at once.
const REOPEN_SPREAD: Duration = Duration::from_secs(6);

/// `GET /api/sync/pokes`: server-sent events without content, one whenever the member has something to pull. It ends with the session and
/// when the server stops. What was committed before it opened is not told: whoever opens it pulls then.
///
/// # Errors
/// The database's.
pub async fn answer(extract::State(state): extract::State<State>, mut session: Session) -> Result<impl IntoResponse, Error> {
    let mut tx = state.db.look().await?;
    let head = queries::head(&mut tx, session.organisation).await?;
    // Read after the head, so that whatever changes what the member sees is either in it or still to be told.
    let member = session.actor.member.id.to_string();
    session.actor = account::actor(&mut tx, session.organisation, &member).await?.ok_or_else(Error::signed_out)?;
    drop(tx);
    let ear = state.pokes.open(&session, head);
    // Comes at once, so that proxies pass the headers on.
    let opening = Event::default().comment("open").retry(reopen_after());
    let pokes = stream::unfold(ear, |mut ear| async move {
        // Browsers skip an event without data.
        ear.poked(share()).await.then(|| (Event::default().data("pull"), ear))
    });
    let events = stream::once(async { opening }).chain(pokes).map(Ok::<_, Infallible>);
    // Nothing on the way may hold back, compress or keep what is said.
    let headers = [(header::CACHE_CONTROL, "no-store, no-transform"), (HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))))
}

fn reopen_after() -> Duration {
    REOPEN_AFTER + REOPEN_SPREAD.mul_f64(share())
}

/// A share of a time over which many are to be spread: 0 to 1.
fn share() -> f64 {
    f64::from(u16::from_ne_bytes(random::bytes())) / f64::from(u16::MAX)
}
