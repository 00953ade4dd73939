//! Valid, asked back or refused: each decision names the version it saw.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::gather::{computed, page_of};
use super::texts;
use crate::contests::rules::list_categories;
use crate::entries::desk::checklist;
use crate::entries::desk::filter::{Filter, Place};
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::model::Decision;
use crate::entries::desk::rules::{self, Verdict};
use crate::entries::desk::store::{self, Screening};
use crate::entries::desk::store_kept;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n;
use crate::platform::page::see_other;

/// What the clerk chose.
#[derive(Clone, Default)]
pub struct DecisionForm {
    pub verdict: String,
    pub reason: String,
    /// The version that the page showed.
    pub version: i32,
    /// How many decisions it showed.
    pub decisions: i32,
    /// Conditions ticked.
    pub ticks: Vec<String>,
    /// Days for an answer; empty: until queries close.
    pub days: String,
    /// The text to write into the message.
    pub text: String,
    /// The button pressed asks for the text, not for the decision.
    pub fill: bool,
}
impl Form for DecisionForm {
    const LIMIT: usize = 64 * 1024;
    fn from_fields(f: Fields) -> Self {
        DecisionForm {
            verdict: f.line("verdict"),
            reason: f.text("reason").trim().to_owned(),
            version: f.line("version").parse().unwrap_or(0),
            decisions: f.line("decisions").parse().unwrap_or(0),
            ticks: f.all("tick"),
            days: f.line("days"),
            text: f.line("text"),
            fill: f.line("do") == "fill",
        }
    }
}

/// Writes the decision and goes on to the next entry of the same filter.
pub async fn decide(Posted { mut proof, form }: Posted<DeskEntry, DecisionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let filter = Filter::of(&proof.visitor.query);
    if form.fill {
        return Err(filled(proof, &filter, form).await);
    }
    let (desk, tx) = proof.parts();
    match write(tx, desk, &filter, &form).await {
        Ok(to) => proof.commit(see_other(&to)).await,
        Err(Stop::Refused(field, refusal)) => Err(again(proof, &filter, &form, field, rules::in_the_desks_words(refusal)).await),
        Err(Stop::Failed(e)) => Err(e),
    }
}

/// The page again with a text written into the message; nothing is decided.
async fn filled(mut proof: Proven<DeskEntry>, filter: &Filter, mut form: DecisionForm) -> Failure {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let (desk, tx) = proof.parts();
    let page = async {
        let own = store_kept::list_templates(tx).await?;
        if let Some(text) = texts::text_of(&form.text, &own, desk.contest(), &site.pages, lang) {
            form.reason = if form.reason.is_empty() { text } else { format!("{}\n\n{text}", form.reason) };
        }
        page_of(tx, desk, filter, &form, lang).await
    };
    match page.await {
        Ok(page) => proof.refuse(StatusCode::OK, page).await,
        Err(e) => e,
    }
}

/// Why a decision was not written: a field to mend, or something broken.
enum Stop {
    Refused(&'static str, Refusal),
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(f: Failure) -> Stop {
        match f {
            Failure::Refused(r) => Stop::Refused(if r.name == "reason_needed" { "reason" } else { "verdict" }, r),
            f => Stop::Failed(f),
        }
    }
}

/// Where to go once it is written.
async fn write(tx: &mut Tx<Clerk>, desk: &DeskEntry, filter: &Filter, form: &DecisionForm) -> Result<String, Stop> {
    let verdict = Verdict::parse(&form.verdict).ok_or_else(|| Stop::Refused("verdict", Refusal::of("desk_verdict_needed")))?;
    let reason = rules::reason_of(verdict, &form.reason).map_err(|r| Stop::Refused("reason", r))?;
    let (contest, entry) = (desk.contest(), desk.entry());
    let categories = list_categories(tx).await?;
    let checks = checklist::kept(&computed(tx, desk, &categories).await?, &form.ticks);
    let days = form.days.parse().ok().filter(|d| (1..=90).contains(d));
    let screening = Screening { entry: entry.id, version: form.version, verdict, reason, days, checks };
    let decisions = store::screen(tx, screening).await?;
    // the row is locked: what another clerk wrote since the page was made is counted here; a second press adds none
    if decisions > form.decisions + 1 {
        let others = store::list_decisions(tx, entry.id).await?.into_iter().find(|d| d.by != "me");
        let at = |d: &Decision| i18n::clock(d.at, contest.tz());
        return Err(Stop::Refused("verdict", others.map_or_else(|| rules::decided_meanwhile("", ""), |d| rules::decided_meanwhile(&d.name, &at(&d)))));
    }
    let from = Place::of(entry.number, filter.sorts_by(entry.state_at, entry.due_at));
    let next = store::get_next(tx, &filter.next(), from, entry.id).await?;
    let said = format!("said=screened-{}", verdict.word());
    Ok(match next {
        Some(id) => filter.link(&path_of(contest, id), &said),
        None => filter.link(&contest.path("desk"), &said),
    })
}

/// The entry as it now stands, what was chosen and typed, and why it was not taken.
async fn again(proof: Proven<DeskEntry>, filter: &Filter, form: &DecisionForm, field: &str, refusal: Refusal) -> Failure {
    let (lang, sentence) = (proof.lang(), proof.sentence(&refusal));
    let stands = async |tx: &mut Tx<Clerk>, desk: &DeskEntry| {
        let mut page = page_of(tx, desk, filter, form, lang).await?;
        page.errors.add(field, sentence);
        Ok(page)
    };
    proof.refuse_anew(refusal.status, stands).await
}
