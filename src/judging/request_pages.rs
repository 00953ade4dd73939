//! What judges ask of the chair, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A judge asks to correct a sheet.
#[derive(Serialize, Default, Clone)]
pub struct CorrectionCard {
    pub id: String,
    pub code: String,
    pub href: String,
    pub judge: String,
    pub third: bool,
    pub total: String,
    /// Of the judge.
    pub reason: String,
    /// It can only be declined.
    pub agreed: bool,
    /// As the chair typed it.
    pub answer: String,
    pub error: String,
}
/// A judge reports a paper.
#[derive(Serialize, Default, Clone)]
pub struct ReportCard {
    pub id: String,
    pub code: String,
    pub href: String,
    pub judge: String,
    /// identity-seen | unreadable | suspected-copy
    pub kind: String,
    /// 0: not one paragraph alone.
    pub paragraph: i32,
    pub note: String,
    /// new | nothing | note | desk | answered | late
    pub state: String,
    /// Of the chair: as typed, or as kept.
    pub reason: String,
    /// Of the desk: mended | cannot-be-mended | no-problem.
    pub answer: String,
    pub error: String,
}
/// By code, without an hour.
#[derive(Serialize, Default)]
pub struct RequestsPage {
    pub corrections: Vec<CorrectionCard>,
    pub correction_action: String,
    /// To be decided on.
    pub reports: Vec<ReportCard>,
    pub report_action: String,
    /// Decided on.
    pub past: Vec<ReportCard>,
    pub back_href: String,
    pub errors: Errors,
}
impl Page for RequestsPage {
    const TEMPLATE: &'static str = "board/requests.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let card = CorrectionCard {
            id: "x".into(),
            code: "ABCDEFGHJK".into(),
            href: "/x".into(),
            judge: "Giám Khảo 1".into(),
            total: "80,00".into(),
            reason: "Cộng nhầm điểm nội dung.".into(),
            ..CorrectionCard::default()
        };
        let agreed = CorrectionCard { agreed: true, third: true, error: "…".into(), ..card.clone() };
        let report = |kind: &str, state: &str, answer: &str| ReportCard {
            id: "x".into(),
            code: "ABCDEFGHJK".into(),
            kind: kind.into(),
            paragraph: i32::from(kind != "unreadable"),
            note: "Ở cuối bài.".into(),
            state: state.into(),
            reason: "Đã xem.".into(),
            answer: answer.into(),
            error: "…".into(),
            ..ReportCard::default()
        };
        let reports = ["identity-seen", "unreadable", "suspected-copy"].map(|kind| report(kind, "new", "")).to_vec();
        let mut past: Vec<_> = ["nothing", "note", "desk", "late"].map(|state| report("unreadable", state, "")).to_vec();
        past.extend(["mended", "cannot-be-mended", "no-problem"].map(|word| report("identity-seen", "answered", word)));
        vec![RequestsPage::default(), RequestsPage { corrections: vec![card, agreed], reports, past, ..RequestsPage::default() }]
    }
}
