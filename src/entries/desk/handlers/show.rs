//! One entry with its slip: read, checked, and its original to download.
use actix_web::HttpResponse;
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::Bytes;

use super::decide::DecisionForm;
use super::queue::queue_of;
use crate::contests::Contest;
use crate::contests::rules::{Category, Unit, list_units};
use crate::documents::paragraphs;
use crate::entries::desk::filter::Filter;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::hits::Identity;
use crate::entries::desk::model::{Author, Decision, Version};
use crate::entries::desk::pages::{AuthorCard, DeskEntryPage, HitLink, PastDecision, PastVersion, Piece};
use crate::entries::desk::rules::{self, Length};
use crate::entries::desk::store;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};
use crate::platform::secret::hex;

/// All that the page is made of, but the queue.
struct Read {
    version: Version,
    authors: Vec<Author>,
    unit: Option<Unit>,
    versions: Vec<Version>,
    decisions: Vec<Decision>,
}

impl Read {
    async fn all(tx: &mut Tx<Clerk>, desk: &DeskEntry) -> Result<Read, Failure> {
        let entry = desk.entry();
        let version = store::get_version(tx, entry.id, entry.version).await?.ok_or(Failure::NotFound)?;
        Ok(Read {
            authors: store::list_authors(tx, version.id).await?,
            unit: list_units(tx).await?.into_iter().find(|u| Some(u.id) == version.unit),
            versions: store::list_versions(tx, entry.id).await?,
            decisions: store::list_decisions(tx, entry.id).await?,
            version,
        })
    }
    fn identity(&self) -> Identity {
        let mut who = Identity::default();
        for a in &self.authors {
            who.name(&a.name);
            who.pen_name(&a.pen_name);
            who.email(&a.email);
            who.phone(&a.phone);
        }
        if let Some(u) = &self.unit {
            who.unit(&u.name_vi);
            who.unit(&u.name_en);
        }
        who
    }
}

/// A text cut at its hits; the hits are numbered on.
fn pieces(text: &str, who: &Identity, links: &mut Vec<HitLink>) -> Vec<Piece> {
    let (mut out, mut done) = (vec![], 0);
    let plain = |out: &mut Vec<Piece>, from: usize, to: usize| {
        if let Some(text) = text.get(from..to).filter(|t| !t.is_empty()) {
            out.push(Piece { text: text.to_owned(), ..Piece::default() });
        }
    };
    for hit in who.find(text) {
        plain(&mut out, done, hit.start);
        links.push(HitLink { n: links.len() + 1, kind: hit.kind.code().to_owned() });
        let found = text.get(hit.start..hit.end).unwrap_or_default().to_owned();
        out.push(Piece { text: found, hit: if hit.sure { "sure" } else { "guess" }.to_owned(), n: links.len() });
        done = hit.end;
    }
    plain(&mut out, done, text.len());
    out
}

/// The page of an entry, with what is typed in its form.
pub async fn page_of(tx: &mut Tx<Clerk>, desk: &DeskEntry, filter: &Filter, typed: &DecisionForm, lang: Lang) -> Result<DeskEntryPage, Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    let at_entry = Filter { from: entry.number, ..filter.clone() };
    let (queue, categories) = queue_of(tx, contest, &at_entry, Some(entry.id), lang).await?;
    let before = store::list_queue(tx, filter, entry.number, false, 1).await?;
    let after = store::list_queue(tx, filter, entry.number.saturating_add(1), true, 1).await?;
    let read = Read::all(tx, desk).await?;
    let (own, choices) = (path_of(contest, entry.id), rules::choices(contest, entry, &read.version));
    let category = categories.iter().find(|k| k.id == read.version.category);
    let (who, mut hits) = (read.identity(), vec![]);
    let link = |e: &crate::entries::desk::model::Queued| filter.link(&path_of(contest, e.id), "");
    let title = pieces(&read.version.title, &who, &mut hits);
    let body = read.version.body.as_deref().unwrap_or_default();
    let (length, by) = length_of(&read.version, category);
    Ok(DeskEntryPage {
        queue,
        action: filter.link(&own, ""),
        prev_href: before.first().map(link).unwrap_or_default(),
        next_href: after.first().map(link).unwrap_or_default(),
        original_href: format!("{own}/original"),
        number: i18n::number(lang, entry.number.into()),
        state: entry.state.clone(),
        category: category.map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        title,
        received_at: i18n::instant(lang, read.version.received_at, contest.tz()),
        version: entry.version,
        receipt: read.version.receipt.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join("-"),
        sha256: hex(&read.version.sha256),
        unit: read.unit.as_ref().map(|u| u.name(lang).to_owned()).unwrap_or_default(),
        authors: read.authors.iter().map(author).collect(),
        note: read.version.note.clone(),
        paragraphs: paragraphs(body).map(|p| pieces(p, &who, &mut hits)).collect(),
        words: read.version.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        length: length.to_owned(),
        by: i18n::number(lang, by.into()),
        limits: category.map(|k| limits(k, lang)).unwrap_or_default(),
        file: read.version.file_name.as_ref().map(|name| file(name, &read.version, lang)).unwrap_or_default(),
        reading: read.version.reading.clone().unwrap_or_default(),
        unreadable: read.version.reason.clone().unwrap_or_else(|| "reader-died".to_owned()),
        warnings: read.version.warnings(),
        versions: read.versions.iter().map(|v| past_version(v, entry.version, contest, &own, lang)).collect(),
        decisions: read.decisions.iter().map(|d| past_decision(d, contest, lang)).collect(),
        locked: choices.locked.unwrap_or_default().to_owned(),
        not_valid: choices.not_valid.unwrap_or_default().to_owned(),
        may_query: choices.may_query,
        queries_close: i18n::moment(lang, contest.queries_close_at, contest.tz()),
        verdict: typed.verdict.clone(),
        reason: typed.reason.clone(),
        sought: who.kinds().into_iter().map(|k| k.code().to_owned()).collect(),
        hits,
        ..DeskEntryPage::default()
    })
}

fn length_of(v: &Version, category: Option<&Category>) -> (&'static str, i32) {
    match (v.words, category) {
        (Some(words), Some(k)) => match rules::length(words, k) {
            Length::Unlimited => ("unlimited", 0),
            Length::Fits => ("fits", 0),
            Length::Short(by) => ("short", by),
            Length::Long(by) => ("long", by),
        },
        _ => ("", 0),
    }
}

fn limits(k: &Category, lang: Lang) -> String {
    let n = |v: i32| i18n::number(lang, v.into());
    match (k.min_words, k.max_words) {
        (Some(a), Some(b)) => format!("{}–{}", n(a), n(b)),
        (Some(a), None) => format!("≥ {}", n(a)),
        (None, Some(b)) => format!("≤ {}", n(b)),
        (None, None) => String::new(),
    }
}

fn file(name: &str, v: &Version, lang: Lang) -> String {
    let kb = (i64::from(v.bytes.unwrap_or(0)) + 1023) / 1024;
    format!("{name} · {} KB", i18n::number(lang, kb))
}

fn author(a: &Author) -> AuthorCard {
    AuthorCard { name: a.name.clone(), pen: a.pen_name.clone(), year: a.birth_year.map(|y| y.to_string()).unwrap_or_default(), email: a.email.clone(), phone: a.phone.clone() }
}

fn past_version(v: &Version, counts: i32, contest: &Contest, own: &str, lang: Lang) -> PastVersion {
    PastVersion {
        n: v.n,
        title: v.title.clone(),
        at: i18n::instant(lang, v.received_at, contest.tz()),
        words: v.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        file: v.file_name.clone().unwrap_or_default(),
        original_href: format!("{own}/original?version={}", v.n),
        note: v.note.clone(),
        current: v.n == counts,
    }
}

fn past_decision(d: &Decision, contest: &Contest, lang: Lang) -> PastDecision {
    PastDecision { version: d.version, verdict: d.verdict.clone(), reason: d.reason.clone(), by: d.by.clone(), at: i18n::instant(lang, d.at, contest.tz()) }
}

pub async fn show_entry(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let (lang, filter) = (proof.lang(), Filter::of(&proof.visitor.query));
    let (desk, tx) = proof.parts();
    let page = page_of(tx, desk, &filter, &DecisionForm::default(), lang).await?;
    proof.show(page).await
}

/// Byte for byte what the receipt's SHA-256 is of; `?version=1` an earlier one. Always as a download: a stranger's file is
/// never shown inside our pages.
pub async fn download(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let site = proof.site.clone();
    let asked = url::form_urlencoded::parse(proof.visitor.query.as_bytes()).find(|(k, _)| k == "version").map(|(_, v)| v.parse::<i32>());
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
