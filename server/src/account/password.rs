//! Argon2id, off the threads that answer requests, and never more at once than memory was planned for.

use crate::{error::Error, random};
use app::{
    account::{PASSWORD_MAX, Password},
    sync::protocol::ProblemCode,
};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// How many are hashed at once: each takes 19 MiB for a few dozen milliseconds.
const AT_ONCE: usize = 2;
/// How long one waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);
/// A hash of nothing known, made with the parameters of the real ones: what unknown addresses are compared with, so that the time an
/// answer takes tells nothing.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Nh1yWpZ0m1hJ2k7Qk1Zc5g$2VkxJ0lJb0dQbm1zR1h3Tm9sYkZ5dUtqUXJTdlRhWmU";

/// Hashes and compares passwords.
#[derive(Clone, Debug)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The password's hash in PHC format, with a salt of its own.
    ///
    /// # Errors
    /// [`ProblemCode::Busy`] where too many wait.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        self.run(move || {
            let salt = SaltString::encode_b64(&random::bytes::<16>()).map_err(|error| Error::Internal(error.to_string()))?;
            let hash = argon2().hash_password(password.0.as_bytes(), &salt).map_err(|error| Error::Internal(error.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one behind `hash`; the same work and always `false` where there is no hash.
    ///
    /// # Errors
    /// [`ProblemCode::Busy`] where too many wait.
    pub async fn matches(&self, password: Password, hash: Option<String>) -> Result<bool, Error> {
        self.run(move || {
            let known = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok());
            let compared =
                known.clone().or_else(|| PasswordHash::new(NOBODY).ok()).ok_or_else(|| Error::Internal("no hash to compare".into()))?;
            // Nothing longer can have been set, so it is wrong without being read.
            let bytes = if password.0.chars().count() <= PASSWORD_MAX { password.0.as_bytes() } else { b"" };
            Ok(argon2().verify_password(bytes, &compared).is_ok() && known.is_some())
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        let busy = || Error::problem(ProblemCode::Busy, "Many people sign in right now. Try again in a minute.");
        let turn = tokio::time::timeout(PATIENCE, self.0.clone().acquire_owned()).await.map_err(|_| busy())?.map_err(|_| busy())?;
        tokio::task::spawn_blocking(move || {
            // Held by the work, not by the request: a caller who hangs up frees nothing that is still in use.
            let _turn = turn;
            work()
        })
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
    }
}

/// The OWASP password storage cheat sheet's first choice: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).expect("within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_costs_what_everybody_costs() {
        let nobody = PasswordHash::new(NOBODY).expect("a PHC string");
        assert_eq!(Params::try_from(&nobody).expect("parameters"), *argon2().params());
    }

    #[tokio::test]
    async fn a_password_matches_its_hash_and_no_other() {
        let passwords = Passwords::default();
        let hash = passwords.hash(Password("three blue teapots".into())).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        for (password, hash, matches) in [
            ("three blue teapots", Some(hash.clone()), true),
            ("three blue teapot", Some(hash.clone()), false),
            ("", Some(hash), false),
            ("three blue teapots", None, false),
            ("three blue teapots", Some("!".into()), false),
        ] {
            assert_eq!(passwords.matches(Password(password.into()), hash).await.expect("an answer"), matches);
        }
    }
}
