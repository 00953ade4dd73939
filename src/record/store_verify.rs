//! What a replay of the record reads, by the administrator and as the record's owner: `phach verify` alone.
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bytea, Nullable, Text, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use super::chain::{Event, Link};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// Links read at once.
const PIECE: i64 = 5_000;

/// One state of the record for all that follows, until `end`; nothing is written.
pub async fn begin(conn: &mut AsyncPgConnection) -> Result<(), Failure> {
    Ok(conn.batch_execute("begin transaction isolation level repeatable read read only; set local role phach_record_owner; set local search_path = pg_catalog, pg_temp").await?)
}
pub async fn end(conn: &mut AsyncPgConnection) -> Result<(), Failure> {
    Ok(conn.batch_execute("rollback").await?)
}

#[derive(QueryableByName)]
struct LinkedRow {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = BigInt)]
    event: i64,
    #[diesel(sql_type = Bytea)]
    hash: Vec<u8>,
    #[diesel(sql_type = Nullable<Text>)]
    canonical: Option<String>,
}
/// Links behind a position with their events; an event that is gone has no text.
pub async fn list_linked(conn: &mut AsyncPgConnection, behind: i64) -> Result<Vec<(Link, Event)>, Failure> {
    let sql = "select l.position, l.event, l.hash, case when e.id is not null then concat_ws(E'\\n', e.id::text, coalesce(e.contest::text, '-'),
            to_char(e.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), coalesce(e.actor::text, '-'), e.hat, e.verb, e.subject, e.content::text) end as canonical
        from record.link l left join record.event e on e.id = l.event where l.position > {} order by l.position limit {}";
    let rows: Vec<LinkedRow> = prepared(sql).bind::<BigInt, _>(behind).bind::<BigInt, _>(PIECE).load(conn).await?;
    let linked = |r: LinkedRow| {
        let hash = r.hash.try_into().map_err(|_| Failure::broken("a link whose hash has no 32 bytes"))?;
        Ok((Link { position: r.position, event: r.event, hash }, Event { id: r.event, canonical: r.canonical.unwrap_or_default() }))
    };
    rows.into_iter().map(linked).collect()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}
/// Events that no link names, older than so many minutes: the worker chains each within seconds.
pub async fn count_unchained(conn: &mut AsyncPgConnection, minutes: i32) -> Result<i64, Failure> {
    use diesel::sql_types::Integer;
    let sql = "select count(*) as n from record.event e where e.at < phach.now() - make_interval(mins => {}) and not exists (select from record.link l where l.event = e.id)";
    let row: Count = prepared(sql).bind::<Integer, _>(minutes).get_result(conn).await?;
    Ok(row.n)
}

#[derive(QueryableByName)]
struct HashRow {
    #[diesel(sql_type = Nullable<Text>)]
    sha256: Option<String>,
}
/// The hash that the last event of this verb noted for a contest, in hexadecimal.
pub async fn get_noted_hash(conn: &mut AsyncPgConnection, contest: Uuid, verb: &str) -> Result<Option<String>, Failure> {
    let sql = "select max(x.sha256) as sha256 from (select content->>'sha256' as sha256 from record.event where contest = {} and verb = {} order by id desc limit 1) x";
    let row: HashRow = prepared(sql).bind::<SqlUuid, _>(contest).bind::<Text, _>(verb.to_owned()).get_result(conn).await?;
    Ok(row.sha256)
}
