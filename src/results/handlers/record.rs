//! `GET /c/{slug}/record`: the auditor reads and filters; no texts, no names of contestants.
use actix_web::HttpResponse;

use crate::contests::Wearing;
use crate::platform::db::Auditor;
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n;
use crate::platform::secret::hex;
use crate::record::store::{self, Official, Seen};
use crate::results::record_page::{EventRow, RecordPage, VerbChoice};

/// Events a page.
const PAGE: i64 = 100;

pub async fn show_record(mut proof: Proven<Wearing<Auditor>>) -> Result<HttpResponse, Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let query: Vec<(String, String)> = url::form_urlencoded::parse(proof.visitor.query.as_bytes()).into_owned().collect();
    let asked = |name: &str| query.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let (verb, below) = (asked("verb"), asked("below").parse().unwrap_or(i64::MAX));
    let (fact, tx) = proof.parts();
    let (action, tz) = (fact.contest.path("record"), fact.contest.tz());
    let events = store::list_events(tx, &verb, below, PAGE).await?;
    let verbs = store::count_verbs(tx).await?;
    let officials = store::list_officials(tx).await?;
    let words = |v: &str| site.pages.t(lang, &format!("verb-{}", v.replace('_', "-")), &[]);
    let row = |e: &Seen| EventRow {
        at: i18n::instant(lang, e.at, tz),
        words: words(&e.verb),
        subject: e.subject.clone(),
        who: who(e, &officials),
        hat: e.hat.clone(),
        content: if e.content.as_object().is_some_and(|o| o.is_empty()) { String::new() } else { e.content.to_string() },
        link: e.hash.as_deref().map(|h| hex(h).chars().take(12).collect()).unwrap_or_default(),
    };
    let full = i64::try_from(events.len()).unwrap_or(i64::MAX) == PAGE;
    let older_href = events.last().filter(|_| full).map(|e| format!("{action}?verb={verb}&below={}", e.id)).unwrap_or_default();
    let verb_choice = |v: &store::VerbCount| VerbChoice { words: words(&v.verb), n: i18n::number(lang, v.n), chosen: v.verb == verb, verb: v.verb.clone() };
    let page = RecordPage { verbs: verbs.iter().map(verb_choice).collect(), events: events.iter().map(row).collect(), older_href, action };
    proof.show(page).await
}

fn who(e: &Seen, officials: &[Official]) -> String {
    let Some(actor) = e.actor else { return String::new() };
    officials.iter().find(|o| o.id == actor).map_or_else(|| actor.to_string().chars().rev().take(8).collect(), |o| o.name.clone())
}
