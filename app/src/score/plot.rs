//! Where the marks of a plot go, in percent of its width and height, so that drawings follow the screen while letters keep the
//! size that the reader chose.

mod course;
mod distribution;
mod scale;
mod trend;

use scale::Scale;

pub use course::*;
pub use distribution::*;
pub use scale::Tick;
pub use trend::*;
