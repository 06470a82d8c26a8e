//! What needs the server: the phone calls these, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of each function's parameters, whose fields cannot be described apart")]

use super::Team;
#[cfg(feature = "ssr")]
use super::port::port;
use crate::{failure::Failure, id::TeamId};
use leptos::{prelude::*, server_fn::codec::Json};

/// Keeps a new or changed team; for administrators.
#[server(prefix = "/api/fn", endpoint = "team/save_team", input = Json)]
pub async fn save_team(team: Team) -> Result<(), Failure> {
    port().save_team(team).await
}

/// Removes a team in which nobody works and that no team is part of; for administrators.
#[server(prefix = "/api/fn", endpoint = "team/remove_team", input = Json)]
pub async fn remove_team(id: TeamId) -> Result<(), Failure> {
    port().remove_team(id).await
}
