//! The demonstration organisation: half a year of visits, made up by a seeded generator and written the way phones and customers write.
//!
//! - `story` is pure: the same seed and the same `now` tell the same story.
//! - `write` lets it happen, event by event, each at its own time, so that ratings are released, joined and scored as ever.

mod cast;
mod chance;
mod phrases;
mod recover;
mod story;
mod write;

use crate::{
    State,
    account::Passwords,
    clock,
    db::fetch_optional,
    error::Error,
    organisation::{self, NewOrganisation},
    score, survey,
};
use app::{account::Password, id::OrganisationId, organisation::Rules};
use std::sync::Arc;
use story::Story;
use write::People;

/// Everybody of the demonstration signs in with this.
pub const PASSWORD: &str = "kudos on every visit";
/// The same story every time.
const SEED: u64 = 20_260_601;

/// Makes the demonstration organisation, unless it is there.
///
/// # Errors
/// The database's.
pub async fn make(state: &State) -> Result<Option<OrganisationId>, Error> {
    let mut tx = state.db.read().await?;
    let there = fetch_optional!(&mut tx, (String,), "select organisation from address where email = $1", cast::ADMINISTRATOR.email())?;
    drop(tx);
    if there.is_some() {
        return Ok(None);
    }
    let password_hash = Passwords::default().hash(Password(PASSWORD.to_owned())).await?;
    let new = NewOrganisation {
        name: cast::ORGANISATION.to_owned(),
        time_zone: cast::ZONE.name().to_owned(),
        administrator: cast::ADMINISTRATOR.name.to_owned(),
        email: cast::ADMINISTRATOR.email(),
        password_hash: Some(password_hash.clone()),
        rules: Rules::default(),
    };
    let (organisation, _) = organisation::create(&state.db, new).await?;
    let Story { teams, members, events, afterwards } = story::tell(SEED, clock::now());
    let (id, people) = (organisation.id, Arc::new(People { organisation, teams, members }));
    let written = people.clone();
    state
        .writer
        .write(id, move |writing| Box::pin(async move { write::everything(writing, &written, password_hash, events).await }))
        .await?;
    // What has been due for months reaches its readers now; then there is something to add to.
    survey::release_due(state).await?;
    state
        .writer
        .write(id, move |writing| {
            Box::pin(async move {
                write::events(writing, &people, afterwards).await?;
                recover::make_right(writing, &people).await
            })
        })
        .await?;
    score::refresh_stale(state).await?;
    Ok(Some(id))
}

/// Who may sign in, for people to read.
pub fn sign_ins() -> String {
    let line = |role: &str, person: &cast::Person| format!("  {:<16}{:<20}{}\n", role, person.name, person.email());
    let mut text = format!("sign in with the password: {PASSWORD}\n");
    text.push_str(&line("rep", &cast::REPS[0].person));
    text.push_str(&line("rep, North", &cast::REPS[4].person));
    text.push_str(&line("rep, South", &cast::REPS[8].person));
    for (role, manager) in ["manager, North", "manager, South"].into_iter().zip(&cast::MANAGERS) {
        text.push_str(&line(role, manager));
    }
    text.push_str(&line("administrator", &cast::ADMINISTRATOR));
    text
}
