//! Sections of rows: ranking groups, categories, prizes, key holders.
use super::fields::{Field, KEY, Kind, NAME_EN, NAME_VI, ORDER, Offers};
use super::heads::{english, number};
use super::typed::{Typed, at};
use super::work::{Renamed, Work};
use super::{Frozen, Section};
use crate::contests::file::MOST_LINE;
use crate::contests::model::{AuthorLimits, Category, CategoryKind, Currency, Email, Key, KeyHolder, Money, Needs, Prize, RankingGroup, Recipient, Ruleset, WordLimits};
use crate::contests::rows::Part;
use crate::platform::failure::Refusal;

pub static GROUPS: Section =
    Section { word: "groups", fields: &[], row: &[NAME_VI, NAME_EN, KEY, ORDER], most: 50, frozen: Frozen::Marking, fill: fill_groups, apply: apply_groups };

fn fill_groups(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, g) in r.ranking_groups.iter().enumerate() {
        typed.push(i + 1, [("name_vi", g.name.vi.clone()), ("name_en", english(&g.name)), ("key", g.key.as_str().to_owned())]);
    }
    typed
}

fn apply_groups(w: &mut Work<'_>) {
    let (mut taken, mut renamed): (Vec<Key>, Renamed) = (vec![], vec![]);
    let groups = w.listed(50, &["name_vi", "name_en"], |w, row| {
        let name = w.row_name(row)?;
        let key = w.key(row, &name.vi, &taken)?;
        taken.push(key.clone());
        renamed.push(w.named(row, &key));
        Some(RankingGroup { key, name })
    });
    w.rename(Part::Group, &renamed);
    // who named a group follows it to its new key, or names none where it is gone
    let follow = |key: &mut Option<Key>| *key = key.take().and_then(|k| renamed.iter().find(|(was, _)| was == k.as_str()).and_then(|(_, is)| Key::parse(is)));
    w.rules.categories.iter_mut().for_each(|k| follow(&mut k.ranking_group));
    for prize in &mut w.rules.prizes {
        if let Recipient::Individual { ranking_group } = &mut prize.recipient {
            follow(ranking_group);
        }
    }
    w.rules.ranking_groups = groups;
}

pub static CATEGORIES: Section = Section {
    word: "categories",
    fields: &[],
    row: &[
        NAME_VI,
        NAME_EN,
        Field::new("kind", Kind::Choice(Offers::Words(CategoryKind::WORDS), false)).wide(),
        Field::new("rubric", Kind::Choice(Offers::Rubrics, true)),
        Field::new("ranking_group", Kind::Choice(Offers::Groups, true)),
        Field::new("min_words", Kind::Number).optional(),
        Field::new("max_words", Kind::Number).optional(),
        Field::new("min_authors", Kind::Number),
        Field::new("max_authors", Kind::Number),
        KEY,
        ORDER,
    ],
    most: 50,
    frozen: Frozen::Never,
    fill: fill_categories,
    apply: apply_categories,
};

fn key_or_none(key: Option<&Key>) -> String {
    key.map(|k| k.as_str().to_owned()).unwrap_or_default()
}

fn fill_categories(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, k) in r.categories.iter().enumerate() {
        typed.push(
            i + 1,
            [
                ("name_vi", k.name.vi.clone()),
                ("name_en", english(&k.name)),
                ("kind", k.kind.word().to_owned()),
                ("rubric", key_or_none(k.rubric.as_ref())),
                ("ranking_group", key_or_none(k.ranking_group.as_ref())),
                ("min_words", number(k.words.min)),
                ("max_words", number(k.words.max)),
                ("min_authors", k.authors.min.to_string()),
                ("max_authors", k.authors.max.to_string()),
                ("key", k.key.as_str().to_owned()),
            ],
        );
    }
    typed
}

/// The key of one of these, or none where nothing is chosen; noted where it is neither.
fn chosen(w: &mut Work<'_>, id: &str, known: &[Key]) -> Option<Option<Key>> {
    let typed = w.typed.get(id);
    if typed.is_empty() {
        return Some(None);
    }
    w.choice(id, |word| known.iter().find(|k| k.as_str() == word).cloned()).map(Some)
}

fn apply_categories(w: &mut Work<'_>) {
    let rubrics: Vec<Key> = w.rules.rubrics.iter().map(|x| x.key.clone()).collect();
    let groups: Vec<Key> = w.rules.ranking_groups.iter().map(|g| g.key.clone()).collect();
    let (mut taken, mut renamed): (Vec<Key>, Renamed) = (vec![], vec![]);
    let categories = w.listed(50, &["name_vi", "name_en"], |w, row| {
        let name = w.row_name(row);
        let kind = w.choice(&at("kind", row), CategoryKind::from_word);
        let rubric = chosen(w, &at("rubric", row), &rubrics);
        let ranking_group = chosen(w, &at("ranking_group", row), &groups);
        let words = words(w, row);
        let authors = authors(w, row);
        let name = name?;
        let key = w.key(row, &name.vi, &taken)?;
        taken.push(key.clone());
        renamed.push(w.named(row, &key));
        Some(Category { key, name, kind: kind?, words: words?, authors: authors?, rubric: rubric?, ranking_group: ranking_group? })
    });
    w.rename(Part::Category, &renamed);
    w.rules.categories = categories;
}

fn words(w: &mut Work<'_>, row: usize) -> Option<WordLimits> {
    let min = w.number_or_none(&at("min_words", row), 1_u32..=1_000_000);
    let max = w.number_or_none(&at("max_words", row), 1_u32..=1_000_000);
    let (min, max) = (min?, max?);
    if min.zip(max).is_some_and(|(a, b)| a > b) {
        w.wrong(&at("max_words", row), Refusal::of("rule_order"));
        return None;
    }
    Some(WordLimits { min, max })
}

/// Left empty, one.
fn authors(w: &mut Work<'_>, row: usize) -> Option<AuthorLimits> {
    let min = w.number_or_none(&at("min_authors", row), 1_u32..=50);
    let max = w.number_or_none(&at("max_authors", row), 1_u32..=50);
    let min = min?.unwrap_or(1);
    let max = max?.unwrap_or(min);
    if min > max {
        w.wrong(&at("max_authors", row), Refusal::of("rule_order"));
        return None;
    }
    Some(AuthorLimits { min, max })
}

pub static PRIZES: Section = Section {
    word: "prizes",
    fields: &[],
    row: &[
        NAME_VI,
        NAME_EN,
        Field::new("recipient", Kind::Choice(Offers::Words(Recipient::WORDS), false)),
        Field::new("ranking_group", Kind::Choice(Offers::Groups, true)).hint(),
        Field::new("level", Kind::Number).hint(),
        Field::new("places", Kind::Number),
        Field::new("amount", Kind::Number).optional(),
        Field::new("currency", Kind::Line).hint().optional(),
        Field::new("minimum", Kind::Line).hint().optional(),
        Field::new("needs_level", Kind::Number).hint().optional(),
        Field::new("needs_prizes", Kind::Number).hint().optional(),
        Field::new("needs_received", Kind::Number).hint().optional(),
        Field::new("needs_valid", Kind::Number).optional(),
        KEY,
        ORDER,
    ],
    most: 500,
    frozen: Frozen::Seal,
    fill: fill_prizes,
    apply: apply_prizes,
};

fn fill_prizes(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, p) in r.prizes.iter().enumerate() {
        let group = match &p.recipient {
            Recipient::Individual { ranking_group } => key_or_none(ranking_group.as_ref()),
            Recipient::Collective => String::new(),
        };
        typed.push(
            i + 1,
            [
                ("name_vi", p.name.vi.clone()),
                ("name_en", english(&p.name)),
                ("recipient", p.recipient.word().to_owned()),
                ("ranking_group", group),
                ("level", p.level.to_string()),
                ("places", p.count.to_string()),
                ("amount", p.money.as_ref().map(|m| m.amount.to_string()).unwrap_or_default()),
                ("currency", p.money.as_ref().map(|m| m.currency.as_str().to_owned()).unwrap_or_default()),
                ("minimum", p.minimum.map(|m| m.to_string()).unwrap_or_default()),
                ("needs_level", number(p.needs.level)),
                ("needs_prizes", number(p.needs.prizes)),
                ("needs_received", number(p.needs.received)),
                ("needs_valid", number(p.needs.valid)),
                ("key", p.key.as_str().to_owned()),
            ],
        );
    }
    typed
}

fn apply_prizes(w: &mut Work<'_>) {
    let groups: Vec<Key> = w.rules.ranking_groups.iter().map(|g| g.key.clone()).collect();
    let (mut taken, mut renamed): (Vec<Key>, Renamed) = (vec![], vec![]);
    let mut levels: Vec<(String, u32)> = vec![];
    let prizes = w.listed(500, &["name_vi", "name_en"], |w, row| {
        let name = w.row_name(row);
        let group = chosen(w, &at("ranking_group", row), &groups);
        let recipient = w.choice(&at("recipient", row), |word| Recipient::WORDS.contains(&word).then(|| word == Recipient::Collective.word()));
        let level = w.number(&at("level", row), 1_u32..=20);
        let count = w.number(&at("places", row), 1_u32..=10_000);
        let money = money(w, row);
        let minimum = if w.typed.row("minimum", row).trim().is_empty() { Some(None) } else { w.points(&at("minimum", row), 1).map(Some) };
        let needs = needs(w, row, recipient);
        let (name, group, is_collective) = (name?, group?, recipient?);
        let recipient = if is_collective { Recipient::Collective } else { Recipient::Individual { ranking_group: group.clone() } };
        let of = (if is_collective { "collective".to_owned() } else { key_or_none(group.as_ref()) }, level?);
        if is_collective || group.is_some() {
            if levels.contains(&of) {
                w.wrong(&at("level", row), Refusal::of("prize_level_taken"));
            }
            levels.push(of);
        }
        if is_collective && minimum.flatten().is_some() {
            w.wrong(&at("minimum", row), Refusal::of("rule_minimum_collective"));
        }
        let key = w.key(row, &name.vi, &taken)?;
        taken.push(key.clone());
        renamed.push(w.named(row, &key));
        Some(Prize { key, name, level: level?, count: count?, money: money?, minimum: minimum?, needs: needs?, recipient })
    });
    w.rename(Part::Prize, &renamed);
    w.rules.prizes = prizes;
}

/// What a unit must have; of a collective prize only.
fn needs(w: &mut Work<'_>, row: usize, is_collective: Option<bool>) -> Option<Needs> {
    let level = w.number_or_none(&at("needs_level", row), 1_u32..=20);
    let prizes = w.number_or_none(&at("needs_prizes", row), 1_u32..=10_000);
    let received = w.number_or_none(&at("needs_received", row), 1_u32..=1_000_000);
    let valid = w.number_or_none(&at("needs_valid", row), 1_u32..=1_000_000);
    let needs = Needs { level: level?, prizes: prizes?, received: received?, valid: valid? };
    if is_collective == Some(false) && needs != Needs::default() {
        w.wrong(&at("needs_level", row), Refusal::of("rule_needs_individual"));
        return None;
    }
    Some(needs)
}

/// An amount without a currency is of đồng.
fn money(w: &mut Work<'_>, row: usize) -> Option<Option<Money>> {
    let amount = w.number_or_none(&at("amount", row), 1_i64..=1_000_000_000_000)?;
    let typed = w.typed.row("currency", row).trim().to_uppercase();
    let Some(amount) = amount else {
        return Some(None);
    };
    let currency = Currency::parse(if typed.is_empty() { "VND" } else { &typed });
    if currency.is_none() {
        w.wrong(&at("currency", row), Refusal::of("rule_currency"));
    }
    Some(Some(Money { amount, currency: currency? }))
}

pub static HOLDERS: Section = Section {
    word: "holders",
    fields: &[],
    row: &[Field::new("email", Kind::Email).wide().private(), Field::new("office_vi", Kind::Line).hint(), Field::new("office_en", Kind::Line).optional(), ORDER],
    most: 5,
    frozen: Frozen::Seal,
    fill: fill_holders,
    apply: apply_holders,
};

fn fill_holders(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, h) in r.key_holders.iter().enumerate() {
        typed.push(i + 1, [("was", h.email.as_str().to_owned()), ("email", h.email.as_str().to_owned()), ("office_vi", h.office.vi.clone()), ("office_en", english(&h.office))]);
    }
    typed
}

fn apply_holders(w: &mut Work<'_>) {
    let mut taken: Vec<Email> = vec![];
    let holders = w.listed(5, &["email", "office_vi", "office_en"], |w, row| {
        let email = Email::parse(w.typed.row("email", row).trim());
        if email.is_none() {
            w.wrong(&at("email", row), Refusal::of("email_unusable"));
        }
        let office = w.both("office", Some(row), MOST_LINE);
        let (email, office) = (email?, office?);
        if taken.contains(&email) {
            w.wrong(&at("email", row), Refusal::of("holder_twice"));
        }
        taken.push(email.clone());
        Some(KeyHolder { email, office })
    });
    w.rules.key_holders = holders;
}
