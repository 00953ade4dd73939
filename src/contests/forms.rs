//! What an organizer types: the head of a new contest, invitations, a waiver; and what of it can be used.
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::file::{LocalFault, local, local_minute, slug_of};
use super::model::{Bilingual, Dates, Email as HolderEmail, KeyHolder, Ruleset, Slug};
use super::shipped::BLANK;
use crate::platform::failure::Refusal;
use crate::platform::form::{Fields, Form, Lost, Upload};

/// A field's id and why it cannot be used.
pub type Wrong = (String, Refusal);

/// Rows of key holders the form shows.
pub const HOLDERS: usize = 5;

/// A contest file chosen on the first page.
pub struct FileForm {
    pub upload: Option<Upload>,
    pub too_large: bool,
}
impl Form for FileForm {
    const FILE_LIMIT: usize = super::file::MAX_BYTES;
    fn from_fields(f: Fields) -> Self {
        FileForm { too_large: f.upload_lost == Some(Lost::TooLarge), upload: f.upload }
    }
}

#[derive(Clone, Default)]
pub struct HolderRow {
    pub email: String,
    pub office_vi: String,
    pub office_en: String,
}

/// The head of a new contest: what differs between a copy and its original.
#[derive(Clone, Default)]
pub struct SetupForm {
    /// A shipped contest's word; empty where `rules` holds a file.
    pub from: String,
    /// The text of an uploaded contest file.
    pub rules: String,
    pub slug: String,
    pub title_vi: String,
    pub title_en: String,
    /// Local times of the contest's zone, as `2027-07-15T17:00`.
    pub opens: String,
    pub closes: String,
    pub intake_closes: String,
    pub queries_close: String,
    pub holders: Vec<HolderRow>,
    /// Made to be tried out: the page says so.
    pub trial: bool,
}
impl Form for SetupForm {
    const LIMIT: usize = super::file::MAX_BYTES + 256 * 1024;
    fn from_fields(f: Fields) -> Self {
        let holder = |i: usize| HolderRow { email: f.line(&format!("holder_{i}")), office_vi: f.line(&format!("office_vi_{i}")), office_en: f.line(&format!("office_en_{i}")) };
        SetupForm {
            holders: (1..=HOLDERS).map(holder).collect(),
            from: f.line("from"),
            rules: f.text("rules"),
            slug: f.line("slug").to_lowercase(),
            title_vi: f.line("title_vi"),
            title_en: f.line("title_en"),
            opens: f.line("opens"),
            closes: f.line("closes"),
            intake_closes: f.line("intake_closes"),
            queries_close: f.line("queries_close"),
            trial: f.line("trial") == "yes",
        }
    }
}

/// A copied rule's last day of postmarks, where the new dates allow it; else the last day before the close.
fn fitting(day: NaiveDate, dates: &Dates, zone: Tz) -> NaiveDate {
    let of = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    if (of(dates.opens)..=of(dates.intake_closes)).contains(&day) { day } else { of(dates.closes - TimeDelta::minutes(1)).max(of(dates.opens)) }
}

impl SetupForm {
    /// Begins with nothing: its sections are filled on pages afterwards.
    pub fn is_blank(&self) -> bool {
        self.from == BLANK
    }
    /// Filled from the rules. Addresses of a shipped example are nobody's: those fields begin empty.
    pub fn of(rules: &Ruleset, from: &str, text: String) -> SetupForm {
        let (zone, d) = (rules.contest.timezone, &rules.dates);
        let date = |at| if from == BLANK { String::new() } else { local(at, zone) };
        let row = |h: &KeyHolder| HolderRow {
            email: if from.is_empty() { h.email.as_str().to_owned() } else { String::new() },
            office_vi: h.office.vi.clone(),
            office_en: h.office.en.clone(),
        };
        let mut holders: Vec<HolderRow> = rules.key_holders.iter().map(row).collect();
        holders.resize_with(HOLDERS, HolderRow::default);
        SetupForm {
            from: from.to_owned(),
            rules: text,
            slug: if from == BLANK { String::new() } else { rules.contest.slug.as_str().to_owned() },
            title_vi: rules.contest.title.vi.clone(),
            title_en: rules.contest.title.en.clone(),
            opens: date(d.opens),
            closes: date(d.closes),
            intake_closes: date(d.intake_closes),
            queries_close: date(d.queries_close),
            holders,
            trial: false,
        }
    }
    /// A contest to be tried out, named as one so that nobody takes it for the real one, under an address that leaves the real one
    /// free. Open from this minute, closed in ten (in an hour, where its rules are still to be written), answers for five more.
    pub fn for_a_trial(mut self, now: DateTime<Utc>, zone: Tz, names: (String, String)) -> SetupForm {
        let after = |minutes: i64| local(now + TimeDelta::minutes(minutes), zone);
        let open = if self.is_blank() { 60 } else { 10 };
        (self.opens, self.closes, self.intake_closes, self.queries_close) = (after(0), after(open), after(open), after(open + 5));
        let short: String = format!("thu-{}", self.slug).chars().take(36).collect();
        self.slug = if self.is_blank() { "chay-thu".to_owned() } else { short.trim_matches('-').to_owned() };
        (self.title_vi, self.title_en) = names;
        self.trial = true;
        self
    }

    /// The rules with this head, or every field that is wrong.
    pub fn apply(&self, mut rules: Ruleset) -> Result<Ruleset, Vec<Wrong>> {
        let mut wrong = vec![];
        // left empty, the address is made of the title
        let slug = if self.slug.is_empty() { slug_of(if self.title_vi.is_empty() { &self.title_en } else { &self.title_vi }) } else { self.slug.clone() };
        match Slug::parse(&slug) {
            Some(slug) => rules.contest.slug = slug,
            None => wrong.push(("slug".into(), Refusal::of("slug_unusable"))),
        }
        match bilingual(&self.title_vi, &self.title_en) {
            Some(title) => rules.contest.title = title,
            None => wrong.push(("title_vi".into(), Refusal::of("contest_title_needed"))),
        }
        if let Some(dates) = self.dates(rules.contest.timezone, &mut wrong) {
            rules.dates = Dates { postmark_by: rules.dates.postmark_by.map(|day| fitting(day, &dates, rules.contest.timezone)), ..dates };
        }
        rules.key_holders = self.key_holders(&mut wrong);
        if wrong.is_empty() { Ok(rules) } else { Err(wrong) }
    }

    fn dates(&self, zone: Tz, wrong: &mut Vec<Wrong>) -> Option<Dates> {
        let mut read = |field: &str, typed: &str| match local_minute(typed, zone) {
            Ok(at) => Some(at),
            Err(LocalFault::Form) => {
                wrong.push((field.to_owned(), Refusal::of("date_unreadable")));
                None
            }
            Err(LocalFault::Unclear(fix)) => {
                wrong.push((field.to_owned(), Refusal::of("date_skipped").with("fix", fix)));
                None
            }
        };
        let opens = read("opens", &self.opens);
        let closes = read("closes", &self.closes);
        let intake = read("intake_closes", &self.intake_closes);
        let queries = read("queries_close", &self.queries_close);
        let (opens, closes, intake_closes, queries_close) = (opens?, closes?, intake?, queries?);
        if closes <= opens {
            wrong.push(("closes".into(), Refusal::of("closes_before_opens")));
        }
        if intake_closes < closes {
            wrong.push(("intake_closes".into(), Refusal::of("intake_before_closes")));
        }
        if queries_close < intake_closes {
            wrong.push(("queries_close".into(), Refusal::of("queries_before_intake")));
        }
        Some(Dates { opens, closes, intake_closes, queries_close, postmark_by: None })
    }

    fn key_holders(&self, wrong: &mut Vec<Wrong>) -> Vec<KeyHolder> {
        let mut out: Vec<KeyHolder> = vec![];
        for (i, row) in self.holders.iter().enumerate().map(|(i, r)| (i + 1, r)) {
            if row.email.is_empty() {
                continue;
            }
            let Some(email) = HolderEmail::parse(&row.email) else {
                wrong.push((format!("holder_{i}"), Refusal::of("email_unusable")));
                continue;
            };
            if out.iter().any(|h| h.email == email) {
                wrong.push((format!("holder_{i}"), Refusal::of("holder_twice")));
                continue;
            }
            match bilingual(&row.office_vi, &row.office_en) {
                Some(office) => out.push(KeyHolder { email, office }),
                None => wrong.push((format!("office_vi_{i}"), Refusal::of("office_needed"))),
            }
        }
        if out.len() < 2 && !self.is_blank() && wrong.iter().all(|(f, _)| !f.starts_with("holder") && !f.starts_with("office")) {
            let first_empty = self.holders.iter().position(|h| h.email.is_empty()).map_or(1, |i| i + 1);
            wrong.push((format!("holder_{first_empty}"), Refusal::of("key_holders_too_few")));
        }
        out
    }
}

/// One line each, at most 200 characters; English may be left to the Vietnamese. None where there is nothing.
fn bilingual(vi: &str, en: &str) -> Option<Bilingual> {
    let clean = |s: &str| s.nfc().collect::<String>();
    let (vi, en) = (clean(vi), clean(en));
    let fits = |s: &str| s.chars().count() <= 200;
    match (vi.is_empty(), en.is_empty()) {
        _ if !fits(&vi) || !fits(&en) => None,
        (true, true) => None,
        (true, false) => Some(Bilingual::same(en)),
        (false, true) => Some(Bilingual::same(vi)),
        (false, false) => Some(Bilingual { vi, en }),
    }
}

#[derive(Clone, Default)]
pub struct WaiverForm {
    pub category: Option<Uuid>,
    pub reason: String,
}
impl Form for WaiverForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        WaiverForm { category: Uuid::parse_str(&f.line("category")).ok(), reason: f.line("reason") }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shipped;
    use super::*;

    fn filled() -> (Ruleset, SetupForm) {
        let rules = shipped::ruleset("jfk").unwrap();
        let mut form = SetupForm::of(&rules, "jfk", String::new());
        for (i, row) in form.holders.iter_mut().enumerate().take(2) {
            row.email = format!("khoa{i}@example.org");
        }
        (rules, form)
    }
    fn fields(wrong: &[Wrong]) -> Vec<(&str, &str)> {
        wrong.iter().map(|(f, r)| (f.as_str(), r.name)).collect()
    }

    #[test]
    fn a_copy_keeps_the_rules_and_takes_the_new_head() {
        let (rules, mut form) = filled();
        form.title_vi = "Tên mới".into();
        form.title_en = String::new();
        let made = form.apply(rules.clone()).unwrap();
        assert_eq!((made.contest.title.vi.as_str(), made.contest.title.en.as_str()), ("Tên mới", "Tên mới"));
        assert_eq!((made.categories, made.dates), (rules.categories, rules.dates));
        assert_eq!(made.key_holders.len(), 2);
    }
    #[test]
    fn every_wrong_field_is_named_at_once() {
        let (rules, mut form) = filled();
        form.slug = "Có dấu".into();
        form.closes = "31/12/2027".into();
        form.holders[1].email = "khoa0@example.org".into();
        assert_eq!(fields(&form.apply(rules).unwrap_err()), [("slug", "slug_unusable"), ("closes", "date_unreadable"), ("holder_2", "holder_twice")]);
    }
    #[test]
    fn dates_out_of_order_and_a_minute_that_a_clock_change_skips_are_refused() {
        let (rules, mut form) = filled();
        form.closes = form.opens.clone();
        form.intake_closes = "2000-01-01T10:00".into();
        form.queries_close = "2027-03-14T02:30".into(); // New York, clocks go forward
        assert_eq!(fields(&form.apply(rules).unwrap_err()), [("queries_close", "date_skipped")]);
    }
    #[test]
    fn a_single_key_holder_is_too_few() {
        let (rules, mut form) = filled();
        form.holders[1].email = String::new();
        assert_eq!(fields(&form.apply(rules).unwrap_err()), [("holder_2", "key_holders_too_few")]);
    }
}
