//! The dates of a contest: local times to the minute, in the contest's time zone.

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono::{TimeZone, Utc};
use chrono_tz::Tz;
use toml::de::DeValue;

use super::super::model::Dates;
use super::problem::Problem;
use super::reader::{Log, Node, Table};
use super::schema::DATES;
use super::values::written;

/// How dates are written, in the file and in sentences.
pub(super) const FORM: &str = "%Y-%m-%d %H:%M";

/// Reads `[dates]`. Without a zone their form is still checked.
pub(super) fn dates(log: &mut Log, root: &Table<'_>, zone: Option<Tz>) -> Option<Dates> {
    let table = root.section(log, &DATES)?;
    let mut read = |key| table.required(log, key, |log, node| instant(log, node, zone));
    let opens = read("opens");
    let closes = read("closes");
    let intake_closes = read("intake_closes");
    let queries_close = read("queries_close");
    if opens.zip(closes).is_some_and(|(opens, closes)| closes <= opens) {
        let (later, earlier) = ("closes".to_owned(), "opens".to_owned());
        let line = table.line_of(log, "closes");
        log.add(line, Problem::NotAfter { later, earlier });
    }
    for (earlier, later) in [(("closes", closes), ("intake_closes", intake_closes)), (("intake_closes", intake_closes), ("queries_close", queries_close))] {
        if earlier.1.zip(later.1).is_some_and(|(earlier, later)| later < earlier) {
            let line = table.line_of(log, later.0);
            let (later, earlier) = (later.0.to_owned(), earlier.0.to_owned());
            log.add(line, Problem::Before { later, earlier });
        }
    }
    let postmark_by = table.optional(log, "postmark_by", day);
    // the other dates first: where they are out of order, a mend of them may mend this one
    let in_order = opens.zip(closes).is_none_or(|(a, b)| a < b) && closes.zip(intake_closes).is_none_or(|(a, b)| a <= b);
    if let Some((by, zone)) = postmark_by.zip(zone).filter(|_| in_order) {
        let of = |instant: Option<DateTime<Utc>>| instant.map(|at| at.with_timezone(&zone).date_naive());
        let mut before = |later: &str, earlier: &str| {
            let line = table.line_of(log, "postmark_by");
            log.add(line, Problem::Before { later: later.to_owned(), earlier: earlier.to_owned() });
        };
        if of(opens).is_some_and(|opens| by < opens) {
            before("postmark_by", "opens");
        }
        if of(intake_closes).is_some_and(|closes| closes < by) {
            before("intake_closes", "postmark_by");
        }
    }
    Some(Dates { opens: opens?, closes: closes?, intake_closes: intake_closes?, queries_close: queries_close?, postmark_by })
}

/// A day as a form's field sends it and a file writes it: `2027-07-15`, of the years 2000 to 2199.
pub fn whole_day(text: &str) -> Option<NaiveDate> {
    date(text.trim(), "%Y-%m-%d")
}

fn day(log: &mut Log, node: Node<'_>) -> Option<NaiveDate> {
    let text = match node.value {
        DeValue::String(text) => text.trim().to_owned(),
        DeValue::Datetime(instant) => instant.to_string(),
        _ => String::new(),
    };
    let fault = || Problem::BadDay { key: node.key.to_owned(), found: written(node.value) };
    log.keep(node.line, whole_day(&text).ok_or_else(fault))
}

/// Why a local time is no instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalFault {
    /// Not written as `2027-07-15 17:00`.
    Form,
    /// A clock change skips it or shows it twice; the next minute that is shown once.
    Unclear(String),
}

/// How a date stands in a `datetime-local` field: what `local_minute` reads.
pub fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// A local time to the minute, as a form's field sends it (`2027-07-15T17:00`) or a file writes it.
pub fn local_minute(text: &str, zone: Tz) -> Result<DateTime<Utc>, LocalFault> {
    let local = minute(&text.trim().replace('T', " ")).ok_or(LocalFault::Form)?;
    in_zone("", local, zone).map_err(|_| LocalFault::Unclear(next_clear(local, zone)))
}

fn instant(log: &mut Log, node: Node<'_>, zone: Option<Tz>) -> Option<DateTime<Utc>> {
    let text = match node.value {
        DeValue::String(text) => text.trim().replace('T', " "),
        DeValue::Datetime(instant) => instant.to_string().replace('T', " "),
        _ => String::new(),
    };
    let local = minute(&text).ok_or_else(|| not_a_minute(node, &text));
    let local = log.keep(node.line, local)?;
    let at = in_zone(node.key, local, zone?);
    log.keep(node.line, at)
}

/// `2027-07-15 17:00`, with or without `:00` for the seconds. A day may end at 24:00: the rules of most
/// contests say "until the end of the 15th", and midnight of the 16th reads like a day more.
fn minute(text: &str) -> Option<NaiveDateTime> {
    let (day, time) = text.split_once(' ')?;
    let day = date(day, "%Y-%m-%d")?;
    let time = time.strip_suffix(":00").filter(|rest| rest.len() == 5).unwrap_or(time);
    if time == "24:00" {
        return day.succ_opt().map(|next| next.and_time(NaiveTime::MIN));
    }
    clock(time).map(|time| day.and_time(time))
}

/// Chrono also takes `2027-7-5` and `+2027`; a file has one way to write a day.
fn date(text: &str, form: &str) -> Option<NaiveDate> {
    let days = NaiveDate::parse_from_str(text, form).ok()?;
    let known = NaiveDate::from_ymd_opt(2000, 1, 1)?..NaiveDate::from_ymd_opt(2200, 1, 1)?;
    (text.len() == 10 && known.contains(&days)).then_some(days)
}

fn clock(text: &str) -> Option<NaiveTime> {
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    (text.len() == 5).then_some(time)
}

/// Why a text is not a minute, with the right form where it can be guessed.
fn not_a_minute(node: Node<'_>, text: &str) -> Problem {
    let (key, found) = (node.key.to_owned(), written(node.value));
    if date(text, "%Y-%m-%d").is_some() {
        return Problem::DayAlone { key, found };
    }
    let zoned = |(_, time): (&str, &str)| time.contains(['Z', 'z', '+', '-']);
    if text.split_once(' ').is_some_and(zoned) {
        return Problem::ZonedDate { key, found };
    }
    match guess(text) {
        Some(fix) => Problem::OtherDate { key, found, fix },
        None => Problem::BadDate { key, found },
    }
}

/// A day written as Vietnamese write it, and seconds left off.
fn guess(text: &str) -> Option<String> {
    let (day, rest) = text.split_once(' ').unwrap_or((text, "24:00"));
    let day = date(day, "%Y-%m-%d").or_else(|| date(day, "%d/%m/%Y"))?;
    let time: String = rest.chars().take(5).collect();
    (time == "24:00" || clock(&time).is_some()).then(|| format!("{day} {time}"))
}

fn in_zone(key: &str, local: NaiveDateTime, zone: Tz) -> Result<DateTime<Utc>, Problem> {
    let mapped = zone.from_local_datetime(&local);
    if let MappedLocalTime::Single(instant) = mapped {
        return Ok(instant.to_utc());
    }
    let (key, found) = (key.to_owned(), local.format(FORM).to_string());
    let (zone, fix) = (zone.name().to_owned(), next_clear(local, zone));
    Err(match mapped {
        MappedLocalTime::None => Problem::SkippedTime { key, found, zone, fix },
        _ => Problem::DoubleTime { key, found, zone, fix },
    })
}

/// The first minute after a clock change that is shown once. A zone that changed its date has skipped a
/// whole day, so the search goes on for two.
fn next_clear(local: NaiveDateTime, zone: Tz) -> String {
    let minutes = (1..=2 * 1_440).map(|ahead| local + TimeDelta::minutes(ahead));
    let clear = minutes.into_iter().find(|local| zone.from_local_datetime(local).single().is_some());
    clear.unwrap_or(local).format(FORM).to_string()
}
