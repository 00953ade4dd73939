//! What was reported of an entry's text is answered with a word; nobody here knows under which code it is read, or by whom.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::text::read;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::store_reports as store;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Saved};
use crate::platform::page::see_other;

/// Which report, and the answer.
pub struct ReportForm {
    id: Option<Uuid>,
    word: String,
}
impl Form for ReportForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        ReportForm { id: f.line("report").parse().ok(), word: f.line("do") }
    }
}

pub async fn answer_report(Posted { mut proof, form }: Posted<DeskEntry, ReportForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let (mut page, _) = read(tx, desk, lang).await?;
    let back = format!("{}/text?said=report-answered", path_of(desk.contest(), desk.entry().id));
    let outcome = match form.id {
        Some(id) => store::answer(tx, desk.entry().id, id, &form.word).await,
        None => Err(Refusal::of("report_answered").status(StatusCode::CONFLICT).into()),
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
