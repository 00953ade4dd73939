//! The public page: prizes only, once published; and each edition as it stood.
use actix_web::HttpResponse;

use crate::contests::Wearing;
use crate::contests::rules::{self as contest_rules, Category, Prize, Unit};
use crate::platform::db::{Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};
use crate::platform::names::by_words;
use crate::platform::secret::hex;
use crate::results::guards::PublishedEdition;
use crate::results::pages::{CollectiveRow, EditionRow, Laurel, PrizeOf, ResultsPage};
use crate::results::store;
use crate::results::store_strikes::{self, Edition, PublishedList, PublishedPrize};

fn laurel(w: &PublishedPrize, units: &[Unit], categories: &[Category], lang: Lang) -> Laurel {
    Laurel {
        title: w.title.clone(),
        authors: w.authors.join(", "),
        unit: units.iter().find(|u| Some(u.id) == w.unit).map(|u| u.name(lang).to_owned()).unwrap_or_default(),
        category: categories.iter().find(|c| c.id == w.category).map(|c| c.name(lang).to_owned()).unwrap_or_default(),
    }
}

async fn prizes_of(tx: &mut Tx<Public>, lang: Lang, list: &PublishedList, prizes: &[Prize], units: &[Unit]) -> Result<Vec<PrizeOf>, Failure> {
    let (groups, categories) = (contest_rules::list_groups(tx).await?, contest_rules::list_categories(tx).await?);
    // by title: a list in the order of ranks would publish them
    let mut published = list.prizes.clone();
    published.sort_by_cached_key(|w| by_words(&w.title));
    let prize_of = |p: &Prize| PrizeOf {
        prize: p.name(lang).to_owned(),
        money: p.amount.map(|a| i18n::money(lang, a, p.currency.as_deref().unwrap_or_default())).unwrap_or_default(),
        group: groups.iter().find(|g| Some(g.id) == p.ranking_group).filter(|_| groups.len() > 1).map(|g| g.name(lang).to_owned()).unwrap_or_default(),
        laurels: published.iter().filter(|w| w.prize == p.id).map(|w| laurel(w, units, &categories, lang)).collect(),
    };
    Ok(prizes.iter().filter(|p| p.kind == "individual").map(prize_of).filter(|p| !p.laurels.is_empty()).collect())
}

/// The `n`-th edition; None: the newest.
async fn page_of(tx: &mut Tx<Public>, fact: &Wearing<Public>, lang: Lang, n: Option<i32>) -> Result<ResultsPage, Failure> {
    let (contest, tz) = (fact.contest.title(lang).to_owned(), fact.contest.tz());
    let editions = store_strikes::list_editions(tx).await?;
    let (Some(publication), Some(newest)) = (store::get_publication(tx).await?, editions.last()) else {
        return Ok(ResultsPage { contest, ..ResultsPage::default() });
    };
    let shown = editions.iter().find(|e| Some(e.n) == n).unwrap_or(newest);
    let (list, content) = store_strikes::get_edition(tx, shown.n).await?;
    let (units, prizes) = (contest_rules::list_units(tx).await?, contest_rules::list_prizes(tx).await?);
    let collective = |c: &store_strikes::PublishedCollective| CollectiveRow {
        unit: units.iter().find(|u| u.id == c.unit).map(|u| u.name(lang).to_owned()).unwrap_or_default(),
        prize: prizes.iter().find(|p| p.id == c.prize).map(|p| p.name(lang).to_owned()).unwrap_or_default(),
        reason: c.reason.clone(),
    };
    let row = |e: &Edition| EditionRow {
        n: e.n,
        href: fact.contest.path(&format!("results/{}", e.n)),
        at: i18n::moment(lang, e.at, tz),
        reason: e.reason.clone().unwrap_or_default(),
        here: e.n == shown.n,
    };
    Ok(ResultsPage {
        contest,
        published: true,
        published_at: i18n::moment(lang, publication.at, tz),
        sha256: hex(&shown.sha256),
        seal: hex(&publication.seal_sha256),
        n: shown.n,
        newest_href: if shown.n == newest.n { String::new() } else { fact.contest.path("results") },
        editions: if editions.len() > 1 { editions.iter().rev().map(row).collect() } else { vec![] },
        content,
        prizes: prizes_of(tx, lang, &list, &prizes, &units).await?,
        collectives: list.collectives.iter().map(collective).collect(),
    })
}

pub async fn show_results(mut proof: Proven<Wearing<Public>>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = page_of(tx, fact, lang, None).await?;
    proof.show_to_all(page).await
}

/// An edition as it was published, whatever came after it.
pub async fn show_edition(mut proof: Proven<PublishedEdition>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = page_of(tx, &fact.there, lang, Some(fact.n)).await?;
    proof.show_to_all(page).await
}
