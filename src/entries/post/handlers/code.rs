//! Another claim code; the one before ends.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::gather::receipt_of;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::post::store;
use crate::platform::failure::Failure;
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Proof, Saved};
use crate::platform::page::{html, see_other};

/// By letter to the author, or on a receipt to print.
pub struct CodeForm {
    by_letter: bool,
}
impl Form for CodeForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        CodeForm { by_letter: f.line("by") == "letter" }
    }
}

pub async fn issue_code(Posted { mut proof, form }: Posted<DeskEntry, CodeForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, site, visitor) = (proof.lang(), proof.site.clone(), proof.visitor.clone());
    let (desk, tx) = proof.parts();
    let id = desk.entry().id;
    let code = store::issue_code(tx, id, form.by_letter).await?;
    if form.by_letter {
        let to = format!("{}?said=code-sent", path_of(desk.contest(), id));
        return proof.commit(see_other(&to)).await;
    }
    let mut page = receipt_of(tx, &site, desk.contest(), (id, &code), lang).await?;
    page.next_href = String::new();
    let body = site.pages.render(&page, &desk.frame(&visitor), &visitor)?;
    proof.commit(html(StatusCode::OK, body)).await
}
