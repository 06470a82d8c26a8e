//! How fast a phone's queue reaches the server, and a new phone its rows, for `make bench-sync`. Prints JSON.
//!
//! What is pushed are the meetings that the example `fill` wrote into a directory; their customers are there already. The phone is the app's
//! own state machine over a database that lasts as an IndexedDB with strict durability does.

mod direct;
mod phone;
mod store;

use app::sync::protocol::{Envelope, Push};
use clap::{Parser, Subcommand};
use phone::Phone;
use serde_json::{json, value::RawValue};
use server::{State, config::Config};
use std::{
    error::Error,
    path::{Path, PathBuf},
};
use store::Store;

/// Measure sync.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    measure: Measure,
}

#[derive(Subcommand)]
enum Measure {
    /// A phone pushes all that it queued to a server that knows the customers, then another of the same member pulls everything.
    Exchange {
        /// The server.
        url: String,
        /// What `fill` wrote; the phones keep their databases there.
        directory: PathBuf,
    },
    /// The statements that keep the same queue, given to the database directly: a transaction for each push.
    Direct {
        #[command(flatten)]
        config: Box<Config>,
        /// What `fill` wrote.
        directory: PathBuf,
    },
}

type Queue = Push<Box<RawValue>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let figures = match Arguments::parse().measure {
        Measure::Exchange { url, directory } => exchange(&url, &directory).await?,
        Measure::Direct { config, directory } => {
            let state = State::open(*config).await?;
            let seconds = direct::keep(&state.db, &pushes(&directory)?).await?;
            state.db.close().await;
            json!({ "direct_s": seconds })
        }
    };
    println!("{figures}");
    Ok(())
}

async fn exchange(url: &str, directory: &Path) -> Result<serde_json::Value, Box<dyn Error + Send + Sync>> {
    let cookie = std::fs::read_to_string(directory.join("cookie"))?;
    let pushes = pushes(directory)?;
    let (member, device) =
        pushes.first().and_then(|push| Some((push.mutations.first()?.member, push.device))).ok_or("nothing is queued")?;
    let queue: Vec<Envelope<Box<RawValue>>> = pushes.into_iter().flat_map(|push| push.mutations).collect();
    let store = Store::create(&directory.join("sender.sqlite")).await?;
    let mut sender = Phone::open(member, device, store, url, &cookie, &queue).await?;
    let push_s = sender.push_all().await?;
    let store = Store::create(&directory.join("receiver.sqlite")).await?;
    let mut receiver = Phone::open(member, app::id::DeviceId(server::random::uuid()), store, url, &cookie, &[]).await?;
    let pull_s = receiver.pull_all().await?;
    Ok(json!({ "mutations": queue.len(), "push_s": push_s, "rows": receiver.rows(), "pull_s": pull_s }))
}

/// The bodies that `fill` wrote, in their order, but for the first, which makes the customers known.
fn pushes(directory: &Path) -> Result<Vec<Queue>, Box<dyn Error + Send + Sync>> {
    let mut pushes = Vec::new();
    while let Ok(text) = std::fs::read(directory.join(format!("push-{}.json", pushes.len() + 1))) {
        pushes.push(serde_json::from_slice(&text)?);
    }
    Ok(pushes)
}
