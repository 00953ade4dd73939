//! A list to take away, as a CSV file or a workbook: read in pieces, each in a transaction of its own, so that a slow line holds none
//! open and a hundred thousand lines need no more memory than two thousand; each cell written so that no program takes it for a
//! formula.
use std::future::Future;
use std::io::Write as _;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use futures_util::stream::{self, Stream, StreamExt, TryStreamExt};
use rust_xlsxwriter::{Workbook, XlsxError};
use tokio::io::AsyncReadExt;

use super::failure::{Failure, Refusal};
use super::form::{Fields, Form};

/// Lines read at once.
pub const PIECE: i32 = 1_000;
/// Bytes of a finished file sent at once.
const BLOCK: usize = 64 * 1024;

/// In which form a list is wanted, by the button pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Csv,
    Xlsx,
}
impl Kind {
    /// As the record and the file's name have it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Csv => "csv",
            Kind::Xlsx => "xlsx",
        }
    }
    fn mime(self) -> &'static str {
        match self {
            Kind::Csv => "text/csv; charset=utf-8",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// The form under a list.
pub struct ListForm {
    form: String,
}
impl Form for ListForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        ListForm { form: f.line("form") }
    }
}
impl ListForm {
    /// Errors: a form that no button has.
    pub fn kind(&self) -> Result<Kind, Refusal> {
        [Kind::Csv, Kind::Xlsx].into_iter().find(|k| k.word() == self.form).ok_or_else(|| Refusal::of("export_form"))
    }
}

/// Lines, and where the next piece begins.
pub type Piece<L> = (Vec<<L as List>::Line>, Option<<L as List>::Place>);

/// What a list is made of. It outlives the request's transaction, and holds none.
pub trait List: Send + Sync + Sized + 'static {
    type Line: Send + 'static;
    /// Where a piece begins.
    type Place;
    /// The first line: what each column is.
    fn head(&self) -> Vec<String>;
    fn cells(&self, line: Self::Line) -> Vec<Cell>;
    /// Lines from a place on (None: from the beginning), and where the next piece begins, if there is one.
    fn piece(&self, from: Option<Self::Place>) -> impl Future<Output = Result<Piece<Self>, Failure>>;
}

/// The file, written while it is sent. `name`: without its ending.
pub fn answer<L: List>(list: L, kind: Kind, name: &str) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, kind.mime()));
    answer.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", kind.word())));
    let list = Arc::new(list);
    match kind {
        Kind::Csv => answer.streaming(csv(list)),
        Kind::Xlsx => answer.streaming(xlsx(list)),
    }
}

fn pieces<L: List>(list: Arc<L>) -> impl Stream<Item = Result<Vec<L::Line>, Failure>> {
    stream::try_unfold((None, false), move |(from, ended)| {
        let list = list.clone();
        async move {
            if ended {
                return Ok(None);
            }
            let (lines, next) = list.piece(from).await?;
            let ended = next.is_none();
            Ok(Some((lines, (next, ended))))
        }
    })
}

/// With a byte order mark, so that spreadsheets read it as UTF-8.
fn csv<L: List>(list: Arc<L>) -> impl Stream<Item = Result<Bytes, Failure>> {
    let mut head = String::from("\u{feff}");
    csv_line(&list.head().into_iter().map(Cell::Text).collect::<Vec<_>>(), &mut head);
    let lines = pieces(list.clone()).map_ok(move |lines| {
        let mut out = String::new();
        lines.into_iter().for_each(|l| csv_line(&list.cells(l), &mut out));
        Bytes::from(out)
    });
    stream::once(async { Ok(Bytes::from(head)) }).chain(lines)
}

/// A workbook written line by line to a temporary file, then sent.
fn xlsx<L: List>(list: Arc<L>) -> impl Stream<Item = Result<Bytes, Failure>> {
    stream::once(async move {
        let (send, receive) = tokio::sync::mpsc::channel(2);
        let writer = list.clone();
        let written = tokio::task::spawn_blocking(move || write_workbook(&*writer, receive));
        let mut pieces = std::pin::pin!(pieces(list));
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

fn write_workbook<L: List>(list: &L, mut receive: tokio::sync::mpsc::Receiver<Vec<L::Line>>) -> Result<std::fs::File, XlsxError> {
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
                    #[expect(clippy::cast_precision_loss, reason = "numbers of entries, words and hundredths are far below 2^52")]
                    Cell::Number(n) => sheet.write_number(row, c, n as f64)?,
                    #[expect(clippy::cast_precision_loss, reason = "numbers of entries, words and hundredths are far below 2^52")]
                    Cell::Hundredths(n) => sheet.write_number(row, c, n as f64 / 100.0)?,
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

/// A cell as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Number(i64),
    /// A mark, as spreadsheets reckon with it.
    Hundredths(i64),
    Text(String),
}

/// The moment as spreadsheets sort it.
pub fn moment(at: DateTime<Utc>, tz: Tz) -> String {
    at.with_timezone(&tz).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A line of CSV (RFC 4180). What would begin a formula gets an apostrophe in front: people type names, spreadsheets run cells.
pub fn csv_line(cells: &[Cell], out: &mut String) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        match cell {
            Cell::Number(n) => out.push_str(&n.to_string()),
            Cell::Hundredths(n) => out.push_str(&format!("{}{}.{:02}", if *n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100)),
            Cell::Text(text) => csv_text(text, out),
        }
    }
    out.push_str("\r\n");
}

fn csv_text(text: &str, out: &mut String) {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']);
    if !formula && !text.contains([',', '"', '\n', '\r', ';']) {
        out.push_str(text);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        csv_line(&[Cell::Number(7), Cell::Text(text.into())], &mut out);
        out
    }

    #[test]
    fn a_cell_that_would_run_is_text() {
        for text in ["=1+1", "+84900000246", "-2", "@sum", "\tx", " =cmd|' /C calc'!A0", "＝1"] {
            assert!(written(text).starts_with("7,\"'"), "{}", written(text));
        }
        assert_eq!(written("Đường về bản"), "7,Đường về bản\r\n");
    }
    #[test]
    fn quotes_commas_and_lines_stay_inside_their_cell() {
        assert_eq!(written("Ông \"Ba\", xã A\nB"), "7,\"Ông \"\"Ba\"\", xã A\nB\"\r\n");
    }
    #[test]
    fn a_mark_is_a_number_with_two_decimals() {
        let mut out = String::new();
        csv_line(&[Cell::Hundredths(8005), Cell::Hundredths(0)], &mut out);
        assert_eq!(out, "80.05,0.00\r\n");
    }
}
