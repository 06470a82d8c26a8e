//! The Qdos server: sync, the customers' pages, the scoring service.
//!
//! One folder per feature, named as in `app`; `backup`, `call`, `db`, `error`, `config`, `clock`, `http`, `outgoing`, `page`, `random` and `routes` know no feature.

pub mod account;
pub mod backup;
pub mod calendar;
pub mod call;
pub mod clock;
pub mod config;
pub mod customer;
pub mod db;
pub mod demo;
pub mod error;
pub mod http;
pub mod meeting;
pub mod organisation;
pub mod outgoing;
pub mod page;
pub mod photo;
pub mod promise;
pub mod quarantine;
pub mod random;
pub mod recovery;
pub mod reflection;
pub mod reminder;
pub mod routes;
pub mod score;
pub mod survey;
pub mod sync;
pub mod team;
pub mod today;

use axum::{Router, middleware};
use config::Config;
use db::{Db, Writer};
use http::Assets;
use routes::Routes;
use std::sync::Arc;

/// What every handler shares.
#[derive(Clone, Debug)]
pub struct State {
    /// The settings.
    pub config: Arc<Config>,
    /// The database, for reading and for what phones do not see.
    pub db: Db,
    /// For writing what phones see.
    pub writer: Writer,
    /// The built app's files, as pages link to them.
    pub assets: Arc<Assets>,
    /// For hashing and comparing passwords.
    pub passwords: account::Passwords,
    /// Whether an organisation is still to be made, and by which code.
    pub first_run: organisation::FirstRun,
    /// What is remembered of the scores between one computing and the next.
    pub scores: score::Cache,
    /// The browsers that wait to be told of something new.
    pub pokes: sync::Pokes,
    /// For asking others.
    pub outgoing: outgoing::Outgoing,
}

impl State {
    /// Opens the database that `config` names and brings it up to date.
    ///
    /// # Errors
    /// Where the database cannot be opened or migrated.
    pub async fn open(config: Config) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        if config.database_url.is_none() {
            std::fs::create_dir_all(&config.data)?;
        }
        let db = Db::open(&config.database()).await?;
        db.migrate().await?;
        // Commands other than `serve` need no built app.
        let assets = Arc::new(http::assets(&config.site).unwrap_or_default());
        let (writer, passwords, first_run) =
            (Writer::new(db.clone(), config.photo_space), account::Passwords::default(), organisation::FirstRun::default());
        let (scores, pokes) = (score::Cache::default(), sync::Pokes::default());
        let outgoing = outgoing::Outgoing::new(config.outgoing_loopback);
        Ok(Self { writer, db, config: Arc::new(config), assets, passwords, first_run, scores, pokes, outgoing })
    }
}

/// Every URL of the server, and who may use it.
pub fn routes(state: &State) -> Routes {
    let features = call::routes().merge(calendar::routes()).merge(organisation::routes()).merge(photo::routes());
    let features = features.merge(survey::routes()).merge(sync::routes());
    let app = http::routes(state).layer(middleware::from_fn_with_state(state.clone(), organisation::lead_to_first_run));
    app.merge(features)
}

/// What answers them.
pub fn router(state: State) -> Router {
    http::layered(routes(&state), state)
}
