//! The letters of a winner's name or title, as everybody reads them: proposed by an organizer, confirmed by another.
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::keyed::{Erring, Keyed, always, with_password};
use crate::contests::Wearing;
use crate::platform::db::{Organizer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Proven, Saved, Sent};
use crate::results::decisions_page::CorrectionPage;
use crate::results::forms::CorrectionForm;
use crate::results::guards::OpenWinner;
use crate::results::pages::Overtaken;
use crate::results::store_decisions::{self, Correction};
use crate::results::store_strikes;

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
        ..CorrectionPage::default()
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
    fn asks(&self, _: &str) -> bool {
        !self.gone
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
    match with_password((&sent, &req), field_of, always, act, page).await {
        Err(Failure::NotFound) => Err(struck_meanwhile(form, &req).await),
        other => other,
    }
}

/// A paper that was struck out while its correction was typed: what was typed stands on the page. Any other is not found.
async fn struck_meanwhile(form: &CorrectionForm, req: &HttpRequest) -> Failure {
    let mut proof = match Proven::<Wearing<Organizer>>::of(req.clone()).await {
        Ok(proof) => proof,
        Err(e) => return e,
    };
    let code = req.match_info().query("code");
    let (there, tx) = proof.parts();
    let collectives_href = there.contest.path("collectives");
    match store_strikes::list_struck_out(tx).await {
        Ok(struck) if struck.iter().any(|s| s.code == code) => {}
        Ok(_) => return Failure::NotFound,
        Err(e) => return e,
    }
    let refusal = Refusal::of("correction_struck").status(StatusCode::CONFLICT);
    let typed = [("correct-title", &form.title), ("correct-authors", &form.authors), ("collectives-reason", &form.reason)];
    let mut page = CorrectionPage { collectives_href, gone: true, overtaken: Overtaken::lines(typed), ..CorrectionPage::default() };
    page.errors.add("", proof.sentence(&refusal));
    proof.refuse(refusal.status, page).await
}
