//! The team screen; the teams, for administrators.

mod all;
mod form;
mod not_met;
mod people;
mod remove;
mod team;

use crate::{
    account::for_administrators,
    id::TeamId,
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

/// The addresses of the team screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/team"), || view! { <team::Team /> }.into_any()),
        screen(path!("/app/more/teams"), || for_administrators("Teams", || view! { <all::Teams /> }.into_any())),
        screen(path!("/app/more/teams/new"), || for_administrators("New team", || view! { <form::NewTeam /> }.into_any())),
        screen(path!("/app/more/teams/:team"), || for_administrators("Team", || view! { <form::EditTeam /> }.into_any())),
    ]
}

/// The address of a team's screen, for administrators.
fn team_address(team: TeamId) -> String {
    format!("/app/more/teams/{team}")
}
