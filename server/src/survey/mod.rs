//! The customer rates: links from a phone's stock, the page, sealed answers, and their release to those who may see them.
//!
//! A `submission` is what a customer sent; a `rating` is what somebody may see of it, and comes to be when the first release is due. A link
//! is used by a submission, never by being opened; one submission per meeting and contact counts, further ones are kept.

mod answer;
mod apply;
mod exclusion;
mod following;
mod link;
mod page;
mod questionnaire;
mod receipt;
mod release;
mod routes;
mod seal;
mod submission;
mod token;

pub use answer::{Answered, by_link as answer_by_link};
pub use apply::{add_context, invite, settle_invitation, submit_sealed};
pub use exclusion::{count_rating, exclude_rating};
pub use following::follow;
pub(crate) use link::Link;
pub use release::{release_due, release_in, republish, spawn_release};
pub use routes::routes;
pub use token::keep as keep_links;
