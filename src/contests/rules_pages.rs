//! The organizer's rules pages, ready to print.
use serde::Serialize;

use super::organizer_pages::Choice;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// Something that the rules lack, as a sentence with the page where it is mended.
#[derive(Serialize, Default, Clone)]
pub struct ProblemRow {
    pub sentence: String,
    pub href: String,
    pub blocks: bool,
}
/// A section in the list of them.
#[derive(Serialize, Default, Clone)]
pub struct SectionCard {
    /// Key of its name: `rules-section-<word>`.
    pub word: String,
    pub href: String,
    /// What is in it, in a few words; empty where a count says nothing.
    pub count: Option<usize>,
    /// Can be changed no more: "" | marking | seal
    pub locked: String,
}
/// The list of sections, what is lacking, the file, the extension.
#[derive(Serialize, Default)]
pub struct RulesPage {
    pub title: String,
    /// Submissions are open, or were: each change needs a reason.
    pub opened: bool,
    /// The hour of opening has come and something is lacking.
    pub stuck: bool,
    pub opens: String,
    pub sections: Vec<SectionCard>,
    pub problems: Vec<ProblemRow>,
    pub file_href: String,
    pub public_href: String,
    pub extension_href: String,
    /// An extension waits for a second person.
    pub proposed: bool,
}
impl Page for RulesPage {
    const TEMPLATE: &'static str = "rules/list.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let card = |word: &str, locked: &str| SectionCard { word: word.into(), href: "/c/x".into(), count: Some(3), locked: locked.into() };
        let problem = |blocks| ProblemRow { sentence: "Chưa có loại hình.".into(), href: "/c/x".into(), blocks };
        let full = || RulesPage {
            sections: super::editor::SECTIONS.iter().map(|s| card(s.word, "marking")).chain([card("prizes", "seal"), card("basics", "")]).collect(),
            problems: vec![problem(true), problem(false)],
            ..RulesPage::default()
        };
        vec![RulesPage::default(), full(), RulesPage { stuck: true, ..full() }, RulesPage { opened: true, proposed: true, problems: vec![problem(false)], ..full() }]
    }
}

/// A field with its value.
#[derive(Serialize, Default, Clone)]
pub struct FieldView {
    pub id: String,
    /// Key of its words: `rule-<key>`.
    pub key: String,
    /// line | area | email | number | moment | day | tick | choice
    pub kind: String,
    pub value: String,
    pub hint: bool,
    pub optional: bool,
    /// Takes the form's whole width.
    pub wide: bool,
    pub offers: Vec<Choice>,
    pub error: String,
}
#[derive(Serialize, Default, Clone)]
pub struct RowView {
    pub n: usize,
    /// What the row is called; empty for a new one.
    pub name: String,
    /// Its key as stored; empty for a new one.
    pub was: String,
    pub removed: bool,
    /// New, or with something to mend: unfolded.
    pub open: bool,
    /// The empty one to fill next.
    pub next: bool,
    pub fields: Vec<FieldView>,
}
/// One section.
#[derive(Serialize, Default, Clone)]
pub struct SectionPage {
    pub word: String,
    pub title: String,
    pub action: String,
    pub list_href: String,
    pub fields: Vec<FieldView>,
    pub rows: Vec<RowView>,
    pub has_rows: bool,
    /// The list takes more rows than the page shows.
    pub may_grow: bool,
    pub seen: String,
    pub opened: bool,
    pub reason: String,
    /// Can be changed no more: "" | marking | seal
    pub locked: String,
    /// Dates only: where the deadline is moved once submissions have opened.
    pub extension_href: String,
    pub zone: String,
    pub problems: Vec<ProblemRow>,
    pub next_href: String,
    pub next_word: String,
    pub errors: Errors,
}
impl Page for SectionPage {
    const TEMPLATE: &'static str = "rules/section.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        super::editor::SECTIONS.iter().map(|s| super::handlers::sample_of(s)).collect()
    }
}

/// The proposal of an extension, by the organizer.
#[derive(Serialize, Default)]
pub struct ExtensionPage {
    pub title: String,
    pub list_href: String,
    pub action: String,
    pub drop_action: String,
    pub zone: String,
    pub closes: String,
    /// Why nothing can be extended: "" | not-open | cut
    pub locked: String,
    pub fields: Vec<FieldView>,
    pub reason: String,
    pub proposed: Option<ProposedView>,
    pub errors: Errors,
}
/// What is proposed.
#[derive(Serialize, Default, Clone)]
pub struct ProposedView {
    pub by: String,
    pub at: String,
    pub closes: String,
    pub intake: String,
    pub queries: String,
    pub postmark: String,
    pub reason: String,
    pub mine: bool,
}
impl Page for ExtensionPage {
    const TEMPLATE: &'static str = "rules/extension.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let locked = |why: &str| ExtensionPage { locked: why.into(), ..ExtensionPage::default() };
        let field = |key: &str, kind: &str| FieldView { id: key.into(), key: key.into(), kind: kind.into(), ..FieldView::default() };
        let open = ExtensionPage { fields: vec![field("closes-at", "moment"), field("postmark-by", "day")], ..ExtensionPage::default() };
        vec![
            open,
            locked("not-open"),
            locked("cut"),
            ExtensionPage { proposed: Some(ProposedView { postmark: "1/1".into(), ..ProposedView::default() }), ..ExtensionPage::default() },
        ]
    }
}

/// The same for the second person.
#[derive(Serialize, Default)]
pub struct ConfirmPage {
    pub title: String,
    pub action: String,
    pub closes: String,
    pub id: String,
    pub proposed: Option<ProposedView>,
    pub errors: Errors,
}
impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "rules/confirm.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let with = |mine| ConfirmPage { proposed: Some(ProposedView { mine, ..ProposedView::default() }), ..ConfirmPage::default() };
        vec![ConfirmPage::default(), with(false), with(true)]
    }
}
