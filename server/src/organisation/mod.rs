//! Organisations: how one comes to be.

mod create;

pub use create::{NewOrganisation, create, find, save, save_member, save_team};
