//! Where the marks of a plot go, in percent of its width and height, so that drawings follow the screen while letters keep the
//! size that the reader chose.

mod distribution;
mod trend;

pub use distribution::*;
pub use trend::*;
