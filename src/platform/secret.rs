//! Random keys, their hashes, and the secret file from which the serving logins' passwords are derived.
use std::io::Write;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// 256 random bits as 64 hex letters: session keys, one-time links.
pub fn random_key() -> String {
    let mut bytes = [0_u8; 32];
    #[expect(clippy::expect_used, reason = "without the system's random numbers nothing may go on")]
    getrandom::fill(&mut bytes).expect("the system's random numbers");
    hex(&bytes)
}

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// The installation's secret: 32 bytes or more in a file that only its owner reads; made when absent.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Errors: the file cannot be read or written, or is too short.
    pub fn load_or_create(path: &Path) -> Result<Secret, String> {
        match std::fs::read(path) {
            Ok(bytes) if bytes.len() >= 32 => Ok(Secret(bytes)),
            Ok(_) => Err(format!("{}: the secret is shorter than 32 bytes", path.display())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Self::create(path),
            Err(e) => Err(format!("{}: {e}", path.display())),
        }
    }
    fn create(path: &Path) -> Result<Secret, String> {
        use std::os::unix::fs::OpenOptionsExt;
        let key = random_key();
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|e| format!("{}: {e}", path.display()))?;
        file.write_all(key.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Secret(key.into_bytes()))
    }
    /// A key for one purpose: HMAC-SHA-256(secret, purpose), hex.
    pub fn derive(&self, purpose: &str) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any key length");
        mac.update(purpose.as_bytes());
        hex(&mac.finalize().into_bytes())
    }
}
