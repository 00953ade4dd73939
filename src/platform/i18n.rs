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
    /// One of a pair of texts.
    pub fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
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

/// The keys of a Fluent file: messages begin a line, terms (`-name`) and attributes do not count.
fn keys_in(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic())).filter_map(|l| l.split_once('=')).map(|(key, _)| key.trim())
}

/// A part of a message that only has its arguments filled in: text, or an argument by its name.
enum Piece {
    Text(String),
    Argument(String),
}

/// The parts of a message that chooses nothing (no plural, no other message in it); None of any other. To fill one in costs a twentieth of
/// what formatting it does, and a list prints hundreds.
fn pieces_of(pattern: &ast::Pattern<&str>) -> Option<Vec<Piece>> {
    let piece = |element: &ast::PatternElement<&str>| match element {
        ast::PatternElement::TextElement { value } => Some(Piece::Text((*value).to_owned())),
        ast::PatternElement::Placeable { expression: ast::Expression::Inline(ast::InlineExpression::VariableReference { id }) } => Some(Piece::Argument(id.name.to_owned())),
        ast::PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(piece).collect()
}

/// All messages, read once at start.
pub struct Words {
    bundles: HashMap<Lang, FluentBundle<FluentResource>>,
    keys: HashMap<Lang, Vec<String>>,
    filled: HashMap<Lang, HashMap<String, Vec<Piece>>>,
}

impl Words {
    /// Errors: a file that does not parse, named with its first error.
    pub fn load() -> Result<Words, String> {
        let mut bundles = HashMap::new();
        let mut keys: HashMap<Lang, Vec<String>> = HashMap::new();
        for lang in Lang::ALL {
            let mut bundle = FluentBundle::new_concurrent(vec![match lang {
                Lang::Vi => langid!("vi"),
                Lang::En => langid!("en"),
            }]);
            bundle.set_use_isolating(false); // else U+2068 marks stand around every argument
            for name in Files::iter().filter(|n| n.starts_with(lang.code())) {
                let file = Files::get(&name).ok_or_else(|| format!("{name}: gone"))?;
                let text = String::from_utf8(file.data.into_owned()).map_err(|e| format!("{name}: {e}"))?;
                keys.entry(lang).or_default().extend(keys_in(&text).map(str::to_owned));
                let resource = FluentResource::try_new(text).map_err(|(_, e)| format!("{name}: {e:?}"))?;
                bundle.add_resource(resource).map_err(|e| format!("{name}: {e:?}"))?;
            }
            bundles.insert(lang, bundle);
        }
        let mut words = Words { bundles, keys, filled: HashMap::new() };
        words.filled = Lang::ALL.map(|lang| (lang, words.list_filled(lang))).into_iter().collect();
        Ok(words)
    }

    /// Those of messages with arguments that `fill` makes.
    fn list_filled(&self, lang: Lang) -> HashMap<String, Vec<Piece>> {
        let pieces = |key: &String| Some((key.clone(), pieces_of(self.bundles.get(&lang)?.get_message(key)?.value()?)?));
        let fills = |(_, pieces): &(String, Vec<Piece>)| pieces.iter().any(|p| matches!(p, Piece::Argument(_)));
        self.keys.get(&lang).into_iter().flatten().filter_map(pieces).filter(fills).collect()
    }

    /// A message that only has its arguments filled in, each written behind what is there by `write`, which says whether it knows the name.
    /// None: another message, or an argument that is missing.
    pub fn fill(&self, lang: Lang, key: &str, mut write: impl FnMut(&str, &mut String) -> bool) -> Option<String> {
        let mut text = String::new();
        for piece in self.filled.get(&lang)?.get(key)? {
            match piece {
                Piece::Text(t) => text.push_str(t),
                Piece::Argument(name) if write(name, &mut text) => {}
                Piece::Argument(_) => return None,
            }
        }
        Some(text)
    }

    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundles.get(&lang).is_some_and(|b| b.has_message(key))
    }

    /// The messages that say the same whatever their arguments, with their keys.
    pub fn list_plain(&self, lang: Lang) -> Vec<(String, String)> {
        let text = |key: &String| Some((key.clone(), self.format(lang, key, &FluentArgs::new())?));
        self.keys.get(&lang).into_iter().flatten().filter_map(text).collect()
    }

    fn format(&self, lang: Lang, key: &str, args: &FluentArgs) -> Option<String> {
        let bundle = self.bundles.get(&lang)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = vec![];
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// The message, or its key in ⟦ ⟧ where it is missing: a test fails on any page that shows one.
    pub fn say(&self, lang: Lang, key: &str, args: &FluentArgs) -> String {
        self.format(lang, key, args).unwrap_or_else(|| format!("⟦{key}⟧"))
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
        self.say(lang, key, &fluent)
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
    fn a_message_is_filled_in_as_fluent_formats_it() {
        let words = Words::load().unwrap();
        let mut n = 0;
        for lang in Lang::ALL {
            for (key, pieces) in &words.filled[&lang] {
                let names: Vec<&str> = pieces.iter().filter_map(|p| if let Piece::Argument(name) = p { Some(name.as_str()) } else { None }).collect();
                for value in ["7", "1.234", "Nguyễn <An> & “b”"] {
                    let mut args = FluentArgs::new();
                    for name in &names {
                        args.set(*name, printed_number(value).map_or_else(|| FluentValue::String(Cow::Borrowed(value)), FluentValue::from));
                    }
                    let written = words.fill(lang, key, |_, text| {
                        text.push_str(value);
                        true
                    });
                    assert_eq!(written, words.format(lang, key, &args), "{key}");
                }
                assert_eq!(words.fill(lang, key, |_, _| false), None, "{key} without its arguments");
                n += 1;
            }
        }
        assert!(n > 100, "{n} messages");
    }
    #[test]
    fn the_browser_chooses_among_ours_and_vietnamese_is_the_default() {
        assert_eq!(Lang::from_header("fr-FR, en-GB;q=0.8"), Lang::En);
        assert_eq!(Lang::from_header("de"), Lang::Vi);
    }
}
