//! A paper by its code, for the chair: the text, every sheet as it was handed in, the state of the ladder.
use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::contests::rules::{self as contest_rules, Category, Criterion};
use crate::documents::paragraphs;
use crate::judging::board_forms::{AsideForm, MarkForm};
use crate::judging::board_guards::ChairsPaper;
use crate::judging::board_pages::{AsideRow, ChairsPaperPage, DecidedRow, ExcusedRow, MarkCell, SheetCard};
use crate::judging::board_rules;
use crate::judging::rules::plain_mark;
use crate::judging::store_acts::{self, Decided};
use crate::judging::store_batch;
use crate::judging::store_board::{self as store, Reading};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

fn sheet(r: &Reading, criteria: &[&Criterion], lang: Lang) -> SheetCard {
    let marks: HashMap<&str, i32> = match &r.marks {
        Some(serde_json::Value::Object(map)) => map.iter().filter_map(|(k, v)| Some((k.as_str(), i32::try_from(v.as_i64()?).ok()?))).collect(),
        _ => HashMap::new(),
    };
    let cell = |c: &&Criterion| MarkCell {
        name: c.name(lang).to_owned(),
        mark: marks.get(c.key.as_str()).map(|m| i18n::mark(lang, *m)).unwrap_or_default(),
        max: i18n::mark(lang, c.max),
    };
    SheetCard {
        judge: r.name.clone(),
        judge_id: r.judge.to_string(),
        third: r.third,
        state: r.state.clone(),
        cells: criteria.iter().map(cell).collect(),
        total: r.total.map(|t| i18n::mark(lang, t)).unwrap_or_default(),
        comment: paragraphs(r.comment.as_deref().unwrap_or_default()).map(str::to_owned).collect(),
        ..SheetCard::default()
    }
}

async fn page_of(proof: &mut Proven<ChairsPaper>) -> Result<ChairsPaperPage, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let p = &fact.paper;
    let readings = store::list_readings(tx, &p.code).await?;
    let excused = store::list_excused(tx, &p.code).await?;
    let aside = store_batch::list_aside(tx, &p.code).await?;
    let decided = store_acts::list_decided(tx, &p.code).await?;
    let categories = contest_rules::list_categories(tx).await?;
    let all = contest_rules::list_criteria(tx).await?;
    let category: Option<&Category> = categories.iter().find(|c| c.id == p.category);
    let criteria: Vec<&Criterion> = all.iter().filter(|c| category.is_some_and(|k| k.rubric == Some(c.rubric))).collect();
    let mark = |m: i32| i18n::mark(lang, m);
    let joined = |marks: &[i32]| marks.iter().map(|m| mark(*m)).collect::<Vec<_>>().join(" · ");
    let by_chair = p.agreed_how.as_deref() == Some("chair");
    let decided_row =
        |d: &Decided| DecidedRow { mark: mark(d.mark), marks: joined(&d.marks), reason: d.reason.clone(), stands: by_chair && p.agreed == Some(d.mark) && p.marks == d.marks };
    Ok(ChairsPaperPage {
        code: p.code.clone(),
        category: category.map(|c| c.name(lang).to_owned()).unwrap_or_default(),
        lang: p.lang.clone(),
        title: p.title.clone(),
        // as the judges see them, so that both mean the same paragraph by its number
        paragraphs: paragraphs(&p.body).map(str::to_owned).collect(),
        sheets: readings.iter().map(|r| sheet(r, &criteria, lang)).collect(),
        excused: excused.iter().map(|e| ExcusedRow { readings: i64::from(e.readings), reason: e.reason.clone() }).collect(),
        marks: joined(&p.marks),
        gap: p.marks.last().zip(p.marks.first()).filter(|_| p.marks.len() > 1).map(|(high, low)| mark(high - low)).unwrap_or_default(),
        third: p.third.map(mark).unwrap_or_default(),
        third_wanted: p.third_wanted,
        agreed: p.agreed.map(mark).unwrap_or_default(),
        agreed_how: p.agreed_how.clone().unwrap_or_default(),
        decided: decided.iter().map(decided_row).collect(),
        aside: aside.iter().map(|a| AsideRow { judge: a.name.clone(), third: a.third, total: mark(a.total), reason: a.reason.clone() }).collect(),
        open: !p.closed,
        aside_action: fact.contest.path(&format!("chair/papers/{}/aside", p.code)),
        may_decide: p.third_short && !p.closed,
        mark_action: fact.contest.path(&format!("chair/papers/{}/mark", p.code)),
        mark_max: plain_mark(lang, p.total),
        mark_step: plain_mark(lang, p.step),
        back_href: fact.contest.path("chair"),
        ..ChairsPaperPage::default()
    })
}

pub async fn show_paper(mut proof: Proven<ChairsPaper>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof).await?;
    proof.show(page).await
}

/// One sheet stands no more; another judge reads the paper, with the batch.
pub async fn set_aside(Posted { mut proof, form }: Posted<ChairsPaper, AsideForm>) -> Result<Saved<HttpResponse>, Failure> {
    let mut page = page_of(&mut proof).await?;
    let (fact, tx) = proof.parts();
    let back = fact.contest.path(&format!("chair/papers/{}?said=sheet-aside", fact.paper.code));
    let outcome = match (board_rules::check_reason(&form.reason), form.judge) {
        (Err(refusal), _) => Err(refusal.into()),
        (Ok(()), None) => Err(Refusal::of("sheet_gone").status(StatusCode::CONFLICT).into()),
        (Ok(()), Some(judge)) => store_acts::set_aside(tx, &fact.paper.code, judge, &form.reason).await,
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let sentence = proof.sentence(&refusal);
            let id = form.judge.map(|j| j.to_string()).unwrap_or_default();
            match page.sheets.iter_mut().find(|s| s.judge_id == id && s.state == "marked") {
                Some(card) => {
                    (card.reason, card.reason_error) = (form.reason, sentence.clone());
                    page.errors.add(&format!("why-{id}"), sentence);
                }
                None => page.errors.add("", sentence),
            }
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

/// Nobody is left for the third mark: the chair decides the agreed one.
pub async fn decide_mark(Posted { mut proof, form }: Posted<ChairsPaper, MarkForm>) -> Result<Saved<HttpResponse>, Failure> {
    let mut page = page_of(&mut proof).await?;
    (page.mark, page.reason) = (form.mark.clone(), form.reason.clone());
    let (fact, tx) = proof.parts();
    let back = fact.contest.path(&format!("chair/papers/{}?said=mark-decided", fact.paper.code));
    let outcome = match (board_rules::parse_decided(&form.mark, fact.paper.total, fact.paper.step), board_rules::check_reason(&form.reason)) {
        (Ok(mark), Ok(())) => store_acts::decide_mark(tx, &fact.paper.code, mark, &form.reason).await,
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal.into()),
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let refusal = match refusal.name {
                "decided_mark_range" => refusal.with("max", &page.mark_max).with("step", &page.mark_step),
                _ => refusal,
            };
            let field = match refusal.name {
                "decided_mark_range" => "mark",
                "board_reason_needed" | "reason_needed" => "reason",
                _ => "",
            };
            page.errors.add(field, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
