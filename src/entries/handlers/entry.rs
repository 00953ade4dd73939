//! The form of an entry: shown, saved by itself, submitted, withdrawn.
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::join;
use uuid::Uuid;

use super::gather::{Facts, Gathered, errors_of};
use super::{conflict, resume};
use crate::contests::slug_of;
use crate::entries::actions::{self, Stored, newer, refuse_locked};
use crate::entries::forms::{Act, EntryForm, Typed};
use crate::entries::guards::{EntryKey, OwnEntry};
use crate::entries::pages::EntryPage;
use crate::entries::repair::handlers::own_card;
use crate::entries::rules::{self, Wrong};
use crate::entries::{store, store_form};
use crate::platform::db::{Contestant, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Errors, Lost, Upload};
use crate::platform::guard::{Nothing, Posted, Proof, Proven, Saved, Sent};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Done = Result<Saved<HttpResponse>, Failure>;

/// `?more=1` shows one more author.
pub async fn show_entry(mut proof: Proven<OwnEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let more = proof.visitor.query.contains("more=1");
    let (own, tx) = proof.parts();
    let (gathered, typed) = Gathered::read(tx, own).await?;
    let repair = own_card(tx, own, &gathered.rules.categories, lang).await?;
    let page = gathered.page(own, &typed, more, lang, Errors::default()).with_repair(repair);
    proof.show(page).await
}

/// What the buttons of the form do. The file is stored and read first, outside any transaction; then it is attached and the draft
/// saved, whatever else is asked; then, for the main button, the entry is submitted: one transaction for all of it. The reading is
/// written behind it, by the reader. Whoever is signed out meanwhile signs in with everything typed.
pub async fn write_entry(sent: Sent<EntryForm>, req: HttpRequest) -> Done {
    let key = EntryKey::of(&req);
    let who = Who::Visitor { session: sent.visitor.session, contest: slug_of(req.match_info().query("slug"))? };
    let Sent { form, visitor, site, address } = sent;
    let EntryForm { mut typed, upload, upload_lost } = form;
    let had_file = upload.is_some() || upload_lost.is_some();
    let sent = Sent { form: (), visitor, site, address };
    match take(&sent, &who, &key, (&mut typed, upload, upload_lost)).await {
        Err(Failure::SignInFirst) => Err(resume::ask(&sent, &typed, had_file)),
        done => done,
    }
}

async fn take(sent: &Sent<()>, who: &Who, key: &EntryKey, (typed, upload, upload_lost): (&mut Typed, Option<Upload>, Option<Lost>)) -> Done {
    let mut wrong: Vec<Wrong> = vec![];
    match upload_lost {
        Some(Lost::TooLarge) => wrong.push(("file".into(), Refusal::of("file_large"))),
        Some(Lost::NoRoom) => wrong.push(("file".into(), Refusal::of("store_unavailable").status(StatusCode::SERVICE_UNAVAILABLE))),
        None => {}
    }
    let mut file = None;
    if let Some(upload) = upload {
        match actions::store_file(&sent.site, who, key.clone(), (typed.revision, upload)).await {
            Ok(stored) => (typed.use_file, file) = (true, Some(stored)),
            Err(Failure::Refused(r)) => wrong.push(("file".into(), r)),
            Err(e) => return Err(e),
        }
    }
    let (own, mut tx) = actions::prove(&sent.site, who, Mode::Write, key.clone()).await?;
    match write(&mut tx, &own, (typed, file.as_ref()), wrong).await {
        Ok(to) => {
            let saved = Saved::after(tx, see_other(&to)).await?;
            keep_reading(sent, file).await;
            Ok(saved)
        }
        Err(Stop::Failed(e)) => {
            tx.rollback().await;
            Err(e)
        }
        // the draft is kept, and the page says what to mend
        Err(Stop::Mend(wrong)) => {
            tx.commit().await?;
            keep_reading(sent, file).await;
            Err(again(sent, who, key.clone(), typed, &wrong).await)
        }
        // Postgres took everything back: the draft is saved once more, in a transaction of its own
        Err(Stop::Refused(refusal)) => {
            tx.rollback().await;
            let (own, tx) = actions::prove(&sent.site, who, Mode::Write, key.clone()).await?;
            if refuse_locked(&own).is_ok() {
                // a newer one stands, and stays
                if let Some(file) = &file {
                    store::attach(&tx, (own.entry().id, typed.revision), file).await?;
                }
                store::save_draft(&tx, own.entry().id, typed).await?;
            }
            tx.commit().await?;
            keep_reading(sent, file).await;
            Err(again(sent, who, key.clone(), typed, &[(field_of(&refusal).to_owned(), refusal)]).await)
        }
    }
}

/// Of a file that became the draft's; where it did not, there is no row to write to.
async fn keep_reading(sent: &Sent<()>, file: Option<Stored>) {
    if let Some(file) = file {
        file.reading.keep(&sent.site, file.id).await;
    }
}

/// Why a press of a button did not go through.
enum Stop {
    /// Things to mend; the transaction is good.
    Mend(Vec<Wrong>),
    /// Refused by the database; the transaction is not.
    Refused(Refusal),
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(f: Failure) -> Stop {
        match f {
            Failure::Refused(r) => Stop::Refused(r),
            f => Stop::Failed(f),
        }
    }
}

/// Where to go once all is written.
async fn write(tx: &mut Tx<Contestant>, own: &OwnEntry, (typed, file): (&Typed, Option<&Stored>), wrong: Vec<Wrong>) -> Result<String, Stop> {
    let id = own.entry().id;
    if let Err(locked) = refuse_locked(own) {
        return if is_received(tx, id, typed).await? { Ok(own.path("receipt")) } else { Err(Stop::Refused(locked)) };
    }
    if typed.act == Act::Take {
        store_form::keep_typed(tx, id, typed).await?;
        return Ok(own.path("?said=draft-taken"));
    }
    if let Some(file) = file
        && !store::attach(tx, (id, typed.revision), file).await?
    {
        // both presses at once, with the file: this one waited for the first
        return if is_received(tx, id, typed).await? { Ok(own.path("receipt")) } else { Err(Stop::Refused(newer())) };
    }
    let facts = async {
        match typed.act {
            Act::Submit => Facts::read(tx, own, file).await.map(Some),
            _ => Ok(None),
        }
    };
    let (received, saved, facts) = join!(is_received(tx, id, typed), actions::save_draft(tx, id, typed), facts);
    // A second press of the main button: the draft moved on with the first one, and the answer is the first one's.
    if received? {
        return Ok(own.path("receipt"));
    }
    match saved {
        Ok(_) => {}
        // both presses at once: this one waited for the first
        Err(_) if is_received(tx, id, typed).await? => return Ok(own.path("receipt")),
        Err(Failure::Refused(r)) => return Err(Stop::Mend(vec![(field_of(&r).to_owned(), r)])),
        Err(e) => return Err(Stop::Failed(e)),
    }
    if !wrong.is_empty() {
        return Err(Stop::Mend(wrong));
    }
    match typed.act {
        Act::Save | Act::Take => Ok(own.path("?said=draft-saved")),
        Act::Preview => Ok(own.path("preview")),
        Act::ForOther => Ok(format!("{}#name_1", own.path(""))),
        Act::DropAuthor => Ok(format!("{}#phach", own.path(""))),
        Act::MoreAuthors => Ok(own.path(&format!("?more=1#name_{}", typed.authors.len() + 1))),
        Act::RemoveFile => {
            store::remove_file(tx, id).await?;
            Ok(own.path("?said=file-removed"))
        }
        Act::Submit => {
            let facts = facts?.ok_or_else(|| Stop::Failed(Failure::broken("submitted without its facts")))?;
            let submission = rules::check(typed, &facts.rules, facts.attachment.as_ref()).map_err(Stop::Mend)?;
            let version = typed.version.ok_or_else(|| Stop::Mend(vec![(String::new(), Refusal::of("form_unreadable"))]))?;
            store::submit(tx, id, version, &submission).await?;
            Ok(own.path("receipt?said=entry-received"))
        }
    }
}

async fn is_received(tx: &Tx<Contestant>, entry: Uuid, typed: &Typed) -> Result<bool, Failure> {
    match typed.version {
        Some(version) if typed.act == Act::Submit => store::is_received(tx, entry, version).await,
        _ => Ok(false),
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "limit_per_category" | "limit_overall" => "category",
        "text_too_long" => "text",
        _ => "",
    }
}

/// The form again: everything typed, and what to mend.
async fn again(sent: &Sent<()>, who: &Who, key: EntryKey, typed: &Typed, wrong: &[Wrong]) -> Failure {
    let shown = async {
        let (own, mut tx) = actions::prove(&sent.site, who, Mode::Read, key).await?;
        let page = page_again(&mut tx, &own, typed, (wrong, sent)).await?;
        tx.commit().await?;
        sent.site.pages.render(&page, &own.frame(&sent.visitor), &sent.visitor)
    };
    match shown.await {
        Ok(html) => Failure::Page(status_of(wrong), html),
        Err(e) => e,
    }
}

pub(super) fn status_of(wrong: &[Wrong]) -> StatusCode {
    wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status)
}

/// What was typed stands; the revision is the stored one, so that the next press counts. Where another device's draft stands,
/// both are shown, and the next press keeps the other's text beside this one.
pub(super) async fn page_again<F>(tx: &mut Tx<Contestant>, own: &OwnEntry, typed: &Typed, (wrong, sent): (&[Wrong], &Sent<F>)) -> Result<EntryPage, Failure> {
    let lang = sent.visitor.lang;
    let (gathered, stored) = Gathered::read(tx, own).await?;
    let newer = wrong.iter().any(|(_, r)| r.name == "draft_newer");
    let shown = Typed { revision: stored.revision, over: if newer { stored.revision } else { 0 }, ..typed.clone() };
    let errors = errors_of(wrong, |r| sent.t(&r.key(), &printable(lang, &r.args)));
    let page = gathered.page(own, &shown, false, lang, errors);
    let conflict = newer.then(|| conflict::of(own.contest(), &stored, typed, lang));
    let mut repair = own_card(tx, own, &gathered.rules.categories, lang).await?;
    if let Some(card) = repair.as_mut().filter(|_| typed.repairs) {
        (card.typed, card.by_file) = (typed.text.clone(), false);
    }
    let text = if typed.repairs && repair.is_some() { stored.text } else { page.text };
    Ok(EntryPage { unsaved: newer, conflict, text, ..page }.with_repair(repair))
}

/// Thousands parted, but of a year; smaller numbers stay, so that they choose their plural.
fn printable(lang: Lang, args: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let print = |v: &String| v.parse::<i64>().ok().filter(|n| *n >= 1_000).map_or_else(|| v.clone(), |n| i18n::number(lang, n));
    args.iter().map(|(k, v)| (*k, if *k == "year" { v.clone() } else { print(v) })).collect()
}

/// The form saves itself: 204 with the new revision, or 409 where another window was quicker.
pub async fn save_draft(Posted { mut proof, form }: Posted<OwnEntry, EntryForm>) -> Done {
    let (own, tx) = proof.parts();
    refuse_locked(own)?;
    let revision = actions::save_draft(tx, own.entry().id, &form.typed).await?;
    // the hour is the database's: the page tells by it when it was saved and what time is left
    let now = HeaderValue::from_str(&own.contest().now.to_rfc3339()).map_err(Failure::broken)?;
    let mut answer = HttpResponse::NoContent().finish();
    answer.headers_mut().insert(HeaderName::from_static("x-revision"), HeaderValue::from(revision));
    answer.headers_mut().insert(HeaderName::from_static("x-now"), now);
    proof.commit(answer).await
}

pub async fn delete(Posted { mut proof, .. }: Posted<OwnEntry, Nothing>) -> Done {
    let (own, tx) = proof.parts();
    store::delete_draft(tx, own.entry().id).await?;
    let to = own.contest().path("entries?said=draft-deleted");
    proof.commit(see_other(&to)).await
}

pub async fn withdraw(Posted { mut proof, .. }: Posted<OwnEntry, Nothing>) -> Done {
    let (own, tx) = proof.parts();
    // once the slip is off the desk is asked, and grants it
    let to = if own.entry().cut {
        store::ask_withdrawal(tx, own.entry().id).await?;
        own.path("?said=withdrawal-asked")
    } else {
        store::withdraw(tx, own.entry().id).await?;
        own.path("?said=entry-withdrawn")
    };
    proof.commit(see_other(&to)).await
}
