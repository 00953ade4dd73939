//! The organizer proposes prizes by code and seals.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::contests::{Wearing, rules as contest_rules};
use crate::judging::board_acts_pages::ReopeningCard;
use crate::judging::board_forms::ReopeningForm;
use crate::judging::handlers::reopening_card;
use crate::judging::store_reopening;
use crate::platform::db::{Organizer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Posted, Proven, Saved, Sure};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::platform::secret::hex;
use crate::platform::site::Site;
use crate::results::forms::ProposeForm;
use crate::results::pages::{GroupOfPlaces, PlaceRow, PlanRow, PrizesPage};
use crate::results::rules::{self, MOST_RESERVES, Stage};
use crate::results::store::{self, Facts, Place};
use crate::tally::store::{LevelRow, list_levels};

type Organizing = Wearing<Organizer>;

fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Marking => "marking",
        Stage::Ties => "ties",
        Stage::Proposing => "proposing",
        Stage::Sealed => "sealed",
        Stage::Opened => "opened",
        Stage::Published => "published",
    }
}

/// The places of a proposal, by ranking group, with the words for prizes and reserves; and groups in which nothing can be given.
async fn groups_of(tx: &mut Tx<Organizer>, (levels, closed): (&[LevelRow], bool), site: &Site, lang: Lang) -> Result<Vec<GroupOfPlaces>, Failure> {
    let say = |key: &str, args: &[(&'static str, String)]| site.pages.t(lang, key, args);
    let places = store::list_proposal(tx).await?;
    let prizes = contest_rules::list_prizes(tx).await?;
    let groups = contest_rules::list_groups(tx).await?;
    let row = |p: &Place| PlaceRow {
        code: p.code.clone(),
        rank: p.rank.map(|r| i18n::number(lang, i64::from(r))).unwrap_or_default(),
        mark: p.mark.map(|m| i18n::mark(lang, m)).unwrap_or_default(),
        what: match (p.prize, p.reserve) {
            (Some(id), _) => prizes.iter().find(|z| z.id == id).map(|z| z.name(lang).to_owned()).unwrap_or_default(),
            (None, n) => say("prizes-reserve-n", &[("n", n.unwrap_or_default().to_string())]),
        },
        is_reserve: p.prize.is_none(),
    };
    let plan_row = |z: &contest_rules::Prize| {
        let proposed = places.iter().filter(|p| p.prize == Some(z.id)).count();
        let n = i64::try_from(proposed).unwrap_or_default();
        let level = levels.iter().find(|l| Some(l.ranking_group) == z.ranking_group && l.level == z.level).filter(|l| closed && l.given < l.places);
        let withheld = level.map(|l| {
            let n = ("n", (l.places - l.given).to_string());
            match l.minimum {
                Some(m) if !l.few => say("prizes-withheld-minimum", &[n, ("points", i18n::points(lang, m))]),
                _ => say("prizes-withheld-few", &[n]),
            }
        });
        PlanRow {
            prize: z.name(lang).to_owned(),
            planned: i18n::number(lang, z.places.into()),
            proposed: i18n::number(lang, n),
            compare: PlanRow::compared(n, z.places.into()),
            withheld: withheld.unwrap_or_default(),
        }
    };
    let plan = |g: &contest_rules::RankingGroup| prizes.iter().filter(|z| z.kind == "individual" && z.ranking_group == Some(g.id)).map(plan_row).collect();
    let of_group = |g: &contest_rules::RankingGroup| GroupOfPlaces {
        name: g.name(lang).to_owned(),
        plan: plan(g),
        rows: places.iter().filter(|p| p.ranking_group == g.id).map(row).collect(),
    };
    let gives_none = |g: &contest_rules::RankingGroup| closed && levels.iter().filter(|l| l.ranking_group == g.id).all(|l| l.given == 0);
    let shown = groups.iter().map(|g| (of_group(g), gives_none(g))).filter(|(of, none)| !of.rows.is_empty() || *none && !of.plan.is_empty());
    Ok(shown.map(|(of, _)| of).collect())
}

async fn page_of(proof: &mut Proven<Organizing>) -> Result<(PrizesPage, Facts), Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let (fact, tx) = proof.parts();
    let (tz, action) = (fact.contest.tz(), fact.contest.path("prizes"));
    let (collectives_href, rules_href) = (fact.contest.path("collectives"), fact.contest.path("organizer/rules/holders"));
    let (seal_minutes_href, opening_minutes_href) = (fact.contest.path("minutes/seal"), fact.contest.path("minutes/opening"));
    let facts = store::get_facts(tx).await?;
    let levels = list_levels(tx).await?;
    let groups = groups_of(tx, (&levels, facts.closed), &site, lang).await?;
    let seal = facts.sealed.as_deref().map(hex).unwrap_or_default();
    let page = PrizesPage {
        action,
        stage: word(rules::stage(&facts)).into(),
        open_ties: facts.open_ties,
        proposed: facts.proposed > 0,
        may_seal: facts.proposed > 0 || facts.closed && levels.iter().all(|l| l.given == 0),
        reserves: "3".into(),
        groups,
        seal_last4: seal.get(60..).unwrap_or_default().to_owned(),
        seal,
        sealed_at: facts.sealed_at.map(|at| i18n::instant(lang, at, tz)).unwrap_or_default(),
        collectives_href,
        results_href: fact.contest.path("results"),
        reopening: ReopeningCard { action: fact.contest.path("prizes/reopening"), ..reopening_card(tx, &fact.contest, lang).await? },
        rules_href,
        two_holders: facts.holders == 2,
        seal_minutes_href,
        opening_minutes_href,
        errors: Errors::default(),
    };
    Ok((page, facts))
}

pub async fn show_prizes(mut proof: Proven<Organizing>) -> Result<HttpResponse, Failure> {
    let (page, _) = page_of(&mut proof).await?;
    proof.show(page).await
}

pub async fn propose(Posted { mut proof, form }: Posted<Organizing, ProposeForm>) -> Result<Saved<HttpResponse>, Failure> {
    let wanted = form.reserves.parse::<i32>().ok().filter(|n| (0..=MOST_RESERVES).contains(n));
    let Some(reserves) = wanted else {
        let refusal = Refusal::of("reserves_unusable").with("most", MOST_RESERVES);
        let (mut page, _) = page_of(&mut proof).await?;
        page.errors.add("reserves", proof.sentence(&refusal));
        page.reserves = form.reserves;
        return Err(proof.refuse(refusal.status, page).await);
    };
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("prizes?said=prizes-proposed");
    store::propose(tx, reserves).await?;
    proof.commit(see_other(&back)).await
}

pub async fn seal(Posted { mut proof, form }: Posted<Organizing, Sure>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, _) = page_of(&mut proof).await?;
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("prizes?said=ranking-sealed");
    match form.hold(store::seal(tx).await) {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            page.errors.add("sure", proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

/// The organizer lets the round be opened again, as the chair asked, or does not.
pub async fn answer_reopening(Posted { mut proof, form }: Posted<Organizing, ReopeningForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, _) = page_of(&mut proof).await?;
    let yes = form.act == "confirm";
    let (fact, tx) = proof.parts();
    let back = fact.contest.path(if yes { "prizes?said=round-reopened" } else { "prizes?said=reopening-declined" });
    let outcome = match (form.id, form.act.as_str()) {
        (Some(id), "confirm" | "decline") => store_reopening::answer(tx, id, yes).await,
        _ => Err(Refusal::of("reopening_gone").status(StatusCode::CONFLICT).into()),
    };
    match Sure(form.sure || !yes).hold(outcome) {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let field = if refusal.name == "unconfirmed" { "reopen-sure" } else { "" };
            page.errors.add(field, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
