//! The chair's answer to a tie, as typed.
use uuid::Uuid;

use crate::platform::form::{Fields, Form};

#[derive(Default, Clone)]
pub struct TieForm {
    pub group: Option<Uuid>,
    pub level: Option<i32>,
    /// Hundredths: the tie that the page showed.
    pub mark: Option<i32>,
    pub answer: String,
    pub reason: String,
}
impl Form for TieForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        TieForm {
            group: f.line("group").parse().ok(),
            level: f.line("level").parse().ok(),
            mark: f.line("mark").parse().ok(),
            answer: f.line("answer"),
            reason: f.text("reason").trim().to_owned(),
        }
    }
}
impl TieForm {
    /// Whether the form is about this tie.
    pub fn is_of(&self, group: Uuid, level: i32) -> bool {
        self.group == Some(group) && self.level == Some(level)
    }
}
