//! What the page of an entry is made of.
use std::sync::Arc;

use futures_util::try_join;
use uuid::Uuid;

use crate::contests::Contest;
use crate::contests::form_rules::FormRules;
use crate::contests::rules::{Category, Conditions, Unit};
use crate::contests::store_asked::{Asked, Declared, Question};
use crate::documents::{clean, count_words};
use crate::entries::actions::Stored;
use crate::entries::forms::Typed;
use crate::entries::guards::OwnEntry;
use crate::entries::model::{Attachment, Decision, TypedAuthor};
use crate::entries::pages::{AuthorFields, CategoryPick, Check, DeclarationField, EntryPage, FileCard, LengthBar, Limits, Query, QuestionField, UnitPick};
use crate::entries::rules::{self, Wrong};
use crate::entries::store;
use crate::platform::db::{Contestant, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Errors;
use crate::platform::i18n::{self, Lang};

/// What a submission is checked against.
pub struct Facts {
    pub rules: Arc<FormRules>,
    pub attachment: Option<Attachment>,
}

impl Facts {
    /// With a file whose reading no row knows yet, where there is one.
    pub async fn read(tx: &Tx<Contestant>, own: &OwnEntry, file: Option<&Stored>) -> Result<Facts, Failure> {
        let (rules, mut attachment) = try_join!(FormRules::of(tx), store::get_draft_file(tx, own.entry().id))?;
        if let (Some(file), Some(attachment)) = (file, &mut attachment) {
            file.tell(attachment);
        }
        Ok(Facts { rules, attachment })
    }
}

/// Read once, printed by `page`.
pub struct Gathered {
    pub rules: Arc<FormRules>,
    pub attachment: Option<Attachment>,
    pub decisions: Vec<Decision>,
    pub saved_at: chrono::DateTime<chrono::Utc>,
    /// Why the desk gave it more time.
    pub own_reason: String,
    /// Texts that gave way to another are kept.
    pub kept: bool,
    /// After the cut; the desk has not answered.
    pub withdrawal_asked: bool,
}

impl Gathered {
    /// The draft as stored, and everything around it.
    pub async fn read(tx: &mut Tx<Contestant>, own: &OwnEntry) -> Result<(Gathered, Typed), Failure> {
        let id = own.entry().id;
        let (rules, draft, attachment, decisions) = try_join!(FormRules::of(tx), store::get_draft(tx, id), store::get_draft_file(tx, id), store::list_decisions(tx, id))?;
        let own_reason = if own.entry().extended_to.is_some() { store::get_extension_reason(tx, id).await? } else { String::new() };
        let withdrawal_asked = own.entry().cut && store::is_withdrawal_asked(tx, id).await?;
        let gathered = Gathered { rules, attachment, decisions, saved_at: draft.saved_at, own_reason, kept: draft.kept, withdrawal_asked };
        Ok((gathered, Typed::from_draft(&draft)))
    }

    /// The form with what is typed in it.
    pub fn page(&self, own: &OwnEntry, typed: &Typed, more_authors: bool, lang: Lang, errors: Errors) -> EntryPage {
        let (contest, entry) = (own.contest(), own.entry());
        let tz = contest.tz();
        let queried = entry.state == "queried";
        let last = self.decisions.first();
        let category = typed.category.or_else(|| self.rules.only_category());
        let chosen = self.rules.categories.iter().find(|k| Some(k.id) == category);
        // of any category: which one it will be may not be chosen yet
        let most = self.rules.categories.iter().filter_map(|k| usize::try_from(k.max_authors).ok()).max().unwrap_or(1);
        let least = chosen.map_or(1, |k| usize::try_from(k.min_authors).unwrap_or(1)).max(1);
        let shown = (typed.authors.len() + usize::from(more_authors && typed.authors.len() < most)).max(least);
        EntryPage {
            contest: contest.title(lang).to_owned(),
            action: own.path(""),
            draft_action: own.path("draft"),
            withdraw_action: own.path("withdrawal"),
            receipt_href: own.path("receipt"),
            original_href: own.path("original"),
            own_href: if contest.published_at.is_some() && entry.is_in_marking() { own.path("receipt#own") } else { String::new() },
            list_href: contest.path("entries"),
            state: entry.state.clone(),
            number: entry.number.map(|n| i18n::number(lang, n.into())).unwrap_or_default(),
            locked: rules::may_edit(contest, entry).err().map(|l| l.code().to_owned()).unwrap_or_default(),
            submitted: entry.version > 0,
            unsent: entry.submitted_at.is_some_and(|at| self.saved_at > at),
            may_withdraw: rules::may_withdraw(contest, entry),
            query: last.filter(|_| queried).map(|d| Query {
                reason: d.reason.clone(),
                at: i18n::moment(lang, d.at, tz),
                wished: d.due_at.filter(|due| contest.now < *due && *due < contest.queries_close_at).map(|due| i18n::moment(lang, due, tz)).unwrap_or_default(),
                until: i18n::moment(lang, contest.queries_close_at, tz),
            }),
            may_ask_withdrawal: entry.is_in_marking() && !entry.sealed && !self.withdrawal_asked,
            withdrawal_asked: entry.state == "valid" && self.withdrawal_asked,
            sealed: entry.is_in_marking() && entry.sealed,
            refused_reason: last.filter(|d| matches!(d.verdict.as_str(), "refused" | "struck_out")).map(|d| d.reason.clone()).unwrap_or_default(),
            categories: self.rules.categories.iter().map(|k| pick(k, category, lang)).collect(),
            units: unit_picks(&self.rules.units, typed.unit, lang),
            authors: (1..=shown).map(|n| author_fields(n, typed.authors.get(n - 1), &errors)).collect(),
            more_authors: shown < most,
            // nothing is typed yet: what stands there is the sender's own
            for_other: entry.version == 0 && typed.revision == 1 && typed.authors.first().is_some_and(|a| !a.name.is_empty()),
            asks_year: self.rules.conditions.asks_birth_year(),
            min_age: or_empty(self.rules.conditions.min_age),
            born_by: or_empty(self.rules.conditions.born_by()),
            guardian_age: or_empty(self.rules.conditions.guardian_age),
            minor_from: or_empty(self.rules.conditions.minor_from()),
            title: typed.title.clone(),
            length: length_bar(count_words(clean(&typed.text).as_str()), chosen, lang),
            checks: self.checks(typed),
            text: typed.text.clone(),
            use_file: typed.use_file,
            file: self.attachment.as_ref().map(|a| file_card(a, lang)),
            note: typed.note.clone(),
            declarations: declaration_fields(&self.rules.asked, typed, lang, &errors),
            questions: question_fields(&self.rules.asked, typed, lang, &errors),
            errors,
            ..self.hours(own, typed, lang)
        }
    }

    /// What the form says of its own draft and of the time left.
    fn hours(&self, own: &OwnEntry, typed: &Typed, lang: Lang) -> EntryPage {
        let (contest, entry) = (own.contest(), own.entry());
        let tz = contest.tz();
        let deadline = rules::deadline(contest, entry);
        let own_time = Some(deadline).filter(|until| *until > contest.closes_at && entry.state != "queried");
        EntryPage {
            version: Uuid::now_v7().to_string(),
            revision: typed.revision,
            over: typed.over,
            saved_at: i18n::instant(lang, self.saved_at, tz),
            saved_iso: self.saved_at.to_rfc3339(),
            kept_href: if self.kept { own.path("kept") } else { String::new() },
            limits: limits(contest, &self.rules.conditions, lang),
            last_hour: deadline - contest.now <= chrono::TimeDelta::hours(1),
            own_time: own_time.map(|until| i18n::moment(lang, until, tz)).unwrap_or_default(),
            own_reason: self.own_reason.clone(),
            deadline: i18n::moment(lang, deadline, tz),
            deadline_iso: deadline.to_rfc3339(),
            now_iso: contest.now.to_rfc3339(),
            tz: tz.name().to_owned(),
            ..EntryPage::default()
        }
    }

    /// What is still to do, as far as the rules can tell now.
    fn checks(&self, typed: &Typed) -> Vec<Check> {
        let wrong = rules::check(typed, &self.rules, self.attachment.as_ref()).err().unwrap_or_default();
        let fails = |fields: &[&str]| wrong.iter().any(|(f, _)| fields.contains(&f.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit())));
        let pending = typed.use_file && self.attachment.as_ref().is_some_and(|a| a.state == "pending");
        let begun = if typed.use_file { self.attachment.is_some() } else { !typed.text.trim().is_empty() };
        let authors = typed.authors.iter().any(|a| !a.name.is_empty());
        let check = |key: &str, begun: bool, fails: bool| {
            let state = match (begun, fails) {
                (false, _) => "todo",
                (true, true) => "no",
                (true, false) => "ok",
            };
            Check { key: key.to_owned(), state: state.to_owned() }
        };
        let mut all = vec![
            check("category", typed.category.is_some(), fails(&["category"])),
            check("authors", authors, fails(&["name", "pen", "year", "email", "phone", "guardian", "agrees"])),
            check("title", !typed.title.is_empty(), fails(&["title"])),
            check("work", begun && !pending, fails(&["text", "file"])),
        ];
        if !self.rules.asked.is_empty() {
            let open = wrong.iter().any(|(f, _)| f.starts_with("answer_") || f.starts_with("declare_"));
            all.push(check("asked", !open, false));
        }
        all
    }
}

/// What the rules want declared, to tick.
pub fn declaration_fields(asked: &Asked, typed: &Typed, lang: Lang, errors: &Errors) -> Vec<DeclarationField> {
    let field = |(i, d): (usize, &Declared)| {
        let id = format!("declare_{}", d.id);
        let error = errors.by.get(&id).cloned().unwrap_or_default();
        DeclarationField { id, n: i + 1, text: d.text(lang).to_owned(), ticked: typed.asked.declared.contains(&d.id), error }
    };
    asked.declarations.iter().enumerate().map(field).collect()
}

/// What the rules ask, to answer.
pub fn question_fields(asked: &Asked, typed: &Typed, lang: Lang, errors: &Errors) -> Vec<QuestionField> {
    let field = |(i, q): (usize, &Question)| {
        let (id, value) = (format!("answer_{}", q.id), typed.asked.answer(&q.id).to_owned());
        let error = errors.by.get(&id).cloned().unwrap_or_default();
        let choices = q.choices.iter().map(|c| UnitPick { id: c.id.clone(), name: c.text(lang).to_owned(), chosen: c.id == value }).collect();
        QuestionField { id, n: i + 1, text: q.text(lang).to_owned(), required: q.required, value, choices, error }
    };
    asked.questions.iter().enumerate().map(field).collect()
}

/// Sentences of what is wrong, by `say`.
pub fn errors_of(wrong: &[Wrong], say: impl Fn(&crate::platform::failure::Refusal) -> String) -> Errors {
    let mut errors = Errors::default();
    for (field, refusal) in wrong {
        errors.add(field, say(refusal));
    }
    errors
}

fn limits(contest: &Contest, conditions: &Conditions, lang: Lang) -> Limits {
    let n = |limit: Option<i32>| limit.map(|l| i18n::number(lang, l.into())).unwrap_or_default();
    Limits { per_category: n(contest.limit_per_category), overall: n(contest.limit_overall), subject: conditions.limit_subject.clone() }
}

fn or_empty(n: Option<i32>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn length_bar(words: u32, category: Option<&Category>, lang: Lang) -> LengthBar {
    let n = |v: i64| i18n::number(lang, v);
    let (min, max) = category.map_or((0, 0), |k| (k.min_words.unwrap_or(0), k.max_words.unwrap_or(0)));
    let (missing, extra) = (i64::from(min) - i64::from(words), i64::from(words) - i64::from(max));
    let (verdict, by) = match () {
        () if words > 0 && missing > 0 => ("short", n(missing)),
        () if max > 0 && extra > 0 => ("long", n(extra)),
        () => ("fits", String::new()),
    };
    LengthBar {
        words: n(words.into()),
        value: words,
        min,
        max,
        scale: max + max / 3,
        allowed: category.map(|k| length_of(k, lang)).unwrap_or_default(),
        verdict: verdict.to_owned(),
        by,
    }
}

fn length_of(k: &Category, lang: Lang) -> String {
    let n = |v: i32| i18n::number(lang, v.into());
    match (k.min_words, k.max_words) {
        (Some(a), Some(b)) => format!("{}–{}", n(a), n(b)),
        (Some(a), None) => format!("≥ {}", n(a)),
        (None, Some(b)) => format!("≤ {}", n(b)),
        (None, None) => String::new(),
    }
}

/// A category to choose.
pub fn pick(k: &Category, chosen: Option<Uuid>, lang: Lang) -> CategoryPick {
    CategoryPick {
        id: k.id.to_string(),
        name: k.name(lang).to_owned(),
        length: length_of(k, lang),
        min: k.min_words.unwrap_or(0),
        max: k.max_words.unwrap_or(0),
        min_authors: k.min_authors,
        max_authors: k.max_authors,
        script: k.kind == "script",
        chosen: Some(k.id) == chosen,
    }
}

/// Units to choose from, each indented under its parent.
pub fn unit_picks(units: &[Unit], chosen: Option<Uuid>, lang: Lang) -> Vec<UnitPick> {
    units.iter().map(|u| UnitPick { id: u.id.to_string(), name: indented(u, lang), chosen: Some(u.id) == chosen }).collect()
}

fn indented(u: &Unit, lang: Lang) -> String {
    format!("{}{}", "\u{a0}\u{a0}\u{a0}".repeat(usize::try_from(u.depth).unwrap_or(0)), u.name(lang))
}

/// The n-th author's fields with what is typed.
pub fn author_fields(n: usize, typed: Option<&TypedAuthor>, errors: &Errors) -> AuthorFields {
    let a = typed.cloned().unwrap_or_default();
    let error = |field: &str| errors.by.get(&format!("{field}_{n}")).cloned().unwrap_or_default();
    AuthorFields {
        n,
        name: a.name,
        pen: a.pen,
        year: a.year,
        email: a.email,
        phone: a.phone,
        name_error: error("name"),
        pen_error: error("pen"),
        year_error: error("year"),
        email_error: error("email"),
        phone_error: error("phone"),
        guardian: a.guardian,
        guardian_agrees: a.guardian_agrees,
        guardian_error: error("guardian"),
        agrees_error: error("agrees"),
    }
}

fn file_card(a: &Attachment, lang: Lang) -> FileCard {
    let kb = (i64::from(a.bytes) + 1023) / 1024;
    FileCard {
        name: a.file_name.clone(),
        size: format!("{} KB", i18n::number(lang, kb)),
        state: a.state.clone(),
        words: a.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        reason: a.reason.clone().unwrap_or_default(),
        warnings: serde_json::from_value(a.warnings.clone()).unwrap_or_default(),
    }
}
