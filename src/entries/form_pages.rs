//! Pages and parts of the form's own: two texts at once, the reading view before submitting, kept texts, a session that ended.
use serde::Serialize;

use super::desk::pages::Piece;
use super::pages::UnitPick;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// Something to tick.
#[derive(Serialize, Default, Clone)]
pub struct DeclarationField {
    /// Of the field.
    pub id: String,
    pub n: usize,
    pub text: String,
    pub ticked: bool,
    pub error: String,
}
/// Something to answer; without choices in a line of text.
#[derive(Serialize, Default, Clone)]
pub struct QuestionField {
    /// Of the field.
    pub id: String,
    pub n: usize,
    pub text: String,
    pub required: bool,
    pub value: String,
    pub choices: Vec<UnitPick>,
    pub error: String,
}
/// What was declared, or answered.
#[derive(Serialize, Default, Clone)]
pub struct AnswerLine {
    pub declared: bool,
    /// The declaration, or the question.
    pub text: String,
    /// The answer; empty for a declaration.
    pub value: String,
}
/// A text beside the one in the form, ready to print.
#[derive(Serialize, Default, Clone)]
pub struct OtherText {
    /// When it was saved, or kept.
    pub at: String,
    pub title: String,
    pub text: String,
    /// Ready to print.
    pub words: String,
    /// Authors, the answer to the desk, answers: what is typed beside it, a line each.
    pub lines: Vec<String>,
}

/// Another device saved a newer draft than the one that this page showed.
#[derive(Serialize, Default, Clone)]
pub struct Conflict {
    /// When this page's own draft was saved; empty where it does not say.
    pub here_at: String,
    pub here_words: String,
    pub there: OtherText,
}

/// What the rules allow, said before it is reached.
#[derive(Serialize, Default, Clone)]
pub struct Limits {
    /// Ready to print; empty: no limit.
    pub per_category: String,
    pub overall: String,
    /// person | author-set
    pub subject: String,
}

/// The text as a judge will see it.
#[derive(Serialize, Default, Clone)]
pub struct PreviewPage {
    pub contest: String,
    pub entry_href: String,
    pub category: String,
    pub title: String,
    pub lang: String,
    pub paragraphs: Vec<String>,
    /// The same with what may give its author away marked, and how many places there are.
    pub marked_title: Vec<Piece>,
    pub marked: Vec<Vec<Piece>>,
    pub hits: usize,
    pub words: String,
    /// Empty: the text is here. none | pending | unreadable
    pub lacks: String,
    /// A code of room documents.
    pub reason: String,
}
impl Page for PreviewPage {
    const TEMPLATE: &'static str = "entries/preview.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let lacks = |lacks: &str| PreviewPage { lacks: lacks.into(), reason: "pdf".into(), ..PreviewPage::default() };
        let read =
            PreviewPage {
                title: "Tên bài".into(), category: "Báo".into(), lang: "vi".into(), paragraphs: vec!["Đoạn một.".into()], words: "2".into(), ..PreviewPage::default()
            };
        let piece = |text: &str, hit: &str| Piece { text: text.into(), hit: hit.into(), n: 1 };
        let named = PreviewPage {
            marked_title: vec![piece("Tên bài", "")],
            marked: vec![vec![piece("Em là ", ""), piece("Bảo Ngân", "guess"), piece("Hoàng Bảo Ngân", "sure")]],
            hits: 2,
            ..read.clone()
        };
        vec![read, named, lacks("none"), lacks("pending"), lacks("unreadable")]
    }
}

/// Texts that another took the place of.
#[derive(Serialize, Default, Clone)]
pub struct KeptPage {
    pub contest: String,
    pub entry_href: String,
    pub texts: Vec<OtherText>,
}
impl Page for KeptPage {
    const TEMPLATE: &'static str = "entries/kept.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let text = OtherText { at: "10:05".into(), title: "Tên bài".into(), text: "Đoạn một.".into(), words: "2".into(), lines: vec!["Đặng An".into()] };
        vec![KeptPage { texts: vec![text, OtherText::default()], ..KeptPage::default() }, KeptPage::default()]
    }
}

/// A field that goes along unseen.
#[derive(Serialize, Default, Clone)]
pub struct Carried {
    pub name: String,
    pub value: String,
}

/// The session ended while somebody wrote: sign in, with everything typed.
#[derive(Serialize, Default, Clone)]
pub struct ResumePage {
    pub action: String,
    pub email: String,
    pub carried: Vec<Carried>,
    pub title: String,
    pub text: String,
    /// A file was sent too, and must be chosen again.
    pub had_file: bool,
    pub errors: Errors,
}
impl Page for ResumePage {
    const TEMPLATE: &'static str = "entries/resume.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.add("email", "Thư điện tử hoặc mật khẩu chưa đúng.".into());
        let carried = vec![Carried { name: "title".into(), value: "Tên bài".into() }];
        vec![ResumePage { carried, had_file: true, errors, text: "Một".into(), ..ResumePage::default() }, ResumePage::default()]
    }
}

/// An answer and a declaration.
pub fn sample_answers() -> Vec<AnswerLine> {
    vec![AnswerLine { text: "Lớp".into(), value: "8".into(), ..AnswerLine::default() }, AnswerLine { declared: true, text: "Tôi tự viết.".into(), ..AnswerLine::default() }]
}
