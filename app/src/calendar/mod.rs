//! Calendars: what is planned goes out as iCalendar, as a feed or a file, and what is planned elsewhere comes in.
//!
//! - What goes out says whom, what for and when, and nothing that was written about anybody.
//! - What comes in is suggested and never taken over by itself, and reaches nobody but its owner.
//! - Whatever a calendar says that is not understood is named and not guessed.

mod api;
mod coming;
mod entries;
mod event;
mod line;
mod offer;
#[cfg(feature = "csr")]
mod pages;
#[cfg(feature = "ssr")]
mod port;
mod read;
mod rule;
mod whom;
mod words;
mod write;
mod zone;

pub use api::*;
pub use coming::*;
pub use entries::{DAYS_AHEAD, DAYS_BACK, Naming};
pub use event::{Event, EventKey};
pub use offer::*;
#[cfg(feature = "csr")]
pub use pages::*;
#[cfg(feature = "ssr")]
pub use port::Port;
pub use read::*;
pub use whom::*;
pub use words::*;
pub use write::*;
pub use zone::Places;
