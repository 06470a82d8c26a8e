//! Fills an empty database for `make bench`: an organisation of reps whose customers hold rating links, and a phone with meetings to push.
//!
//! Writes into a directory: `links`, the path of a survey per line; `cookie`, which signs the phone in; `email`, whose phone it is; `push-0.json` and on, the bodies
//! that it pushes.

mod organisation;
mod phone;

use clap::Parser;
use organisation::Filled;
use server::{State, config::Config};
use std::{error::Error, io::Write, path::PathBuf};

/// Fill an empty database for measuring.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
    /// How many links customers hold.
    #[arg(long, default_value_t = 1000)]
    links: usize,
    /// How many meetings wait on the phone.
    #[arg(long, default_value_t = 1000)]
    meetings: usize,
    /// How many customers they go round.
    #[arg(long, default_value_t = 20)]
    customers: usize,
    /// Where to write.
    directory: PathBuf,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let Arguments { config, links, meetings, customers, directory } = Arguments::parse();
    std::fs::create_dir_all(&directory)?;
    let state = State::open(config).await?;
    let filled = Filled::new(&state).await?;
    let mut file = std::io::BufWriter::new(std::fs::File::create(directory.join("links"))?);
    for path in filled.invite(&state, links).await? {
        writeln!(file, "{path}")?;
    }
    file.into_inner()?.sync_all()?;
    phone::queue(&state, &filled, customers, meetings, &directory).await?;
    state.db.close().await;
    Ok(())
}
