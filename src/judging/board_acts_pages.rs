//! Pages of what the chair mends, ready to print: discrepancies by size, a judge.
use serde::Serialize;

use super::board_pages::{GapRow, Pager};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default)]
pub struct GapsPage {
    pub rows: Vec<GapRow>,
    pub count: String,
    pub threshold: String,
    pub pager: Pager,
    pub back_href: String,
}
impl Page for GapsPage {
    const TEMPLATE: &'static str = "board/gaps.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let row = |state: &str| GapRow { code: "ABCDEFGHJK".into(), marks: "60,00 · 80,00".into(), state: state.into(), agreed: "70,00".into(), ..GapRow::default() };
        let rows = ["wanted", "dealt", "short", "in", "chair"].map(row).to_vec();
        vec![GapsPage::default(), GapsPage { rows, pager: Pager { earlier: "?from=0".into(), later: "?from=400".into() }, ..GapsPage::default() }]
    }
}

#[derive(Serialize, Default)]
pub struct JudgePage {
    pub name: String,
    pub declared: bool,
    pub open: String,
    pub open_n: i64,
    pub marked: String,
    pub marked_n: i64,
    pub recused: String,
    /// kept | again; empty: the judge marks.
    pub withdrawn: String,
    pub withdrawn_reason: String,
    /// The round is closed.
    pub closed: bool,
    /// Empty mark sheets, for the printer.
    pub sheets_href: String,
    pub action: String,
    pub sheets: String,
    pub reason: String,
    pub back_href: String,
    pub errors: Errors,
}
impl Page for JudgePage {
    const TEMPLATE: &'static str = "board/judge.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let judge =
            |withdrawn: &str| JudgePage {
                name: "Giám Khảo".into(), declared: true, withdrawn: withdrawn.into(), withdrawn_reason: "Nghỉ ốm".into(), ..JudgePage::default()
            };
        let mut wrong = JudgePage { marked_n: 2, sheets: "again".into(), ..judge("") };
        for field in ["sheets", "reason", "sure"] {
            wrong.errors.add(field, "…".into());
        }
        vec![
            JudgePage { open_n: 3, marked_n: 2, sheets: "kept".into(), ..judge("") },
            wrong,
            JudgePage { closed: true, ..judge("") },
            judge("kept"),
            judge("again"),
            JudgePage::default(),
        ]
    }
}

/// A closing that was taken back.
#[derive(Serialize, Default, Clone)]
pub struct PastRow {
    pub closed_at: String,
    pub at: String,
    pub reason: String,
}
/// The round opened again: what was asked for, what was done before.
#[derive(Serialize, Default, Clone)]
pub struct ReopeningCard {
    pub action: String,
    pub withdraw_action: String,
    /// Of the request that waits; empty: none does.
    pub id: String,
    pub asked_by: String,
    pub asked_reason: String,
    pub until: String,
    /// The visitor asked.
    pub mine: bool,
    pub past: Vec<PastRow>,
}
impl ReopeningCard {
    /// For the pages' samples.
    pub fn sample(id: &str, mine: bool) -> Self {
        let past = vec![PastRow { closed_at: "12:00:00".into(), at: "13:00:00".into(), reason: "…".into() }];
        ReopeningCard { id: id.into(), asked_by: "Trưởng Ban".into(), asked_reason: "Chấm sót một bài".into(), mine, past, ..ReopeningCard::default() }
    }
}

/// Where a ranking group stands.
#[derive(Serialize, Default, Clone)]
pub struct GroupRow {
    pub name: String,
    pub papers: String,
    /// Fewer than five: a code hides nobody.
    pub few: bool,
    pub done: String,
    pub wanted: String,
    /// For the ruler.
    pub done_n: i64,
    pub wanted_n: i64,
    pub thirds_waiting: String,
    pub thirds_done: String,
    pub unassigned: String,
}
