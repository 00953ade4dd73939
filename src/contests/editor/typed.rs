//! Values by field.
use std::collections::BTreeMap;

use crate::platform::form::{Fields, Form};

/// Values as typed, or as the rules fill a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, String>);

/// The id of a row's field.
pub fn at(name: &str, row: usize) -> String {
    format!("{name}_{row}")
}

impl Typed {
    /// Empty where it was not sent.
    pub fn get(&self, id: &str) -> &str {
        self.0.get(id).map_or("", String::as_str)
    }
    pub fn row(&self, name: &str, row: usize) -> &str {
        self.get(&at(name, row))
    }
    pub fn set(&mut self, id: &str, value: impl Into<String>) {
        self.0.insert(id.to_owned(), value.into());
    }
    /// A row's values; its key, by which it is known again, is set with them.
    pub fn push<const N: usize>(&mut self, row: usize, values: [(&str, String); N]) {
        for (name, value) in values {
            if name == "key" {
                self.set(&at("was", row), value.clone());
            }
            self.set(&at(name, row), value);
        }
        self.set(&at("order", row), row.to_string());
    }
    /// The highest number that a row has.
    pub fn rows(&self) -> usize {
        self.0.keys().filter_map(|id| id.rsplit_once('_')?.1.parse().ok()).max().unwrap_or(0)
    }
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value.as_str()))
    }
}

/// A section as sent.
#[derive(Clone, Debug, Default)]
pub struct EditForm {
    pub typed: Typed,
    /// What the page was made of, so that nobody overwrites what another changed meanwhile.
    pub seen: String,
    pub reason: String,
    pub then: Then,
    /// Rows that the page showed; 0 where it said nothing of them.
    pub shown: usize,
}

/// What the button that sent a section asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Then {
    /// Save, and show the section again.
    #[default]
    Stay,
    /// Save, and go on to the next section.
    Next,
    /// Save nothing: the same page with everything typed and more empty rows.
    MoreRows,
}

impl Then {
    fn of(word: &str) -> Then {
        match word {
            "next" => Then::Next,
            "rows" => Then::MoreRows,
            _ => Then::Stay,
        }
    }
}

/// Rows a form may send: more than any section takes.
const MOST_ROWS: usize = 600;

impl Form for EditForm {
    /// Ten thousand units with two names and a key.
    const LIMIT: usize = 3 * 1024 * 1024;
    fn from_fields(f: Fields) -> Self {
        let mut typed = Typed::default();
        for (id, value) in f.starting("") {
            let row: Option<usize> = id.rsplit_once('_').and_then(|(_, n)| n.parse().ok());
            if row.is_none_or(|n| n <= MOST_ROWS) && !["seen", "reason", "then", "shown"].contains(&id.as_str()) {
                typed.set(&id, value);
            }
        }
        let shown = f.line("shown").parse().unwrap_or(0);
        EditForm { typed, seen: f.line("seen"), reason: f.line("reason"), then: Then::of(&f.line("then")), shown }
    }
}
