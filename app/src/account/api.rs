//! What needs the server: the phone calls these, the server's port answers.
#![expect(missing_docs, reason = "the macro makes a type of each function's parameters, whose fields cannot be described apart")]

#[cfg(feature = "ssr")]
use super::port::port;
use super::{Identity, IssuedLink, LinkHolder, Member, MemberLine, Password, SessionLine};
use crate::{failure::Failure, id::MemberId};
use leptos::{prelude::*, server_fn::codec::Json};

/// Opens a session; its cookie comes with the answer.
#[server(prefix = "/api/fn", endpoint = "account/sign_in", input = Json)]
pub async fn sign_in(email: String, password: Password) -> Result<Identity, Failure> {
    port().sign_in(email, password).await
}

/// Ends this browser's session.
#[server(prefix = "/api/fn", endpoint = "account/sign_out", input = Json)]
pub async fn sign_out() -> Result<(), Failure> {
    port().sign_out().await
}

/// Ends every session of the member, this one too.
#[server(prefix = "/api/fn", endpoint = "account/sign_out_everywhere", input = Json)]
pub async fn sign_out_everywhere() -> Result<(), Failure> {
    port().sign_out_everywhere().await
}

/// Who is signed in; also keeps the session fresh.
#[server(prefix = "/api/fn", endpoint = "account/who_am_i", input = Json)]
pub async fn who_am_i() -> Result<Identity, Failure> {
    port().who_am_i().await
}

/// Where the member is signed in, the last used first.
#[server(prefix = "/api/fn", endpoint = "account/sessions", input = Json)]
pub async fn sessions() -> Result<Vec<SessionLine>, Failure> {
    port().sessions().await
}

/// Ends one of the member's sessions.
#[server(prefix = "/api/fn", endpoint = "account/end_session", input = Json)]
pub async fn end_session(id: String) -> Result<(), Failure> {
    port().end_session(id).await
}

/// Shuts another of the member's devices out for good: it hands over what it had not sent, then forgets everything.
#[server(prefix = "/api/fn", endpoint = "account/revoke_session", input = Json)]
pub async fn revoke_session(id: String) -> Result<(), Failure> {
    port().revoke_session(id).await
}

/// [`revoke_session`] for every device of the member but this one.
#[server(prefix = "/api/fn", endpoint = "account/revoke_others", input = Json)]
pub async fn revoke_others() -> Result<(), Failure> {
    port().revoke_others().await
}

/// [`revoke_session`] for every device of any member; for administrators.
#[server(prefix = "/api/fn", endpoint = "account/revoke_devices", input = Json)]
pub async fn revoke_devices(member: MemberId) -> Result<(), Failure> {
    port().revoke_devices(member).await
}

/// Whose link it is, without using it.
#[server(prefix = "/api/fn", endpoint = "account/look_at_link", input = Json)]
pub async fn look_at_link(token: String) -> Result<LinkHolder, Failure> {
    port().look_at_link(token).await
}

/// Uses a link: sets the password, ends every session the member had and opens one here.
#[server(prefix = "/api/fn", endpoint = "account/accept_link", input = Json)]
pub async fn accept_link(token: String, password: Password) -> Result<Identity, Failure> {
    port().accept_link(token, password).await
}

/// Everybody in the organisation; for administrators.
#[server(prefix = "/api/fn", endpoint = "account/members", input = Json)]
pub async fn members() -> Result<Vec<MemberLine>, Failure> {
    port().members().await
}

/// Keeps a new or changed member; for administrators. A deactivated one is signed out.
#[server(prefix = "/api/fn", endpoint = "account/save_member", input = Json)]
pub async fn save_member(member: Member) -> Result<(), Failure> {
    port().save_member(member).await
}

/// A new link for a member, in place of any before it; for administrators.
#[server(prefix = "/api/fn", endpoint = "account/issue_link", input = Json)]
pub async fn issue_link(member: MemberId) -> Result<IssuedLink, Failure> {
    port().issue_link(member).await
}
