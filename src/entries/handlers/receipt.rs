//! The receipt, and the file or text exactly as received.
use actix_web::HttpResponse;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use futures_util::try_join;

use crate::contests::form_rules::FormRules;
use crate::contests::phase::Phase;
use crate::contests::store::{OwnStanding, get_own_standing};
use crate::entries::guards::OwnEntry;
use crate::entries::model::Version;
use crate::entries::pages::ReceiptPage;
use crate::entries::qr::Qr;
use crate::entries::receipt_page::OwnMark;
use crate::entries::{asked, rules, store, store_marked};
use crate::outbox::in_fours;
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n;
use crate::platform::secret::hex;

pub async fn show_receipt(mut proof: Proven<OwnEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let site = proof.site.clone();
    let (own, tx) = proof.parts();
    let (contest, entry) = (own.contest(), own.entry());
    let tz = contest.tz();
    let (version, file, authors, rules, by_desk) =
        try_join!(store::get_version(tx, entry), store::get_version_file(tx, entry), store::list_author_names(tx, entry), FormRules::of(tx), store::is_written_by_desk(tx, entry))?;
    let v: Version = version.ok_or(Failure::NotFound)?;
    let readings = store_marked::get_readings(tx, entry.is_in_marking(), v.category).await?;
    let out = contest.published_at.is_some() && entry.is_in_marking();
    let prizes = if out { store_marked::list_own_prizes(tx).await? } else { vec![] };
    let begins = contest.phase() == Phase::Open;
    let standing = if begins { get_own_standing(tx).await? } else { OwnStanding::default() };
    let own_result = if out && contest.own_result != "none" { store_marked::get_own_result(tx, entry.id, v.category).await? } else { None };
    let words = v.words.or_else(|| file.as_ref().and_then(|f| f.words));
    let check_href = contest.path(&format!("receipt?number={}&sha256={}", v.receipt, hex(&v.sha256)));
    let page = ReceiptPage {
        qr: Qr::of(&site.link(&check_href)),
        check_page: site.link(&contest.path("receipt")),
        check_href,
        contest: contest.title(lang).to_owned(),
        entry_href: own.path(""),
        original_href: own.path("original"),
        number: entry.number.map(|n| i18n::number(lang, n.into())).unwrap_or_default(),
        receipt: in_fours(&v.receipt),
        version: v.n,
        by_desk,
        title: v.title.clone(),
        category: rules.categories.iter().find(|k| k.id == v.category).map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        unit: rules.units.iter().find(|u| Some(u.id) == v.unit).map(|u| u.name(lang).to_owned()).unwrap_or_default(),
        authors: authors.join(", "),
        received_at: i18n::instant(lang, v.received_at, tz),
        offset: format!("UTC{}", v.received_at.with_timezone(&tz).format("%:z")),
        sha256: hex(&v.sha256),
        words: words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        file_name: file.as_ref().map(|f| f.file_name.clone()).unwrap_or_default(),
        reading: file.map_or_else(|| if v.sha256.is_empty() { "paper" } else { "text" }.to_owned(), |f| f.state),
        state: entry.state.clone(),
        state_at: i18n::moment(lang, entry.state_at, tz),
        cut: entry.cut,
        readings,
        readers: contest.readers,
        prize: prizes.iter().find(|p| p.entry == entry.id).map(|p| p.name(lang).to_owned()).unwrap_or_default(),
        results_href: contest.published_at.map(|_| contest.path("results")).unwrap_or_default(),
        own_rule: contest.own_result.clone(),
        own: own_result.map(|o| OwnMark {
            mark: o.mark.map(|m| i18n::mark(lang, m)).unwrap_or_default(),
            total: i18n::points(lang, o.total),
            readings: o.readings,
            comments: o.comments,
        }),
        answers: asked::lines(&v.answers, lang),
        may_edit: rules::may_edit(contest, entry).is_ok(),
        deadline: i18n::moment(lang, rules::deadline(contest, entry), tz),
        next_action: if begins && !standing.at_limit { contest.path("entries") } else { String::new() },
        at_limit: standing.at_limit,
        id: entry.id.to_string(),
        list_href: contest.path("entries"),
    };
    proof.show(page).await
}

/// Byte for byte what the receipt's SHA-256 is of; before the first submission, the draft's file. Always as a download:
/// a stranger's file is never shown inside our pages.
pub async fn download(mut proof: Proven<OwnEntry>) -> Result<HttpResponse, Failure> {
    let site = proof.site.clone();
    let (own, tx) = proof.parts();
    let entry = own.entry();
    let (text, attachment) = if entry.version > 0 {
        let version = store::get_version(tx, entry).await?.ok_or(Failure::NotFound)?;
        (store::get_version_text(tx, entry).await?, version.attachment)
    } else {
        (None, store::get_draft(tx, entry.id).await?.attachment)
    };
    let file = match attachment {
        Some(id) => store::get_attachment(tx, id).await?,
        None => None,
    };
    let number = entry.number.unwrap_or(0);
    proof.end().await?;
    let (name, bytes) = match (text, file) {
        (Some(text), _) => (format!("{number}.txt"), actix_web::web::Bytes::from(text)),
        (None, Some(file)) => (file.file_name, site.store.get(&file.storage_key).await?),
        (None, None) => return Err(Failure::NotFound),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, attachment_named(&name)))
        .body(bytes))
}

/// RFC 6266: a plain name for old programs, and the real one in UTF-8.
pub fn attachment_named(name: &str) -> ContentDisposition {
    let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' }).collect();
    let real = ExtendedValue { charset: Charset::Ext("UTF-8".into()), language_tag: None, value: name.as_bytes().to_vec() };
    ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(real)] }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_keeps_its_name_in_utf_8_beside_a_plain_one() {
        let header = super::attachment_named("bài \"1\"; x.docx").to_string();
        assert_eq!(header, "attachment; filename=\"b_i _1__ x.docx\"; filename*=UTF-8''b%C3%A0i%20%221%22%3B%20x.docx");
    }
}
