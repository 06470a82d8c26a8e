//! Backups: every row of every table as JSON lines, taken from one snapshot while serving, restored into an empty database of either
//! engine.
//!
//! The first line is a `Header`; every further line is `["TABLE", {"COLUMN": value, ...}]`, tables in an order that foreign keys allow. Bytes
//! are in hexadecimal.

mod dump;
mod load;
mod schema;

pub use dump::backup;
pub use load::restore;

use app::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// A backup's first line.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    /// The format; this build writes and reads 1.
    qdos_backup: u16,
    /// The newest migration of the database that it was taken from.
    schema: i64,
    /// When it was taken.
    taken_at: Timestamp,
}

const FORMAT: u16 = 1;

/// Why a backup could not be taken or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file is no backup, or a damaged one.
    #[error("line {line} of the backup does not read: {what}. Nothing was restored.")]
    Damaged {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The backup comes from a newer Qdos.
    #[error("the backup comes from a newer Qdos (schema {found}, this one knows {known}). Install that version first.")]
    TooNew {
        /// The backup's schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// There is something in the database already.
    #[error("the database is not empty. Restore into a new one: set QDOS_DATA or QDOS_DATABASE_URL to an empty place.")]
    NotEmpty,
    /// The database could not do it.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}
