//! The program `qdos` itself: what it prints and exits with, where it listens, how it stops.

use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, ChildStderr, Command, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

const RATINGS: &str = include_str!("it/score/reference/edge_base_data.csv");

#[test]
fn the_program_prints_one_or_the_other() {
    let ratings = RATINGS.replacen("rep,customer,y", "rep,customer,rating", 1);
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("ratings.csv");
    let run = |text: &str, more: &[&str]| {
        fs::write(&path, text).expect("written");
        let output = Command::new(env!("CARGO_BIN_EXE_qdos")).arg("score").arg("--csv").arg(&path).args(more).output().expect("run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = run(&ratings, &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let json: serde_json::Value = serde_json::from_str(&out).expect("json");
    let keys = |value: &serde_json::Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let sorted = |keys: &[&str]| {
        let mut keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        keys.sort();
        keys
    };
    let all = |value: &serde_json::Value| {
        let mut keys = keys(value);
        keys.sort();
        keys
    };
    assert_eq!(all(&json), sorted(&["mean", "variance", "reml", "ratings", "singular", "groups", "reps", "customers"]));
    assert_eq!(all(&json["mean"]), sorted(&["estimate", "se"]));
    assert_eq!(all(&json["variance"]), sorted(&["rep", "customer", "residual"]));
    assert_eq!(all(&json["reps"][0]), sorted(&["id", "n", "blup", "conditional_sd", "estimate", "se", "group"]));
    assert_eq!(all(&json["customers"][0]), sorted(&["id", "n", "blup", "conditional_sd"]));
    let (code, out, _) = run(&ratings, &["--format", "csv"]);
    assert_eq!(
        (code, out.lines().count()),
        (Some(0), 1 + json["reps"].as_array().map_or(0, Vec::len) + json["customers"].as_array().map_or(0, Vec::len))
    );
    let (code, out, err) = run("rep,customer,rating\nA,x,4\nB,x,\n", &[]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("line 3"), "{err}");
    let (code, out, err) = run("rep,customer,rating\nA,x,4\nB,x,4\n", &["--weight", "w", "--half-life", "9"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("--half-life"), "{err}");
    fs::remove_file(&path).expect("removed");
    let gone = Command::new(env!("CARGO_BIN_EXE_qdos")).arg("score").arg("--csv").arg(&path).output().expect("run");
    assert_eq!((gone.status.code(), gone.stdout.len()), (Some(2), 0));
}

#[test]
fn the_demonstration_is_for_this_machine_only() {
    for everywhere in ["0.0.0.0:0", "[::]:0"] {
        let directory = tempfile::tempdir().expect("a directory");
        let (code, out, err) = said(qdos(directory.path(), &["demo"]).env("QDOS_LISTEN", everywhere));
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(err.contains("demo listens on loopback only"), "{err}");
        assert!(!directory.path().join("data").exists(), "nothing is made");
    }
}

#[test]
fn the_doctor_names_what_is_to_be_mended_and_is_content_once_it_is() {
    let directory = tempfile::tempdir().expect("a directory");
    let (code, out, err) =
        said(qdos(directory.path(), &["doctor"]).env("QDOS_PUBLIC_URL", "http://qdos.example").env("QDOS_METRICS_LISTEN", "0.0.0.0:0"));
    assert_eq!(code, Some(1));
    for check in ["MEND  app: ", "ok    data directory: ", "MEND  public address: ", "MEND  metrics: ", "MEND  database: "] {
        assert_eq!(out.lines().filter(|line| line.starts_with(check)).count(), 1, "{check}: {out}");
    }
    assert!(err.contains("4 of 5 checks need mending"), "{err}");

    build(directory.path());
    let migrated = said(&mut qdos(directory.path(), &["migrate"]));
    assert_eq!((migrated.0, migrated.1.as_str()), (Some(0), "The schema is up to date.\n"));
    let (code, out, err) = said(&mut qdos(directory.path(), &["doctor"]));
    assert_eq!((code, out.lines().filter(|line| line.starts_with("ok    ")).count(), out.lines().count()), (Some(0), 5, 5), "{out}{err}");
}

#[test]
fn metrics_have_an_address_of_their_own_and_nothing_else_is_there() {
    let directory = built();
    let serving = Serving::start(&mut qdos(directory.path(), &["serve"]));
    assert!(get(serving.address, "/healthz").starts_with("HTTP/1.1 200"));
    let metrics = get(serving.metrics, "/metrics");
    let counted = |line: &str| line.starts_with("http_requests_total{") && line.contains("route=\"/healthz\"") && line.ends_with(" 1");
    assert!(metrics.starts_with("HTTP/1.1 200") && metrics.lines().any(counted), "{metrics}");
    for (address, path) in [(serving.address, "/metrics"), (serving.metrics, "/healthz"), (serving.metrics, "/")] {
        let answer = get(address, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[test]
fn the_id_that_an_answer_names_leads_to_its_line_in_the_log_which_holds_no_secret() {
    let directory = built();
    let mut serving = Serving::start(qdos(directory.path(), &["serve"]).env("QDOS_LOG", "info,tower_http=debug"));
    let answer = get(serving.address, "/s/A-SECRET-LINK?text=a+shared+secret");
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).expect("the answer names its request");
    let line = serving.wait_for("finished processing request");
    assert_eq!((line["span"]["id"].as_str(), line["span"]["route"].as_str()), (Some(id), Some("/s/{link}")), "{line}");
    for secret in ["A-SECRET-LINK", "a+shared+secret"] {
        assert!(!serving.log.contains(secret), "{}", serving.log);
    }
}

#[test]
fn a_request_under_way_is_answered_before_the_server_stops() {
    let directory = built();
    let mut serving = Serving::start(&mut qdos(directory.path(), &["serve"]));
    let body = r#"{"email":"nobody@example.test","password":"three blue teapots"}"#;
    let mut connection = connect(serving.address).expect("the server listens");
    let length = body.len();
    let head = format!(
        "POST /api/fn/account/sign_in HTTP/1.1\r\nhost: qdos\r\nsec-fetch-site: same-origin\r\ncontent-type: application/json\r\n\
        content-length: {length}\r\nexpect: 100-continue\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).expect("sent");
    // Said once the body is waited for: the request is under way.
    let go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    let mut said = vec![0; go_on.len()];
    connection.read_exact(&mut said).expect("an answer");
    assert_eq!(String::from_utf8_lossy(&said), go_on);

    serving.ask_to_stop();
    serving.wait_for("asked to stop");
    let is_closed = || {
        thread::sleep(Duration::from_millis(5));
        connect(serving.address).is_err()
    };
    assert!((0..1000).any(|_| is_closed()), "nobody else gets in");

    connection.write_all(body.as_bytes()).expect("sent");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).expect("the whole answer");
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("\"signed_out\""), "{answer}");
    serving.wait_for("requests finished; closing the database");
    assert!(serving.process.wait().expect("it ends").success());
}

/// How long a server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program in `directory`, with none of the settings of whoever tests.
fn qdos(directory: &Path, command: &[&str]) -> Command {
    let mut qdos = Command::new(env!("CARGO_BIN_EXE_qdos"));
    qdos.args(command).current_dir(directory).env_clear();
    qdos.env("QDOS_SITE", "site").env("QDOS_LISTEN", "127.0.0.1:0").env("QDOS_METRICS_LISTEN", "127.0.0.1:0");
    qdos
}

/// With which code a command ends, and what it prints.
fn said(command: &mut Command) -> (Option<i32>, String, String) {
    let output = command.output().expect("run");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A directory with an app in it that passes for a built one.
fn built() -> TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    build(directory.path());
    directory
}

fn build(directory: &Path) {
    let site = directory.join("site");
    fs::create_dir(&site).and_then(|()| fs::write(site.join("assets.json"), r#"{"build":"b","files":{}}"#)).expect("written");
}

/// A server that runs until it is asked to stop, or is no longer used.
struct Serving {
    process: Child,
    lines: BufReader<ChildStderr>,
    /// What it has logged, as far as it was read.
    log: String,
    address: SocketAddr,
    metrics: SocketAddr,
}

impl Serving {
    /// Returns once it serves.
    fn start(command: &mut Command) -> Self {
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("run");
        let lines = BufReader::new(process.stderr.take().expect("it is piped"));
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut serving = Self { process, lines, log: String::new(), address: nowhere, metrics: nowhere };
        let line = serving.wait_for("serving");
        let address =
            |name: &str| line["fields"][name].as_str().and_then(|address| address.parse::<SocketAddr>().ok()).expect("an address");
        (serving.address, serving.metrics) = (address("address"), address("metrics"));
        serving
    }

    /// Reads the log up to a line with that message.
    fn wait_for(&mut self, message: &str) -> Value {
        loop {
            let before = self.log.len();
            let read = self.lines.read_line(&mut self.log).expect("text");
            assert!(read > 0, "it ended before it said {message:?}:\n{}", self.log);
            // What a library prints besides is no JSON.
            let line: Value = serde_json::from_str(&self.log[before..]).unwrap_or_default();
            if line["fields"]["message"] == message {
                return line;
            }
        }
    }

    /// As an operator does.
    fn ask_to_stop(&self) {
        let status = Command::new("kill").arg("-TERM").arg(self.process.id().to_string()).status().expect("processes can be asked to stop");
        assert!(status.success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Fails for one that has ended.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    Ok(connection)
}

/// The whole answer to a `GET`, headers included.
fn get(address: SocketAddr, path: &str) -> String {
    let mut connection = connect(address).expect("the server listens");
    let request = format!("GET {path} HTTP/1.1\r\nhost: qdos\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).expect("the whole answer");
    answer
}
