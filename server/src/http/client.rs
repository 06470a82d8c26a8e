use crate::config::Config;
use axum::http::HeaderMap;
use std::net::IpAddr;

/// Whose request it is: the connection's address, or, where that is a trusted proxy, the last address in X-Forwarded-For that is not.
pub fn client_address(config: &Config, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let trusted = |address: &IpAddr| config.trusted_proxies.contains(address);
    if !trusted(&peer) {
        return peer;
    }
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> = values.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !trusted(hop)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use clap::Parser;

    #[derive(Parser)]
    struct Settings {
        #[command(flatten)]
        config: Config,
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_for_the_hop_before_it() {
        let config = Settings::parse_from(["qdos", "--trusted-proxies", "10.0.0.1,10.0.0.2"]).config;
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("6.6.6.6, 203.0.113.9, 10.0.0.2"));
        let seen = |peer: &str| client_address(&config, peer.parse().expect("an address"), &headers).to_string();
        assert_eq!(seen("10.0.0.1"), "203.0.113.9", "what the client itself claims is not believed");
        assert_eq!(seen("198.51.100.7"), "198.51.100.7");
    }
}
