//! Hearing from the server that there is something to pull, instead of asking over and over.

use super::{Client, Effect, Pace};
use crate::{sync::answer::Trouble, time::Timestamp};

/// The stream of pokes, as this tab holds it.
#[derive(Debug, Default)]
pub(super) struct Ear {
    /// Whether it was asked for and not given up since.
    open: bool,
    pace: Pace,
}

impl Client {
    /// Whether this tab should be listening: one tab does for all, and none while nobody looks, which spares the battery.
    fn should_listen(&self) -> bool {
        self.drains && self.visible && self.online && self.paused.is_none() && !self.revoked
    }

    /// Opens or closes the stream, if it is time to.
    pub(super) fn listen(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let should = self.should_listen();
        if should && !self.ear.open && self.ear.pace.next(now).is_none() {
            self.ear.open = true;
            effects.push(Effect::Listen);
        } else if !should && self.ear.open {
            self.ear.open = false;
            effects.push(Effect::StopListening);
        }
    }

    /// When to try again to open the stream, if that is what is waited for.
    pub(super) fn next_listen(&self, now: Timestamp) -> Option<Timestamp> {
        self.ear.pace.next(now).filter(|_| self.should_listen() && !self.ear.open)
    }

    /// The stream is open. What happened before was told to nobody, and where the way to the server was broken it is not any more.
    pub(super) fn listening(&mut self) {
        self.wants_pull = true;
        self.ear.pace.reset();
        if matches!(self.trouble, Some(Trouble::Offline | Trouble::Timeout | Trouble::Cut)) {
            self.pace.reset();
        }
    }

    /// The stream does not open. A pull tells why: its answer can be read.
    pub(super) fn not_listening(&mut self, now: Timestamp, fraction: f64) {
        self.wants_pull = true;
        self.ear.open = false;
        self.ear.pace.failed(now, fraction, None);
    }

    /// Whatever kept the stream from opening may be over.
    pub(super) fn listen_again(&mut self) {
        self.ear.pace.reset();
    }
}
