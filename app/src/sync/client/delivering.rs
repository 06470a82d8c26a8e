//! The end of a device that was revoked: what it holds goes to the quarantine, then everything here.

use super::{Client, Effect};
use crate::{
    sync::protocol::{Delivery, Envelope},
    time::Timestamp,
};

impl Client {
    /// Delivers what is still here, then says that this was all.
    pub(super) fn go_on_delivering(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let batch = self.batch(now);
        let last = self.outbox.unsent() == 0;
        if batch.is_empty() && !last {
            // What the server chokes on waits, and is tried alone.
            effects.extend(self.stalled.values().copied().filter(|until| *until > now).min().map(Effect::WakeAt));
            return;
        }
        let mutations = batch.iter().map(|item| Envelope::clone(&item.envelope)).collect();
        // Of a revoked device nothing is said to be missing.
        let id = self.send(batch, 0);
        effects.push(Effect::Deliver(id, Delivery { member: self.me, device: self.device, mutations, last }));
    }

    /// Another tab saved something meanwhile, which is still to be delivered.
    pub(super) fn not_wiped(&mut self, effects: &mut Vec<Effect>) {
        self.wiped = false;
        self.reload_saved(effects);
    }
}
