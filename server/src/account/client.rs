use crate::{config::Config, http::client_address};
use axum::{
    extract::ConnectInfo,
    http::{header, request::Parts},
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The browser that asks.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its network address, as far as it can be believed.
    pub address: IpAddr,
    /// What it says of itself.
    pub agent: String,
}

impl Client {
    /// Reads a request's head.
    pub fn of(parts: &Parts, config: &Config) -> Self {
        // Without a connection, as in tests, all are one client.
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0.ip());
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Self { address: client_address(config, peer.to_canonical(), &parts.headers), agent: agent.to_owned() }
    }
}
