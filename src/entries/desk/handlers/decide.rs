//! Valid, asked back or refused: each decision names the version it saw.
use actix_web::HttpResponse;

use super::show::page_of;
use crate::contests::slug_of;
use crate::entries::desk::filter::Filter;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::rules::{self, Verdict};
use crate::entries::desk::store;
use crate::platform::db::{Clerk, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Proof, Proven, Saved};
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
}
impl Form for DecisionForm {
    const LIMIT: usize = 64 * 1024;
    fn from_fields(f: Fields) -> Self {
        DecisionForm {
            verdict: f.line("verdict"),
            reason: f.text("reason").trim().to_owned(),
            version: f.line("version").parse().unwrap_or(0),
            decisions: f.line("decisions").parse().unwrap_or(0),
        }
    }
}

/// Writes the decision and goes on to the next entry of the same filter.
pub async fn decide(Posted { mut proof, form }: Posted<DeskEntry, DecisionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let filter = Filter::of(&proof.visitor.query);
    let (desk, tx) = proof.parts();
    match write(tx, desk, &filter, &form).await {
        Ok(to) => proof.commit(see_other(&to)).await,
        Err(Stop::Refused(field, refusal)) => Err(again(proof, &filter, &form, field, rules::in_the_desks_words(refusal)).await),
        Err(Stop::Failed(e)) => Err(e),
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
    let decisions = store::screen(tx, entry.id, form.version, verdict, reason).await?;
    // the row is locked: what another clerk wrote since the page was made is counted here; a second press adds none
    if decisions > form.decisions + 1 {
        return Err(Stop::Refused("verdict", rules::decided_meanwhile()));
    }
    let next = store::get_next(tx, &filter.next(), entry.number.saturating_add(1), entry.id).await?;
    let said = format!("said=screened-{}", verdict.word());
    Ok(match next {
        Some(id) => filter.link(&path_of(contest, id), &said),
        None => filter.link(&contest.path("desk"), &said),
    })
}

/// The entry as it now stands, what was chosen and typed, and why it was not taken.
async fn again(proof: Proven<DeskEntry>, filter: &Filter, form: &DecisionForm, field: &str, refusal: Refusal) -> Failure {
    let (site, visitor, sentence) = (proof.site.clone(), proof.visitor.clone(), proof.sentence(&refusal));
    let (key, slug) = (proof.fact().key(), proof.fact().contest().slug.clone());
    drop(proof); // takes everything back; what stands now is read anew
    let shown = async {
        let who = Who::Visitor { session: visitor.session, contest: slug_of(&slug)? };
        let mut tx: Tx<Clerk> = site.db.open(Mode::Read, &who).await?;
        let desk = DeskEntry::prove(&tx, key).await?;
        let mut page = page_of(&mut tx, &desk, filter, form, visitor.lang).await?;
        tx.commit().await?;
        page.errors.add(field, sentence);
        site.pages.render(&page, &desk.frame(&visitor), &visitor)
    };
    match shown.await {
        Ok(html) => Failure::Page(refusal.status, html),
        Err(e) => e,
    }
}
