//! The score: a fair estimate with an honest interval, never a rank.
//!
//! - Every number opens up to the ratings behind it and comes with its meaning in words.
//! - What there is not enough of is said to be so; nothing is shown in its place.
//! - What a rating does to a score is said in words: exact amounts would reveal what colleagues were given.
//! - What is left out of a score says so wherever it stands, with by whom and why.
//! - A manager who looks is recorded, and the one looked at sees it.
//!
//! What shows a score takes all that it needs from its props, so that the gallery shows it as phones do.

mod model;
mod month;
mod movement;
#[cfg(feature = "csr")]
mod pages;
pub mod plot;
mod store;
mod wish;
pub mod words;

#[cfg(any(feature = "csr", feature = "ssr"))]
mod component_ratings;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod left_out;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod month_by_month;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod number_table;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod pull_line;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod rating_list;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod reader;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod sheet;
#[cfg(any(feature = "csr", feature = "ssr"))]
mod stands_on;

#[cfg(any(feature = "csr", feature = "ssr"))]
pub use {component_ratings::*, left_out::*, month_by_month::*, pull_line::*, rating_list::*, reader::*, sheet::*, stands_on::*};

#[cfg(any(feature = "csr", feature = "ssr"))]
pub(crate) use number_table::number_table;

pub use model::*;
pub use month::*;
pub use movement::*;
#[cfg(feature = "csr")]
pub use pages::*;
pub use store::*;
pub use wish::*;
