//! What the desk may decide, as far as a page can tell; Postgres decides the same again under its lock.
use actix_web::http::StatusCode;

use uuid::Uuid;

use super::hits::Identity;
use super::model::{Count, Received, Slip, Version};
use crate::contests::Contest;
use crate::contests::phase::Phase;
use crate::contests::rules::Category;
use crate::documents::MAX_TEXT;
use crate::platform::failure::Refusal;
use crate::platform::form::is_reason;

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Valid,
    Query,
    Refused,
}

impl Verdict {
    /// As Postgres, the form and the record call it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Valid => "valid",
            Verdict::Query => "query",
            Verdict::Refused => "refused",
        }
    }
    pub fn parse(word: &str) -> Option<Verdict> {
        [Verdict::Valid, Verdict::Query, Verdict::Refused].into_iter().find(|v| v.word() == word)
    }
}

/// What can be chosen for an entry, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Nothing can be decided: `withdrawn`, `struck-out` or `cut`; `sealed`: cut, and nothing of it changes any more.
    pub locked: Option<&'static str>,
    /// Why it cannot be valid: `pending`, `unreadable`, `untyped`, or `sealed` where no slip is cut any more.
    pub not_valid: Option<&'static str>,
    pub may_query: bool,
}

/// For an entry whose version that counts is this one.
pub fn choices(contest: &Contest, entry: &Received, version: &Version) -> Choices {
    Choices {
        locked: match (entry.cut, entry.state.as_str()) {
            (_, "withdrawn") => Some("withdrawn"),
            (_, "struck_out") => Some("struck-out"),
            (true, _) if entry.sealed => Some("sealed"),
            (true, _) => Some("cut"),
            _ => None,
        },
        not_valid: match version.reading.as_deref() {
            _ if entry.sealed => Some("sealed"),
            None | Some("read") => None,
            Some("pending") => Some("pending"),
            Some("untyped") => Some("untyped"),
            Some(_) => Some("unreadable"),
        },
        may_query: contest.phase() != Phase::Closed,
    }
}

/// Whether a work names its author for sure: that only who has read it may let pass.
pub fn reveals(slip: &Slip) -> bool {
    let who = Identity::of((texts(&slip.names), texts(&slip.pens)), (texts(&slip.emails), texts(&slip.phones)), texts(&slip.units));
    who.stands_in(&slip.title) || slip.body.as_deref().is_some_and(|body| who.stands_in(body))
}

fn texts(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter().map(String::as_str)
}

/// How a length stands to its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    Unlimited,
    Fits,
    /// Syllables missing.
    Short(i32),
    /// Syllables too many.
    Long(i32),
}

pub fn length(words: i32, category: &Category) -> Length {
    match (category.min_words, category.max_words) {
        (None, None) => Length::Unlimited,
        (Some(min), _) if words < min => Length::Short(min - words),
        (_, Some(max)) if words > max => Length::Long(words - max),
        _ => Length::Fits,
    }
}

/// How many entries of a category, or of all, are in a state; `all`: received.
pub fn count(counts: &[Count], category: Option<Uuid>, state: &str) -> i64 {
    counts.iter().filter(|c| category.is_none_or(|id| c.category == id) && (state == "all" || c.state == state)).map(|c| c.n).sum()
}

/// Letters of a reason, as `named.screen` asks and its table holds.
const REASON: std::ops::RangeInclusive<usize> = 5..=2_000;

/// The reason as it is kept: a valid entry needs none, and what was typed for another choice is not sent.
pub fn reason_of(verdict: Verdict, typed: &str) -> Result<&str, Refusal> {
    match (verdict, typed.chars().count()) {
        (Verdict::Valid, _) => Ok(""),
        (_, n) if REASON.contains(&n) => Ok(typed),
        (_, n) if n > *REASON.end() => Err(Refusal::of("desk_reason_long").with("max", REASON.end())),
        _ => Err(Refusal::of("desk_reason_needed")),
    }
}

/// The name of a search, as its table holds it.
pub fn search_name(typed: &str) -> Result<&str, Refusal> {
    match typed.chars().count() {
        1..=60 => Ok(typed),
        _ => Err(Refusal::of("search_name_needed")),
    }
}

/// What is wrong with a text to be kept, by field.
pub fn template_wrong(name: &str, vi: &str, en: &str) -> Vec<(&'static str, Refusal)> {
    let mut wrong = vec![];
    if !(1..=80).contains(&name.chars().count()) {
        wrong.push(("name", Refusal::of("template_name_needed")));
    }
    if vi.is_empty() && en.is_empty() {
        wrong.push(("vi", Refusal::of("template_text_needed")));
    }
    for (field, text) in [("vi", vi), ("en", en)] {
        if text.chars().count() > *REASON.end() {
            wrong.push((field, Refusal::of("desk_reason_long").with("max", REASON.end())));
        }
    }
    wrong
}

/// What is wrong with a new clean text (how it came, title, text), by field; `reason`: where it is to be kept.
pub fn text_wrong((how, title, body): (&str, &str, &str), reason: Option<&str>) -> Vec<(&'static str, Refusal)> {
    let mut wrong = vec![];
    if !["reread", "masked", "repaired"].contains(&how) {
        wrong.push(("", Refusal::of("form_unreadable")));
    }
    if !(1..=300).contains(&title.chars().count()) {
        wrong.push(("title", Refusal::of("text_title_needed")));
    }
    if body.trim().is_empty() {
        wrong.push(("body", Refusal::of("text_empty")));
    } else if body.len() > MAX_TEXT {
        wrong.push(("body", Refusal::of("text_too_long")));
    }
    if reason.is_some_and(|r| !is_reason(r)) {
        wrong.push(("reason", Refusal::of("text_reason_needed")));
    }
    wrong
}

/// The desk's own sentence for what Postgres refuses: the contestant reads another one.
pub fn in_the_desks_words(refusal: Refusal) -> Refusal {
    let name = match refusal.name {
        "entry_ended" => "desk_entry_ended",
        "entry_cut" => "desk_entry_cut",
        "queries_closed" => "desk_queries_closed",
        "reason_needed" => "desk_reason_needed",
        "limit_per_category" | "limit_overall" => "desk_limit",
        other => other,
    };
    Refusal { name, ..refusal }
}

/// Another clerk decided since the page was made: who, and at what hour; no name where it was the program.
pub fn decided_meanwhile(name: &str, at: &str) -> Refusal {
    let refusal = if name.is_empty() { Refusal::of("desk_queried_meanwhile") } else { Refusal::of("desk_decided_meanwhile").with("name", name).with("at", at) };
    refusal.status(StatusCode::CONFLICT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_and_a_refusal_need_a_reason_and_a_valid_entry_takes_none() {
        assert_eq!(reason_of(Verdict::Valid, "viết dở"), Ok(""));
        assert_eq!(reason_of(Verdict::Query, "vì"), Err(Refusal::of("desk_reason_needed")));
        assert_eq!(reason_of(Verdict::Refused, "Chép lại"), Ok("Chép lại"));
        assert_eq!(reason_of(Verdict::Refused, &"a".repeat(2_001)).unwrap_err().name, "desk_reason_long");
    }
    #[test]
    fn both_ends_of_a_length_fit() {
        let id = uuid::Uuid::nil();
        let of = |min_words, max_words| Category {
            id,
            key: "bao".into(),
            name_vi: "Báo".into(),
            name_en: "Press".into(),
            kind: "text".into(),
            min_words,
            max_words,
            min_authors: 1,
            max_authors: 1,
            rubric: Some(id),
            ranking_group: Some(id),
        };
        let (both, none) = (of(Some(100), Some(200)), of(None, None));
        let found: Vec<_> = [99, 100, 200, 203].into_iter().map(|n| length(n, &both)).collect();
        assert_eq!(found, [Length::Short(1), Length::Fits, Length::Fits, Length::Long(3)]);
        assert_eq!(length(5, &none), Length::Unlimited);
    }
}
