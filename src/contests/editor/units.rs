//! The tree of units as a list with indentation: the quick way to three hundred communes, and the way to change one.
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::fields::{Field, Kind};
use super::heads::english;
use super::typed::Typed;
use super::work::{Work, made_of};
use super::{Frozen, Section};
use crate::contests::file::{MOST_LINE, is_hidden};
use crate::contests::model::{Bilingual, Key, Ruleset, Unit};
use crate::platform::failure::Refusal;

pub static UNITS: Section =
    Section { word: "units", fields: &[Field::new("units", Kind::Area).hint().optional()], row: &[], most: 0, frozen: Frozen::Never, fill: fill_units, apply: apply_units };

/// Units of one contest.
const MOST: usize = 10_000;
/// Spaces a tab is worth.
const TAB: usize = 4;

/// `Tiếng Việt | English | key`; the English is left out where it is the same.
pub fn line_of(name: &Bilingual, key: &Key) -> String {
    format!("{} | {} | {}", name.vi.replace('|', "/"), english(name).replace('|', "/"), key.as_str()).replace(" |  | ", " | | ")
}

/// What a line says; None where a part of it cannot be used.
pub fn parse_line(line: &str) -> Option<(Bilingual, Option<Key>)> {
    let clean: String = line.trim().nfc().collect();
    let mut parts = clean.split('|').map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    let (vi, en, key) = (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let fits = |s: &str| s.chars().count() <= MOST_LINE && !s.chars().any(is_hidden);
    if vi.is_empty() || !fits(&vi) || !fits(&en) || parts.next().is_some() {
        return None;
    }
    let key = if key.is_empty() { None } else { Some(Key::parse(&key.to_lowercase())?) };
    Some((if en.is_empty() { Bilingual::same(vi) } else { Bilingual { vi, en } }, key))
}

fn fill_units(r: &Ruleset) -> Typed {
    let mut lines: Vec<String> = vec![];
    let mut stack: Vec<(usize, &Unit)> = r.units.iter().rev().filter(|u| u.parent.is_none()).map(|u| (0, u)).collect();
    let mut below: HashMap<&Key, Vec<&Unit>> = HashMap::new();
    for unit in &r.units {
        if let Some(parent) = &unit.parent {
            below.entry(parent).or_default().push(unit);
        }
    }
    while let Some((depth, unit)) = stack.pop() {
        lines.push(format!("{}{}", "  ".repeat(depth), line_of(&unit.name, &unit.key)));
        stack.extend(below.remove(&unit.key).unwrap_or_default().into_iter().rev().map(|u| (depth + 1, u)));
    }
    let mut typed = Typed::default();
    typed.set("units", lines.join("\n"));
    typed
}

/// How far a line is indented, in spaces.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { TAB } else { 1 }).sum()
}

/// A line deeper than the one before it lies under that one. A unit without a key that is called as one was, keeps its key:
/// a list pasted anew makes no new units.
fn apply_units(w: &mut Work<'_>) {
    let text = w.typed.get("units").to_owned();
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    if lines.len() > MOST {
        w.wrong("units", Refusal::of("rule_rows").with("most", MOST));
        return;
    }
    let mut read: Vec<(usize, Bilingual, Option<Key>)> = vec![];
    for line in &lines {
        let Some((name, key)) = parse_line(line) else {
            let shown: String = line.trim().chars().take(80).collect();
            w.wrong("units", Refusal::of("rule_line").with("line", shown));
            return;
        };
        read.push((indent(line), name, key));
    }
    let mut taken: HashSet<Key> = HashSet::new();
    for key in read.iter().filter_map(|(_, _, key)| key.clone()) {
        if let Some(twice) = taken.replace(key) {
            w.wrong("units", Refusal::of("rule_line_twice").with("line", twice.as_str()));
            return;
        }
    }
    w.rules.units = tree(read, taken, &w.rules.units);
}

fn tree(read: Vec<(usize, Bilingual, Option<Key>)>, mut taken: HashSet<Key>, before: &[Unit]) -> Vec<Unit> {
    let mut known: HashMap<(Option<&Key>, &str), Vec<&Key>> = HashMap::new();
    for unit in before {
        known.entry((unit.parent.as_ref(), &unit.name.vi)).or_default().push(&unit.key);
    }
    let mut above: Vec<(usize, Key)> = vec![];
    let mut units = vec![];
    for (depth, name, key) in read {
        above.retain(|(d, _)| *d < depth);
        let parent = above.last().map(|(_, key)| key.clone());
        let was = || known.get(&(parent.as_ref(), name.vi.as_str()))?.iter().find(|k| !taken.contains(**k)).map(|k| (*k).clone());
        let key = key.or_else(was).unwrap_or_else(|| free(&name.vi, &taken));
        taken.insert(key.clone());
        above.push((depth, key.clone()));
        units.push(Unit { key, name, parent });
    }
    units
}

/// `made_of` for a set of ten thousand.
fn free(name: &str, taken: &HashSet<Key>) -> Key {
    let first = made_of(name, &[]);
    let tries = (2..).map(|n| format!("{}-{n}", first.as_str().chars().take(34).collect::<String>().trim_end_matches('-')));
    if taken.contains(&first) { tries.filter_map(|t| Key::parse(&t)).find(|k| !taken.contains(k)).unwrap_or(first) } else { first }
}
