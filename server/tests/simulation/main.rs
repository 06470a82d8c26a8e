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

use step::Steps;
use world::World;

/// How many schedules are tried unless `QDOS_SCHEDULES` says otherwise.
const SCHEDULES: u64 = 2_000;

#[test]
fn whatever_happens_everything_saved_arrives_once_and_nobody_sees_what_is_not_theirs() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let seeds = number("QDOS_SEED").map_or(0..number("QDOS_SCHEDULES").unwrap_or(SCHEDULES), |seed| seed..seed + 1);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let seeds = seeds.clone().skip(worker).step_by(workers);
            scope.spawn(move || {
                stay_on_one_processor(worker);
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
                seeds.for_each(|seed| runtime.block_on(run(seed)));
            });
        }
    });
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
