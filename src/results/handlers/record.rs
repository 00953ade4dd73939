//! `GET /c/{slug}/record`: the auditor reads and filters; no texts, no names of contestants.
use actix_web::HttpResponse;

use crate::contests::{Contest, Wearing, rules};
use crate::platform::db::{Auditor, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};
use crate::platform::names::by_words;
use crate::record::store;
use crate::results::record_page::{RecordPage, VerbChoice};
use crate::results::record_words::{Names, Voice};

/// Events a page.
const PAGE: i64 = 100;

pub async fn show_record(mut proof: Proven<Wearing<Auditor>>) -> Result<HttpResponse, Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let query: Vec<(String, String)> = url::form_urlencoded::parse(proof.visitor.query.as_bytes()).into_owned().collect();
    let asked = |name: &str| query.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let (verb, below) = (asked("verb"), asked("below").parse().unwrap_or(i64::MAX));
    let (fact, tx) = proof.parts();
    let (action, tz) = (fact.contest.path("record"), fact.contest.tz());
    let replay_href = fact.contest.path("record/deals");
    let events = store::list_events(tx, &verb, below, PAGE).await?;
    let verbs = store::count_verbs(tx).await?;
    let names = names_of(tx, &fact.contest, lang).await?;
    let voice = Voice { words: &site.pages.words, lang, tz };
    let words = |v: &str| site.pages.t(lang, &format!("verb-{}", v.replace('_', "-")), &[]);
    let full = i64::try_from(events.len()).unwrap_or(i64::MAX) == PAGE;
    let older_href = events.last().filter(|_| full).map(|e| format!("{action}?verb={verb}&below={}", e.id)).unwrap_or_default();
    let verb_choice = |v: &store::VerbCount| VerbChoice { words: words(&v.verb), n: i18n::number(lang, v.n), chosen: v.verb == verb, verb: v.verb.clone() };
    let mut verbs: Vec<_> = verbs.iter().map(verb_choice).collect();
    verbs.sort_by_cached_key(|v| by_words(&v.words));
    let page = RecordPage { verbs, events: events.iter().map(|e| voice.row(e, &names)).collect(), older_href, replay_href, action };
    proof.show(page).await
}

/// What the ids and keys in events of this contest are called.
async fn names_of(tx: &mut Tx<Auditor>, contest: &Contest, lang: Lang) -> Result<Names, Failure> {
    let mut names = Names { contest: contest.id, ..Names::default() };
    names.by_id.extend(rules::list_categories(tx).await?.iter().map(|k| (k.id, k.name(lang).to_owned())));
    names.by_id.extend(rules::list_units(tx).await?.iter().map(|u| (u.id, u.name(lang).to_owned())));
    names.by_id.extend(rules::list_groups(tx).await?.iter().map(|g| (g.id, g.name(lang).to_owned())));
    names.by_id.extend(store::list_officials(tx).await?.into_iter().map(|o| (o.id, o.name)));
    // criteria last: a prize of the same key never renames a mark
    names.by_key.extend(rules::list_prizes(tx).await?.iter().map(|p| (p.key.clone(), p.name(lang).to_owned())));
    names.by_key.extend(rules::list_criteria(tx).await?.iter().map(|c| (c.key.clone(), c.name(lang).to_owned())));
    Ok(names)
}
