//! What a judge asks of the chair, and what the chair answers.
use uuid::Uuid;

use super::forms::typed_sheet;
use super::model::{TypedReport, TypedSheet};
use crate::platform::form::{Fields, Form};

/// A judge's own sheet, to be corrected.
#[derive(Default)]
pub struct CorrectionForm {
    pub reason: String,
}
impl Form for CorrectionForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        CorrectionForm { reason: f.text("correction").trim().to_owned() }
    }
}

/// The chair's answer to a request that the page showed.
#[derive(Default)]
pub struct AnswerForm {
    pub id: Option<Uuid>,
    /// allow | decline; anything else is neither.
    pub act: String,
    pub reason: String,
}
impl Form for AnswerForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        AnswerForm { id: f.line("id").parse().ok(), act: f.line("do"), reason: f.line("reason") }
    }
}

/// A problem with the paper of the address, and the mark sheet beside it.
#[derive(Default)]
pub struct ReportForm {
    pub report: TypedReport,
    pub typed: TypedSheet,
}
impl Form for ReportForm {
    fn from_fields(f: Fields) -> Self {
        let report = TypedReport { kind: f.line("report"), paragraph: f.line("paragraph"), note: f.text("report_note").trim().to_owned() };
        ReportForm { report, typed: typed_sheet(&f) }
    }
}

/// What the chair does about a report that the page showed.
#[derive(Default)]
pub struct DecisionForm {
    pub id: Option<Uuid>,
    /// nothing | note | desk; anything else is none.
    pub act: String,
    pub reason: String,
}
impl Form for DecisionForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        DecisionForm { id: f.line("id").parse().ok(), act: f.line("do"), reason: f.line("reason") }
    }
}
