//! Passwords: argon2id (19 MiB, 2 passes, 1 lane: OWASP's first choice), in a bounded pool so that a rush of sign-ins
//! cannot starve the pages.
use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use tokio::sync::Semaphore;

use super::failure::Failure;

/// Fewest characters of a password; no other rule of composition (ASVS 6.2).
pub const MIN_LENGTH: usize = 10;
/// Most characters, so that nobody hands us a megabyte to hash.
pub const MAX_LENGTH: usize = 200;
/// Waiting hashes beyond this are answered "busy": at 35 ms each this is already some seconds.
const MOST_WAITING: usize = 128;

/// Verified for unknown addresses, so that they cost the same: the parameters of `Argon2::default()`, and no password
/// that fits.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCEhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[derive(Clone)]
pub struct Hasher {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Hasher {
    pub fn new() -> Hasher {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Hasher { running: Arc::new(Semaphore::new(cores.div_ceil(2))), waiting: Arc::new(Semaphore::new(MOST_WAITING)) }
    }

    pub async fn hash(&self, password: String) -> Result<String, Failure> {
        self.bounded(move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(Failure::broken)).await?
    }

    /// Whether the password is the one behind `hash`; None (no such account) costs the same and is always false.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Failure> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let fits = self
            .bounded(move || {
                let parsed = PasswordHash::new(&hash).map_err(Failure::broken)?;
                Ok::<_, Failure>(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
            })
            .await??;
        Ok(fits && known)
    }

    async fn bounded<R: Send + 'static>(&self, work: impl FnOnce() -> R + Send + 'static) -> Result<R, Failure> {
        let _place = self.waiting.try_acquire().map_err(Failure::busy)?;
        let _turn = self.running.acquire().await.map_err(Failure::broken)?;
        tokio::task::spawn_blocking(work).await.map_err(Failure::broken)
    }
}

/// What a sign-in costs, so many times over and nothing else.
pub fn hash_often(times: u32) -> Result<(), String> {
    (0..times).try_for_each(|_| Argon2::default().hash_password(b"a password").map(drop).map_err(|e| e.to_string()))
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_hash_costs_what_everybodys_costs() {
        let (nobodys, fresh) = (PasswordHash::new(NOBODYS).unwrap(), Argon2::default().hash_password(b"x").unwrap());
        assert_eq!((nobodys.algorithm, nobodys.version, &nobodys.params), (fresh.algorithm, fresh.version, &fresh.params));
        assert_eq!(nobodys.hash.unwrap().len(), fresh.hash.unwrap().len());
        assert!(Argon2::default().verify_password(b"", &nobodys).is_err());
    }
}
