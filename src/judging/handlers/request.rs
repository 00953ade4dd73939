//! What a judge asks of the chair about an own paper.
use actix_web::HttpResponse;

use super::sheet::Gathered;
use crate::judging::guards::AssignedJudge;
use crate::judging::request_forms::{CorrectionForm, ReportForm};
use crate::judging::rules;
use crate::judging::shown::Shown;
use crate::judging::{store as sheets, store_requests as store};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Errors, is_reason};
use crate::platform::guard::{Posted, Saved};
use crate::platform::page::see_other;

/// The own sheet stands until the chair allows it to be corrected.
pub async fn ask_correction(Posted { mut proof, form }: Posted<AssignedJudge, CorrectionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, shown) = (proof.lang(), Shown::of(&proof.visitor.query));
    let (judge, tx) = proof.parts();
    let mut page = Gathered::read(tx, judge, shown).await?.page(judge, None, Errors::default(), lang);
    let outcome = match is_reason(&form.reason) {
        false => Err(Refusal::of("correction_reason").into()),
        true => store::ask_correction(tx, judge.code(), &form.reason).await,
    };
    match outcome {
        Ok(()) => {
            let back = shown.keep(&judge.path("?said=correction-asked"));
            proof.commit(see_other(&back)).await
        }
        Err(Failure::Refused(refusal)) => {
            let field = if refusal.name == "correction_reason" { "correction" } else { "" };
            page.errors.add(field, proof.sentence(&refusal));
            if page.correction.state.is_empty() {
                page.correction.reason = form.reason;
            }
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

/// A problem with the paper goes to the chair. What was typed on the mark sheet beside it is kept as a draft.
pub async fn report(Posted { mut proof, form }: Posted<AssignedJudge, ReportForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, shown) = (proof.lang(), Shown::of(&proof.visitor.query));
    let (judge, tx) = proof.parts();
    let typed = (!judge.is_marked()).then_some(&form.typed);
    let mut page = Gathered::read(tx, judge, shown).await?.page(judge, typed, Errors::default(), lang);
    let mut wrong = typed.map(rules::check_texts).unwrap_or_default();
    match rules::check_report(&form.report, page.paragraphs.len()) {
        Err(more) => wrong.extend(more),
        Ok(paragraph) if wrong.is_empty() => {
            if let Some(typed) = typed {
                sheets::save_draft(tx, judge.code(), typed).await?;
            }
            match store::report(tx, judge.code(), &form.report.kind, paragraph, &form.report.note).await {
                Ok(()) => {
                    let back = shown.keep(&judge.path("?said=paper-reported"));
                    return proof.commit(see_other(&back)).await;
                }
                Err(Failure::Refused(refusal)) => wrong.push((String::new(), refusal)),
                Err(e) => return Err(e),
            }
        }
        Ok(_) => {}
    }
    let status = wrong.first().map(|(_, r)| r.status).unwrap_or_default();
    for (field, refusal) in &wrong {
        page.errors.add(field, proof.sentence(refusal));
    }
    (page.report.kind, page.report.paragraph, page.report.note, page.report.open) = (form.report.kind, form.report.paragraph, form.report.note, true);
    Err(proof.refuse(status, page).await)
}
