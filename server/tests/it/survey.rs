//! The customer rates: by link, sealed, corrected, released.

mod correcting;
mod excluding;
mod links;
mod releasing;
mod sealing;
