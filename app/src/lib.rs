//! Qdos: the rules, words and screens that the phone and the server share.
//!
//! Compiled twice: with feature `csr` to the WASM that runs on phones, with feature `ssr` into the server, which renders the customer's
//! pages from the same components and applies the same rules. One folder per feature; see ARCHITECTURE.md for the map.

// A test's phone is shared with the server's tests, which know this crate by its name.
#[cfg(test)]
extern crate self as app;

pub mod account;
pub mod browser;
pub mod calendar;
pub mod customer;
#[cfg(feature = "csr")]
pub mod day;
pub mod engagement;
pub mod export;
pub mod failure;
pub mod form;
pub mod id;
pub mod meeting;
#[cfg(feature = "csr")]
pub mod online;
pub mod organisation;
pub mod outbox;
pub mod photo;
pub mod preparation;
pub mod promise;
pub mod quarantine;
pub mod recovery;
pub mod reflection;
// Beside the shell that asks it, and a rule that tests ask too.
#[cfg(any(feature = "csr", test))]
#[path = "root/place.rs"]
mod place;
pub mod reminder;
#[cfg(feature = "csr")]
mod root;
#[cfg(feature = "csr")]
pub mod route;
pub mod score;
pub mod search;
pub mod share;
pub mod survey;
pub mod sync;
pub mod team;
pub mod text;
pub mod time;
pub mod today;
pub mod ui;
