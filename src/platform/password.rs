//! Passwords: argon2id (19 MiB, 2 passes, 1 lane: OWASP's first choice), in a bounded pool so that a rush of sign-ins
//! cannot starve the pages.
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, Version};
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
    /// The blocks of the last hash, for some seconds: asking the system for 19 MiB costs a tenth of a hash.
    memory: Arc<Mutex<Memory>>,
}

#[derive(Default)]
struct Memory {
    blocks: Vec<Block>,
    used: Option<Instant>,
    /// Somebody sees to it that they go back to the system.
    watched: bool,
}

/// How long the blocks of the last hash are kept for the next one.
const KEPT: Duration = Duration::from_secs(5);

/// Gives the blocks back once nobody has hashed for a while.
async fn give_back(memory: Arc<Mutex<Memory>>) {
    loop {
        tokio::time::sleep(KEPT).await;
        let Ok(mut m) = memory.lock() else { return };
        if m.used.is_none_or(|at| at.elapsed() >= KEPT) {
            *m = Memory::default();
            return;
        }
    }
}

/// Whether `hash`, of ours, is of this password.
fn fits(password: &[u8], hash: &str, blocks: &mut Vec<Block>) -> Result<bool, argon2::password_hash::Error> {
    let parsed = PasswordHash::new(hash)?;
    let (Some(salt), Some(wanted)) = (&parsed.salt, &parsed.hash) else { return Ok(false) };
    let params = Params::try_from(&parsed)?;
    let algorithm = Algorithm::try_from(parsed.algorithm.as_str())?;
    let version = parsed.version.map_or(Ok(Version::default()), Version::try_from)?;
    blocks.resize(params.block_count(), Block::new());
    let mut out = vec![0; wanted.len()];
    Argon2::new(algorithm, version, params).hash_password_into_with_memory(password, salt.as_ref(), &mut out, blocks)?;
    Ok(Output::new(&out)? == *wanted) // compares in constant time
}

impl Hasher {
    pub fn new() -> Hasher {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Hasher { running: Arc::new(Semaphore::new(cores.div_ceil(2))), waiting: Arc::new(Semaphore::new(MOST_WAITING)), memory: Arc::default() }
    }

    pub async fn hash(&self, password: String) -> Result<String, Failure> {
        self.bounded(move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(Failure::broken)).await?
    }

    /// Whether the password is the one behind `hash`; None (no such account) costs the same and is always false.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Failure> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let memory = self.memory.clone();
        let fits = self
            .bounded(move || {
                let mut blocks = memory.lock().map(|mut m| std::mem::take(&mut m.blocks)).unwrap_or_default();
                let fits = fits(password.as_bytes(), &hash, &mut blocks);
                if let Ok(mut kept) = memory.lock() {
                    (kept.blocks, kept.used) = (blocks, Some(Instant::now()));
                }
                fits
            })
            .await?;
        if self.memory.lock().is_ok_and(|mut m| !std::mem::replace(&mut m.watched, true)) {
            tokio::spawn(give_back(self.memory.clone()));
        }
        Ok(fits.map_err(Failure::broken)? && known)
    }

    async fn bounded<R: Send + 'static>(&self, work: impl FnOnce() -> R + Send + 'static) -> Result<R, Failure> {
        let _place = self.waiting.try_acquire().map_err(Failure::busy)?;
        let _turn = self.running.acquire().await.map_err(Failure::broken)?;
        tokio::task::spawn_blocking(work).await.map_err(Failure::broken)
    }
}

/// What a sign-in costs, so many times over and nothing else.
pub fn hash_often(times: u32) -> Result<(), String> {
    let mut blocks = vec![];
    (0..times).try_for_each(|_| fits(b"a password", NOBODYS, &mut blocks).map(drop).map_err(|e| e.to_string()))
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
        assert!(!fits(b"", NOBODYS, &mut vec![]).unwrap());
    }

    #[test]
    fn a_hash_fits_its_password_alone_in_memory_used_before_and_as_the_library_says() {
        use argon2::password_hash::PasswordVerifier;
        let hash = Argon2::default().hash_password("một câu dài dễ nhớ".as_bytes()).unwrap();
        let mut blocks = vec![];
        for (password, expected) in [("một câu dài dễ nhớ", true), ("một câu dài dễ nhỡ", false), ("một câu dài dễ nhớ", true)] {
            assert_eq!(fits(password.as_bytes(), &hash.to_string(), &mut blocks).unwrap(), expected, "{password}");
            assert_eq!(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(), expected);
        }
    }
}
