//! The visitor's own entries in a contest.
use std::collections::HashSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};

use crate::accounts::store::get_me;
use crate::contests::phase::Phase;
use crate::contests::rules::{get_conditions, list_categories};
use crate::contests::{Contest, Wearing};
use crate::entries::model::{Listed, TypedAuthor};
use crate::entries::pages::{EntriesPage, EntryCard};
use crate::entries::store;
use crate::platform::db::{Contestant, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Nothing, Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

async fn page_of(tx: &mut Tx<Contestant>, contest: &Contest, lang: Lang) -> Result<EntriesPage, Failure> {
    let entries = store::list_entries(tx).await?;
    let categories = list_categories(tx).await?;
    let card = |e: &Listed| EntryCard {
        href: contest.path(&format!("entries/{}", e.id)),
        number: e.number.map(|n| i18n::number(lang, n.into())).unwrap_or_default(),
        title: e.title.clone(),
        category: categories.iter().find(|k| Some(k.id) == e.category).map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        state: e.state.clone(),
        at: i18n::moment(lang, e.at, contest.tz()),
        until: until(e, contest).map(|at| i18n::moment(lang, at, contest.tz())).unwrap_or_default(),
        delete_action: if e.state == "draft" { contest.path(&format!("entries/{}/deletion", e.id)) } else { String::new() },
        unsent: e.unsent && (e.state == "queried" || matches!(contest.phase(), Phase::Open)) && !matches!(e.state.as_str(), "refused" | "withdrawn"),
    };
    let by_person = get_conditions(tx).await?.limit_subject == "person";
    Ok(EntriesPage {
        full: by_person && is_full(contest, &entries, categories.len()),
        contest: contest.title(lang).to_owned(),
        action: contest.path("entries"),
        phase: contest.phase().word().to_owned(),
        opens: i18n::moment(lang, contest.opens_at, contest.tz()),
        closes: i18n::moment(lang, contest.closes_at, contest.tz()),
        entries: entries.iter().map(card).collect(),
    })
}

/// What is asked of the contestant before an hour of its own: an answer to a query, or an entry that was given more time.
fn until(e: &Listed, contest: &Contest) -> Option<DateTime<Utc>> {
    match e.state.as_str() {
        "queried" => Some(contest.queries_close_at),
        "refused" | "withdrawn" => None,
        _ => e.extended_to.filter(|until| *until > contest.closes_at),
    }
    .filter(|until| contest.now < *until)
}

/// Whether the entries received are all that one person may send; those refused or withdrawn count for nobody.
fn is_full(contest: &Contest, entries: &[Listed], categories: usize) -> bool {
    let counts: Vec<_> = entries.iter().filter(|e| matches!(e.state.as_str(), "waiting" | "queried" | "valid")).map(|e| e.category).collect();
    let reached = |n: usize, limit: Option<i32>| limit.and_then(|l| usize::try_from(l).ok()).is_some_and(|l| n >= l);
    let full: HashSet<_> = counts.iter().filter(|k| reached(counts.iter().filter(|o| o == k).count(), contest.limit_per_category)).collect();
    reached(counts.len(), contest.limit_overall) || (categories > 0 && full.len() >= categories)
}

pub async fn show_entries(mut proof: Proven<Wearing<Contestant>>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = page_of(tx, &fact.contest, lang).await?;
    proof.show(page).await
}

/// A new entry, with the visitor as its first author until something else is written.
pub async fn open_entry(Posted { mut proof, .. }: Posted<Wearing<Contestant>, Nothing>) -> Result<Saved<HttpResponse>, Failure> {
    let (fact, tx) = proof.parts();
    let refusal = match fact.contest.phase() {
        Phase::Open => None,
        Phase::Announced => Some("not_open_yet"),
        _ => Some("closed"),
    };
    if let Some(name) = refusal {
        return Err(Refusal::of(name).status(StatusCode::CONFLICT).into());
    }
    let me = get_me(tx).await?.ok_or(Failure::SignInFirst)?;
    let contact = TypedAuthor { name: me.name, email: me.email, ..TypedAuthor::default() };
    let id = store::open_entry(tx, &contact).await?;
    let to = fact.contest.path(&format!("entries/{id}"));
    proof.commit(see_other(&to)).await
}
