//! The rules as forms: each section knows its fields, how the rules fill them, and what of the typed can be used. A form
//! is a flat list of values; a row's field has its number behind the name: `name_vi_3`.
mod asked;
mod fields;
mod heads;
mod lists;
mod rubrics;
mod seen;
mod typed;
mod units;
mod work;

#[cfg(test)]
mod tests;

pub use fields::{Field, Kind, Offers};
pub use heads::{DATES, later_dates};
pub use seen::{Moved, fingerprint, moves, name_of};
pub use typed::{EditForm, Then, Typed};
pub use work::Work;

use super::model::Ruleset;

/// From when on Postgres lets a section be changed no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frozen {
    Never,
    /// The first assignment.
    Marking,
    /// The seal.
    Seal,
}

/// A part of the rules with a page of its own.
pub struct Section {
    /// Its word in addresses, keys of words and the record.
    pub word: &'static str,
    /// Fields that it has once.
    pub fields: &'static [Field],
    /// Fields of each row of its list.
    pub row: &'static [Field],
    /// Rows at most; 0 where it has no list.
    pub most: usize,
    pub frozen: Frozen,
    pub fill: fn(&Ruleset) -> Typed,
    pub apply: fn(&mut Work<'_>),
}

/// Every section, in the order in which somebody starting from nothing fills them.
pub static SECTIONS: [&Section; 14] = [
    &heads::BASICS,
    &heads::DATES,
    &heads::ENTRANTS,
    &asked::DECLARATIONS,
    &asked::QUESTIONS,
    &rubrics::RUBRICS,
    &rubrics::CRITERIA,
    &lists::GROUPS,
    &lists::CATEGORIES,
    &lists::PRIZES,
    &units::UNITS,
    &heads::MARKING,
    &lists::HOLDERS,
    &asked::HAND,
];

pub fn section(word: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|s| s.word == word).copied()
}

/// The word of the section that is filled after this one; empty after the last.
pub fn next_after(section: &Section) -> &'static str {
    let after = SECTIONS.iter().skip_while(|s| s.word != section.word).nth(1);
    after.map(|s| s.word).unwrap_or_default()
}

/// The section in which something that the rules lack is mended.
pub fn home_of(problem: &str) -> &'static str {
    match problem {
        "rubric-no-criteria" | "totals-differ" => "criteria",
        "rubric-unused" => "rubrics",
        "group-unused" => "groups",
        "prize-no-group" | "group-no-prize" | "minimum-high" => "prizes",
        "threshold-high" => "marking",
        "holders-few" | "holders-two" => "holders",
        "choice-without-choices" => "questions",
        "postmark-no-intake" => "dates",
        "summary-empty" | "host-empty" => "basics",
        _ => "categories",
    }
}
