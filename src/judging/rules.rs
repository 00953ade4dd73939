//! Marks and declarations as typed: what they are, or the reason why not. Marks are whole hundredths everywhere.
use uuid::Uuid;

use super::model::{Marks, REPORTS, TypedReport, TypedSheet};
use crate::contests::rules::Criterion;
use crate::platform::failure::Refusal;
use crate::platform::i18n::{self, Lang};

/// What is wrong, and the id of the field to mend.
pub type Wrong = (String, Refusal);

/// Characters of a comment or a note.
pub const MOST_TEXT: usize = 5_000;
/// Lines of people in a declaration, and characters of a line.
pub const MOST_PEOPLE: usize = 200;
pub const MOST_NAME: usize = 200;

/// Why what was typed is no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMark {
    Blank,
    NotANumber,
    Negative,
    /// More than two decimals.
    TooFine,
    OverMax,
    /// Between two steps, in hundredths.
    OffStep {
        below: i32,
        above: i32,
    },
}

/// A mark as people write it, `8,5` or `8.5`, to hundredths exactly. `max` and `step` are hundredths.
pub fn parse_mark(typed: &str, max: i32, step: i32) -> Result<i32, NoMark> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(NoMark::Blank);
    }
    let (digits, negative) = match typed.strip_prefix(['-', '−', '–']) {
        Some(rest) => (rest.trim_start(), true),
        None => (typed, false),
    };
    let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) {
        return Err(NoMark::NotANumber);
    }
    if negative {
        return Err(NoMark::Negative);
    }
    if decimals.len() > 2 {
        return Err(NoMark::TooFine);
    }
    let tail = if decimals.len() == 1 { 10 } else { 1 };
    let hundredths = whole.parse::<i32>().ok().and_then(|w| w.checked_mul(100)).and_then(|w| w.checked_add(decimals.parse::<i32>().ok()? * tail));
    let mark = hundredths.filter(|m| *m <= max).ok_or(NoMark::OverMax)?;
    match mark % step.max(1) {
        0 => Ok(mark),
        rest => Err(NoMark::OffStep { below: mark - rest, above: (mark - rest + step).min(max) }),
    }
}

/// A mark without needless zeros: `60`, `0,5`, `2.25`. For maxima and steps; marks given always show two decimals.
pub fn plain_mark(lang: Lang, hundredths: i32) -> String {
    let full = i18n::mark(lang, hundredths);
    let short = full.trim_end_matches('0').trim_end_matches([',', '.']);
    short.to_owned()
}

fn refusal_of(problem: NoMark, criterion: &Criterion, lang: Lang) -> Refusal {
    let name = match problem {
        NoMark::Blank => "mark_blank",
        NoMark::NotANumber => "mark_no_number",
        NoMark::Negative => "mark_negative",
        NoMark::TooFine => "mark_fine",
        NoMark::OverMax => "mark_over",
        NoMark::OffStep { .. } => "mark_step",
    };
    let of_criterion = Refusal::of(name).with("criterion", criterion.name(lang)).with("max", plain_mark(lang, criterion.max)).with("step", plain_mark(lang, criterion.step));
    match problem {
        NoMark::OffStep { below, above } => of_criterion.with("below", plain_mark(lang, below)).with("above", plain_mark(lang, above)),
        _ => of_criterion,
    }
}

/// The id of a criterion's field.
pub fn field_of(key: &str) -> String {
    format!("mark_{key}")
}

/// Every criterion's mark, or every reason why not.
pub fn check_marks(criteria: &[Criterion], typed: &TypedSheet, lang: Lang) -> Result<Marks, Vec<Wrong>> {
    let mut marks = Marks::new();
    let mut wrong = vec![];
    for c in criteria {
        match parse_mark(typed.mark(&c.key), c.max, c.step) {
            Ok(m) => {
                marks.insert(c.key.clone(), m);
            }
            Err(problem) => wrong.push((field_of(&c.key), refusal_of(problem, c, lang))),
        }
    }
    if wrong.is_empty() { Ok(marks) } else { Err(wrong) }
}

/// Comment and note within what a sheet holds.
pub fn check_texts(typed: &TypedSheet) -> Vec<Wrong> {
    let long = |field: &str, text: &str| {
        let n = text.chars().count();
        (n > MOST_TEXT).then(|| (field.to_owned(), Refusal::of("sheet_text_long").with("most", MOST_TEXT).with("over", n - MOST_TEXT)))
    };
    [long("comment", &typed.comment), long("note", &typed.note)].into_iter().flatten().collect()
}

/// The sum of the marks that can be read so far, and whether that is all of them.
pub fn total(criteria: &[Criterion], typed: &TypedSheet) -> (i32, bool) {
    let read: Vec<i32> = criteria.iter().filter_map(|c| parse_mark(typed.mark(&c.key), c.max, c.step).ok()).collect();
    (read.iter().sum(), read.len() == criteria.len())
}

/// Characters of a report's note.
pub const MOST_REPORT: usize = 500;

/// The paragraph of a report (None: not one alone), or what is wrong with it. `of`: how many paragraphs the paper has.
pub fn check_report(typed: &TypedReport, of: usize) -> Result<Option<i32>, Vec<Wrong>> {
    let mut wrong = vec![];
    let mut add = |field: &str, refusal: Refusal| wrong.push((field.to_owned(), refusal));
    if !REPORTS.contains(&typed.kind.as_str()) {
        add("report", Refusal::of("report_kind"));
    }
    let digits = !typed.paragraph.is_empty() && typed.paragraph.bytes().all(|b| b.is_ascii_digit());
    let paragraph = typed.paragraph.parse::<i32>().ok().filter(|n| digits && *n > 0 && usize::try_from(*n).is_ok_and(|n| n <= of));
    if !typed.paragraph.is_empty() && paragraph.is_none() {
        add("paragraph", Refusal::of("report_paragraph").with("of", of));
    } else if paragraph.is_none() && typed.note.chars().count() < 5 {
        add("paragraph", Refusal::of("report_where"));
    }
    if typed.note.chars().count() > MOST_REPORT {
        add("report_note", Refusal::of("sheet_text_long").with("most", MOST_REPORT).with("over", typed.note.chars().count() - MOST_REPORT));
    }
    if wrong.is_empty() { Ok(paragraph) } else { Err(wrong) }
}

/// A declaration that can stand: units, and people by the line.
pub struct Declaration {
    pub units: Vec<Uuid>,
    pub people: Vec<String>,
}

/// An empty declaration is one only where the judge says so.
pub fn check_declaration(units: &[String], people: &str, none: bool) -> Result<Declaration, Vec<Wrong>> {
    let people: Vec<String> = people.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect();
    let ids: Vec<Uuid> = units.iter().filter_map(|u| u.parse().ok()).collect();
    let is_empty = units.is_empty() && people.is_empty();
    let mut wrong = vec![];
    let mut add = |field: &str, refusal: Refusal| wrong.push((field.to_owned(), refusal));
    // a unit that cannot be read must not fall out in silence: that judge would get its papers
    if ids.len() < units.len() {
        add("", Refusal::of("form_unreadable"));
    }
    if people.len() > MOST_PEOPLE {
        add("people", Refusal::of("declare_many").with("most", MOST_PEOPLE).with("over", people.len() - MOST_PEOPLE));
    }
    if let Some(i) = people.iter().position(|p| p.chars().count() > MOST_NAME) {
        add("people", Refusal::of("declare_long").with("line", i + 1).with("most", MOST_NAME));
    }
    match (is_empty, none) {
        (true, false) => add("none", Refusal::of("declare_nothing")),
        (false, true) => add("none", Refusal::of("declare_both")),
        _ => {}
    }
    if wrong.is_empty() { Ok(Declaration { units: ids, people }) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comma_and_point_are_the_same_mark() {
        assert_eq!(parse_mark("8,5", 6000, 50), Ok(850));
        assert_eq!(parse_mark("8.5", 6000, 50), Ok(850));
        assert_eq!(parse_mark(" 8,50 ", 6000, 50), Ok(850));
        assert_eq!(parse_mark("08", 6000, 50), Ok(800));
        assert_eq!(parse_mark("0", 6000, 50), Ok(0));
        assert_eq!(parse_mark("2,25", 400, 25), Ok(225));
        assert_eq!(parse_mark("8,05", 1000, 5), Ok(805));
    }
    #[test]
    fn a_mark_stands_on_a_step_up_to_the_maximum() {
        assert_eq!(parse_mark("60", 6000, 50), Ok(6000));
        assert_eq!(parse_mark("60,5", 6000, 50), Err(NoMark::OverMax));
        assert_eq!(parse_mark("8,25", 6000, 50), Err(NoMark::OffStep { below: 800, above: 850 }));
        assert_eq!(parse_mark("3,8", 400, 25), Err(NoMark::OffStep { below: 375, above: 400 }));
        assert_eq!(parse_mark("0,1", 30, 25), Err(NoMark::OffStep { below: 0, above: 25 }));
        assert_eq!(parse_mark("0,28", 30, 25), Err(NoMark::OffStep { below: 25, above: 30 }), "never above the maximum");
    }
    #[test]
    fn what_is_no_mark_says_why() {
        for (typed, why) in [
            ("", NoMark::Blank),
            ("  ", NoMark::Blank),
            ("8,555", NoMark::TooFine),
            ("1.000", NoMark::TooFine),
            ("-1", NoMark::Negative),
            ("−0,5", NoMark::Negative),
            ("tám", NoMark::NotANumber),
            ("8,5 điểm", NoMark::NotANumber),
            ("8,", NoMark::NotANumber),
            (",5", NoMark::NotANumber),
            ("1.234,5", NoMark::NotANumber),
            ("8e1", NoMark::NotANumber),
            ("٨", NoMark::NotANumber),
            ("-", NoMark::NotANumber),
            ("99999999999999999999", NoMark::OverMax),
            ("2147483647", NoMark::OverMax),
            ("21474836,47", NoMark::OverMax),
        ] {
            assert_eq!(parse_mark(typed, 6000, 50), Err(why), "{typed}");
        }
    }
    #[test]
    fn maxima_and_steps_print_without_needless_zeros() {
        assert_eq!(plain_mark(Lang::Vi, 6000), "60");
        assert_eq!(plain_mark(Lang::Vi, 50), "0,5");
        assert_eq!(plain_mark(Lang::En, 225), "2.25");
        assert_eq!(plain_mark(Lang::En, 100_000), "1,000");
        assert_eq!(plain_mark(Lang::Vi, 0), "0");
    }

    #[test]
    fn a_report_says_what_and_where() {
        let typed = |kind: &str, paragraph: &str, note: &str| TypedReport { kind: kind.into(), paragraph: paragraph.into(), note: note.into() };
        assert_eq!(check_report(&typed("unreadable", "3", ""), 3), Ok(Some(3)));
        assert_eq!(check_report(&typed("identity-seen", "", "Ở cuối bài."), 3), Ok(None));
        let fields = |t: TypedReport| check_report(&t, 3).unwrap_err().into_iter().map(|(f, r)| (f, r.name)).collect::<Vec<_>>();
        assert_eq!(fields(typed("", "4", "")), [("report".to_owned(), "report_kind"), ("paragraph".to_owned(), "report_paragraph")]);
        for paragraph in ["0", "-1", "+1", "1,5", "ba", "99999999999"] {
            assert_eq!(fields(typed("unreadable", paragraph, "đủ dài")), [("paragraph".to_owned(), "report_paragraph")], "{paragraph}");
        }
        assert_eq!(fields(typed("unreadable", "", "vì")), [("paragraph".to_owned(), "report_where")]);
        assert_eq!(fields(typed("unreadable", "1", &"ế".repeat(501))), [("report_note".to_owned(), "sheet_text_long")]);
    }

    fn criterion(key: &str, max: i32) -> Criterion {
        let text = |s: &str| s.to_owned();
        Criterion { rubric: Uuid::nil(), key: text(key), name_vi: text(key), name_en: text(key), description_vi: text(""), description_en: text(""), max, step: 50, total: 10_000 }
    }
    fn sheet(marks: &[(&str, &str)]) -> TypedSheet {
        TypedSheet { marks: marks.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(), ..TypedSheet::default() }
    }

    #[test]
    fn a_sheet_is_whole_or_names_every_field_to_mend() {
        let rubric = [criterion("a", 6000), criterion("b", 4000)];
        assert_eq!(check_marks(&rubric, &sheet(&[("a", "50"), ("b", "30,5")]), Lang::Vi).unwrap(), Marks::from([("a".into(), 5000), ("b".into(), 3050)]));
        let wrong = check_marks(&rubric, &sheet(&[("a", "61"), ("c", "1")]), Lang::Vi).unwrap_err();
        assert_eq!(wrong.iter().map(|(f, r)| (f.as_str(), r.name)).collect::<Vec<_>>(), [("mark_a", "mark_over"), ("mark_b", "mark_blank")]);
        assert_eq!(total(&rubric, &sheet(&[("a", "50,5")])), (5050, false));
        assert_eq!(total(&rubric, &sheet(&[("a", "50,5"), ("b", "0")])), (5050, true));
    }
    #[test]
    fn a_comment_has_a_length_in_letters_not_in_bytes() {
        let typed = |n| TypedSheet { comment: "ế".repeat(n), ..TypedSheet::default() };
        assert!(check_texts(&typed(MOST_TEXT)).is_empty());
        assert_eq!(check_texts(&typed(MOST_TEXT + 2)).first().map(|(f, r)| (f.as_str(), r.args.last().cloned())), Some(("comment", Some(("over", "2".into())))));
    }
    #[test]
    fn an_empty_declaration_is_said_in_so_many_words() {
        let names = |r: Result<Declaration, Vec<Wrong>>| r.err().map(|w| w.iter().map(|(_, r)| r.name).collect::<Vec<_>>());
        assert_eq!(names(check_declaration(&[], " \n", true)), None);
        assert_eq!(names(check_declaration(&[], " \n", false)), Some(vec!["declare_nothing"]));
        assert_eq!(names(check_declaration(&[], "Lê Thị B", true)), Some(vec!["declare_both"]));
        assert_eq!(names(check_declaration(&["x".into()], "", false)), Some(vec!["form_unreadable"]));
        assert_eq!(check_declaration(&[], "  Lê  Thị B \n\nb@example.org\n", false).unwrap().people, ["Lê Thị B", "b@example.org"]);
        assert_eq!(names(check_declaration(&[], &"A\n".repeat(MOST_PEOPLE + 1), false)), Some(vec!["declare_many"]));
        assert_eq!(names(check_declaration(&[], &"A".repeat(MOST_NAME + 1), false)), Some(vec!["declare_long"]));
    }
}
