//! An entry that is cut: struck out with a reason, or withdrawn because its contestant asked.
use actix_web::HttpResponse;

use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::pages::AfterCutPage;
use crate::entries::desk::rules::{self, Verdict};
use crate::entries::desk::{store, store_after_cut, store_kept};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Nothing, Posted, Proven, Saved, Sure};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

/// Why it is struck out, and that it is meant.
pub struct StrikingForm {
    reason: String,
    sure: Sure,
}
impl Form for StrikingForm {
    const LIMIT: usize = 64 * 1024;
    fn from_fields(f: Fields) -> Self {
        StrikingForm { reason: f.text("reason").trim().to_owned(), sure: Sure(f.line("sure") == "yes") }
    }
}

/// The page of an entry that is cut. Errors: not found where it never was.
async fn page_of(tx: &Tx<Clerk>, desk: &DeskEntry, lang: Lang) -> Result<AfterCutPage, Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    if !entry.cut {
        return Err(Failure::NotFound);
    }
    let version = store::get_version(tx, entry.id, entry.version).await?.ok_or(Failure::NotFound)?;
    let asked = store_kept::list_flags(tx, entry.id).await?.into_iter().find(|f| f.kind == "withdrawal-asked" && f.settled_at.is_none());
    let own = path_of(contest, entry.id);
    Ok(AfterCutPage {
        number: i18n::number(lang, entry.number.into()),
        title: version.title.clone(),
        action: format!("{own}/after-cut"),
        back_href: own,
        // what nobody can grant any more is not asked for here
        asked_at: asked.filter(|_| !entry.sealed).map(|f| i18n::moment(lang, f.raised_at, contest.tz())).unwrap_or_default(),
        locked: rules::choices(contest, entry, &version).locked.filter(|l| *l != "cut").unwrap_or_default().to_owned(),
        ..AfterCutPage::default()
    })
}

pub async fn show_after_cut(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let page = page_of(tx, desk, lang).await?;
    proof.show(page).await
}

pub async fn strike_out(Posted { mut proof, form }: Posted<DeskEntry, StrikingForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let page = AfterCutPage { reason: form.reason.clone(), ..page_of(tx, desk, lang).await? };
    let written = match rules::reason_of(Verdict::Refused, &form.reason) {
        Ok(reason) => form.sure.hold(store_after_cut::strike_out(tx, desk.entry().id, reason).await),
        Err(refusal) => Err(refusal.into()),
    };
    let to = format!("{}?said=entry-struck-out", path_of(desk.contest(), desk.entry().id));
    finish(proof, page, written, &to).await
}

pub async fn grant_withdrawal(Posted { mut proof, .. }: Posted<DeskEntry, Nothing>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let page = page_of(tx, desk, lang).await?;
    let written = store_after_cut::grant_withdrawal(tx, desk.entry().id).await;
    let to = format!("{}?said=withdrawal-granted", path_of(desk.contest(), desk.entry().id));
    finish(proof, page, written, &to).await
}

/// On, or the page again with what was typed and why it was not taken.
async fn finish(proof: Proven<DeskEntry>, mut page: AfterCutPage, written: Result<(), Failure>, to: &str) -> Result<Saved<HttpResponse>, Failure> {
    match written {
        Ok(()) => proof.commit(see_other(to)).await,
        Err(Failure::Refused(refusal)) => {
            let refusal = rules::in_the_desks_words(refusal);
            page.errors.add(field_of(&refusal), proof.sentence(&refusal));
            Err(proof.refuse(refusal.status, page).await)
        }
        Err(e) => Err(e),
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "desk_reason_needed" | "desk_reason_long" => "reason",
        "unconfirmed" => "sure",
        _ => "",
    }
}
