//! A list is taken away: on record first, then read in pieces, each in a transaction of its own, so that a slow line holds
//! none open and a hundred thousand lines need no more memory than two thousand.
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use futures_util::stream::{self, Stream, StreamExt, TryStreamExt};
use rust_xlsxwriter::{Workbook, XlsxError};
use tokio::io::AsyncReadExt;
use uuid::Uuid;

use crate::contests::Wearing;
use crate::contests::rules::{list_categories, list_units};
use crate::contests::store_asked::{Question, get_asked};
use crate::entries::desk::filter::{Filter, flags_of};
use crate::entries::desk::lists::{COLUMNS, Cell, csv_line, moment};
use crate::entries::desk::model::Line;
use crate::entries::desk::store_lists::{list_lines, note_export};
use crate::entries::post::rules::CONDITIONS;
use crate::platform::db::{Clerk, Mode, Slug, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Saved};
use crate::platform::i18n::Lang;
use crate::platform::site::Site;

/// Lines read at once.
const PIECE: i32 = 1_000;
/// Bytes of a finished file sent at once.
const BLOCK: usize = 64 * 1024;

/// csv | xlsx, by the button pressed.
pub struct ExportForm {
    form: String,
}
impl Form for ExportForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        ExportForm { form: f.line("form") }
    }
}

/// All that a list needs to be written after its transaction has ended.
struct List {
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

pub async fn export(Posted { mut proof, form }: Posted<Wearing<Clerk>, ExportForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, filter, site) = (proof.lang(), Filter::of(&proof.visitor.query), proof.site.clone());
    let session = proof.visitor.session;
    let (fact, tx) = proof.parts();
    let kind = match form.form.as_str() {
        "csv" => "text/csv; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => return Err(Refusal::of("export_form").into()),
    };
    note_export(tx, &filter, &form.form).await?;
    let mut names: HashMap<Uuid, String> = list_categories(tx).await?.into_iter().map(|k| (k.id, k.name(lang).to_owned())).collect();
    let questions = get_asked(tx).await?.questions;
    names.extend(list_units(tx).await?.into_iter().map(|u| (u.id, u.name(lang).to_owned())));
    let word = |key: String| site.pages.t(lang, &key, &[]);
    let list = Arc::new(List {
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
    });
    let at = fact.contest.now.with_timezone(&list.tz).format("%Y%m%d-%H%M");
    let disposition = format!("attachment; filename=\"{}-{at}.{}\"", fact.contest.slug, form.form);
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, kind)).insert_header((header::CONTENT_DISPOSITION, disposition));
    let answer = if form.form == "csv" { answer.streaming(csv(list)) } else { answer.streaming(xlsx(list)) };
    proof.commit(answer).await
}

impl List {
    async fn piece(&self, from: i32) -> Result<Vec<Line>, Failure> {
        let mut tx: Tx<Clerk> = self.site.db.open(Mode::Read, &self.who).await?;
        let lines = list_lines(&mut tx, &self.filter, from, PIECE).await?;
        tx.commit().await?;
        Ok(lines)
    }
    /// In pieces, to the end.
    fn pieces(self: Arc<Self>) -> impl Stream<Item = Result<Vec<Line>, Failure>> {
        stream::try_unfold(Some(1), move |from| {
            let list = self.clone();
            async move {
                let Some(from) = from else { return Ok(None) };
                let lines = list.piece(from).await?;
                let next = lines.last().map(|l| l.number.saturating_add(1)).filter(|_| lines.len() == usize::try_from(PIECE).unwrap_or(0));
                Ok(Some((lines, next)))
            }
        })
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

/// With a byte order mark, so that spreadsheets read it as UTF-8.
fn csv(list: Arc<List>) -> impl Stream<Item = Result<Bytes, Failure>> {
    let mut head = String::from("\u{feff}");
    csv_line(&list.head().into_iter().map(Cell::Text).collect::<Vec<_>>(), &mut head);
    let lines = list.clone().pieces().map_ok(move |lines| {
        let mut out = String::new();
        lines.into_iter().for_each(|l| csv_line(&list.cells(l), &mut out));
        Bytes::from(out)
    });
    stream::once(async { Ok(Bytes::from(head)) }).chain(lines)
}

/// A workbook written line by line to a temporary file, then sent.
fn xlsx(list: Arc<List>) -> impl Stream<Item = Result<Bytes, Failure>> {
    stream::once(async move {
        let (send, receive) = tokio::sync::mpsc::channel(2);
        let writer = list.clone();
        let written = tokio::task::spawn_blocking(move || write_workbook(&writer, receive));
        let mut pieces = std::pin::pin!(list.pieces());
        while let Some(lines) = pieces.next().await {
            if send.send(lines?).await.is_err() {
                break; // the writer stopped, and says why
            }
        }
        drop(send);
        let file = written.await.map_err(Failure::broken)?.map_err(Failure::broken)?;
        Ok::<_, Failure>(blocks(tokio::fs::File::from_std(file)))
    })
    .try_flatten()
}

fn write_workbook(list: &List, mut receive: tokio::sync::mpsc::Receiver<Vec<Line>>) -> Result<std::fs::File, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_freeze_panes(1, 0)?;
    for (c, word) in (0..).zip(list.head()) {
        sheet.write_string(0, c, word)?;
    }
    let mut row = 0;
    while let Some(lines) = receive.blocking_recv() {
        for line in lines {
            row += 1;
            for (c, cell) in (0..).zip(list.cells(line)) {
                match cell {
                    #[expect(clippy::cast_precision_loss, reason = "numbers of entries and words are far below 2^52")]
                    Cell::Number(n) => sheet.write_number(row, c, n as f64)?,
                    // a string is never run, whatever it begins with
                    Cell::Text(text) if !text.is_empty() => sheet.write_string(row, c, text)?,
                    Cell::Text(_) => continue,
                };
            }
        }
    }
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(&mut file)?;
    file.flush()?;
    std::io::Seek::rewind(&mut file)?;
    Ok(file)
}

fn blocks(file: tokio::fs::File) -> impl Stream<Item = Result<Bytes, Failure>> {
    stream::try_unfold(file, |mut file| async move {
        let mut block = Vec::with_capacity(BLOCK);
        let n = (&mut file).take(BLOCK as u64).read_to_end(&mut block).await.map_err(Failure::broken)?;
        Ok((n > 0).then_some((Bytes::from(block), file)))
    })
}
