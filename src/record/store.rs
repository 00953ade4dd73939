//! All SQL of the room.
use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Bool, Bytea, Date, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::chain::{Event, Link};
use crate::platform::db::{Auditor, Hat, Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct LinkRow {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = BigInt)]
    event: i64,
    #[diesel(sql_type = Bytea)]
    hash: Vec<u8>,
}
#[derive(QueryableByName)]
struct EventRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    canonical: String,
}
#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}
#[derive(QueryableByName)]
struct YesRow {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
#[derive(QueryableByName)]
struct HeadRow {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Bytea)]
    hash: Vec<u8>,
}

fn link(row: LinkRow) -> Result<Link, Failure> {
    let hash = row.hash.try_into().map_err(|_| Failure::broken("a link whose hash has no 32 bytes"))?;
    Ok(Link { position: row.position, event: row.event, hash })
}

/// One chaining at a time, over all servers: false where another is at it.
pub async fn try_lock(tx: &mut Tx<Worker>) -> Result<bool, Failure> {
    let row: YesRow = prepared("select pg_try_advisory_xact_lock(hashtextextended('record.chain', 0)) as yes").get_result(&mut **tx).await?;
    Ok(row.yes)
}
pub async fn last_link(tx: &mut Tx<Worker>) -> Result<Option<Link>, Failure> {
    let row: Option<LinkRow> = prepared("select position, event, hash from record.link order by position desc limit 1").get_result(&mut **tx).await.optional()?;
    row.map(link).transpose()
}
/// Events above an id that no link names yet. Ids are given before commit, so a smaller one may appear later: it is chained later.
/// The text is what Postgres prints of the row, one value a line; jsonb prints its keys in one order.
/// The last event of a transaction that began so long ago; 0: there is none. Ids are given in their order, so no event with a lower id comes
/// after it from a transaction that lives shorter.
pub async fn last_older_than(tx: &mut Tx<Worker>, age: std::time::Duration) -> Result<i64, Failure> {
    let sql = "select coalesce((select e.id from record.event e where e.at < phach.now() - make_interval(secs => {}) order by e.id desc limit 1), 0) as id";
    let row: Id = prepared(sql).bind::<diesel::sql_types::Double, _>(age.as_secs_f64()).get_result(&mut **tx).await?;
    Ok(row.id)
}
pub async fn list_unchained(tx: &mut Tx<Worker>, above: i64, n: i64) -> Result<Vec<Event>, Failure> {
    let sql = "select e.id, concat_ws(E'\\n', e.id::text, coalesce(e.contest::text, '-'), to_char(e.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),
          coalesce(e.actor::text, '-'), e.hat, e.verb, e.subject, e.content::text) as canonical
        from record.event e where e.id > {} and not exists (select from record.link l where l.event = e.id) order by e.id limit {}";
    let rows: Vec<EventRow> = prepared(sql).bind::<BigInt, _>(above).bind::<BigInt, _>(n).load(&mut **tx).await?;
    Ok(rows.into_iter().map(|r| Event { id: r.id, canonical: r.canonical }).collect())
}
pub async fn insert_links(tx: &mut Tx<Worker>, links: &[Link]) -> Result<(), Failure> {
    let positions: Vec<i64> = links.iter().map(|l| l.position).collect();
    let events: Vec<i64> = links.iter().map(|l| l.event).collect();
    let hashes: Vec<Vec<u8>> = links.iter().map(|l| l.hash.to_vec()).collect();
    use diesel::sql_types::Array;
    prepared("insert into record.link(position, event, hash) select * from unnest({}, {}, {})")
        .bind::<Array<BigInt>, _>(positions)
        .bind::<Array<BigInt>, _>(events)
        .bind::<Array<Bytea>, _>(hashes)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
pub async fn get_daily_head(tx: &mut Tx<Worker>) -> Result<Option<(NaiveDate, Vec<u8>)>, Failure> {
    let row: Option<HeadRow> = prepared("select day, hash from record.daily_head()").get_result(&mut **tx).await.optional()?;
    Ok(row.map(|r| (r.day, r.hash)))
}

/// An event as the auditor sees it.
#[derive(QueryableByName)]
pub struct Seen {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub actor: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub hat: String,
    #[diesel(sql_type = Text)]
    pub verb: String,
    #[diesel(sql_type = Text)]
    pub subject: String,
    #[diesel(sql_type = Jsonb)]
    pub content: Value,
    /// The text that the chain's hash is of.
    #[diesel(sql_type = Text)]
    pub canonical: String,
    #[diesel(sql_type = Nullable<Bytea>)]
    pub hash: Option<Vec<u8>>,
}

/// Newest first, below an id, by verb where one is named.
pub async fn list_events(tx: &mut Tx<Auditor>, verb: &str, below: i64, n: i64) -> Result<Vec<Seen>, Failure> {
    let sql = "select e.id, e.at, e.actor, e.hat, e.verb, e.subject, e.content, l.hash,
          concat_ws(E'\\n', e.id::text, coalesce(e.contest::text, '-'), to_char(e.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),
          coalesce(e.actor::text, '-'), e.hat, e.verb, e.subject, e.content::text) as canonical
        from record.event e left join record.link l on l.event = e.id
        where e.contest = phach.contest() and e.id < {} and ({} = '' or e.verb = {}) order by e.id desc limit {}";
    let q = prepared(sql).bind::<BigInt, _>(below).bind::<Text, _>(verb.to_owned()).bind::<Text, _>(verb.to_owned()).bind::<BigInt, _>(n);
    Ok(q.load(&mut **tx).await?)
}

#[derive(QueryableByName)]
pub struct VerbCount {
    #[diesel(sql_type = Text)]
    pub verb: String,
    #[diesel(sql_type = BigInt)]
    pub n: i64,
}
pub async fn count_verbs(tx: &mut Tx<Auditor>) -> Result<Vec<VerbCount>, Failure> {
    Ok(prepared("select verb, count(*) as n from record.event where contest = phach.contest() group by verb order by verb").load(&mut **tx).await?)
}

/// Names of officials, for the auditor's page: contestants are never among them.
#[derive(QueryableByName)]
pub struct Official {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
}
pub async fn list_officials<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Official>, Failure> {
    Ok(prepared("select distinct id, name from account.officials()").load(&mut **tx).await?)
}
