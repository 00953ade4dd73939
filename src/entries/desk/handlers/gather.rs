//! What the page of an entry is made of.
use chrono::TimeDelta;
use futures_util::try_join;

use super::contact::card;
use super::decide::DecisionForm;
use super::queue::{Seen, queue_of};
use super::texts;
use crate::contests::Contest;
use crate::contests::rules::{Category, Conditions, Unit, get_conditions};
use crate::documents::paragraphs;
use crate::entries::asked;
use crate::entries::desk::checklist::{self, State, TICKS};
use crate::entries::desk::filter::{Filter, Place, by_answer};
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::hits::Identity;
use crate::entries::desk::model::{Author, Decision, Flag, Holder, Meant, Queued, Template, Version};
use crate::entries::desk::pages::{AuthorCard, Claim, DeskEntryPage, FilterChoice, FlagCard, OtherEntry, PastDecision, PastVersion, Tick};
use crate::entries::desk::pieces::pieces;
use crate::entries::desk::rules::{self, Length};
use crate::entries::desk::store_letters::{self, Reader};
use crate::entries::desk::{store, store_kept};
use crate::entries::post::handlers::card_of;
use crate::entries::rules::has_ended;
use crate::entries::store_marked::get_readings;
use crate::outbox::in_fours;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::{self, Lang};
use crate::platform::secret::hex;

/// Days for an answer that a clerk may choose, where queries are open so long.
const DAYS: [i32; 5] = [2, 3, 5, 7, 14];

/// All that the page is made of, but the queue.
struct Read {
    version: Version,
    authors: Vec<Author>,
    unit: Option<Unit>,
    versions: Vec<Version>,
    decisions: Vec<Decision>,
    flags: Vec<Flag>,
    holders: Vec<Holder>,
    templates: Vec<Template>,
    conditions: Conditions,
    readers: Vec<Reader>,
}

impl Read {
    async fn all(tx: &Tx<Clerk>, desk: &DeskEntry) -> Result<Read, Failure> {
        let entry = desk.entry();
        let (version, versions, decisions, flags, readers) = try_join!(
            store::get_version(tx, entry.id, entry.version),
            store::list_versions(tx, entry.id),
            store::list_decisions(tx, entry.id),
            store_kept::list_flags(tx, entry.id),
            store_letters::list_readers(tx, entry.id)
        )?;
        let version = version.ok_or(Failure::NotFound)?;
        let unit = async {
            match version.unit {
                Some(id) => store::get_unit(tx, id).await,
                None => Ok(None),
            }
        };
        let (authors, unit, holders, templates, conditions) =
            try_join!(store::list_authors(tx, version.id), unit, store_kept::list_holders(tx, entry.id), store_kept::list_templates(tx), get_conditions(tx))?;
        Ok(Read { version, authors, unit, versions, decisions, flags, holders, templates, conditions, readers })
    }
    fn identity(&self) -> Identity {
        let of = || self.authors.iter();
        let names = of().flat_map(|a| [a.name.as_str(), a.guardian.as_str()]);
        let units = self.unit.iter().flat_map(|u| [u.name_vi.as_str(), u.name_en.as_str()]);
        Identity::of((names, of().map(|a| a.pen_name.as_str())), (of().map(|a| a.email.as_str()), of().map(|a| a.phone.as_str())), units)
    }
}

/// The page of an entry, with what is typed in its form.
pub async fn page_of(tx: &Tx<Clerk>, desk: &DeskEntry, filter: &Filter, typed: &DecisionForm, lang: Lang) -> Result<DeskEntryPage, Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    let here = Place::of(entry.number, filter.sorts_by(entry.state_at, entry.due_at));
    let (at_entry, before) = (Filter { place: here, ..filter.clone() }, here.before());
    let (seen, before, read, post) = try_join!(Seen::read(tx, &at_entry, true), store::list_queue(tx, filter, &before, 1), Read::all(tx, desk), card_of(tx, contest, entry, lang))?;
    let readings = get_readings(tx, entry.cut && entry.state == "valid", read.version.category).await?;
    let queue = queue_of(&seen, contest, &at_entry, Some(entry.id), lang);
    // the queue beside the entry begins with it
    let next_href = queue.rows.iter().find(|r| !r.here).map(|r| r.href.clone()).unwrap_or_default();
    let link = |e: &Queued| filter.link(&path_of(contest, e.id), "");
    let (own, choices) = (path_of(contest, entry.id), rules::choices(contest, entry, &read.version));
    let category = seen.categories.iter().find(|k| k.id == read.version.category);
    let (who, mut hits) = (read.identity(), vec![]);
    let title = pieces(&read.version.title, &who, &mut hits);
    let body = read.version.body.as_deref().unwrap_or_default();
    Ok(DeskEntryPage {
        queue,
        action: filter.link(&own, ""),
        prev_href: before.first().map(link).unwrap_or_default(),
        next_href,
        original_href: format!("{own}/original"),
        changes_href: if entry.version > 1 { filter.link(&format!("{own}/changes"), "") } else { String::new() },
        flag_action: filter.link(&format!("{own}/flags"), ""),
        contact_href: format!("{own}/contact"),
        authors_href: format!("{own}/authors"),
        cut: entry.cut,
        readings,
        judges: contest.readers,
        text_href: if entry.cut && entry.state == "valid" { format!("{own}/text") } else { String::new() },
        after_cut_href: if entry.cut && entry.state == "valid" && !entry.sealed { format!("{own}/after-cut") } else { String::new() },
        extension_href: if entry.cut || has_ended(&entry.state) { String::new() } else { format!("{own}/extension") },
        templates_href: contest.path("desk/templates"),
        number: i18n::number(lang, entry.number.into()),
        state: entry.state.clone(),
        category: category.map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        title,
        version: entry.version,
        paragraphs: paragraphs(body).map(|p| pieces(p, &who, &mut hits)).collect(),
        locked: choices.locked.unwrap_or_default().to_owned(),
        not_valid: choices.not_valid.unwrap_or_default().to_owned(),
        may_query: choices.may_query,
        queries_close: i18n::moment(lang, contest.queries_close_at, contest.tz()),
        verdict: typed.verdict.clone(),
        reason: typed.reason.clone(),
        more: typed.fill || typed.verdict == "query" || !typed.ticks.is_empty(),
        days: days(contest, typed),
        ticks: TICKS.into_iter().map(|k| Tick { key: k.to_owned(), ticked: typed.ticks.iter().any(|t| t == k) }).collect(),
        sought: who.kinds().into_iter().map(|k| k.code().to_owned()).collect(),
        hits,
        post,
        ..read.page(desk, category, &own, lang)
    })
}

/// Those that end before queries do; the empty one: until queries close.
fn days(contest: &Contest, typed: &DecisionForm) -> Vec<FilterChoice> {
    let fits = DAYS.into_iter().filter(|d| contest.now + TimeDelta::days((*d).into()) < contest.queries_close_at);
    fits.map(|d| d.to_string()).chain([String::new()]).map(|id| FilterChoice { chosen: id == typed.days, id, ..FilterChoice::default() }).collect()
}

impl Read {
    /// The part of the page that stands in the rows.
    fn page(&self, desk: &DeskEntry, category: Option<&Category>, own: &str, lang: Lang) -> DeskEntryPage {
        let (contest, v) = (desk.contest(), &self.version);
        let (length, by) = length_of(v, category);
        let ages: Vec<String> = self.authors.iter().filter_map(|a| a.birth_year).map(|y| self.conditions.age(y).to_string()).collect();
        DeskEntryPage {
            received_at: i18n::instant(lang, v.received_at, contest.tz()),
            by_desk: v.by_desk,
            receipt: in_fours(&v.receipt),
            sha256: hex(&v.sha256),
            unit: self.unit.as_ref().map(|u| u.name(lang).to_owned()).unwrap_or_default(),
            authors: self.authors.iter().map(author).collect(),
            authors_fit: category.map(|k| checklist::authors(self.authors.len(), k).word().to_owned()).unwrap_or_default(),
            authors_limits: category
                .map(|k| if k.min_authors == k.max_authors { k.max_authors.to_string() } else { format!("{}–{}", k.min_authors, k.max_authors) })
                .unwrap_or_default(),
            ageless: self.authors.len() - ages.len(),
            ages_fit: checklist::ages(&self.authors, &self.conditions).word().to_owned(),
            min_age: self.conditions.min_age.unwrap_or(0),
            minors: self.authors.iter().filter_map(|a| a.birth_year).filter(|y| self.conditions.needs_guardian(*y)).count(),
            ages: ages.join(", "),
            note: v.note.clone(),
            answers: asked::lines(&v.answers, lang),
            readers: self.readers.iter().map(|r| card(r, contest, lang)).collect(),
            words: v.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
            length: length.to_owned(),
            by: i18n::number(lang, by.into()),
            limits: category.map(|k| span(k.min_words, k.max_words, lang)).unwrap_or_default(),
            file: v.file_name.as_ref().map(|name| file(name, v, lang)).unwrap_or_default(),
            reading: v.reading.clone().unwrap_or_default(),
            unreadable: v.reason.clone().unwrap_or_else(|| "reader-died".to_owned()),
            warnings: v.warnings(),
            versions: self.versions.iter().map(|x| past_version(x, desk.entry().version, contest, own, lang)).collect(),
            decisions: self.decisions.iter().map(|d| past_decision(d, contest, lang)).collect(),
            flags: self.flags.iter().map(|f| flag(f, desk, lang)).collect(),
            holders: self.holders.iter().map(|h| Claim { name: h.name.clone(), since: i18n::clock(h.since, contest.tz()) }).collect(),
            texts: texts::names(&self.templates),
            ..DeskEntryPage::default()
        }
    }
}

/// What the program can tell of the version that counts, to keep with a decision.
pub async fn computed(tx: &Tx<Clerk>, desk: &DeskEntry, categories: &[Category]) -> Result<Vec<(&'static str, State)>, Failure> {
    let entry = desk.entry();
    let (version, flags, conditions) = try_join!(store::get_version(tx, entry.id, entry.version), store_kept::list_flags(tx, entry.id), get_conditions(tx))?;
    let version = version.ok_or(Failure::NotFound)?;
    let authors = store::list_authors(tx, version.id).await?;
    let open = flags.iter().filter(|f| f.settled_at.is_none()).count();
    Ok(checklist::computed(&version, (categories.iter().find(|k| k.id == version.category), &conditions), &authors, open))
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

/// `1.500–3.000`; empty where nothing is limited.
pub fn span(least: Option<i32>, most: Option<i32>, lang: Lang) -> String {
    let n = |v: i32| i18n::number(lang, v.into());
    match (least, most) {
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
    AuthorCard {
        name: a.name.clone(),
        pen: a.pen_name.clone(),
        year: a.birth_year.map(|y| y.to_string()).unwrap_or_default(),
        email: a.email.clone(),
        phone: a.phone.clone(),
        guardian: a.guardian.clone(),
        guardian_agrees: a.guardian_agrees,
    }
}

fn flag(f: &Flag, desk: &DeskEntry, lang: Lang) -> FlagCard {
    let contest = desk.contest();
    let meant: Vec<Meant> = serde_json::from_value(f.others.clone()).unwrap_or_default();
    FlagCard {
        kind: f.kind.clone(),
        at: i18n::moment(lang, f.raised_at, contest.tz()),
        open: f.settled_at.is_none(),
        note: f.note.clone(),
        error: String::new(),
        by_answer: by_answer(&f.kind, desk.entry().sealed),
        others: meant.iter().map(|m| OtherEntry { number: i18n::number(lang, m.number.into()), href: path_of(contest, m.id) }).collect(),
    }
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
    let stood = |how: State| -> Vec<String> {
        let all = d.checks.as_object().into_iter().flatten();
        all.filter(|(_, v)| v.as_str() == Some(how.word())).map(|(k, _)| k.clone()).collect()
    };
    PastDecision {
        version: d.version,
        verdict: d.verdict.clone(),
        reason: d.reason.clone(),
        by: d.by.clone(),
        name: d.name.clone(),
        due: d.due_at.map(|at| i18n::moment(lang, at, contest.tz())).unwrap_or_default(),
        held: stood(State::Ok),
        failed: stood(State::No),
        at: i18n::instant(lang, d.at, contest.tz()),
    }
}
