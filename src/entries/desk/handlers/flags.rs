//! A doubt is settled, with a note that says why.
use actix_web::HttpResponse;

use super::decide::DecisionForm;
use super::gather::page_of;
use crate::contests::slug_of;
use crate::entries::desk::filter::Filter;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::store_kept;
use crate::platform::db::{Clerk, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Proof, Proven, Saved};
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
    let (site, visitor, sentence) = (proof.site.clone(), proof.visitor.clone(), proof.sentence(refusal));
    let (key, slug) = (proof.fact().key(), proof.fact().contest().slug.clone());
    drop(proof); // takes everything back; what stands now is read anew
    let shown = async {
        let who = Who::Visitor { session: visitor.session, contest: slug_of(&slug)? };
        let tx: Tx<Clerk> = site.db.open(Mode::Read, &who).await?;
        let desk = DeskEntry::prove(&tx, key).await?;
        let mut page = page_of(&tx, &desk, filter, &DecisionForm::default(), visitor.lang).await?;
        tx.commit().await?;
        match page.flags.iter_mut().find(|f| f.open && f.kind == form.kind) {
            Some(flag) => {
                page.errors.add(&format!("note-{}", flag.kind), sentence.clone());
                flag.note.clone_from(&form.note);
                flag.error = sentence;
            }
            None => page.errors.add("", sentence),
        }
        site.pages.render(&page, &desk.frame(&visitor), &visitor)
    };
    match shown.await {
        Ok(html) => Failure::Page(refusal.status, html),
        Err(e) => e,
    }
}
