use super::{Identity, IssuedLink, LinkHolder, Member, MemberLine, Password, SessionLine};
use crate::{failure::Answer, id::MemberId};
use leptos::prelude::expect_context;
use std::sync::Arc;

/// What the server does behind this feature's server functions, one function each; taken from context, so that no cycle arises.
#[expect(missing_docs, reason = "each is named and described as the server function that it is behind")]
pub trait Port: Send + Sync {
    fn sign_in(&self, email: String, password: Password) -> Answer<'_, Identity>;
    fn sign_out(&self) -> Answer<'_, ()>;
    fn sign_out_everywhere(&self) -> Answer<'_, ()>;
    fn who_am_i(&self) -> Answer<'_, Identity>;
    fn sessions(&self) -> Answer<'_, Vec<SessionLine>>;
    fn end_session(&self, id: String) -> Answer<'_, ()>;
    fn revoke_session(&self, id: String) -> Answer<'_, ()>;
    fn revoke_others(&self) -> Answer<'_, ()>;
    fn revoke_devices(&self, member: MemberId) -> Answer<'_, ()>;
    fn look_at_link(&self, token: String) -> Answer<'_, LinkHolder>;
    fn accept_link(&self, token: String, password: Password) -> Answer<'_, Identity>;
    fn members(&self) -> Answer<'_, Vec<MemberLine>>;
    fn save_member(&self, member: Member) -> Answer<'_, ()>;
    fn issue_link(&self, member: MemberId) -> Answer<'_, IssuedLink>;
}

/// The port of the request at hand.
pub(super) fn port() -> Arc<dyn Port> {
    expect_context()
}
