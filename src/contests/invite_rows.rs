//! A list of people as spreadsheets write it: rows of CSV, with or without a row of headings, in either language.
use std::collections::HashMap;

use super::invite_form::{Invitee, read};
use crate::accounts::model::HatWord;
use crate::platform::failure::Refusal;
use crate::platform::names::fold;

/// The most rows of one list.
pub const MOST: usize = 2_000;
/// What is shown of a cell that cannot be used, in characters.
const SHOWN: usize = 80;

/// A row of the list: what it says, and whom it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where the row begins, as an editor counts.
    pub line: u64,
    pub email: String,
    pub name: String,
    /// As typed; empty: the hat chosen for the whole list.
    pub hat: String,
    pub means: Result<(Invitee, HatWord), Wrong>,
}

/// Why a row invites nobody, as far as the row itself tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No address, or one that cannot be one.
    Address,
    /// No hat is called so.
    Hat,
    /// The same address with the same hat stands in that line.
    Twice(u64),
    /// It stands above the headings, as a sheet's title does.
    Above,
}

/// The text of a file. Errors: it is a workbook, or in another encoding than UTF-8.
pub fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Refusal::of("list_is_workbook"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::of("list_not_utf8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    if text.contains('\0') {
        return Err(Refusal::of("list_not_utf8"));
    }
    Ok(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
}

/// Every row of the list. Errors: there is none, there are too many, or its headings name no column of addresses.
pub fn read_rows(text: &str, usual: HatWord) -> Result<Vec<Row>, Refusal> {
    let records = records_of(text)?;
    let (columns, from) = headed(&records)?;
    let mut rows: Vec<Row> = vec![];
    let mut seen: HashMap<(String, &str), u64> = HashMap::new();
    for (line, cells) in records.iter().take(from.saturating_sub(1)) {
        let words: Vec<&str> = cells.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
        rows.push(Row { line: *line, email: words.join(" ").chars().take(SHOWN).collect(), means: Err(Wrong::Above), ..Row::of("", "", "") });
    }
    for (line, cells) in records.into_iter().skip(from) {
        for mut row in columns.as_ref().map_or_else(|| by_content(&cells), |c| vec![c.row(&cells)]) {
            row.line = line;
            row.means = row.meant(usual);
            if let Ok((invitee, hat)) = &row.means
                && let Some(first) = seen.insert((invitee.email.key.clone(), hat.word()), line)
            {
                seen.insert((invitee.email.key.clone(), hat.word()), first);
                row.means = Err(Wrong::Twice(first));
            }
            rows.push(row);
        }
        if rows.len() > MOST {
            return Err(Refusal::of("list_too_long").with("max", MOST));
        }
    }
    if rows.iter().all(|r| r.means == Err(Wrong::Above)) { Err(Refusal::of("list_empty")) } else { Ok(rows) }
}

/// What stands on each line, and on which: lines that say nothing are left out, and counted.
fn records_of(text: &str) -> Result<Vec<(u64, Vec<String>)>, Refusal> {
    let (text, delimiter, before) = delimited(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut records, mut line, mut counted) = (vec![], before + 1, 0);
    for record in reader.records() {
        let record = record.map_err(|_| Refusal::of("list_not_utf8"))?;
        // where the reader stood before it passed over empty lines
        let at = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or_default();
        let begins = at + text.as_bytes().get(at..).map_or(0, |rest| rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count());
        line += text.as_bytes().get(counted..begins).map_or(0, |passed| passed.iter().filter(|b| **b == b'\n').count());
        counted = begins.max(counted);
        let cells: Vec<String> = record.iter().map(cell).collect();
        if cells.iter().any(|c| !c.is_empty()) {
            records.push((u64::try_from(line).unwrap_or(u64::MAX), cells));
        }
    }
    Ok(records)
}

/// How many lines may stand above the headings: a title, a date.
const ABOVE: usize = 5;

/// The columns, and where the rows begin. A sheet's title above its headings is no row; what has an address above them is one.
/// Errors: the first line is one of headings and none of them is of addresses.
fn headed(records: &[(u64, Vec<String>)]) -> Result<(Option<Columns>, usize), Refusal> {
    let no_address = |(_, cells): &&(u64, Vec<String>)| !cells.iter().any(|c| c.contains('@'));
    for (at, (_, cells)) in records.iter().take(ABOVE).take_while(no_address).enumerate() {
        if is_heading(cells)
            && let Ok(columns) = Columns::of(cells)
        {
            return Ok((Some(columns), at + 1));
        }
    }
    match records.first() {
        Some((_, cells)) if is_heading(cells) => Ok((Some(Columns::of(cells)?), 1)),
        _ => Ok((None, 0)),
    }
}

impl Row {
    fn of(email: &str, name: &str, hat: &str) -> Row {
        Row { line: 0, email: email.to_owned(), name: name.to_owned(), hat: hat.to_owned(), means: Err(Wrong::Address) }
    }

    fn meant(&mut self, usual: HatWord) -> Result<(Invitee, HatWord), Wrong> {
        let invitee = read(&self.email, &self.name).ok_or(Wrong::Address);
        match &invitee {
            Ok(i) => (self.email, self.name) = (i.email.address.clone(), i.name.clone()),
            Err(_) => {
                for cell in [&mut self.email, &mut self.name] {
                    *cell = cell.chars().take(SHOWN).collect();
                }
            }
        }
        let hat = if self.hat.is_empty() { Ok(usual) } else { hat_called(&self.hat).ok_or(Wrong::Hat) };
        self.hat = self.hat.chars().take(SHOWN).collect();
        Ok((invitee?, hat?))
    }
}

/// One line, trimmed, without what spreadsheets and mail programs put before an address or a name.
fn cell(raw: &str) -> String {
    let bare = raw.trim_start_matches(['\u{feff}', '\u{200b}']).split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    bare.strip_prefix("mailto:").map_or(bare.clone(), str::to_owned)
}

/// The text without the line by which Excel says what parts the cells, what does, and how many lines that took. Where nothing says it: what stands
/// most often outside quotes in the line of headings, or else in the first line.
fn delimited(text: &str) -> (&str, u8, usize) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(said) = first.trim().strip_prefix("sep=")
        && let [b @ (b',' | b';' | b'\t' | b'|')] = said.as_bytes()
    {
        return (text.split_once('\n').map_or("", |(_, rest)| rest), *b, 1);
    }
    let mut tops = text.lines().filter(|l| !l.trim().is_empty()).take(ABOVE);
    let parted = |l: &&str| l.split([',', ';', '\t']).any(|c| EMAIL.contains(&bare(&cell(c)).as_str()) || ADDRESS.contains(&bare(&cell(c)).as_str()));
    let headings = tops.clone().take_while(|l| !l.contains('@')).find(parted);
    let first = headings.or_else(|| tops.next()).unwrap_or_default();
    let mut quoted = false;
    let outside: Vec<u8> = first
        .bytes()
        .filter(|b| {
            quoted ^= *b == b'"';
            !quoted
        })
        .collect();
    let count = |d: u8| outside.iter().filter(|b| **b == d).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| count(*d)).unwrap_or(b',');
    (text, if count(delimiter) == 0 { b',' } else { delimiter }, 0)
}

const EMAIL: [&str; 10] = ["email", "e mail", "mail", "email address", "e mail address", "dia chi email", "dia chi thu", "thu dien tu", "dia chi thu dien tu", "hop thu"];
/// Where no other column is one of addresses: beside `Email` it is where somebody lives.
const ADDRESS: [&str; 2] = ["address", "dia chi"];
const NAME: [&str; 7] = ["name", "full name", "ten", "ho ten", "ho va ten", "ho ten giam khao", "giam khao"];
const HAT: [&str; 4] = ["hat", "role", "vai tro", "nhiem vu"];

/// Without marks, and with nothing but letters and single spaces.
fn bare(cell: &str) -> String {
    fold(&cell.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect::<String>())
}

fn hat_called(cell: &str) -> Option<HatWord> {
    Some(match bare(cell).as_str() {
        "judge" | "giam khao" | "gk" | "thanh vien ban giam khao" | "uy vien ban giam khao" => HatWord::Judge,
        "chair" | "chair of the judges" | "head judge" | "truong ban" | "truong ban giam khao" => HatWord::Chair,
        "clerk" | "desk" | "the desk" | "thu ky" | "to thu ky" => HatWord::Clerk,
        "organizer" | "organiser" | "ban to chuc" | "btc" => HatWord::Organizer,
        "auditor" | "giam sat" => HatWord::Auditor,
        _ => return None,
    })
}

/// A first row that names columns: no address in it, and at least one heading that is known.
fn is_heading(cells: &[String]) -> bool {
    let known = |c: &String| [&EMAIL[..], &ADDRESS[..], &NAME[..], &HAT[..]].iter().any(|words| words.contains(&bare(c).as_str()));
    !cells.iter().any(|c| c.contains('@')) && cells.iter().any(known)
}

struct Columns {
    email: usize,
    name: Option<usize>,
    hat: Option<usize>,
}

impl Columns {
    fn of(headings: &[String]) -> Result<Columns, Refusal> {
        let called = |words: &[&str]| headings.iter().position(|h| words.contains(&bare(h).as_str()));
        Ok(Columns { email: called(&EMAIL).or_else(|| called(&ADDRESS)).ok_or_else(|| Refusal::of("list_no_address_column"))?, name: called(&NAME), hat: called(&HAT) })
    }
    fn row(&self, cells: &[String]) -> Row {
        let at = |column: Option<usize>| column.and_then(|c| cells.get(c)).map_or("", String::as_str);
        Row::of(at(Some(self.email)), at(self.name), at(self.hat))
    }
}

/// Without headings: what has an @ is an address, what is called like a hat is one, and a single other text is the name. Of two texts
/// beside one address the second may be a hat that nobody knows: it is said, not passed over. A row of several addresses is as many people,
/// and a text among them that belongs to none is said as well.
fn by_content(cells: &[String]) -> Vec<Row> {
    let (addresses, rest): (Vec<&String>, Vec<&String>) = cells.iter().filter(|c| !c.is_empty()).partition(|c| c.contains('@'));
    let (hats, words): (Vec<&String>, Vec<&String>) = rest.into_iter().partition(|c| hat_called(c).is_some());
    let words: Vec<&String> = words.into_iter().filter(|w| w.chars().any(char::is_alphabetic)).collect();
    let hat = hats.first().map_or("", |h| h.as_str());
    match (addresses.as_slice(), words.as_slice()) {
        ([], _) => vec![Row::of(&cells.join(" "), "", hat)],
        ([email], [name]) => vec![Row::of(email, name, hat)],
        ([email], [name, unknown]) if hat.is_empty() => vec![Row::of(email, name, unknown)],
        ([email], _) => vec![Row::of(email, "", hat)],
        (all, words) => {
            let nobodys = words.iter().map(|w| Row::of(w, "", ""));
            all.iter().map(|email| Row::of(email, "", hat)).chain(nobodys).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(String, String, Result<&'static str, Wrong>)> {
        let rows = read_rows(text, HatWord::Judge).unwrap();
        rows.into_iter().map(|r| (r.email, r.name, r.means.map(|(_, hat)| hat.word()))).collect()
    }
    fn row(email: &str, name: &str, means: Result<&'static str, Wrong>) -> (String, String, Result<&'static str, Wrong>) {
        (email.into(), name.into(), means)
    }

    #[test]
    fn headings_in_either_language_and_any_order_name_the_columns() {
        let expected = [row("an@example.org", "Nguyễn An", Ok("judge")), row("ba@example.org", "Trần Ba", Ok("chair"))];
        assert_eq!(said("STT;Họ và tên;Vai trò;E-mail\n1;Nguyễn An;;an@example.org\n2;Trần Ba;Trưởng ban;ba@example.org\n"), expected);
        assert_eq!(said("Email address,Full name,Role\nan@example.org,Nguyễn An,Judge\nba@example.org,Trần Ba,Chair\n"), expected);
        assert_eq!(said("Ho ten\tThư điện tử\tVAI TRÒ\tGhi chú\nNguyễn An\tan@example.org\tgiám khảo\tmới\nTrần Ba\tba@example.org\ttrưởng ban giám khảo\n"), expected);
    }
    #[test]
    fn without_headings_cells_are_known_by_what_they_hold() {
        let read = said("1,Nguyễn An,an@example.org\nba@example.org,Trần Ba,Thư ký\nLê Tư <tu@example.org>, nam@example.org\n");
        let expected = [
            row("an@example.org", "Nguyễn An", Ok("judge")),
            row("ba@example.org", "Trần Ba", Ok("clerk")),
            row("tu@example.org", "Lê Tư", Ok("judge")),
            row("nam@example.org", "", Ok("judge")),
        ];
        assert_eq!(read, expected);
    }
    #[test]
    fn where_somebody_lives_is_no_mail_address_and_a_role_nobody_knows_is_said() {
        let expected = [row("an@example.org", "Nguyễn An", Ok("judge"))];
        assert_eq!(said("Họ tên;Địa chỉ;Chức danh;Email\nNguyễn An;12 Lê Lợi;Thạc sĩ;an@example.org\n"), expected);
        assert_eq!(said("Họ tên;Địa chỉ\nNguyễn An;an@example.org\n"), expected);
        assert_eq!(said("Trần Ba,ba@example.org,thư ký hội đồng\n"), [row("ba@example.org", "Trần Ba", Err(Wrong::Hat))]);
    }
    #[test]
    fn excels_habits_are_no_rows() {
        let text = text_of("\u{feff}sep=;\r\nemail;họ tên;;\r\n\u{a0}an@example.org ;\"Nguyễn \"\"Ba\"\" An\";;\r\n;;;\r\nmailto:ba@example.org;Trần Ba;;\r\n".as_bytes()).unwrap();
        assert_eq!(said(&text), [row("an@example.org", "Nguyễn \"Ba\" An", Ok("judge")), row("ba@example.org", "Trần Ba", Ok("judge"))]);
        assert_eq!(text_of("a@example.org\rb@example.org".as_bytes()).unwrap().lines().count(), 2);
    }
    #[test]
    fn a_row_that_invites_nobody_says_why_and_keeps_what_was_typed() {
        let read = said("email,name,hat\nkhông@@phải,A,\nb@example.org,B,Nhà thơ\nc@example.org,C,\nC@Example.org,C,giám khảo\nc@example.org,C,chair\n,D,\n");
        let why: Vec<_> = read.iter().map(|r| r.2).collect();
        assert_eq!(why, [Err(Wrong::Address), Err(Wrong::Hat), Ok("judge"), Err(Wrong::Twice(4)), Ok("chair"), Err(Wrong::Address)]);
        assert_eq!(read.first().map(|r| r.0.as_str()), Some("không@@phải"));
        assert_eq!(said("ông Ba ở huyện\na@example.org"), [row("ông Ba ở huyện", "", Err(Wrong::Address)), row("a@example.org", "", Ok("judge"))]);
    }
    #[test]
    fn a_list_that_cannot_be_read_is_refused_by_name() {
        let refused = |text: &str| read_rows(text, HatWord::Judge).unwrap_err().name;
        assert_eq!((refused(" \n;;\n"), refused("Họ tên,Vai trò\nAn,Giám khảo")), ("list_empty", "list_no_address_column"));
        let many = |n: usize| (0..n).map(|i| format!("a{i}@example.org\n")).collect::<String>();
        assert_eq!((read_rows(&many(MOST), HatWord::Judge).unwrap().len(), refused(&many(MOST + 1))), (MOST, "list_too_long"));
        let utf16: Vec<u8> = "\u{feff}an@example.org".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&utf16).unwrap_err().name, "list_not_utf8");
        assert_eq!(text_of(b"Nguy\xEAn An,an@example.org").unwrap_err().name, "list_not_utf8");
        assert_eq!(text_of(b"PK\x03\x04rest").unwrap_err().name, "list_is_workbook");
    }
    #[test]
    fn a_row_stands_on_the_line_that_an_editor_counts() {
        let lines = |text: &str| read_rows(text, HatWord::Judge).unwrap().iter().map(|r| r.line).collect::<Vec<_>>();
        assert_eq!(lines("sep=;\nemail;name\na@example.org;A\nb@example.org;B\n"), [3, 4]);
        assert_eq!(lines("\n\na@example.org\n\n \nb@example.org\r\n\r\nc@example.org"), [3, 6, 8]);
        assert_eq!(lines("sep=,\n\nemail,name\n\na@example.org,\"A\nB\"\n\nb@example.org,B\n"), [5, 8]);
    }
    #[test]
    fn a_text_among_addresses_is_named() {
        let expected = [row("a@example.org", "", Ok("judge")), row("b@example.org", "", Ok("judge")), row("abc", "", Err(Wrong::Address))];
        assert_eq!(said("a@example.org, abc, b@example.org"), expected);
        assert_eq!(said("abc\na@example.org")[0], row("abc", "", Err(Wrong::Address)));
    }
    #[test]
    fn a_title_above_the_headings_is_no_row_and_is_named() {
        let expected = [row("an@example.org", "Nguyễn An", Ok("judge")), row("ba@example.org", "Trần Ba", Ok("chair"))];
        let table = "STT;Họ và tên;Vai trò;E-mail\n1;Nguyễn An;;an@example.org\n2;Trần Ba;Trưởng ban;ba@example.org\n";
        let below = |title: &str| {
            let mut all = said(&format!("{title}{table}"));
            let above: Vec<_> = all.drain(..all.len() - 2).collect();
            assert_eq!(all, expected);
            assert!(above.iter().all(|r| r.2 == Err(Wrong::Above)), "{above:?}");
            above.into_iter().map(|r| r.0).collect::<Vec<_>>()
        };
        assert_eq!(below("Danh sách giám khảo, năm 2026\n\n"), ["Danh sách giám khảo, năm 2026"]);
        assert_eq!(below("Giám khảo\nCập nhật: 1/3/2026, 8 giờ\n;;;\n"), ["Giám khảo", "Cập nhật: 1/3/2026, 8 giờ"]);
        let lines: Vec<u64> = read_rows(&format!("Danh sách\n\n{table}"), HatWord::Judge).unwrap().iter().map(|r| r.line).collect();
        assert_eq!(lines, [1, 4, 5]);
        // an address above headings is a row, and then they are none
        assert_eq!(said("a@example.org\nemail,name\n").len(), 2);
        let deep = format!("{}{table}", "Dòng này không phải thư\n".repeat(6));
        assert!(said(&deep).iter().all(|r| r.2 == Err(Wrong::Address)), "below five lines nothing is a heading");
    }
}
