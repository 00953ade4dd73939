//! A list is taken away: on record first, then read and sent.
use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::Data;
use uuid::Uuid;

use crate::contests::Wearing;
use crate::contests::rules::{list_categories, list_units};
use crate::contests::store_asked::{Question, get_asked};
use crate::entries::desk::filter::{Filter, flags_of};
use crate::entries::desk::lists::COLUMNS;
use crate::entries::desk::model::Line;
use crate::entries::desk::store_lists::{list_lines, note_export};
use crate::entries::post::rules::CONDITIONS;
use crate::platform::db::{Clerk, Mode, Slug, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::guard::{Posted, Saved};
use crate::platform::i18n::Lang;
use crate::platform::list::{self, Cell, ListForm, PIECE, moment};
use crate::platform::site::Site;

/// All that a list needs to be written after its transaction has ended.
struct EntryList {
    site: Data<Site>,
    who: Who,
    filter: Filter,
    lang: Lang,
    tz: chrono_tz::Tz,
    names: HashMap<Uuid, String>,
    states: HashMap<&'static str, String>,
    flags: HashMap<&'static str, String>,
    conditions: HashMap<&'static str, String>,
    yes: String,
    questions: Vec<Question>,
}

pub async fn export(Posted { mut proof, form }: Posted<Wearing<Clerk>, ListForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, filter, site) = (proof.lang(), Filter::of(&proof.visitor.query), proof.site.clone());
    let session = proof.visitor.session;
    let kind = form.kind()?;
    let (fact, tx) = proof.parts();
    note_export(tx, &filter, kind.word()).await?;
    let mut names: HashMap<Uuid, String> = list_categories(tx).await?.into_iter().map(|k| (k.id, k.name(lang).to_owned())).collect();
    let questions = get_asked(tx).await?.questions;
    names.extend(list_units(tx).await?.into_iter().map(|u| (u.id, u.name(lang).to_owned())));
    let word = |key: String| site.pages.t(lang, &key, &[]);
    let list = EntryList {
        who: Who::Visitor { session, contest: Slug::parse(&fact.contest.slug) },
        tz: fact.contest.tz(),
        states: ["waiting", "queried", "valid", "refused", "withdrawn", "struck_out"].into_iter().map(|s| (s, word(format!("desk-tag-{s}")))).collect(),
        flags: crate::entries::desk::filter::FLAGS.into_iter().map(|k| (k, word(format!("desk-flag-{k}")))).collect(),
        conditions: CONDITIONS.into_iter().map(|c| (c, word(format!("post-condition-{c}")))).collect(),
        yes: word("desk-list-yes".to_owned()),
        site: site.clone(),
        filter,
        lang,
        names,
        questions,
    };
    let at = fact.contest.now.with_timezone(&list.tz).format("%Y%m%d-%H%M");
    let name = format!("{}-{at}", fact.contest.slug);
    proof.commit(list::answer(list, kind, &name)).await
}

impl list::List for EntryList {
    type Line = Line;
    type Place = i32;
    async fn piece(&self, from: Option<i32>) -> Result<list::Piece<Self>, Failure> {
        let mut tx: Tx<Clerk> = self.site.db.open(Mode::Read, &self.who).await?;
        let lines = list_lines(&mut tx, &self.filter, from.unwrap_or(1), PIECE).await?;
        tx.commit().await?;
        let next = lines.last().map(|l| l.number.saturating_add(1)).filter(|_| lines.len() == usize::try_from(PIECE).unwrap_or(0));
        Ok((lines, next))
    }
    fn head(&self) -> Vec<String> {
        let fixed = COLUMNS.iter().map(|c| self.site.pages.t(self.lang, &format!("desk-list-{c}"), &[]));
        fixed.chain(self.questions.iter().map(|q| q.text(self.lang).to_owned())).collect()
    }
    fn cells(&self, l: Line) -> Vec<Cell> {
        let text = |t: Option<String>| Cell::Text(t.unwrap_or_default());
        let name = |id: Option<Uuid>| text(id.and_then(|id| self.names.get(&id).cloned()));
        let at = |at| Cell::Text(moment(at, self.tz));
        let flags: Vec<&str> = flags_of(l.flags).filter_map(|k| self.flags.get(k).map(String::as_str)).collect();
        let answers: Vec<Cell> = self.questions.iter().map(|q| Cell::Text(answered(q, &l.answers, self.lang))).collect();
        let mut cells = vec![
            Cell::Number(l.number.into()),
            Cell::Text(l.receipt),
            text(self.states.get(l.state.as_str()).cloned()),
            Cell::Text(if l.cut { self.yes.clone() } else { String::new() }),
            name(Some(l.category)),
            name(l.unit),
            Cell::Text(l.title),
            l.words.map_or_else(|| text(None), |w| Cell::Number(w.into())),
            text(l.names),
            text(l.pens),
            text(l.years),
            text(l.emails),
            text(l.phones),
            text(l.guardians),
            at(l.received_at),
            text(l.postmark.map(|day| day.to_string())),
            l.arrived_at.map_or_else(|| text(None), at),
            text(l.condition.and_then(|c| self.conditions.get(c.as_str()).cloned())),
            at(l.state_at),
            l.due_at.map_or_else(|| text(None), at),
            Cell::Text(flags.join("; ")),
            Cell::Text(l.reason),
        ];
        cells.extend(answers);
        cells
    }
}

/// What was answered to a question: in words, or the choice as the rules name it now.
fn answered(q: &Question, answers: &serde_json::Value, lang: Lang) -> String {
    let given = answers.get(&q.id).and_then(serde_json::Value::as_str).unwrap_or_default();
    let choice = q.choices.iter().find(|c| c.id == given);
    choice.map_or(given, |c| c.text(lang)).to_owned()
}
