//! Qdos.
fn main() {}
