//! The judge's pages, ready to print.
use serde::Serialize;

use super::model::REPORTS;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct QueueRow {
    pub n: usize,
    pub code: String,
    /// Empty for a paper sent back.
    pub title: String,
    pub category: String,
    /// open | begun | marked | recused
    pub state: String,
    /// The own total; empty before the sheet is submitted.
    pub total: String,
    /// asked | declined | allowed; empty where nothing was asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub correction: String,
    /// The chair's words to it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub answer: String,
}
/// A report of the paper, made before.
#[derive(Serialize, Default, Clone)]
pub struct MadeReport {
    pub kind: String,
    /// 0: not one paragraph alone.
    pub paragraph: i32,
    pub note: String,
}
/// A problem with the paper, to report; and what was reported.
#[derive(Serialize, Default, Clone)]
pub struct ReportCard {
    pub action: String,
    pub kinds: Vec<String>,
    pub kind: String,
    pub paragraph: String,
    pub note: String,
    /// It could not be taken: the fold stays open.
    pub open: bool,
    pub made: Vec<MadeReport>,
}
/// A correction of the own sheet: to ask for, or asked for.
#[derive(Serialize, Default, Clone)]
pub struct OwnCorrection {
    /// asked | declined | allowed; empty where nothing was asked.
    pub state: String,
    pub reason: String,
    /// Of the chair.
    pub answer: String,
    pub action: String,
}
/// All papers, or those in one state.
#[derive(Serialize, Default, Clone)]
pub struct QueueTab {
    /// Key of its words.
    pub label: String,
    pub href: String,
    pub n: usize,
    pub here: bool,
}
#[derive(Serialize, Default)]
pub struct QueuePage {
    pub declaration_href: String,
    /// What is shown, for the printer.
    pub print_href: String,
    /// Where to go on; empty where all is done.
    pub next_href: String,
    pub next_code: String,
    /// The paper to go on with has a draft.
    pub next_begun: bool,
    pub marked: usize,
    pub of: usize,
    pub recused: usize,
    pub closed: bool,
    /// The chair has withdrawn this judge.
    pub withdrawn: bool,
    pub tabs: Vec<QueueTab>,
    /// A paper's address is this, its code, and `keep`.
    pub paper_href: String,
    /// What keeps the tab in an address.
    pub keep: String,
    /// Those of the tab.
    pub rows: Vec<QueueRow>,
}
impl Page for QueuePage {
    const TEMPLATE: &'static str = "judging/queue.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let row = |n: usize, state: &str| QueueRow {
            n,
            code: "ABCDEFGHJK".into(),
            title: "Một cửa, nhiều lối vào".into(),
            category: "Báo".into(),
            state: state.into(),
            total: "80,00".into(),
            answer: if n == 4 { "Điểm đã cân nhắc kỹ.".into() } else { String::new() },
            correction: match n {
                1 => "allowed",
                3 => "asked",
                4 => "declined",
                _ => "",
            }
            .into(),
        };
        let rows: Vec<_> = ["open", "begun", "marked", "recused"].into_iter().enumerate().map(|(i, s)| row(i + 1, s)).collect();
        let tab = |word: &str| QueueTab { label: format!("marking-tab-{word}"), href: "/x".into(), n: 2, here: word == "open" };
        let tabs: Vec<_> = ["all", "open", "begun", "marked"].into_iter().map(tab).collect();
        vec![
            QueuePage { next_href: "/x".into(), next_code: "ABCDEFGHJK".into(), marked: 1, of: 3, recused: 1, rows: rows.clone(), tabs: tabs.clone(), ..QueuePage::default() },
            QueuePage { withdrawn: true, ..QueuePage::default() },
            QueuePage { marked: 3, of: 3, closed: true, rows, ..QueuePage::default() },
            QueuePage { marked: 3, of: 3, tabs, ..QueuePage::default() },
        ]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct UnitBox {
    pub id: String,
    pub name: String,
    /// 0 at the root, at most 4 as printed.
    pub depth: i32,
    pub chosen: bool,
}
#[derive(Serialize, Default)]
pub struct DeclarationPage {
    pub action: String,
    pub queue_href: String,
    pub declared: bool,
    /// A paper was dealt: shown, no longer a form.
    pub frozen: bool,
    pub units: Vec<UnitBox>,
    /// Names of the units declared, for the frozen page.
    pub chosen: Vec<String>,
    pub people: String,
    pub people_list: Vec<String>,
    pub none: bool,
    pub errors: Errors,
}
impl Page for DeclarationPage {
    const TEMPLATE: &'static str = "judging/declaration.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let units = vec![UnitBox { id: "x".into(), name: "Tỉnh đoàn".into(), depth: 1, chosen: true }];
        let mut errors = Errors::default();
        errors.add("people", "…".into());
        errors.add("none", "…".into());
        vec![
            DeclarationPage::default(),
            DeclarationPage { declared: true, units, people: "Lê Thị B".into(), errors, ..DeclarationPage::default() },
            DeclarationPage { declared: true, frozen: true, chosen: vec!["Tỉnh đoàn".into()], people_list: vec!["Lê Thị B".into()], ..DeclarationPage::default() },
            DeclarationPage { declared: true, frozen: true, none: true, ..DeclarationPage::default() },
            DeclarationPage { frozen: true, ..DeclarationPage::default() },
        ]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct CriterionField {
    /// Of the field: `mark_<key>`.
    pub id: String,
    pub name: String,
    pub description: String,
    /// Hundredths, for the ruler and the script.
    pub max: i32,
    pub step: i32,
    /// Of the mark where it can be read, else 0.
    pub hundredths: i32,
    pub max_words: String,
    pub step_words: String,
    /// As typed, or as submitted.
    pub value: String,
    pub error: String,
}
#[derive(Serialize, Default, Clone)]
pub struct ReasonPick {
    pub word: String,
    /// Key of its words.
    pub label: String,
}
/// A paper beside its mark sheet.
#[derive(Serialize, Default)]
pub struct PaperPage {
    pub code: String,
    pub title: String,
    pub category: String,
    pub paragraphs: Vec<String>,
    /// Of the paper.
    pub lang: String,
    pub position: i64,
    pub of: i64,
    pub marked_count: i64,
    pub queue_href: String,
    /// open | begun | marked where only those are shown, else empty.
    pub shown: String,
    pub previous_href: String,
    pub next_href: String,
    pub action: String,
    pub draft_action: String,
    pub recusal_action: String,
    pub print_href: String,
    /// The form is there: not yet submitted, and the round goes on.
    pub open: bool,
    pub marked: bool,
    pub closed: bool,
    pub saved: bool,
    pub criteria: Vec<CriterionField>,
    pub total: String,
    /// Every mark can be read, so that the total is the sheet's.
    pub total_whole: bool,
    pub total_max: String,
    /// Decimal sign of the visitor's language, for the script.
    pub point: String,
    pub comment: String,
    /// Who reads it in the end: out | stays
    pub comment_goes: String,
    pub note: String,
    pub reasons: Vec<ReasonPick>,
    pub recusing: bool,
    /// What was sent and not taken, because a sheet stands already.
    pub not_taken: Vec<String>,
    /// Each paper is read by one judge: what is submitted is the agreed mark at once.
    pub single: bool,
    pub correction: OwnCorrection,
    pub report: ReportCard,
    pub errors: Errors,
}
impl Page for PaperPage {
    const TEMPLATE: &'static str = "judging/paper.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let field = CriterionField {
            id: "mark_noi-dung".into(),
            name: "Nội dung".into(),
            description: "Đúng chủ đề, tư liệu xác thực.".into(),
            max: 6000,
            step: 50,
            hundredths: 4500,
            max_words: "60".into(),
            step_words: "0,5".into(),
            value: "45".into(),
            error: "…".into(),
        };
        let page = |open, marked, closed| {
            let mut errors = Errors::default();
            errors.add("mark_noi-dung", "…".into());
            errors.add("comment", "…".into());
            errors.add("reason", "…".into());
            for field in ["correction", "report", "paragraph", "report_note"] {
                errors.add(field, "…".into());
            }
            let made = vec![MadeReport { kind: "identity-seen".into(), paragraph: 3, note: "Cuối bài.".into() }, MadeReport { kind: "unreadable".into(), ..MadeReport::default() }];
            PaperPage {
                report: ReportCard { kinds: REPORTS.map(str::to_owned).to_vec(), kind: "unreadable".into(), open: true, made, ..ReportCard::default() },
                code: "ABCDEFGHJK".into(),
                title: "Một cửa, nhiều lối vào".into(),
                paragraphs: vec!["Đoạn một.".into()],
                lang: "vi".into(),
                position: 1,
                of: 2,
                shown: if open { "begun".into() } else { String::new() },
                previous_href: "/x".into(),
                next_href: "/x".into(),
                open,
                marked,
                closed,
                saved: true,
                criteria: vec![field.clone(), CriterionField::default()],
                total: "45,00".into(),
                total_whole: marked,
                total_max: "100".into(),
                comment_goes: if open { "out" } else { "stays" }.into(),
                reasons: vec![ReasonPick { word: "unwell".into(), label: "recusal-unwell".into() }],
                recusing: true,
                not_taken: vec!["Nội dung: 46".into()],
                errors,
                ..PaperPage::default()
            }
        };
        let corrected = |open: bool, state: &str| PaperPage {
            correction: OwnCorrection { state: state.into(), reason: "Cộng nhầm.".into(), answer: "Đã có điểm.".into(), action: "/x".into() },
            ..page(open, !open, false)
        };
        let mut all =
            vec![page(true, false, false), page(false, true, false), page(false, false, true), PaperPage { open: true, comment_goes: "stays".into(), ..PaperPage::default() }];
        all.extend([corrected(false, "asked"), corrected(false, "declined"), corrected(true, "allowed"), PaperPage { single: true, ..page(false, true, false) }]);
        all
    }
}
