//! A share for judges who came late: how many papers each judge would give and get, then one act. Nobody picks a paper.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::block;

use crate::contests::Contest;
use crate::judging::board_forms::ShareForm;
use crate::judging::board_guards::Dealing;
use crate::judging::board_rules::{self, CODES};
use crate::judging::board_share_page::{SharePage, ShareRow};
use crate::judging::deal::share::{self, Share, SharePlan};
use crate::judging::store_board::{self as store, JudgeLine};
use crate::judging::{store_batch, store_replay, store_share};
use crate::platform::db::{Dealer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved, Sure};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::platform::secret::hex;

/// What a share would do now; none where nobody came late.
struct Seen {
    judges: Vec<JudgeLine>,
    late: usize,
    found: Option<(Share, SharePlan)>,
}

/// All of it in the dealer's transaction; the flow itself off the server's own threads.
async fn look(tx: &mut Tx<Dealer>) -> Result<Seen, Failure> {
    store::take_time(tx).await?;
    let (judges, late) = (store::list_judges(tx).await?, store_share::list_late(tx).await?);
    if late.is_empty() {
        return Ok(Seen { judges, late: 0, found: None });
    }
    let share = store_share::read_share(tx, &judges, &late).await?;
    let found = block(move || {
        let plan = share::plan(&share);
        (share, plan)
    })
    .await
    .map_err(Failure::broken)?;
    Ok(Seen { judges, late: late.len(), found: Some(found) })
}

async fn page_of(tx: &mut Tx<Dealer>, contest: &Contest, lang: Lang, seen: &Seen) -> Result<SharePage, Failure> {
    let undeclared: Vec<String> = seen.judges.iter().filter(|j| !j.declared && !j.withdrawn).map(|j| j.name.clone()).collect();
    let shown = usize::try_from(CODES).unwrap_or(usize::MAX);
    let base = SharePage {
        action: contest.path("chair/deal/share"),
        back_href: contest.path("chair/deal"),
        closed: store_share::is_closed(tx).await?,
        late_n: i64::try_from(seen.late).unwrap_or(i64::MAX),
        undeclared_n: i64::try_from(undeclared.len()).unwrap_or(i64::MAX),
        undeclared: undeclared.into_iter().take(shown).collect(),
        seed: store_replay::get_next_seed(tx).await?.map(|s| hex(&s.sha256)).unwrap_or_default(),
        ..SharePage::default()
    };
    let Some((share, plan)) = &seen.found else { return Ok(base) };
    let late = store_share::list_late(tx).await?;
    let number = |n: u32| i18n::number(lang, i64::from(n));
    let some = |n: u32| if n == 0 { String::new() } else { number(n) };
    let row = |j: &JudgeLine| {
        let seat = share.judges.binary_search_by_key(&j.judge, |x| x.id).ok()?;
        let (gives, gets) = (plan.gives.get(seat).copied()?, plan.gets.get(seat).copied()?);
        let late = late.contains(&j.judge);
        let changes = late || gives + gets > 0;
        changes.then(|| ShareRow {
            name: j.name.clone(),
            late,
            now: i18n::number(lang, j.open_papers + j.marked),
            gives: some(gives),
            gets: some(gets),
            after: plan.loads().get(seat).map(|n| number(*n)).unwrap_or_default(),
        })
    };
    Ok(SharePage {
        moves_n: i64::from(plan.moves()),
        rows: seen.judges.iter().filter_map(row).collect(),
        least: plan.loads().iter().min().map(|n| number(*n)).unwrap_or_default(),
        most: plan.loads().iter().max().map(|n| number(*n)).unwrap_or_default(),
        token: hex(&share.seen_sha256(plan)),
        ..base
    })
}

pub async fn show_share(mut proof: Proven<Dealing>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let seen = look(tx).await?;
    let page = page_of(tx, &fact.contest, lang, &seen).await?;
    proof.show(page).await
}

/// Moves what the preview showed. Where a number it showed has changed, or a judge has just begun one of the papers, the new
/// preview instead (409).
pub async fn share_out(Posted { mut proof, form }: Posted<Dealing, ShareForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("chair/deal?said=papers-shared");
    let refusal = match act(tx, &form).await {
        Ok(()) => return proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => board_rules::to_chair(refusal),
        Err(e) => return Err(e),
    };
    let sentence = proof.sentence(&refusal);
    let field = if refusal.name == "unconfirmed" { "sure" } else { "" };
    let anew = async |tx: &mut Tx<Dealer>, fact: &Dealing| {
        let seen = look(tx).await?;
        let mut page = page_of(tx, &fact.contest, lang, &seen).await?;
        page.errors.add(field, sentence);
        Ok(page)
    };
    Err(proof.refuse_anew(refusal.status, anew).await)
}

/// Lock, look again, draw, write.
async fn act(tx: &mut Tx<Dealer>, form: &ShareForm) -> Result<(), Failure> {
    store_share::begin(tx).await?;
    let stale = || Refusal::of("deal_stale").status(StatusCode::CONFLICT);
    let (share, plan) = look(tx).await?.found.ok_or_else(|| Refusal::of("nobody_late").status(StatusCode::CONFLICT))?;
    if plan.moves() == 0 || hex(&share.seen_sha256(&plan)) != form.token {
        return Err(stale().into());
    }
    Sure(form.sure).hold(Ok(()))?;
    let seed = store_replay::take_seed(tx).await?;
    let (share, moves) = block(move || {
        let moves = share::draw(&share, &plan, &seed);
        (share, moves)
    })
    .await
    .map_err(Failure::broken)?;
    store_share::share_out(tx, &share, &moves).await?;
    store_batch::end(tx).await.map(|_| ())
}
