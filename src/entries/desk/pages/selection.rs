//! Many entries at once, ready to print.
use serde::Serialize;

use crate::platform::page::{Page, Side};

/// One entry of a selection.
#[derive(Serialize, Default, Clone)]
pub struct SelectedRow {
    /// `number:version`, as it was seen.
    pub seen: String,
    pub number: String,
    pub href: String,
    pub title: String,
    pub category: String,
    pub version: i32,
    /// Syllables and how many there may be; empty limits: any length.
    pub words: String,
    pub limits: String,
    pub authors: i32,
    /// Why it is left, in order; empty where it may be valid.
    pub left_for: Vec<String>,
}
/// What each entry was checked for, or, once decided, which ones were left.
#[derive(Serialize, Default)]
pub struct SelectionPage {
    pub action: String,
    pub back_href: String,
    pub rows: Vec<SelectedRow>,
    /// How many may be valid, or have become so.
    pub fit: usize,
    pub left: usize,
    /// They have been decided: what is listed was left.
    pub decided: bool,
}
/// Why an entry is left: `desk-left-<code>`.
pub const LEFT_FOR: [&str; 26] = [
    "cut",
    "queried",
    "valid",
    "refused",
    "withdrawn",
    "struck_out",
    "pending",
    "unreadable",
    "untyped",
    "post-late",
    "short",
    "long",
    "authors-few",
    "authors-many",
    "too-young",
    "age-unknown",
    "guardian-missing",
    "flagged",
    "identity",
    "newer-version",
    "unknown",
    "not-readable",
    "entry-cut",
    "entry-ended",
    "limit-per-category",
    "limit-overall",
];
impl Page for SelectionPage {
    const TEMPLATE: &'static str = "desk/selection.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let row = |left_for: &[&str]| SelectedRow {
            seen: "7:1".into(),
            number: "7".into(),
            title: "Giữ lấy giờ mở cửa".into(),
            words: "1.842".into(),
            limits: if left_for.is_empty() { "1.500–3.000".into() } else { String::new() },
            authors: 1,
            left_for: left_for.iter().map(|s| (*s).to_owned()).collect(),
            ..SelectedRow::default()
        };
        let rows = vec![row(&[]), row(&LEFT_FOR)];
        let page = |fit, left, decided| SelectionPage { rows: rows.clone(), fit, left, decided, ..SelectionPage::default() };
        vec![page(1, 1, false), page(0, 1, false), page(3, 1, true), SelectionPage::default()]
    }
}
