//! The queue: by state with counts, searched without accents, paged by number.
use actix_web::HttpResponse;
use uuid::Uuid;

use crate::contests::rules::{Category, list_categories};
use crate::contests::{Contest, Wearing};
use crate::entries::desk::filter::{Filter, STATES};
use crate::entries::desk::guards::path_of;
use crate::entries::desk::model::{Count, Queued};
use crate::entries::desk::pages::{DeskPage, FilterChoice, Queue, QueueRow};
use crate::entries::desk::rules::{self, Length};
use crate::entries::desk::store;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};

/// Rows of the list alone, and beside an entry.
const PAGE: usize = 50;
const BESIDE: usize = 12;

/// The list from a number on. `here`: the entry shown beside it.
pub async fn queue_of(tx: &mut Tx<Clerk>, contest: &Contest, filter: &Filter, here: Option<Uuid>, lang: Lang) -> Result<(Queue, Vec<Category>), Failure> {
    let most = if here.is_some() { BESIDE } else { PAGE };
    let mut found = store::list_queue(tx, filter, filter.from, true, i32::try_from(most + 1).unwrap_or(i32::MAX)).await?;
    let counts = store::list_counts(tx).await?;
    let categories = list_categories(tx).await?;
    let action = contest.path("desk");
    let next_href = found.get(most).map(|e| filter.link(&action, &format!("from={}", e.number))).unwrap_or_default();
    found.truncate(most);
    let in_category = |c: &&Count| filter.category.is_none_or(|id| c.category == id);
    let of = |state: &str| -> i64 { counts.iter().filter(in_category).filter(|c| state == "all" || c.state == state).map(|c| c.n).sum() };
    let (decided, all) = (of("valid") + of("refused"), of("all") - of("withdrawn"));
    let number = |n: i64| i18n::number(lang, n);
    let queue = Queue {
        states: STATES.iter().map(|s| FilterChoice { id: (*s).to_owned(), name: String::new(), n: number(of(s)), chosen: *s == filter.state }).collect(),
        categories: categories
            .iter()
            .map(|k| FilterChoice { id: k.id.to_string(), name: k.name(lang).to_owned(), n: String::new(), chosen: filter.category == Some(k.id) })
            .collect(),
        wanted: filter.wanted.clone(),
        state: filter.state.to_owned(),
        total: if filter.wanted.is_empty() { number(of(filter.state)) } else { String::new() },
        rows: found.iter().map(|e| row(e, contest, filter, &categories, here, lang)).collect(),
        beside: here.is_some(),
        first_href: if filter.from > 1 { filter.link(&action, "") } else { String::new() },
        next_href,
        decided,
        all,
        decided_words: number(decided),
        all_words: number(all),
        action,
    };
    Ok((queue, categories))
}

fn row(e: &Queued, contest: &Contest, filter: &Filter, categories: &[Category], here: Option<Uuid>, lang: Lang) -> QueueRow {
    let category = categories.iter().find(|k| k.id == e.category);
    let (sign, by) = sign(e, category);
    QueueRow {
        href: filter.link(&path_of(contest, e.id), ""),
        number: i18n::number(lang, e.number.into()),
        title: e.title.clone(),
        at: e.submitted_at.with_timezone(&contest.tz()).format("%d/%m, %H:%M").to_string(),
        category: category.map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        words: e.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        state: e.state.clone(),
        sign: sign.to_owned(),
        by: i18n::number(lang, by.into()),
        here: here == Some(e.id),
    }
}

/// What the machine noticed first, and by how many syllables a length is off.
fn sign(e: &Queued, category: Option<&Category>) -> (&'static str, i32) {
    let warned = e.warnings.as_array().is_some_and(|w| !w.is_empty());
    match (e.reading.as_deref(), e.words, category) {
        (Some("pending"), ..) => ("pending", 0),
        (Some("unreadable"), ..) => ("unreadable", 0),
        (_, Some(words), Some(k)) => match rules::length(words, k) {
            Length::Short(by) => ("short", by),
            Length::Long(by) => ("long", by),
            _ if warned => ("warnings", 0),
            _ => ("clean", 0),
        },
        _ if warned => ("warnings", 0),
        _ => ("clean", 0),
    }
}

pub async fn show_desk(mut proof: Proven<Wearing<Clerk>>) -> Result<HttpResponse, Failure> {
    let (lang, filter) = (proof.lang(), Filter::of(&proof.visitor.query));
    let (fact, tx) = proof.parts();
    let (queue, _) = queue_of(tx, &fact.contest, &filter, None, lang).await?;
    proof.show(DeskPage { queue }).await
}
