//! What the tabs of one browser tell each other, as plain data.

use serde::{Deserialize, Serialize};

/// What one tab tells the others. They read the details from the shared database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TabMessage {
    /// Something was saved and waits to be sent.
    Saved,
    /// Something that was refused was let go.
    LetGo,
    /// The database holds newer rows, or other states of what waits.
    Pulled,
    /// Somebody asks to exchange everything with the server now.
    SyncNow,
    /// The member signed out, or another signed in.
    SignedOut,
    /// The device was handed to a customer: show nothing but the survey.
    Locked,
}
