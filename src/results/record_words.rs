//! An event of the record in words: a sentence by its verb, and its content as a list of labels and values. Pure; what ids
//! mean is looked up in `Names`.
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use uuid::Uuid;

use crate::contests::editor::Moved;
use crate::platform::i18n::{self, Lang, Words};
use crate::record::store::Seen;
use crate::results::record_page::{EventRow, Field, Shown};

/// What ids and keys of this contest are called, in the reader's language.
#[derive(Default)]
pub struct Names {
    /// Officials, categories, units, ranking groups; of a contestant only the id is known here.
    pub by_id: HashMap<Uuid, String>,
    /// Criteria and prizes, by the keys of the rules.
    pub by_key: HashMap<String, String>,
    pub contest: Uuid,
}

/// What is done with a key.
const BY_KEY: [&str; 10] = ["turn_key", "open", "propose_holder", "change_holder", "drop_holder", "propose_strike", "drop_strike", "strike_winner", "strike_out", "amend_results"];

/// In which words and by which clock.
pub struct Voice<'a> {
    pub words: &'a Words,
    pub lang: Lang,
    pub tz: Tz,
}

impl Voice<'_> {
    fn t(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.words.t(self.lang, key, args)
    }
    /// The word under a prefix, or the value itself where there is none.
    fn word(&self, prefix: &str, value: &str) -> String {
        let key = format!("{prefix}-{}", value.replace('_', "-"));
        if self.words.has(self.lang, &key) { self.t(&key, &[]) } else { value.to_owned() }
    }
    /// What a hat is called; what is none of the list (an owner of tables) is the program.
    pub fn hat(&self, hat: &str) -> String {
        let key = format!("hat-{hat}");
        if self.words.has(self.lang, &key) { self.t(&key, &[]) } else { self.t("hat-program", &[]) }
    }

    /// An event, ready to print.
    pub fn row(&self, e: &Seen, names: &Names) -> EventRow {
        let subject = self.subject(e, names);
        let fields: Vec<Field> = match &e.content {
            Value::Object(all) => all.iter().filter(|(key, value)| says_something(key, value)).map(|(key, value)| self.field(key, value, names)).collect(),
            _ => vec![],
        };
        EventRow {
            at: i18n::instant(self.lang, e.at, self.tz),
            words: self.word("verb", &e.verb),
            subject,
            who: self.who(e, names),
            // a key is turned as anybody, by a proof that is no hat
            hat: match (e.actor, e.verb.as_str()) {
                (None, _) => String::new(),
                (_, verb) if e.hat == "public" && BY_KEY.contains(&verb) => self.hat("key-holder"),
                // who confirms is an organizer or holds a key
                (_, "award" | "take_back" | "correct" | "drop_decision") if e.hat == "public" => self.hat("second"),
                _ => self.hat(&e.hat),
            },
            fields,
            canonical: e.canonical.clone(),
            link: e.hash.as_deref().map(|h| short(&crate::platform::secret::hex(h))).unwrap_or_default(),
        }
    }

    fn who(&self, e: &Seen, names: &Names) -> Shown {
        match e.actor {
            None => Shown { text: self.hat(&e.hat), full: String::new() },
            Some(id) => named(&id.to_string(), names),
        }
    }
    /// Empty where the event is about the contest itself, or about whoever did it.
    fn subject(&self, e: &Seen, names: &Names) -> Shown {
        let own = |id: Uuid| id == names.contest || Some(id) == e.actor;
        if Uuid::parse_str(&e.subject).is_ok_and(own) { Shown::default() } else { named(&e.subject, names) }
    }

    fn field(&self, key: &str, value: &Value, names: &Names) -> Field {
        Field { label: self.word("record-field", key), values: self.values(key, value, names) }
    }
    fn values(&self, key: &str, value: &Value, names: &Names) -> Vec<Shown> {
        let plain = |text: String| vec![Shown { text, full: String::new() }];
        match (key, value) {
            (_, Value::Null) => plain("–".into()),
            ("marks", Value::Object(marks)) => {
                let one = |(k, v): (&String, &Value)| Shown { text: format!("{}: {}", names.by_key.get(k).unwrap_or(k), self.mark(v)), full: String::new() };
                marks.iter().map(one).collect()
            }
            // conditions that a decision of the desk keeps
            ("checks", Value::Object(all)) => {
                // what only a reader could tick is not in doubt where it was not ticked
                let state = |k: &str, v: &Value| match (k, v.as_str().unwrap_or_default()) {
                    ("category" | "theme" | "anonymous", "open") => self.word("record-check", "unticked"),
                    (_, state) => self.word("record-check", state),
                };
                let one = |(k, v): (&String, &Value)| Shown { text: format!("{}: {}", self.word("desk-kept", k), state(k, v)), full: String::new() };
                all.iter().map(one).collect()
            }
            ("kind" | "flag", Value::String(kind)) => plain(self.word("desk-flag", kind)),
            ("state", Value::String(state)) => plain(if state.is_empty() { self.t("desk-state-all", &[]) } else { self.word("desk-tag", state) }),
            ("total" | "mark", Value::Number(_)) => plain(self.mark(value)),
            ("hat", Value::String(hat)) => plain(self.hat(hat)),
            ("section", Value::String(w)) => plain(self.word("rules-section", w)),
            ("what", Value::Array(all)) => all.iter().flat_map(|v| self.moved(v, names)).collect(),
            // personal words stand in the record as a hash alone: of a reason the hash says nothing to anybody
            ("reason", Value::String(text)) if is_hash(text) => vec![Shown { text: self.t("record-muted", &[]), full: text.clone() }],
            ("verdict" | "answer" | "condition" | "how" | "sheets", Value::String(w)) => plain(self.word(&format!("record-{key}"), w)),
            (_, Value::Bool(yes)) => plain(self.t(if *yes { "record-yes" } else { "record-no" }, &[])),
            (_, Value::Number(n)) => plain(n.as_i64().map_or_else(|| n.to_string(), |n| i18n::number(self.lang, n))),
            (_, Value::Array(all)) => all.iter().flat_map(|v| self.values("", v, names)).collect(),
            (_, Value::String(text)) => match DateTime::parse_from_rfc3339(text) {
                Ok(at) => plain(i18n::instant(self.lang, at.with_timezone(&Utc), self.tz)),
                Err(_) => vec![named(text, names)],
            },
            (_, Value::Object(all)) => {
                let part = |(key, value): (&String, &Value)| {
                    let words: Vec<String> = self.values(key, value, names).into_iter().map(|v| v.text).collect();
                    Shown { text: format!("{}: {}", self.word("record-field", key), words.join(", ")), full: String::new() }
                };
                all.iter().filter(|(key, value)| says_something(key, value)).map(part).collect()
            }
        }
    }
    /// A change of the rules, as the rules' own page says it: whose, which field, what it was and is.
    fn moved(&self, value: &Value, names: &Names) -> Vec<Shown> {
        let Ok(m) = serde_json::from_value::<Moved>(value.clone()) else { return self.values("", value, names) };
        let or_none = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        let mut text = self.word("rule", &m.field);
        if !m.row.is_empty() {
            text = format!("{}: {text}", m.row);
        }
        if !m.old.is_empty() || !m.new.is_empty() {
            text = format!("{text}: {}", self.t("rules-change-to", &[("old", or_none(m.old)), ("new", or_none(m.new))]));
        }
        vec![Shown { text, full: String::new() }]
    }
    fn mark(&self, hundredths: &Value) -> String {
        let exact = hundredths.as_i64().and_then(|n| i32::try_from(n).ok());
        exact.map_or_else(|| hundredths.to_string(), |n| i18n::mark(self.lang, n))
    }
}

/// A name where there is one; of an id or a hash the first letters, with all of it beside; any other text as it is.
fn named(text: &str, names: &Names) -> Shown {
    if let Some(name) = Uuid::parse_str(text).ok().and_then(|id| names.by_id.get(&id)).or_else(|| names.by_key.get(text)) {
        return Shown { text: name.clone(), full: String::new() };
    }
    let is_hash = is_hash(text);
    if is_hash || Uuid::parse_str(text).is_ok() {
        // of an id the end: its beginning is the hour
        let shown = if is_hash { short(text) } else { format!("…{}", text.get(text.len().saturating_sub(8)..).unwrap_or_default()) };
        return Shown { text: shown, full: text.to_owned() };
    }
    Shown { text: text.to_owned(), full: String::new() }
}

/// A part that was left empty is not there, but for a list's state: empty, it is of every state.
fn says_something(key: &str, value: &Value) -> bool {
    key == "state" || value.as_str().is_none_or(|s| !s.is_empty())
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn short(hex: &str) -> String {
    hex.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(verb: &str, content: Value) -> EventRow {
        let words = Words::load().unwrap();
        let names = Names {
            by_id: [(Uuid::from_u128(1), "Người Giám Sát".to_owned())].into(),
            by_key: [("noi-dung".to_owned(), "Nội dung".to_owned())].into(),
            contest: Uuid::from_u128(9),
        };
        let event = Seen {
            id: 1,
            at: DateTime::UNIX_EPOCH,
            actor: Some(Uuid::from_u128(1)),
            hat: "dealer".into(),
            verb: verb.into(),
            subject: "KX7ABCDEFG".into(),
            content,
            canonical: "1".into(),
            hash: None,
        };
        Voice { words: &words, lang: Lang::Vi, tz: Tz::UTC }.row(&event, &names)
    }
    fn said(row: &EventRow) -> Vec<String> {
        row.fields.iter().map(|f| format!("{} = {}", f.label, f.values.iter().map(|v| v.text.as_str()).collect::<Vec<_>>().join("; "))).collect()
    }

    #[test]
    fn marks_are_decimals_under_the_names_of_their_criteria() {
        let row = row("mark_sheet", json!({ "total": 8025, "marks": { "noi-dung": 4050 } }));
        assert_eq!(said(&row), ["Điểm từng tiêu chí = Nội dung: 40,50", "Tổng điểm = 80,25"]);
        assert_eq!((row.who.text.as_str(), row.subject.text.as_str()), ("Người Giám Sát", "KX7ABCDEFG"));
        assert!(!row.hat.contains("dealer"));
    }
    #[test]
    fn what_the_desk_checked_and_took_away_is_said_in_words() {
        let checks = row("screen_entry", json!({ "checks": { "length": "ok", "theme": "open" } }));
        assert_eq!(said(&checks), ["Điều kiện = độ dài: đạt; đúng chủ đề: chưa đánh dấu"]);
        let list = row("export_list", json!({ "form": "csv", "state": "", "flag": "mail-failed", "searched": true }));
        assert!(said(&list).contains(&"Điều cần xem lại = Thư không tới".to_owned()) && said(&list).contains(&"Tình trạng = Tất cả".to_owned()), "{:?}", said(&list));
        assert!(said(&list).iter().all(|f| !f.contains("desk-") && !f.contains("record-")));
    }
    #[test]
    fn a_change_of_the_rules_is_said_field_by_field_and_what_was_left_empty_is_not_there() {
        let what = json!([{ "field": "places", "row": "Giải A", "old": "1", "new": "2" }, { "field": "row-added", "row": "Giải C", "old": "", "new": "" }]);
        let changed = said(&row("change_rules", json!({ "section": "prizes", "reason": "", "what": what })));
        assert_eq!(changed, ["Phần = Giải thưởng", "Thay đổi = Giải A: Số giải: 1 → 2; Giải C: thêm"]);
        let hash = "cd".repeat(32);
        let screened = row("screen_entry", json!({ "verdict": "query", "reason": hash.clone() }));
        let reason = screened.fields.iter().flat_map(|f| &f.values).find(|v| v.full == hash).unwrap();
        assert_eq!(reason.text, "chỉ có mã băm");
        let nested = said(&row("export_list", json!({ "other": { "n": 3, "note": "" } })));
        assert!(nested.iter().all(|f| !f.contains('{') && !f.contains('"')), "{nested:?}");
    }
    #[test]
    fn ids_and_hashes_are_short_with_all_of_it_beside_and_a_reason_stays() {
        let hash = "ab".repeat(32);
        let row = row("excuse_reading", json!({ "reason": "Không còn ai", "input": hash.clone(), "third": true, "by": Uuid::from_u128(7).to_string() }));
        let input = row.fields.iter().flat_map(|f| &f.values).find(|v| v.full == hash).unwrap();
        assert_eq!(input.text, "abababababab");
        assert!(said(&row).iter().any(|f| f.ends_with("= Không còn ai")) && said(&row).iter().any(|f| f.ends_with("= có")) && said(&row).iter().any(|f| f.ends_with("…00000007")));
    }
}
