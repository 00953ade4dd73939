//! Reading what a contestant is asked beside the work: `[[declaration]]`, `[[question]]`.

use super::super::model::{Choice, Declaration, Question, QuestionKind};
use super::problem::Problem;
use super::reader::{Log, Table, declared};
use super::schema::{CHOICE, DECLARATION, QUESTION};
use super::values::{choice, flag, key, name, remark};

pub(super) fn declarations(log: &mut Log, root: &Table<'_>) -> Vec<Declaration> {
    let tables = root.list(log, &DECLARATION);
    declared(log, &tables);
    let read = |table: &Table<'_>| {
        let key = table.required(log, "key", key);
        let text = table.required(log, "text", remark);
        Some(Declaration { key: key?, text: text? })
    };
    tables.iter().filter_map(read).collect()
}

pub(super) fn questions(log: &mut Log, root: &Table<'_>) -> Vec<Question> {
    let tables = root.list(log, &QUESTION);
    declared(log, &tables);
    tables.iter().filter_map(|table| question(log, table)).collect()
}

/// Left out, an answer is in words and need not be given.
fn question(log: &mut Log, table: &Table<'_>) -> Option<Question> {
    let key = table.required(log, "key", key);
    let text = table.required(log, "text", name);
    let kind = table.optional(log, "kind", choice(QuestionKind::WORDS, QuestionKind::from_word)).unwrap_or(QuestionKind::Text);
    let required = table.optional(log, "required", flag).unwrap_or(false);
    let tables = table.list(log, &CHOICE);
    declared(log, &tables);
    let choices = tables.iter().filter_map(|table| one_choice(log, table)).collect();
    let (key, found) = (key?, tables.len());
    let of = || key.as_str().to_owned();
    match kind {
        QuestionKind::Choice if found < 2 => log.add(table.line_of(log, "kind"), Problem::FewChoices { key: of(), found }),
        QuestionKind::Text if found > 0 => log.add(table.line_of(log, "kind"), Problem::StrayChoices { key: of() }),
        _ => {}
    }
    Some(Question { key, text: text?, kind, required, choices })
}

fn one_choice(log: &mut Log, table: &Table<'_>) -> Option<Choice> {
    let key = table.required(log, "key", key);
    let name = table.required(log, "name", name);
    Some(Choice { key: key?, name: name? })
}
