//! SQL of paper by post.
use diesel::sql_types::{Bool, Integer, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::Envelope;
use super::rules::Sheet;
use crate::documents::Reading;
use crate::platform::db::{Clerk, Contestant, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;
use crate::platform::secret::hex;

/// A file that is stored and read already.
pub struct ReadFile {
    pub storage_key: String,
    pub name: String,
    pub bytes: usize,
    pub sha256: [u8; 32],
    pub reading: Reading,
}

/// What an entry got.
#[derive(QueryableByName)]
pub struct Entered {
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// The claim code, told once: with a new entry, and not a second time.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
}

/// Which entry, which version it will be, and which one the page showed (0: none).
#[derive(Clone, Copy, Debug)]
pub struct Ids {
    pub entry: Uuid,
    pub version: Uuid,
    pub seen: i32,
}

/// Writes it down. The same version again changes nothing. Errors: as `named.enter_post` refuses.
pub async fn enter(tx: &mut Tx<Clerk>, ids: Ids, sheet: &Sheet, file: Option<&ReadFile>) -> Result<Entered, Failure> {
    let s = sheet_json(ids, sheet, file)?;
    let sql = "select number, code from named.enter_post({}, {}, {})";
    Ok(prepared(sql).bind::<SqlUuid, _>(ids.entry).bind::<SqlUuid, _>(ids.version).bind::<Jsonb, _>(s).get_result(&mut **tx).await?)
}

/// As `named.enter_post` takes it. A file stands in the place of typed text.
fn sheet_json(ids: Ids, sheet: &Sheet, file: Option<&ReadFile>) -> Result<Value, Failure> {
    let text = sheet.text.as_ref().filter(|_| file.is_none());
    let authors = sheet.authors.iter().enumerate().map(|(i, a)| {
        json!({ "position": i + 1, "name": a.name, "pen_name": a.pen_name, "birth_year": a.birth_year, "phone": a.phone, "guardian": a.guardian, "guardian_agrees": a.guardian_agrees,
            "email": a.email.as_ref().map_or("", |e| e.address.as_str()), "email_key": a.email.as_ref().map_or("", |e| e.key.as_str()) })
    });
    let file = file.map(|f| {
        json!({ "id": Uuid::now_v7(), "storage_key": f.storage_key, "file_name": f.name, "bytes": f.bytes, "sha256": hex(&f.sha256), "body": f.reading.text,
            "words": f.reading.words, "warnings": f.reading.warnings.iter().map(|w| w.code()).collect::<Vec<_>>() })
    });
    Ok(json!({
        "seen": ids.seen, "category": sheet.category, "unit": sheet.unit, "title": sheet.title, "body": text.map(|t| &t.0), "words": text.map(|t| t.1), "file": file,
        "authors": Value::from_iter(authors), "asked": serde_json::to_value(&sheet.asked).map_err(Failure::broken)?, "note": sheet.note,
        "postmark": sheet.outside.postmark.map(|day| day.to_string()), "arrived_at": sheet.outside.arrived_at.to_rfc3339(), "condition": sheet.outside.condition, "remark": sheet.outside.remark,
    }))
}

/// None where it did not come by post.
pub async fn get_envelope(tx: &Tx<Clerk>, entry: Uuid) -> Result<Option<Envelope>, Failure> {
    let sql = "select postmark, arrived_at, condition, note, late, claimed, code_at, reachable from named.envelope_of({})";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await.optional()?)
}

#[derive(QueryableByName)]
struct AskedRow {
    #[diesel(sql_type = Nullable<Jsonb>)]
    asked: Option<Value>,
}
/// What was ticked and answered with a version: a `TypedAsked`.
pub async fn get_asked_of(tx: &Tx<Clerk>, version: Uuid) -> Result<Value, Failure> {
    let row: AskedRow = prepared("select named.asked_of({}) as asked").bind::<SqlUuid, _>(version).get_result(&mut &**tx).await?;
    Ok(row.asked.unwrap_or_default())
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}
/// Another code, which ends the one before; empty where it goes to the author by letter alone.
pub async fn issue_code(tx: &mut Tx<Clerk>, entry: Uuid, by_letter: bool) -> Result<String, Failure> {
    let sql = "select named.issue_claim_code({}, {}) as word";
    let row: Word = prepared(sql).bind::<SqlUuid, _>(entry).bind::<Bool, _>(by_letter).get_result(&mut **tx).await?;
    Ok(row.word)
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    id: Option<Uuid>,
}
/// The entry that is the visitor's from now on; None for a code that does not fit, whatever the reason. Errors: an official, or
/// too many attempts.
pub async fn redeem_code(tx: &mut Tx<Contestant>, word: &str) -> Result<Option<Uuid>, Failure> {
    let row: Taken = prepared("select named.redeem_claim_code({}) as id").bind::<Text, _>(word.to_owned()).get_result(&mut **tx).await?;
    Ok(row.id)
}
