//! Reading who sends, who wins and who opens: `[[unit]]`, `[[prize]]`, `[[key_holder]]`, and what is
//! left to people, `[[by_hand]]`.

use toml::de::DeValue;

use super::super::model::{Bilingual, Hundredths, KeyHolder, Money, Needs, Prize, Recipient, Unit};
use super::problem::Problem;
use super::reader::{Lined, Log, Node, Table, declared};
use super::schema::{BY_HAND, BY_HAND_LIMIT, KEY_HOLDER, NEEDS, PRIZE, UNIT};
use super::values::{choice, currency, decimal, email, key, name, reference, remark, whole};

pub(super) fn units(log: &mut Log, root: &Table<'_>) -> Vec<Lined<Unit>> {
    let tables = root.list(log, &UNIT);
    let known = declared(log, &tables);
    tables.iter().filter_map(|table| unit(log, table, &known)).collect()
}

fn unit(log: &mut Log, table: &Table<'_>, known: &[&str]) -> Option<Lined<Unit>> {
    let key = table.required(log, "key", key);
    let name = table.required(log, "name", name);
    let parent = |log: &mut Log, node: Node<'_>| reference(log, node, known);
    let parent = table.optional(log, "parent", parent);
    Some(Lined { line: table.line_of(log, "parent"), item: Unit { key: key?, name: name?, parent } })
}

pub(super) fn prizes(log: &mut Log, root: &Table<'_>, groups: &[&str]) -> Vec<Lined<Prize>> {
    let tables = root.list(log, &PRIZE);
    declared(log, &tables);
    tables.iter().filter_map(|table| prize(log, table, groups)).collect()
}

fn prize(log: &mut Log, table: &Table<'_>, groups: &[&str]) -> Option<Lined<Prize>> {
    let key = table.required(log, "key", key);
    let name = table.required(log, "name", name);
    let level = table.required(log, "level", whole(1..=20));
    let count = table.required(log, "count", whole(1..=10_000));
    let money = money(log, table);
    let minimum = table.optional(log, "minimum", decimal(Hundredths::new(1)));
    let recipient = recipient(log, table, groups);
    if let (Some(Recipient::Collective), Some(node)) = (&recipient, table.get(log, "minimum")) {
        log.add(node.line, Problem::CollectiveMinimum {});
    }
    let needs = table.optional(log, NEEDS.name, needs).unwrap_or_default();
    if let (Some(Recipient::Individual { .. }), Some(node)) = (&recipient, table.get(log, NEEDS.name)) {
        log.add(node.line, Problem::IndividualNeeds {});
    }
    Some(Lined { line: table.line_of(log, "level"), item: Prize { key: key?, name: name?, level: level?, count: count?, money, minimum, needs, recipient: recipient? } })
}

fn needs(log: &mut Log, node: Node<'_>) -> Option<Needs> {
    let table = Table::open(log, &NEEDS, node)?;
    let mut number = |key, most| table.optional(log, key, whole(1..=most));
    Some(Needs { level: number("level", 20), prizes: number("prizes", 10_000), received: number("received", 1_000_000), valid: number("valid", 1_000_000) })
}

/// An amount and its currency need each other.
fn money(log: &mut Log, table: &Table<'_>) -> Option<Money> {
    let present = |key| table.get(log, key).is_some();
    match (present("amount"), present("currency")) {
        (true, false) => table.missing(log, "currency"),
        (false, true) => table.missing(log, "amount"),
        _ => {}
    }
    let amount = table.optional(log, "amount", whole(1..=1_000_000_000_000));
    let currency = table.optional(log, "currency", currency);
    Some(Money { amount: amount?, currency: currency? })
}

fn recipient(log: &mut Log, table: &Table<'_>, groups: &[&str]) -> Option<Recipient> {
    let known = |word: &str| Recipient::WORDS.iter().copied().find(|known| *known == word);
    let kind = table.required(log, "kind", choice(Recipient::WORDS, known))?;
    if kind != Recipient::Collective.word() {
        let group = |log: &mut Log, node: Node<'_>| reference(log, node, groups);
        let ranking_group = table.required(log, "ranking_group", group)?;
        return Some(Recipient::Individual { ranking_group: Some(ranking_group) });
    }
    if let Some(node) = table.get(log, "ranking_group") {
        log.add(node.line, Problem::CollectiveInGroup {});
    }
    Some(Recipient::Collective)
}

pub(super) fn key_holders(log: &mut Log, root: &Table<'_>) -> Vec<Lined<KeyHolder>> {
    let tables = root.required_list(log, &KEY_HOLDER);
    let found = tables.len();
    if found == 1 {
        log.add(root.line_of(log, KEY_HOLDER.name), Problem::TooFewHolders { found });
    }
    tables.iter().filter_map(|table| key_holder(log, table)).collect()
}

fn key_holder(log: &mut Log, table: &Table<'_>) -> Option<Lined<KeyHolder>> {
    let email = table.required(log, "email", email);
    let office = table.required(log, "office", name);
    Some(Lined { line: table.line_of(log, "email"), item: KeyHolder { email: email?, office: office? } })
}

/// Texts one after another, as `[[by_hand]]` tables or as a list of strings.
pub(super) fn by_hand(log: &mut Log, root: &Table<'_>) -> Vec<Bilingual> {
    let Some(node) = root.get(log, BY_HAND.0) else {
        return Vec::new();
    };
    let DeValue::Array(items) = node.value else {
        let (key, section) = (node.key.to_owned(), BY_HAND.1.to_owned());
        log.add(node.line, Problem::NotList { key, section });
        return Vec::new();
    };
    if items.len() > BY_HAND_LIMIT {
        let (section, found, limit) = (BY_HAND.1.to_owned(), items.len(), BY_HAND_LIMIT);
        log.add(node.line, Problem::TooMany { section, found, limit });
    }
    let mut texts = Vec::new();
    for item in items.iter().take(BY_HAND_LIMIT) {
        let line = log.line_of(item.span().start);
        let value = item.get_ref();
        texts.extend(remark(log, Node { line, value, ..node }));
    }
    texts
}
