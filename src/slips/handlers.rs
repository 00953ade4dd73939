//! Crossing *cut*: a category's valid entries become papers, all at once, by a clerk's confirmed press.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::forms::CutForm;
use super::pages::{CutCard, CutPage, PastCut};
use super::rules::{self, Readiness, Tally};
use super::store::{self, Cut};
use crate::contests::rules::{Category, list_categories};
use crate::contests::{Contest, Wearing};
use crate::entries::desk::store::list_counts;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Clerking = Wearing<Clerk>;

async fn page_of(tx: &mut Tx<Clerk>, contest: &Contest, lang: Lang) -> Result<CutPage, Failure> {
    let counts = list_counts(tx).await?;
    let cuts = store::list_cuts(tx).await?;
    let waivers = store::list_waivers(tx).await?;
    let categories = list_categories(tx).await?;
    let (received, empty): (Vec<_>, Vec<_>) = categories.iter().partition(|k| Tally::of(k.id, &counts).received > 0);
    let card = |k: &&Category| {
        let tally = Tally::of(k.id, &counts);
        let readiness = rules::readiness(contest, &tally, k.id, &cuts, &waivers);
        card(k, &tally, readiness, &cuts, contest, lang)
    };
    Ok(CutPage {
        action: contest.path("desk/cut"),
        rules_href: contest.path(""),
        from: i18n::moment(lang, contest.queries_close_at.max(contest.intake_closes_at), contest.tz()),
        too_early: contest.phase() != crate::contests::phase::Phase::Closed,
        cards: received.iter().map(card).collect(),
        empty: empty.iter().map(|k| k.name(lang).to_owned()).collect(),
        error: String::new(),
    })
}

fn card(k: &Category, t: &Tally, readiness: Readiness, cuts: &[Cut], contest: &Contest, lang: Lang) -> CutCard {
    let n = |v: i64| i18n::number(lang, v);
    let past: Vec<PastCut> = cuts.iter().filter(|c| c.category == k.id).map(|c| PastCut { entries: n(c.entries.into()), at: i18n::moment(lang, c.at, contest.tz()) }).collect();
    CutCard {
        id: k.id.to_string(),
        name: k.name(lang).to_owned(),
        received: n(t.received),
        waiting: n(t.waiting),
        queried: n(t.queried),
        valid: n(t.valid),
        refused: n(t.refused),
        withdrawn: n(t.withdrawn),
        struck_out: n(t.struck_out),
        cut: n(t.cut),
        readiness: readiness.code().to_owned(),
        entries: t.valid,
        late: !past.is_empty(),
        waiting_href: contest.path(&format!("desk?category={}", k.id)),
        queried_href: contest.path(&format!("desk?state=queried&category={}", k.id)),
        waiting_n: t.waiting,
        queried_n: t.queried,
        cuts: past,
        error: String::new(),
    }
}

/// Every category with its counts, and the knife where it is free.
pub async fn show_cut(mut proof: Proven<Clerking>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = page_of(tx, &fact.contest, lang).await?;
    proof.show(page).await
}

/// Cuts what the page showed, or nothing.
pub async fn cut(Posted { mut proof, form }: Posted<Clerking, CutForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("desk/cut?said=cut-made");
    match write(tx, &form).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => Err(again(proof, form.category, refusal).await),
        Err(e) => Err(e),
    }
}

async fn write(tx: &mut Tx<Clerk>, form: &CutForm) -> Result<(), Failure> {
    let Some(category) = form.category else { return Err(Refusal::of("category_needed").into()) };
    if !form.sure {
        return Err(Refusal::of("cut_unconfirmed").into());
    }
    let made = store::cut(tx, category).await?;
    // what was confirmed is what happens: another clerk's decision in between is looked at first
    if i64::from(made) != form.entries {
        return Err(Refusal::of("cut_changed").with("made", made).status(StatusCode::CONFLICT).into());
    }
    Ok(())
}

/// The page as things now stand, and why nothing was cut.
async fn again(proof: Proven<Clerking>, category: Option<Uuid>, refusal: Refusal) -> Failure {
    let (lang, sentence) = (proof.lang(), proof.sentence(&refusal));
    let stands = async |tx: &mut Tx<Clerk>, fact: &Clerking| {
        let mut page = page_of(tx, &fact.contest, lang).await?;
        match page.cards.iter_mut().find(|c| category.is_some_and(|id| c.id == id.to_string())) {
            Some(card) => card.error = sentence,
            None => page.error = sentence,
        }
        Ok(page)
    };
    proof.refuse_anew(refusal.status, stands).await
}
