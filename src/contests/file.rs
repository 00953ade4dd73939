//! The contest file: TOML that a secretariat writes, read into a `Ruleset` or refused with every mistake
//! at once, each with its line and what to do about it.

mod asked;
mod checks;
mod contest;
mod dates;
mod draft;
mod near;
mod people;
mod problem;
mod reader;
mod render;
mod schema;
mod scoring;
mod syntax;
mod values;

#[cfg(test)]
mod tests;

use toml::de::DeTable;

use super::model::Ruleset;

pub use dates::{LocalFault, local, local_minute, whole_day};
pub use near::slug_of;
pub use problem::{FileError, Problem};
pub use render::render;
pub use values::{MOST_LINE, MOST_PARAGRAPHS, MOST_REMARK, is_hidden};

/// The longest file that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// The most mistakes that one reading reports: nobody mends more at a time.
pub const MAX_ERRORS: usize = 200;

/// Reads a contest file. Mistakes come in the order of their lines; only mistakes of syntax hide others.
pub fn parse(text: &str) -> Result<Ruleset, Vec<FileError>> {
    let mut log = reader::Log::new(text);
    if text.len() > MAX_BYTES {
        let (bytes, limit) = (text.len(), MAX_BYTES);
        log.add(1, Problem::TooLarge { bytes, limit });
        return Err(log.finish());
    }
    let (root, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        syntax::report(&mut log, text, &faults);
        return Err(log.finish());
    }
    let draft = draft::read(&mut log, root.get_ref());
    checks::check(&mut log, &draft);
    let errors = log.finish();
    match draft.into_ruleset() {
        Some(ruleset) if errors.is_empty() => Ok(ruleset),
        _ => Err(errors),
    }
}
