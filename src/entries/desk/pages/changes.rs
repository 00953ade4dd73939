//! Two versions of an entry side by side, ready to print.
use serde::Serialize;

use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct RunView {
    pub text: String,
    pub changed: bool,
}
/// A paragraph, beside what it was.
#[derive(Serialize, Default, Clone)]
pub struct PairView {
    pub old: Vec<RunView>,
    pub new: Vec<RunView>,
    pub same: bool,
}
/// Something of the form.
#[derive(Serialize, Default, Clone)]
pub struct FieldChange {
    /// title | category | unit | authors | words | file
    pub key: String,
    pub old: String,
    pub new: String,
    pub same: bool,
}
#[derive(Serialize, Default)]
pub struct ChangesPage {
    pub number: String,
    pub back_href: String,
    pub from: i32,
    pub to: i32,
    /// The versions before it that it can be compared with.
    pub others: Vec<super::FilterChoice>,
    /// What the desk asked, and what the author answered.
    pub asked: String,
    pub answer: String,
    pub fields: Vec<FieldChange>,
    pub pairs: Vec<PairView>,
    /// Paragraphs that are the same and not shown.
    pub hidden: usize,
    /// Shows every paragraph; empty where it does already.
    pub all_href: String,
}
impl Page for ChangesPage {
    const TEMPLATE: &'static str = "desk/changes.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let run = |text: &str, changed| RunView { text: text.into(), changed };
        let field = |key: &str, same| FieldChange { key: key.into(), old: "Cũ".into(), new: "Mới".into(), same };
        let pair = PairView { old: vec![run("Tôi là ", false), run("Bảo Ngân", true)], new: vec![run("Tôi là ", false), run("người viết", true)], same: false };
        vec![
            ChangesPage {
                number: "7".into(),
                from: 1,
                to: 2,
                asked: "Bỏ tên".into(),
                answer: "Đã bỏ".into(),
                others: vec![super::FilterChoice { id: "1".into(), name: "/c/x".into(), ..super::FilterChoice::default() }],
                fields: ["title", "category", "unit", "authors", "answers", "words", "file"].map(|k| field(k, k == "unit")).to_vec(),
                pairs: vec![pair, PairView { same: true, ..PairView::default() }],
                hidden: 3,
                all_href: "/c/x".into(),
                ..ChangesPage::default()
            },
            ChangesPage::default(),
        ]
    }
}
