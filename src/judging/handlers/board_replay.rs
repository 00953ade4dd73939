//! The replay of the assignments, for the chair and the auditor: yes or no, hashes and counts. Both run it under the dealer's hat, read-only.
use actix_web::HttpResponse;

use crate::contests::{Contest, Wearing};
use crate::judging::board_guards::Dealing;
use crate::judging::board_replay_page::{ReplayPage, ReplayRow};
use crate::judging::replay::{self, Replayed};
use crate::judging::{store_board, store_replay};
use crate::platform::db::{Auditor, Dealer, Mode, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};
use crate::platform::secret::hex;

async fn page_of(tx: &mut Tx<Dealer>, contest: &Contest, lang: Lang) -> Result<ReplayPage, Failure> {
    store_board::take_time(tx).await?;
    let replay = replay::replay_deals(&mut *tx).await?;
    let row = |(i, d): (usize, &Replayed)| ReplayRow {
        number: i18n::number(lang, i64::try_from(i).unwrap_or(i64::MAX).saturating_add(1)),
        at: i18n::instant(lang, d.at, contest.tz()),
        seed: d.seed_sha256.clone(),
        input: d.input_sha256.clone(),
        pairs: i18n::number(lang, i64::from(d.pairs)),
        same: d.same,
    };
    Ok(ReplayPage {
        next_seed: store_replay::get_next_seed(tx).await?.map(|s| hex(&s.sha256)).unwrap_or_default(),
        holds: replay.holds(),
        beside: i64::from(replay.beside),
        rows: replay.deals.iter().enumerate().map(row).collect(),
        ..ReplayPage::default()
    })
}

pub async fn show_replay(mut proof: Proven<Dealing>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = ReplayPage { back_href: fact.contest.path("chair/deal"), for_chair: true, ..page_of(tx, &fact.contest, lang).await? };
    proof.show(page).await
}

/// The auditor does not get the dealer's hat: the program wears it, and hands on the answer.
pub async fn show_replay_to_auditor(mut proof: Proven<Wearing<Auditor>>) -> Result<HttpResponse, Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let (fact, _) = proof.parts();
    let who = Who::Program { contest: Some(fact.contest.id) };
    let mut tx = site.db.open::<Dealer>(Mode::Read, &who).await?;
    let page = ReplayPage { back_href: fact.contest.path("record"), ..page_of(&mut tx, &fact.contest, lang).await? };
    tx.commit().await?;
    proof.show(page).await
}
