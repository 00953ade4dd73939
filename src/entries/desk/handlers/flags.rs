//! A doubt is settled, with a note that says why.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::decide::DecisionForm;
use super::gather::page_of;
use crate::entries::desk::filter::{Filter, by_answer};
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::store_kept;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::page::see_other;

/// Which doubt, and why it is none.
pub struct SettleForm {
    kind: String,
    note: String,
}
impl Form for SettleForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        SettleForm { kind: f.line("kind"), note: f.line("note") }
    }
}

const LONGEST: usize = 500;

pub async fn settle(Posted { mut proof, form }: Posted<DeskEntry, SettleForm>) -> Result<Saved<HttpResponse>, Failure> {
    let filter = Filter::of(&proof.visitor.query);
    let (desk, tx) = proof.parts();
    let to = filter.link(&path_of(desk.contest(), desk.entry().id), "said=flag-settled");
    let written = match form.note.chars().count() {
        _ if by_answer(&form.kind, desk.entry().sealed) => Err(Refusal::of("flag_by_answer").status(StatusCode::CONFLICT).into()),
        n if n > LONGEST => Err(Refusal::of("flag_note_long").with("max", LONGEST).into()),
        _ => store_kept::settle_flag(tx, desk.entry().id, &form.kind, &form.note).await,
    };
    match written {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => Err(again(proof, &filter, &form, &refusal).await),
        Err(e) => Err(e),
    }
}

/// The entry as it stands, what was typed, and why it was not taken.
async fn again(proof: Proven<DeskEntry>, filter: &Filter, form: &SettleForm, refusal: &Refusal) -> Failure {
    let (lang, sentence) = (proof.lang(), proof.sentence(refusal));
    let stands = async |tx: &mut Tx<Clerk>, desk: &DeskEntry| {
        let mut page = page_of(tx, desk, filter, &DecisionForm::default(), lang).await?;
        match page.flags.iter_mut().find(|f| f.open && f.kind == form.kind) {
            Some(flag) => {
                page.errors.add(&format!("note-{}", flag.kind), sentence.clone());
                flag.note.clone_from(&form.note);
                flag.error = sentence;
            }
            None => page.errors.add("", sentence),
        }
        Ok(page)
    };
    proof.refuse_anew(refusal.status, stands).await
}
