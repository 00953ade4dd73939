//! For the printer: a judge's own papers with their mark sheets, and empty sheets that the chair hands out.
use std::collections::BTreeMap;

use actix_web::HttpResponse;
use uuid::Uuid;

use super::paper::open_all;
use crate::contests::rules::{self as contest_rules, Category, Criterion};
use crate::contests::{Contest, Wearing};
use crate::documents::paragraphs;
use crate::judging::board_guards::ChairsJudge;
use crate::judging::board_rules::number_in;
use crate::judging::model::PaperCode;
use crate::judging::print_pages::{PrintPage, PrintedPaper, SheetLine};
use crate::judging::rules::plain_mark;
use crate::judging::shown::Shown;
use crate::judging::store_print::{self as store, Printed};
use crate::platform::db::{Judge, Slug, Who};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::http::query_value;
use crate::platform::i18n::{self, Lang};

/// Papers on one page: a printer's stack, and few enough for a browser.
const STACK: i64 = 25;

/// The rubric of each category.
struct Rubrics {
    categories: Vec<Category>,
    criteria: Vec<Criterion>,
}
impl Rubrics {
    fn name(&self, category: Uuid, lang: Lang) -> String {
        self.categories.iter().find(|c| c.id == category).map(|c| c.name(lang).to_owned()).unwrap_or_default()
    }
    /// A sheet with these marks, or to be filled in.
    fn sheet(&self, code: &str, category: Uuid, marks: Option<&BTreeMap<String, i32>>, lang: Lang) -> PrintedPaper {
        let rubric = self.categories.iter().find(|c| c.id == category).and_then(|c| c.rubric);
        let of_paper: Vec<&Criterion> = self.criteria.iter().filter(|c| Some(c.rubric) == rubric).collect();
        let line = |c: &&Criterion| SheetLine {
            name: c.name(lang).to_owned(),
            description: lang.pick(&c.description_vi, &c.description_en).to_owned(),
            max: plain_mark(lang, c.max),
            step: plain_mark(lang, c.step),
            mark: marks.and_then(|m| m.get(&c.key)).map(|m| i18n::mark(lang, *m)).unwrap_or_default(),
        };
        PrintedPaper {
            code: code.to_owned(),
            category: self.name(category, lang),
            lines: of_paper.iter().map(line).collect(),
            total: marks.map(|m| i18n::mark(lang, m.values().sum())).unwrap_or_default(),
            max: plain_mark(lang, of_paper.iter().map(|c| c.max).sum()),
            ..PrintedPaper::default()
        }
    }
}

fn printed(p: &Printed, rubrics: &Rubrics, sheets_only: bool, lang: Lang) -> PrintedPaper {
    let marks: Option<BTreeMap<String, i32>> = p.marks.clone().and_then(|m| serde_json::from_value(m).ok());
    let sheet = rubrics.sheet(&p.code, p.category, marks.as_ref(), lang);
    if sheets_only {
        return PrintedPaper { comment: p.comment.clone(), ..sheet };
    }
    PrintedPaper { title: p.title.clone(), paragraphs: paragraphs(&p.body).map(str::to_owned).collect(), comment: p.comment.clone(), ..sheet }
}

/// `?state=`, `?code=`, `?only=sheets`, `?from=`.
fn address(contest: &Contest, shown: Shown, code: &str, sheets_only: bool, from: i64) -> String {
    let mut path = contest.path("marking/print?from=");
    path.push_str(&from.to_string());
    if sheets_only {
        path.push_str("&only=sheets");
    }
    if !code.is_empty() {
        path.push_str("&code=");
        path.push_str(code);
    }
    shown.keep(&path)
}

pub async fn show_print(mut proof: Proven<Wearing<Judge>>) -> Result<HttpResponse, Failure> {
    let (lang, query, session) = (proof.lang(), proof.visitor.query.clone(), proof.visitor.session);
    let (shown, from, sheets_only) = (Shown::of(&query), number_in(&query, "from"), query_value(&query, "only").as_deref() == Some("sheets"));
    let code = query_value(&query, "code").and_then(|typed| PaperCode::parse(&typed)).map(|c| c.as_str().to_owned()).unwrap_or_default();
    let (fact, tx) = proof.parts();
    let contest = &fact.contest;
    let mut papers = store::list_own(tx, shown, &code, (from, STACK + 1)).await?;
    let more = papers.len() > usize::try_from(STACK).unwrap_or_default();
    papers.truncate(usize::try_from(STACK).unwrap_or_default());
    let rubrics = Rubrics { categories: contest_rules::list_categories(tx).await?, criteria: contest_rules::list_criteria(tx).await? };
    let at = |from: i64| address(contest, shown, &code, sheets_only, from);
    let page = PrintPage {
        contest: contest.title(lang).to_owned(),
        lang: papers.first().map(|p| p.lang.clone()).unwrap_or_default(),
        papers: papers.iter().map(|p| printed(p, &rubrics, sheets_only, lang)).collect(),
        sheets_only,
        other_href: address(contest, shown, &code, !sheets_only, from),
        back_href: contest.path(&shown.keep("marking")),
        earlier: if from > 0 { at((from - STACK).max(0)) } else { String::new() },
        later: if more { at(from + STACK) } else { String::new() },
        ..PrintPage::default()
    };
    let read: Vec<PaperCode> = papers.iter().filter(|p| p.marks.is_none() && !sheets_only).filter_map(|p| PaperCode::parse(&p.code)).collect();
    let who = Who::Visitor { session, contest: Slug::parse(&contest.slug) };
    let site = proof.site.clone();
    let answer = proof.show(page).await?;
    match open_all(&site, &who, &read).await {
        // one of them left this judge's hands in this moment: the stack does not go out, and the next press prints the others
        Err(Failure::NotFound) => Err(Failure::busy("a paper left while it was being printed")),
        opened => opened.map(|()| answer),
    }
}

/// Empty mark sheets for what a judge has not handed in: for whoever marks on paper.
pub async fn show_sheets(mut proof: Proven<ChairsJudge>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let sheets = store::list_open_of(tx, fact.judge.judge).await?;
    let rubrics = Rubrics { categories: contest_rules::list_categories(tx).await?, criteria: contest_rules::list_criteria(tx).await? };
    let page = PrintPage {
        judge: fact.judge.name.clone(),
        contest: fact.contest.title(lang).to_owned(),
        papers: sheets.iter().map(|s| rubrics.sheet(&s.code, s.category, None, lang)).collect(),
        sheets_only: true,
        back_href: fact.contest.path(&format!("chair/judges/{}", fact.judge.judge)),
        ..PrintPage::default()
    };
    proof.show(page).await
}
