//! What the pages of paper by post are made of.
use chrono::TimeDelta;
use futures_util::try_join;
use uuid::Uuid;

use crate::contests::Contest;
use crate::contests::file::local;
use crate::contests::phase::Phase;
use crate::contests::rules::{Category, Conditions, Unit, get_conditions, list_categories, list_units};
use crate::contests::store_asked::{Asked, get_asked};
use crate::entries::desk::guards::path_of;
use crate::entries::desk::model::{Author, Received, Version};
use crate::entries::desk::store as desk_store;
use crate::entries::forms::Typed;
use crate::entries::handlers::gather::{author_fields, declaration_fields, pick, question_fields, unit_picks};
use crate::entries::model::TypedAuthor;
use crate::entries::post::forms::{Kept, TypedEnvelope};
use crate::entries::post::model::Envelope;
use crate::entries::post::pages::{ConditionPick, PostCard, PostPage, PostedPage};
use crate::entries::post::rules::{CONDITIONS, asks_postmark};
use crate::entries::post::store;
use crate::entries::rules::has_ended;
use crate::outbox::in_fours;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Errors;
use crate::platform::i18n::{self, Lang};
use crate::platform::secret::hex;
use crate::platform::site::Site;

/// What is written down already.
pub struct Old {
    pub entry: Received,
    pub version: Version,
    pub authors: Vec<Author>,
    pub envelope: Envelope,
    asked: serde_json::Value,
    query: String,
}

/// Read once, for the form and what it is held against.
pub struct Desk {
    pub contest: Contest,
    pub categories: Vec<Category>,
    pub units: Vec<Unit>,
    pub conditions: Conditions,
    pub asked: Asked,
    pub old: Option<Old>,
}

impl Desk {
    /// Errors: the entry did not come by post.
    pub async fn read(tx: &Tx<Clerk>, contest: Contest, entry: Option<Received>) -> Result<Desk, Failure> {
        let (categories, units, conditions, asked) = try_join!(list_categories(tx), list_units(tx), get_conditions(tx), get_asked(tx))?;
        let old = match entry {
            Some(entry) => Some(Old::read(tx, entry).await?),
            None => None,
        };
        Ok(Desk { contest, categories, units, conditions, asked, old })
    }

    /// What is typed before anybody types: what is written down, or what stays of the envelope before.
    pub fn begun(&self, kept: Kept) -> (Typed, TypedEnvelope) {
        let tz = self.contest.tz();
        let Some(old) = &self.old else {
            let arrived = if kept.arrived.is_empty() { local(self.contest.now, tz) } else { kept.arrived };
            let envelope = TypedEnvelope { postmark: kept.postmark, arrived, condition: "whole".to_owned(), remark: String::new() };
            let only = self.categories.first().filter(|_| self.categories.len() == 1).map(|k| k.id);
            return (Typed { category: kept.category.or(only), unit: kept.unit, ..Typed::default() }, envelope);
        };
        let author = |a: &Author| TypedAuthor {
            name: a.name.clone(),
            pen: a.pen_name.clone(),
            year: a.birth_year.map(|y| y.to_string()).unwrap_or_default(),
            email: a.email.clone(),
            phone: a.phone.clone(),
            guardian: a.guardian.clone(),
            guardian_agrees: a.guardian_agrees,
        };
        let v = &old.version;
        let typed = Typed {
            category: Some(v.category),
            unit: v.unit,
            title: v.title.clone(),
            text: if v.file_name.is_none() { v.body.clone().unwrap_or_default() } else { String::new() },
            authors: old.authors.iter().map(author).collect(),
            asked: serde_json::from_value(old.asked.clone()).unwrap_or_default(),
            ..Typed::default()
        };
        let e = &old.envelope;
        let day = e.postmark.map(|d| d.to_string()).unwrap_or_default();
        (typed, TypedEnvelope { postmark: day, arrived: local(e.arrived_at, tz), condition: e.condition.clone(), remark: e.note.clone() })
    }

    /// The form with what is typed in it. `ids`: entry and version that it would make.
    pub fn page(&self, (typed, envelope): (&Typed, &TypedEnvelope), ids: (Uuid, Uuid), more: bool, lang: Lang, errors: Errors) -> PostPage {
        let (contest, tz) = (&self.contest, self.contest.tz());
        let most = self.categories.iter().filter_map(|k| usize::try_from(k.max_authors).ok()).max().unwrap_or(1);
        let shown = (typed.authors.len() + usize::from(more)).clamp(1, most.max(typed.authors.len()).max(1));
        let own = self.old.as_ref().map(|o| path_of(contest, o.entry.id));
        PostPage {
            action: own.as_ref().map_or_else(|| contest.path("desk/post"), |own| format!("{own}/post")),
            back_href: own.unwrap_or_else(|| contest.path("desk")),
            number: self.old.as_ref().map(|o| i18n::number(lang, o.entry.number.into())).unwrap_or_default(),
            entry: ids.0.to_string(),
            version: ids.1.to_string(),
            seen: self.old.as_ref().map_or(0, |o| o.entry.version),
            postmark: envelope.postmark.clone(),
            asks_postmark: asks_postmark(contest, &self.conditions) || !envelope.postmark.is_empty(),
            postmark_by: limit_of(contest, &self.conditions, lang),
            arrived: envelope.arrived.clone(),
            zone: tz.name().to_owned(),
            conditions: CONDITIONS.map(|c| ConditionPick { id: c.to_owned(), chosen: c == envelope.condition }).to_vec(),
            remark: envelope.remark.clone(),
            intake_closes: i18n::moment(lang, contest.intake_closes_at, tz),
            categories: self.categories.iter().map(|k| pick(k, typed.category, lang)).collect(),
            units: unit_picks(&self.units, typed.unit, lang),
            authors: (1..=shown).map(|n| author_fields(n, typed.authors.get(n - 1), &errors)).collect(),
            more_authors: shown < most,
            minor_from: self.conditions.minor_from().map(|y| y.to_string()).unwrap_or_default(),
            title: typed.title.clone(),
            text: typed.text.clone(),
            file: self.old.as_ref().and_then(|o| o.version.file_name.clone()).unwrap_or_default(),
            declarations: declaration_fields(&self.asked, typed, lang, &errors),
            questions: question_fields(&self.asked, typed, lang, &errors),
            query: self.old.as_ref().map(|o| o.query.clone()).unwrap_or_default(),
            note: typed.note.clone(),
            errors,
        }
    }
}

impl Old {
    async fn read(tx: &Tx<Clerk>, entry: Received) -> Result<Old, Failure> {
        let (version, envelope, decisions) =
            try_join!(desk_store::get_version(tx, entry.id, entry.version), store::get_envelope(tx, entry.id), desk_store::list_decisions(tx, entry.id))?;
        let version = version.ok_or(Failure::NotFound)?;
        let (authors, asked) = try_join!(desk_store::list_authors(tx, version.id), store::get_asked_of(tx, version.id))?;
        let query = decisions.into_iter().next().filter(|_| entry.state == "queried").map(|d| d.reason).unwrap_or_default();
        Ok(Old { entry, version, authors, envelope: envelope.ok_or(Failure::NotFound)?, asked, query })
    }
}

/// The last day that a postmark may bear: the rules', or that of the deadline.
fn limit_of(contest: &Contest, conditions: &Conditions, lang: Lang) -> String {
    let closing = (contest.closes_at - TimeDelta::microseconds(1)).with_timezone(&contest.tz()).date_naive();
    i18n::date(lang, conditions.postmark_by.unwrap_or(closing))
}

/// The receipt of an entry as it stands, with its code, if that may be told now.
pub async fn receipt_of(tx: &Tx<Clerk>, site: &Site, contest: &Contest, (entry, code): (Uuid, &str), lang: Lang) -> Result<PostedPage, Failure> {
    let received = desk_store::get_received(tx, entry).await?.ok_or(Failure::NotFound)?;
    let (old, categories, units, conditions) = try_join!(Old::read(tx, received), list_categories(tx), list_units(tx), get_conditions(tx))?;
    let (v, e, tz) = (&old.version, &old.envelope, contest.tz());
    let kept = Kept { postmark: e.postmark.map(|d| d.to_string()).unwrap_or_default(), arrived: local(e.arrived_at, tz), category: Some(v.category), unit: v.unit };
    let goes_on = v.n == 1 && matches!(contest.phase(), Phase::Open | Phase::Intake);
    let own = path_of(contest, entry);
    Ok(PostedPage {
        contest: contest.title(lang).to_owned(),
        number: i18n::number(lang, old.entry.number.into()),
        receipt: in_fours(&v.receipt),
        code: in_fours(code),
        code_action: format!("{own}/code"),
        claim_at: site.link(&contest.path("entries")),
        title: v.title.clone(),
        category: categories.iter().find(|k| k.id == v.category).map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        unit: units.iter().find(|u| Some(u.id) == v.unit).map(|u| u.name(lang).to_owned()).unwrap_or_default(),
        authors: old.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", "),
        asks_postmark: e.postmark.is_some() || asks_postmark(contest, &conditions),
        postmark: e.postmark.map(|d| i18n::date(lang, d)).unwrap_or_default(),
        arrived: i18n::moment(lang, e.arrived_at, tz),
        condition: e.condition.clone(),
        received_at: i18n::instant(lang, v.received_at, tz),
        offset: format!("UTC{}", v.received_at.with_timezone(&tz).format("%:z")),
        sha256: hex(&v.sha256),
        words: v.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        late: e.late,
        untyped: v.reading.as_deref() == Some("untyped"),
        reachable: e.reachable,
        next_href: if goes_on { contest.path(&format!("desk/post{}#name_1", kept.query())) } else { String::new() },
        entry_href: own,
        desk_href: contest.path("desk"),
    })
}

/// The envelope beside its entry; None where it did not come by post.
pub async fn card_of(tx: &Tx<Clerk>, contest: &Contest, entry: &Received, lang: Lang) -> Result<Option<PostCard>, Failure> {
    if !entry.by_post {
        return Ok(None);
    }
    let (envelope, version, conditions) = try_join!(store::get_envelope(tx, entry.id), desk_store::get_version(tx, entry.id, entry.version), get_conditions(tx))?;
    let Some(e) = envelope else { return Ok(None) };
    let untyped = version.is_some_and(|v| v.reading.as_deref() == Some("untyped"));
    let ended = entry.cut || has_ended(&entry.state) || entry.state == "queried" && contest.phase() == Phase::Closed;
    let own = path_of(contest, entry.id);
    Ok(Some(PostCard {
        asks_postmark: e.postmark.is_some() || asks_postmark(contest, &conditions),
        postmark: e.postmark.map(|d| i18n::date(lang, d)).unwrap_or_default(),
        arrived: i18n::moment(lang, e.arrived_at, contest.tz()),
        condition: e.condition,
        remark: e.note,
        late: e.late,
        limit: limit_of(contest, &conditions, lang),
        claimed: e.claimed,
        code_at: e.code_at.map(|at| i18n::moment(lang, at, contest.tz())).unwrap_or_default(),
        reachable: e.reachable,
        write_href: if ended || e.claimed && !untyped { String::new() } else { format!("{own}/post") },
        code_action: if e.claimed { String::new() } else { format!("{own}/code") },
    }))
}
