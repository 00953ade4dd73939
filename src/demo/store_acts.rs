//! SQL of what people do in a demonstration, where the rooms above have no function for it: under each one's hat, by the functions of the
//! database that the pages call.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, Binary, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::store::be_at;
use crate::platform::db::{Chair, Clerk, Contestant, Judge, Organizer, Public, Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}
#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// A draft as the form would have saved it.
pub struct Draft<'a> {
    pub entry: Uuid,
    pub category: Uuid,
    pub unit: Option<Uuid>,
    pub title: &'a str,
    pub body: &'a str,
    pub authors: Value,
}
pub async fn add_draft(tx: &Tx<Contestant>, d: Draft<'_>) -> Result<(), Failure> {
    prepared("insert into named.entry(id, contest, account) values ({}, phach.contest(), phach.account())").bind::<SqlUuid, _>(d.entry).execute(&mut &**tx).await?;
    prepared("insert into named.draft(entry, contest, account, category, unit, title, body, authors) values ({}, phach.contest(), phach.account(), {}, {}, {}, {}, {})")
        .bind::<SqlUuid, _>(d.entry)
        .bind::<SqlUuid, _>(d.category)
        .bind::<Nullable<SqlUuid>, _>(d.unit)
        .bind::<Text, _>(d.title.to_owned())
        .bind::<Text, _>(d.body.to_owned())
        .bind::<Jsonb, _>(d.authors)
        .execute(&mut &**tx)
        .await?;
    Ok(())
}
/// A file that lies in the store becomes the draft's.
pub struct File<'a> {
    pub id: Uuid,
    pub entry: Uuid,
    pub storage_key: &'a str,
    pub name: &'a str,
    pub bytes: usize,
    pub sha256: &'a [u8],
}
pub async fn attach(tx: &Tx<Contestant>, f: File<'_>) -> Result<(), Failure> {
    prepared(
        "with taken as (update named.draft set attachment = {}, use_file = true where entry = {} returning entry, attachment)
         insert into named.attachment(id, entry, contest, account, storage_key, file_name, bytes, sha256)
           select t.attachment, t.entry, phach.contest(), phach.account(), {}, {}, {}, {} from taken t",
    )
    .bind::<SqlUuid, _>(f.id)
    .bind::<SqlUuid, _>(f.entry)
    .bind::<Text, _>(f.storage_key.to_owned())
    .bind::<Text, _>(f.name.to_owned())
    .bind::<Integer, _>(i32::try_from(f.bytes).map_err(Failure::broken)?)
    .bind::<Binary, _>(f.sha256.to_vec())
    .execute(&mut &**tx)
    .await?;
    Ok(())
}

/// Links that co-authors were sent, of one contest.
#[derive(QueryableByName)]
pub struct Asked {
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
pub async fn list_coauthors_asked(tx: &mut Tx<Worker>, slug: &str) -> Result<Vec<Asked>, Failure> {
    let sql = "select params->>'key' as key, created_at as at from mail.letter where kind = 'coauthor-asked' and params->>'slug' = {} order by number";
    Ok(prepared(sql).bind::<Text, _>(slug.to_owned()).load(&mut **tx).await?)
}
pub async fn agree(tx: &Tx<Public>, key: &str) -> Result<(), Failure> {
    prepared("select named.answer_coauthor(sha256(convert_to({}, 'UTF8')), true, '')").bind::<Text, _>(key.to_owned()).execute(&mut &**tx).await?;
    Ok(())
}

/// The desk's word on a version; of a query: until so many days later.
pub struct Decision<'a> {
    pub entry: Uuid,
    pub version: i32,
    /// valid | query | refused
    pub verdict: &'a str,
    pub reason: &'a str,
}
pub async fn screen(tx: &Tx<Clerk>, d: Decision<'_>) -> Result<(), Failure> {
    let checks = serde_json::json!({ "readable": "ok", "length": "ok", "authors": "ok" });
    prepared("select named.screen({}, {}, {}, {}, phach.now() + interval '6 days', {})")
        .bind::<SqlUuid, _>(d.entry)
        .bind::<Integer, _>(d.version)
        .bind::<Text, _>(d.verdict.to_owned())
        .bind::<Text, _>(d.reason.to_owned())
        .bind::<Jsonb, _>(if d.verdict == "valid" { checks } else { serde_json::json!({}) })
        .execute(&mut &**tx)
        .await?;
    Ok(())
}
pub async fn settle_flags(tx: &Tx<Clerk>, entry: Uuid, note: &str) -> Result<(), Failure> {
    prepared("select named.settle_flag(f.entry, f.kind, {}) from named.flag f where f.entry = {} and f.settled_at is null")
        .bind::<Text, _>(note.to_owned())
        .bind::<SqlUuid, _>(entry)
        .execute(&mut &**tx)
        .await?;
    Ok(())
}
/// An envelope written down.
pub struct Envelope {
    pub entry: Uuid,
    pub version: Uuid,
    pub sheet: Value,
}
pub async fn enter_post(tx: &Tx<Clerk>, e: &Envelope) -> Result<(), Failure> {
    prepared("select from named.enter_post({}, {}, {})").bind::<SqlUuid, _>(e.entry).bind::<SqlUuid, _>(e.version).bind::<Jsonb, _>(e.sheet.clone()).execute(&mut &**tx).await?;
    Ok(())
}
pub async fn ask_repair(tx: &Tx<Clerk>, entry: Uuid, why: &str) -> Result<(), Failure> {
    prepared("select named.ask_repair({}, {}, 7)").bind::<SqlUuid, _>(entry).bind::<Text, _>(why.to_owned()).execute(&mut &**tx).await?;
    Ok(())
}

pub async fn declare(tx: &Tx<Judge>, units: Vec<Uuid>, people: Vec<String>) -> Result<(), Failure> {
    prepared("select blind.declare({}, {})").bind::<Array<SqlUuid>, _>(units).bind::<Array<Text>, _>(people).execute(&mut &**tx).await?;
    Ok(())
}
/// A judge's open paper.
#[derive(QueryableByName, Clone, Debug)]
pub struct Open {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
}
pub async fn list_open(tx: &Tx<Judge>) -> Result<Vec<Open>, Failure> {
    let sql = "select p.code, p.category from blind.assignment a join blind.paper p on p.code = a.paper
        where a.judge = phach.account() and a.contest = phach.contest() and a.state = 'open' order by a.place, p.code";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
/// The judge opens a paper and hands its sheet in, then.
pub async fn hand_in(tx: &Tx<Judge>, at: DateTime<Utc>, code: &str, marks: Value, comment: &str) -> Result<(), Failure> {
    be_at(tx, Some(at)).await?;
    prepared("select blind.open_paper({})").bind::<Text, _>(code.to_owned()).execute(&mut &**tx).await?;
    prepared("insert into blind.sheet(paper, marks, comment) values ({}, {}, {})")
        .bind::<Text, _>(code.to_owned())
        .bind::<Jsonb, _>(marks)
        .bind::<Text, _>(comment.to_owned())
        .execute(&mut &**tx)
        .await?;
    Ok(())
}
/// Marks typed and not handed in.
pub async fn begin_sheet(tx: &Tx<Judge>, code: &str, marks: Value, note: &str) -> Result<(), Failure> {
    prepared("select blind.open_paper({})").bind::<Text, _>(code.to_owned()).execute(&mut &**tx).await?;
    prepared("insert into blind.draft(judge, paper, contest, marks, note) values (phach.account(), {}, phach.contest(), {}, {})")
        .bind::<Text, _>(code.to_owned())
        .bind::<Jsonb, _>(marks)
        .bind::<Text, _>(note.to_owned())
        .execute(&mut &**tx)
        .await?;
    Ok(())
}
pub async fn recuse(tx: &Tx<Judge>, code: &str, reason: &str) -> Result<(), Failure> {
    prepared("select blind.recuse({}, {})").bind::<Text, _>(code.to_owned()).bind::<Text, _>(reason.to_owned()).execute(&mut &**tx).await?;
    Ok(())
}
pub async fn report(tx: &Tx<Judge>, code: &str, kind: &str, paragraph: i32, note: &str) -> Result<(), Failure> {
    prepared("select blind.report_paper({}, {}, {}, {})")
        .bind::<Text, _>(code.to_owned())
        .bind::<Text, _>(kind.to_owned())
        .bind::<Integer, _>(paragraph)
        .bind::<Text, _>(note.to_owned())
        .execute(&mut &**tx)
        .await?;
    Ok(())
}
/// A paper that the judge has marked and whose mark is not agreed; by the sheet, which is all that a judge sees.
pub async fn list_marked(tx: &Tx<Judge>) -> Result<Vec<String>, Failure> {
    #[derive(QueryableByName)]
    struct Code {
        #[diesel(sql_type = Text)]
        code: String,
    }
    let rows: Vec<Code> = prepared("select paper as code from blind.sheet where judge = phach.account() and contest = phach.contest() order by paper").load(&mut &**tx).await?;
    Ok(rows.into_iter().map(|r| r.code).collect())
}
pub async fn ask_correction(tx: &Tx<Judge>, code: &str, why: &str) -> Result<(), Failure> {
    prepared("select blind.ask_correction({}, {})").bind::<Text, _>(code.to_owned()).bind::<Text, _>(why.to_owned()).execute(&mut &**tx).await?;
    Ok(())
}
pub async fn close_round(tx: &mut Tx<Chair>) -> Result<(), Failure> {
    prepared("select blind.close_round()").execute(&mut **tx).await?;
    Ok(())
}

/// The last four letters of the seal, as the signed paper has them.
pub async fn get_seal_end(tx: &mut Tx<Organizer>) -> Result<String, Failure> {
    let row: Word = prepared("select right(encode(sha256, 'hex'), 4) as word from blind.seal where contest = phach.contest()").get_result(&mut **tx).await?;
    Ok(row.word)
}
pub async fn list_collective_prizes(tx: &mut Tx<Organizer>) -> Result<Vec<Uuid>, Failure> {
    let sql = "select p.id from contest.prize p cross join generate_series(1, p.places) where p.contest = phach.contest() and p.kind = 'collective' order by p.level";
    let rows: Vec<Id> = prepared(sql).load(&mut **tx).await?;
    Ok(rows.into_iter().map(|r| r.id).collect())
}
pub async fn propose_award(tx: &mut Tx<Organizer>, prize: Uuid, unit: Uuid, why: &str) -> Result<(), Failure> {
    prepared("select result.propose_award({}, {}, {})").bind::<SqlUuid, _>(prize).bind::<SqlUuid, _>(unit).bind::<Text, _>(why.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
pub async fn confirm_decisions(tx: &mut Tx<Public>) -> Result<(), Failure> {
    let rows: Vec<Id> = prepared("select id from result.decisions()").load(&mut **tx).await?;
    for row in rows {
        prepared("select result.confirm_decision({})").bind::<SqlUuid, _>(row.id).execute(&mut **tx).await?;
    }
    Ok(())
}
