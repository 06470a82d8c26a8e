//! The browser, wrapped once: every call of the app into web_sys and js_sys is in this folder.
//!
//! One file per concern. Nothing here knows a feature, decides a rule or words a message: a caller gets plain values and
//! small error enums that name what it can do. Everything but [`locked`], [`record`], [`reply`] and [`tabs`] needs a browser, so it is compiled for `csr` only.

pub mod locked;
pub mod record;
pub mod reply;
pub mod tabs;

#[cfg(feature = "csr")]
pub mod album;
#[cfg(feature = "csr")]
pub mod badge;
#[cfg(feature = "csr")]
pub mod channel;
#[cfg(feature = "csr")]
pub mod clock;
#[cfg(feature = "csr")]
pub mod document;
#[cfg(feature = "csr")]
pub mod event;
#[cfg(feature = "csr")]
pub mod events;
#[cfg(feature = "csr")]
pub mod files;
#[cfg(feature = "csr")]
pub mod hints;
#[cfg(feature = "csr")]
pub mod history;
#[cfg(feature = "csr")]
pub mod image;
#[cfg(feature = "csr")]
pub mod locks;
#[cfg(feature = "csr")]
pub mod network;
#[cfg(feature = "csr")]
pub mod notification;
#[cfg(feature = "csr")]
pub mod paint;
#[cfg(feature = "csr")]
pub mod pin;
#[cfg(feature = "csr")]
pub mod quota;
#[cfg(feature = "csr")]
pub mod random;
#[cfg(feature = "csr")]
pub mod service_worker;
#[cfg(feature = "csr")]
pub mod share;
#[cfg(feature = "csr")]
pub mod storage;
#[cfg(feature = "csr")]
pub mod theme;
#[cfg(feature = "csr")]
pub mod vault;
#[cfg(feature = "csr")]
mod window;
