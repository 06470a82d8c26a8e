//! The customer rates: invitations, links, answers.

mod apply;

pub use apply::{add_context, invite, settle_invitation, submit_sealed};
