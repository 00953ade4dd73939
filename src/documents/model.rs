//! What comes out of a reading, and why one can fail.
use serde::{Deserialize, Serialize};

/// Bytes of an upload, at most (20 MiB).
pub const MAX_UPLOAD: usize = 20 * 1024 * 1024;
/// Bytes of clean text, at most (4 MiB): what a draft holds.
pub const MAX_TEXT: usize = 4 * 1024 * 1024;

/// A text read from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub text: String,
    /// Syllables.
    pub words: u32,
    pub warnings: Vec<Warning>,
}

/// What was left out of the text; the contestant is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    HiddenText,
    Pictures,
    TrackedChanges,
    OldFont,
}

impl Warning {
    /// Key of its sentence: `reading-warning-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Warning::HiddenText => "hidden-text",
            Warning::Pictures => "pictures",
            Warning::TrackedChanges => "tracked-changes",
            Warning::OldFont => "old-font",
        }
    }
}

/// Why a file gives no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[error("{}", self.code())]
pub enum Unreadable {
    /// No word in it.
    Empty,
    TooLarge,
    /// An OLE file: old .doc, or a .docx under a password; an .odt under one.
    OldDoc,
    Pdf,
    /// Neither text nor .docx nor .odt.
    UnknownKind,
    /// Not UTF-8 nor UTF-16.
    UnknownEncoding,
    /// A package that is damaged.
    Broken,
    /// A package made to exhaust its reader.
    Bomb,
    /// A document type declaration, or entities of its own.
    Forbidden,
    TooSlow,
    ReaderDied,
}

impl Unreadable {
    pub const ALL: [Unreadable; 11] = [
        Unreadable::Empty,
        Unreadable::TooLarge,
        Unreadable::OldDoc,
        Unreadable::Pdf,
        Unreadable::UnknownKind,
        Unreadable::UnknownEncoding,
        Unreadable::Broken,
        Unreadable::Bomb,
        Unreadable::Forbidden,
        Unreadable::TooSlow,
        Unreadable::ReaderDied,
    ];
    /// Key of its sentence: `unreadable-<code>`; also what the attachment's row holds.
    pub fn code(self) -> &'static str {
        match self {
            Unreadable::Empty => "empty",
            Unreadable::TooLarge => "too-large",
            Unreadable::OldDoc => "old-doc",
            Unreadable::Pdf => "pdf",
            Unreadable::UnknownKind => "unknown-kind",
            Unreadable::UnknownEncoding => "unknown-encoding",
            Unreadable::Broken => "broken",
            Unreadable::Bomb => "bomb",
            Unreadable::Forbidden => "forbidden",
            Unreadable::TooSlow => "too-slow",
            Unreadable::ReaderDied => "reader-died",
        }
    }
    pub fn parse(code: &str) -> Option<Unreadable> {
        Unreadable::ALL.into_iter().find(|u| u.code() == code)
    }
}
