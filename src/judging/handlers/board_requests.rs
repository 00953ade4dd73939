//! What judges ask of the chair: listed by code, answered one by one.
use actix_web::HttpResponse;

use super::board::Chairing;
use crate::judging::board_rules;
use crate::judging::request_forms::{AnswerForm, DecisionForm};
use crate::judging::request_pages::{CorrectionCard, ReportCard, RequestsPage};
use crate::judging::store_requests::{self as store, Correction, Report};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n;
use crate::platform::page::see_other;

async fn page_of(proof: &mut Proven<Chairing>) -> Result<RequestsPage, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let contest = &fact.contest;
    let card = |c: &Correction| CorrectionCard {
        id: c.id.to_string(),
        code: c.code.clone(),
        href: contest.path(&format!("chair/papers/{}", c.code)),
        judge: c.judge.clone(),
        third: c.third,
        total: i18n::mark(lang, c.total),
        reason: c.reason.clone(),
        agreed: c.agreed,
        ..CorrectionCard::default()
    };
    let report = |r: &Report| ReportCard {
        id: r.id.to_string(),
        code: r.code.clone(),
        href: contest.path(&format!("chair/papers/{}", r.code)),
        judge: r.judge.clone(),
        kind: r.kind.clone(),
        paragraph: r.paragraph.unwrap_or(0),
        note: r.note.clone(),
        state: r.state.clone(),
        reason: r.reason.clone(),
        answer: r.answer.clone(),
        ..ReportCard::default()
    };
    let (reports, past): (Vec<_>, Vec<_>) = store::list_reports(tx).await?.iter().map(report).partition(|r| r.state == "new");
    Ok(RequestsPage {
        reports,
        past,
        report_action: contest.path("chair/requests/reports"),
        corrections: store::list_corrections(tx).await?.iter().map(card).collect(),
        correction_action: contest.path("chair/requests/corrections"),
        back_href: contest.path("chair"),
        ..RequestsPage::default()
    })
}

pub async fn show_requests(mut proof: Proven<Chairing>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof).await?;
    proof.show(page).await
}

/// The sheet goes back to its judge, or stands.
pub async fn answer_correction(Posted { mut proof, form }: Posted<Chairing, AnswerForm>) -> Result<Saved<HttpResponse>, Failure> {
    let mut page = page_of(&mut proof).await?;
    let (fact, tx) = proof.parts();
    let yes = form.act == "allow";
    let back = fact.contest.path(if yes { "chair/requests?said=correction-allowed" } else { "chair/requests?said=correction-declined" });
    let outcome = match (form.id, form.act.as_str()) {
        (Some(id), "allow" | "decline") => match board_rules::check_reason(&form.reason) {
            // a yes needs no reason
            Err(refusal) if !(yes && form.reason.is_empty()) => Err(refusal.into()),
            _ => store::answer_correction(tx, id, yes, &form.reason).await,
        },
        _ => Err(Refusal::of("form_unreadable").into()),
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let sentence = proof.sentence(&refusal);
            let id = form.id.map(|id| id.to_string()).unwrap_or_default();
            match page.corrections.iter_mut().find(|c| c.id == id) {
                Some(card) => {
                    (card.answer, card.error) = (form.reason, sentence.clone());
                    page.errors.add(&format!("why-{id}"), sentence);
                }
                None => page.errors.add("", sentence),
            }
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

/// Nothing is done about a report, a note of it is kept, or its kind and paragraph go to the desk with the batch.
pub async fn decide_report(Posted { mut proof, form }: Posted<Chairing, DecisionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let mut page = page_of(&mut proof).await?;
    let (fact, tx) = proof.parts();
    let back = fact.contest.path(if form.act == "desk" { "chair/requests?said=report-sent" } else { "chair/requests?said=report-decided" });
    let outcome = match (form.id, form.act.as_str()) {
        (Some(id), "nothing" | "note" | "desk") => match board_rules::check_reason(&form.reason) {
            // only a note has to say something
            Err(refusal) if form.act == "note" || !form.reason.is_empty() => Err(refusal.into()),
            _ => store::decide_report(tx, id, &form.act, &form.reason).await,
        },
        _ => Err(Refusal::of("form_unreadable").into()),
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let sentence = proof.sentence(&refusal);
            let id = form.id.map(|id| id.to_string()).unwrap_or_default();
            match page.reports.iter_mut().find(|r| r.id == id) {
                Some(card) => {
                    (card.reason, card.error) = (form.reason, sentence.clone());
                    page.errors.add(&format!("note-{id}"), sentence);
                }
                None => page.errors.add("", sentence),
            }
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
