//! After the opening: winners with their names, the evidence on units, decisions, and publication in one act.
use actix_web::HttpResponse;
use uuid::Uuid;

use crate::contests::rules::{self as contest_rules, Category, Prize, Unit};
use crate::contests::{Contest, Wearing};
use crate::platform::db::{Organizer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved, Sure};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::results::forms::{CollectiveForm, TakeBackForm};
use crate::results::handlers::decisions::rows_of;
use crate::results::handlers::unmet::{list_unmet, need_head};
use crate::results::pages::{AwardRow, Choice, CollectivesPage, EvidenceRow, NeedCell, NeedHead, StruckRow, WinnerRow};
use crate::results::store::{self, Place, UnitCount, Winner};
use crate::results::store_decisions::{self, Had};
use crate::results::store_strikes;

type Organizing = Wearing<Organizer>;

/// All that the page is made of, read once.
struct Read {
    units: Vec<Unit>,
    prizes: Vec<Prize>,
    categories: Vec<Category>,
    winners: Vec<Winner>,
    /// The sealed list.
    places: Vec<Place>,
    counts: Vec<UnitCount>,
    had: Vec<Had>,
}

impl Read {
    async fn all(tx: &mut Tx<Organizer>) -> Result<Read, Failure> {
        Ok(Read {
            units: contest_rules::list_units(tx).await?,
            prizes: contest_rules::list_prizes(tx).await?,
            categories: contest_rules::list_categories(tx).await?,
            winners: store::list_winners(tx).await?,
            places: store::list_proposal(tx).await?,
            counts: store::list_unit_counts(tx).await?,
            had: store_decisions::list_had(tx).await?,
        })
    }
    fn unit_name(&self, id: Option<Uuid>, lang: Lang) -> String {
        self.units.iter().find(|u| Some(u.id) == id).map(|u| u.name(lang).to_owned()).unwrap_or_default()
    }
    fn prize_name(&self, id: Uuid, lang: Lang) -> String {
        self.prizes.iter().find(|p| p.id == id).map(|p| p.name(lang).to_owned()).unwrap_or_default()
    }
    /// Names of individual prizes, each once, highest level first: the evidence's columns.
    fn levels(&self, lang: Lang) -> Vec<String> {
        let mut individual: Vec<_> = self.prizes.iter().filter(|p| p.kind == "individual").collect();
        individual.sort_by_key(|p| p.level);
        let mut names: Vec<String> = vec![];
        for p in individual {
            if !names.iter().any(|n| n == p.name(lang)) {
                names.push(p.name(lang).to_owned());
            }
        }
        names
    }
    fn winner_rows(&self, lang: Lang) -> Vec<WinnerRow> {
        let row = |w: &Winner| WinnerRow {
            code: w.code.clone(),
            prize: self.prize_name(w.prize, lang),
            category: self.categories.iter().find(|c| c.id == w.category).map(|c| c.name(lang).to_owned()).unwrap_or_default(),
            unit: self.unit_name(w.unit, lang),
            title: w.title.clone(),
            authors: w.authors.join(", "),
            ..WinnerRow::default()
        };
        // as the rules list prizes, and in each by the sealed rank; equal ranks by code, which tells nothing
        let rank = |w: &Winner| self.places.iter().find(|p| p.code == w.code).and_then(|p| p.rank);
        let mut winners: Vec<&Winner> = self.winners.iter().collect();
        winners.sort_by_cached_key(|w| (self.prizes.iter().position(|p| p.id == w.prize), rank(w).unwrap_or(i32::MAX), w.code.clone()));
        winners.into_iter().map(row).collect()
    }
    /// One row a unit, its own entries only: a parent's total is for whoever reads the tree to add. Last, what names no unit.
    fn evidence(&self, lang: Lang) -> Vec<EvidenceRow> {
        let levels = self.levels(lang);
        let row = |unit: Option<&Unit>| {
            let id = unit.map(|u| u.id);
            let count = self.counts.iter().find(|c| c.unit == id);
            let prizes = levels.iter().map(|level| {
                let n = self.winners.iter().filter(|w| w.unit == id && self.prize_name(w.prize, lang) == *level).count();
                n.to_string()
            });
            EvidenceRow {
                id: id.map(|id| id.to_string()).unwrap_or_default(),
                is_none: unit.is_none(),
                unit: unit.map(|u| u.name(lang).to_owned()).unwrap_or_default(),
                depth: unit.map_or(0, |u| u.depth),
                received: i18n::number(lang, count.map_or(0, |c| c.received)),
                valid: i18n::number(lang, count.map_or(0, |c| c.valid)),
                prizes: prizes.collect(),
                needs: self.asking().map(|p| id.map_or_else(NeedCell::default, |id| self.need(p, id, lang))).collect(),
            }
        };
        let without = self.counts.iter().any(|c| c.unit.is_none()).then_some(None);
        self.units.iter().map(Some).chain(without).map(row).collect()
    }
    /// Collective prizes that ask something of a unit.
    fn asking(&self) -> impl Iterator<Item = &Prize> {
        self.prizes.iter().filter(|p| p.kind == "collective" && p.has_needs())
    }
    fn need_heads(&self, lang: Lang) -> Vec<NeedHead> {
        self.asking().map(|p| need_head(p, &self.prizes, lang)).collect()
    }
    /// Only what the prize asks for, with the units under this one.
    fn need(&self, p: &Prize, unit: Uuid, lang: Lang) -> NeedCell {
        let Some(had) = self.had.iter().find(|h| h.prize == p.id && h.unit == unit) else { return NeedCell::default() };
        let of = |asked: i32, n: i64| if asked > 0 { format!("{}/{}", i18n::number(lang, n), i18n::number(lang, asked.into())) } else { String::new() };
        let asked = [(p.needed_prizes(), had.prizes), (p.needs_received.unwrap_or(0), had.received), (p.needs_valid.unwrap_or(0), had.valid)];
        NeedCell { met: had.met, figures: asked.into_iter().map(|(asked, n)| of(asked, n)).filter(|f| !f.is_empty()).collect::<Vec<_>>().join(" · ") }
    }
}

async fn page_of(tx: &mut Tx<Organizer>, contest: &Contest, lang: Lang, (form, back): (&CollectiveForm, &TakeBackForm)) -> Result<CollectivesPage, Failure> {
    let facts = store::get_facts(tx).await?;
    let base = CollectivesPage {
        action: contest.path("collectives"),
        withdraw_action: contest.path("collectives/withdrawal"),
        publish_action: contest.path("publication"),
        decisions_href: contest.path("decisions"),
        corrections_href: contest.path("corrections"),
        results_href: contest.path("results"),
        opened: facts.opened_at.is_some(),
        published: facts.published_at.is_some(),
        ..CollectivesPage::default()
    };
    if !base.opened {
        return Ok(base);
    }
    let read = Read::all(tx).await?;
    let awards = store_decisions::list_awards(tx).await?;
    let award = |a: &store_decisions::Award| AwardRow {
        id: a.id.to_string(),
        unit: read.unit_name(Some(a.unit), lang),
        prize: read.prize_name(a.prize, lang),
        reason: a.reason.clone(),
        typed: if back.award == Some(a.id) { back.reason.clone() } else { String::new() },
    };
    let struck = |s: &store_strikes::StruckOut| StruckRow { code: s.code.clone(), reason: s.reason.clone(), at: i18n::moment(lang, s.at, contest.tz()), withheld: s.withheld };
    let choice = |id: Uuid, name: &str, chosen: bool| Choice { id: id.to_string(), name: name.to_owned(), chosen };
    Ok(CollectivesPage {
        winners: read.winner_rows(lang),
        struck: store_strikes::list_struck_out(tx).await?.iter().map(struck).collect(),
        levels: read.levels(lang),
        needs: read.need_heads(lang),
        evidence: read.evidence(lang),
        decided: awards.iter().map(award).collect(),
        unmet: list_unmet(tx, lang).await?,
        overtaken: if awards.iter().any(|a| back.award == Some(a.id)) { String::new() } else { back.reason.clone() },
        waiting: rows_of(tx, contest, lang).await?,
        prizes: read.prizes.iter().filter(|p| p.kind == "collective").map(|p| choice(p.id, p.name(lang), form.prize == Some(p.id))).collect(),
        units: read.units.iter().map(|u| choice(u.id, u.name(lang), form.unit == Some(u.id))).collect(),
        reason: form.reason.clone(),
        ..base
    })
}

pub async fn show_collectives(mut proof: Proven<Organizing>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = page_of(tx, &fact.contest, lang, (&CollectiveForm::default(), &TakeBackForm::default())).await?;
    proof.show(page).await
}

/// A field's absence is said on the page; what Postgres refuses comes back there too.
pub async fn propose_award(Posted { mut proof, form }: Posted<Organizing, CollectiveForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("collectives?said=decision-proposed");
    let mut page = page_of(tx, &fact.contest, lang, (&form, &TakeBackForm::default())).await?;
    let outcome = match (form.prize, form.unit) {
        (None, _) => Err(("prize", Refusal::of("prize_needed"))),
        (_, None) => Err(("unit", Refusal::of("unit_needed"))),
        (Some(prize), Some(unit)) => match store_decisions::propose_award(tx, prize, unit, &form.reason).await {
            Ok(()) => Ok(()),
            Err(Failure::Refused(r)) => Err((if r.name == "reason_needed" { "reason" } else { "unit" }, r)),
            Err(e) => return Err(e),
        },
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err((field, refusal)) => {
            page.errors.add(field, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
    }
}

pub async fn propose_take_back(Posted { mut proof, form }: Posted<Organizing, TakeBackForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("collectives?said=decision-proposed");
    let award = form.award.ok_or(Failure::NotFound)?;
    let mut page = page_of(tx, &fact.contest, lang, (&CollectiveForm::default(), &form)).await?;
    match store_decisions::propose_take_back(tx, award, &form.reason).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => {
            // somebody else was quicker: the award is gone from the page, and what was typed for it is not
            let field = if page.overtaken.is_empty() { format!("back-{award}") } else { "overtaken".to_owned() };
            page.errors.add(&field, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

pub async fn publish(Posted { mut proof, form }: Posted<Organizing, Sure>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("results?said=results-published");
    let mut page = page_of(tx, &fact.contest, lang, (&CollectiveForm::default(), &TakeBackForm::default())).await?;
    match form.hold(store::publish(tx).await) {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => {
            page.errors.add("sure", proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
