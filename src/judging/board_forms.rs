//! What is typed on the chair's pages.
use crate::platform::form::{Fields, Form};

/// A reading that nobody is left for.
#[derive(Default, Clone)]
pub struct ExcuseForm {
    pub code: String,
    pub reason: String,
}
impl Form for ExcuseForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        ExcuseForm { code: f.line("code").to_uppercase(), reason: f.text("reason").trim().to_owned() }
    }
}

/// Whether a paper with a new text is read again.
#[derive(Default)]
pub struct ReadingForm {
    pub code: String,
    pub again: bool,
    pub reason: String,
}
impl Form for ReadingForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        ReadingForm { code: f.line("code").to_uppercase(), again: f.line("do") == "again", reason: f.line("reason") }
    }
}

/// The preview that is agreed to.
#[derive(Default)]
pub struct DealForm {
    pub cap: String,
    pub token: String,
}
impl Form for DealForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        DealForm { cap: f.line("cap"), token: f.line("token") }
    }
}
