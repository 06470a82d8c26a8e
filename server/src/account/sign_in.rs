use super::{
    Client, open_session_in,
    queries::{self, Credentials},
    throttle,
};
use crate::{State, clock, error::Error};
use app::{
    account::{Identity, Password, fold_email},
    sync::protocol::ProblemCode,
};
use axum_extra::extract::cookie::Cookie;

/// Opens a session for whoever knows the password. Address unknown, password wrong, not set yet or member deactivated: the answer and the
/// work are the same.
///
/// # Errors
/// [`ProblemCode::SignedOut`], or [`ProblemCode::Busy`] where it has to wait.
pub async fn sign_in(state: &State, email: &str, password: Password, client: &Client) -> Result<(Identity, Cookie<'static>), Error> {
    let email = fold_email(email);
    let subjects = throttle::Subjects::new(&email, client.address);
    throttle::count(&state.db, &subjects, clock::now()).await?;
    let known = queries::credentials(&mut state.db.read().await?, &email).await?.filter(|known| known.member.active);
    let hash = known.as_ref().and_then(|known| known.password_hash.clone());
    let matches = state.passwords.matches(password, hash).await?;
    let Some(Credentials { organisation, member, .. }) = known.filter(|_| matches) else {
        return Err(Error::problem(ProblemCode::SignedOut, "Email address or password is not right. Check both and try again."));
    };
    let mut tx = state.db.write().await?;
    throttle::forgive(&mut tx, &subjects).await?;
    let cookie = open_session_in(&mut tx, organisation, member.id, &client.agent, state.config.is_https()).await?;
    tx.commit().await?;
    Ok((Identity { organisation, member: member.id, name: member.name }, cookie))
}
