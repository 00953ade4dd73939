//! What only the whole file can tell.

use std::collections::BTreeMap;

use super::super::model::{Category, Key, Prize, Recipient, Rubric, Unit};
use super::draft::Draft;
use super::problem::Problem;
use super::reader::{Lined, Log};
use super::schema::{self, RANKING_GROUP, RUBRIC, Section};

pub(super) fn check(log: &mut Log, draft: &Draft) {
    let rubrics: BTreeMap<&Key, &Rubric> = draft.rubrics.iter().map(|rubric| (&rubric.item.key, &rubric.item)).collect();
    totals(log, &draft.categories, &rubrics);
    threshold(log, draft, &rubrics);
    minimums(log, draft, &rubrics);
    if draft.has_every_category {
        unused(log, draft);
    }
    circles(log, &draft.units);
    levels(log, &draft.prizes);
    same_holders(log, draft);
}

/// Entries of one group are compared by their marks, so these must be out of the same total.
fn totals(log: &mut Log, categories: &[Lined<Category>], rubrics: &BTreeMap<&Key, &Rubric>) {
    let mut first: BTreeMap<&Key, &Rubric> = BTreeMap::new();
    for category in categories {
        let rubric = category.item.rubric.as_ref().and_then(|key| rubrics.get(key));
        let Some((rubric, group)) = rubric.zip(category.item.ranking_group.as_ref()) else {
            continue;
        };
        let other = first.entry(group).or_insert(rubric);
        if other.total() != rubric.total() {
            let what = Problem::TotalsDiffer {
                group: group.as_str().to_owned(),
                rubric: rubric.key.as_str().to_owned(),
                total: rubric.total().to_string(),
                other: other.key.as_str().to_owned(),
                expected: other.total().to_string(),
            };
            log.add(category.line, what);
        }
    }
}

fn threshold(log: &mut Log, draft: &Draft, rubrics: &BTreeMap<&Key, &Rubric>) {
    let lowest = rubrics.values().map(|rubric| rubric.total()).min();
    let Some((round, total)) = draft.round.as_ref().zip(lowest) else {
        return;
    };
    if round.item.threshold >= total {
        let (found, total) = (round.item.threshold.to_string(), total.to_string());
        log.add(round.line, Problem::HighThreshold { found, total });
    }
}

fn minimums(log: &mut Log, draft: &Draft, rubrics: &BTreeMap<&Key, &Rubric>) {
    for prize in &draft.prizes {
        let Recipient::Individual { ranking_group: group } = &prize.item.recipient else { continue };
        let of_group = draft.categories.iter().filter(|k| k.item.ranking_group == *group).filter_map(|k| rubrics.get(k.item.rubric.as_ref()?));
        let Some((minimum, total)) = prize.item.minimum.zip(of_group.map(|rubric| rubric.total()).min()) else { continue };
        if minimum > total {
            let (found, total) = (minimum.to_string(), total.to_string());
            log.add(prize.line, Problem::HighMinimum { found, total });
        }
    }
}

fn unused(log: &mut Log, draft: &Draft) {
    let categories = || draft.categories.iter().map(|category| &category.item);
    for rubric in &draft.rubrics {
        let key = &rubric.item.key;
        if !categories().any(|category| category.rubric.as_ref() == Some(key)) {
            log.add(rubric.line, is_unused(&RUBRIC, key));
        }
    }
    for group in &draft.ranking_groups {
        let key = &group.item.key;
        if !categories().any(|category| category.ranking_group.as_ref() == Some(key)) {
            log.add(group.line, is_unused(&RANKING_GROUP, key));
        }
    }
}

fn is_unused(section: &Section, key: &Key) -> Problem {
    Problem::Unused { section: section.header.to_owned(), key: key.as_str().to_owned(), by: section.name.to_owned() }
}

/// Climbs from every unit, each at most once. A climb that meets itself has found a circle; one that
/// meets an earlier climb has nothing new to find.
fn circles(log: &mut Log, units: &[Lined<Unit>]) {
    let by_key: BTreeMap<&Key, &Lined<Unit>> = units.iter().map(|unit| (&unit.item.key, unit)).collect();
    let parent = |key: &Key| by_key.get(key).and_then(|unit| unit.item.parent.as_ref());
    let mut climbs: BTreeMap<&Key, usize> = BTreeMap::new();
    for (climb, unit) in units.iter().enumerate() {
        let mut at = Some(&unit.item.key);
        while let Some(key) = at.filter(|key| !climbs.contains_key(key)) {
            climbs.insert(key, climb);
            at = parent(key);
        }
        let Some(meeting) = at.filter(|key| climbs.get(key) == Some(&climb)) else {
            continue;
        };
        let above = std::iter::successors(parent(meeting), |key| parent(key));
        let round: Vec<&Key> = above.take_while(|key| *key != meeting).chain([meeting]).collect();
        let lines = round.iter().filter_map(|key| by_key.get(key)).map(|unit| unit.line);
        log.add(lines.min().unwrap_or(1), circle(meeting, &round));
    }
}

fn circle(meeting: &Key, round: &[&Key]) -> Problem {
    let names = [meeting].into_iter().chain(round.iter().copied());
    let path = schema::list(names.map(Key::as_str)).replace(", ", " → ");
    Problem::Circle { path }
}

/// The level is what orders prizes: two at one level would leave open who gets which.
fn levels(log: &mut Log, prizes: &[Lined<Prize>]) {
    let mut taken: BTreeMap<(Option<&Key>, u32), &Lined<Prize>> = BTreeMap::new();
    for prize in prizes {
        let group = match &prize.item.recipient {
            Recipient::Individual { ranking_group } => ranking_group.as_ref(),
            Recipient::Collective => None,
        };
        let level = prize.item.level;
        let holder = *taken.entry((group, level)).or_insert(prize);
        if holder.item.key != prize.item.key {
            let (key, line) = (holder.item.key.as_str().to_owned(), holder.line);
            log.add(prize.line, Problem::LevelTaken { level, prize: key, line });
        }
    }
}

/// Two keys in one hand would be one key.
fn same_holders(log: &mut Log, draft: &Draft) {
    let mut lines = BTreeMap::new();
    for holder in &draft.key_holders {
        let line = *lines.entry(&holder.item.email).or_insert(holder.line);
        if line != holder.line {
            let email = holder.item.email.as_str().to_owned();
            log.add(holder.line, Problem::SameHolder { email, line });
        }
    }
}
