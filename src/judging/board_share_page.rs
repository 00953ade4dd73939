//! The page of the share for judges who came late, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A judge of whom something changes.
#[derive(Serialize, Default, Clone)]
pub struct ShareRow {
    pub name: String,
    pub late: bool,
    pub now: String,
    /// Empty: none.
    pub gives: String,
    pub gets: String,
    pub after: String,
}
#[derive(Serialize, Default)]
pub struct SharePage {
    pub action: String,
    pub back_href: String,
    /// Nothing moves any more.
    pub closed: bool,
    /// Judges who came late.
    pub late_n: i64,
    /// Judges who have the hat and have not declared; papers come to them only then.
    pub undeclared_n: i64,
    pub undeclared: Vec<String>,
    pub moves_n: i64,
    pub rows: Vec<ShareRow>,
    pub least: String,
    pub most: String,
    pub token: String,
    /// SHA-256 of the seed that the lot is drawn by.
    pub seed: String,
    pub errors: Errors,
}
impl Page for SharePage {
    const TEMPLATE: &'static str = "board/share.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let row =
            |late: bool| ShareRow {
                name: "Giám Khảo".into(), late, now: "12".into(), gives: "3".into(), gets: if late { "9".into() } else { String::new() }, after: "9".into()
            };
        vec![
            SharePage { undeclared_n: 1, undeclared: vec!["Chưa Khai".into()], ..SharePage::default() },
            SharePage { closed: true, ..SharePage::default() },
            SharePage { late_n: 1, ..SharePage::default() },
            SharePage { late_n: 1, moves_n: 9, rows: vec![row(false), row(true)], least: "9".into(), most: "10".into(), seed: "ab".repeat(32), ..SharePage::default() },
        ]
    }
}
