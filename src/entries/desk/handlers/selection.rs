//! Valid for many at once: first what each was checked for, then a decision on each as it was seen.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::gather::span;
use crate::contests::rules::{Category, list_categories};
use crate::contests::{Contest, Wearing};
use crate::entries::desk::filter::Filter;
use crate::entries::desk::model::{Checked, Outcome};
use crate::entries::desk::pages::{LEFT_FOR, SelectedRow, SelectionPage};
use crate::entries::desk::rules::reveals;
use crate::entries::desk::store_lists::{list_checks, list_slips, screen_many};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

/// Left because the text names its author.
const IDENTITY: &str = "identity";
/// Entries that one page decides on at most.
const MOST: usize = 200;

/// `number:version` of each, as the page showed them.
pub struct SelectionForm {
    seen: Vec<(i32, i32)>,
}
impl Form for SelectionForm {
    const LIMIT: usize = 64 * 1024;
    fn from_fields(f: Fields) -> Self {
        let pair = |s: &String| s.split_once(':').and_then(|(n, v)| Some((n.parse().ok()?, v.parse().ok()?)));
        SelectionForm { seen: f.all("seen").iter().filter_map(pair).take(MOST).collect() }
    }
}

/// `?n=1186&n=1187`, and the filter to go back to.
fn numbers(query: &str) -> Vec<i32> {
    url::form_urlencoded::parse(query.as_bytes()).filter(|(k, _)| k == "n").filter_map(|(_, v)| v.parse().ok()).take(MOST).collect()
}

/// Those of them that name their author.
async fn list_revealing(tx: &mut Tx<Clerk>, numbers: Vec<i32>) -> Result<Vec<i32>, Failure> {
    let slips = if numbers.is_empty() { vec![] } else { list_slips(tx, numbers).await? };
    Ok(slips.iter().filter(|s| reveals(&s.slip)).map(|s| s.number).collect())
}

/// `revealing`: those among them that name their author; two hundred texts are read once for a page.
async fn page_of(tx: &mut Tx<Clerk>, contest: &Contest, filter: &Filter, (numbers, revealing): (Vec<i32>, &[i32]), lang: Lang) -> Result<SelectionPage, Failure> {
    let mut checked = if numbers.is_empty() { vec![] } else { list_checks(tx, numbers).await? };
    checked.iter_mut().filter(|c| revealing.contains(&c.number)).for_each(|c| c.fails.push(IDENTITY.to_owned()));
    let categories = list_categories(tx).await?;
    let rows: Vec<SelectedRow> = checked.iter().map(|c| row(c, contest, &categories, lang)).collect();
    let fit = rows.iter().filter(|r| r.left_for.is_empty()).count();
    Ok(SelectionPage {
        action: filter.link(&contest.path("desk/selection"), ""),
        back_href: filter.link(&contest.path("desk"), ""),
        left: rows.len() - fit,
        fit,
        rows,
        decided: false,
    })
}

fn row(c: &Checked, contest: &Contest, categories: &[Category], lang: Lang) -> SelectedRow {
    SelectedRow {
        seen: format!("{}:{}", c.number, c.version),
        number: i18n::number(lang, c.number.into()),
        href: contest.path(&format!("desk?state=all&q={}", c.number)),
        title: c.title.clone(),
        category: categories.iter().find(|k| k.id == c.category).map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        version: c.version,
        words: c.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        limits: span(c.min_words, c.max_words, lang),
        authors: c.authors,
        left_for: c.fails.clone(),
    }
}

pub async fn show_selection(mut proof: Proven<Wearing<Clerk>>) -> Result<HttpResponse, Failure> {
    let (lang, filter) = (proof.lang(), Filter::of(&proof.visitor.query));
    let numbers = numbers(&proof.visitor.query);
    let (fact, tx) = proof.parts();
    let revealing = list_revealing(tx, numbers.clone()).await?;
    let page = page_of(tx, &fact.contest, &filter, (numbers, &revealing), lang).await?;
    proof.show(page).await
}

/// Decides each; the page lists those that moved meanwhile or fail a check, and the others stand.
pub async fn decide_selection(Posted { mut proof, form }: Posted<Wearing<Clerk>, SelectionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, filter) = (proof.lang(), Filter::of(&proof.visitor.query));
    let (fact, tx) = proof.parts();
    if form.seen.is_empty() {
        let page = page_of(tx, &fact.contest, &filter, (vec![], &[]), lang).await?;
        return Err(proof.refuse(StatusCode::UNPROCESSABLE_ENTITY, page).await);
    }
    let revealing = list_revealing(tx, form.seen.iter().map(|(n, _)| *n).collect()).await?;
    let (named, seen): (Vec<_>, Vec<_>) = form.seen.into_iter().partition(|(n, _)| revealing.contains(n));
    let mut outcomes = screen_many(tx, &seen).await?;
    outcomes.extend(named.into_iter().map(|(number, _)| Outcome { number, left_for: Some(IDENTITY.to_owned()) }));
    let left: Vec<&Outcome> = outcomes.iter().filter(|o| o.left_for.is_some()).collect();
    if left.is_empty() {
        let to = filter.link(&fact.contest.path("desk"), "said=selection-valid");
        return proof.commit(see_other(&to)).await;
    }
    let mut page = page_of(tx, &fact.contest, &filter, (left.iter().map(|o| o.number).collect(), &revealing), lang).await?;
    for o in &left {
        let number = i18n::number(lang, o.number.into());
        let why = o.left_for.clone().filter(|w| LEFT_FOR.contains(&w.as_str())).unwrap_or_else(|| "unknown".to_owned());
        match page.rows.iter_mut().find(|r| r.number == number) {
            Some(row) => row.left_for = vec![why],
            None => page.rows.push(SelectedRow { number, left_for: vec![why], ..SelectedRow::default() }),
        }
    }
    (page.fit, page.left, page.decided) = (outcomes.len() - left.len(), left.len(), true);
    Err(proof.keep(StatusCode::CONFLICT, page).await)
}
