//! The letters of a winner's name or title, as everybody reads them: proposed by an organizer, confirmed by another.
use actix_web::HttpResponse;

use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::page::see_other;
use crate::results::decisions_page::CorrectionPage;
use crate::results::forms::CorrectionForm;
use crate::results::guards::OpenWinner;
use crate::results::store_decisions::{self, Correction};

fn page_of(of: &OpenWinner, form: CorrectionForm) -> CorrectionPage {
    let (contest, winner) = (&of.there.contest, &of.winner);
    CorrectionPage {
        action: contest.path(&format!("corrections/{}", winner.code)),
        collectives_href: contest.path("collectives"),
        published: contest.published_at.is_some(),
        code: winner.code.clone(),
        was_title: winner.title.clone(),
        was_authors: winner.authors.join(", "),
        title: form.title,
        authors: form.authors,
        reason: form.reason,
        errors: Errors::default(),
    }
}

pub async fn show_correction(mut proof: Proven<OpenWinner>) -> Result<HttpResponse, Failure> {
    let (of, _) = proof.parts();
    let stands = CorrectionForm { title: of.winner.title.clone(), authors: of.winner.authors.join("\n"), ..CorrectionForm::default() };
    let page = page_of(of, stands);
    proof.show(page).await
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "reason_needed" => "reason",
        "list_title" | "list_same" => "title",
        "list_authors" => "authors",
        _ => "",
    }
}

pub async fn propose_correction(Posted { mut proof, form }: Posted<OpenWinner, CorrectionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (of, tx) = proof.parts();
    let to = of.there.contest.path("collectives?said=decision-proposed");
    let wanted = Correction { code: &of.winner.code, title: &form.title, authors: form.lines(), reason: &form.reason };
    match store_decisions::propose_correction(tx, wanted).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => {
            let mut page = page_of(of, form);
            page.errors.add(field_of(&r), proof.sentence(&r));
            Err(proof.refuse(r.status, page).await)
        }
        Err(e) => Err(e),
    }
}
