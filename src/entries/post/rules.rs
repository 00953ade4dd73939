//! What the desk must write down before an envelope has its number. A paper is what it is: its length, a year of birth or a
//! declaration that is missing keeps nobody from writing it down; the desk sees it and decides.
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::forms::{PostForm, TypedEnvelope};
use crate::contests::Contest;
use crate::contests::file::local_minute;
use crate::contests::rules::{Category, Conditions, Unit};
use crate::contests::store_asked::Asked;
use crate::documents::{MAX_TEXT, clean, count_words};
use crate::entries::asked::{self, TypedAsked};
use crate::entries::model::TypedAuthor;
use crate::entries::rules::{Author, Wrong, check_authors};
use crate::platform::failure::Refusal;

/// How an envelope arrived, the usual first.
pub const CONDITIONS: [&str; 3] = ["whole", "damaged", "opened"];
/// Letters of the clerk's remark.
const LONGEST_REMARK: usize = 500;
/// What is asked of somebody who fills in the form alone, and not of a paper.
const OF_THE_FORM: [&str; 7] = ["author_year_needed", "author_too_young", "guardian_needed", "guardian_agrees_needed", "authors_too_few", "authors_too_many", "answer_needed"];

/// Whether a postmark decides anything: the rules name its last day, or what was posted in time may arrive after the deadline. Else whatever
/// can be written down has arrived in time.
pub fn asks_postmark(contest: &Contest, conditions: &Conditions) -> bool {
    conditions.postmark_by.is_some() || contest.intake_closes_at > contest.closes_at
}

/// What was read of an envelope.
#[derive(Clone, Debug)]
pub struct Outside {
    pub postmark: Option<NaiveDate>,
    pub arrived_at: DateTime<Utc>,
    pub condition: &'static str,
    pub remark: String,
}

/// What will be written, but for its file.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub category: Uuid,
    pub unit: Option<Uuid>,
    pub title: String,
    /// Clean text and its syllables; None: not typed.
    pub text: Option<(String, u32)>,
    pub authors: Vec<Author>,
    pub asked: TypedAsked,
    pub note: String,
    pub outside: Outside,
}

/// The parts of the rules that a sheet is held against.
pub struct Rules<'a> {
    pub contest: &'a Contest,
    pub categories: &'a [Category],
    pub units: &'a [Unit],
    pub asked: &'a Asked,
}

/// A sheet, or every reason why not.
pub fn check(form: &PostForm, rules: &Rules) -> Result<Sheet, Vec<Wrong>> {
    let (typed, mut wrong) = (&form.typed, vec![]);
    let outside = check_outside(&form.envelope, rules.contest, &mut wrong);
    let category = rules.categories.iter().find(|k| Some(k.id) == typed.category);
    if category.is_none() {
        wrong.push(("category".into(), Refusal::of("category_needed")));
    }
    let authors = authors(&typed.authors, &mut wrong);
    if typed.unit.is_some_and(|id| !rules.units.iter().any(|u| u.id == id)) {
        wrong.push(("unit".into(), Refusal::of("unit_unknown")));
    }
    asked::check_answers(&typed.asked, rules.asked, &mut wrong);
    let title = clean(&typed.title).into_string();
    if title.is_empty() || title.chars().count() > 300 {
        wrong.push(("title".into(), Refusal::of("title_needed")));
    }
    let text = text(&typed.text, &mut wrong);
    if typed.note.chars().count() > 2_000 {
        wrong.push(("note".into(), Refusal::of("note_long")));
    }
    wrong.retain(|(_, r)| !OF_THE_FORM.contains(&r.name));
    match (category, outside) {
        (Some(category), Some(outside)) if wrong.is_empty() => {
            Ok(Sheet { category: category.id, unit: typed.unit, title, text, authors, asked: asked::kept(&typed.asked, rules.asked), note: typed.note.clone(), outside })
        }
        _ => Err(wrong),
    }
}

fn check_outside(typed: &TypedEnvelope, contest: &Contest, wrong: &mut Vec<Wrong>) -> Option<Outside> {
    let before = wrong.len();
    let postmark = NaiveDate::parse_from_str(&typed.postmark, "%Y-%m-%d").ok();
    if postmark.is_none() && !typed.postmark.is_empty() {
        wrong.push(("postmark".into(), Refusal::of("postmark_unreadable")));
    }
    let arrived = local_minute(&typed.arrived, contest.tz()).ok();
    match arrived {
        None => wrong.push(("arrived".into(), Refusal::of("date_unreadable"))),
        Some(at) if at > contest.now => wrong.push(("arrived".into(), Refusal::of("arrival_future"))),
        Some(at) if postmark.is_some_and(|day| day > at.with_timezone(&contest.tz()).date_naive()) => {
            wrong.push(("postmark".into(), Refusal::of("postmark_after_arrival")));
        }
        Some(_) => {}
    }
    let condition = CONDITIONS.into_iter().find(|c| *c == typed.condition);
    if condition.is_none() {
        wrong.push(("condition".into(), Refusal::of("condition_needed")));
    }
    if typed.remark.chars().count() > LONGEST_REMARK {
        wrong.push(("remark".into(), Refusal::of("remark_long").with("max", LONGEST_REMARK)));
    }
    if wrong.len() > before {
        return None;
    }
    Some(Outside { postmark, arrived_at: arrived?, condition: condition?, remark: typed.remark.clone() })
}

/// A guardian stays as it is written, whatever the year of birth: the desk decides what it means.
fn authors(typed: &[TypedAuthor], wrong: &mut Vec<Wrong>) -> Vec<Author> {
    let mut out = check_authors(typed, (None, &Conditions::default()), wrong);
    if out.is_empty() {
        wrong.push(("name_1".into(), Refusal::of("author_name_needed").with("n", 1)));
    }
    for (i, (author, as_typed)) in out.iter_mut().zip(typed).enumerate() {
        if as_typed.guardian.chars().count() > 200 {
            wrong.push((format!("guardian_{}", i + 1), Refusal::of("guardian_long").with("n", i + 1)));
        }
        author.guardian.clone_from(&as_typed.guardian);
        author.guardian_agrees = as_typed.guardian_agrees && !as_typed.guardian.is_empty();
    }
    out
}

fn text(raw: &str, wrong: &mut Vec<Wrong>) -> Option<(String, u32)> {
    let text = clean(raw).into_string();
    if text.len() > MAX_TEXT {
        wrong.push(("text".into(), Refusal::of("text_too_long")));
    }
    let words = count_words(&text);
    (words > 0).then_some((text, words))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::entries::forms::Typed;
    use crate::platform::form::{Fields, Form};

    fn contest() -> Contest {
        let at = |day| Utc.with_ymd_and_hms(2027, 7, day, 5, 0, 0).unwrap();
        Contest {
            id: Uuid::nil(),
            slug: "x".into(),
            title_vi: String::new(),
            title_en: String::new(),
            timezone: "Asia/Ho_Chi_Minh".into(),
            separation: "strict".into(),
            opens_at: at(1),
            closes_at: at(15),
            intake_closes_at: at(25),
            queries_close_at: at(30),
            ready: true,
            published_at: None,
            limit_per_category: None,
            limit_overall: None,
            readers: 2,
            threshold: 0,
            third: String::new(),
            own_result: "none".into(),
            now: at(20),
        }
    }
    fn wrong(pairs: &[(&str, &str)]) -> Vec<(String, &'static str)> {
        let mut all: Vec<(&str, &str)> = pairs.to_vec();
        let plain = [("postmark", "2027-07-14"), ("arrived", "2027-07-16T09:30"), ("condition", "whole"), ("name_1", "Đặng Văn Ba"), ("title", "Bài viết tay"), ("category", "x")];
        all.extend(plain.into_iter().filter(|(k, _)| !pairs.iter().any(|(n, _)| n == k)));
        let form = PostForm::from_fields(Fields::from_pairs(&all));
        let rules = Rules { contest: &contest(), categories: &[], units: &[], asked: &Asked::default() };
        check(&form, &rules).unwrap_err().into_iter().map(|(f, r)| (f, r.name)).filter(|(f, _)| f != "category").collect()
    }

    #[test]
    fn an_envelope_needs_a_hour_a_condition_and_somebodys_name_but_neither_postmark_nor_text() {
        assert_eq!(wrong(&[("postmark", "")]), []);
        let fields: Vec<_> = wrong(&[("arrived", ""), ("condition", "wet"), ("name_1", ""), ("title", " ")]).into_iter().map(|(f, _)| f).collect();
        assert_eq!(fields, ["arrived", "condition", "name_1", "title"]);
    }
    #[test]
    fn nothing_arrives_before_it_is_posted_or_after_now() {
        assert_eq!(wrong(&[("postmark", "2027-07-17")]), [("postmark".to_owned(), "postmark_after_arrival")]);
        assert_eq!(wrong(&[("postmark", "2027-07-16")]), []);
        assert_eq!(wrong(&[("arrived", "2027-07-21T00:00")]), [("arrived".to_owned(), "arrival_future")]);
        assert_eq!(wrong(&[("postmark", "15/7")]), [("postmark".to_owned(), "postmark_unreadable")]);
    }
    #[test]
    fn a_guardian_is_kept_as_it_is_written() {
        let typed = Typed::of(&Fields::from_pairs(&[("name_1", "Bé Na"), ("guardian_1", "Mẹ Na"), ("agrees_1", "yes")]));
        let mut wrong = vec![];
        let out = authors(&typed.authors, &mut wrong);
        assert_eq!((out[0].guardian.as_str(), out[0].guardian_agrees, wrong.len()), ("Mẹ Na", true, 0));
    }
}
