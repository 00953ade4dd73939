//! The receipt, ready to print.
use serde::Serialize;

use super::pages::{AnswerLine, sample_answers};
use super::qr::Qr;
use crate::platform::page::{Page, Side};

/// The own mark, as the rules show it.
#[derive(Serialize, Default, Clone)]
pub struct OwnMark {
    /// Empty where nobody could read it.
    pub mark: String,
    pub total: String,
    pub readings: i32,
    pub comments: Vec<String>,
}
#[derive(Serialize, Default, Clone)]
pub struct ReceiptPage {
    pub contest: String,
    pub entry_href: String,
    pub original_href: String,
    pub number: String,
    /// In groups of four.
    pub receipt: String,
    pub version: i32,
    /// What counts was written down by the desk, from paper.
    pub by_desk: bool,
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
    /// How far the readings of its category are: marking | read; empty before the cut.
    pub readings: String,
    /// Independent readings that the rules ask for.
    pub readers: i32,
    /// Where the results are; empty before the publication.
    pub results_href: String,
    /// none | mark | mark_and_comments: what the rules show of the own marking.
    pub own_rule: String,
    /// Once the results are out: the prize that it has; empty: none.
    pub prize: String,
    /// Once the results are out, of what was marked to the end, as the rules allow.
    pub own: Option<OwnMark>,
    /// What was answered and declared with it.
    pub answers: Vec<AnswerLine>,
    pub may_edit: bool,
    pub deadline: String,
    /// Where the next one begins, with what stays of this one; empty where nothing new is received.
    pub next_action: String,
    /// As many entries count for the visitor as the rules allow one person.
    pub at_limit: bool,
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
            readers: 2,
            own_rule: "none".into(),
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
        all.push(ReceiptPage { reading: "paper".into(), by_desk: true, sha256: String::new(), ..base.clone() });
        all.push(ReceiptPage { by_desk: true, version: 2, ..base.clone() });
        let cut = ReceiptPage { state: "valid".into(), cut: true, version: 2, ..base };
        let read = |word: &str, rule: &str| ReceiptPage { readings: word.into(), own_rule: rule.into(), ..cut.clone() };
        let own = |mark: &str, rule: &str, comments: &[&str]| ReceiptPage {
            results_href: "/c/x/results".into(),
            own: Some(OwnMark { mark: mark.into(), total: "100".into(), readings: 2, comments: comments.iter().map(|c| (*c).to_owned()).collect() }),
            ..read("read", rule)
        };
        all.extend([read("marking", "mark"), read("read", "mark_and_comments"), ReceiptPage { results_href: "/c/x/results".into(), ..read("read", "none") }]);
        all.extend([own("80,00", "mark", &[]), own("80,00", "mark_and_comments", &["Dẫn chứng tốt."]), own("", "mark_and_comments", &[])]);
        all.push(ReceiptPage { prize: "Giải Nhất".into(), ..own("80,00", "mark", &[]) });
        all.push(ReceiptPage { at_limit: true, ..cut.clone() });
        all.push(cut);
        all
    }
}
