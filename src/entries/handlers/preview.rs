//! The draft read, not written: as a judge will see it, as a file, and what gave way to it.
use actix_web::HttpResponse;
use actix_web::http::header;
use futures_util::try_join;

use super::conflict;
use super::receipt::attachment_named;
use crate::contests::form_rules::FormRules;
use crate::documents::{clean, count_words, paragraphs};
use crate::entries::desk::hits::Identity;
use crate::entries::desk::pieces::pieces;
use crate::entries::form_pages::{KeptPage, PreviewPage};
use crate::entries::guards::OwnEntry;
use crate::entries::model::TypedAuthor;
use crate::entries::store_form::ReadDraft;
use crate::entries::{store, store_form};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n;

/// The reading view of what the draft holds, by the same part of a page that a judge reads.
pub async fn show_preview(mut proof: Proven<OwnEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (own, tx) = proof.parts();
    let (draft, rules) = try_join!(store_form::read_draft(tx, own.entry().id), FormRules::of(tx))?;
    let (who, mut hits) = (identity_of(&draft, &rules), vec![]);
    let title = clean(&draft.title).into_string();
    let text = clean(draft.body.as_deref().unwrap_or_default());
    let lacks = match draft.state.as_str() {
        "pending" | "unreadable" | "none" => draft.state.clone(),
        _ if text.is_empty() => "none".to_owned(),
        _ => String::new(),
    };
    let page = PreviewPage {
        contest: own.contest().title(lang).to_owned(),
        entry_href: own.path(""),
        category: rules.categories.iter().find(|k| Some(k.id) == draft.category).map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        marked_title: pieces(&title, &who, &mut hits),
        marked: paragraphs(text.as_str()).map(|p| pieces(p, &who, &mut hits)).collect(),
        hits: hits.len(),
        title,
        lang: draft.lang,
        words: i18n::number(lang, count_words(text.as_str()).into()),
        paragraphs: paragraphs(text.as_str()).map(str::to_owned).collect(),
        lacks,
        reason: draft.reason,
    };
    proof.show(page).await
}

/// What the form says of its authors: where it stands in the text, the author is shown it before anybody else sees it.
fn identity_of(draft: &ReadDraft, rules: &FormRules) -> Identity {
    let authors: Vec<TypedAuthor> = serde_json::from_value(draft.authors.clone()).unwrap_or_default();
    let of = || authors.iter();
    let units = rules.units.iter().filter(|u| Some(u.id) == draft.unit).flat_map(|u| [u.name_vi.as_str(), u.name_en.as_str()]);
    let names = of().flat_map(|a| [a.name.as_str(), a.guardian.as_str()]);
    Identity::of((names, of().map(|a| a.pen.as_str())), (of().map(|a| a.email.as_str()), of().map(|a| a.phone.as_str())), units)
}

/// Texts that another device's took the place of.
pub async fn show_kept(mut proof: Proven<OwnEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (own, tx) = proof.parts();
    let kept = store_form::list_kept(tx, own.entry().id).await?;
    let page =
        KeptPage { contest: own.contest().title(lang).to_owned(), entry_href: own.path(""), texts: kept.into_iter().map(|k| conflict::kept(own.contest(), k, lang)).collect() };
    proof.show(page).await
}

/// The draft's text as typed, in a file of one's own: also once nothing can be changed any more.
pub async fn download_draft(mut proof: Proven<OwnEntry>) -> Result<HttpResponse, Failure> {
    let (own, tx) = proof.parts();
    let draft = store::get_draft(tx, own.entry().id).await?;
    proof.end().await?;
    let name: String = draft.title.chars().filter(|c| !matches!(c, '/' | '\\')).take(80).collect();
    let name = if name.trim().is_empty() { "phach.txt".to_owned() } else { format!("{}.txt", name.trim()) };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, attachment_named(&name)))
        .body(draft.body))
}
