//! Reading what is marked and ranked: `[[rubric]]`, `[[ranking_group]]`, `[[category]]`.

use super::super::model::{AuthorLimits, Category, CategoryKind, Criterion, Hundredths, RankingGroup, Rubric, WordLimits};
use super::contest::in_order;
use super::problem::Problem;
use super::reader::{Lined, Log, Node, Table, declared};
use super::schema::{AUTHORS, CATEGORY, CRITERION, RANKING_GROUP, RUBRIC, WORDS};
use super::values::{choice, decimal, key, name, reference, remark, whole};

pub(super) struct Scoring<'a> {
    pub(super) rubrics: Vec<Lined<Rubric>>,
    pub(super) ranking_groups: Vec<Lined<RankingGroup>>,
    pub(super) categories: Vec<Lined<Category>>,
    pub(super) has_every_category: bool,
    /// The keys that ranking groups have, also of groups with mistakes.
    pub(super) group_keys: Vec<&'a str>,
}

pub(super) fn scoring<'a>(log: &mut Log, root: &Table<'a>) -> Scoring<'a> {
    let rubrics = root.required_list(log, &RUBRIC);
    let rubric_keys = declared(log, &rubrics);
    let groups = root.required_list(log, &RANKING_GROUP);
    let group_keys = declared(log, &groups);
    let tables = root.required_list(log, &CATEGORY);
    declared(log, &tables);
    let categories: Vec<_> = tables.iter().filter_map(|table| category(log, table, &rubric_keys, &group_keys)).collect();
    Scoring {
        rubrics: rubrics.iter().filter_map(|table| rubric(log, table)).collect(),
        ranking_groups: groups.iter().filter_map(|table| group(log, table)).collect(),
        has_every_category: categories.len() == tables.len() && !tables.is_empty(),
        categories,
        group_keys,
    }
}

fn rubric(log: &mut Log, table: &Table<'_>) -> Option<Lined<Rubric>> {
    let key = table.required(log, "key", key);
    let name = table.required(log, "name", name);
    let step = table.required(log, "step", decimal(Hundredths::new(1)));
    let tables = table.required_list(log, &CRITERION);
    declared(log, &tables);
    let criteria: Vec<_> = tables.iter().filter_map(|table| criterion(log, table, step)).collect();
    let whole = criteria.len() == tables.len() && !tables.is_empty();
    Some(Lined { line: table.line, item: Rubric { key: key?, name: name?, step: step?, criteria: whole.then_some(criteria)? } })
}

fn criterion(log: &mut Log, table: &Table<'_>, step: Option<Hundredths>) -> Option<Criterion> {
    let key = table.required(log, "key", key);
    let name = table.required(log, "name", name);
    let description = table.optional(log, "description", remark);
    let max = table.required(log, "max", decimal(Hundredths::new(1)));
    if let Some((max, step)) = max.zip(step).filter(|(max, step)| !max.is_multiple_of(*step)) {
        let (found, step) = (max.to_string(), step.to_string());
        log.add(table.line_of(log, "max"), Problem::OffStep { found, step });
    }
    Some(Criterion { key: key?, name: name?, description, max: max? })
}

fn group(log: &mut Log, table: &Table<'_>) -> Option<Lined<RankingGroup>> {
    let key = table.required(log, "key", key);
    let name = table.required(log, "name", name);
    Some(Lined { line: table.line, item: RankingGroup { key: key?, name: name? } })
}

fn category(log: &mut Log, table: &Table<'_>, rubrics: &[&str], groups: &[&str]) -> Option<Lined<Category>> {
    let key = table.required(log, "key", key);
    let name = table.required(log, "name", name);
    let kind = choice(CategoryKind::WORDS, CategoryKind::from_word);
    let kind = table.required(log, "kind", kind);
    let words = table.optional(log, WORDS.name, words).unwrap_or_default();
    let authors = table.optional(log, AUTHORS.name, authors);
    let rubric = |log: &mut Log, node: Node<'_>| reference(log, node, rubrics);
    let rubric = table.required(log, "rubric", rubric);
    let group = |log: &mut Log, node: Node<'_>| reference(log, node, groups);
    let group = table.required(log, "ranking_group", group);
    Some(Lined {
        line: table.line_of(log, "rubric"),
        item: Category {
            key: key?,
            name: name?,
            kind: kind?,
            words,
            authors: authors.unwrap_or(AuthorLimits { min: 1, max: 1 }),
            rubric: Some(rubric?),
            ranking_group: Some(group?),
        },
    })
}

fn words(log: &mut Log, node: Node<'_>) -> Option<WordLimits> {
    let table = Table::open(log, &WORDS, node)?;
    let limits = WordLimits { min: table.optional(log, "min", whole(1..=1_000_000)), max: table.optional(log, "max", whole(1..=1_000_000)) };
    in_order(log, &table, ("min", limits.min), ("max", limits.max));
    Some(limits)
}

/// Left out, the fewest is 1 and the most is the fewest.
fn authors(log: &mut Log, node: Node<'_>) -> Option<AuthorLimits> {
    let table = Table::open(log, &AUTHORS, node)?;
    let min = table.optional(log, "min", whole(1..=50)).unwrap_or(1);
    let max = table.optional(log, "max", whole(1..=50)).unwrap_or(min);
    in_order(log, &table, ("min", Some(min)), ("max", Some(max)));
    Some(AuthorLimits { min, max })
}
