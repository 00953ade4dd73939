//! The public page: prizes only, once published.
use actix_web::HttpResponse;

use crate::contests::Wearing;
use crate::contests::rules::{self as contest_rules, Category, Prize, Unit};
use crate::platform::db::{Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};
use crate::platform::secret::hex;
use crate::results::pages::{CollectiveRow, Laurel, PrizeOf, ResultsPage};
use crate::results::store::{self, Winner};

fn laurel(w: &Winner, units: &[Unit], categories: &[Category], lang: Lang) -> Laurel {
    Laurel {
        title: w.title.clone(),
        authors: w.authors.join(", "),
        unit: units.iter().find(|u| Some(u.id) == w.unit).map(|u| u.name(lang).to_owned()).unwrap_or_default(),
        category: categories.iter().find(|c| c.id == w.category).map(|c| c.name(lang).to_owned()).unwrap_or_default(),
    }
}

async fn prizes_of(tx: &mut Tx<Public>, lang: Lang, units: &[Unit], prizes: &[Prize]) -> Result<Vec<PrizeOf>, Failure> {
    let (groups, categories) = (contest_rules::list_groups(tx).await?, contest_rules::list_categories(tx).await?);
    let winners = store::list_published_winners(tx).await?;
    let prize_of = |p: &Prize| PrizeOf {
        prize: p.name(lang).to_owned(),
        money: p.amount.map(|a| i18n::money(lang, a, p.currency.as_deref().unwrap_or_default())).unwrap_or_default(),
        group: groups.iter().find(|g| Some(g.id) == p.ranking_group).filter(|_| groups.len() > 1).map(|g| g.name(lang).to_owned()).unwrap_or_default(),
        laurels: winners.iter().filter(|w| w.prize == p.id).map(|w| laurel(w, units, &categories, lang)).collect(),
    };
    Ok(prizes.iter().filter(|p| p.kind == "individual").map(prize_of).filter(|p| !p.laurels.is_empty()).collect())
}

pub async fn show_results(mut proof: Proven<Wearing<Public>>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let (contest, tz) = (fact.contest.title(lang).to_owned(), fact.contest.tz());
    let Some(publication) = store::get_publication(tx).await? else {
        return proof.show_to_all(ResultsPage { contest, ..ResultsPage::default() }).await;
    };
    let (units, prizes) = (contest_rules::list_units(tx).await?, contest_rules::list_prizes(tx).await?);
    let decided = store::list_collectives(tx).await?;
    let collective = |c: &store::Collective| CollectiveRow {
        unit: units.iter().find(|u| u.id == c.unit).map(|u| u.name(lang).to_owned()).unwrap_or_default(),
        prize: prizes.iter().find(|p| p.id == c.prize).map(|p| p.name(lang).to_owned()).unwrap_or_default(),
        reason: c.reason.clone(),
        unit_id: String::new(),
    };
    let page = ResultsPage {
        contest,
        published: true,
        published_at: i18n::moment(lang, publication.at, tz),
        sha256: hex(&publication.sha256),
        seal: hex(&publication.seal_sha256),
        prizes: prizes_of(tx, lang, &units, &prizes).await?,
        collectives: decided.iter().map(collective).collect(),
    };
    proof.show_to_all(page).await
}
