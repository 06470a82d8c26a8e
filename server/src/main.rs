//! `qdos`: one command for serving and for everything around it.

mod doctor;

use app::organisation::Rules;
use clap::{Parser, Subcommand};
use server::{
    State, account, backup, calendar,
    config::Config,
    demo, http,
    organisation::{self, NewOrganisation},
    reminder,
    score::{self, command::ScoreArguments},
    survey, sync,
};
use std::{path::PathBuf, process::ExitCode};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Feedback from the customers that your people visit.
#[derive(Parser)]
#[command(name = "qdos", version, about)]
struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the app, the customers' pages and sync.
    Serve,
    /// Make a demonstration organisation, unless it is there, and serve it; on this machine only.
    Demo,
    /// Bring the database's schema up to date, and nothing else.
    Migrate,
    /// Write a backup; safe while serving.
    Backup {
        /// Where to write it.
        file: PathBuf,
    },
    /// Read a backup into an empty database.
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Organisations on this server.
    #[command(subcommand)]
    Organisation(OrganisationCommand),
    /// Print a link that sets a new password; whoever has it signs in as that member.
    ResetPassword {
        /// Whose password.
        email: String,
    },
    /// Estimate everybody's effect from the ratings in a file; needs no database.
    Score(ScoreArguments),
    /// Check settings, database, clock and files, and say what to mend.
    Doctor,
}

#[derive(Subcommand)]
enum OrganisationCommand {
    /// Create an organisation, and print the link by which its administrator sets a password.
    Create {
        /// As customers know it.
        name: String,
        /// The administrator's name.
        #[arg(long)]
        administrator: String,
        /// The administrator's email address.
        #[arg(long)]
        email: String,
        /// The organisation's time zone.
        #[arg(long, default_value = "Europe/Amsterdam")]
        time_zone: String,
    },
}

type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    // A missing .env is the usual case.
    let _ = dotenvy::dotenv();
    let cli = Cli::parse();
    if let Command::Score(arguments) = &cli.command {
        return arguments.run();
    }
    let filter = EnvFilter::try_from_env("QDOS_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("qdos: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Outcome {
    match cli.command {
        Command::Serve => serve(cli.config).await,
        Command::Demo => demo(cli.config).await,
        Command::Migrate => {
            State::open(cli.config).await?.db.close().await;
            println!("The schema is up to date.");
            Ok(())
        }
        Command::Backup { file } => {
            let state = State::open(cli.config).await?;
            println!("{} rows written to {}.", backup::backup(&state.db, &file).await?, file.display());
            Ok(())
        }
        Command::Restore { file } => {
            let state = State::open(cli.config).await?;
            println!("{} rows restored from {}.", backup::restore(&state.db, &file).await?, file.display());
            Ok(())
        }
        Command::Organisation(OrganisationCommand::Create { name, administrator, email, time_zone }) => {
            let state = State::open(cli.config).await?;
            let rules = Rules::default();
            let new = NewOrganisation { name, time_zone, administrator, email, password_hash: None, rules };
            let (organisation, administrator) = organisation::create(&state.db, new).await?;
            let link = account::issue_link(&state, organisation.id, administrator.id).await?;
            println!("{} is ready. {} sets a password here, once: {}", organisation.name, administrator.name, link.url);
            Ok(())
        }
        Command::ResetPassword { email } => {
            let state = State::open(cli.config).await?;
            println!("Hand this over; it works once: {}", account::issue_link_to(&state, &email).await?.url);
            Ok(())
        }
        Command::Score(_) => unreachable!("answered without a runtime"),
        Command::Doctor => doctor::examine(cli.config).await,
    }
}

/// Everybody can read the demonstration's password, so nobody else may reach it.
async fn demo(config: Config) -> Outcome {
    if !config.listen.ip().is_loopback() {
        return Err(format!("demo listens on loopback only, and {} is not; use serve", config.listen).into());
    }
    let address = config.public();
    let state = State::open(config.clone()).await?;
    if demo::make(&state).await?.is_some() {
        println!("Made a demonstration organisation with half a year of visits.");
    }
    println!("Open {}app and {}", address, demo::sign_ins());
    state.db.close().await;
    serve(config).await
}

async fn serve(config: Config) -> Outcome {
    http::assets(&config.site).map_err(|error| format!("{}: {error}. Build the app first: make build", config.site.display()))?;
    let state = State::open(config).await?;
    let handle = http::recorder()?;
    if let Some(code) = state.first_run.open(&state.db).await? {
        println!("Nobody is here yet. Open {} and make your organisation with this code, which works once: {code}", state.config.public());
    }
    survey::spawn_release(state.clone());
    score::spawn_refresh(state.clone());
    score::spawn_closing(state.clone());
    sync::spawn_pokes(state.clone());
    calendar::spawn_reading(state.clone());
    reminder::spawn_reminding(state.clone());
    http::serve(server::router(state.clone()), &state, handle).await?;
    Ok(())
}
