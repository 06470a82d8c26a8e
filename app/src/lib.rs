//! Qdos.
