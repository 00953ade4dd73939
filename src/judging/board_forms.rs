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
