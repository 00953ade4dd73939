//! What a form showed, and what a change moved: both by comparing how the rules fill the form before and after.
use serde::{Deserialize, Serialize};

use super::Section;
use super::fields::{Field, Kind};
use super::typed::Typed;
use crate::platform::secret::{hex, sha256};

/// Of what the form shows: another value means that somebody changed the section meanwhile.
pub fn fingerprint(typed: &Typed) -> String {
    let text: String = typed.entries().map(|(id, value)| format!("{id}={}\n", value.replace('\n', "\\n"))).collect();
    hex(&sha256(text.as_bytes())).chars().take(16).collect()
}

/// One thing that changed. Values stand here only where they are short and may be read by everybody.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The field; `row-added` or `row-removed` of a whole row.
    pub field: String,
    /// The row's name; empty of a field that the section has once.
    pub row: String,
    pub old: String,
    pub new: String,
}

/// Things a public entry lists at most.
const MOST: usize = 40;

/// Rows are the same by their key as filled, where they have one; else by their name.
pub fn moves(section: &Section, before: &Typed, after: &Typed) -> Vec<Moved> {
    let mut out: Vec<Moved> = section.fields.iter().filter_map(|f| moved(f, "", before.get(f.name), after.get(f.name))).collect();
    let key = |t: &Typed, row: usize| if section.row.iter().any(|f| f.name == "key") { t.row("was", row).to_owned() } else { name_of(section, t, row) };
    let name = |t: &Typed, row: usize| name_of(section, t, row);
    for row in 1..=after.rows() {
        let Some(was) = (1..=before.rows()).find(|b| key(before, *b) == key(after, row)) else {
            out.push(Moved { field: "row-added".into(), row: name(after, row), old: String::new(), new: String::new() });
            continue;
        };
        let shown = section.row.iter().filter(|f| !["key", "order"].contains(&f.name));
        out.extend(shown.filter_map(|f| moved(f, &name(after, row), before.row(f.name, was), after.row(f.name, row))));
    }
    for row in 1..=before.rows() {
        if !(1..=after.rows()).any(|a| key(after, a) == key(before, row)) {
            out.push(Moved { field: "row-removed".into(), row: name(before, row), old: String::new(), new: String::new() });
        }
    }
    out.truncate(MOST);
    out
}

/// What a row is called: its first field that is neither chosen nor private.
pub fn name_of(section: &Section, typed: &Typed, row: usize) -> String {
    let named = section.row.iter().find(|f| matches!(f.kind, Kind::Line | Kind::Area) && !f.private);
    named.map(|f| typed.row(f.name, row).chars().take(80).collect()).unwrap_or_default()
}

fn moved(field: &Field, row: &str, old: &str, new: &str) -> Option<Moved> {
    if old == new {
        return None;
    }
    let is_open = !field.private && matches!(field.kind, Kind::Line | Kind::Number | Kind::Moment | Kind::Day);
    let shown = |value: &str| if is_open { value.chars().take(120).collect::<String>().replace('T', if field.kind == Kind::Moment { " " } else { "T" }) } else { String::new() };
    Some(Moved { field: field.name.replace('_', "-"), row: row.to_owned(), old: shown(old), new: shown(new) })
}
