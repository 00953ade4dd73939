//! A paper by its code, for the chair: the text, every sheet as it was handed in, the state of the ladder.
use std::collections::HashMap;

use actix_web::HttpResponse;

use crate::contests::rules::{self as contest_rules, Category, Criterion};
use crate::documents::paragraphs;
use crate::judging::board_guards::ChairsPaper;
use crate::judging::board_pages::{AsideRow, ChairsPaperPage, ExcusedRow, MarkCell, SheetCard};
use crate::judging::store_batch;
use crate::judging::store_board::{self as store, Reading};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};

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
        third: r.third,
        state: r.state.clone(),
        cells: criteria.iter().map(cell).collect(),
        total: r.total.map(|t| i18n::mark(lang, t)).unwrap_or_default(),
        comment: paragraphs(r.comment.as_deref().unwrap_or_default()).map(str::to_owned).collect(),
    }
}

pub async fn show_paper(mut proof: Proven<ChairsPaper>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let p = &fact.paper;
    let readings = store::list_readings(tx, &p.code).await?;
    let excused = store::list_excused(tx, &p.code).await?;
    let aside = store_batch::list_aside(tx, &p.code).await?;
    let categories = contest_rules::list_categories(tx).await?;
    let all = contest_rules::list_criteria(tx).await?;
    let category: Option<&Category> = categories.iter().find(|c| c.id == p.category);
    let criteria: Vec<&Criterion> = all.iter().filter(|c| category.is_some_and(|k| k.rubric == Some(c.rubric))).collect();
    let mark = |m: i32| i18n::mark(lang, m);
    let page = ChairsPaperPage {
        code: p.code.clone(),
        category: category.map(|c| c.name(lang).to_owned()).unwrap_or_default(),
        lang: p.lang.clone(),
        title: p.title.clone(),
        // as the judges see them, so that both mean the same paragraph by its number
        paragraphs: paragraphs(&p.body).map(str::to_owned).collect(),
        sheets: readings.iter().map(|r| sheet(r, &criteria, lang)).collect(),
        excused: excused.iter().map(|e| ExcusedRow { third: e.third, readings: i64::from(e.readings), reason: e.reason.clone() }).collect(),
        marks: p.marks.iter().map(|m| mark(*m)).collect::<Vec<_>>().join(" · "),
        gap: p.marks.last().zip(p.marks.first()).filter(|_| p.marks.len() > 1).map(|(high, low)| mark(high - low)).unwrap_or_default(),
        third: p.third.map(mark).unwrap_or_default(),
        third_wanted: p.third_wanted,
        agreed: p.agreed.map(mark).unwrap_or_default(),
        aside: aside.iter().map(|a| AsideRow { judge: a.name.clone(), third: a.third, total: mark(a.total), reason: a.reason.clone() }).collect(),
        back_href: fact.contest.path("chair"),
    };
    proof.show(page).await
}
