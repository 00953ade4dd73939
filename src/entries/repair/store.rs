//! SQL of repaired texts, for the author and for the desk.
use diesel::sql_types::{Bool, Integer, Jsonb, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::{Original, Repair};
use crate::entries::post::store::ReadFile;
use crate::platform::db::{Clerk, Contestant, Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;
use crate::platform::secret::hex;

/// The last request to the own entry's author, open or not.
pub async fn get_own(tx: &Tx<Contestant>, entry: Uuid) -> Result<Option<Repair>, Failure> {
    let sql = "select r.id, r.message, r.due_at, r.asked_at, r.ended, r.answer, r.ended_at, x.id as came, x.file_name, x.bytes, coalesce(x.sha256, '') as sha256,
          case when r.ended is null and x.id is not null then x.body else '' end as body, coalesce(x.words, 0) as words, coalesce(x.warnings, '[]') as warnings, coalesce(x.typed, '') as typed, x.sent_at
        from named.repair r left join named.repaired x on x.repair = r.id where r.entry = {} order by r.asked_at desc, r.id limit 1";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await.optional()?)
}

/// Every request about an entry, the newest first; of what came, only what was sent.
pub async fn list_asked(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Repair>, Failure> {
    let sql = "select r.id, r.message, r.due_at, r.asked_at, r.ended, r.answer, r.ended_at, x.id as came, x.file_name, x.bytes, coalesce(x.sha256, '') as sha256,
          case when r.ended is null and x.id is not null then x.body else '' end as body, coalesce(x.words, 0) as words, coalesce(x.warnings, '[]') as warnings, '' as typed, x.sent_at
        from named.repair r left join named.repaired x on x.repair = r.id where r.entry = {} and r.contest = phach.contest() order by r.asked_at desc, r.id";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

#[derive(QueryableByName)]
struct Open {
    #[diesel(sql_type = Bool)]
    open: bool,
}
/// Whether the own entry's request can be answered now, by the database's clock and before the seal.
pub async fn may_repair(tx: &Tx<Contestant>, entry: Uuid) -> Result<bool, Failure> {
    let row: Open = prepared("select named.may_repair({}) as open").bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await?;
    Ok(row.open)
}

/// What came, by its reading's id, as far as the hat may see it.
pub async fn get_original<H: Hat>(tx: &Tx<H>, entry: Uuid, came: Uuid) -> Result<Option<Original>, Failure> {
    let sql = "select storage_key, file_name, body from named.repaired where entry = {} and id = {} and contest = phach.contest()";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).bind::<SqlUuid, _>(came).get_result(&mut &**tx).await.optional()?)
}

/// A text that was read or typed, for its author to look at before it is sent.
pub struct Read {
    pub body: String,
    pub words: u32,
    /// As it stands in the form.
    pub typed: String,
    /// Where it comes from a file, which is in the store already.
    pub file: Option<ReadFile>,
}
/// Takes the place of what was looked at before. Errors: as `named.keep_repaired` refuses.
pub async fn keep(tx: &mut Tx<Contestant>, entry: Uuid, repair: Uuid, read: &Read) -> Result<(), Failure> {
    let warnings = read.file.iter().flat_map(|f| &f.reading.warnings).map(|w| w.code());
    let file = read.file.as_ref().map(|f| json!({ "storage_key": f.storage_key, "file_name": f.name, "bytes": f.bytes, "sha256": hex(&f.sha256) }));
    let s = json!({ "body": read.body, "words": read.words, "typed": read.typed, "warnings": Value::from_iter(warnings), "file": file });
    prepared("select named.keep_repaired({}, {}, {}, {})")
        .bind::<SqlUuid, _>(entry)
        .bind::<SqlUuid, _>(repair)
        .bind::<SqlUuid, _>(Uuid::now_v7())
        .bind::<Jsonb, _>(s)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
/// What was looked at is sent. Errors: as `named.send_repaired` refuses.
pub async fn send(tx: &mut Tx<Contestant>, entry: Uuid, came: Uuid) -> Result<(), Failure> {
    prepared("select named.send_repaired({}, {})").bind::<SqlUuid, _>(entry).bind::<SqlUuid, _>(came).execute(&mut **tx).await?;
    Ok(())
}

/// Asks the author, by letter. Errors: as `named.ask_repair` refuses.
pub async fn ask(tx: &mut Tx<Clerk>, entry: Uuid, message: &str, days: i32) -> Result<(), Failure> {
    prepared("select named.ask_repair({}, {}, {})").bind::<SqlUuid, _>(entry).bind::<Text, _>(message.to_owned()).bind::<Integer, _>(days).execute(&mut **tx).await?;
    Ok(())
}
/// Errors: as `named.take_back_repair` refuses.
pub async fn take_back(tx: &mut Tx<Clerk>, entry: Uuid, repair: Uuid) -> Result<(), Failure> {
    prepared("select named.take_back_repair({}, {})").bind::<SqlUuid, _>(entry).bind::<SqlUuid, _>(repair).execute(&mut **tx).await?;
    Ok(())
}
/// What came becomes the clean text; `seen`: how many amendments the clerk saw. Errors: as `named.take_repaired` refuses.
pub async fn take(tx: &mut Tx<Clerk>, entry: Uuid, (repair, came): (Uuid, Uuid), (seen, reason): (i32, &str)) -> Result<(), Failure> {
    prepared("select named.take_repaired({}, {}, {}, {}, {})")
        .bind::<SqlUuid, _>(entry)
        .bind::<SqlUuid, _>(repair)
        .bind::<SqlUuid, _>(came)
        .bind::<Integer, _>(seen)
        .bind::<Text, _>(reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
/// What came cannot be used; its author reads why. Errors: as `named.decline_repaired` refuses.
pub async fn decline(tx: &mut Tx<Clerk>, entry: Uuid, (repair, came): (Uuid, Uuid), why: &str) -> Result<(), Failure> {
    prepared("select named.decline_repaired({}, {}, {}, {})")
        .bind::<SqlUuid, _>(entry)
        .bind::<SqlUuid, _>(repair)
        .bind::<SqlUuid, _>(came)
        .bind::<Text, _>(why.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
