//! The letters of a winner's name or title, as everybody reads them: proposed by an organizer, confirmed by another.
use actix_web::{HttpRequest, HttpResponse};

use super::keyed::{Erring, Keyed, with_password};
use crate::platform::db::{Organizer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Proven, Saved, Sent};
use crate::results::decisions_page::CorrectionPage;
use crate::results::forms::CorrectionForm;
use crate::results::guards::OpenWinner;
use crate::results::store_decisions::{self, Correction};

fn page_of(of: &OpenWinner, form: &CorrectionForm) -> CorrectionPage {
    let (contest, winner) = (&of.there.contest, &of.winner);
    CorrectionPage {
        action: contest.path(&format!("corrections/{}", winner.code)),
        collectives_href: contest.path("collectives"),
        published: contest.published_at.is_some(),
        code: winner.code.clone(),
        was_title: winner.title.clone(),
        was_authors: winner.authors.join(", "),
        title: form.title.clone(),
        authors: form.authors.clone(),
        reason: form.reason.clone(),
        errors: Errors::default(),
    }
}

pub async fn show_correction(mut proof: Proven<OpenWinner>) -> Result<HttpResponse, Failure> {
    let (of, _) = proof.parts();
    let stands = CorrectionForm { title: of.winner.title.clone(), authors: of.winner.authors.join("\n"), ..CorrectionForm::default() };
    let page = page_of(of, &stands);
    proof.show(page).await
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "reason_needed" => "reason",
        "list_title" | "list_same" => "title",
        "list_authors" | "list_count" => "authors",
        _ => "",
    }
}

impl Keyed for CorrectionForm {
    fn password(&self) -> &str {
        &self.password
    }
}
impl Erring for CorrectionPage {
    fn errors(&mut self) -> &mut Errors {
        &mut self.errors
    }
}

/// Under the own password, as it will be confirmed: it writes in what everybody reads.
pub async fn propose_correction(sent: Sent<CorrectionForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let form = &sent.form;
    let act = async |tx: &mut Tx<Organizer>, of: &OpenWinner| {
        let wanted = Correction { code: &of.winner.code, title: &form.title, authors: form.lines(), reason: &form.reason };
        store_decisions::propose_correction(tx, wanted).await?;
        Ok(of.there.contest.path("collectives?said=decision-proposed"))
    };
    let page = async |_: &mut Tx<Organizer>, of: &OpenWinner| Ok(page_of(of, form));
    with_password((&sent, &req), field_of, async |_| Ok(true), act, page).await
}
