//! Papers and mark sheets for the printer: the code, and nothing that says whose they are.
use serde::Serialize;

use crate::platform::page::{Page, Side};

/// A line of a mark sheet.
#[derive(Serialize, Default, Clone)]
pub struct SheetLine {
    pub name: String,
    pub description: String,
    pub max: String,
    pub step: String,
    /// As handed in; empty: to be filled in by hand.
    pub mark: String,
}
#[derive(Serialize, Default, Clone)]
pub struct PrintedPaper {
    pub code: String,
    /// Empty where only the sheet is printed.
    pub title: String,
    pub category: String,
    pub paragraphs: Vec<String>,
    pub lines: Vec<SheetLine>,
    pub total: String,
    pub max: String,
    pub comment: String,
}
#[derive(Serialize, Default, Clone)]
pub struct PrintPage {
    /// Whose sheets; empty: the own ones. On the screen only.
    pub judge: String,
    pub contest: String,
    /// Of the papers.
    pub lang: String,
    pub papers: Vec<PrintedPaper>,
    /// Only mark sheets.
    pub sheets_only: bool,
    /// The same with texts, or without; empty for the chair, who prints sheets.
    pub other_href: String,
    pub back_href: String,
    pub earlier: String,
    pub later: String,
}
impl Page for PrintPage {
    const TEMPLATE: &'static str = "judging/print.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let line = |mark: &str| SheetLine { name: "Nội dung".into(), description: "Đúng chủ đề.".into(), max: "60".into(), step: "0,5".into(), mark: mark.into() };
        let paper = PrintedPaper {
            code: "ABCDEFGHJK".into(),
            title: "Một cửa, nhiều lối vào".into(),
            category: "Báo".into(),
            paragraphs: vec!["Đoạn một.".into()],
            lines: vec![line(""), line("")],
            max: "100".into(),
            ..PrintedPaper::default()
        };
        let marked = PrintedPaper { lines: vec![line("45,00")], total: "45,00".into(), comment: "Vào bài cụ thể.".into(), ..paper.clone() };
        let page = PrintPage { papers: vec![paper.clone(), marked], other_href: "/x".into(), earlier: "/x".into(), later: "/x".into(), lang: "vi".into(), ..PrintPage::default() };
        let empty =
            PrintPage {
                judge: "Giám Khảo 1".into(), sheets_only: true, papers: vec![PrintedPaper { paragraphs: vec![], title: String::new(), ..paper }], ..PrintPage::default()
            };
        vec![page.clone(), PrintPage { sheets_only: true, ..page }, empty, PrintPage::default()]
    }
}
