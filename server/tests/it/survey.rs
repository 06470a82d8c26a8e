//! The customer rates: by link, sealed, corrected, released.

mod asking;
mod correcting;
mod excluding;
mod following;
mod links;
mod releasing;
mod sealing;
