//! What waits for a second person, and a correction in the making, ready to print.
use serde::Serialize;

use super::pages::{Overtaken, UnmetRow};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A decision that waits.
#[derive(Serialize, Default, Clone)]
pub struct DecisionRow {
    pub id: String,
    /// award | `take_back` | correct
    pub kind: String,
    pub prize: String,
    pub unit: String,
    pub title: String,
    pub authors: String,
    pub was_title: String,
    pub was_authors: String,
    pub reason: String,
    pub by: String,
    pub at: String,
    pub mine: bool,
}
impl DecisionRow {
    /// One of each kind.
    pub fn samples() -> Vec<DecisionRow> {
        let row = |kind: &str, mine| DecisionRow {
            id: "x".into(),
            kind: kind.into(),
            prize: "Tập thể".into(),
            unit: "Tỉnh đoàn".into(),
            title: "Tên bài".into(),
            was_title: "Tên bàì".into(),
            reason: "Nhiều bài hợp lệ".into(),
            mine,
            ..DecisionRow::default()
        };
        vec![row("award", false), row("take_back", true), row("correct", false)]
    }
}

/// For whoever confirms: an organizer, or who holds a key.
#[derive(Serialize, Default)]
pub struct DecisionsPage {
    pub confirm_action: String,
    pub drop_action: String,
    pub results_href: String,
    /// The organizer's own page; empty for who only holds a key.
    pub collectives_href: String,
    /// What is confirmed from now on is a public amendment.
    pub published: bool,
    pub rows: Vec<DecisionRow>,
    /// Collectives that a strike has left without what their prize asks for.
    pub unmet: Vec<UnmetRow>,
    pub errors: Errors,
}
impl Page for DecisionsPage {
    const TEMPLATE: &'static str = "results/decisions.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let full = |published| DecisionsPage { published, rows: DecisionRow::samples(), results_href: "/c/x/results".into(), ..DecisionsPage::default() };
        vec![DecisionsPage::default(), full(false), DecisionsPage { collectives_href: "/c/x/collectives".into(), unmet: vec![UnmetRow::sample()], ..full(true) }]
    }
}

/// How a winner's title and authors are to be read.
#[derive(Serialize, Default)]
pub struct CorrectionPage {
    pub action: String,
    pub collectives_href: String,
    pub published: bool,
    pub code: String,
    pub was_title: String,
    pub was_authors: String,
    pub title: String,
    /// One a line.
    pub authors: String,
    pub reason: String,
    /// The paper has no prize any more: there is no form, and this is what was typed.
    pub gone: bool,
    pub overtaken: Vec<Overtaken>,
    pub errors: Errors,
}
impl Page for CorrectionPage {
    const TEMPLATE: &'static str = "results/correction.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let page = |published| CorrectionPage { published, code: "ABCDEFGHJK".into(), title: "Tên bài".into(), authors: "Tác Giả".into(), ..CorrectionPage::default() };
        let overtaken = Overtaken::lines([("correct-title", &"Tên bài".to_owned())]);
        vec![page(false), page(true), CorrectionPage { gone: true, overtaken, ..page(true) }]
    }
}
