//! `GET /calendar/TOKEN.ics`: what a member's phone shows of the coming year, for calendars, which cannot sign in. The address reads as the
//! organisation's code and a secret, of which only the hash is kept. Like the customers' pages it is not throttled: nobody guesses 128 bits, and
//! the calendars of many members ask from the few addresses of whoever keeps them.

use crate::{
    State,
    account::{Session, actor},
    clock, customer,
    db::{self, Transaction, execute, fetch_all, fetch_optional},
    error::Error,
    organisation,
    survey::Link,
    sync,
};
use app::{
    calendar::{DAYS_AHEAD, DAYS_BACK, Feed, IssuedFeed, Medium, Naming, write},
    customer::Customer,
    id::{CustomerId, OrganisationId},
    meeting::Meeting,
    organisation::Organisation,
    promise::Promise,
    reflection::Action,
    sync::protocol::{Entity, Scope},
    time::Timestamp,
};
use axum::{
    extract::{self, Path},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// What an address ends with, so that calendars know what they are given.
const ENDING: &str = ".ics";

/// The feed at an address, or nothing, and then not why.
pub(super) async fn show(extract::State(state): extract::State<State>, Path(link): Path<String>) -> Result<Response, Error> {
    let found = match link.strip_suffix(ENDING).and_then(Link::read) {
        Some(link) => calendar(&state, &link).await?,
        None => None,
    };
    let private = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    let answer = match found {
        Some(file) => {
            let kind =
                [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CONTENT_DISPOSITION, "inline; filename=\"qdos.ics\"")];
            (kind, file).into_response()
        }
        None => (StatusCode::NOT_FOUND, "This address leads nowhere.\n").into_response(),
    };
    Ok((private, answer).into_response())
}

async fn calendar(state: &State, link: &Link) -> Result<Option<String>, Error> {
    let mut tx = state.db.read().await?;
    let row = fetch_optional!(
        &mut tx,
        (String, String),
        "select organisation.body, calendar_feed.member
        from organisation
        join calendar_feed on calendar_feed.organisation = organisation.id
        where organisation.code = $1 and calendar_feed.token_hash = $2",
        &link.code,
        link.hash()
    )?;
    let Some((organisation, member)) = row else { return Ok(None) };
    let organisation: Organisation = serde_json::from_str(&organisation)?;
    // Nobody acts who was deactivated.
    let Some(actor) = actor(&mut tx, organisation.id, &member).await? else { return Ok(None) };
    let now = clock::now();
    let meetings = visits(&mut tx, organisation.id, &member, now).await?;
    let mut own = sync::held(&mut tx, organisation.id, &[Scope::Member(actor.member.id)], &[Entity::Promise, Entity::Action]).await?;
    let promises: Vec<Promise> = rows(&mut tx, organisation.id, Entity::Promise, own.entry(Entity::Promise).or_default()).await?;
    let actions: Vec<Action> = rows(&mut tx, organisation.id, Entity::Action, own.entry(Entity::Action).or_default()).await?;
    // As a phone names them.
    let stand_ins = customer::stand_ins(&mut tx, &organisation.id.to_string()).await?;
    let standing = |id: CustomerId| stand_ins.get(&id).copied().unwrap_or(id);
    let wanted = meetings.iter().map(|it| it.customer).chain(promises.iter().map(|it| it.customer)).map(standing).collect();
    let names = names(&mut tx, organisation.id, &sync::scopes(&actor), &wanted).await?;
    let public = state.config.public();
    let naming = Naming {
        member: actor.member.id,
        today: organisation::today(&organisation, now),
        server: public.as_str().trim_end_matches('/'),
        customer: &|id| names.get(&standing(id)).cloned(),
    };
    let name = format!("Qdos, {}", organisation.name);
    Ok(Some(write(Medium::Feed(&name), &naming.entries(&meetings, &promises, &actions), now)))
}

async fn visits(tx: &mut Transaction, organisation: OrganisationId, member: &str, now: Timestamp) -> Result<Vec<Meeting>, Error> {
    let rows = fetch_all!(
        tx,
        (String,),
        "select body
        from meeting
        where organisation = $1 and rep = $2 and starts_at >= $3 and starts_at <= $4
        order by starts_at, id",
        organisation.to_string(),
        member,
        // A day more at either end: days begin at other times elsewhere.
        now.plus_days(-DAYS_BACK - 1).0,
        now.plus_days(DAYS_AHEAD + 1).0
    )?;
    rows.iter().map(|(body,)| Ok(serde_json::from_str(body)?)).collect()
}

/// The rows of a kind with these keys.
async fn rows<T: DeserializeOwned>(
    tx: &mut Transaction,
    organisation: OrganisationId,
    entity: Entity,
    ids: &BTreeSet<String>,
) -> Result<Vec<T>, Error> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let bodies = db::bodies(tx, &organisation.to_string(), entity, &ids).await?;
    bodies.values().map(|body| Ok(serde_json::from_str(body)?)).collect()
}

/// The names of those of `wanted` whom one of `scopes` holds: a customer who was handed over is named no more.
async fn names(
    tx: &mut Transaction,
    organisation: OrganisationId,
    scopes: &[Scope],
    wanted: &BTreeSet<CustomerId>,
) -> Result<BTreeMap<CustomerId, String>, Error> {
    let wanted: Vec<String> = wanted.iter().map(CustomerId::to_string).collect();
    let held = sync::held_of(tx, organisation, scopes, Entity::Customer, &wanted).await?;
    let customers: Vec<Customer> = rows(tx, organisation, Entity::Customer, &held).await?;
    Ok(customers.into_iter().map(|customer| (customer.id, customer.name)).collect())
}

/// A new address for the feed of whoever is signed in, in place of any before it.
pub(super) async fn make(state: &State, session: &Session) -> Result<IssuedFeed, Error> {
    let id = session.organisation.to_string();
    let mut tx = state.db.write().await?;
    let organisation = organisation::find(&mut tx, session.organisation).await?.ok_or_else(Error::not_found)?;
    let link = Link::new(&organisation.code);
    execute!(
        &mut tx,
        "insert into calendar_feed (organisation, member, token_hash, made_at)
        values ($1, $2, $3, $4)
        on conflict (organisation, member) do update
        set token_hash = excluded.token_hash, made_at = excluded.made_at",
        &id,
        session.actor.member.id.to_string(),
        link.hash(),
        clock::now().0
    )?;
    tx.commit().await?;
    let mut address = state.config.public();
    address.set_path(&format!("/calendar/{}{ENDING}", link.text));
    Ok(IssuedFeed { address: address.into() })
}

/// Ends the feed of whoever is signed in.
pub(super) async fn stop(state: &State, session: &Session) -> Result<(), Error> {
    let mut tx = state.db.write().await?;
    let sql = "delete from calendar_feed where organisation = $1 and member = $2";
    execute!(&mut tx, sql, session.organisation.to_string(), session.actor.member.id.to_string())?;
    Ok(tx.commit().await?)
}

/// The feed of whoever is signed in.
pub(super) async fn look(state: &State, session: &Session) -> Result<Option<Feed>, Error> {
    let sql = "select made_at from calendar_feed where organisation = $1 and member = $2";
    let (organisation, member) = (session.organisation.to_string(), session.actor.member.id.to_string());
    let row = fetch_optional!(&mut state.db.look().await?, (i64,), sql, organisation, member)?;
    Ok(row.map(|(made_at,)| Feed { made_at: Timestamp(made_at) }))
}
