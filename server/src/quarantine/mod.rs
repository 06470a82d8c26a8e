//! What could not be saved: what administrators read of it and decide.
//!
//! Applied is what its author could have done: by the author's rights as they are now, through the same code as a push.

mod decide;
mod names;
mod port;
mod queries;
mod read;

use crate::{call::Call, routes::Access};
use app::quarantine::{ApplyQuarantined, DiscardQuarantined, OpenQuarantined, Quarantine};

pub use decide::{apply, discard};
pub use read::{all, open};

/// The server functions of the quarantine.
pub const CALLS: &[Call] = &[
    Call::new::<Quarantine>(Access::Administrator),
    Call::new::<OpenQuarantined>(Access::Administrator),
    Call::new::<ApplyQuarantined>(Access::Administrator),
    Call::new::<DiscardQuarantined>(Access::Administrator),
];
