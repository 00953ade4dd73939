//! Mistakes of syntax, told to somebody who has never heard of TOML. The parser's own words are the key:
//! where a new version says it otherwise, the person reads them as they are.

use toml::de::Error;

use super::super::model::{DecimalFault, Hundredths};
use super::problem::Problem;
use super::reader::Log;
use super::values::shown;

/// Reports the first mistake of every line; what follows in the same line mostly follows from it.
pub(super) fn report(log: &mut Log, text: &str, faults: &[Error]) {
    let mut faults: Vec<(u32, &Error)> = faults
        .iter()
        .map(|fault| {
            let start = fault.span().map_or(0, |span| span.start);
            let start = opening(fault.message(), text).unwrap_or(start);
            (log.line_of(start), fault)
        })
        .collect();
    faults.sort_by_key(|(line, _)| *line);
    faults.dedup_by_key(|(line, _)| *line);
    let mut lines = (1..).zip(text.lines());
    for (line, fault) in faults.into_iter().take(super::MAX_ERRORS) {
        let written = lines.find(|(number, _)| *number == line);
        let written = written.map_or("", |(_, written)| written);
        let what = problem(fault.message(), written);
        // The keys of a section without a name count as the section's before it, and seem to come twice.
        let misleads = matches!(what, Problem::OpenHeader { .. });
        log.add(line, what);
        if misleads {
            break;
        }
    }
}

/// Where a text of several lines was opened: the parser sees that it is not closed at the end of the file.
fn opening(message: &str, text: &str) -> Option<usize> {
    let is_open = message.starts_with("invalid multi-line");
    is_open.then(|| text.rfind("\"\"\"").or(text.rfind("'''")))?
}

fn problem(message: &str, line: &str) -> Problem {
    let (key, value) = line.split_once('=').unwrap_or((line, ""));
    let value = value.split('#').next().unwrap_or(value).trim();
    let found = shown(line.trim());
    if line.contains(['“', '”', '„']) && !message.starts_with("duplicate") {
        return Problem::CurlyQuotes { found };
    }
    if let Err(DecimalFault::Comma(fix)) = Hundredths::parse(value) {
        let found = shown(value);
        return Problem::DecimalComma { found, fix };
    }
    if let Some(fix) = ungrouped(value) {
        let found = shown(value);
        return Problem::GroupedNumber { found, fix };
    }
    let is_word = value.starts_with(char::is_alphabetic);
    let (key, detail) = (shown(key.trim()), message.to_owned());
    match message.split(',').next().unwrap_or(message) {
        "duplicate key" => Problem::RepeatedKey { key },
        "invalid unquoted key" => Problem::OddKey { key },
        "invalid basic string" | "invalid literal string" | "invalid multi-line basic string" | "invalid multi-line literal string" => Problem::OpenQuote {},
        "unclosed table" | "unclosed array table" => Problem::OpenHeader { found },
        "key with no value" => Problem::NoEquals { found },
        "string values must be quoted" => Problem::Unquoted { found },
        _ if is_word => Problem::Unquoted { found },
        date if date.starts_with("invalid date") || date.starts_with("invalid time") => {
            let found = shown(value);
            Problem::BadDate { key, found }
        }
        _ => Problem::Syntax { detail },
    }
}

/// `10.000.000` and `10,000,000` in one.
fn ungrouped(value: &str) -> Option<String> {
    let mark = if value.contains('.') { '.' } else { ',' };
    let mut groups = value.split(mark);
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().filter(|g| (1..=3).contains(&g.len()) && digits(g))?;
    let rest: Vec<&str> = groups.collect();
    let threes = rest.iter().all(|group| group.len() == 3 && digits(group));
    (threes && rest.len() >= 2).then(|| format!("{first}{}", rest.concat()))
}
