//! A section's fields as the page prints them.
use crate::contests::editor::{Field, Kind, Offers, Section, Typed};
use crate::contests::model::{Bilingual, Ruleset};
use crate::contests::organizer_pages::Choice;
use crate::contests::rules_pages::{FieldView, RowView};
use crate::platform::i18n::Lang;

/// Empty rows at the end of a list.
const SPARE: usize = 2;

pub struct View<'a> {
    pub section: &'static Section,
    pub rules: &'a Ruleset,
    pub lang: Lang,
    /// A message in the visitor's language.
    pub t: &'a dyn Fn(&str) -> String,
}

impl View<'_> {
    pub fn fields(&self, typed: &Typed) -> Vec<FieldView> {
        self.section.fields.iter().map(|f| self.field(f, f.name.to_owned(), typed)).collect()
    }

    /// The rows that there are, and empty ones to fill.
    pub fn rows(&self, typed: &Typed) -> Vec<RowView> {
        if self.section.most == 0 {
            return vec![];
        }
        let has =
            |row: usize| !typed.row("was", row).is_empty() || self.section.row.iter().any(|f| !matches!(f.kind, Kind::Choice(..)) && !typed.row(f.name, row).trim().is_empty());
        let filled = (1..=typed.rows()).filter(|row| has(*row)).max().unwrap_or(0);
        let all = (filled + SPARE).min(self.section.most.max(filled)).max(1);
        (1..=all).map(|row| self.row(row, row > filled, typed)).collect()
    }

    fn row(&self, n: usize, is_new: bool, typed: &Typed) -> RowView {
        let was = typed.row("was", n).to_owned();
        RowView {
            n,
            name: if was.is_empty() && is_new { String::new() } else { crate::contests::editor::name_of(self.section, typed, n) },
            removed: !typed.row("remove", n).is_empty(),
            // a new row is open where the list is empty, so that there is something to fill
            open: was.is_empty() && (!is_new || n == 1),
            was,
            fields: self.section.row.iter().map(|f| self.field(f, format!("{}_{n}", f.name), typed)).collect(),
        }
    }

    fn field(&self, f: &Field, id: String, typed: &Typed) -> FieldView {
        let value = typed.get(&id).to_owned();
        FieldView {
            key: f.name.replace('_', "-"),
            kind: match f.kind {
                Kind::Line => "line",
                Kind::Area => "area",
                Kind::Email => "email",
                Kind::Number => "number",
                Kind::Moment => "moment",
                Kind::Day => "day",
                Kind::Tick => "tick",
                Kind::Choice(..) => "choice",
            }
            .to_owned(),
            offers: self.offers(f, &value),
            value,
            hint: f.hint,
            optional: f.optional,
            wide: f.wide,
            error: String::new(),
            id,
        }
    }

    fn offers(&self, f: &Field, chosen: &str) -> Vec<Choice> {
        let Kind::Choice(offers, may_be_none) = f.kind else {
            return vec![];
        };
        let one = |id: &str, name: String| Choice { id: id.to_owned(), name, chosen: id == chosen };
        let named = |id: &str, name: &Bilingual| one(id, self.lang.pick(&name.vi, &name.en).to_owned());
        let none = may_be_none.then(|| one("", (self.t)("rule-none")));
        let listed: Vec<Choice> = match offers {
            Offers::Words(words) => words.iter().map(|w| one(w, (self.t)(&format!("rule-word-{}-{w}", f.name)))).collect(),
            Offers::Rubrics => self.rules.rubrics.iter().map(|x| named(x.key.as_str(), &x.name)).collect(),
            Offers::Groups => self.rules.ranking_groups.iter().map(|g| named(g.key.as_str(), &g.name)).collect(),
        };
        none.into_iter().chain(listed).collect()
    }
}
