//! Paper by post, ready to print.
use serde::Serialize;

use super::rules::CONDITIONS;
use crate::entries::pages::{AuthorFields, CategoryPick, DeclarationField, QuestionField, UnitPick};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// One of the conditions of an envelope.
#[derive(Serialize, Default, Clone)]
pub struct ConditionPick {
    /// One of `CONDITIONS`.
    pub id: String,
    pub chosen: bool,
}
/// The desk's form.
#[derive(Serialize, Default, Clone)]
pub struct PostPage {
    pub action: String,
    pub back_href: String,
    /// Of an entry that has one; empty: a new envelope.
    pub number: String,
    pub entry: String,
    pub version: String,
    pub seen: i32,
    /// A postmark decides something here.
    pub asks_postmark: bool,
    pub postmark: String,
    /// The last day that a postmark may bear.
    pub postmark_by: String,
    pub arrived: String,
    pub zone: String,
    pub conditions: Vec<ConditionPick>,
    pub remark: String,
    /// Until when envelopes are written down.
    pub intake_closes: String,
    pub categories: Vec<CategoryPick>,
    pub units: Vec<UnitPick>,
    pub authors: Vec<AuthorFields>,
    pub more_authors: bool,
    /// From which year of birth on a guardian is asked for; empty: never.
    pub minor_from: String,
    pub title: String,
    pub text: String,
    /// The file that stands in it now.
    pub file: String,
    pub declarations: Vec<DeclarationField>,
    pub questions: Vec<QuestionField>,
    /// What the desk asked; empty: nothing is asked.
    pub query: String,
    pub note: String,
    pub errors: Errors,
}
impl Page for PostPage {
    const TEMPLATE: &'static str = "desk/post.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for field in ["postmark", "arrived", "condition", "remark", "category", "unit", "title", "text", "file", "note"] {
            errors.add(field, "Ghi lại.".into());
        }
        let new = PostPage {
            conditions: CONDITIONS.map(|c| ConditionPick { id: c.into(), chosen: c == "whole" }).to_vec(),
            categories: ["", "1–2"].map(|length| CategoryPick { id: "a".into(), name: "Báo".into(), length: length.into(), ..CategoryPick::default() }).to_vec(),
            authors: vec![AuthorFields { n: 1, ..AuthorFields::default() }],
            ..PostPage::default()
        };
        let author = AuthorFields { n: 2, name_error: "Ghi họ và tên.".into(), guardian_error: "Tối đa 200.".into(), ..AuthorFields::default() };
        let full = PostPage {
            number: "12".into(),
            minor_from: "2011".into(),
            asks_postmark: true,
            postmark_by: "15/07/2027".into(),
            units: vec![UnitPick { id: "u".into(), name: "Tỉnh".into(), chosen: true }],
            authors: vec![AuthorFields { n: 1, ..AuthorFields::default() }, author],
            more_authors: true,
            file: "bai.docx".into(),
            query: "Thiếu năm sinh".into(),
            declarations: vec![DeclarationField { id: "declare_1".into(), n: 1, ..DeclarationField::default() }],
            questions: vec![
                QuestionField { id: "answer_1".into(), n: 1, error: "Ngắn hơn.".into(), required: true, ..QuestionField::default() },
                QuestionField { id: "answer_2".into(), n: 2, choices: vec![UnitPick { id: "a".into(), name: "Lớp 8".into(), chosen: true }], ..QuestionField::default() },
            ],
            errors,
            ..new.clone()
        };
        vec![new, full]
    }
}

/// What is handed or sent to the author, with the code.
#[derive(Serialize, Default, Clone)]
pub struct PostedPage {
    pub contest: String,
    pub number: String,
    /// In groups of four; so is the code.
    pub receipt: String,
    /// Empty: it was told before, and is told once.
    pub code: String,
    pub code_action: String,
    /// Where an account redeems it: the whole address, to be printed.
    pub claim_at: String,
    pub title: String,
    pub category: String,
    pub unit: String,
    pub authors: String,
    /// A postmark decides something here.
    pub asks_postmark: bool,
    pub postmark: String,
    pub arrived: String,
    /// One of `CONDITIONS`.
    pub condition: String,
    pub received_at: String,
    pub offset: String,
    /// Empty while there is no text.
    pub sha256: String,
    pub words: String,
    pub late: bool,
    pub untyped: bool,
    /// Some letter went to the author.
    pub reachable: bool,
    /// The next envelope, with what stays; empty where intake has closed, or another code was asked for.
    pub next_href: String,
    pub entry_href: String,
    pub desk_href: String,
}
impl Page for PostedPage {
    const TEMPLATE: &'static str = "desk/posted.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let base = PostedPage {
            number: "12".into(),
            receipt: "AAAA-BBBB-CCCC-DDDD".into(),
            code: "KX7A-4MQB-22AB".into(),
            asks_postmark: true,
            postmark: "14/07/2027".into(),
            condition: "whole".into(),
            next_href: "/c/x/desk/post".into(),
            ..PostedPage::default()
        };
        let bad = PostedPage { late: true, untyped: true, reachable: true, postmark: String::new(), condition: "damaged".into(), ..base.clone() };
        let again =
            PostedPage {
                code: String::new(), next_href: String::new(), sha256: "ab".into(), words: "120".into(), unit: "Tỉnh".into(), condition: "opened".into(), ..base.clone()
            };
        vec![base, bad, again]
    }
}

/// The envelope, beside its entry at the desk.
#[derive(Serialize, Default, Clone)]
pub struct PostCard {
    /// A postmark decides something here.
    pub asks_postmark: bool,
    pub postmark: String,
    pub arrived: String,
    /// One of `CONDITIONS`.
    pub condition: String,
    pub remark: String,
    pub late: bool,
    /// The last day of a postmark, or the deadline.
    pub limit: String,
    pub claimed: bool,
    /// When its code was issued.
    pub code_at: String,
    pub reachable: bool,
    /// Where the desk writes for the author; empty: it may not.
    pub write_href: String,
    pub code_action: String,
}
