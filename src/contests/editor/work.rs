//! A form being turned into rules: readings that note what is wrong under the field's id, all at once.
use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use unicode_normalization::UnicodeNormalization;

use super::typed::{Typed, at};
use crate::contests::file::{LocalFault, MOST_LINE, is_hidden, local, local_minute, slug_of, whole_day};
use crate::contests::forms::Wrong;
use crate::contests::model::{Bilingual, DecimalFault, Hundredths, Key, Ruleset};
use crate::contests::rows::{Ids, Part};
use crate::platform::failure::Refusal;

pub struct Work<'a> {
    pub typed: &'a Typed,
    pub rules: &'a mut Ruleset,
    pub ids: &'a mut Ids,
    pub wrong: Vec<Wrong>,
}

/// A key that changed: what it was and what it is.
pub type Renamed = Vec<(String, String)>;

impl Work<'_> {
    pub fn wrong(&mut self, id: &str, refusal: Refusal) {
        self.wrong.push((id.to_owned(), refusal));
    }

    /// A text in NFC, trimmed; None where it cannot be used, which is noted. Empty texts are the caller's to judge.
    fn text(&mut self, id: &str, most: usize) -> Option<String> {
        let text: String = self.typed.get(id).replace("\r\n", "\n").trim().nfc().collect();
        let found = text.chars().count();
        if found > most {
            self.wrong(id, Refusal::of("rule_text_long").with("most", most).with("by", found - most));
            return None;
        }
        // several lines are several lines only in an area; a line was one line when it was sent
        if text.chars().any(|c| is_hidden(c) && c != '\n') {
            self.wrong(id, Refusal::of("rule_text_hidden"));
            return None;
        }
        Some(text)
    }

    /// Both languages of a text; left empty, the English is the Vietnamese. None and noted where there is neither.
    pub fn both(&mut self, name: &str, row: Option<usize>, most: usize) -> Option<Bilingual> {
        let found = self.both_or_none(name, row, most)?;
        if found.is_none() {
            self.wrong(&id_of(&format!("{name}_vi"), row), Refusal::of("rule_text_needed"));
        }
        found
    }

    /// As `both`, and may be left empty: then `Some(None)`.
    pub fn both_or_none(&mut self, name: &str, row: Option<usize>, most: usize) -> Option<Option<Bilingual>> {
        let vi = self.text(&id_of(&format!("{name}_vi"), row), most);
        let en = self.text(&id_of(&format!("{name}_en"), row), most);
        let (vi, en) = (vi?, en?);
        Some(match (vi.is_empty(), en.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Bilingual::same(en)),
            (false, true) => Some(Bilingual::same(vi)),
            (false, false) => Some(Bilingual { vi, en }),
        })
    }

    /// A whole number; `Some(None)` where it is left empty.
    pub fn number_or_none<T: TryFrom<i64> + PartialOrd + ToString>(&mut self, id: &str, range: RangeInclusive<T>) -> Option<Option<T>> {
        let typed = self.typed.get(id).trim();
        if typed.is_empty() {
            return Some(None);
        }
        // 1.500 and 20 000 000 as people part thousands
        let digits: String = typed.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
        let number = digits.parse::<i64>().ok().and_then(|n| T::try_from(n).ok()).filter(|n| range.contains(n));
        if number.is_none() {
            let refusal = Refusal::of("rule_number").with("low", range.start().to_string()).with("high", range.end().to_string());
            self.wrong(id, refusal);
            return None;
        }
        Some(number)
    }

    /// A whole number that must be there.
    pub fn number<T: TryFrom<i64> + PartialOrd + ToString>(&mut self, id: &str, range: RangeInclusive<T>) -> Option<T> {
        let (low, high) = (range.start().to_string(), range.end().to_string());
        let found = self.number_or_none(id, range)?;
        if found.is_none() {
            self.wrong(id, Refusal::of("rule_number").with("low", low).with("high", high));
        }
        found
    }

    /// Points with at most two decimals, by point or comma, from `low` hundredths to 1,000.
    pub fn points(&mut self, id: &str, low: i32) -> Option<Hundredths> {
        let typed = self.typed.get(id).trim();
        let parsed = match Hundredths::parse(typed) {
            Err(DecimalFault::Comma(fix)) => Hundredths::parse(&fix),
            other => other,
        };
        let found = parsed.ok().filter(|p| (low..=100_000).contains(&p.get()));
        if found.is_none() {
            self.wrong(id, Refusal::of("rule_points").with("low", Hundredths::new(low).to_string()));
        }
        found
    }

    /// A minute of the contest's zone; `stands` itself, to the second, where its minute is typed.
    pub fn moment(&mut self, id: &str, stands: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.typed.get(id) == local(stands, self.rules.contest.timezone) {
            return Some(stands);
        }
        match local_minute(self.typed.get(id), self.rules.contest.timezone) {
            Ok(at) => Some(at),
            Err(LocalFault::Form) => {
                self.wrong(id, Refusal::of("date_unreadable"));
                None
            }
            Err(LocalFault::Unclear(fix)) => {
                self.wrong(id, Refusal::of("date_skipped").with("fix", fix));
                None
            }
        }
    }

    pub fn day_or_none(&mut self, id: &str) -> Option<Option<NaiveDate>> {
        let typed = self.typed.get(id).trim();
        if typed.is_empty() {
            return Some(None);
        }
        let day = whole_day(typed);
        if day.is_none() {
            self.wrong(id, Refusal::of("rule_day"));
        }
        day.map(Some)
    }

    /// One of the offers; noted where it is none of them.
    pub fn choice<T>(&mut self, id: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = parse(self.typed.get(id));
        if found.is_none() {
            self.wrong(id, Refusal::of("rule_choice"));
        }
        found
    }

    pub fn is_ticked(&self, id: &str) -> bool {
        !self.typed.get(id).is_empty()
    }

    /// A row's key: as typed, else as the row had it, else made of its name; another row's is noted.
    pub fn key(&mut self, row: usize, name: &str, taken: &[Key]) -> Option<Key> {
        let typed = self.typed.row("key", row).trim().to_lowercase();
        let was = self.typed.row("was", row);
        if !typed.is_empty() || !was.is_empty() {
            let wanted = if typed.is_empty() { was } else { &typed };
            return self.free_key(&at("key", row), wanted, taken);
        }
        Some(made_of(name, taken))
    }

    pub fn free_key(&mut self, id: &str, wanted: &str, taken: &[Key]) -> Option<Key> {
        let Some(key) = Key::parse(wanted) else {
            self.wrong(id, Refusal::of("rule_key"));
            return None;
        };
        if taken.contains(&key) {
            self.wrong(id, Refusal::of("rule_key_twice"));
            return None;
        }
        Some(key)
    }

    /// Reads the rows that are not removed and not blank, in the order asked for. `blank`: the fields that a row left alone
    /// leaves empty. Errors of a row are noted; the whole list stands only if there are none.
    pub fn listed<T>(&mut self, most: usize, blank: &[&str], mut read: impl FnMut(&mut Self, usize) -> Option<T>) -> Vec<T> {
        // a row given another's place goes before it
        let mut rows: Vec<(usize, bool, usize)> = vec![];
        for row in 1..=self.typed.rows() {
            let is_blank = self.typed.row("was", row).is_empty() && blank.iter().all(|f| self.typed.row(f, row).trim().is_empty());
            if !is_blank && !self.is_ticked(&at("remove", row)) {
                let order = self.typed.row("order", row).trim().parse().unwrap_or(usize::MAX);
                rows.push((order, order == row, row));
            }
        }
        rows.sort_unstable();
        if rows.len() > most {
            self.wrong("", Refusal::of("rule_rows").with("most", most));
            return vec![];
        }
        rows.into_iter().filter_map(|(_, _, row)| read(self, row)).collect()
    }

    /// Rows keep their ids under new keys.
    pub fn rename(&mut self, part: Part, renamed: &Renamed) {
        let changed: Renamed = renamed.iter().filter(|(was, is)| !was.is_empty() && was != is).cloned().collect();
        self.ids.rename(part, &changed);
    }

    /// What a row was called, and is.
    pub fn named(&self, row: usize, key: &Key) -> (String, String) {
        (self.typed.row("was", row).to_owned(), key.as_str().to_owned())
    }

    pub fn row_name(&mut self, row: usize) -> Option<Bilingual> {
        self.both("name", Some(row), MOST_LINE)
    }
}

fn id_of(name: &str, row: Option<usize>) -> String {
    row.map_or_else(|| name.to_owned(), |row| at(name, row))
}

/// A key out of a name: `Báo điện tử` gives `bao-dien-tu`, or `bao-dien-tu-2` where that is taken.
pub fn made_of(name: &str, taken: &[Key]) -> Key {
    let base: String = slug_of(name).chars().take(34).collect();
    let base = if base.trim_matches('-').is_empty() { "muc".to_owned() } else { base.trim_matches('-').to_owned() };
    let mut tries = std::iter::once(base.clone()).chain((2..100_000).map(|n| format!("{base}-{n}")));
    tries.find_map(|t| Key::parse(&t).filter(|k| !taken.contains(k))).unwrap_or_else(|| made_of("", taken))
}
