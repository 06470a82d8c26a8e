//! `qdos doctor`: what an operator would check by hand.

use server::{config::Config, db::Db, http};
use std::{fs, path::Path};

/// A check's result: what was found, or what is wrong and what to do.
type Finding = Result<String, String>;

/// Prints one line per check.
///
/// # Errors
/// Where any check failed.
pub(crate) async fn examine(config: Config) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let findings = [
        ("app", built(&config.site)),
        ("data directory", writable(&config)),
        ("public address", public(&config)),
        ("metrics", metrics(&config)),
        ("database", database(&config).await),
    ];
    for (name, finding) in &findings {
        match finding {
            Ok(found) => println!("ok    {name}: {found}"),
            Err(wrong) => println!("MEND  {name}: {wrong}"),
        }
    }
    let failed = findings.iter().filter(|(_, finding)| finding.is_err()).count();
    if failed == 0 { Ok(()) } else { Err(format!("{failed} of {} checks need mending", findings.len()).into()) }
}

fn built(site: &Path) -> Finding {
    let assets = http::assets(site).map_err(|error| format!("{}: {error}. Run make build, or set QDOS_SITE.", site.display()))?;
    Ok(format!("build {} with {} files", assets.build, assets.files.len()))
}

fn writable(config: &Config) -> Finding {
    if config.database_url.is_some() {
        return Ok("not used: QDOS_DATABASE_URL is set".into());
    }
    let probe = config.data.join(".qdos-doctor");
    fs::create_dir_all(&config.data)
        .and_then(|()| fs::write(&probe, b"probe"))
        .and_then(|()| fs::remove_file(&probe))
        .map_err(|error| format!("{}: {error}. Set QDOS_DATA to a directory that this user may write.", config.data.display()))?;
    Ok(config.data.display().to_string())
}

fn public(config: &Config) -> Finding {
    let public = config.public();
    let loopback = matches!(public.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match public.scheme() {
        "https" => Ok(public.to_string()),
        "http" if loopback => Ok(format!("{public} (this machine only)")),
        _ => Err(format!("{public}: phones need HTTPS. Put a proxy in front and set QDOS_PUBLIC_URL=https://...")),
    }
}

fn metrics(config: &Config) -> Finding {
    if config.metrics_listen.ip().is_loopback() {
        Ok(config.metrics_listen.to_string())
    } else {
        Err(format!("{} is reachable from outside. Set QDOS_METRICS_LISTEN to a loopback address.", config.metrics_listen))
    }
}

async fn database(config: &Config) -> Finding {
    let to_do = "Check QDOS_DATABASE_URL, that the server runs, and that this user may use it.";
    let db = Db::open(&config.database()).await.map_err(|error| format!("{error}. {to_do}"))?;
    db.ping().await.map_err(|error| format!("{error}. {to_do}"))?;
    let pending = db.pending_migrations().await.map_err(|error| format!("{error}. {to_do}"))?;
    if pending == 0 { Ok("answers, schema up to date".into()) } else { Err(format!("{pending} migrations to run. Run qdos migrate.")) }
}
