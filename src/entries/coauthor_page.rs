//! What a co-author is asked, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// Opened by the link of a letter, without an account.
#[derive(Serialize, Default)]
pub struct CoauthorPage {
    pub contest: String,
    pub contest_href: String,
    pub work: String,
    pub name: String,
    /// Who named the reader as an author; empty: nobody by name.
    pub sender: String,
    /// asked | gone | ended | cut
    pub still: String,
    /// agrees | objects; empty: not answered.
    pub answer: String,
    /// For the desk, with an objection.
    pub words: String,
    pub errors: Errors,
}
impl Page for CoauthorPage {
    const TEMPLATE: &'static str = "entries/coauthor.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let page = |still: &str, answer: &str, sender: &str| CoauthorPage {
            contest: "Cuộc thi".into(),
            contest_href: "/c/x".into(),
            work: "Giữ lấy giờ mở cửa".into(),
            name: "Lê Đình Đức".into(),
            sender: sender.into(),
            still: still.into(),
            answer: answer.into(),
            words: if answer == "objects" { "Tôi không viết.".into() } else { String::new() },
            ..CoauthorPage::default()
        };
        vec![
            page("asked", "", "Nguyễn Thảo Miên"),
            page("asked", "agrees", ""),
            page("asked", "objects", "Nguyễn Thảo Miên"),
            page("gone", "", "x"),
            page("ended", "agrees", "x"),
            page("cut", "objects", "x"),
        ]
    }
}
