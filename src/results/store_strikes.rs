//! SQL about papers struck out after the opening, and about editions of the published results.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, Bool, Bytea, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde::Deserialize;
use uuid::Uuid;

use super::store::Winner;
use crate::platform::db::{Organizer, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A winner as the key holders see one: with the entry's number, by which the desk speaks of it.
#[derive(QueryableByName, Clone)]
pub struct HeldWinner {
    #[diesel(embed)]
    pub winner: Winner,
    #[diesel(sql_type = Integer)]
    pub number: i32,
}
/// A strike, proposed or done.
#[derive(QueryableByName, Clone)]
pub struct Strike {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Array<Text>)]
    pub authors: Vec<String>,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Text)]
    pub proposed_by: String,
    #[diesel(sql_type = Timestamptz)]
    pub proposed_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// A prize is not given, for no reserve was left.
    #[diesel(sql_type = Nullable<Bool>)]
    pub withheld: Option<bool>,
    #[diesel(sql_type = Bool)]
    pub mine: bool,
}
/// A strike that was done, as the organizer sees it.
#[derive(QueryableByName, Clone)]
pub struct StruckOut {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Bool)]
    pub withheld: bool,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

pub async fn list_held_winners(tx: &mut Tx<Public>) -> Result<Vec<HeldWinner>, Failure> {
    Ok(prepared("select code, prize, category, unit, number, title, authors from slip.winners()").load(&mut **tx).await?)
}
pub async fn list_strikes(tx: &mut Tx<Public>) -> Result<Vec<Strike>, Failure> {
    let sql = "select id, code, number, title, authors, reason, proposed_by, proposed_at, confirmed_at, withheld, mine from slip.strikes()";
    Ok(prepared(sql).load(&mut **tx).await?)
}
pub async fn propose_strike(tx: &mut Tx<Public>, code: &str, reason: &str) -> Result<(), Failure> {
    prepared("select slip.propose_strike({}, {})").bind::<Text, _>(code.to_owned()).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
/// Crossing *open* for a reserve that moves up.
pub async fn confirm_strike(tx: &mut Tx<Public>, of: Uuid) -> Result<(), Failure> {
    prepared("select slip.confirm_strike({})").bind::<SqlUuid, _>(of).execute(&mut **tx).await?;
    Ok(())
}
pub async fn drop_strike(tx: &mut Tx<Public>, of: Uuid) -> Result<(), Failure> {
    prepared("select slip.drop_strike({})").bind::<SqlUuid, _>(of).execute(&mut **tx).await?;
    Ok(())
}
pub async fn list_struck_out(tx: &mut Tx<Organizer>) -> Result<Vec<StruckOut>, Failure> {
    Ok(prepared("select code, reason, withheld, at from result.struck_out where contest = phach.contest() order by at").load(&mut **tx).await?)
}

/// A prize as published.
#[derive(Deserialize, Clone)]
pub struct PublishedPrize {
    pub prize: Uuid,
    pub category: Uuid,
    pub unit: Option<Uuid>,
    pub title: String,
    pub authors: Vec<String>,
}
/// A collective's prize as published.
#[derive(Deserialize, Clone)]
pub struct PublishedCollective {
    pub prize: Uuid,
    pub unit: Uuid,
    pub reason: String,
}
#[derive(Deserialize, Clone)]
pub struct PublishedList {
    pub prizes: Vec<PublishedPrize>,
    pub collectives: Vec<PublishedCollective>,
}
/// An edition of the results; what it says is asked for apart.
#[derive(QueryableByName, Clone)]
pub struct Edition {
    #[diesel(sql_type = Integer)]
    pub n: i32,
    #[diesel(sql_type = Bytea)]
    pub sha256: Vec<u8>,
    /// None for the first.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
#[derive(QueryableByName)]
struct Content {
    #[diesel(sql_type = Jsonb)]
    list: serde_json::Value,
    #[diesel(sql_type = Text)]
    content: String,
}
/// The first one first; none before the publication.
pub async fn list_editions(tx: &mut Tx<Public>) -> Result<Vec<Edition>, Failure> {
    Ok(prepared("select n, sha256, reason, at from result.edition where contest = phach.contest() order by n").load(&mut **tx).await?)
}
#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
pub async fn has_edition(tx: &Tx<Public>, n: i32) -> Result<bool, Failure> {
    let row: Yes = prepared("select exists (select from result.edition where contest = phach.contest() and n = {}) as yes").bind::<Integer, _>(n).get_result(&mut &**tx).await?;
    Ok(row.yes)
}
/// What an edition says, and the text that its hash is of.
pub async fn get_edition(tx: &mut Tx<Public>, n: i32) -> Result<(PublishedList, String), Failure> {
    let row: Content = prepared("select list, content from result.edition where contest = phach.contest() and n = {}").bind::<Integer, _>(n).get_result(&mut **tx).await?;
    Ok((serde_json::from_value(row.list).map_err(Failure::broken)?, row.content))
}
