//! Accounts: sessions, sign-in, invitations.

mod apply;
mod audience;
mod session;

pub use apply::record_viewing;
pub use audience::{Audience, audience_of_customer, audience_of_member};
pub use session::{Session, open_session};
