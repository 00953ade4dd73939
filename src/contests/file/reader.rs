//! Walking through a parsed TOML file while collecting what is wrong with it. A reading that returns
//! `None` has put its reason into the log.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::MAX_ERRORS;
use super::near::nearest;
use super::problem::{FileError, Problem};
use super::schema::{self, Section};
use super::values::shown;

/// The mistakes found so far.
pub(super) struct Log {
    line_starts: Vec<usize>,
    errors: Vec<FileError>,
}

impl Log {
    pub(super) fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        Self { line_starts: ends.map(|(at, _)| at + 1).collect(), errors: Vec::new() }
    }

    pub(super) fn line_of(&self, offset: usize) -> u32 {
        let before = self.line_starts.partition_point(|start| *start <= offset);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    pub(super) fn add(&mut self, line: u32, what: Problem) {
        if !self.is_full() {
            self.errors.push(FileError { line, what });
        }
    }

    /// Whether further mistakes are dropped, so that nobody need look for their remedy.
    pub(super) fn is_full(&self) -> bool {
        self.errors.len() >= MAX_ERRORS
    }

    pub(super) fn keep<T>(&mut self, line: u32, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|what| self.add(line, what)).ok()
    }

    pub(super) fn finish(mut self) -> Vec<FileError> {
        self.errors.sort_by_key(|error| error.line);
        self.errors
    }
}

/// A value of the file under the key that names it.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) key: &'a str,
    pub(super) line: u32,
    pub(super) value: &'a DeValue<'a>,
}

/// Something read, with the line that a later complaint about it names.
pub(super) struct Lined<T> {
    pub(super) line: u32,
    pub(super) item: T,
}

/// A table of the file, with the keys it may have.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub(super) section: &'static Section,
    pub(super) line: u32,
    entries: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// The whole file, its sections being its keys.
    pub(super) fn root(log: &mut Log, entries: &'a DeTable<'a>) -> Self {
        for name in entries.keys() {
            let line = log.line_of(name.span().start);
            if let Some(what) = schema::stray_section(name.get_ref()) {
                log.add(line, what);
            }
        }
        Self { section: &schema::ROOT, line: 1, entries }
    }

    /// Opens a value as a table and complains about every key that its section does not have.
    pub(super) fn open(log: &mut Log, section: &'static Section, node: Node<'a>) -> Option<Self> {
        let DeValue::Table(entries) = node.value else {
            let (key, form) = (node.key.to_owned(), section.form.to_owned());
            log.add(node.line, Problem::NotTable { key, form });
            return None;
        };
        for name in entries.keys() {
            let line = log.line_of(name.span().start);
            if let Some(what) = section.stray_key(name.get_ref()) {
                log.add(line, what);
            }
        }
        Some(Self { section, line: node.line, entries })
    }

    pub(super) fn get(&self, log: &Log, key: &str) -> Option<Node<'a>> {
        let (key, value) = self.entries.get_key_value(key)?;
        Some(Node { key: key.get_ref(), line: log.line_of(value.span().start), value: value.get_ref() })
    }

    /// The line of a key, or of the table when the key is missing.
    pub(super) fn line_of(&self, log: &Log, key: &str) -> u32 {
        self.get(log, key).map_or(self.line, |node| node.line)
    }

    pub(super) fn required<T>(&self, log: &mut Log, key: &str, read: impl FnOnce(&mut Log, Node<'a>) -> Option<T>) -> Option<T> {
        if let Some(node) = self.get(log, key) {
            return read(log, node);
        }
        self.missing(log, key);
        None
    }

    /// What is under a key that may be left out. `None` also when it is wrong: the log then refuses the
    /// file anyway.
    pub(super) fn optional<T>(&self, log: &mut Log, key: &str, read: impl FnOnce(&mut Log, Node<'a>) -> Option<T>) -> Option<T> {
        let node = self.get(log, key)?;
        read(log, node)
    }

    pub(super) fn missing(&self, log: &mut Log, key: &str) {
        log.add(self.line, self.section.missing(key));
    }

    /// The tables of a `[[list]]` inside this one; none when it is left out.
    pub(super) fn list(&self, log: &mut Log, section: &'static Section) -> Vec<Table<'a>> {
        let Some(node) = self.get(log, section.name) else {
            return Vec::new();
        };
        let tables: Option<Vec<Node<'a>>> = match node.value {
            DeValue::Array(items) => items
                .iter()
                .map(|item| Node { line: log.line_of(item.span().start), value: item.get_ref(), ..node })
                .map(|item| matches!(item.value, DeValue::Table(_)).then_some(item))
                .collect(),
            _ => None,
        };
        let Some(tables) = tables else {
            let (key, section) = (node.key.to_owned(), section.header.to_owned());
            log.add(node.line, Problem::NotList { key, section });
            return Vec::new();
        };
        if tables.len() > section.limit {
            let (found, limit) = (tables.len(), section.limit);
            let section = section.header.to_owned();
            log.add(node.line, Problem::TooMany { section, found, limit });
        }
        let open = tables.into_iter().take(section.limit);
        open.filter_map(|item| Self::open(log, section, item)).collect()
    }

    /// Like `list`, of a section that must be there.
    pub(super) fn required_list(&self, log: &mut Log, section: &'static Section) -> Vec<Table<'a>> {
        let is_empty = |node: Node<'_>| node.value.as_array().is_some_and(|items| items.is_empty());
        if self.get(log, section.name).is_none_or(is_empty) {
            self.no_section(log, section);
        }
        self.list(log, section)
    }

    /// The one table of a `[section]` that must be there.
    pub(super) fn section(&self, log: &mut Log, section: &'static Section) -> Option<Table<'a>> {
        if let Some(node) = self.get(log, section.name) {
            return Self::open(log, section, node);
        }
        self.no_section(log, section);
        None
    }

    fn no_section(&self, log: &mut Log, section: &Section) {
        let section = section.header.to_owned();
        log.add(self.line, Problem::MissingSection { section });
    }
}

/// The keys that the items of a list have, as written and sorted. A key that comes twice is logged.
pub(super) fn declared<'a>(log: &mut Log, tables: &[Table<'a>]) -> Vec<&'a str> {
    let mut lines = BTreeMap::new();
    let mut keys = Vec::new();
    for table in tables {
        let Some(node) = table.get(log, "key") else {
            continue;
        };
        let DeValue::String(key) = node.value else {
            continue;
        };
        let key = key.trim();
        keys.push(key);
        if let Some(line) = lines.insert(key, node.line) {
            lines.insert(key, line);
            let (key, section) = (shown(key), table.section.header.to_owned());
            log.add(node.line, Problem::DuplicateKey { key, section, line });
        }
    }
    keys.sort_unstable();
    keys
}

/// What to say about a word that is not one of those known.
pub(super) fn not_a_choice(key: &str, found: &str, known: &[&str]) -> Problem {
    let key = key.to_owned();
    match nearest(found, known.iter().copied()) {
        Some(near) => Problem::MisspelledChoice { key, found: shown(found), near: shown(near) },
        None => Problem::NotAChoice { key, found: shown(found), known: schema::list(known.iter().copied()) },
    }
}
