//! One reading, in the child: what the file is, told by its bytes and never by its name, and its text.
use std::io::{Read, Write};
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::model::{MAX_UPLOAD, Reading, Unreadable, Warning};
use super::package::Package;
use super::{docx, odt, plain, text};

/// What `phach read` does: lowers its own limits, reads standard input, prints a JSON result.
pub fn serve_one_reading() -> ExitCode {
    limit_myself();
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_UPLOAD).unwrap_or(u64::MAX) + 1;
    let outcome = match std::io::stdin().lock().take(most).read_to_end(&mut bytes) {
        Ok(n) if n > MAX_UPLOAD => Err(Unreadable::TooLarge),
        Ok(_) => read(&bytes),
        Err(_) => Err(Unreadable::ReaderDied),
    };
    match serde_json::to_vec(&outcome).map(|json| std::io::stdout().write_all(&json)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// 512 MiB of memory, 8 s of processor, no file written, no core. A limit that cannot be set is no reason to go on
/// without it, but the parent's own limits of time and output still hold.
fn limit_myself() {
    let limit = |n| Rlimit { current: Some(n), maximum: Some(n) };
    for (what, n) in [(Resource::As, 512 << 20), (Resource::Cpu, 8), (Resource::Fsize, 0), (Resource::Nofile, 16), (Resource::Core, 0)] {
        let _ = setrlimit(what, limit(n));
    }
}

/// Pure: bytes to a reading.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let (raw, warnings) = match bytes {
        [b'P', b'K', 3 | 5, ..] => read_package(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(Unreadable::OldDoc),
        _ if bytes.starts_with(b"%PDF") => return Err(Unreadable::Pdf),
        _ if bytes.starts_with(b"MZ") || bytes.starts_with(b"\x7fELF") || bytes.starts_with(b"{\\rtf") => return Err(Unreadable::UnknownKind),
        _ => (plain::decode(bytes)?, vec![]),
    };
    let clean = text::clean(&raw).into_string();
    let words = text::count_words(&clean);
    if words == 0 {
        return Err(Unreadable::Empty);
    }
    if clean.len() > super::model::MAX_TEXT {
        return Err(Unreadable::TooLarge);
    }
    Ok(Reading { text: clean, words, warnings })
}

/// Which word processor's a package is, its parts say.
fn read_package(bytes: &[u8]) -> Result<(String, Vec<Warning>), Unreadable> {
    let mut package = Package::open(bytes)?;
    if odt::is_one(&mut package)? { odt::read(package) } else { docx::read(package) }
}
