//! One reading, in the child: what the file is, told by its bytes and never by its name, and its text.
use std::io::{Read, Write};
use std::process::ExitCode;

use super::model::{MAX_UPLOAD, Reading, Unreadable, Warning};
use super::package::Package;
use super::{docx, fortress, odt, plain, text};

/// What `phach read` does: gives up every right, reads standard input, prints a JSON result. With the walls that this machine
/// lacks missing: `serve` has said so when it started.
pub fn serve_one_reading() -> ExitCode {
    fortress::raise();
    read_input()
}

/// The reading itself, behind whatever walls stand.
pub fn read_input() -> ExitCode {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_UPLOAD).unwrap_or(u64::MAX) + 1;
    let outcome = match std::io::stdin().lock().take(most).read_to_end(&mut bytes) {
        Ok(n) if n > MAX_UPLOAD => Err(Unreadable::TooLarge),
        Ok(_) => read(&bytes),
        Err(_) => Err(Unreadable::ReaderDied),
    };
    answer(&outcome)
}

/// What `phach read --check` does: raises the walls as for a reading, reads nothing, and prints which stand.
pub fn tell_walls() -> ExitCode {
    answer(&fortress::raise_to_tell())
}

fn answer(what: &impl serde::Serialize) -> ExitCode {
    match serde_json::to_vec(what).map(|json| std::io::stdout().write_all(&json)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
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
    text::reading_of(&raw, warnings)
}

/// Which word processor's a package is, its parts say.
fn read_package(bytes: &[u8]) -> Result<(String, Vec<Warning>), Unreadable> {
    let mut package = Package::open(bytes)?;
    if odt::is_one(&mut package)? { odt::read(package) } else { docx::read(package) }
}
