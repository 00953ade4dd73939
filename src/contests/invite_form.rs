//! The pasted list of people to be invited, the list with a preview, and the two buttons of an invitation that waits.
use actix_web::http::StatusCode;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::invite_rows::text_of;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Email, Fields, Form, Lost, Upload};
use crate::platform::secret::hex;

/// The most addresses of one pasting.
const MOST: usize = 500;
/// The longest name, in characters; a longer one is none.
const LONGEST_NAME: usize = 200;

const QUOTES: [char; 4] = ['"', '\'', '“', '”'];

/// Somebody to be invited: an address, and the name beside it, if there was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    pub email: Email,
    /// Empty: the letter greets without a name.
    pub name: String,
}

#[derive(Clone, Default)]
pub struct InviteForm {
    pub hat: String,
    pub people: String,
}
impl Form for InviteForm {
    fn from_fields(f: Fields) -> Self {
        InviteForm { hat: f.line("hat"), people: f.text("people") }
    }
}
impl InviteForm {
    /// Everybody of the list once, in order. A line may hold several addresses between commas, semicolons or tabs, each
    /// alone or as `Name <address>`, or a row of a pasted sheet. Errors: the first line with no address in it or with one
    /// that cannot be one, by its number; none at all; too many.
    pub fn invitees(&self) -> Result<Vec<Invitee>, Refusal> {
        let mut out: Vec<Invitee> = vec![];
        for (i, line) in self.people.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let unusable = |found: &str| Refusal::of("list_address_unusable").with("line", i + 1).with("found", found.trim().chars().take(80).collect::<String>());
            let pieces: Vec<&str> = line.split([',', ';', '\t']).map(str::trim).filter(|p| !p.is_empty()).collect();
            let (addresses, words): (Vec<&str>, Vec<&str>) = pieces.into_iter().partition(|p| p.contains('@'));
            if addresses.is_empty() {
                return Err(unusable(line));
            }
            // a row of two columns has its name in the other one; of more columns, nobody can tell which it is
            let beside = match (addresses.as_slice(), words.as_slice()) {
                ([_], [word]) => *word,
                _ => "",
            };
            for piece in addresses {
                let invitee = read(piece, beside).ok_or_else(|| unusable(piece))?;
                if !out.iter().any(|o| o.email.key == invitee.email.key) {
                    out.push(invitee);
                }
            }
        }
        match out.len() {
            0 => Err(Refusal::of("list_empty")),
            n if n > MOST => Err(Refusal::of("list_too_long").with("max", MOST)),
            _ => Ok(out),
        }
    }
}

/// `Name <address>`, `address`, `Name address`. None where what holds the @ is no address.
pub fn read(piece: &str, beside: &str) -> Option<Invitee> {
    let (name, address) = match piece.rsplit_once('<') {
        Some((name, rest)) => (name, rest.trim().strip_suffix('>')?),
        None => match piece.rsplit_once(char::is_whitespace) {
            Some((name, address)) => (name, address),
            None => ("", piece),
        },
    };
    let name = if name.trim().is_empty() { beside } else { name };
    let name = name.trim();
    // quotes around a whole name are a sheet's or a mail program's; a quoted part of it stays
    let name = name.strip_prefix(QUOTES).and_then(|n| n.strip_suffix(QUOTES)).unwrap_or(name).trim();
    // a number of a row, or a text, is no name
    let is_name = name.chars().any(char::is_alphabetic) && name.chars().count() <= LONGEST_NAME && !name.contains('@');
    Some(Invitee { email: Email::parse(address)?, name: if is_name { name.split_whitespace().collect::<Vec<_>>().join(" ") } else { String::new() } })
}

/// A list to look at before anybody is invited: a file, or rows pasted.
#[derive(Default)]
pub struct ListForm {
    pub hat: String,
    pub rows: String,
    pub upload: Option<Upload>,
    pub lost: Option<Lost>,
    /// What a preview looked at, as its hash; how many it said would be invited, and how many had an invitation or the hat already.
    pub seen: String,
    pub promised: usize,
    pub there: usize,
}
impl Form for ListForm {
    const LIMIT: usize = 1024 * 1024;
    const FILE_LIMIT: usize = 512 * 1024;
    fn from_fields(f: Fields) -> Self {
        let number = |name: &str| f.line(name).parse().unwrap_or_default();
        let (hat, rows, seen) = (f.line("hat"), f.text("rows"), f.line("seen"));
        ListForm { hat, rows, seen, promised: number("promised"), there: number("there"), lost: f.upload_lost, upload: f.upload }
    }
}
impl ListForm {
    /// Nothing was edited since the preview: neither the box nor the hat, and no other file was chosen.
    pub fn is_as_seen(&self) -> bool {
        self.upload.is_none() && self.lost.is_none() && seen_sha256(&self.hat, &self.rows) == self.seen
    }
    /// What there is to read: the file where one came, else what is pasted. Errors: the file is too large, or no text.
    pub async fn text(&self) -> Result<String, Failure> {
        match (&self.upload, self.lost) {
            (_, Some(Lost::TooLarge)) => Err(Refusal::of("list_file_large").with("kb", Self::FILE_LIMIT / 1024).into()),
            (_, Some(Lost::NoRoom)) => Err(Refusal::of("store_unavailable").status(StatusCode::SERVICE_UNAVAILABLE).into()),
            (Some(upload), None) => Ok(text_of(&upload.read().await.map_err(Failure::broken)?)?),
            (None, None) => Ok(self.rows.clone()),
        }
    }
}

/// What a preview looked at. However a browser ends its lines.
pub fn seen_sha256(hat: &str, rows: &str) -> String {
    hex(&Sha256::digest(format!("{hat}\n{}", rows.replace("\r\n", "\n"))))
}

/// An invitation of the list, by its id.
#[derive(Clone, Default)]
pub struct InvitationForm {
    pub id: Option<Uuid>,
    /// The search whose page the button stood on; empty: the organizer's first page.
    pub back: String,
}
impl Form for InvitationForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        InvitationForm { id: Uuid::parse_str(&f.line("id")).ok(), back: f.line("back") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(people: &str) -> Result<Vec<Invitee>, Refusal> {
        InviteForm { hat: "judge".into(), people: people.into() }.invitees()
    }
    fn arg(r: &Refusal, name: &str) -> String {
        r.args.iter().find(|(k, _)| *k == name).map(|(_, v)| v.clone()).unwrap_or_default()
    }

    #[test]
    fn a_pasted_list_may_have_names_columns_and_repeats() {
        let read = list("Nguyễn An <An@Example.org>\nan@example.org; binh@example.org\nTrần Chi\tchi@example.org\n\n3\tdung@example.org\r\n\"Lê  Em\" <em@example.org>").unwrap();
        let said: Vec<_> = read.iter().map(|i| (i.email.key.as_str(), i.name.as_str())).collect();
        let expected = [("an@example.org", "Nguyễn An"), ("binh@example.org", ""), ("chi@example.org", "Trần Chi"), ("dung@example.org", ""), ("em@example.org", "Lê Em")];
        assert_eq!(said, expected);
    }
    #[test]
    fn a_line_that_is_no_address_is_named_and_not_passed_over() {
        let wrong = list("a@example.org\nngười nào đó không phải thư\nb@example.org").unwrap_err();
        assert_eq!((wrong.name, arg(&wrong, "line"), arg(&wrong, "found")), ("list_address_unusable", "2".into(), "người nào đó không phải thư".into()));
        assert_eq!(arg(&list("an@@example").unwrap_err(), "line"), "1");
        assert_eq!(arg(&list("An <an@example.org").unwrap_err(), "found"), "An <an@example.org");
        assert_eq!(list(" \n").unwrap_err().name, "list_empty");
    }
}
