//! What is typed on the pages of the room.
use uuid::Uuid;

use crate::platform::form::{Fields, Form};
use crate::platform::guard::Chosen;

#[derive(Default)]
pub struct ProposeForm {
    pub reserves: String,
}
impl Form for ProposeForm {
    fn from_fields(f: Fields) -> Self {
        ProposeForm { reserves: f.line("reserves") }
    }
}

#[derive(Default)]
pub struct KeyForm {
    pub password: String,
    pub last4: String,
}
impl Form for KeyForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        KeyForm { password: f.text("password"), last4: f.line("last4") }
    }
}

/// A new holder in another's place, or one more.
#[derive(Default)]
pub struct HolderForm {
    pub in_place_of: Option<Uuid>,
    pub email: String,
    pub office_vi: String,
    pub office_en: String,
    pub reason: String,
    pub password: String,
}
impl Form for HolderForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        HolderForm {
            in_place_of: f.line("in_place_of").parse().ok(),
            email: f.line("email"),
            office_vi: f.line("office_vi").chars().take(200).collect(),
            office_en: f.line("office_en").chars().take(200).collect(),
            reason: f.text("reason").trim().to_owned(),
            password: f.text("password"),
        }
    }
}

/// Which winner is to be struck out, and why.
#[derive(Default)]
pub struct StrikeForm {
    pub code: String,
    pub reason: String,
    pub password: String,
}
impl Form for StrikeForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        StrikeForm { code: f.line("code"), reason: f.text("reason").trim().to_owned(), password: f.text("password") }
    }
}

/// What is confirmed is what was read: another proposal may stand there by now.
#[derive(Default)]
pub struct ConfirmForm {
    pub id: Chosen,
    pub password: String,
}
impl Form for ConfirmForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        ConfirmForm { id: Chosen::of(&f), password: f.text("password") }
    }
}

/// A collective's prize taken back.
#[derive(Default)]
pub struct TakeBackForm {
    pub award: Option<Uuid>,
    pub reason: String,
}
impl Form for TakeBackForm {
    fn from_fields(f: Fields) -> Self {
        TakeBackForm { award: f.line("award").parse().ok(), reason: f.text("reason").trim().to_owned() }
    }
}

/// Which decision was read; where it is letters of a name, with the own password.
#[derive(Default)]
pub struct DecisionForm {
    pub id: Chosen,
    pub password: String,
}
impl Form for DecisionForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        DecisionForm { id: Chosen::of(&f), password: f.text("password") }
    }
}

/// A winner's title and authors, one a line, as they are to be read.
#[derive(Default)]
pub struct CorrectionForm {
    pub title: String,
    pub authors: String,
    pub reason: String,
    pub password: String,
}
impl Form for CorrectionForm {
    fn from_fields(f: Fields) -> Self {
        CorrectionForm { title: f.line("title"), authors: f.text("authors").trim().to_owned(), reason: f.text("reason").trim().to_owned(), password: f.text("password") }
    }
}
impl CorrectionForm {
    /// The lines that say something.
    pub fn lines(&self) -> Vec<String> {
        self.authors.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect()
    }
}

#[derive(Default)]
pub struct CollectiveForm {
    pub prize: Option<Uuid>,
    pub unit: Option<Uuid>,
    pub reason: String,
}
impl Form for CollectiveForm {
    fn from_fields(f: Fields) -> Self {
        CollectiveForm { prize: f.line("prize").parse().ok(), unit: f.line("unit").parse().ok(), reason: f.text("reason").trim().to_owned() }
    }
}
