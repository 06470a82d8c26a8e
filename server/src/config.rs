//! Settings, from the command line and the environment; `.env.sample` explains each.

use clap::Args;
use std::{net::SocketAddr, path::PathBuf};
use url::Url;

/// Settings of a server.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Where the embedded database and everything else that must last is kept.
    #[arg(long, env = "QDOS_DATA", default_value = "data")]
    pub data: PathBuf,

    /// `postgres://USER:PASSWORD@HOST/DATABASE`, or `sqlite:FILE`; by default qdos.sqlite in the data directory.
    #[arg(long, env = "QDOS_DATABASE_URL")]
    pub database_url: Option<String>,

    /// The same PostgreSQL reached directly, where QDOS_DATABASE_URL leads through a balancer; by default QDOS_DATABASE_URL.
    #[arg(long, env = "QDOS_DATABASE_DIRECT_URL")]
    pub database_direct_url: Option<String>,

    /// Where to listen.
    #[arg(long, env = "QDOS_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// Where Prometheus reads metrics; keep it on loopback or a private network.
    #[arg(long, env = "QDOS_METRICS_LISTEN", default_value = "127.0.0.1:3001")]
    pub metrics_listen: SocketAddr,

    /// The address that people use, which links carry and which writes must come from; by default http://LISTEN.
    #[arg(long, env = "QDOS_PUBLIC_URL")]
    pub public_url: Option<Url>,

    /// Addresses of reverse proxies whose X-Forwarded-For is believed, separated by commas.
    #[arg(long, env = "QDOS_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<std::net::IpAddr>,

    /// Whether members may name addresses of this machine, over plain HTTP, for the server to ask: for tests and nothing else.
    #[arg(long, env = "QDOS_OUTGOING_LOOPBACK", hide = true)]
    pub outgoing_loopback: bool,

    /// The most bytes of photos that an organisation keeps; by default 5 GiB.
    #[arg(long, env = "QDOS_PHOTO_SPACE", default_value_t = 5 * 1024 * 1024 * 1024, value_parser = clap::value_parser!(i64).range(0..))]
    pub photo_space: i64,

    /// The built app: what `make build` made.
    #[arg(long, env = "QDOS_SITE", default_value = "target/site")]
    pub site: PathBuf,
}

impl Config {
    /// The database's address.
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("qdos.sqlite").display()))
    }

    /// The database's address with no balancer in between.
    pub fn direct_database(&self) -> String {
        self.database_direct_url.clone().unwrap_or_else(|| self.database())
    }

    /// The address that people use.
    pub fn public(&self) -> Url {
        self.public_url
            .clone()
            .unwrap_or_else(|| Url::parse(&format!("http://{}", self.listen)).expect("a socket address makes an address of a page"))
    }

    /// Whether people reach it by HTTPS.
    pub fn is_https(&self) -> bool {
        self.public().scheme() == "https"
    }
}
