//! What both sides of a request show of what came.
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;

use crate::contests::Contest;
use crate::contests::rules::Category;
use crate::documents::paragraphs;
use crate::entries::desk::handlers::span;
use crate::entries::desk::rules::{Length, length};
use crate::entries::handlers::attachment_named;
use crate::entries::repair::model::{Original, Repair};
use crate::entries::repair::pages::CameCard;
use crate::platform::failure::Failure;
use crate::platform::http::query_value;
use crate::platform::i18n::{self, Lang};
use crate::platform::secret::hex;
use crate::platform::site::Site;

/// None where nothing came, or nothing was read yet.
pub fn came_of(r: &Repair, (contest, category): (&Contest, Option<&Category>), file_href: &str, lang: Lang) -> Option<CameCard> {
    let came = r.came?;
    let n = |v: i32| i18n::number(lang, v.into());
    let (fits, by) = match category.map(|k| length(r.words, k)) {
        None => ("", 0),
        Some(Length::Unlimited) => ("unlimited", 0),
        Some(Length::Fits) => ("fits", 0),
        Some(Length::Short(by)) => ("short", by),
        Some(Length::Long(by)) => ("long", by),
    };
    let kb = r.bytes.map(|b| (b + 1023) / 1024).unwrap_or_default();
    Some(CameCard {
        id: came.to_string(),
        file: r.file_name.as_ref().map(|name| format!("{name} · {} KB", n(kb))).unwrap_or_default(),
        sha256: hex(&r.sha256),
        words: n(r.words),
        length: fits.to_owned(),
        by: n(by),
        limits: category.map(|k| span(k.min_words, k.max_words, lang)).unwrap_or_default(),
        warnings: serde_json::from_value(r.warnings.clone()).unwrap_or_default(),
        sent_at: r.sent_at.map(|at| i18n::instant(lang, at, contest.tz())).unwrap_or_default(),
        file_href: format!("{file_href}?came={came}"),
        paragraphs: if r.sent_at.is_none() { paragraphs(&r.body).map(str::to_owned).collect() } else { vec![] },
    })
}

/// `?came=…`; None where it is no id.
pub fn asked_for(query: &str) -> Option<uuid::Uuid> {
    query_value(query, "came").and_then(|v| v.parse().ok())
}

/// As a download, byte for byte: a stranger's file is never shown inside our pages.
pub async fn sent_out(site: &Site, came: Original, number: i32) -> Result<HttpResponse, Failure> {
    let (name, bytes) = match (came.file_name, came.storage_key) {
        (Some(name), Some(key)) => (name, site.store.get(&key).await?),
        _ => (format!("{number}.txt"), Bytes::from(came.body)),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, attachment_named(&name)))
        .body(bytes))
}
