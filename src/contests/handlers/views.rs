//! A section's fields as the page prints them.
use crate::contests::editor::{EditForm, Field, Kind, Offers, Section, Then, Typed};
use crate::contests::model::{Bilingual, Ruleset};
use crate::contests::organizer_pages::Choice;
use crate::contests::rules_pages::{FieldView, RowView};
use crate::platform::i18n::Lang;

/// Empty rows at the end of a list, and how many more whoever asks for more gets.
const SPARE: usize = 2;
const MORE: usize = 5;

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

    /// The rows that there are, and empty ones to fill: no fewer than the page had, and more where more were asked for.
    pub fn rows(&self, form: &EditForm) -> Vec<RowView> {
        if self.section.most == 0 {
            return vec![];
        }
        let typed = &form.typed;
        let has =
            |row: usize| !typed.row("was", row).is_empty() || self.section.row.iter().any(|f| !matches!(f.kind, Kind::Choice(..)) && !typed.row(f.name, row).trim().is_empty());
        let filled = (1..=typed.rows()).filter(|row| has(*row)).max().unwrap_or(0);
        let wants_more = form.then == Then::MoreRows;
        let wanted = form.shown.max(filled + SPARE) + if wants_more { MORE } else { 0 };
        let all = wanted.min(self.section.most.max(filled)).max(1);
        // where rows were asked for, the first empty one is open and waits to be filled
        let opened = if wants_more { filled + 1 } else { 1 };
        (1..=all).map(|row| self.row(row, (row > filled, row == opened), typed)).collect()
    }

    fn row(&self, n: usize, (is_new, opened): (bool, bool), typed: &Typed) -> RowView {
        let was = typed.row("was", n).to_owned();
        RowView {
            n,
            next: is_new && opened,
            name: if was.is_empty() && is_new { String::new() } else { crate::contests::editor::name_of(self.section, typed, n) },
            removed: !typed.row("remove", n).is_empty(),
            // a new row is open where the list is empty, so that there is something to fill
            open: was.is_empty() && (!is_new || opened),
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
