//! Reading the sections that a contest has once: `[contest]`, `[limits]`, `[entrants]`, `[round]`.

use chrono_tz::Tz;

use super::super::model::{Contest, Entrants, Hundredths, LimitSubject, Limits, Locale, OwnResult, Round, Separation, ThirdMark};
use super::problem::Problem;
use super::reader::{Lined, Log, Table};
use super::schema::{CONTEST, ENTRANTS, LIMITS, ROUND};
use super::values::{choice, decimal, email, flag, name, paragraphs, slug, timezone, whole};

/// Reads `[contest]`. The zone comes apart, for the dates need it even when the rest has mistakes.
pub(super) fn contest(log: &mut Log, root: &Table<'_>) -> (Option<Contest>, Option<Tz>) {
    let Some(table) = root.section(log, &CONTEST) else {
        return (None, None);
    };
    let slug = table.required(log, "slug", slug);
    let title = table.required(log, "title", name);
    let host = table.required(log, "host", name);
    let summary = table.required(log, "summary", paragraphs);
    let zone = table.required(log, "timezone", timezone);
    let separation = choice(Separation::WORDS, Separation::from_word);
    let separation = table.optional(log, "separation", separation);
    let locale = choice(Locale::WORDS, Locale::from_word);
    let locale = table.optional(log, "locale", locale);
    let remind_drafts = table.optional(log, "remind_drafts", flag).unwrap_or(true);
    let organizer = table.optional(log, "organizer", email);
    let whole = || {
        Some(Contest {
            slug: slug?,
            title: title?,
            host: host?,
            summary: summary?,
            timezone: zone?,
            separation: separation.unwrap_or(Separation::Strict),
            locale: locale.unwrap_or(Locale::Vi),
            remind_drafts,
            organizer,
        })
    };
    (whole(), zone)
}

/// Reads `[limits]`; left out, there are none.
pub(super) fn limits(log: &mut Log, root: &Table<'_>) -> Limits {
    let Some(table) = root.optional(log, LIMITS.name, |log, node| Table::open(log, &LIMITS, node)) else {
        return Limits::default();
    };
    let limits = Limits {
        per_category: table.optional(log, "per_category", whole(1..=1_000)),
        overall: table.optional(log, "overall", whole(1..=1_000)),
        subject: table.optional(log, "subject", choice(LimitSubject::WORDS, LimitSubject::from_word)).unwrap_or_default(),
    };
    in_order(log, &table, ("per_category", limits.per_category), ("overall", limits.overall));
    limits
}

/// Reads `[entrants]`; left out, anybody may enter.
pub(super) fn entrants(log: &mut Log, root: &Table<'_>) -> Entrants {
    let Some(table) = root.optional(log, ENTRANTS.name, |log, node| Table::open(log, &ENTRANTS, node)) else {
        return Entrants::default();
    };
    let entrants = Entrants {
        min_age: table.optional(log, "min_age", whole(1..=120)),
        guardian_age: table.optional(log, "guardian_age", whole(1..=120)),
        bar_officials: table.optional(log, "bar_officials", flag).unwrap_or(false),
    };
    in_order(log, &table, ("min_age", entrants.min_age), ("guardian_age", entrants.guardian_age));
    entrants
}

/// Complains when the smaller of two bounds is the larger.
pub(super) fn in_order(log: &mut Log, table: &Table<'_>, (low, least): (&str, Option<u32>), (high, most): (&str, Option<u32>)) {
    if let Some((least, most)) = least.zip(most).filter(|(least, most)| least > most) {
        let what = Problem::Reversed { low: low.to_owned(), high: high.to_owned(), least: least.to_string(), most: most.to_string() };
        log.add(table.line_of(log, low), what);
    }
}

/// Reads `[round]`.
pub(super) fn round(log: &mut Log, root: &Table<'_>) -> Option<Lined<Round>> {
    let table = root.section(log, &ROUND)?;
    let readers = table.required(log, "readers", whole(1..=9));
    let threshold = table.required(log, "threshold", decimal(Hundredths::new(0)));
    let third = choice(ThirdMark::WORDS, ThirdMark::from_word);
    let third = table.required(log, "third", third);
    let own_result = table.optional(log, "own_result", choice(OwnResult::WORDS, OwnResult::from_word)).unwrap_or_default();
    Some(Lined { line: table.line_of(log, "threshold"), item: Round { readers: readers?, threshold: threshold?, third: third?, own_result } })
}
