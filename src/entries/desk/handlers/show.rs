//! One entry with its slip: shown, and its original to download.
use actix_web::HttpResponse;
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::{Bytes, Data};
use uuid::Uuid;

use super::decide::DecisionForm;
use super::gather::page_of;
use crate::entries::desk::filter::Filter;
use crate::entries::desk::guards::DeskEntry;
use crate::entries::desk::{store, store_kept};
use crate::platform::db::{Clerk, Mode, Slug, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::http::query_value;
use crate::platform::site::Site;

pub async fn show_entry(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let (lang, filter) = (proof.lang(), Filter::of(&proof.visitor.query));
    let (site, session) = (proof.site.clone(), proof.visitor.session);
    let (desk, tx) = proof.parts();
    let (slug, entry) = (Slug::parse(&desk.contest().slug), desk.entry().id);
    let page = page_of(tx, desk, &filter, &DecisionForm::default(), lang).await?;
    let shown = proof.show(page).await?;
    hold(site, Who::Visitor { session, contest: slug }, entry);
    Ok(shown)
}

/// Another clerk who opens it is told so. A page is read-only, so a transaction of its own says it; nobody waits for it.
fn hold(site: Data<Site>, who: Who, entry: Uuid) {
    actix_web::rt::spawn(async move {
        let told = async {
            let mut tx: Tx<Clerk> = site.db.open(Mode::Write, &who).await?;
            store_kept::claim(&mut tx, entry).await?;
            tx.commit().await
        };
        if let Err(e) = told.await {
            tracing::warn!(error = %e, "who has an entry open could not be kept");
        }
    });
}

/// Byte for byte what the receipt's SHA-256 is of; `?version=1` an earlier one. Always as a download: a stranger's file is
/// never shown inside our pages.
pub async fn download(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let site = proof.site.clone();
    let asked = query_value(&proof.visitor.query, "version").map(|v| v.parse::<i32>());
    let (desk, tx) = proof.parts();
    let n = match asked {
        None => desk.entry().version,
        Some(n) => n.map_err(|_| Failure::NotFound)?,
    };
    let number = desk.entry().number;
    let version = store::get_version(tx, desk.entry().id, n).await?.ok_or(Failure::NotFound)?;
    proof.end().await?;
    let (name, bytes) = match (version.storage_key, version.file_name, version.body) {
        (Some(key), Some(name), _) => (format!("{number}-{n} {name}"), site.store.get(&key).await?),
        (_, _, Some(text)) => (format!("{number}-{n}.txt"), Bytes::from(text)),
        _ => return Err(Failure::NotFound),
    };
    let disposition = ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![DispositionParam::Filename(name)] };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes))
}
