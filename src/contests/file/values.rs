//! Reading single values: texts, words, numbers.

use std::ops::RangeInclusive;

use chrono_tz::{TZ_VARIANTS, Tz};
use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use super::super::model::{Bilingual, Currency, DecimalFault, Email, Hundredths, Key, Slug};
use super::near::slug_of;
use super::problem::Problem;
use super::reader::{Log, Node, Table, not_a_choice};
use super::schema::BILINGUAL;

/// How long a text may be.
#[derive(Clone, Copy)]
struct Form {
    limit: usize,
    one_line: bool,
}

/// Characters of a name.
pub const MOST_LINE: usize = 200;
/// Characters of a description.
pub const MOST_REMARK: usize = 2_000;
/// Characters of the call.
pub const MOST_PARAGRAPHS: usize = 20_000;

const LINE: Form = Form { limit: MOST_LINE, one_line: true };

const REMARK: Form = Form { limit: MOST_REMARK, one_line: false };

const PARAGRAPHS: Form = Form { limit: MOST_PARAGRAPHS, one_line: false };

/// The beginning of what somebody wrote, short enough for a sentence.
pub(super) fn shown(text: &str) -> String {
    let mut start: String = text.chars().take(60).map(printable).collect();
    if text.chars().nth(60).is_some() {
        start.push('…');
    }
    start
}

fn printable(c: char) -> char {
    if is_hidden(c) { '�' } else { c }
}

/// A name, on one line.
pub(super) fn name(log: &mut Log, node: Node<'_>) -> Option<Bilingual> {
    bilingual(log, node, LINE)
}

/// A description or a remark.
pub(super) fn remark(log: &mut Log, node: Node<'_>) -> Option<Bilingual> {
    bilingual(log, node, REMARK)
}

/// A text of several paragraphs.
pub(super) fn paragraphs(log: &mut Log, node: Node<'_>) -> Option<Bilingual> {
    bilingual(log, node, PARAGRAPHS)
}

fn bilingual(log: &mut Log, node: Node<'_>, form: Form) -> Option<Bilingual> {
    if matches!(node.value, DeValue::Table(_)) {
        let table = Table::open(log, &BILINGUAL, node)?;
        let vi = table.required(log, "vi", |log, node| text(log, node, form));
        let en = table.required(log, "en", |log, node| text(log, node, form));
        return Some(Bilingual { vi: vi?, en: en? });
    }
    text(log, node, form).map(Bilingual::same)
}

fn text(log: &mut Log, node: Node<'_>, form: Form) -> Option<String> {
    let raw = string(log, node)?;
    // Notepad ends lines with CR LF, and macOS pastes letters apart from their marks.
    let text: String = raw.replace("\r\n", "\n").trim().nfc().collect();
    let key = || node.key.to_owned();
    let (found, limit) = (text.chars().count(), form.limit);
    let hidden = text.chars().find(|c| *c != '\n' && is_hidden(*c));
    let fault = if text.is_empty() {
        Problem::Empty { key: key() }
    } else if found > limit {
        let key = key();
        Problem::TooLong { key, found, limit }
    } else if let Some(hidden) = hidden {
        let (key, code) = (key(), format!("U+{:04X}", u32::from(hidden)));
        Problem::Hidden { key, code }
    } else if form.one_line && text.contains('\n') {
        Problem::ManyLines { key: key() }
    } else {
        return Some(text);
    };
    log.keep(node.line, Err(fault))
}

/// Control characters, and those without a shape that pasted text brings along or that reorder a line.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}')
}

fn string<'a>(log: &mut Log, node: Node<'a>) -> Option<&'a str> {
    if let DeValue::String(text) = node.value {
        return Some(text);
    }
    let example = match node.value {
        DeValue::Integer(number) => format!("\"{}\"", shown(number.as_str())),
        DeValue::Float(number) => format!("\"{}\"", shown(number.as_str())),
        DeValue::Datetime(instant) => format!("\"{instant}\""),
        _ => "\"…\"".to_owned(),
    };
    let key = node.key.to_owned();
    log.keep(node.line, Err(Problem::NotText { key, example }))
}

/// A word that `parse` must understand; otherwise the mistake that `fault` makes of it.
fn word<T>(log: &mut Log, node: Node<'_>, parse: impl FnOnce(&str) -> Option<T>, fault: impl FnOnce(&str) -> Problem) -> Option<T> {
    let text = string(log, node)?.trim();
    if log.is_full() {
        return parse(text);
    }
    let parsed = parse(text).ok_or_else(|| match text {
        "" => Problem::Empty { key: node.key.to_owned() },
        _ => fault(text),
    });
    log.keep(node.line, parsed)
}

pub(super) fn slug(log: &mut Log, node: Node<'_>) -> Option<Slug> {
    word(log, node, Slug::parse, |found| bad_slug(node.key, found, 3))
}

pub(super) fn key(log: &mut Log, node: Node<'_>) -> Option<Key> {
    word(log, node, Key::parse, |found| bad_slug(node.key, found, 1))
}

fn bad_slug(key: &str, found: &str, low: usize) -> Problem {
    let fix = Some(slug_of(found)).filter(|fix| fix.len() >= low);
    Problem::BadSlug { key: key.to_owned(), found: shown(found), low, fix: fix.unwrap_or_else(|| "bao-2027".to_owned()) }
}

pub(super) fn email(log: &mut Log, node: Node<'_>) -> Option<Email> {
    word(log, node, Email::parse, |found| Problem::BadEmail { key: node.key.to_owned(), found: shown(found) })
}

pub(super) fn currency(log: &mut Log, node: Node<'_>) -> Option<Currency> {
    word(log, node, Currency::parse, |found| Problem::BadCurrency { found: shown(found) })
}

pub(super) fn timezone(log: &mut Log, node: Node<'_>) -> Option<Tz> {
    let names: Vec<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let parse = |name: &str| name.parse().ok();
    word(log, node, parse, |found| not_a_choice(node.key, found, &names))
}

/// One of a few words.
pub(super) fn choice<T>(words: &'static [&'static str], parse: fn(&str) -> Option<T>) -> impl FnOnce(&mut Log, Node<'_>) -> Option<T> {
    move |log, node| word(log, node, parse, |found| not_a_choice(node.key, found, words))
}

/// The key of something that the file declares elsewhere; `declared` is sorted. Where nothing of the kind is declared, the
/// section is missing, which is reported once and not for every mention.
pub(super) fn reference(log: &mut Log, node: Node<'_>, declared: &[&str]) -> Option<Key> {
    let known = |text: &str| declared.is_empty() || declared.binary_search(&text).is_ok();
    let parse = |text: &str| known(text).then(|| Key::parse(text));
    word(log, node, parse, |found| not_a_choice(node.key, found, declared)).flatten()
}

/// Yes or no.
pub(super) fn flag(log: &mut Log, node: Node<'_>) -> Option<bool> {
    if let DeValue::Boolean(flag) = node.value {
        return Some(*flag);
    }
    let (key, found) = (node.key.to_owned(), written(node.value));
    log.keep(node.line, Err(Problem::NotFlag { key, found }))
}

/// A whole number within a range.
pub(super) fn whole<T>(range: RangeInclusive<T>) -> impl FnOnce(&mut Log, Node<'_>) -> Option<T>
where
    T: TryFrom<i64> + PartialOrd + Copy,
    i64: From<T>,
{
    move |log, node| {
        let number = match node.value {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse::<i64>().ok(),
            _ => None,
        };
        let number = number.and_then(|number| T::try_from(number).ok());
        let fault = || Problem::NotWhole { key: node.key.to_owned(), found: written(node.value), low: i64::from(*range.start()), high: i64::from(*range.end()) };
        let held = number.filter(|number| range.contains(number));
        log.keep(node.line, held.ok_or_else(fault))
    }
}

/// A decimal with at most two places, from the lowest to 1,000.
pub(super) fn decimal(low: Hundredths) -> impl FnOnce(&mut Log, Node<'_>) -> Option<Hundredths> {
    move |log, node| {
        let (high, found) = (Hundredths::new(100_000), written(node.value));
        let parsed = match node.value {
            DeValue::Integer(digits) if digits.radix() != 10 => Err(DecimalFault::Malformed),
            DeValue::Integer(digits) => Hundredths::parse(digits.as_str()),
            DeValue::Float(digits) => Hundredths::parse(digits.as_str()),
            DeValue::String(digits) => Hundredths::parse(digits.trim()),
            _ => Err(DecimalFault::Malformed),
        };
        let key = node.key.to_owned();
        let result = match parsed {
            Ok(number) if (low..=high).contains(&number) => Ok(number),
            Err(DecimalFault::Comma(fix)) => Err(Problem::DecimalComma { found, fix }),
            Err(DecimalFault::TooFine) => Err(Problem::TooFine { key, found }),
            Ok(_) | Err(DecimalFault::TooLarge | DecimalFault::Malformed) => {
                let (low, high) = (low.to_string(), high.to_string());
                Err(Problem::NotDecimal { key, found, low, high })
            }
        };
        log.keep(node.line, result)
    }
}

/// A value as a sentence names it.
pub(super) fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => shown(text),
        DeValue::Integer(number) => shown(&number.to_string()),
        DeValue::Float(number) => shown(number.as_str()),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(instant) => instant.to_string(),
        DeValue::Array(_) => "[ … ]".to_owned(),
        DeValue::Table(_) => "{ … }".to_owned(),
    }
}
