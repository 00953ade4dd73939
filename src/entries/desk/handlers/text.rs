//! A new clean text of an entry that is cut: the original read again, or a passage masked. What changes is seen before it is kept.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::block;

use super::changes::view;
use crate::contests::slug_of;
use crate::documents::{clean, paragraphs, read_in_child};
use crate::entries::desk::changes::compare;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::pages::{CameReport, DeskTextPage, PairView, PastText};
use crate::entries::desk::store_after_cut::{self as store, Amendment, Standing};
use crate::entries::desk::store_reports::{Report, list_reports};
use crate::entries::desk::{rules, store as entries};
use crate::entries::repair::handlers::card_of;
use crate::platform::db::{Clerk, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Again, Posted, Proof, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::platform::site::Site;

/// A text as typed, or as read again.
#[derive(Clone, Default)]
pub struct TextForm {
    /// reread | masked | repaired
    how: String,
    title: String,
    body: String,
    reason: String,
    /// How many amendments the page showed.
    seen: i32,
    /// see: only shows what changes; read: has the original read first; keep.
    act: String,
}
impl Form for TextForm {
    const LIMIT: usize = 6 * 1024 * 1024;
    fn from_fields(f: Fields) -> Self {
        TextForm { how: f.line("how"), title: f.line("title"), body: f.text("body"), reason: f.line("reason"), seen: f.line("seen").parse().unwrap_or(-1), act: f.line("do") }
    }
}

/// The page as things stand. Errors: not found where the entry is not cut or has ended.
pub async fn read(tx: &Tx<Clerk>, desk: &DeskEntry, lang: Lang) -> Result<(DeskTextPage, Standing), Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    if !entry.cut || entry.state != "valid" {
        return Err(Failure::NotFound);
    }
    let version = entries::get_version(tx, entry.id, entry.version).await?.ok_or(Failure::NotFound)?;
    let past = store::list_amendments(tx, entry.id).await?;
    let row = |a: &Amendment| PastText { how: a.how.clone(), reason: a.reason.clone(), at: i18n::moment(lang, a.at, contest.tz()) };
    let now = store::standing(&version, past.first());
    let own = path_of(contest, entry.id);
    let repair = card_of(tx, desk, &version, &now.body, lang).await?;
    let lines: Vec<&str> = paragraphs(&now.body).collect();
    let report = |r: &Report| CameReport {
        id: r.id.to_string(),
        kind: r.kind.clone(),
        paragraph: r.paragraph.unwrap_or(0),
        text: r.paragraph.and_then(|n| lines.get(usize::try_from(n).ok()?.checked_sub(1)?)).map(|&text| text.to_owned()).unwrap_or_default(),
        day: i18n::date(lang, r.day),
        answer: r.answer.clone().unwrap_or_default(),
    };
    let reports: Vec<CameReport> = list_reports(tx, entry.id).await?.iter().map(report).collect();
    let page = DeskTextPage {
        number: i18n::number(lang, entry.number.into()),
        action: format!("{own}/text"),
        report_action: format!("{own}/reports"),
        reports,
        sealed: entry.sealed,
        back_href: own,
        has_file: version.storage_key.is_some(),
        seen: past.first().map_or(0, |a| a.n),
        past: past.iter().map(row).collect(),
        how: "masked".into(),
        title: now.title.clone(),
        body: now.body.clone(),
        repair,
        ..DeskTextPage::default()
    };
    Ok((page, now))
}

pub async fn show_text(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let (page, _) = read(tx, desk, lang).await?;
    proof.show(page).await
}

/// The original once more, by the reader as it is today; None where nothing was to be read. No transaction waits for it.
async fn read_again(site: &Site, key: Option<String>) -> Result<Option<String>, Failure> {
    let Some(key) = key else { return Ok(None) };
    let bytes = site.store.get(&key).await?;
    match read_in_child(&site.exe, bytes).await {
        Ok(reading) => Ok(Some(reading.text)),
        Err(_) => Err(Refusal::of("text_unreadable").status(StatusCode::CONFLICT).into()),
    }
}

/// What would change, or (`keep`) the text kept for the next batch. A text read again is never the page's: it is read here.
pub async fn amend(Posted { mut proof, mut form }: Posted<DeskEntry, TextForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (site, visitor, key) = (proof.site.clone(), proof.visitor.clone(), proof.fact().key());
    let who = Who::Visitor { session: visitor.session, contest: slug_of(&proof.fact().contest().slug)? };
    let rereads = form.act == "read" || form.how == "reread";
    let (desk, tx) = proof.parts();
    let version = entries::get_version(tx, desk.entry().id, desk.entry().version).await?.ok_or(Failure::NotFound)?;
    let stored = if rereads { Some(version.storage_key.ok_or(Failure::NotFound)?) } else { None };
    proof.end().await?;
    let again = read_again(&site, stored).await;
    let mut tx: Tx<Clerk> = site.db.open(Mode::Write, &who).await?;
    let desk = DeskEntry::prove(&tx, key).await?;
    let (mut page, now) = read(&tx, &desk, visitor.lang).await?;
    let mut wrong = vec![];
    match again {
        Ok(Some(text)) => (form.how, form.title, form.body) = ("reread".into(), now.title.clone(), text),
        Ok(None) => {}
        Err(Failure::Refused(refusal)) => wrong.push(("", refusal)),
        Err(e) => return Err(e),
    }
    form.body = clean(&form.body).into_string();
    (page.how, page.title, page.body, page.reason) = (form.how.clone(), form.title.clone(), form.body.clone(), form.reason.clone());
    page.pairs = compared(now.body, form.body.clone()).await?;
    page.preview = true;
    let keeps = form.act == "keep";
    wrong.extend(rules::text_wrong((&form.how, &form.title, &form.body), keeps.then_some(form.reason.as_str())));
    if keeps && wrong.is_empty() {
        let text = store::NewText { entry: desk.entry().id, seen: form.seen, how: &form.how, title: &form.title, body: &form.body, reason: &form.reason };
        match store::amend(&mut tx, text).await {
            Ok(()) => return Saved::after(tx, see_other(&format!("{}?said=text-amended", path_of(desk.contest(), desk.entry().id)))).await,
            Err(Failure::Refused(refusal)) => wrong.push(("", refusal)),
            Err(e) => return Err(e),
        }
    }
    tx.rollback().await;
    let status = wrong.first().map_or(StatusCode::OK, |(_, r)| r.status);
    for (field, refusal) in &wrong {
        page.errors.add(field, site.pages.t(visitor.lang, &refusal.key(), &refusal.args));
    }
    Err(Failure::Page(status, site.pages.render(&page, &desk.frame(&visitor), &visitor)?))
}

/// Only the paragraphs that change. Long texts take a while, and others wait for this worker.
pub async fn compared(before: String, after: String) -> Result<Vec<PairView>, Failure> {
    let work = move || compare(&paragraphs(&before).collect::<Vec<_>>(), &paragraphs(&after).collect::<Vec<_>>());
    Ok(block(work).await.map_err(Failure::broken)?.into_iter().filter(|p| !p.same).map(view).collect())
}
