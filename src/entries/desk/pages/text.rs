//! A new clean text of an entry that is cut, ready to print.
use serde::Serialize;

use super::changes::{PairView, RunView};
use crate::entries::repair::pages::{DeskRepair, sample_desk};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A text given before.
#[derive(Serialize, Default, Clone)]
pub struct PastText {
    /// reread | masked | repaired
    pub how: String,
    pub reason: String,
    pub at: String,
}
/// What was reported of the text.
#[derive(Serialize, Default, Clone)]
pub struct CameReport {
    pub id: String,
    /// identity-seen | unreadable | suspected-copy
    pub kind: String,
    /// 0: not one paragraph alone.
    pub paragraph: i32,
    /// The paragraph as it now stands; empty where there is none.
    pub text: String,
    pub day: String,
    /// mended | cannot-be-mended | no-problem; empty while it is open.
    pub answer: String,
}
#[derive(Serialize, Default, Clone)]
pub struct DeskTextPage {
    pub number: String,
    pub action: String,
    pub back_href: String,
    /// There is an original to read again.
    pub has_file: bool,
    /// How many texts were given before.
    pub seen: i32,
    pub past: Vec<PastText>,
    pub how: String,
    pub title: String,
    pub body: String,
    pub reason: String,
    /// What changes is shown below.
    pub preview: bool,
    pub pairs: Vec<PairView>,
    /// A repaired text: asked of its author, or come.
    pub repair: DeskRepair,
    pub reports: Vec<CameReport>,
    pub report_action: String,
    /// The ranking is sealed: what was is read, nothing is changed.
    pub sealed: bool,
    pub errors: Errors,
}
impl Page for DeskTextPage {
    const TEMPLATE: &'static str = "desk/text.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let run = |text: &str, changed| RunView { text: text.into(), changed };
        let pair =
            PairView { old: vec![run("Em học trường ", false), run("Chu Văn An", true)], new: vec![run("Em học trường ", false), run("[…]", true)], same: false };
        let past = ["reread", "masked", "repaired"].map(|how| PastText { how: how.into(), reason: "Che tên trường.".into(), at: "09:00".into() }).to_vec();
        let mut errors = Errors::default();
        for field in ["title", "body", "reason"] {
            errors.add(field, "Ghi vào đây.".into());
        }
        let page = DeskTextPage { number: "12".into(), how: "masked".into(), body: "Em học trường […].".into(), ..DeskTextPage::default() };
        let mut all: Vec<Self> = sample_desk().into_iter().map(|repair| DeskTextPage { repair, ..page.clone() }).collect();
        let report = |kind: &str, paragraph: i32, answer: &str| CameReport {
            id: "x".into(),
            kind: kind.into(),
            paragraph,
            text: "Em học trường Chu Văn An.".into(),
            day: "29/11/2026".into(),
            answer: answer.into(),
        };
        let reports = vec![
            report("identity-seen", 3, ""),
            report("unreadable", 0, ""),
            report("suspected-copy", 1, "no-problem"),
            report("unreadable", 2, "mended"),
            report("unreadable", 4, "cannot-be-mended"),
        ];
        let sealed = |page: DeskTextPage| DeskTextPage { sealed: true, ..page };
        all.extend(sample_desk().into_iter().map(|repair| sealed(DeskTextPage { repair, ..page.clone() })));
        all.extend([
            sealed(DeskTextPage { reports: reports.clone(), past: past.clone(), ..page.clone() }),
            sealed(DeskTextPage { preview: true, ..page.clone() }),
            sealed(page.clone()),
            page.clone(),
            DeskTextPage { reports, ..page.clone() },
            DeskTextPage { has_file: true, past, preview: true, pairs: vec![pair], errors, ..page.clone() },
            DeskTextPage { how: "reread".into(), preview: true, ..page },
        ]);
        all
    }
}
