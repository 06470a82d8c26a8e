//! What may happen next, and how likely it is.

use crate::{
    host::{PROCESSES, REPS},
    phone::{TABS, Told},
    things::Kind,
    world::World,
};
use fastrand::Rng;

/// The phones of a schedule.
pub const PHONES: usize = 6;

/// Something that happens. Numbers choose among what there is.
#[derive(Clone, Debug)]
pub enum Step {
    /// Somebody saves something in a tab.
    Save {
        phone: usize,
        tab: usize,
        kind: Kind,
        pick: usize,
    },
    /// A tab does what waits there.
    Do {
        phone: usize,
        tab: usize,
        oldest: bool,
        end: End,
    },
    /// The last push of a phone arrives once more, long after its answer.
    Echo {
        phone: usize,
        process: usize,
    },
    Kill {
        phone: usize,
        tab: usize,
    },
    Open {
        phone: usize,
        tab: usize,
    },
    Tell {
        phone: usize,
        tab: usize,
        told: Told,
    },
    /// Time passes.
    Wait {
        seconds: i64,
    },
    /// A phone's clock is set to something else, hours off.
    Clock {
        phone: usize,
        hours: i64,
    },
    BackUp,
    Restore,
    Restart,
    /// Somebody's sessions end.
    EndSessions {
        member: usize,
    },
    /// Somebody's devices were lost: they are shut out for good.
    Revoke {
        member: usize,
    },
    SignIn {
        phone: usize,
    },
    /// Somebody answers on the page of a link that a customer was shown.
    Rate {
        link: usize,
        process: usize,
        hide_name: bool,
        end: End,
    },
    /// A customer gets another owner, perhaps with a co-owner.
    Assign {
        customer: usize,
        owner: usize,
        with: Option<usize>,
    },
    /// A rep goes to the other team.
    Move {
        rep: usize,
    },
    /// Somebody leaves, or comes back.
    Activate {
        member: usize,
        active: bool,
    },
}

/// How doing an effect ends, where it can end in several ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    Well,
    /// The request never arrives, or the disk fails.
    Lost,
    /// The answer ends after this part of it.
    Cut(f64),
    /// The request arrives twice, and the second answer is the one that is heard.
    Twice,
    /// Something between phone and server answers instead of it.
    Status(u16),
    /// The database fails the server in the midst of it.
    Broken,
}

/// A schedule's source of steps.
pub struct Steps(Rng);

impl Steps {
    pub fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// How many steps the schedule has.
    pub fn length(&mut self) -> usize {
        self.0.usize(30..200)
    }

    /// The next step. It may depend on what waits to be done, so that most steps do something.
    pub fn next(&mut self, world: &World) -> Step {
        let rng = &mut self.0;
        let (phone, tab) = (rng.usize(..PHONES), rng.usize(..TABS));
        let pick = rng.usize(..1_000);
        match rng.u32(..100) {
            0..21 => Step::Save { phone, tab, kind: rng.choice(Kind::ALL).expect("there are some"), pick },
            21..65 => {
                let busy = world.busy();
                let (phone, tab) = if busy.is_empty() { (phone, tab) } else { busy[rng.usize(..busy.len())] };
                Step::Do { phone, tab, oldest: rng.bool(), end: end(rng) }
            }
            65..67 => Step::Echo { phone, process: rng.usize(..PROCESSES) },
            67..70 => Step::Kill { phone, tab },
            70..75 => Step::Open { phone, tab },
            75..79 => {
                let told = [Told::Online, Told::Offline, Told::Visible, Told::Hidden, Told::SyncNow, Told::Poked, Told::Tick];
                Step::Tell { phone, tab, told: told[rng.usize(..told.len())] }
            }
            79..83 => Step::Rate { link: pick, process: rng.usize(..PROCESSES), hide_name: rng.bool(), end: end(rng) },
            83..86 => Step::Wait { seconds: rng.i64(1..400) },
            86 => Step::Clock { phone, hours: rng.i64(-48..=48) },
            87..89 => Step::BackUp,
            89 => Step::Restore,
            90 => Step::Restart,
            91 if rng.bool() => Step::EndSessions { member: pick },
            91 => Step::Revoke { member: pick },
            92..94 => Step::SignIn { phone },
            94..97 => Step::Assign { customer: pick, owner: rng.usize(..REPS), with: rng.bool().then(|| rng.usize(..REPS)) },
            97 => Step::Move { rep: rng.usize(..REPS) },
            _ => Step::Activate { member: pick, active: rng.bool() },
        }
    }
}

fn end(rng: &mut Rng) -> End {
    match rng.u32(..20) {
        0..12 => End::Well,
        12..15 => End::Cut(rng.f64()),
        15..17 => End::Lost,
        17..19 => End::Twice,
        _ if rng.u32(..3) == 0 => End::Broken,
        _ => End::Status([429, 500, 502, 503, 504, 511][rng.usize(..6)]),
    }
}
