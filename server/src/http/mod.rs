//! What surrounds every request: who may write from where, headers, request ids, logs, metrics, the built app's files.

mod client;
mod headers;
mod health;
mod metrics;
mod origin;
mod serve;
mod site;

pub use client::client_address;
pub use metrics::recorder;
pub use serve::{layered, serve};
pub use site::{Assets, assets};

use crate::{State, routes::Routes};

/// Routes that belong to no feature.
pub(crate) fn routes(state: &State) -> Routes {
    health::routes().merge(site::routes(&state.config.site))
}
