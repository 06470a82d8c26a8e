//! The server's edge to time.

use app::time::Timestamp;

/// Now.
#[expect(clippy::disallowed_methods, reason = "the server's one place that reads the clock")]
pub fn now() -> Timestamp {
    Timestamp(chrono::Utc::now().timestamp_millis())
}
