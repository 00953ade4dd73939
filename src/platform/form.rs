//! A form as sent: fields by name, at most one file, nothing believed yet; and the errors that go back with it.
use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};
use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::{Stream, StreamExt};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tempfile::SpooledData;

use super::failure::{Failure, Refusal};
use super::secret;

/// A form knows its fields and how large it may be. It never fails: what is missing is an empty field, and the rules of
/// its room say so in words.
pub trait Form: Sized {
    /// Bytes of the body without the file.
    const LIMIT: usize = 256 * 1024;
    /// Bytes of the file, 0 where none is taken.
    const FILE_LIMIT: usize = 0;
    fn from_fields(fields: Fields) -> Self;
}

/// A file received: a small one in memory, a larger one on disk, gone when this goes.
pub struct Upload {
    pub name: String,
    pub bytes: usize,
    pub sha256: [u8; 32],
    data: Data,
}

enum Data {
    Small(Bytes),
    /// Without a name: the system removes it with its last reader.
    Large(std::fs::File),
}

/// Bytes of an upload that are kept in memory: most essays, and few enough for a rush of them.
const SMALL: usize = 512 * 1024;

impl Upload {
    /// All of it.
    pub async fn read(&self) -> std::io::Result<Bytes> {
        match &self.data {
            Data::Small(bytes) => Ok(bytes.clone()),
            Data::Large(file) => {
                let mut file = file.try_clone()?;
                let read = move || {
                    let mut bytes = Vec::new();
                    file.rewind()?;
                    file.read_to_end(&mut bytes).map(|_| Bytes::from(bytes))
                };
                tokio::task::spawn_blocking(read).await?
            }
        }
    }
}

/// Why a file that was sent was not kept. The rest of the form stands: nothing typed is lost with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Larger than the form takes.
    TooLarge,
    /// It could not be written: the disk is full.
    NoRoom,
}

#[derive(Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    pub upload: Option<Upload>,
    /// Why a file that was sent is not here.
    pub upload_lost: Option<Lost>,
}

impl Fields {
    /// The first value of a name; empty where it was not sent. NULs and other C0 controls but \t \n never pass: Postgres
    /// takes no NUL, and letters take no controls.
    pub fn text(&self, name: &str) -> String {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, v)| printable(v)).unwrap_or_default()
    }
    /// As `text`, one line, trimmed.
    pub fn line(&self, name: &str) -> String {
        self.text(name).split_whitespace().collect::<Vec<_>>().join(" ")
    }
    pub fn all(&self, name: &str) -> Vec<String> {
        self.pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| printable(v)).collect()
    }
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(n, _)| n == name)
    }
    /// Names that begin so, with their values: repeated parts like `mark_<criterion>`.
    pub fn starting(&self, prefix: &str) -> Vec<(String, String)> {
        self.pairs.iter().filter_map(|(n, v)| Some((n.strip_prefix(prefix)?.to_owned(), printable(v)))).collect()
    }
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Fields {
        Fields { pairs: pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(), ..Fields::default() }
    }

    /// Reads the body, urlencoded or multipart, within the form's limits.
    pub async fn read<F: Form>(req: &HttpRequest, payload: &mut Payload) -> Result<Fields, Failure> {
        let kind = req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return read_multipart::<F>(req, payload).await;
        }
        let mut body = Vec::new();
        let mut stream = actix_web::web::Payload::from_request(req, payload).await.map_err(|_| unreadable())?;
        while let Some(chunk) = in_time(stream.next()).await? {
            let chunk = chunk.map_err(|_| unreadable())?;
            if body.len() + chunk.len() > F::LIMIT {
                return Err(too_large_after(stream).await);
            }
            body.extend_from_slice(&chunk);
        }
        if !body.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(unreadable());
        }
        Ok(Fields { pairs: url::form_urlencoded::parse(&body).into_owned().collect(), ..Fields::default() })
    }
}

fn printable(s: &str) -> String {
    s.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
/// The next piece of a body. Who sends nothing for so long is cut off: a slow line is welcome, a held connection is not.
async fn in_time<T>(piece: impl Future<Output = T>) -> Result<T, Failure> {
    const LONGEST: Duration = Duration::from_secs(20);
    tokio::time::timeout(LONGEST, piece).await.map_err(|_| Refusal::of("form_unreadable").status(StatusCode::REQUEST_TIMEOUT).into())
}
/// Bytes beyond a limit that are still taken, and thrown away.
const MOST_DROPPED: usize = 64 * 1024 * 1024;
/// Takes the rest of what is being sent, within bounds: a browser that still sends would see a broken connection in place
/// of the sentence.
async fn too_large_after<E>(mut rest: impl Stream<Item = Result<Bytes, E>> + Unpin) -> Failure {
    let mut dropped = 0;
    while let Ok(Some(Ok(chunk))) = in_time(rest.next()).await {
        dropped += chunk.len();
        if dropped > MOST_DROPPED {
            break;
        }
    }
    too_large()
}
fn too_large() -> Failure {
    Refusal::of("body_too_large").status(StatusCode::PAYLOAD_TOO_LARGE).into()
}
fn unreadable() -> Failure {
    Refusal::of("form_unreadable").status(StatusCode::BAD_REQUEST).into()
}

async fn read_multipart<F: Form>(req: &HttpRequest, payload: &mut Payload) -> Result<Fields, Failure> {
    let mut parts = Multipart::from_request(req, payload).await.map_err(|_| unreadable())?;
    let mut fields = Fields::default();
    let mut used = 0;
    while let Some(part) = in_time(parts.next()).await? {
        let mut part = part.map_err(|_| unreadable())?;
        let about = part.content_disposition().ok_or_else(unreadable)?;
        let name = about.get_name().unwrap_or_default().to_owned();
        let file_name = about.get_filename().map(str::to_owned);
        if let Some(file_name) = file_name {
            receive_file::<F>(&mut part, file_name, &mut fields).await?;
            continue;
        }
        let mut value = Vec::new();
        used += name.len() + 64; // a million empty parts are not free either
        while let Some(chunk) = in_time(part.next()).await? {
            let chunk = chunk.map_err(|_| unreadable())?;
            used += chunk.len();
            if used <= F::LIMIT {
                value.extend_from_slice(&chunk);
            } else if used > F::LIMIT + MOST_DROPPED {
                return Err(too_large());
            }
        }
        if used <= F::LIMIT {
            fields.pairs.push((name, String::from_utf8(value).map_err(|_| unreadable())?));
        }
    }
    if used > F::LIMIT || (F::FILE_LIMIT == 0 && fields.upload_lost == Some(Lost::TooLarge)) { Err(too_large()) } else { Ok(fields) }
}

/// Hashes on the way; what is no longer small goes to a temporary file. Too large, or no room for it: the rest is read and
/// dropped, so that what was typed in the other fields still arrives.
async fn receive_file<F: Form>(part: &mut actix_multipart::Field, name: String, fields: &mut Fields) -> Result<(), Failure> {
    let mut place = Ok(tempfile::spooled_tempfile(SMALL));
    let mut sha = Sha256::new();
    let mut bytes = 0_usize;
    while let Some(chunk) = in_time(part.next()).await? {
        let chunk = chunk.map_err(|_| unreadable())?;
        bytes += chunk.len();
        if bytes > F::FILE_LIMIT + MOST_DROPPED {
            return Err(too_large());
        }
        if bytes <= F::FILE_LIMIT {
            sha.update(&chunk);
            place = place.and_then(|mut p| p.write_all(&chunk).map(|()| p)); // into memory, or the system's own buffer
        }
    }
    if bytes > F::FILE_LIMIT {
        fields.upload_lost = Some(Lost::TooLarge);
    } else if bytes > 0 {
        match place.map(tempfile::SpooledTempFile::into_inner) {
            Ok(data) => {
                let data = match data {
                    SpooledData::InMemory(bytes) => Data::Small(bytes.into_inner().into()),
                    SpooledData::OnDisk(file) => Data::Large(file),
                };
                // Only the last part of the path some browsers send, cut to what a table holds.
                let base = printable(name.rsplit(['/', '\\']).next().unwrap_or_default());
                fields.upload = Some(Upload { name: base.chars().take(200).collect(), bytes, sha256: sha.finalize().into(), data });
            }
            Err(e) => {
                tracing::error!(error = %e, "temporary file");
                fields.upload_lost = Some(Lost::NoRoom);
            }
        }
    }
    Ok(())
}

/// Whether a text can stand as the reason of an official's act: 5 to 500 characters, as the tables that keep them ask.
pub fn is_reason(text: &str) -> bool {
    (5..=500).contains(&text.chars().count())
}

/// What is wrong with a form, in the visitor's language: a list for the summary on top, and by field.
#[derive(Serialize, Default, Clone, Debug)]
pub struct Errors {
    pub list: Vec<FieldError>,
    pub by: BTreeMap<String, String>,
}

#[derive(Serialize, Clone, Debug)]
pub struct FieldError {
    /// The id of the field, to which the summary links; empty where no field is meant.
    pub field: String,
    pub message: String,
}

impl Errors {
    pub fn add(&mut self, field: &str, message: String) {
        if !field.is_empty() {
            self.by.entry(field.to_owned()).or_insert_with(|| message.clone());
        }
        self.list.push(FieldError { field: field.to_owned(), message });
    }
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// An e-mail address as typed: one @, a dot behind it, no space or control, at most 254 bytes (RFC 5321).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    pub address: String,
    /// NFKC and lower case: by this, addresses are the same.
    pub key: String,
}

impl Email {
    pub fn parse(typed: &str) -> Option<Email> {
        use unicode_normalization::UnicodeNormalization;
        let address = typed.trim().to_owned();
        let (local, domain) = address.rsplit_once('@')?;
        let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"'));
        let fits = plain && !local.is_empty() && !local.contains('@') && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
        // The mail library has the last word on what can be sent to.
        let sendable = address.parse::<lettre::Address>().is_ok();
        let key = address.nfkc().collect::<String>().to_lowercase();
        (fits && sendable && address.len() <= 254).then_some(Email { address, key })
    }
}

/// A one-time link's key and what is stored of it.
pub struct OneTime {
    pub key: String,
    pub hash: [u8; 32],
}

impl OneTime {
    pub fn new() -> OneTime {
        let key = secret::random_key();
        OneTime { hash: secret::sha256(key.as_bytes()), key }
    }
    pub fn hash_of(key: &str) -> [u8; 32] {
        secret::sha256(key.as_bytes())
    }
}

impl Default for OneTime {
    fn default() -> Self {
        Self::new()
    }
}
