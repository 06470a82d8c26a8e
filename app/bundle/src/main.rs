//! Bundle.
fn main(){}
