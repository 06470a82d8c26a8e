//! Phones, their network and a server, all at the mercy of chance: the phone's own state machine against the real router on SQLite.
//!
//! A *schedule* is a sequence of steps that follows from a seed: people save things, requests get lost, cut off, repeated and overtaken,
//! tabs and servers die, clocks jump, disks fail, backups are restored, sessions end, members come and go, customers change hands. Then
//! everything works again, and what sync promises must hold: see `settled.rs`, and `sight.rs` for what must hold at every moment.
//!
//! `QDOS_SCHEDULES=100000` runs more of them, `QDOS_SEED=7` that one.

mod host;
#[path = "../../../app/src/sync/client/simulation/phone.rs"]
mod phone;
mod rated;
mod settled;
mod sight;
mod step;
mod things;
mod world;

use std::process::{Child, Command, ExitStatus};
use step::Steps;
use world::World;

/// How many schedules are tried unless `QDOS_SCHEDULES` says otherwise.
const SCHEDULES: u64 = 2_000;

#[test]
fn whatever_happens_everything_saved_arrives_once_and_nobody_sees_what_is_not_theirs() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let schedules = number("QDOS_SCHEDULES").unwrap_or(SCHEDULES);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    match (number("QDOS_SEED"), number(WORKER)) {
        (Some(seed), _) => run_all([seed]),
        (None, Some(worker)) => {
            stay_on_one_processor(worker as usize);
            run_all((worker..schedules).step_by(workers));
        }
        (None, None) => {
            let itself = std::env::current_exe().expect("this program is there");
            let worker = |worker: usize| Command::new(&itself).arg("--nocapture").env(WORKER, worker.to_string()).spawn();
            let running: Vec<Child> = (0..workers).map(|number| worker(number).expect("a process starts")).collect();
            let ended: Vec<ExitStatus> = running.into_iter().map(|mut child| child.wait().expect("a process ends")).collect();
            assert!(ended.iter().all(ExitStatus::success), "schedules failed");
        }
    }
}

/// Which of the processes this is that share the schedules: in one process, SQLite's connections would wait for each other's memory.
const WORKER: &str = "QDOS_WORKER";

fn run_all(seeds: impl IntoIterator<Item = u64>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    seeds.into_iter().for_each(|seed| runtime.block_on(run(seed)));
}

/// The server and the threads of its database, which begin here, wait for each other at every statement: woken on another processor, they
/// take twice as long.
#[cfg(target_os = "linux")]
fn stay_on_one_processor(worker: usize) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let allowed = sched_getaffinity(None).expect("the processors are known");
    let mine = (0..CpuSet::MAX_CPU).filter(|processor| allowed.is_set(*processor)).nth(worker);
    let mut only = CpuSet::new();
    only.set(mine.expect("there is a worker for each processor"));
    sched_setaffinity(None, &only).expect("a thread may choose among its processors");
}

#[cfg(not(target_os = "linux"))]
fn stay_on_one_processor(_worker: usize) {}

/// One schedule from beginning to end.
async fn run(seed: u64) {
    let _told = Told(seed);
    let mut steps = Steps::new(seed);
    let mut world = World::new().await;
    for _ in 0..steps.length() {
        let step = steps.next(&world);
        world.take(step).await;
        world.check_that_what_was_saved_is_kept_and_shown();
    }
    world.heal().await;
    world.check_that_all_agree().await;
    world.close().await;
}

/// Names the seed of a schedule that fails.
struct Told(u64);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the schedule of seed {0} failed; QDOS_SEED={0} runs it again", self.0);
        }
    }
}
