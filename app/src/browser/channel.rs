//! Messages between the tabs of one browser.

pub use super::tabs::TabMessage;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// An open channel; closed when dropped. A tab does not hear itself.
pub struct Channel {
    channel: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Joins the channel of that name. `None` where the browser has no channels; then tabs catch up when they become visible.
    pub fn join(name: &str, mut heard: impl FnMut(TabMessage) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // A tab of a newer build may say what this one does not know.
            let message = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
            if let Some(message) = message {
                heard(message);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Channel { channel, _on_message: on_message })
    }

    /// Tells the other tabs.
    pub fn tell(&self, message: TabMessage) {
        let text = serde_json::to_string(&message).expect("a unit variant has a JSON form");
        // Text can always be cloned, and a closed channel has nobody to tell.
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
