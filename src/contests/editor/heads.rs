//! Sections without a list: what the contest is, its dates, who may enter, how it is marked.
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::fields::{Field, Kind, Offers};
use super::typed::Typed;
use super::work::Work;
use super::{Frozen, Section};
use crate::contests::file::{MOST_LINE, MOST_PARAGRAPHS, local};
use crate::contests::model::{Bilingual, Dates, Entrants, Hundredths, LimitSubject, Limits, Locale, OwnResult, Round, Ruleset, Separation, Slug, ThirdMark};
use crate::platform::failure::Refusal;

pub static BASICS: Section = Section {
    word: "basics",
    fields: &[
        Field::new("title_vi", Kind::Line),
        Field::new("title_en", Kind::Line).optional(),
        Field::new("host_vi", Kind::Line),
        Field::new("host_en", Kind::Line).optional(),
        Field::new("summary_vi", Kind::Area).hint(),
        Field::new("summary_en", Kind::Area).optional(),
        Field::new("slug", Kind::Line).hint(),
        Field::new("timezone", Kind::Line).hint(),
        Field::new("locale", Kind::Choice(Offers::Words(Locale::WORDS), false)).hint(),
        Field::new("separation", Kind::Choice(Offers::Words(Separation::WORDS), false)).hint(),
        Field::new("remind_drafts", Kind::Tick).hint(),
    ],
    row: &[],
    most: 0,
    frozen: Frozen::Never,
    fill: fill_basics,
    apply: apply_basics,
};

/// The English stays empty where it is the Vietnamese.
pub fn set_both(typed: &mut Typed, name: &str, text: &Bilingual) {
    typed.set(&format!("{name}_vi"), text.vi.clone());
    typed.set(&format!("{name}_en"), english(text));
}
pub fn english(text: &Bilingual) -> String {
    if text.en == text.vi { String::new() } else { text.en.clone() }
}
pub fn number(n: Option<u32>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn fill_basics(r: &Ruleset) -> Typed {
    let (c, mut typed) = (&r.contest, Typed::default());
    set_both(&mut typed, "title", &c.title);
    set_both(&mut typed, "host", &c.host);
    set_both(&mut typed, "summary", &c.summary);
    typed.set("slug", c.slug.as_str());
    typed.set("timezone", c.timezone.name());
    typed.set("locale", c.locale.word());
    typed.set("separation", c.separation.word());
    typed.set("remind_drafts", if c.remind_drafts { "yes" } else { "" });
    typed
}

fn apply_basics(w: &mut Work<'_>) {
    let title = w.both("title", None, MOST_LINE);
    let host = w.both_or_none("host", None, MOST_LINE);
    let summary = w.both_or_none("summary", None, MOST_PARAGRAPHS);
    let slug = Slug::parse(&w.typed.get("slug").to_lowercase());
    if slug.is_none() {
        w.wrong("slug", Refusal::of("slug_unusable"));
    }
    let zone = w.typed.get("timezone").parse::<Tz>().ok();
    if zone.is_none() {
        w.wrong("timezone", Refusal::of("rule_zone"));
    }
    let locale = w.choice("locale", Locale::from_word);
    let separation = w.choice("separation", Separation::from_word);
    let remind_drafts = w.is_ticked("remind_drafts");
    let contest = &mut w.rules.contest;
    // what is left empty is not there yet, and the page of the rules names it
    let or_empty = |text: Option<Bilingual>| text.unwrap_or_else(|| Bilingual::same(String::new()));
    let (Some(title), Some(host), Some(summary), Some(slug), Some(timezone), Some(locale), Some(separation)) = (title, host, summary, slug, zone, locale, separation) else {
        return;
    };
    (contest.title, contest.host, contest.summary) = (title, or_empty(host), or_empty(summary));
    (contest.slug, contest.timezone, contest.locale, contest.separation) = (slug, timezone, locale, separation);
    contest.remind_drafts = remind_drafts;
}

pub static DATES: Section = Section {
    word: "dates",
    fields: &[
        Field::new("opens_at", Kind::Moment),
        Field::new("closes_at", Kind::Moment),
        Field::new("postmark_by", Kind::Day).hint().optional(),
        Field::new("intake_closes_at", Kind::Moment).hint(),
        Field::new("queries_close_at", Kind::Moment).hint(),
    ],
    row: &[],
    most: 0,
    frozen: Frozen::Never,
    fill: fill_dates,
    apply: apply_dates,
};

fn fill_dates(r: &Ruleset) -> Typed {
    let (d, zone, mut typed) = (&r.dates, r.contest.timezone, Typed::default());
    typed.set("opens_at", local(d.opens, zone));
    typed.set("closes_at", local(d.closes, zone));
    typed.set("postmark_by", d.postmark_by.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default());
    typed.set("intake_closes_at", local(d.intake_closes, zone));
    typed.set("queries_close_at", local(d.queries_close, zone));
    typed
}

fn apply_dates(w: &mut Work<'_>) {
    let opens = w.moment("opens_at", w.rules.dates.opens);
    if let Some(opens) = opens {
        let after = later_dates(w, Some(opens));
        if let Some(dates) = after {
            w.rules.dates = dates;
        }
    } else {
        later_dates(w, None);
    }
}

/// The dates behind the opening, of the section's form and of an extension's. `opens`: none where it cannot be used.
pub fn later_dates(w: &mut Work<'_>, opens: Option<DateTime<Utc>>) -> Option<Dates> {
    let stands = w.rules.dates;
    let closes = w.moment("closes_at", stands.closes);
    let postmark = w.day_or_none("postmark_by");
    let intake = w.moment("intake_closes_at", stands.intake_closes);
    let queries = w.moment("queries_close_at", stands.queries_close);
    let before = w.wrong.len();
    let mut in_order = |id: &str, earlier: Option<DateTime<Utc>>, later: Option<DateTime<Utc>>, may_equal: bool, name: &'static str| {
        let fits = earlier.zip(later).is_none_or(|(a, b)| if may_equal { a <= b } else { a < b });
        if !fits {
            w.wrong(id, Refusal::of(name));
        }
    };
    in_order("closes_at", opens, closes, false, "closes_before_opens");
    in_order("intake_closes_at", closes, intake, true, "intake_before_closes");
    in_order("queries_close_at", intake, queries, true, "queries_before_intake");
    let (opens, closes, intake_closes, queries_close, postmark_by) = (opens?, closes?, intake?, queries?, postmark?);
    let zone = w.rules.contest.timezone;
    let of = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    if before == w.wrong.len() && postmark_by.is_some_and(|day| !(of(opens)..=of(intake_closes)).contains(&day)) {
        w.wrong("postmark_by", Refusal::of("rule_postmark"));
    }
    Some(Dates { opens, closes, intake_closes, queries_close, postmark_by })
}

pub static ENTRANTS: Section = Section {
    word: "entrants",
    fields: &[
        Field::new("per_category", Kind::Number).optional(),
        Field::new("overall", Kind::Number).optional(),
        Field::new("subject", Kind::Choice(Offers::Words(LimitSubject::WORDS), false)).hint(),
        Field::new("min_age", Kind::Number).hint().optional(),
        Field::new("guardian_age", Kind::Number).hint().optional(),
        Field::new("bar_officials", Kind::Tick).hint(),
    ],
    row: &[],
    most: 0,
    frozen: Frozen::Never,
    fill: fill_entrants,
    apply: apply_entrants,
};

fn fill_entrants(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    typed.set("per_category", number(r.limits.per_category));
    typed.set("overall", number(r.limits.overall));
    typed.set("subject", r.limits.subject.word());
    typed.set("min_age", number(r.entrants.min_age));
    typed.set("guardian_age", number(r.entrants.guardian_age));
    typed.set("bar_officials", if r.entrants.bar_officials { "yes" } else { "" });
    typed
}

fn apply_entrants(w: &mut Work<'_>) {
    let per_category = w.number_or_none("per_category", 1_u32..=1_000);
    let overall = w.number_or_none("overall", 1_u32..=1_000);
    let subject = w.choice("subject", LimitSubject::from_word);
    let min_age = w.number_or_none("min_age", 1_u32..=120);
    let guardian_age = w.number_or_none("guardian_age", 1_u32..=120);
    let bar_officials = w.is_ticked("bar_officials");
    let (Some(per_category), Some(overall), Some(subject), Some(min_age), Some(guardian_age)) = (per_category, overall, subject, min_age, guardian_age) else {
        return;
    };
    if per_category.zip(overall).is_some_and(|(a, b)| a > b) {
        w.wrong("overall", Refusal::of("rule_limits_order"));
    }
    if min_age.zip(guardian_age).is_some_and(|(a, b)| a > b) {
        w.wrong("guardian_age", Refusal::of("rule_ages_order"));
    }
    w.rules.limits = Limits { per_category, overall, subject };
    w.rules.entrants = Entrants { min_age, guardian_age, bar_officials };
}

pub static MARKING: Section = Section {
    word: "marking",
    fields: &[
        Field::new("readers", Kind::Number).hint(),
        Field::new("threshold", Kind::Line).hint(),
        Field::new("third", Kind::Choice(Offers::Words(ThirdMark::WORDS), false)).hint(),
        Field::new("own_result", Kind::Choice(Offers::Words(OwnResult::WORDS), false)).hint(),
    ],
    row: &[],
    most: 0,
    frozen: Frozen::Marking,
    fill: fill_marking,
    apply: apply_marking,
};

fn fill_marking(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    typed.set("readers", r.round.readers.to_string());
    typed.set("threshold", r.round.threshold.to_string());
    typed.set("third", r.round.third.word());
    typed.set("own_result", r.round.own_result.word());
    typed
}

fn apply_marking(w: &mut Work<'_>) {
    let readers = w.number("readers", 1_u32..=9);
    let threshold: Option<Hundredths> = w.points("threshold", 0);
    let third = w.choice("third", ThirdMark::from_word);
    let own_result = w.choice("own_result", OwnResult::from_word);
    if let (Some(readers), Some(threshold), Some(third), Some(own_result)) = (readers, threshold, third, own_result) {
        w.rules.round = Round { readers, threshold, third, own_result };
    }
}
