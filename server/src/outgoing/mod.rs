//! What the server asks of others, at addresses that people name: over HTTPS, of the public internet, with an end.
//!
//! - A name is resolved here, what it resolves to is checked, and exactly that is connected to: a name that means something else a moment
//!   later leads nowhere else.
//! - No proxy, no cookie, no credentials; of redirects at most three, each checked like the first.
//! - Tests and demonstrations may go to this machine, over plain HTTP, where a setting says so.

mod address;

use address::is_public;
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};
use url::{Host, Url};

/// How long finding somebody may take, and how long reaching them.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a question may take from its beginning to its end.
const WHOLE: Duration = Duration::from_secs(15);
/// The largest answer, bytes.
pub const ANSWER_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Redirects that are followed.
const REDIRECTS_MAX: usize = 3;
/// Addresses of one name that are tried.
const TRIES_MAX: usize = 3;

/// Why nothing came of a question, in words for whoever named the address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutgoingError {
    /// It cannot be asked at all.
    #[error("This address cannot be read. It begins with https, and holds no name and password.")]
    Address,
    /// It leads where the server does not go.
    #[error("This address leads into a private network, where the server does not go. Use one that works from everywhere.")]
    Private,
    /// The name means nothing.
    #[error("Nobody is to be found at this address. Check whether it is whole.")]
    Unknown,
    /// Nobody answered, or not in time.
    #[error("Nobody answered at this address in time. Try again later.")]
    NoAnswer,
    /// Whoever answered could not prove to be who the address names.
    #[error("Whoever answered at this address could not prove who it is: its certificate is not good.")]
    Unproven,
    /// The answer was a refusal.
    #[error("The address answered {}: {}.", .0.as_u16(), .0.canonical_reason().unwrap_or("something unknown"))]
    Status(StatusCode),
    /// Sent from one place to the next.
    #[error("This address leads on and on to other addresses. Use the one at its end.")]
    Redirects,
    /// More than [`ANSWER_BYTES_MAX`].
    #[error("What this address answered is larger than 2 MB, or broke off.")]
    TooLarge,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// How.
    pub method: Method,
    /// Where.
    pub url: Url,
    /// With what beside; the host is added.
    pub headers: HeaderMap,
    /// What is sent along.
    pub body: Bytes,
}

impl Question {
    /// For what is there, as it is.
    pub fn get(url: Url) -> Self {
        Self { method: Method::GET, url, headers: HeaderMap::new(), body: Bytes::new() }
    }
}

/// An answer, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How it went.
    pub status: StatusCode,
    /// What was said beside.
    pub headers: HeaderMap,
    /// What was said.
    pub body: Bytes,
}

/// Asks others.
#[derive(Clone)]
pub struct Outgoing {
    tls: TlsConnector,
    /// Whether this machine may be asked, over plain HTTP.
    loopback: bool,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("loopback", &self.loopback).finish_non_exhaustive()
    }
}

impl Outgoing {
    /// Asks only others, or with `loopback` this machine, too.
    pub fn new(loopback: bool) -> Self {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows the versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { tls: Arc::new(config).into(), loopback }
    }

    /// What is at `url`, wherever it leads.
    ///
    /// # Errors
    /// [`OutgoingError`], also where the answer is a refusal.
    pub async fn get(&self, url: Url) -> Result<Bytes, OutgoingError> {
        let mut url = url;
        for _ in 0..=REDIRECTS_MAX {
            let answer = self.ask(Question::get(url.clone())).await?;
            if answer.status.is_success() {
                return Ok(answer.body);
            }
            let location = answer.headers.get(header::LOCATION).and_then(|location| location.to_str().ok());
            match location.filter(|_| answer.status.is_redirection()).map(|location| url.join(location)) {
                Some(Ok(next)) => url = next,
                Some(Err(_)) => return Err(OutgoingError::Address),
                None => return Err(OutgoingError::Status(answer.status)),
            }
        }
        Err(OutgoingError::Redirects)
    }

    /// Whether `url` can be asked at all.
    ///
    /// # Errors
    /// [`OutgoingError::Address`].
    pub fn check(&self, url: &Url) -> Result<(), OutgoingError> {
        let is_safe = url.scheme() == "https" || (url.scheme() == "http" && self.loopback);
        let is_open = url.username().is_empty() && url.password().is_none();
        if is_safe && is_open && url.has_host() { Ok(()) } else { Err(OutgoingError::Address) }
    }

    /// Asks once and takes the answer as it is, be it a refusal or a redirect.
    ///
    /// # Errors
    /// [`OutgoingError`].
    pub async fn ask(&self, question: Question) -> Result<Answer, OutgoingError> {
        timeout(WHOLE, self.converse(question)).await.unwrap_or(Err(OutgoingError::NoAnswer))
    }

    async fn converse(&self, question: Question) -> Result<Answer, OutgoingError> {
        let url = &question.url;
        self.check(url)?;
        let host = url.host().ok_or(OutgoingError::Address)?;
        let is_plain = url.scheme() == "http";
        let port = url.port_or_known_default().ok_or(OutgoingError::Address)?;
        let found = timeout(CONNECT, find(&host, port)).await.unwrap_or(Err(OutgoingError::NoAnswer))?;
        let may = |address: &SocketAddr| if is_plain { address.ip().is_loopback() } else { is_public(address.ip()) };
        let allowed: Vec<SocketAddr> = found.into_iter().filter(may).take(TRIES_MAX).collect();
        if allowed.is_empty() {
            return Err(OutgoingError::Private);
        }
        let stream = connect(&allowed).await?;
        if is_plain {
            return exchange(stream, question).await;
        }
        let name = match host {
            Host::Domain(name) => ServerName::try_from(name.to_owned()).map_err(|_| OutgoingError::Address)?,
            Host::Ipv4(address) => ServerName::from(std::net::IpAddr::from(address)),
            Host::Ipv6(address) => ServerName::from(std::net::IpAddr::from(address)),
        };
        let stream = self.tls.connect(name, stream).await.map_err(|error| match error.kind() {
            // What rustls says of a certificate comes as data that is not valid.
            std::io::ErrorKind::InvalidData => OutgoingError::Unproven,
            _ => OutgoingError::NoAnswer,
        })?;
        exchange(stream, question).await
    }
}

/// Everything that a host means.
async fn find(host: &Host<&str>, port: u16) -> Result<Vec<SocketAddr>, OutgoingError> {
    Ok(match host {
        Host::Domain(name) => lookup_host((*name, port)).await.map_err(|_| OutgoingError::Unknown)?.collect(),
        Host::Ipv4(address) => vec![(*address, port).into()],
        Host::Ipv6(address) => vec![(*address, port).into()],
    })
}

/// A connection to the first of `addresses` that takes one.
async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, OutgoingError> {
    for address in addresses {
        if let Ok(Ok(stream)) = timeout(CONNECT, TcpStream::connect(address)).await {
            return Ok(stream);
        }
    }
    Err(OutgoingError::NoAnswer)
}

/// Sends a question over `stream` and reads the whole answer.
async fn exchange<S>(stream: S, question: Question) -> Result<Answer, OutgoingError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| OutgoingError::NoAnswer)?;
    // Ends with the sender, or with whoever is at the other end.
    let connection = tokio::spawn(connection);
    let answer = match request(question) {
        Ok(request) => match sender.send_request(request).await {
            Ok(response) => whole(response).await,
            Err(_) => Err(OutgoingError::NoAnswer),
        },
        Err(error) => Err(error),
    };
    connection.abort();
    answer
}

fn request(question: Question) -> Result<Request<Full<Bytes>>, OutgoingError> {
    let Question { method, url, headers, body } = question;
    let host = match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => return Err(OutgoingError::Address),
    };
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut request = Request::builder().method(method).uri(path).body(Full::new(body)).map_err(|_| OutgoingError::Address)?;
    let all = request.headers_mut();
    *all = headers;
    all.insert(header::HOST, HeaderValue::from_str(&host).map_err(|_| OutgoingError::Address)?);
    all.insert(header::USER_AGENT, HeaderValue::from_static("Qdos"));
    all.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    Ok(request)
}

async fn whole(response: axum::http::Response<Incoming>) -> Result<Answer, OutgoingError> {
    let (parts, body) = response.into_parts();
    let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(|_| OutgoingError::TooLarge)?;
    Ok(Answer { status: parts.status, headers: parts.headers, body: body.to_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn got(outgoing: &Outgoing, url: &str) -> Result<Bytes, OutgoingError> {
        outgoing.get(url.parse().expect("an address")).await
    }

    #[tokio::test]
    async fn nobody_is_led_to_what_only_the_server_reaches() {
        let outgoing = Outgoing::new(false);
        for (url, error) in [
            ("https://127.0.0.1/", OutgoingError::Private),
            ("https://2130706433/", OutgoingError::Private),
            ("https://0x7f.1/", OutgoingError::Private),
            ("https://[::1]/", OutgoingError::Private),
            ("https://[::ffff:169.254.169.254]/", OutgoingError::Private),
            ("https://169.254.169.254/latest/meta-data", OutgoingError::Private),
            ("https://10.0.0.1:8443/", OutgoingError::Private),
            ("https://localhost/", OutgoingError::Private),
            ("http://127.0.0.1/", OutgoingError::Address),
            ("http://example.com/", OutgoingError::Address),
            ("ftp://example.com/", OutgoingError::Address),
            ("file:///etc/passwd", OutgoingError::Address),
            ("https://name:secret@example.com/", OutgoingError::Address),
        ] {
            assert_eq!(got(&outgoing, url).await, Err(error), "{url}");
        }
    }

    #[tokio::test]
    async fn where_this_machine_is_allowed_nothing_else_is_that_was_not() {
        let outgoing = Outgoing::new(true);
        for url in ["http://10.0.0.1/", "http://169.254.169.254/", "https://127.0.0.1/", "http://8.8.8.8/"] {
            assert_eq!(got(&outgoing, url).await, Err(OutgoingError::Private), "{url}");
        }
    }
}
