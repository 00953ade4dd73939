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

#[derive(Clone)]
pub struct Hasher {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Verified for unknown addresses, so that they cost the same.
    dummy: Arc<str>,
}

impl Hasher {
    /// Errors: the system gives no random numbers.
    pub fn new() -> Result<Hasher, Failure> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let dummy = Argon2::default().hash_password(b"nobody has this password").map_err(Failure::broken)?.to_string();
        Ok(Hasher { running: Arc::new(Semaphore::new(cores.div_ceil(2))), waiting: Arc::new(Semaphore::new(MOST_WAITING)), dummy: dummy.into() })
    }

    pub async fn hash(&self, password: String) -> Result<String, Failure> {
        self.bounded(move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(Failure::broken)).await?
    }

    /// Whether the password is the one behind `hash`; None (no such account) costs the same and is always false.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Failure> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.to_string());
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
