//! What an organizer proposes about the results waits here for a second person.
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use super::keyed::{Erring, Keyed, with_password};
use super::unmet::list_unmet;
use crate::contests::Contest;
use crate::contests::rules::{self as contest_rules, Prize, Unit};
use crate::platform::db::{Hat, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Errors;
use crate::platform::guard::{Posted, Proven, Saved, Sent};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::results::decisions_page::{DecisionRow, DecisionsPage};
use crate::results::forms::DecisionForm;
use crate::results::guards::Decider;
use crate::results::store_decisions::{self, Decision};

/// What waits, in the reader's words.
pub async fn rows_of<H: Hat>(tx: &mut Tx<H>, contest: &Contest, lang: Lang) -> Result<Vec<DecisionRow>, Failure> {
    let waiting = store_decisions::list_decisions(tx).await?;
    let (units, prizes) = (contest_rules::list_units(tx).await?, contest_rules::list_prizes(tx).await?);
    Ok(waiting.iter().map(|d| row(d, (&units, &prizes), contest, lang)).collect())
}

fn row(d: &Decision, (units, prizes): (&[Unit], &[Prize]), contest: &Contest, lang: Lang) -> DecisionRow {
    let unit = |id: Uuid| units.iter().find(|u| u.id == id).map(|u| u.name(lang).to_owned());
    let prize = |id: Uuid| prizes.iter().find(|p| p.id == id).map(|p| p.name(lang).to_owned());
    let all = |names: &Option<Vec<String>>| names.as_ref().map(|n| n.join(", ")).unwrap_or_default();
    DecisionRow {
        id: d.id.to_string(),
        kind: d.kind.clone(),
        prize: d.prize.and_then(prize).unwrap_or_default(),
        unit: d.unit.and_then(unit).unwrap_or_default(),
        title: d.title.clone().unwrap_or_default(),
        authors: all(&d.authors),
        was_title: d.was_title.clone().unwrap_or_default(),
        was_authors: all(&d.was_authors),
        reason: d.reason.clone(),
        by: d.proposed_by.clone(),
        at: i18n::moment(lang, d.proposed_at, contest.tz()),
        mine: d.mine,
    }
}

async fn page_of(tx: &mut Tx<Public>, decider: &Decider, lang: Lang) -> Result<DecisionsPage, Failure> {
    let contest = &decider.contest;
    Ok(DecisionsPage {
        confirm_action: contest.path("decisions/confirmation"),
        drop_action: contest.path("decisions/withdrawal"),
        results_href: contest.path("results"),
        collectives_href: if decider.word == "organizer" { contest.path("collectives") } else { String::new() },
        published: contest.published_at.is_some(),
        rows: rows_of(tx, contest, lang).await?,
        unmet: list_unmet(tx, lang).await?,
        errors: Errors::default(),
    })
}

pub async fn show_decisions(mut proof: Proven<Decider>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (decider, tx) = proof.parts();
    let page = page_of(tx, decider, lang).await?;
    proof.show(page).await
}

impl Keyed for DecisionForm {
    fn password_id(&self) -> String {
        self.id.0.map(|id| format!("password-{id}")).unwrap_or_default()
    }
    fn password(&self) -> &str {
        &self.password
    }
}
impl Erring for DecisionsPage {
    fn errors(&mut self) -> &mut Errors {
        &mut self.errors
    }
    fn asks(&self, field: &str) -> bool {
        self.rows.iter().any(|d| d.kind == "correct" && !d.mine && field.strip_prefix("password-") == Some(&d.id))
    }
}

/// What is confirmed is what was read: by its id. Letters of a name, under the own password.
pub async fn confirm_decision(sent: Sent<DecisionForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let id = sent.form.id.0;
    let asked = async |tx: &mut Tx<Public>| Ok(store_decisions::list_decisions(tx).await?.iter().any(|d| Some(d.id) == id && d.kind == "correct"));
    let act = async |tx: &mut Tx<Public>, decider: &Decider| {
        store_decisions::confirm(tx, sent.form.id.or_gone("decision_gone")?).await?;
        Ok(decider.contest.path("decisions?said=decision-confirmed"))
    };
    let page = async |tx: &mut Tx<Public>, decider: &Decider| page_of(tx, decider, sent.visitor.lang).await;
    with_password((&sent, &req), |_| "", asked, act, page).await
}

pub async fn drop_decision(Posted { mut proof, form }: Posted<Decider, DecisionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (decider, tx) = proof.parts();
    let to = decider.contest.path("decisions?said=decision-dropped");
    store_decisions::drop_decision(tx, form.id.0.ok_or(Failure::NotFound)?).await?;
    proof.commit(see_other(&to)).await
}
