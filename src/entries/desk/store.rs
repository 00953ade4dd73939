//! SQL of the desk.
use diesel::OptionalExtension;
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::filter::{Filter, Place};
use super::model::{Author, Count, Decision, Doubts, Queued, Received, Version};
use super::rules::Verdict;
use crate::contests::rules::Unit;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::{Prepared, prepared};

/// Entries of the filter from a place on, in the filter's order; or those before it, the nearest first.
pub async fn list_queue(tx: &Tx<Clerk>, filter: &Filter, place: &Place, at_most: i32) -> Result<Vec<Queued>, Failure> {
    let sql = "select f.id, f.number, f.state, f.category, f.title, f.submitted_at, f.state_at, f.due_at, f.flags, coalesce(v.words, a.words) as words,
          coalesce(a.state, case when v.body is null then 'untyped' end) as reading, v.clerk is not null as by_desk, coalesce(a.warnings, '[]') as warnings
        from named.find({}, {}, {}, {}, {}) with ordinality as f(id, number, state, category, unit, title, cut, version, flags, submitted_at, state_at, due_at, nth)
          join named.version v on v.entry = f.id and v.n = f.version left join named.attachment a on a.id = v.attachment
        order by f.nth";
    Ok(found(sql, filter, place, at_most).load(&mut &**tx).await?)
}

fn found(sql: &'static str, filter: &Filter, place: &Place, at_most: i32) -> Prepared {
    prepared(sql).bind::<Jsonb, _>(filter.json()).bind::<Integer, _>(place.number).bind::<Timestamptz, _>(place.moment()).bind::<Bool, _>(!place.back).bind::<Integer, _>(at_most)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The first entry of the filter from a place on, else the first of all; never `except`.
pub async fn get_next(tx: &mut Tx<Clerk>, filter: &Filter, from: Place, except: Uuid) -> Result<Option<Uuid>, Failure> {
    for start in [from, Place::START] {
        let two: Vec<Id> = found("select id from named.find({}, {}, {}, {}, {})", filter, &start, 2).load(&mut **tx).await?;
        if let Some(next) = two.into_iter().find(|e| e.id != except) {
            return Ok(Some(next.id));
        }
    }
    Ok(None)
}

/// By state and category.
pub async fn list_counts(tx: &Tx<Clerk>) -> Result<Vec<Count>, Failure> {
    Ok(prepared("select state, category, cut, n from named.counts()").load(&mut &**tx).await?)
}

/// Kinds of open doubts, and how many of each, up to a hundred.
pub async fn list_doubts(tx: &Tx<Clerk>) -> Result<Vec<Doubts>, Failure> {
    Ok(prepared("select kind, n from named.doubts()").load(&mut &**tx).await?)
}

/// None where the contest of the hat has received no such entry.
pub async fn get_received(tx: &Tx<Clerk>, id: Uuid) -> Result<Option<Received>, Failure> {
    let sql =
        "select id, number, state, version, cut, named.sealed() as sealed, by_post, state_at, due_at from named.entry where id = {} and contest = phach.contest() and version > 0";
    Ok(prepared(sql).bind::<SqlUuid, _>(id).get_result(&mut &**tx).await.optional()?)
}

/// A version with its text.
pub async fn get_version(tx: &Tx<Clerk>, entry: Uuid, n: i32) -> Result<Option<Version>, Failure> {
    let sql = "select v.id, v.n, v.category, v.unit, v.title, coalesce(v.body, a.body) as body, coalesce(v.words, a.words) as words, coalesce(v.sha256, '') as sha256, v.receipt, v.note, v.answers,
          v.received_at, v.clerk is not null as by_desk, a.storage_key, a.file_name, a.bytes, coalesce(a.state, case when v.body is null then 'untyped' end) as reading, a.reason, coalesce(a.warnings, '[]') as warnings
        from named.version v left join named.attachment a on a.id = v.attachment where v.entry = {} and v.n = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).bind::<Integer, _>(n).get_result(&mut &**tx).await.optional()?)
}

/// All versions, newest first, without their texts.
pub async fn list_versions(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Version>, Failure> {
    let sql = "select v.id, v.n, v.category, v.unit, v.title, null::text as body, coalesce(v.words, a.words) as words, coalesce(v.sha256, '') as sha256, v.receipt, v.note, v.answers,
          v.received_at, v.clerk is not null as by_desk, a.storage_key, a.file_name, a.bytes, coalesce(a.state, case when v.body is null then 'untyped' end) as reading, a.reason, coalesce(a.warnings, '[]') as warnings
        from named.version v left join named.attachment a on a.id = v.attachment where v.entry = {} and v.n is not null order by v.n desc";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// None where the contest has no such unit.
pub async fn get_unit(tx: &Tx<Clerk>, id: Uuid) -> Result<Option<Unit>, Failure> {
    let sql = "select id, key, name_vi, name_en, parent, 0 as depth from contest.unit where id = {} and contest = phach.contest()";
    Ok(prepared(sql).bind::<SqlUuid, _>(id).get_result(&mut &**tx).await.optional()?)
}

/// The first is the contact.
pub async fn list_authors(tx: &Tx<Clerk>, version: Uuid) -> Result<Vec<Author>, Failure> {
    let sql = "select name, pen_name, birth_year, email, phone, guardian, guardian_agrees from named.author where version = {} order by position";
    Ok(prepared(sql).bind::<SqlUuid, _>(version).load(&mut &**tx).await?)
}

/// Newest first.
pub async fn list_decisions(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Decision>, Failure> {
    let sql = "select version, verdict, reason, by, name, due_at, checks, at from named.decisions({})";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}

/// A decision to write.
pub struct Screening<'a> {
    pub entry: Uuid,
    /// The version that was seen.
    pub version: i32,
    pub verdict: Verdict,
    pub reason: &'a str,
    /// Of a query: days from now; None: until queries close.
    pub days: Option<i32>,
    pub checks: serde_json::Value,
}

/// Writes the decision; how many the entry has now. Errors: as `named.screen` refuses.
pub async fn screen(tx: &mut Tx<Clerk>, s: Screening<'_>) -> Result<i32, Failure> {
    prepared("select named.screen({}, {}, {}, {}, phach.now() + make_interval(days => {}), {})")
        .bind::<SqlUuid, _>(s.entry)
        .bind::<Integer, _>(s.version)
        .bind::<Text, _>(s.verdict.word().to_owned())
        .bind::<Text, _>(s.reason.to_owned())
        .bind::<Nullable<Integer>, _>(s.days)
        .bind::<Jsonb, _>(s.checks)
        .execute(&mut **tx)
        .await?;
    let row: Number = prepared("select count(*)::int as n from named.screening where entry = {}").bind::<SqlUuid, _>(s.entry).get_result(&mut **tx).await?;
    Ok(row.n)
}
