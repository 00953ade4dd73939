//! What can still be done about an entry that is cut, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct AfterCutPage {
    pub number: String,
    pub title: String,
    pub back_href: String,
    /// Where the forms lead, each with its own end.
    pub action: String,
    /// Its contestant asked to withdraw it: since when; empty: not asked.
    pub asked_at: String,
    /// Nothing can be done any more: the words' code, as on the entry's page.
    pub locked: String,
    pub reason: String,
    pub errors: Errors,
}
impl Page for AfterCutPage {
    const TEMPLATE: &'static str = "desk/after-cut.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let page = AfterCutPage { number: "12".into(), title: "Tên bài".into(), ..AfterCutPage::default() };
        let mut errors = Errors::default();
        errors.add("reason", "Ghi lý do.".into());
        errors.add("sure", "Đánh dấu ô xác nhận.".into());
        vec![
            page.clone(),
            AfterCutPage { asked_at: "09:00".into(), errors, ..page.clone() },
            AfterCutPage { locked: "struck-out".into(), ..page.clone() },
            AfterCutPage { locked: "sealed".into(), reason: "Chép lại.".into(), ..page },
        ]
    }
}
