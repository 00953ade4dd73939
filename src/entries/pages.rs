//! Pages of the contestant, ready to print.
use serde::Serialize;

pub use super::form_pages::{AnswerLine, Conflict, DeclarationField, Limits, OtherText, QuestionField, sample_answers};
pub use super::receipt_page::ReceiptPage;
use super::repair::pages::{OwnRepair, sample_own};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct CategoryPick {
    pub id: String,
    pub name: String,
    /// `1.500–3.000`; empty where nothing is limited.
    pub length: String,
    pub min: i32,
    /// 0: no limit.
    pub max: i32,
    pub min_authors: i32,
    pub max_authors: i32,
    pub script: bool,
    pub chosen: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct UnitPick {
    pub id: String,
    /// Indented by its depth.
    pub name: String,
    pub chosen: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct AuthorFields {
    pub n: usize,
    pub name: String,
    pub pen: String,
    pub year: String,
    pub email: String,
    pub phone: String,
    pub name_error: String,
    pub pen_error: String,
    pub year_error: String,
    pub email_error: String,
    pub phone_error: String,
    pub guardian: String,
    pub guardian_agrees: bool,
    pub guardian_error: String,
    pub agrees_error: String,
}
#[derive(Serialize, Default, Clone)]
pub struct FileCard {
    pub name: String,
    pub size: String,
    /// pending | read | unreadable
    pub state: String,
    /// Ready to print.
    pub words: String,
    /// A code of room documents.
    pub reason: String,
    pub warnings: Vec<String>,
}
#[derive(Serialize, Default, Clone)]
pub struct Query {
    /// Empty: the file could not be read.
    pub reason: String,
    pub at: String,
    /// When the desk wishes to have the answer; empty: by the last moment.
    pub wished: String,
    pub until: String,
}
/// How long the text is and may be.
#[derive(Serialize, Default, Clone)]
pub struct LengthBar {
    /// Ready to print.
    pub words: String,
    pub value: u32,
    pub min: i32,
    /// 0: no limit.
    pub max: i32,
    /// Where the ruler ends.
    pub scale: i32,
    /// `1.500–3.000`; empty where nothing is limited.
    pub allowed: String,
    /// short | long | fits
    pub verdict: String,
    /// By how many words.
    pub by: String,
}
/// A line of the list of what is still to do before submitting.
#[derive(Serialize, Default, Clone)]
pub struct Check {
    /// category | authors | title | work | asked
    pub key: String,
    /// ok | no | todo
    pub state: String,
}
/// The submission form, or why it is locked.
#[derive(Serialize, Default, Clone)]
pub struct EntryPage {
    pub contest: String,
    pub action: String,
    pub draft_action: String,
    pub withdraw_action: String,
    pub receipt_href: String,
    pub original_href: String,
    /// Where its own mark is told, or that the rules show none; empty before the results are out.
    pub own_href: String,
    pub list_href: String,
    pub state: String,
    pub number: String,
    /// Empty: may be changed. Else the code of why not.
    pub locked: String,
    pub submitted: bool,
    /// The draft was changed since the last submission.
    pub unsent: bool,
    pub may_withdraw: bool,
    /// The slip is off: the desk can be asked to take it out.
    pub may_ask_withdrawal: bool,
    /// It is in the marking, and the ranking is sealed: nobody withdraws it any more.
    pub sealed: bool,
    /// It was asked, and has not answered.
    pub withdrawal_asked: bool,
    /// The desk asked for a repaired text after the cut.
    pub repair: Option<OwnRepair>,
    /// It can be answered now.
    pub may_repair: bool,
    pub query: Option<Query>,
    /// Why it was refused.
    pub refused_reason: String,
    pub version: String,
    pub revision: i32,
    pub saved_at: String,
    pub saved_iso: String,
    /// What is typed on this page is not in the draft.
    pub unsaved: bool,
    /// Another device was quicker.
    pub conflict: Option<Conflict>,
    /// The revision of the draft whose text is shown beside the one typed here: saving keeps it; 0: none.
    pub over: i32,
    /// Where texts that gave way are read; empty where there is none.
    pub kept_href: String,
    pub limits: Limits,
    /// The deadline is an hour away or less.
    pub last_hour: bool,
    /// The entry's own deadline and why the desk gave it; empty where it did not.
    pub own_time: String,
    pub own_reason: String,
    pub deadline: String,
    pub deadline_iso: String,
    pub now_iso: String,
    /// Name of the contest's time zone, for the script's clock.
    pub tz: String,
    pub categories: Vec<CategoryPick>,
    pub units: Vec<UnitPick>,
    pub authors: Vec<AuthorFields>,
    pub more_authors: bool,
    /// The first author is the sender, and could be somebody else.
    pub for_other: bool,
    /// Every author's year of birth must be given.
    pub asks_year: bool,
    /// The youngest age, and the latest year of birth for it; empty: none.
    pub min_age: String,
    pub born_by: String,
    /// Below which age a guardian is asked for, and from which year of birth on; empty: never.
    pub guardian_age: String,
    pub minor_from: String,
    pub title: String,
    pub text: String,
    pub length: LengthBar,
    pub checks: Vec<Check>,
    pub use_file: bool,
    pub file: Option<FileCard>,
    pub note: String,
    pub declarations: Vec<DeclarationField>,
    pub questions: Vec<QuestionField>,
    pub errors: Errors,
}
impl EntryPage {
    /// With the request that the desk made, if it made one.
    #[must_use]
    pub fn with_repair(self, repair: Option<OwnRepair>) -> EntryPage {
        EntryPage { may_repair: repair.as_ref().is_some_and(|r| r.state == "asked"), repair, ..self }
    }
}
impl Page for EntryPage {
    const TEMPLATE: &'static str = "entries/entry.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.add("text", "Bớt 3 từ.".into());
        errors.add("name_1", "Ghi họ và tên.".into());
        let full = EntryPage {
            state: "queried".into(),
            number: "12".into(),
            submitted: true,
            for_other: true,
            unsent: true,
            may_withdraw: true,
            query: Some(Query { reason: "Thiếu năm sinh".into(), wished: "17:00".into(), ..Query::default() }),
            categories: vec![CategoryPick { id: "a".into(), name: "Báo".into(), length: "1–2".into(), chosen: true, script: true, ..CategoryPick::default() }],
            units: vec![UnitPick { id: "u".into(), name: "Tỉnh".into(), chosen: true }],
            authors: vec![AuthorFields { n: 1, name_error: "Ghi họ và tên.".into(), ..AuthorFields::default() }, AuthorFields { n: 2, ..AuthorFields::default() }],
            more_authors: true,
            asks_year: true,
            min_age: "10".into(),
            born_by: "2016".into(),
            guardian_age: "16".into(),
            minor_from: "2011".into(),
            declarations: ["", "Đánh dấu vào ô."]
                .map(|e| DeclarationField { id: "declare_1".into(), n: 1, ticked: e.is_empty(), error: e.into(), ..DeclarationField::default() })
                .to_vec(),
            questions: vec![
                QuestionField { id: "answer_1".into(), n: 1, error: "Trả lời câu này.".into(), required: true, ..QuestionField::default() },
                QuestionField { id: "answer_2".into(), n: 2, choices: vec![UnitPick { id: "a".into(), name: "Lớp 8".into(), chosen: true }], ..QuestionField::default() },
                QuestionField { id: "answer_3".into(), n: 3, required: true, choices: vec![UnitPick::default()], error: "Chọn một.".into(), ..QuestionField::default() },
            ],
            errors,
            ..EntryPage::default()
        };
        let file = |state: &str, reason: &str| Some(FileCard { name: "bai.docx".into(), state: state.into(), reason: reason.into(), ..FileCard::default() });
        let there = OtherText { at: "10:05".into(), title: "Kia".into(), text: "Một".into(), words: "1".into(), lines: vec!["An".into()] };
        let conflict = Some(Conflict { here_at: "10:02".into(), here_words: "2".into(), there });
        let limits = Limits { per_category: "2".into(), overall: "3".into(), subject: "author-set".into() };
        let full = EntryPage { limits, last_hour: true, kept_href: "/x".into(), ..full };
        let mut all = vec![
            EntryPage { conflict, unsaved: true, over: 2, ..full.clone() },
            EntryPage { state: "draft".into(), ..EntryPage::default() },
            full.clone(),
            EntryPage { query: Some(Query::default()), born_by: String::new(), ..full.clone() },
        ];
        let bar = |verdict: &str| LengthBar { words: "3".into(), max: 2, scale: 4, allowed: "1–2".into(), verdict: verdict.into(), by: "1".into(), ..LengthBar::default() };
        let check = |state: &str| Check { key: if state == "ok" { "work" } else { "asked" }.into(), state: state.into() };
        for verdict in ["short", "long", "fits"] {
            let checks = vec![check("ok"), check("no"), check("todo")];
            all.push(EntryPage { length: bar(verdict), checks, state: "draft".into(), ..EntryPage::default() });
        }
        for locked in ["not-open-yet", "closed", "queries-closed", "cut", "refused", "withdrawn", "struck-out"] {
            all.push(EntryPage { locked: locked.into(), refused_reason: "Quá dài".into(), state: "valid".into(), may_ask_withdrawal: locked == "cut", ..full.clone() });
            all.push(EntryPage { locked: locked.into(), state: "valid".into(), withdrawal_asked: true, ..full.clone() });
            all.push(EntryPage { locked: locked.into(), state: "valid".into(), withdrawal_asked: locked == "cut", sealed: true, ..full.clone() });
        }
        all.extend(sample_own().into_iter().map(|repair| EntryPage {
            may_repair: repair.state == "asked",
            locked: "cut".into(),
            state: "valid".into(),
            repair: Some(repair),
            ..full.clone()
        }));
        for reason in crate::documents::Unreadable::ALL {
            all.push(EntryPage { use_file: true, file: file("unreadable", reason.code()), ..full.clone() });
        }
        let warnings = ["hidden-text", "pictures", "tracked-changes", "old-font"].map(str::to_owned).to_vec();
        all.push(EntryPage { use_file: true, file: file("pending", ""), ..full.clone() });
        all.push(EntryPage { use_file: true, file: file("read", "").map(|f| FileCard { warnings, words: "3".into(), ..f }), ..full });
        all
    }
}
