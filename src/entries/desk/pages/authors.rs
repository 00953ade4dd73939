//! What the desk corrects of authors and unit, ready to print.
use serde::Serialize;

use super::list::FilterChoice;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// An author as it stands, or as typed.
#[derive(Serialize, Default, Clone)]
pub struct AuthorFields {
    /// From 1.
    pub position: i32,
    pub name: String,
    pub pen: String,
    pub year: String,
    pub email: String,
    pub phone: String,
    pub reason: String,
    pub name_error: String,
    pub pen_error: String,
    pub year_error: String,
    pub email_error: String,
    pub phone_error: String,
    pub reason_error: String,
}
impl AuthorFields {
    /// Puts a sentence beside the field that it is about: `name_1` and so on.
    pub fn say(&mut self, field: &str, sentence: &str) {
        let at = match field.rsplit_once('_').map(|(name, _)| name) {
            Some("name") => &mut self.name_error,
            Some("pen") => &mut self.pen_error,
            Some("year") => &mut self.year_error,
            Some("email") => &mut self.email_error,
            Some("phone") => &mut self.phone_error,
            Some("reason") => &mut self.reason_error,
            _ => return,
        };
        sentence.clone_into(at);
    }
}
/// A field that changed: name | pen-name | birth-year | email | phone | unit
#[derive(Serialize, Default, Clone)]
pub struct ChangedField {
    pub field: String,
    pub was: String,
    pub becomes: String,
}
/// An earlier correction.
#[derive(Serialize, Default, Clone)]
pub struct PastCorrection {
    pub at: String,
    /// 0: the unit.
    pub position: i32,
    pub fields: Vec<ChangedField>,
    pub reason: String,
}
#[derive(Serialize, Default)]
pub struct DeskAuthorsPage {
    pub number: String,
    pub back_href: String,
    pub action: String,
    /// The version that is corrected.
    pub version: i32,
    pub authors: Vec<AuthorFields>,
    /// Empty where the rules have none.
    pub units: Vec<FilterChoice>,
    pub unit_reason: String,
    pub past: Vec<PastCorrection>,
    /// Why nothing can be corrected any more: "" | ended
    pub locked: String,
    pub errors: Errors,
}
impl Page for DeskAuthorsPage {
    const TEMPLATE: &'static str = "desk/authors.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let author = |position| AuthorFields { position, name: "Lê Đình Đức".into(), ..AuthorFields::default() };
        let fields = ["name", "pen-name", "birth-year", "email", "phone", "unit"].map(|f| ChangedField { field: f.into(), was: "a".into(), becomes: String::new() }).to_vec();
        let past = [0, 1].map(|position| PastCorrection { at: "1/1".into(), position, fields: fields.clone(), reason: "Theo giấy khai sinh".into() }).to_vec();
        let units = ["", "1"].map(|id| FilterChoice { id: id.into(), name: "Trường".into(), chosen: id == "1", ..FilterChoice::default() }).to_vec();
        vec![
            DeskAuthorsPage { number: "12".into(), authors: vec![author(1), author(2)], units, past, ..DeskAuthorsPage::default() },
            DeskAuthorsPage { number: "12".into(), authors: vec![author(1)], locked: "ended".into(), ..DeskAuthorsPage::default() },
            DeskAuthorsPage { number: "12".into(), authors: vec![author(1)], locked: "sealed".into(), ..DeskAuthorsPage::default() },
        ]
    }
}
