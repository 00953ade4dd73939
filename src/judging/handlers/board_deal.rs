//! The assignment: a preview of loads and shortages, then one act. Nobody picks a pair.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::block;

use super::board::pager;
use crate::contests::Contest;
use crate::contests::rules as contest_rules;
use crate::judging::batch;
use crate::judging::board_forms::DealForm;
use crate::judging::board_guards::Dealing;
use crate::judging::board_pages::{CountRow, DealPage, LoadRow, ShortRow};
use crate::judging::board_rules::{self, CODES, PAGE};
use crate::judging::deal::{self, Input, Plan};
use crate::judging::store_batch;
use crate::judging::store_board::{self as store, JudgeLine};
use crate::judging::store_replay;
use crate::platform::db::{Dealer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::http::query_value;
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::platform::secret::hex;

/// The page and the limit it was made with. Everything in the dealer's transaction; the flow itself off the server's own threads.
async fn preview_of(proof: &mut Proven<Dealing>, typed_cap: &str) -> Result<(DealPage, Option<u32>), Failure> {
    let lang = proof.lang();
    let from = board_rules::number_in(&proof.visitor.query, "from");
    let cap = board_rules::parse_cap(typed_cap);
    let mistake = cap.as_ref().err().map(|r| proof.sentence(r));
    let (fact, tx) = proof.parts();
    store::take_time(tx).await?;
    let facts = store::get_deal_facts(tx).await?;
    let judges = store::list_judges(tx).await?;
    let groups = store_batch::list_callable_groups(tx).await?;
    let input = if facts.closed { Input::default() } else { store::read_input(tx, &judges, cap.unwrap_or(None), (&groups, false)).await? };
    let (input, plan) = block(move || {
        let plan = deal::plan(&input);
        (input, plan)
    })
    .await
    .map_err(Failure::broken)?;
    let base = DealPage { closed: facts.closed, papers_n: facts.papers, cap: typed_cap.to_owned(), ..DealPage::default() };
    let mut page = page_of(base, &fact.contest, &judges, (&input, &plan), (from, lang));
    page.exclusions = exclusions_of(tx, lang).await?;
    page.seed = store_replay::get_next_seed(tx).await?.map(|s| hex(&s.sha256)).unwrap_or_default();
    page.replay_href = fact.contest.path("chair/deal/replay");
    page.share_href = fact.contest.path("chair/deal/share");
    page.waits = !facts.closed && page.wanted_n == 0 && store_batch::is_lacking(tx).await?;
    if let Some(mistake) = mistake {
        page.errors.add("cap", mistake);
    }
    Ok((page, input.cap))
}

fn page_of(base: DealPage, contest: &Contest, judges: &[JudgeLine], (input, plan): (&Input, &Plan), (from, lang): (i64, Lang)) -> DealPage {
    let short_n: i64 = plan.short.iter().map(|(_, n)| i64::from(*n)).sum();
    let wanted_n = i64::from(input.wanted());
    let action = contest.path("chair/deal");
    let short_row = |(paper, missing): &(usize, u32)| {
        let lack = input.lacks.get(*paper)?;
        let href = contest.path(&format!("chair/papers/{}", lack.code));
        Some(ShortRow { code: lack.code.clone(), href, missing: i64::from(*missing), third: lack.third, ..ShortRow::default() })
    };
    let undeclared: Vec<String> = judges.iter().filter(|j| !j.declared && !j.withdrawn).map(|j| j.name.clone()).collect();
    let more = |all: usize| (i64::try_from(all).unwrap_or(i64::MAX) - CODES).max(0);
    let first = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
    let number = |n: u32| i18n::number(lang, i64::from(n));
    DealPage {
        wanted_n,
        thirds_n: input.lacks.iter().filter(|l| l.third).count().try_into().unwrap_or(i64::MAX),
        wanted: i18n::number(lang, wanted_n),
        dealt_n: wanted_n - short_n,
        dealt: i18n::number(lang, wanted_n - short_n),
        short_count: i18n::number(lang, short_n),
        least: plan.loads.iter().min().map(|n| number(*n)).unwrap_or_default(),
        most: plan.loads.iter().max().map(|n| number(*n)).unwrap_or_default(),
        loads: judges.iter().skip(first(from)).take(first(PAGE)).map(|j| load_row(j, input, plan, lang)).collect(),
        pager: pager(&action, from, i64::try_from(judges.len()).unwrap_or(i64::MAX)),
        undeclared_n: i64::try_from(undeclared.len()).unwrap_or(i64::MAX),
        undeclared_more: more(undeclared.len()),
        undeclared: undeclared.into_iter().take(first(CODES)).collect(),
        short_more: more(plan.short.len()),
        short: plan.short.iter().take(first(CODES)).filter_map(short_row).collect(),
        token: hex(&input.seen_sha256(plan)),
        board_href: contest.path("chair"),
        action,
        ..base
    }
}

fn load_row(j: &JudgeLine, input: &Input, plan: &Plan, lang: Lang) -> LoadRow {
    let now = j.open_papers + j.marked;
    let seat = input.judges.binary_search_by_key(&j.judge, |x| x.id).ok();
    let after = seat.and_then(|s| plan.loads.get(s)).map_or(now, |n| i64::from(*n));
    LoadRow { name: j.name.clone(), now: i18n::number(lang, now), after: i18n::number(lang, after), more: after > now }
}

async fn exclusions_of(tx: &mut Tx<Dealer>, lang: Lang) -> Result<Vec<CountRow>, Failure> {
    let (groups, counts) = (contest_rules::list_groups(tx).await?, store::list_exclusion_counts(tx).await?);
    let row = |g: &contest_rules::RankingGroup| {
        let found = counts.iter().find(|n| n.ranking_group == g.id)?;
        Some(CountRow { name: g.name(lang).to_owned(), pairs: found.pairs.map(|n| i18n::number(lang, i64::from(n))).unwrap_or_default() })
    };
    Ok(groups.iter().filter_map(row).collect())
}

pub async fn show_deal(mut proof: Proven<Dealing>) -> Result<HttpResponse, Failure> {
    let cap = query_value(&proof.visitor.query, "cap").unwrap_or_default();
    let (page, _) = preview_of(&mut proof, &cap).await?;
    proof.show(page).await
}

/// Deals what the preview showed. Where anything it showed has changed, the new preview instead (409).
pub async fn deal_out(Posted { mut proof, form }: Posted<Dealing, DealForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, cap) = preview_of(&mut proof, &form.cap).await?;
    let stale = Refusal::of("deal_stale").status(StatusCode::CONFLICT);
    let refusal = match page.errors.is_empty() {
        false => Some(Refusal::of("cap_unusable")),
        true if page.closed => Some(Refusal::of("board_closed").status(StatusCode::CONFLICT)),
        true if page.token != form.token => Some(stale),
        true => None,
    };
    if let Some(refusal) = refusal {
        if page.errors.is_empty() {
            page.errors.add("", proof.sentence(&refusal));
        }
        return Err(proof.refuse(refusal.status, page).await);
    }
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("chair?said=papers-dealt");
    match batch::pass(tx, "chair", cap).await {
        Ok(_) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let refusal = board_rules::to_chair(refusal);
            page.errors.add("", proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
