//! Server-sent events: the server's word without being asked.

use super::event::{Listening, listen};
use std::rc::Rc;
use web_sys::EventSource;

/// What becomes of a stream, as far as it matters to who opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamEvent {
    /// It is open, for the first time or again: the browser itself opens one again that broke off.
    Opened,
    /// The server said something.
    Said,
    /// It does not open, and the browser has given up.
    GivenUp,
}

/// A stream of the server's; closed when dropped.
#[must_use = "dropping the stream closes it"]
pub struct EventStream {
    source: EventSource,
    _listening: [Listening; 3],
}

impl EventStream {
    /// Opens the stream at a path of the app's own server. `None` where the browser has no streams.
    pub fn open(path: &str, heard: impl Fn(StreamEvent) + 'static) -> Option<Self> {
        let source = EventSource::new(path).ok()?;
        let heard = Rc::new(heard);
        let tells = |event| {
            let heard = heard.clone();
            move || heard(event)
        };
        let failed = {
            let (heard, source) = (heard.clone(), source.clone());
            move || {
                // Otherwise it tries again by itself.
                if source.ready_state() == EventSource::CLOSED {
                    heard(StreamEvent::GivenUp);
                }
            }
        };
        let listening = [
            listen(source.clone(), "open", tells(StreamEvent::Opened)),
            listen(source.clone(), "message", tells(StreamEvent::Said)),
            listen(source.clone(), "error", failed),
        ];
        Some(Self { source, _listening: listening })
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.close();
    }
}
