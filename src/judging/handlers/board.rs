//! The chair's progress page, excuses, the close.
use actix_web::HttpResponse;

use super::board_reopening;
use super::board_turns::turns_of;
use crate::contests::rules::{self as contest_rules, Category};
use crate::contests::{Contest, Wearing};
use crate::judging::board_acts_pages::GroupRow;
use crate::judging::board_forms::{ExcuseForm, ReadingForm};
use crate::judging::board_pages::{BatchCard, BoardPage, GapRow, JudgeRow, NewText, Pager, ShortRow, Step};
use crate::judging::board_rules::{self, CODES, PAGE};
use crate::judging::store_acts::{self, Discrepancy, GroupProgress};
use crate::judging::store_batch::{self, BatchState};
use crate::judging::store_board::{self as store, JudgeLine, Progress, Short};
use crate::judging::store_requests;
use crate::platform::db::{Chair, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved, Sure};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

pub type Chairing = Wearing<Chair>;

pub fn name_of(categories: &[Category], id: uuid::Uuid, lang: Lang) -> String {
    categories.iter().find(|c| c.id == id).map(|c| c.name(lang).to_owned()).unwrap_or_default()
}
fn group_row(g: &GroupProgress, name: String, lang: Lang) -> GroupRow {
    let n = |n: i64| i18n::number(lang, n);
    GroupRow {
        name,
        papers: n(g.papers),
        few: g.papers < 5,
        done: n(g.done),
        wanted: n(g.wanted),
        done_n: g.done,
        wanted_n: g.wanted,
        thirds_waiting: n(g.thirds_waiting),
        thirds_done: n(g.thirds_done),
        unassigned: n(g.unassigned),
    }
}
/// By the rules' order of groups.
async fn groups_of(tx: &mut Tx<Chair>, lang: Lang) -> Result<Vec<GroupRow>, Failure> {
    let (groups, progress) = (contest_rules::list_groups(tx).await?, store_acts::list_group_progress(tx).await?);
    let row = |g: &contest_rules::RankingGroup| progress.iter().find(|p| p.ranking_group == g.id).map(|p| group_row(p, g.name(lang).to_owned(), lang));
    Ok(groups.iter().filter_map(row).collect())
}
fn judge_row(j: &JudgeLine, contest: &Contest, lang: Lang) -> JudgeRow {
    let n = |n: i64| i18n::number(lang, n);
    let load = j.open_papers + j.marked;
    JudgeRow {
        name: j.name.clone(),
        href: contest.path(&format!("chair/judges/{}", j.judge)),
        declared: j.declared,
        withdrawn: j.withdrawn,
        load: n(load),
        open: n(j.open_papers),
        marked: n(j.marked),
        recused: n(j.recused),
        marked_n: j.marked,
        load_n: load,
    }
}
/// A line of the discrepancies.
pub fn gap_row(d: &Discrepancy, contest: &Contest, categories: &[Category], lang: Lang) -> GapRow {
    let gap = d.marks.last().zip(d.marks.first()).map_or(0, |(high, low)| high - low);
    GapRow {
        code: d.code.clone(),
        href: contest.path(&format!("chair/papers/{}", d.code)),
        category: name_of(categories, d.category, lang),
        marks: d.marks.iter().map(|m| i18n::mark(lang, *m)).collect::<Vec<_>>().join(" · "),
        gap: i18n::mark(lang, gap),
        state: d.state.clone(),
        agreed: d.agreed.map(|m| i18n::mark(lang, m)).unwrap_or_default(),
    }
}
fn short_row(s: &Short, contest: &Contest, categories: &[Category], chosen: &str, lang: Lang) -> ShortRow {
    ShortRow {
        code: s.code.clone(),
        href: contest.path(&format!("chair/papers/{}", s.code)),
        category: name_of(categories, s.category, lang),
        missing: i64::from(s.missing),
        third: false,
        excusable: s.excusable,
        chosen: s.code == chosen,
    }
}

/// The list above the close button: what is done, and where to mend what is not.
fn steps(p: &Progress, site: &crate::platform::site::Site, deal_href: &str, lang: Lang) -> Vec<Step> {
    let say = |key: &str, n: i64| site.pages.t(lang, key, &[("n", n.to_string())]);
    let step = |n: i64, no: &str, yes: &str, href: &str| Step {
        done: n == 0,
        words: if n == 0 { say(yes, n) } else { say(no, n) },
        href: if n == 0 { String::new() } else { href.to_owned() },
    };
    if p.papers == 0 {
        let key = if p.nothing_comes { "board-step-nothing-comes" } else { "board-step-no-papers" };
        return vec![Step { done: p.nothing_comes, words: say(key, 0), href: String::new() }];
    }
    let mut steps = vec![
        step(p.unassigned, "board-step-unassigned", "board-step-assigned", deal_href),
        step(p.short, "board-step-short", "board-step-read", if p.unassigned > 0 { "#short" } else { "#judges" }),
        step(p.thirds_waiting, "board-step-thirds", "board-step-agreed", "#gaps"),
    ];
    if p.new_texts > 0 {
        steps.push(Step { done: false, words: say("board-step-new-texts", p.new_texts), href: "#h-texts".into() });
    }
    steps
}

pub async fn page_of(proof: &mut Proven<Chairing>, form: &ExcuseForm) -> Result<(BoardPage, Progress), Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let from = board_rules::number_in(&proof.visitor.query, "from");
    let (fact, tx) = proof.parts();
    let contest = &fact.contest;
    let p = store::get_progress(tx).await?;
    let categories = contest_rules::list_categories(tx).await?;
    let lists = read_lists(tx).await?;
    let batch = store_batch::get_state(tx).await?;
    let requests_n = store_requests::count_waiting(tx).await?;
    let judge_count = i64::try_from(lists.judges.len()).unwrap_or(i64::MAX);
    let first = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
    let n = |n: i64| i18n::number(lang, n);
    let deal_href = contest.path("chair/deal");
    let mut page = BoardPage {
        papers: n(p.papers),
        papers_n: p.papers,
        readings_done: n(p.done),
        readings_wanted: n(p.wanted),
        done_n: p.done,
        wanted_n: p.wanted,
        thirds_waiting: n(p.thirds_waiting),
        thirds_waiting_n: p.thirds_waiting,
        unassigned_n: p.unassigned,
        judge_count: n(judge_count),
        groups: groups_of(tx, lang).await?,
        one_reader: contest.readers == 1,
        judges: lists.judges.iter().skip(first(from)).take(first(PAGE)).map(|j| judge_row(j, contest, lang)).collect(),
        pager: pager(&contest.path("chair"), from, judge_count),
        gaps: lists.gaps.iter().map(|d| gap_row(d, contest, &categories, lang)).collect(),
        gaps_more: (p.thirds_waiting - CODES).max(0),
        gaps_href: contest.path("chair/discrepancies"),
        requests_href: contest.path("chair/requests"),
        requests_n,
        threshold: i18n::mark(lang, contest.threshold),
        short_more: lists.short.len() > first(CODES),
        may_excuse: lists.short.iter().any(|s| s.excusable),
        short: lists.short.iter().take(first(CODES)).map(|s| short_row(s, contest, &categories, &form.code, lang)).collect(),
        excuse_action: contest.path("chair/excuses"),
        reason: form.reason.clone(),
        steps: steps(&p, &site, &deal_href, lang),
        may_close: board_rules::may_close(&p),
        close_action: contest.path("chair/closing"),
        closed_at: p.closed_at.map(|at| i18n::instant(lang, at, contest.tz())).unwrap_or_default(),
        sealed: p.sealed,
        extra_n: p.extra_waiting,
        reopening: board_reopening::card_of(tx, contest, lang).await?,
        deal_href,
        standings_href: contest.path("chair/standings"),
        batch: batch_card(&batch, contest, lang),
        new_texts: new_texts_of(tx, contest).await?,
        reading_action: contest.path("chair/readings"),
        ..BoardPage::default()
    };
    page.turns = turns_of(proof, &p, &lists.judges, &page).await?;
    Ok((page, p))
}

async fn new_texts_of(tx: &mut Tx<Chair>, contest: &Contest) -> Result<Vec<NewText>, Failure> {
    let row = |code: String| NewText { href: contest.path(&format!("chair/papers/{code}")), code, ..NewText::default() };
    Ok(store_batch::list_new_texts(tx).await?.into_iter().map(row).collect())
}

fn batch_card(b: &BatchState, contest: &Contest, lang: Lang) -> BatchCard {
    let n = |n: Option<i32>| n.map(|n| i18n::number(lang, n.into())).unwrap_or_default();
    BatchCard {
        action: contest.path("chair/batch"),
        waiting: n(b.waiting),
        callable: b.callable,
        last_day: b.last_day.map(|d| i18n::date(lang, d)).unwrap_or_default(),
        last_moves: n(b.last_moves),
    }
}

struct Lists {
    judges: Vec<JudgeLine>,
    gaps: Vec<Discrepancy>,
    short: Vec<Short>,
}
async fn read_lists(tx: &mut Tx<Chair>) -> Result<Lists, Failure> {
    Ok(Lists { judges: store::list_judges(tx).await?, gaps: store_acts::list_discrepancies(tx, true, 0, CODES).await?, short: store::list_short(tx, CODES + 1).await? })
}

/// Links to the pages before and after, of `PAGE` rows each.
pub fn pager(path: &str, from: i64, all: i64) -> Pager {
    let link = |from: i64| format!("{path}?from={from}");
    Pager { earlier: if from > 0 { link((from - PAGE).max(0)) } else { String::new() }, later: if from + PAGE < all { link(from + PAGE) } else { String::new() } }
}

pub async fn show_board(mut proof: Proven<Chairing>) -> Result<HttpResponse, Failure> {
    let (page, _) = page_of(&mut proof, &ExcuseForm::default()).await?;
    proof.show(page).await
}

pub async fn excuse(Posted { mut proof, form }: Posted<Chairing, ExcuseForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, _) = page_of(&mut proof, &form).await?;
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("chair?said=reading-excused");
    let outcome = match board_rules::check_reason(&form.reason) {
        Err(r) => Err(("reason", r)),
        Ok(()) if form.code.is_empty() => Err(("code", Refusal::of("code_needed"))),
        Ok(()) => match store::excuse(tx, &form.code, &form.reason).await {
            Ok(()) => Ok(()),
            // another contest's code, or none at all: the same as one that lacks nothing
            Err(Failure::NotFound) => Err(("code", Refusal::of("excuse_not_short").status(actix_web::http::StatusCode::CONFLICT))),
            Err(Failure::Refused(r)) => Err(("code", r)),
            Err(e) => return Err(e),
        },
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err((field, refusal)) => {
            let refusal = board_rules::to_chair(refusal);
            page.errors.add(field, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
    }
}

/// A paper that was read before its text was amended: its judges read it again, or their sheets stand.
pub async fn decide_reading(Posted { mut proof, form }: Posted<Chairing, ReadingForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, _) = page_of(&mut proof, &ExcuseForm::default()).await?;
    let (fact, tx) = proof.parts();
    let back = fact.contest.path(if form.again { "chair?said=reading-again" } else { "chair?said=reading-stands" });
    let outcome = match board_rules::check_reason(&form.reason) {
        Ok(()) => store_batch::decide_reading(tx, &form.code, form.again, &form.reason).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let (refusal, id) = (board_rules::to_chair(refusal), format!("why-{}", form.code));
            let sentence = proof.sentence(&refusal);
            match page.new_texts.iter_mut().find(|n| n.code == form.code) {
                Some(row) => {
                    (row.reason, row.error) = (form.reason, sentence.clone());
                    page.errors.add(&id, sentence);
                }
                None => page.errors.add("", sentence),
            }
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

pub async fn close(Posted { mut proof, form }: Posted<Chairing, Sure>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, _) = page_of(&mut proof, &ExcuseForm::default()).await?;
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("chair/standings?said=round-closed");
    match form.hold(store::close(tx).await) {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => {
            let refusal = board_rules::to_chair(refusal);
            page.errors.add(if refusal.name == "unconfirmed" { "sure" } else { "closing" }, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
