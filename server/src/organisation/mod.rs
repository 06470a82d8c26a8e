//! Organisations: how one comes to be, and what its administrators set.

mod create;
mod first_run;
mod port;
mod settings;

use crate::{call::Call, routes::Access};
use app::organisation::SaveSettings;

pub use create::{NewOrganisation, create, find, save, save_member, save_team};
pub use first_run::{FirstRun, lead_to as lead_to_first_run, routes};
pub use settings::{save_settings, time_zone, today, zone};

/// The server functions of organisations.
pub const CALLS: &[Call] = &[Call::new::<SaveSettings>(Access::Administrator)];
