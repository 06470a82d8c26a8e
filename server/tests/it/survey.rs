//! The customer rates: by link, sealed, corrected, released.

mod correcting;
mod links;
mod releasing;
mod sealing;
