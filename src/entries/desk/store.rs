//! SQL of the desk.
use diesel::OptionalExtension;
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::filter::Filter;
use super::model::{Author, Count, Decision, Queued, Received, Version};
use super::rules::Verdict;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::{Prepared, prepared};

/// Entries of the filter from a number on; or, backwards, those below it, the nearest first.
pub async fn list_queue(tx: &mut Tx<Clerk>, filter: &Filter, from: i32, forward: bool, at_most: i32) -> Result<Vec<Queued>, Failure> {
    let sql = "select f.id, f.number, f.state, f.category, f.title, f.submitted_at, coalesce(v.words, a.words) as words, a.state as reading,
          coalesce(a.warnings, '[]') as warnings
        from named.find({}, {}, {}, {}, {}, {}) f join named.version v on v.entry = f.id and v.n = f.version left join named.attachment a on a.id = v.attachment
        order by f.number";
    Ok(found(sql, filter, from, forward, at_most).load(&mut **tx).await?)
}

fn found(sql: &'static str, filter: &Filter, from: i32, forward: bool, at_most: i32) -> Prepared {
    prepared(sql)
        .bind::<Text, _>(filter.wanted.clone())
        .bind::<Text, _>(filter.in_state().to_owned())
        .bind::<Nullable<SqlUuid>, _>(filter.category)
        .bind::<Integer, _>(from)
        .bind::<Bool, _>(forward)
        .bind::<Integer, _>(at_most)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The first entry of the filter from a number on, else the first of all; never `except`.
pub async fn get_next(tx: &mut Tx<Clerk>, filter: &Filter, from: i32, except: Uuid) -> Result<Option<Uuid>, Failure> {
    for start in [from, 1] {
        let two: Vec<Id> = found("select id from named.find({}, {}, {}, {}, {}, {})", filter, start, true, 2).load(&mut **tx).await?;
        if let Some(next) = two.into_iter().find(|e| e.id != except) {
            return Ok(Some(next.id));
        }
    }
    Ok(None)
}

/// By state and category.
pub async fn list_counts(tx: &mut Tx<Clerk>) -> Result<Vec<Count>, Failure> {
    Ok(prepared("select state, category, cut, n from named.counts()").load(&mut **tx).await?)
}

/// None where the contest of the hat has received no such entry.
pub async fn get_received(tx: &Tx<Clerk>, id: Uuid) -> Result<Option<Received>, Failure> {
    let sql = "select id, number, state, version, cut from named.entry where id = {} and contest = phach.contest() and version > 0";
    Ok(prepared(sql).bind::<SqlUuid, _>(id).get_result(&mut &**tx).await.optional()?)
}

/// A version with its text.
pub async fn get_version(tx: &mut Tx<Clerk>, entry: Uuid, n: i32) -> Result<Option<Version>, Failure> {
    let sql = "select v.id, v.n, v.category, v.unit, v.title, coalesce(v.body, a.body) as body, coalesce(v.words, a.words) as words, v.sha256, v.receipt, v.note,
          v.received_at, a.storage_key, a.file_name, a.bytes, a.state as reading, a.reason, coalesce(a.warnings, '[]') as warnings
        from named.version v left join named.attachment a on a.id = v.attachment where v.entry = {} and v.n = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).bind::<Integer, _>(n).get_result(&mut **tx).await.optional()?)
}

/// All versions, newest first, without their texts.
pub async fn list_versions(tx: &mut Tx<Clerk>, entry: Uuid) -> Result<Vec<Version>, Failure> {
    let sql = "select v.id, v.n, v.category, v.unit, v.title, null::text as body, coalesce(v.words, a.words) as words, v.sha256, v.receipt, v.note,
          v.received_at, a.storage_key, a.file_name, a.bytes, a.state as reading, a.reason, coalesce(a.warnings, '[]') as warnings
        from named.version v left join named.attachment a on a.id = v.attachment where v.entry = {} and v.n is not null order by v.n desc";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut **tx).await?)
}

/// The first is the contact.
pub async fn list_authors(tx: &mut Tx<Clerk>, version: Uuid) -> Result<Vec<Author>, Failure> {
    let sql = "select name, pen_name, birth_year, email, phone from named.author where version = {} order by position";
    Ok(prepared(sql).bind::<SqlUuid, _>(version).load(&mut **tx).await?)
}

/// Newest first.
pub async fn list_decisions(tx: &mut Tx<Clerk>, entry: Uuid) -> Result<Vec<Decision>, Failure> {
    let sql = "select version, verdict, reason, case when clerk is null then 'program' when clerk = phach.account() then 'me' else 'other' end as by, at
        from named.screening where entry = {} order by at desc, id";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut **tx).await?)
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}

/// Writes the decision; how many the entry has now. Errors: as `named.screen` refuses.
pub async fn screen(tx: &mut Tx<Clerk>, entry: Uuid, seen: i32, verdict: Verdict, reason: &str) -> Result<i32, Failure> {
    prepared("select named.screen({}, {}, {}, {})")
        .bind::<SqlUuid, _>(entry)
        .bind::<Integer, _>(seen)
        .bind::<Text, _>(verdict.word().to_owned())
        .bind::<Text, _>(reason.to_owned())
        .execute(&mut **tx)
        .await?;
    let row: Number = prepared("select count(*)::int as n from named.screening where entry = {}").bind::<SqlUuid, _>(entry).get_result(&mut **tx).await?;
    Ok(row.n)
}
