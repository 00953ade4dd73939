//! The receipt, ready to print.
use serde::Serialize;

use super::pages::{AnswerLine, sample_answers};
use super::qr::Qr;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct ReceiptPage {
    pub contest: String,
    pub entry_href: String,
    pub original_href: String,
    pub number: String,
    /// In groups of four.
    pub receipt: String,
    pub version: i32,
    pub title: String,
    pub category: String,
    pub unit: String,
    pub authors: String,
    pub received_at: String,
    pub offset: String,
    /// Empty while there is no text.
    pub sha256: String,
    pub words: String,
    /// Empty where text was typed.
    pub file_name: String,
    /// pending | read | unreadable | text | paper
    pub reading: String,
    /// waiting | queried | valid | refused | withdrawn | struck_out
    pub state: String,
    pub state_at: String,
    pub cut: bool,
    /// What was answered and declared with it.
    pub answers: Vec<AnswerLine>,
    pub may_edit: bool,
    pub deadline: String,
    /// Where the next one begins, with what stays of this one; empty where nothing new is received.
    pub next_action: String,
    pub id: String,
    pub list_href: String,
    /// Where anybody with the number and the hash may ask whether it is real: with both, and as one types it.
    pub check_href: String,
    pub check_page: String,
    pub qr: Qr,
}
impl Page for ReceiptPage {
    const TEMPLATE: &'static str = "entries/receipt.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let base = ReceiptPage {
            number: "12".into(),
            receipt: "AAAA-BBBB-CCCC-DDDD".into(),
            words: "2.000".into(),
            reading: "text".into(),
            sha256: "ab".into(),
            state: "waiting".into(),
            answers: sample_answers(),
            qr: Qr::of("https://thi.example.vn/c/x/receipt"),
            ..ReceiptPage::default()
        };
        let mut all =
            vec![base.clone(), ReceiptPage { file_name: "bai.docx".into(), reading: "pending".into(), may_edit: true, next_action: "/c/x/entries".into(), ..base.clone() }];
        for state in ["queried", "valid", "refused", "withdrawn", "struck_out"] {
            all.push(ReceiptPage { state: state.into(), reading: "read".into(), file_name: "bai.docx".into(), unit: "Tỉnh".into(), ..base.clone() });
        }
        all.push(ReceiptPage { reading: "unreadable".into(), file_name: "b".into(), state: "queried".into(), ..base.clone() });
        all.push(ReceiptPage { reading: "paper".into(), sha256: String::new(), ..base.clone() });
        all.push(ReceiptPage { state: "valid".into(), cut: true, version: 2, ..base });
        all
    }
}
