//! A closed round opened again: the chair asks, an organizer who is somebody else confirms (`results`, on the prizes' page).
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::board::{Chairing, page_of};
use crate::contests::Contest;
use crate::judging::board_acts_pages::{PastRow, ReopeningCard};
use crate::judging::board_forms::{ExcuseForm, ReopenForm, ReopeningForm};
use crate::judging::board_rules;
use crate::judging::store_reopening as store;
use crate::platform::db::{Hat, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

/// For the chair's page and the organizer's; each sets its own `action`.
pub async fn card_of<H: Hat>(tx: &mut Tx<H>, contest: &Contest, lang: Lang) -> Result<ReopeningCard, Failure> {
    let at = |t| i18n::instant(lang, t, contest.tz());
    let past = store::list_past(tx).await?.into_iter().map(|p| PastRow { closed_at: at(p.closed_at), at: at(p.at), reason: p.reason }).collect();
    let card = ReopeningCard { past, action: contest.path("chair/reopening"), withdraw_action: contest.path("chair/reopening/withdrawal"), ..ReopeningCard::default() };
    Ok(match store::get_asked(tx).await? {
        Some(a) => ReopeningCard { id: a.id.to_string(), asked_by: a.asked_by, asked_reason: a.reason, until: at(a.until), mine: a.mine, ..card },
        None => card,
    })
}

pub async fn ask(Posted { mut proof, form }: Posted<Chairing, ReopenForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, _) = page_of(&mut proof, &ExcuseForm::default()).await?;
    page.reason.clone_from(&form.reason);
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("chair?said=reopening-asked");
    let outcome = match board_rules::check_reason(&form.reason) {
        Ok(()) => store::ask(tx, &form.reason).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            let field = if refusal.name == "board_reason_needed" && !page.closed_at.is_empty() { "reopen-reason" } else { "" };
            page.errors.add(field, proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

/// The chair takes the request back.
pub async fn withdraw(Posted { mut proof, form }: Posted<Chairing, ReopeningForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (mut page, _) = page_of(&mut proof, &ExcuseForm::default()).await?;
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("chair?said=reopening-withdrawn");
    let outcome = match form.id {
        Some(id) => store::withdraw(tx, id).await,
        None => Err(Refusal::of("reopening_gone").status(StatusCode::CONFLICT).into()),
    };
    match outcome {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => {
            page.errors.add("", proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}
