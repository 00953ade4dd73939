//! What is typed on the judge's pages.
use super::model::TypedSheet;
use crate::platform::form::{Fields, Form};

/// What a press of a button on the mark sheet asks for. Anything unknown only saves: submitting is for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Act {
    #[default]
    Save,
    Submit,
}

#[derive(Default)]
pub struct SheetForm {
    pub typed: TypedSheet,
    pub act: Act,
}

/// No rubric has more criteria, and no mark more letters; a draft never grows beyond.
const MOST_CRITERIA: usize = 60;
const MOST_LETTERS: usize = 60;

/// The mark sheet that is sent along with something else: nothing typed beside it may be lost.
pub fn typed_sheet(f: &Fields) -> TypedSheet {
    let short = |s: String| s.chars().take(MOST_LETTERS).collect::<String>();
    let marks = f.starting("mark_").into_iter().take(MOST_CRITERIA).map(|(k, v)| (short(k), short(v))).collect();
    TypedSheet { marks, comment: f.text("comment").trim().to_owned(), note: f.text("note").trim().to_owned() }
}

impl Form for SheetForm {
    fn from_fields(f: Fields) -> Self {
        SheetForm { typed: typed_sheet(&f), act: if f.line("do") == "submit" { Act::Submit } else { Act::Save } }
    }
}

/// The same form by its other button: a missing reason must not cost what was typed beside it.
#[derive(Default)]
pub struct RecusalForm {
    pub reason: String,
    pub typed: TypedSheet,
}
impl Form for RecusalForm {
    fn from_fields(f: Fields) -> Self {
        RecusalForm { reason: f.line("reason"), typed: typed_sheet(&f) }
    }
}

#[derive(Default, Clone)]
pub struct DeclarationForm {
    pub units: Vec<String>,
    pub people: String,
    pub none: bool,
}
impl Form for DeclarationForm {
    fn from_fields(f: Fields) -> Self {
        DeclarationForm { units: f.all("unit"), people: f.text("people"), none: f.has("none") }
    }
}
