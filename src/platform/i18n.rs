//! Words, dates and numbers in Vietnamese and English. Messages are Fluent files in `locales/`, one per room.
use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use unic_langid::langid;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Files;

/// The visitor's language: by choice (cookie), then by the browser, then Vietnamese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Hash, Default)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Vi, Lang::En];
    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }
    pub fn parse(s: &str) -> Option<Lang> {
        match s {
            "vi" => Some(Lang::Vi),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
    pub fn other(self) -> Lang {
        match self {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        }
    }
    /// One of a pair.
    pub fn pick<'a, T: ?Sized>(self, vi: &'a T, en: &'a T) -> &'a T {
        match self {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
    /// From an Accept-Language header: the first of ours that it names, in the order written.
    pub fn from_header(header: &str) -> Lang {
        let named = header.split(',').filter_map(|part| Lang::parse(part.trim().get(..2)?.to_ascii_lowercase().as_str()));
        named.into_iter().next().unwrap_or_default()
    }
}

/// The whole number that a text prints, if printing the number gives the text again: not `007`, `1.000` or more digits than a double holds.
pub fn printed_number(text: &str) -> Option<i64> {
    text.parse::<i64>().ok().filter(|n| text.len() <= 15 && n.to_string() == text)
}

/// A part of a message: text, or an argument by its name.
enum Piece {
    Text(String),
    Argument(String),
}

/// The parts of a message that chooses nothing (no plural, no other message in it); None of any other.
fn pieces_of(pattern: &ast::Pattern<&str>) -> Option<Vec<Piece>> {
    let piece = |element: &ast::PatternElement<&str>| match element {
        ast::PatternElement::TextElement { value } => Some(Piece::Text((*value).to_owned())),
        ast::PatternElement::Placeable { expression: ast::Expression::Inline(ast::InlineExpression::VariableReference { id }) } => Some(Piece::Argument(id.name.to_owned())),
        ast::PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(piece).collect()
}

/// A message that chooses nothing. Nine tenths of all are of this kind: to fill one in costs a twentieth of what formatting it does, and kept
/// as what it is it takes a tenth of the memory.
enum Ready {
    Text(String),
    Filled(Vec<Piece>),
}

/// One language: what is ready, and the others as Fluent has them.
struct Tongue {
    ready: HashMap<String, Ready>,
    bundle: FluentBundle<FluentResource>,
}

impl Tongue {
    /// Errors: a file that does not parse, or says a message that another has said.
    fn load(lang: Lang) -> Result<Tongue, String> {
        let mut bundle = FluentBundle::new_concurrent(vec![match lang {
            Lang::Vi => langid!("vi"),
            Lang::En => langid!("en"),
        }]);
        bundle.set_use_isolating(false); // else U+2068 marks stand around every argument
        let mut ready = HashMap::new();
        for name in Files::iter().filter(|n| n.starts_with(lang.code())) {
            let file = Files::get(&name).ok_or_else(|| format!("{name}: gone"))?;
            let text = std::str::from_utf8(&file.data).map_err(|e| format!("{name}: {e}"))?;
            let mut parsed = fluent_syntax::parser::parse(text).map_err(|(_, e)| format!("{name}: {e:?}"))?;
            parsed.body.retain(|entry| match entry {
                ast::Entry::Message(m) => match m.value.as_ref().and_then(pieces_of) {
                    Some(pieces) => {
                        let text = pieces.iter().map(|p| if let Piece::Text(t) = p { Some(t.as_str()) } else { None }).collect::<Option<String>>();
                        ready.insert(m.id.name.to_owned(), text.map_or(Ready::Filled(pieces), Ready::Text));
                        false
                    }
                    None => true,
                },
                _ => false, // comments
            });
            let others = FluentResource::try_new(fluent_syntax::serializer::serialize(&parsed)).map_err(|(_, e)| format!("{name}: {e:?}"))?;
            bundle.add_resource(others).map_err(|e| format!("{name}: {e:?}"))?;
        }
        Ok(Tongue { ready, bundle })
    }
}

/// All messages, read once at start.
pub struct Words {
    vi: Tongue,
    en: Tongue,
}

impl Words {
    /// Errors: a file that does not parse, named with its first error.
    pub fn load() -> Result<Words, String> {
        Ok(Words { vi: Tongue::load(Lang::Vi)?, en: Tongue::load(Lang::En)? })
    }

    fn of(&self, lang: Lang) -> &Tongue {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.of(lang).ready.contains_key(key) || self.of(lang).bundle.has_message(key)
    }

    /// A message that says the same whatever its arguments.
    pub fn plain(&self, lang: Lang, key: &str) -> Option<&str> {
        match self.of(lang).ready.get(key) {
            Some(Ready::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A message that only has its arguments filled in, each written behind what is there by `write`, which says whether it knows the name.
    /// None: another message, or an argument that is missing.
    pub fn fill(&self, lang: Lang, key: &str, mut write: impl FnMut(&str, &mut String) -> bool) -> Option<String> {
        let pieces = match self.of(lang).ready.get(key)? {
            Ready::Text(text) => return Some(text.clone()),
            Ready::Filled(pieces) => pieces,
        };
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(t) => text.push_str(t),
                Piece::Argument(name) if write(name, &mut text) => {}
                Piece::Argument(_) => return None,
            }
        }
        Some(text)
    }

    /// A message that chooses, or its key in ⟦ ⟧ where it is missing or an argument of it: a test fails on any page that shows one.
    pub fn choose(&self, lang: Lang, key: &str, args: &FluentArgs) -> String {
        let formatted = || {
            let bundle = &self.of(lang).bundle;
            let (mut errors, pattern) = (vec![], bundle.get_message(key)?.value()?);
            let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
            errors.is_empty().then_some(text)
        };
        formatted().unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// A message with text arguments.
    pub fn t(&self, lang: Lang, key: &str, args: &[(&'static str, String)]) -> String {
        let argument = |name: &str, text: &mut String| args.iter().find(|(k, _)| *k == name).map(|(_, v)| text.push_str(v)).is_some();
        if let Some(text) = self.fill(lang, key, argument) {
            return text;
        }
        let mut fluent = FluentArgs::new();
        for (k, v) in args {
            // Whole numbers choose plurals; everything else prints as it is.
            let value = printed_number(v).map_or_else(|| FluentValue::String(Cow::Borrowed(v)), FluentValue::from);
            fluent.set(*k, value);
        }
        self.choose(lang, key, &fluent)
    }
}

/// `1.234` or `1,234`.
pub fn number(lang: Lang, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(match lang {
                Lang::Vi => '.',
                Lang::En => ',',
            });
        }
        out.push(c);
    }
    if n < 0 { format!("−{out}") } else { out }
}

/// A mark in hundredths as people write it: `80,25` or `80.25`, always two decimals.
pub fn mark(lang: Lang, hundredths: i32) -> String {
    let point = match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    };
    format!("{}{point}{:02}", number(lang, i64::from(hundredths / 100)), (hundredths % 100).abs())
}

/// Points that a rule speaks of, in hundredths: as a mark, without decimals that say nothing: `100`, `0,5`.
pub fn points(lang: Lang, hundredths: i32) -> String {
    let full = mark(lang, hundredths);
    full.trim_end_matches('0').trim_end_matches([',', '.']).to_owned()
}

/// An amount of money in whole units: `10.000.000 đ`, `$10,000`.
pub fn money(lang: Lang, amount: i64, currency: &str) -> String {
    match (currency, lang) {
        ("VND", Lang::Vi) => format!("{}\u{a0}đ", number(lang, amount)),
        ("VND", Lang::En) => format!("₫{}", number(lang, amount)),
        ("USD", Lang::En) => format!("${}", number(lang, amount)),
        (other, _) => format!("{} {other}", number(lang, amount)),
    }
}

/// The day: `14/05/2027` or `14 May 2027`.
pub fn day(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let t = at.with_timezone(&tz);
    match lang {
        Lang::Vi => t.format("%d/%m/%Y").to_string(),
        Lang::En => t.format("%-d %B %Y").to_string(),
    }
}

/// A day of the calendar, as `day`.
pub fn date(lang: Lang, day: NaiveDate) -> String {
    match lang {
        Lang::Vi => day.format("%d/%m/%Y").to_string(),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

/// The hour alone: `14:02`.
pub fn clock(at: DateTime<Utc>, tz: Tz) -> String {
    at.with_timezone(&tz).format("%H:%M").to_string()
}

/// To the minute, with the weekday: `17:00 thứ Sáu, 14/05/2027` or `17:00 on Friday, 14 May 2027`.
pub fn moment(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let t = at.with_timezone(&tz);
    let clock = format!("{:02}:{:02}", t.hour(), t.minute());
    match lang {
        Lang::Vi => format!("{clock} {}, {}", weekday_vi(t.weekday()), day(lang, at, tz)),
        Lang::En => format!("{clock} on {}, {}", t.format("%A"), day(lang, at, tz)),
    }
}

/// To the second, for receipts: `14:11:57 ngày 10/05/2027` or `14:11:57 on 10 May 2027`.
pub fn instant(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let clock = at.with_timezone(&tz).format("%H:%M:%S").to_string();
    match lang {
        Lang::Vi => format!("{clock} ngày {}", day(lang, at, tz)),
        Lang::En => format!("{clock} on {}", day(lang, at, tz)),
    }
}

fn weekday_vi(w: Weekday) -> &'static str {
    match w {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_prints_its_hundredths_in_both_languages() {
        assert_eq!((mark(Lang::Vi, 8005), mark(Lang::En, 150)), ("80,05".into(), "1.50".into()));
    }
    #[test]
    fn points_of_a_rule_lose_the_decimals_that_say_nothing() {
        let said: Vec<String> = [10_000, 50, 1525, 100_000, 0].iter().map(|n| points(Lang::Vi, *n)).collect();
        assert_eq!(said, ["100", "0,5", "15,25", "1.000", "0"]);
    }
    #[test]
    fn a_number_is_one_only_where_it_prints_as_it_was_written() {
        let read = ["1", "-3", "2027", "007", "+84", "1.000", "12345678901234567", ""].map(printed_number);
        assert_eq!(read, [Some(1), Some(-3), Some(2027), None, None, None, None, None]);
    }
    #[test]
    fn thousands_are_parted_by_point_or_comma() {
        assert_eq!((number(Lang::Vi, 541_766), number(Lang::En, -1_234)), ("541.766".into(), "−1,234".into()));
    }
    #[test]
    fn both_languages_hold_the_same_keys() {
        let keys = |lang: Lang| -> std::collections::BTreeSet<String> {
            Files::iter()
                .filter(|n| n.starts_with(lang.code()))
                .flat_map(|n| {
                    let file = Files::get(&n).unwrap();
                    let text = String::from_utf8(file.data.into_owned()).unwrap();
                    text.lines()
                        .filter_map(|l| l.split_once(" ="))
                        .map(|(k, _)| k.to_owned())
                        .filter(|k| k.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        assert_eq!(keys(Lang::Vi), keys(Lang::En));
    }
    #[test]
    fn every_message_says_what_fluent_makes_of_it() {
        let words = Words::load().unwrap();
        for lang in Lang::ALL {
            let mut whole = FluentBundle::new_concurrent(vec![langid!("vi")]);
            whole.set_use_isolating(false);
            for name in Files::iter().filter(|n| n.starts_with(lang.code())) {
                let text = String::from_utf8(Files::get(&name).unwrap().data.into_owned()).unwrap();
                whole.add_resource(FluentResource::try_new(text).unwrap()).unwrap();
            }
            assert!(words.of(lang).ready.len() > 1_000, "{}", words.of(lang).ready.len());
            for (key, ready) in &words.of(lang).ready {
                let pieces: &[Piece] = if let Ready::Filled(pieces) = ready { pieces } else { &[] };
                for value in ["7", "1.234", "Nguyễn <An> & “b”"] {
                    let mut args = FluentArgs::new();
                    for piece in pieces {
                        if let Piece::Argument(name) = piece {
                            args.set(name.as_str(), printed_number(value).map_or_else(|| FluentValue::String(Cow::Borrowed(value)), FluentValue::from));
                        }
                    }
                    let written = words.fill(lang, key, |_, text| {
                        text.push_str(value);
                        true
                    });
                    let mut errors = vec![];
                    let said = whole.format_pattern(whole.get_message(key).unwrap().value().unwrap(), Some(&args), &mut errors).into_owned();
                    assert_eq!((written.as_deref(), errors.len()), (Some(said.as_str()), 0), "{key}");
                }
                assert_eq!(words.fill(lang, key, |_, _| false).is_none(), !pieces.is_empty(), "{key} without its arguments");
            }
        }
    }
    #[test]
    fn a_message_that_chooses_does_so_and_one_that_is_missing_shows_its_key() {
        let words = Words::load().unwrap();
        let said = |lang, n: &str| words.t(lang, "errors-title", &[("count", n.to_owned())]);
        assert_ne!(said(Lang::En, "1").replace('1', "2"), said(Lang::En, "2"));
        assert_eq!(words.t(Lang::Vi, "no-such-message", &[]), "⟦no-such-message⟧");
        assert!(said(Lang::Vi, "2").contains('2') && words.has(Lang::Vi, "errors-title") && !words.has(Lang::Vi, "no-such-message"));
    }
    #[test]
    fn the_browser_chooses_among_ours_and_vietnamese_is_the_default() {
        assert_eq!(Lang::from_header("fr-FR, en-GB;q=0.8"), Lang::En);
        assert_eq!(Lang::from_header("de"), Lang::Vi);
    }
}
