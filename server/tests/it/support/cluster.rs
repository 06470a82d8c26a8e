//! PostgreSQL servers of a test's own, to be followed, killed and promoted.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// A running server.
pub struct Cluster {
    directory: TempDir,
    port: u16,
}

impl Cluster {
    /// An empty one, which may be followed.
    pub fn primary() -> Self {
        let directory = directory();
        run("initdb", &["--pgdata", &data(&directory), "--username", "qdos", "--auth", "trust", "--encoding", "UTF8", "--no-sync"]);
        Self::start(directory, "primary")
    }

    /// One that follows this one, from a copy made now.
    pub fn standby(&self) -> Self {
        let directory = directory();
        let copy = ["--pgdata", &data(&directory), "--write-recovery-conf", "--checkpoint", "fast", "--no-sync", "--dbname", &self.url()];
        run("pg_basebackup", &copy);
        Self::start(directory, "standby")
    }

    fn start(directory: TempDir, name: &str) -> Self {
        let probe = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = probe.local_addr().expect("it is bound").port();
        drop(probe);
        // A kill leaves what was written in the hands of the operating system: syncing would prove nothing. The name is by which the
        // primary knows who follows.
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={} -c cluster_name={name} -c fsync=off \
            -c synchronous_commit=remote_apply",
            directory.path().display()
        );
        let log = directory.path().join("log").display().to_string();
        run("pg_ctl", &["start", "--wait", "--silent", "--pgdata", &data(&directory), "--log", &log, "--options", &options]);
        Self { directory, port }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("postgres://qdos@127.0.0.1:{}/postgres", self.port)
    }

    /// SIGKILL to every process of it.
    pub fn kill(&self) {
        let pid = fs::read_to_string(self.directory.path().join("data/postmaster.pid")).expect("it runs");
        let pid = pid.lines().next().expect("its process").to_owned();
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).expect("it has processes");
        let mut kill = Command::new("kill");
        // It complains of a child that ended this moment.
        kill.arg("-KILL").arg(&pid).args(children.split_whitespace()).stderr(Stdio::null());
        kill.status().expect("processes can be killed");
    }

    /// Makes it one that is written to.
    pub fn promote(&self) {
        run("pg_ctl", &["promote", "--wait", "--silent", "--pgdata", &data(&self.directory)]);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Fails for one that was killed.
        drop(as_owner("pg_ctl", &["stop", "--mode", "immediate", "--silent", "--pgdata", &data(&self.directory)]).status());
    }
}

/// A directory that PostgreSQL's owner may write to.
fn directory() -> TempDir {
    let directory = tempfile::Builder::new().prefix("qdos-cluster-").tempdir().expect("a temporary directory");
    if is_root() {
        let given = Command::new("chown").arg("postgres").arg(directory.path()).status().expect("chown runs");
        assert!(given.success());
    }
    directory
}

fn data(directory: &TempDir) -> String {
    directory.path().join("data").display().to_string()
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn run(program: &str, arguments: &[&str]) {
    let status = as_owner(program, arguments).status().expect("PostgreSQL's programs run");
    assert!(status.success(), "{program} {arguments:?}");
}

/// PostgreSQL refuses to run as root. What it says stays unread: a server that it starts would keep a pipe open.
fn as_owner(program: &str, arguments: &[&str]) -> Command {
    let program = programs().join(program);
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.args(arguments).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// Where the newest PostgreSQL of this machine keeps its programs; Debian puts them beside the path.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed").filter_map(Result::ok);
    let newest = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max().expect("a version");
    Path::new("/usr/lib/postgresql").join(newest.to_string()).join("bin")
}
