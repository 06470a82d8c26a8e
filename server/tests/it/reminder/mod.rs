//! What members are reminded of, when, and on which devices.

mod browser;
mod due;
mod subscription;
