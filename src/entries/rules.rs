//! What can be submitted and when, as far as a form can tell; Postgres has the last word on dates and limits.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::ages;
use super::asked::{self, TypedAsked};
use super::forms::Typed;
use super::model::{Attachment, Entry, TypedAuthor};
use crate::contests::Contest;
use crate::contests::form_rules::FormRules;
use crate::contests::phase::Phase;
use crate::contests::rules::{Category, Conditions};
use crate::documents::{MAX_TEXT, clean, count_words};
use crate::platform::failure::Refusal;
use crate::platform::form::Email;

/// A field's id and why it cannot be used.
pub type Wrong = (String, Refusal);

/// Why an entry can no longer be changed by its contestant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locked {
    NotOpenYet,
    Closed,
    /// A query whose time is over.
    QueriesClosed,
    Cut,
    Refused,
    Withdrawn,
    StruckOut,
}

impl Locked {
    /// Key of the words: `locked-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Locked::NotOpenYet => "not-open-yet",
            Locked::Closed => "closed",
            Locked::QueriesClosed => "queries-closed",
            Locked::Cut => "cut",
            Locked::Refused => "refused",
            Locked::Withdrawn => "withdrawn",
            Locked::StruckOut => "struck-out",
        }
    }
}

/// Whether an entry in this state takes no part any more.
pub fn has_ended(state: &str) -> bool {
    matches!(state, "refused" | "withdrawn" | "struck_out")
}

/// Whether the contestant may still write and submit.
pub fn may_edit(contest: &Contest, entry: &Entry) -> Result<(), Locked> {
    match (entry.state.as_str(), contest.phase()) {
        ("refused", _) => Err(Locked::Refused),
        ("withdrawn", _) => Err(Locked::Withdrawn),
        ("struck_out", _) => Err(Locked::StruckOut),
        _ if entry.cut => Err(Locked::Cut),
        ("queried", Phase::Closed) => Err(Locked::QueriesClosed),
        ("queried", _) | (_, Phase::Open) => Ok(()),
        _ if has_own_time(contest, entry) => Ok(()),
        (_, Phase::Announced) => Err(Locked::NotOpenYet),
        _ => Err(Locked::Closed),
    }
}

/// Whether the desk gave it time of its own that is not over.
pub fn has_own_time(contest: &Contest, entry: &Entry) -> bool {
    contest.phase() != Phase::Announced && entry.extended_to.is_some_and(|until| contest.now < until)
}

/// Until when it may be edited: a query's own hour, the time the desk gave it, or everybody's.
pub fn deadline(contest: &Contest, entry: &Entry) -> DateTime<Utc> {
    match (entry.state.as_str(), entry.extended_to) {
        ("queried", _) => contest.queries_close_at,
        (_, Some(until)) if until > contest.closes_at => until,
        _ => contest.closes_at,
    }
}

/// Whether it may be withdrawn: received, not ended, before the deadline.
pub fn may_withdraw(contest: &Contest, entry: &Entry) -> bool {
    let in_time = contest.phase() == Phase::Open || has_own_time(contest, entry);
    matches!(entry.state.as_str(), "waiting" | "queried" | "valid") && !entry.cut && in_time
}

/// An author as it will be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub pen_name: String,
    pub birth_year: Option<i32>,
    pub email: Option<Email>,
    pub phone: String,
    /// Who answers for a minor, where the rules ask; empty for the others.
    pub guardian: String,
    pub guardian_agrees: bool,
}

/// What a version is made of.
#[derive(Clone, Debug)]
pub struct Submission {
    pub category: Uuid,
    pub unit: Option<Uuid>,
    pub title: String,
    pub work: Work,
    pub authors: Vec<Author>,
    pub note: String,
    pub asked: TypedAsked,
}

/// The work itself.
#[derive(Clone, Debug)]
pub enum Work {
    /// Clean text and its syllables.
    Text { text: String, words: u32 },
    /// A file; its text stands in the attachment, perhaps later.
    File { attachment: Uuid, sha256: Vec<u8> },
}

/// A submission, or every reason why not. `attachment` is the draft's file.
pub fn check(typed: &Typed, rules: &FormRules, attachment: Option<&Attachment>) -> Result<Submission, Vec<Wrong>> {
    let mut wrong = vec![];
    let FormRules { categories, units, conditions, asked } = rules;
    let category = categories.iter().find(|k| Some(k.id) == typed.category);
    if category.is_none() {
        wrong.push(("category".into(), Refusal::of("category_needed")));
    }
    let authors = check_authors(&typed.authors, (category, conditions), &mut wrong);
    if typed.unit.is_some_and(|id| !units.iter().any(|u| u.id == id)) {
        wrong.push(("unit".into(), Refusal::of("unit_unknown")));
    }
    asked::check_answers(&typed.asked, asked, &mut wrong);
    // judges read the title too: nothing hidden in it
    let title = clean(&typed.title).into_string();
    if title.is_empty() || title.chars().count() > 300 {
        wrong.push(("title".into(), Refusal::of("title_needed")));
    }
    let work = if typed.use_file { check_file(attachment, category, &mut wrong) } else { check_text(&typed.text, category, &mut wrong) };
    if typed.note.chars().count() > 2_000 {
        wrong.push(("note".into(), Refusal::of("note_long")));
    }
    asked::check_declared(&typed.asked, asked, &mut wrong);
    match (category, work) {
        (Some(category), Some(work)) if wrong.is_empty() => {
            Ok(Submission { category: category.id, unit: typed.unit, title, work, authors, note: typed.note.clone(), asked: asked::kept(&typed.asked, asked) })
        }
        _ => Err(wrong),
    }
}

/// What is one author's own, the `n`th's (from 1): year of birth and e-mail as they will be stored; what cannot be, by field.
pub fn check_person(a: &TypedAuthor, n: usize, wrong: &mut Vec<Wrong>) -> (Option<i32>, Option<Email>) {
    let mut say = |field: &str, refusal: &'static str| wrong.push((format!("{field}_{n}"), Refusal::of(refusal).with("n", n)));
    if a.name.is_empty() || a.name.chars().count() > 200 {
        say("name", "author_name_needed");
    }
    if a.pen.chars().count() > 200 {
        say("pen", "author_pen_long");
    }
    let birth_year = year(&a.year);
    if birth_year.is_none() && !a.year.is_empty() {
        say("year", "author_year");
    }
    let email = Email::parse(&a.email);
    if email.is_none() && !a.email.is_empty() {
        say("email", "author_email");
    }
    if a.phone.chars().count() > 40 {
        say("phone", "author_phone_long");
    }
    (birth_year, email)
}

/// Authors as they will be stored; what keeps one from being so, by field.
pub fn check_authors(typed: &[TypedAuthor], (category, conditions): (Option<&Category>, &Conditions), wrong: &mut Vec<Wrong>) -> Vec<Author> {
    let mut out: Vec<Author> = vec![];
    for (i, a) in typed.iter().enumerate().map(|(i, a)| (i + 1, a)) {
        let (birth_year, email) = check_person(a, i, wrong);
        let minor = ages::check(a, (i, birth_year), conditions, wrong);
        if email.as_ref().is_some_and(|e| out.iter().any(|o| o.email.as_ref().is_some_and(|x| x.key == e.key))) {
            wrong.push((format!("email_{i}"), Refusal::of("author_email_twice").with("n", i)));
        }
        // of whom needs no guardian, none is kept
        let guardian = if minor { a.guardian.clone() } else { String::new() };
        out.push(Author { name: a.name.clone(), pen_name: a.pen.clone(), birth_year, email, phone: a.phone.clone(), guardian, guardian_agrees: minor && a.guardian_agrees });
    }
    let Some(k) = category else { return out };
    let n = i32::try_from(out.len()).unwrap_or(i32::MAX);
    if n < k.min_authors {
        wrong.push((format!("name_{}", n + 1), Refusal::of("authors_too_few").with("min", k.min_authors)));
    } else if n > k.max_authors {
        wrong.push((format!("name_{}", k.max_authors + 1), Refusal::of("authors_too_many").with("max", k.max_authors)));
    }
    out
}

fn year(typed: &str) -> Option<i32> {
    typed.parse().ok().filter(|y| typed.len() == 4 && (1900..=2100).contains(y))
}

fn check_text(raw: &str, category: Option<&Category>, wrong: &mut Vec<Wrong>) -> Option<Work> {
    let text = clean(raw).into_string();
    let words = count_words(&text);
    if words == 0 {
        wrong.push(("text".into(), Refusal::of("text_needed")));
        return None;
    }
    if text.len() > MAX_TEXT {
        wrong.push(("text".into(), Refusal::of("text_too_long")));
        return None;
    }
    check_length(words, category, "text", wrong);
    Some(Work::Text { text, words })
}

fn check_file(attachment: Option<&Attachment>, category: Option<&Category>, wrong: &mut Vec<Wrong>) -> Option<Work> {
    let Some(file) = attachment else {
        wrong.push(("file".into(), Refusal::of("file_needed")));
        return None;
    };
    if file.state == "unreadable" {
        wrong.push(("file".into(), Refusal::of("file_unreadable")));
        return None;
    }
    // unread yet: the desk sees its length when it is known
    if let Some(words) = file.words.and_then(|w| u32::try_from(w).ok()) {
        check_length(words, category, "file", wrong);
    }
    Some(Work::File { attachment: file.id, sha256: file.sha256.clone() })
}

fn check_length(words: u32, category: Option<&Category>, field: &str, wrong: &mut Vec<Wrong>) {
    let Some(k) = category else { return };
    let limit = |l: Option<i32>| l.and_then(|l| u32::try_from(l).ok());
    if let Some(min) = limit(k.min_words).filter(|min| words < *min) {
        wrong.push((field.into(), Refusal::of("text_short").with("words", words).with("more", min - words).with("min", min)));
    }
    if let Some(max) = limit(k.max_words).filter(|max| words > *max) {
        wrong.push((field.into(), Refusal::of("text_long").with("words", words).with("less", words - max).with("max", max)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules_of(category: Category) -> FormRules {
        FormRules { categories: vec![category], units: vec![], conditions: Conditions::default(), asked: crate::contests::store_asked::Asked::default() }
    }
    fn category() -> Category {
        Category {
            id: Uuid::from_u128(1),
            key: "bao".into(),
            name_vi: "Báo".into(),
            name_en: "Press".into(),
            kind: "text".into(),
            min_words: Some(2),
            max_words: Some(4),
            min_authors: 1,
            max_authors: 2,
            rubric: Some(Uuid::from_u128(2)),
            ranking_group: Some(Uuid::from_u128(3)),
        }
    }
    fn typed() -> Typed {
        let authors = vec![TypedAuthor { name: "An".into(), ..TypedAuthor::default() }];
        Typed { category: Some(Uuid::from_u128(1)), title: "Tên".into(), text: "một hai ba".into(), authors, ..Typed::default() }
    }
    fn names(typed: &Typed) -> Vec<(String, &'static str)> {
        check(typed, &rules_of(category()), None).unwrap_err().into_iter().map(|(f, r)| (f, r.name)).collect()
    }

    #[test]
    fn both_ends_of_a_length_are_allowed_and_one_more_is_not() {
        for (text, fits) in [("một", false), ("một hai", true), ("một hai ba bốn", true), ("một hai ba bốn năm", false)] {
            assert_eq!(check(&Typed { text: text.into(), ..typed() }, &rules_of(category()), None).is_ok(), fits, "{text}");
        }
    }
    #[test]
    fn an_empty_form_names_every_field_at_once() {
        let fields: Vec<_> = names(&Typed::default()).into_iter().map(|(f, _)| f).collect();
        assert_eq!(fields, ["category", "title", "text"]);
        assert_eq!(names(&Typed { authors: vec![], ..typed() }), [("name_1".to_owned(), "authors_too_few")]);
    }
    #[test]
    fn authors_have_names_years_of_four_digits_and_addresses_of_their_own() {
        let author = |name: &str, year: &str, email: &str| TypedAuthor { name: name.into(), year: year.into(), email: email.into(), ..TypedAuthor::default() };
        let authors = vec![author("", "88", "a@example.org"), author("B", "1988", "A@example.org"), author("C", "", "c@")];
        let found: Vec<_> = names(&Typed { authors, ..typed() }).into_iter().map(|(_, n)| n).collect();
        assert_eq!(found, ["author_name_needed", "author_year", "author_email_twice", "author_email", "authors_too_many"]);
    }
    #[test]
    fn a_unit_of_another_contest_is_refused_and_no_unit_is_not() {
        assert_eq!(names(&Typed { unit: Some(Uuid::from_u128(9)), ..typed() }), [("unit".to_owned(), "unit_unknown")]);
        assert!(check(&typed(), &rules_of(category()), None).is_ok());
    }
    #[test]
    fn a_file_still_unread_can_be_submitted_and_an_unreadable_one_not() {
        let file = |state: &str, words| Attachment {
            id: Uuid::from_u128(5),
            storage_key: String::new(),
            file_name: String::new(),
            bytes: 1,
            sha256: vec![0; 32],
            state: state.into(),
            reason: None,
            words,
            warnings: serde_json::json!([]),
        };
        let by_file = Typed { use_file: true, ..typed() };
        assert!(check(&by_file, &rules_of(category()), Some(&file("pending", None))).is_ok());
        assert!(check(&by_file, &rules_of(category()), Some(&file("unreadable", None))).is_err());
        assert!(check(&by_file, &rules_of(category()), Some(&file("read", Some(900)))).is_err());
        assert!(check(&by_file, &rules_of(category()), None).is_err());
    }
}
