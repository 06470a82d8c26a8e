//! Qdos.
fn main(){}
