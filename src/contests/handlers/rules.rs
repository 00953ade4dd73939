//! The rules on pages: the list of sections with what is lacking, each section as a form, and the whole as a file.
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};

use super::views;
use crate::contests::editor::{self, EditForm, Frozen, Section, Then, Typed, Work};
use crate::contests::guards::Editing;
use crate::contests::model::Ruleset;
use crate::contests::rows::Ids;
use crate::contests::rules_pages::{ProblemRow, RulesPage, SectionCard, SectionPage};
use crate::contests::store_rules::{self, Change, Problem, Standing};
use crate::contests::{Contest, Wearing, file};
use crate::platform::db::Organizer;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proof, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Shown = Result<HttpResponse, Failure>;
type Done = Result<Saved<HttpResponse>, Failure>;

fn path_of(contest: &Contest, section: &str) -> String {
    contest.path(&format!("organizer/rules/{section}"))
}

/// What is lacking, as sentences; also for the organizer's first page.
pub fn problem_rows<P: Proof>(proof: &Proven<P>, contest: &Contest, problems: &[Problem]) -> Vec<ProblemRow> {
    let lang = proof.lang();
    let row = |p: &Problem| ProblemRow {
        sentence: proof.t(&format!("problem-{}", p.problem), &[("what", lang.pick(&p.what_vi, &p.what_en).to_owned())]),
        href: path_of(contest, editor::home_of(&p.problem)),
        blocks: p.blocks,
    };
    let mut rows: Vec<ProblemRow> = problems.iter().map(row).collect();
    rows.sort_by_key(|r| !r.blocks);
    rows
}

/// "" | marking | seal
fn locked(section: &Section, standing: Standing) -> &'static str {
    match section.frozen {
        Frozen::Marking if standing.stage >= 2 => "marking",
        Frozen::Seal if standing.stage >= 4 => "seal",
        _ => "",
    }
}

pub async fn show_rules(mut proof: Proven<Wearing<Organizer>>) -> Shown {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let contest = fact.contest.clone();
    let (rules, _) = store_rules::read_rules(tx, false).await?;
    let standing = store_rules::get_standing(tx).await?;
    let problems = store_rules::list_problems(tx).await?;
    let proposed = store_rules::get_extension(tx).await?.is_some();
    let card = |s: &&Section| {
        let typed = (s.fill)(&rules);
        let lines = || typed.get("units").lines().count();
        let count = if s.most > 0 { Some(typed.rows()) } else { (s.word == "units").then(lines) };
        SectionCard { word: s.word.to_owned(), href: path_of(&contest, s.word), count, locked: locked(s, standing).to_owned() }
    };
    let page = RulesPage {
        title: contest.title(lang).to_owned(),
        opened: standing.opened,
        stuck: !contest.ready && contest.now >= contest.opens_at,
        opens: i18n::moment(lang, contest.opens_at, contest.tz()),
        sections: editor::SECTIONS.iter().map(card).collect(),
        problems: problem_rows(&proof, &contest, &problems),
        file_href: contest.path("organizer/rules/file"),
        public_href: contest.path(""),
        extension_href: contest.path("organizer/extension"),
        proposed,
    };
    proof.show(page).await
}

/// The rules as a contest file: `phach contest load` makes the same contest of it.
pub async fn download_rules(mut proof: Proven<Wearing<Organizer>>) -> Shown {
    let (fact, tx) = proof.parts();
    let name = format!("attachment; filename=\"{}.toml\"", fact.contest.slug);
    let (rules, _) = store_rules::read_rules(tx, false).await?;
    proof.end().await?;
    let text = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/toml; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(file::render(&rules));
    Ok(text)
}

/// What a section's page is made of besides what is typed.
struct Around<'a> {
    section: &'static Section,
    contest: Contest,
    standing: Standing,
    problems: Vec<Problem>,
    rules: &'a Ruleset,
}

fn page_of<P: Proof>(proof: &Proven<P>, around: &Around<'_>, form: &EditForm, seen: String) -> SectionPage {
    let (section, contest) = (around.section, &around.contest);
    let next = editor::next_after(section);
    let home = |p: &&Problem| editor::home_of(&p.problem) == section.word;
    let own: Vec<Problem> = around.problems.iter().filter(home).cloned().collect();
    let t = |key: &str| proof.t(key, &[]);
    let view = views::View { section, rules: around.rules, lang: proof.lang(), t: &t };
    let mut rows = view.rows(form);
    let locked = locked(section, around.standing).to_owned();
    if !locked.is_empty() {
        rows.retain(|r| !r.was.is_empty() || !r.name.is_empty()); // nothing can be filled in
    }
    SectionPage {
        word: section.word.to_owned(),
        title: contest.title(proof.lang()).to_owned(),
        action: path_of(contest, section.word),
        list_href: contest.path("organizer/rules"),
        fields: view.fields(&form.typed),
        may_grow: rows.len() < section.most,
        rows,
        has_rows: section.most > 0,
        seen,
        opened: around.standing.opened,
        reason: form.reason.clone(),
        locked,
        extension_href: if section.word == "dates" && around.standing.opened { contest.path("organizer/extension") } else { String::new() },
        zone: contest.tz().name().to_owned(),
        problems: problem_rows(proof, contest, &own),
        next_href: if next.is_empty() { String::new() } else { path_of(contest, next) },
        next_word: next.to_owned(),
        ..SectionPage::default()
    }
}

pub async fn show_section(mut proof: Proven<Editing>) -> Shown {
    let (fact, tx) = proof.parts();
    let (section, contest) = (fact.section, fact.contest.clone());
    let (rules, _) = store_rules::read_rules(tx, false).await?;
    let standing = store_rules::get_standing(tx).await?;
    let problems = store_rules::list_problems(tx).await?;
    let typed = (section.fill)(&rules);
    let seen = editor::fingerprint(&typed);
    let page = page_of(&proof, &Around { section, contest, standing, problems, rules: &rules }, &EditForm { typed, ..EditForm::default() }, seen);
    proof.show(page).await
}

/// What a form makes of the rules, or what is wrong with it.
fn changed(section: &Section, typed: &Typed, rules: &Ruleset, ids: &mut Ids) -> Result<Ruleset, Vec<crate::contests::forms::Wrong>> {
    let mut made = rules.clone();
    let mut work = Work { typed, rules: &mut made, ids, wrong: vec![] };
    (section.apply)(&mut work);
    let wrong = work.wrong;
    if wrong.is_empty() { Ok(made) } else { Err(wrong) }
}

pub async fn save_section(Posted { mut proof, form }: Posted<Editing, EditForm>) -> Done {
    let (fact, tx) = proof.parts();
    let (section, contest) = (fact.section, fact.contest.clone());
    let (rules, mut ids) = store_rules::read_rules(tx, true).await?;
    let standing = store_rules::get_standing(tx).await?;
    let problems = store_rules::list_problems(tx).await?;
    let before = (section.fill)(&rules);
    let seen = editor::fingerprint(&before);
    let is_stale = seen != form.seen;
    let mut page = page_of(&proof, &Around { section, contest: contest.clone(), standing, problems, rules: &rules }, &form, seen);
    if form.then == Then::MoreRows {
        return Err(proof.refuse(StatusCode::OK, page).await);
    }
    let wrong = match changed(section, &form.typed, &rules, &mut ids) {
        _ if is_stale => vec![(String::new(), Refusal::of("rules_changed").status(StatusCode::CONFLICT))],
        Err(wrong) => wrong,
        Ok(made) if standing.opened && made != rules && form.reason.chars().count() < 5 => vec![("reason".to_owned(), Refusal::of("rule_reason_needed"))],
        Ok(made) => {
            let moved = editor::moves(section, &before, &(section.fill)(&made));
            let change = Change { section: section.word, reason: &form.reason, what: serde_json::to_value(moved).unwrap_or_default() };
            let to = contest_path_after(&made, section, form.then);
            let (_, tx) = proof.parts();
            let done = if made == rules { Ok(()) } else { store_rules::revise(tx, contest.id, &made, &mut ids, change).await };
            match done {
                Ok(()) => return proof.commit(see_other(&to)).await,
                Err(Failure::Refused(r)) => vec![(field_of(&r).to_owned(), r)],
                Err(e) => return Err(e),
            }
        }
    };
    let status = wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    for (field, refusal) in &wrong {
        page.errors.add(field, proof.sentence(refusal));
    }
    page.mark_errors();
    Err(proof.refuse(status, page).await)
}

/// The next section's page or the same again; its address may have changed with the contest's name.
fn contest_path_after(rules: &Ruleset, section: &Section, then: Then) -> String {
    let next = if then == Then::Next { editor::next_after(section) } else { "" };
    format!("/c/{}/organizer/rules/{}?said=rules-saved", rules.contest.slug.as_str(), if next.is_empty() { section.word } else { next })
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "reason_needed" => "reason",
        "contest_slug_once" => "slug",
        "dates_by_extension" => "closes_at",
        "people_kept_apart" => "separation",
        _ => "",
    }
}

impl SectionPage {
    /// Puts each error under its field and unfolds the row that it is in.
    pub fn mark_errors(&mut self) {
        let errors = self.errors.by.clone();
        let mark = |f: &mut crate::contests::rules_pages::FieldView| {
            f.error = errors.get(&f.id).cloned().unwrap_or_default();
            !f.error.is_empty()
        };
        self.fields.iter_mut().for_each(|f| {
            mark(f);
        });
        for row in &mut self.rows {
            let wrong = row.fields.iter_mut().map(mark).filter(|w| *w).count();
            row.open |= wrong > 0;
        }
    }
}

/// A page of a section with nothing in it, for the test that renders every page.
pub fn sample_of(section: &'static Section) -> SectionPage {
    let rules = crate::contests::shipped::blank();
    let mut typed = (section.fill)(&rules);
    if section.most > 0 {
        typed.set("was_1", "mot");
    }
    let view = views::View { section, rules: &rules, lang: Lang::Vi, t: &str::to_owned };
    let problem = |blocks| ProblemRow { sentence: "Chưa có loại hình.".into(), href: "/c/x".into(), blocks };
    let mut page = SectionPage {
        word: section.word.to_owned(),
        fields: view.fields(&typed),
        rows: view.rows(&EditForm { typed: typed.clone(), ..EditForm::default() }),
        has_rows: section.most > 0,
        may_grow: section.most > 0,
        opened: section.word == "dates",
        extension_href: if section.word == "dates" { "/c/x".into() } else { String::new() },
        locked: locked(section, Standing { opened: true, stage: 4 }).to_owned(),
        problems: vec![problem(true), problem(false)],
        next_href: "/c/x".into(),
        next_word: "dates".into(),
        ..SectionPage::default()
    };
    let first = page.fields.first().map(|f| f.id.clone()).unwrap_or_else(|| "name_vi_1".into());
    page.errors.add(&first, "Hãy sửa.".into());
    page.mark_errors();
    page
}
