//! The author answers on the page of the own entry: reads what the file gave, then sends it.
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::try_join;
use uuid::Uuid;

use super::view::{asked_for, came_of, sent_out};
use crate::contests::rules::Category;
use crate::contests::slug_of;
use crate::documents::{MAX_TEXT, read_in_child};
use crate::entries::actions;
use crate::entries::forms::Typed;
use crate::entries::guards::{EntryKey, OwnEntry};
use crate::entries::handlers::ask_to_resume;
use crate::entries::handlers::gather::Gathered;
use crate::entries::pages::EntryPage;
use crate::entries::post::store::ReadFile;
use crate::entries::repair::forms::RepairForm;
use crate::entries::repair::model::Repair;
use crate::entries::repair::pages::OwnRepair;
use crate::entries::repair::{rules, store};
use crate::platform::db::{Contestant, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Errors, Lost, Upload};
use crate::platform::guard::{Proof, Proven, Saved, Sent};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::platform::site::Site;

type Done = Result<Saved<HttpResponse>, Failure>;

/// The request that stands on the page of an entry that is cut and takes part; None where nothing was ever asked.
pub async fn own_card(tx: &Tx<Contestant>, own: &OwnEntry, categories: &[Category], lang: Lang) -> Result<Option<OwnRepair>, Failure> {
    let entry = own.entry();
    if !entry.cut || entry.state != "valid" {
        return Ok(None);
    }
    let Some(r) = store::get_own(tx, entry.id).await? else { return Ok(None) };
    let (open, version, draft) = try_join!(store::may_repair(tx, entry.id), crate::entries::store::get_version(tx, entry), crate::entries::store_form::read_draft(tx, entry.id))?;
    let category = version.and_then(|v| categories.iter().find(|k| k.id == v.category));
    let moment = |at| i18n::moment(lang, at, own.contest().tz());
    Ok(Some(OwnRepair {
        action: own.path("repair"),
        id: r.id.to_string(),
        message: r.message.clone(),
        asked_at: moment(r.asked_at),
        until: moment(r.due_at),
        state: state_of(&r, open, own.contest().now >= r.due_at).to_owned(),
        ended_at: r.ended_at.map(moment).unwrap_or_default(),
        answer: r.answer.clone(),
        came: came_of(&r, (own.contest(), category), &own.path("repair/original"), lang),
        lang: draft.lang,
        by_file: r.came.is_none() || r.file_name.is_some(),
        typed: r.typed.clone(),
        ..OwnRepair::default()
    }))
}

fn state_of(r: &Repair, open: bool, late: bool) -> &'static str {
    match (r.ended.as_deref(), r.sent_at.is_some()) {
        (Some("taken"), _) => "taken",
        (Some("unusable"), _) => "unusable",
        (Some("taken-back"), _) => "taken-back",
        (None, true) => "sent",
        (None, false) if open => "asked",
        (None, false) if !late => "sealed",
        _ => "late",
    }
}

/// What keeps an answer from being taken: by field, in words.
type Wrong = (&'static str, StatusCode, String);

/// Whoever is signed out meanwhile signs in with what was typed.
pub async fn answer(sent: Sent<RepairForm>, req: HttpRequest) -> Done {
    let key = EntryKey::of(&req);
    let who = Who::Visitor { session: sent.visitor.session, contest: slug_of(req.match_info().query("slug"))? };
    match take(&sent, &who, &key).await {
        Err(Failure::SignInFirst) => {
            let had_file = sent.form.upload.is_some() || sent.form.upload_lost.is_some();
            Err(ask_to_resume(&sent, &Typed { text: sent.form.text.clone(), ..Typed::default() }, had_file))
        }
        done => done,
    }
}

async fn take(sent: &Sent<RepairForm>, who: &Who, key: &EntryKey) -> Done {
    let form = &sent.form;
    let (own, tx) = actions::prove(&sent.site, who, Mode::Read, key.clone()).await?;
    let open = store::may_repair(&tx, own.entry().id).await?;
    tx.commit().await?;
    // what cannot be answered any more is neither read nor stored; why, the database says to whoever would send it
    let read = match form.sends || !open {
        true => None,
        false => match read(sent).await? {
            Ok(read) => Some(read),
            Err(wrong) => return Err(again(sent, who, key, wrong).await),
        },
    };
    let (own, mut tx) = actions::prove(&sent.site, who, Mode::Write, key.clone()).await?;
    let id = own.entry().id;
    let written = match &read {
        Some(read) => store::keep(&mut tx, id, form.repair, read).await.map(|()| "repair-read"),
        None => store::send(&mut tx, id, if form.sends { form.came } else { Uuid::nil() }).await.map(|()| "repair-sent"),
    };
    match written {
        Ok(said) => Saved::after(tx, see_other(&own.path(&format!("?said={said}#repair")))).await,
        Err(Failure::Refused(r)) => {
            tx.rollback().await;
            Err(again(sent, who, key, ("", r.status, sent.t(&r.key(), &r.args))).await)
        }
        Err(e) => Err(e),
    }
}

/// The text, cleaned, or that of the file, which is then in the store.
async fn read(sent: &Sent<RepairForm>) -> Result<Result<store::Read, Wrong>, Failure> {
    let form = &sent.form;
    let refused = |field, r: Refusal| (field, r.status, sent.t(&r.key(), &r.args));
    if !form.by_file {
        return Ok(match rules::read_typed(&form.text) {
            Ok((body, words)) => Ok(store::Read { body, words, typed: form.text.clone(), file: None }),
            Err(r) => Err(refused("repaired", r)),
        });
    }
    let upload = match (&form.upload, form.upload_lost) {
        (_, Some(Lost::TooLarge)) => return Ok(Err(refused("file", Refusal::of("file_large")))),
        (_, Some(Lost::NoRoom)) => return Ok(Err(refused("file", unavailable()))),
        (None, None) => return Ok(Err(refused("file", Refusal::of("file_needed")))),
        (Some(upload), None) => upload,
    };
    match read_file(&sent.site, upload).await {
        Ok(Ok(file)) => {
            // a form's own text above what a row holds is no reason to lose the file
            let typed = if form.text.len() > MAX_TEXT { String::new() } else { form.text.clone() };
            Ok(Ok(store::Read { body: file.reading.text.clone(), words: file.reading.words, typed, file: Some(file) }))
        }
        Ok(Err(code)) => Ok(Err(("file", StatusCode::UNPROCESSABLE_ENTITY, sent.t(&format!("unreadable-{code}"), &[])))),
        Err(Failure::Refused(r)) => Ok(Err(refused("file", r))),
        Err(e) => Err(e),
    }
}

fn unavailable() -> Refusal {
    Refusal::of("store_unavailable").status(StatusCode::SERVICE_UNAVAILABLE)
}

/// In its child, then into the store; or the code of why it gives no text.
async fn read_file(site: &Site, upload: &Upload) -> Result<Result<ReadFile, &'static str>, Failure> {
    let bytes = upload.read().await.map_err(Failure::broken)?;
    let reading = match read_in_child(&site.exe, bytes.clone()).await {
        Ok(reading) => reading,
        Err(why) => return Ok(Err(why.code())),
    };
    let storage_key = site.store.put(bytes).await?;
    Ok(Ok(ReadFile { storage_key, name: upload.name.clone(), bytes: upload.bytes, sha256: upload.sha256, reading }))
}

/// The page of the entry as it stands, what was typed, and why it was not taken.
async fn again(sent: &Sent<RepairForm>, who: &Who, key: &EntryKey, (field, status, sentence): Wrong) -> Failure {
    let shown = async {
        let (own, mut tx) = actions::prove(&sent.site, who, Mode::Read, key.clone()).await?;
        let (gathered, typed) = Gathered::read(&mut tx, &own).await?;
        let mut errors = Errors::default();
        errors.add(field, sentence.clone());
        let mut repair = own_card(&tx, &own, &gathered.rules.categories, sent.visitor.lang).await?;
        tx.commit().await?;
        if let Some(card) = &mut repair {
            (card.typed, card.by_file) = (sent.form.text.clone(), sent.form.by_file);
            match field {
                "file" => card.file_error = sentence,
                "repaired" => card.typed_error = sentence,
                _ => {}
            }
        }
        let answerable = repair.as_ref().is_some_and(|card| card.state == "asked");
        let page = gathered.page(&own, &typed, false, sent.visitor.lang, errors).with_repair(repair);
        // nothing can be answered any more: what was typed can still be copied
        let page = if answerable || sent.form.text.is_empty() { page } else { EntryPage { text: sent.form.text.clone(), ..page } };
        sent.site.pages.render(&page, &own.frame(&sent.visitor), &sent.visitor)
    };
    match shown.await {
        Ok(html) => Failure::Page(status, html),
        Err(e) => e,
    }
}

/// What was sent, or is about to be; `?came=…`.
pub async fn download_own(mut proof: Proven<OwnEntry>) -> Result<HttpResponse, Failure> {
    let came = asked_for(&proof.visitor.query).ok_or(Failure::NotFound)?;
    let site = proof.site.clone();
    let (own, tx) = proof.parts();
    let number = own.entry().number.unwrap_or(0);
    let original = store::get_original(tx, own.entry().id, came).await?.ok_or(Failure::NotFound)?;
    proof.end().await?;
    sent_out(&site, original, number).await
}
