//! SQL of the seed and of the replay.
use chrono::{DateTime, Utc};
use diesel::sql_types::{Bool, Bytea, Integer, Jsonb, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::deal::{Input, Judge, Slot};
use crate::platform::db::{Dealer, Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// For an administrator's transaction: from here on it is in this contest.
pub async fn enter(conn: &mut AsyncPgConnection, contest: Uuid) -> Result<(), Failure> {
    prepared("select set_config('phach.contest', {}, true)").bind::<Text, _>(contest.to_string()).execute(conn).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Seed {
    #[diesel(sql_type = Bytea)]
    seed: Vec<u8>,
}
/// The seed that was made ahead, for the assignment that this batch's transaction makes: without one it cannot commit.
pub async fn take_seed(tx: &mut Tx<Dealer>) -> Result<[u8; 32], Failure> {
    let row: Seed = prepared("select blind.take_seed() as seed").get_result(&mut **tx).await?;
    row.seed.try_into().map_err(|_| Failure::broken("a seed that has no 32 bytes"))
}

/// The next assignment's seed, as far as anybody may know it.
#[derive(QueryableByName, Clone, Debug)]
pub struct NextSeed {
    #[diesel(sql_type = Bytea)]
    pub sha256: Vec<u8>,
}
/// None before the first papers.
pub async fn get_next_seed<H: Hat>(tx: &mut Tx<H>) -> Result<Option<NextSeed>, Failure> {
    let sql = "select sha256 from blind.seed where contest = phach.contest() order by n desc limit 1";
    Ok(prepared(sql).get_result(&mut **tx).await.optional()?)
}

/// An assignment that was made.
#[derive(QueryableByName, Clone, Debug)]
pub struct Deal {
    #[diesel(sql_type = SqlUuid)]
    pub deal: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Bytea)]
    pub seed_sha256: Vec<u8>,
    #[diesel(sql_type = Bytea)]
    pub input_sha256: Vec<u8>,
    #[diesel(sql_type = Integer)]
    pub pairs: i32,
}
/// In the order in which they were made.
pub async fn list_deals(conn: &mut AsyncPgConnection) -> Result<Vec<Deal>, Failure> {
    Ok(prepared("select deal, at, seed_sha256, input_sha256, pairs from blind.deals()").load(conn).await?)
}

/// What an assignment started from.
#[derive(QueryableByName)]
pub struct Start {
    #[diesel(sql_type = Bytea)]
    pub seed: Vec<u8>,
    #[diesel(sql_type = Text)]
    pub input: String,
}
/// None where seed or input no longer have the hash they had.
pub async fn get_start(conn: &mut AsyncPgConnection, deal: Uuid) -> Result<Option<Start>, Failure> {
    Ok(prepared("select seed, input from blind.deal_to_replay({})").bind::<SqlUuid, _>(deal).get_result(conn).await.optional()?)
}

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
/// What a lot gave, and what it took from other judges for that: pairs as Postgres reads them.
pub struct Drawn {
    pub given: serde_json::Value,
    pub taken: serde_json::Value,
}
/// Whether these pairs, and no others, are what the assignment gave and took.
pub async fn is_dealt(conn: &mut AsyncPgConnection, deal: Uuid, drawn: Drawn) -> Result<bool, Failure> {
    let q = prepared("select blind.is_dealt({}, {}, {}) as yes").bind::<SqlUuid, _>(deal).bind::<Jsonb, _>(drawn.given).bind::<Jsonb, _>(drawn.taken);
    let row: Yes = q.get_result(conn).await?;
    Ok(row.yes)
}
#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}
/// Readings in some judge's hands that no assignment gave.
pub async fn count_beside(conn: &mut AsyncPgConnection) -> Result<i32, Failure> {
    let row: Number = prepared("select blind.pairs_beside() as n").get_result(conn).await?;
    Ok(row.n)
}

/// Pairs as Postgres reads them.
pub fn pairs_json(input: &Input, slots: &[Slot]) -> serde_json::Value {
    slots.iter().map(|s| pair_json(input.judges.get(s.judge), input.lacks.get(s.paper).map(|l| l.code.as_str()))).collect()
}
pub fn pair_json(judge: Option<&Judge>, code: Option<&str>) -> serde_json::Value {
    serde_json::json!({"judge": judge.map(|j| j.id), "paper": code.unwrap_or_default()})
}
