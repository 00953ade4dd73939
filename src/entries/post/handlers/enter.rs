//! An envelope is written down; what was written is written once more.
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use super::gather::{Desk, receipt_of};
use crate::contests::{Wearing, slug_of};
use crate::documents::read_in_child;
use crate::entries::desk::guards::{DeskEntry, DeskKey, path_of};
use crate::entries::desk::rules::in_the_desks_words;
use crate::entries::forms::Act;
use crate::entries::handlers::gather::errors_of;
use crate::entries::post::forms::{Kept, PostForm};
use crate::entries::post::rules::{self, Rules, Sheet};
use crate::entries::post::store::{self, Ids, ReadFile};
use crate::entries::rules::Wrong;
use crate::platform::db::{Clerk, Hat, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Errors, Lost, Upload};
use crate::platform::guard::{Proof, Proven, Saved, Sent};
use crate::platform::page::{html, see_other};
use crate::platform::site::Site;
use crate::platform::visitor::Visitor;

type Shown = Result<HttpResponse, Failure>;
type Done = Result<Saved<HttpResponse>, Failure>;

/// `?postmark=…&arrived=…&category=…&unit=…`: what stays of the envelope before.
pub async fn show_new(mut proof: Proven<Wearing<Clerk>>) -> Shown {
    let (lang, kept) = (proof.lang(), Kept::of(&proof.visitor.query));
    let (fact, tx) = proof.parts();
    let desk = Desk::read(tx, fact.contest.clone(), None).await?;
    let (typed, envelope) = desk.begun(kept);
    let page = desk.page((&typed, &envelope), (Uuid::now_v7(), Uuid::now_v7()), false, lang, Errors::default());
    proof.show(page).await
}

pub async fn show_again(mut proof: Proven<DeskEntry>) -> Shown {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let id = fact.entry().id;
    let desk = Desk::read(tx, fact.contest().clone(), Some(fact.entry().clone())).await?;
    let (typed, envelope) = desk.begun(Kept::default());
    let page = desk.page((&typed, &envelope), (id, Uuid::now_v7()), false, lang, Errors::default());
    proof.show(page).await
}

/// Who asks, of which contest, about which entry (none: a new one).
struct Asked {
    who: Who,
    key: Option<DeskKey>,
}

impl Asked {
    fn of(req: &HttpRequest, visitor: &Visitor) -> Result<Asked, Failure> {
        let key = req.match_info().get("id").map(|_| DeskKey::of(req));
        Ok(Asked { who: Who::Visitor { session: visitor.session, contest: slug_of(req.match_info().query("slug"))? }, key })
    }
    /// Proven in a transaction of its own kind.
    async fn open(&self, site: &Site, mode: Mode) -> Result<(Desk, Tx<Clerk>), Failure> {
        let key = self.key.clone();
        let (tx, (contest, entry)) = site
            .db
            .enter(mode, &self.who, async |tx: &Tx<Clerk>| match key {
                Some(key) => DeskEntry::prove(tx, key).await.map(|d| (d.contest().clone(), Some(d.entry().clone()))),
                None => Wearing::<Clerk>::in_contest(tx).await.map(|w| (w.contest, None)),
            })
            .await?;
        let desk = Desk::read(&tx, contest, entry).await?;
        Ok((desk, tx))
    }
}

/// Both forms. The file is read first, in its child, and stored; then all is written in one transaction. The answer to a new
/// envelope is its receipt itself: the code on it is told this once.
pub async fn enter(sent: Sent<PostForm>, req: HttpRequest) -> Done {
    let asked = Asked::of(&req, &sent.visitor)?;
    let (desk, tx) = asked.open(&sent.site, Mode::Read).await?;
    tx.commit().await?;
    let (form, ids) = (&sent.form, ids_of(&sent.form, &desk));
    if form.typed.act != Act::Submit {
        return Err(page_again(&sent, &desk, ids, &[]));
    }
    let (sheet, file) = match checked(&sent.site, form, &desk).await? {
        Ok(found) => found,
        Err(wrong) => return Err(page_again(&sent, &desk, ids, &wrong)),
    };
    let (desk, mut tx) = asked.open(&sent.site, Mode::Write).await?;
    let ids = Ids { seen: form.seen, ..ids };
    let entered = match store::enter(&mut tx, ids, &sheet, file.as_ref()).await {
        Ok(entered) => entered,
        Err(Failure::Refused(r)) => {
            tx.rollback().await;
            return Err(page_again(&sent, &desk, ids, &[(field_of(&r).to_owned(), in_words(r))]));
        }
        Err(e) => return Err(e),
    };
    if desk.old.is_some() {
        let to = format!("{}?said=post-written", path_of(&desk.contest, ids.entry));
        return Saved::after(tx, see_other(&to)).await;
    }
    let page = receipt_of(&tx, &sent.site, &desk.contest, (ids.entry, &entered.code.unwrap_or_default()), sent.visitor.lang).await?;
    let body = sent.site.pages.render(&page, &desk.contest.frame(Clerk::WORD, &sent.visitor), &sent.visitor)?;
    Saved::after(tx, html(StatusCode::OK, body)).await
}

fn ids_of(form: &PostForm, desk: &Desk) -> Ids {
    let entry = desk.old.as_ref().map_or_else(|| form.entry.unwrap_or_else(Uuid::now_v7), |o| o.entry.id);
    Ids { entry, version: form.typed.version.unwrap_or_else(Uuid::now_v7), seen: form.seen }
}

/// The sheet and its file, read and stored; or everything that is wrong.
async fn checked(site: &Site, form: &PostForm, desk: &Desk) -> Result<Result<(Sheet, Option<ReadFile>), Vec<Wrong>>, Failure> {
    let rules = Rules { contest: &desk.contest, categories: &desk.categories, units: &desk.units, asked: &desk.asked };
    let lost = form.upload_lost.map(|lost| match lost {
        Lost::TooLarge => Refusal::of("file_large"),
        Lost::NoRoom => Refusal::of("store_unavailable").status(StatusCode::SERVICE_UNAVAILABLE),
    });
    match (rules::check(form, &rules), lost) {
        (Ok(sheet), None) => match &form.upload {
            Some(upload) => Ok(read(site, upload).await?.map(|file| (sheet, Some(file)))),
            None => Ok(Ok((sheet, None))),
        },
        (checked, lost) => {
            // a browser does not send a file once more: it has to be chosen again
            let chosen = form.upload.as_ref().map(|_| Refusal::of("file_again"));
            Ok(Err(checked.err().unwrap_or_default().into_iter().chain(lost.or(chosen).map(|r| ("file".to_owned(), r))).collect()))
        }
    }
}

async fn read(site: &Site, upload: &Upload) -> Result<Result<ReadFile, Vec<Wrong>>, Failure> {
    let bytes = upload.read().await.map_err(Failure::broken)?;
    let reading = match read_in_child(&site.exe, bytes.clone()).await {
        Ok(reading) => reading,
        Err(_) => return Ok(Err(vec![("file".to_owned(), Refusal::of("post_file_unreadable"))])),
    };
    let storage_key = site.store.put(bytes).await?;
    Ok(Ok(ReadFile { storage_key, name: upload.name.clone(), bytes: upload.bytes, sha256: upload.sha256, reading }))
}

/// The desk's own sentence.
fn in_words(refusal: Refusal) -> Refusal {
    match refusal.name {
        "limit_per_category" | "limit_overall" => Refusal { name: "post_limit", ..refusal },
        _ => in_the_desks_words(refusal),
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "limit_per_category" | "limit_overall" => "category",
        "arrival_future" => "arrived",
        "postmark_after_arrival" => "postmark",
        _ => "",
    }
}

/// The form again: everything typed, and what to mend.
fn page_again(sent: &Sent<PostForm>, desk: &Desk, ids: Ids, wrong: &[Wrong]) -> Failure {
    let status = match wrong.first() {
        Some((_, r)) => r.status,
        None => StatusCode::OK,
    };
    let (form, more) = (&sent.form, sent.form.typed.act == Act::MoreAuthors);
    let errors = errors_of(wrong, |r| sent.t(&r.key(), &r.args));
    let page = desk.page((&form.typed, &form.envelope), (ids.entry, ids.version), more, sent.visitor.lang, errors);
    let frame = desk.contest.frame(Clerk::WORD, &sent.visitor);
    match sent.site.pages.render(&page, &frame, &sent.visitor) {
        Ok(html) => Failure::Page(status, html),
        Err(e) => e,
    }
}
