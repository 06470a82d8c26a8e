//! Accounts: passwords, sessions, sign-in, and who sees what of whom.
//!
//! - Nothing that gives access is kept as it is: passwords are hashed with Argon2id, the secrets of sessions and links with SHA-256.
//! - What an answer says and how long it takes never tells whether an email address is known.

mod apply;
mod audience;
mod availability;
mod client;
mod link;
mod member;
mod password;
mod port;
mod queries;
mod republish;
mod revoke;
mod session;
mod sign_in;
pub mod throttle;

use crate::{call::Call, routes::Access};
use app::account::{
    AcceptLink, EndSession, IssueLink, LookAtLink, Members, RevokeDevices, RevokeOthers, RevokeSession, SaveMember, Sessions, SignIn,
    SignOut, SignOutEverywhere, WhoAmI,
};

pub use apply::record_viewing;
pub use audience::{Audience, audience_of_customer, audience_of_member, care, managers_of, photos};
pub use availability::{cancel_absence, plan_absence, set_hours};
pub use client::Client;
pub use link::{accept_link, issue_link, issue_link_to, look_at_link};
pub use member::{members, save_member};
pub use password::Passwords;
pub use queries::set_password_hash;
pub use republish::{AtCustomer, keep_at, republish, republish_at_customer};
pub use revoke::{Revoked, Which, note_delivery, revoke};
pub use session::{Session, actor, author, no_cookie, open_session, open_session_in, refresh};
pub use sign_in::sign_in;
pub use throttle::Subjects;

/// The server functions of accounts.
pub const CALLS: &[Call] = &[
    Call::new::<SignIn>(Access::Anyone),
    Call::new::<SignOut>(Access::Member),
    Call::new::<SignOutEverywhere>(Access::Member),
    Call::new::<WhoAmI>(Access::Member),
    Call::new::<Sessions>(Access::Member),
    Call::new::<EndSession>(Access::Member),
    Call::new::<RevokeSession>(Access::Member),
    Call::new::<RevokeOthers>(Access::Member),
    Call::new::<LookAtLink>(Access::Anyone),
    Call::new::<AcceptLink>(Access::Anyone),
    Call::new::<Members>(Access::Administrator),
    Call::new::<SaveMember>(Access::Administrator),
    Call::new::<IssueLink>(Access::Administrator),
    Call::new::<RevokeDevices>(Access::Administrator),
];
