//! What is typed on the chair's pages.
use uuid::Uuid;

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

/// The preview of a share that is agreed to.
#[derive(Default)]
pub struct ShareForm {
    pub token: String,
    pub sure: bool,
}
impl Form for ShareForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        ShareForm { token: f.line("token"), sure: f.line("sure") == "yes" }
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

/// One judge's sheet on the paper of the address.
#[derive(Default, Clone)]
pub struct AsideForm {
    pub judge: Option<Uuid>,
    pub reason: String,
}
impl Form for AsideForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        AsideForm { judge: f.line("judge").parse().ok(), reason: f.line("reason") }
    }
}

/// The agreed mark of the paper of the address, decided by the chair.
#[derive(Default, Clone)]
pub struct MarkForm {
    pub mark: String,
    pub reason: String,
}
impl Form for MarkForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        MarkForm { mark: f.line("mark"), reason: f.text("reason").trim().to_owned() }
    }
}

/// A judge marks no more.
#[derive(Default, Clone)]
pub struct WithdrawForm {
    /// kept | again
    pub sheets: String,
    pub reason: String,
    pub sure: bool,
}
impl Form for WithdrawForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        WithdrawForm { sheets: f.line("sheets"), reason: f.text("reason").trim().to_owned(), sure: f.line("sure") == "yes" }
    }
}

/// Why the round should be opened again.
#[derive(Default, Clone)]
pub struct ReopenForm {
    pub reason: String,
}
impl Form for ReopenForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        ReopenForm { reason: f.text("reason").trim().to_owned() }
    }
}

/// The request that the page showed; the organizer's answer to it.
#[derive(Default, Clone)]
pub struct ReopeningForm {
    pub id: Option<Uuid>,
    /// confirm | decline; of the chair nothing.
    pub act: String,
    pub sure: bool,
}
impl Form for ReopeningForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        ReopeningForm { id: f.line("id").parse().ok(), act: f.line("do"), sure: f.line("sure") == "yes" }
    }
}
