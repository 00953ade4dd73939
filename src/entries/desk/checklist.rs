//! The conditions of the rules for one entry: what can be computed is, the rest a clerk ticks. Kept with the decision.
use serde_json::{Map, Value};

use super::model::{Author, Version};
use super::rules::{self, Length};
use crate::contests::rules::{Category, Conditions};

/// What only a reader can say, in the order of the form.
pub const TICKS: [&str; 3] = ["category", "theme", "anonymous"];

/// How a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Ok,
    No,
    /// Nobody can tell yet.
    Open,
}

impl State {
    /// As it is kept.
    pub fn word(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::No => "no",
            State::Open => "open",
        }
    }
}

/// How many authors there are, beside how many may be.
pub fn authors(n: usize, k: &Category) -> State {
    let n = i32::try_from(n).unwrap_or(i32::MAX);
    if (k.min_authors..=k.max_authors).contains(&n) { State::Ok } else { State::No }
}

/// Whether all are old enough, as far as years of birth are given, and minors have a guardian.
pub fn ages(people: &[Author], conditions: &Conditions) -> State {
    if people.iter().filter_map(|a| a.birth_year).any(|y| conditions.is_too_young(y)) {
        return State::No;
    }
    let unattended = |a: &Author| a.birth_year.is_some_and(|y| conditions.needs_guardian(y)) && (a.guardian.is_empty() || !a.guardian_agrees);
    if people.iter().any(unattended) {
        return State::Open;
    }
    if conditions.asks_birth_year() && people.iter().any(|a| a.birth_year.is_none()) { State::Open } else { State::Ok }
}

/// What the program can tell of a version.
pub fn computed(v: &Version, (category, conditions): (Option<&Category>, &Conditions), people: &[Author], open_flags: usize) -> Vec<(&'static str, State)> {
    let readable = match v.reading.as_deref() {
        None | Some("read") => State::Ok,
        Some("pending") => State::Open,
        Some(_) => State::No,
    };
    let length = match (v.words, category) {
        (Some(words), Some(k)) => match rules::length(words, k) {
            Length::Unlimited | Length::Fits => State::Ok,
            Length::Short(_) | Length::Long(_) => State::No,
        },
        _ => State::Open,
    };
    let flags = if open_flags == 0 { State::Ok } else { State::No };
    vec![("readable", readable), ("length", length), ("authors", category.map_or(State::Open, |k| authors(people.len(), k))), ("years", ages(people, conditions)), ("flags", flags)]
}

/// As it is kept with the decision: what was computed, and what was ticked of `TICKS`; nothing else that was sent.
pub fn kept(computed: &[(&'static str, State)], ticked: &[String]) -> Value {
    let ticks = TICKS.into_iter().map(|k| (k, if ticked.iter().any(|t| t == k) { State::Ok } else { State::Open }));
    Value::Object(computed.iter().copied().chain(ticks).map(|(k, s)| (k.to_owned(), Value::from(s.word()))).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_ticks_are_kept_and_the_rest_stands_open() {
        let kept = kept(&[("length", State::No)], &["theme".into(), "=cmd".into()]);
        assert_eq!(kept, serde_json::json!({ "length": "no", "category": "open", "theme": "ok", "anonymous": "open" }));
    }
}
