//! SQL about keys that change hands, and about the minutes.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde::Deserialize;
use uuid::Uuid;

use crate::platform::db::{Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A key and whether its holder can turn it.
#[derive(QueryableByName, Clone)]
pub struct Holder {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub office_vi: String,
    #[diesel(sql_type = Text)]
    pub office_en: String,
    #[diesel(sql_type = Bool)]
    pub ready: bool,
    #[diesel(sql_type = Bool)]
    pub mine: bool,
}
/// A proposal that a key change hands, or that there be one more.
#[derive(QueryableByName, Clone)]
pub struct Replacement {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// None: one more holder.
    #[diesel(sql_type = Nullable<Text>)]
    pub was_vi: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub was_en: Option<String>,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub office_vi: String,
    #[diesel(sql_type = Text)]
    pub office_en: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Text)]
    pub proposed_by: String,
    #[diesel(sql_type = Timestamptz)]
    pub proposed_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    pub mine: bool,
    /// It is the visitor's own key that would go.
    #[diesel(sql_type = Bool)]
    pub about_me: bool,
}
/// What is proposed.
pub struct NewHolder<'a> {
    pub in_place_of: Option<Uuid>,
    pub email: &'a str,
    pub office_vi: &'a str,
    pub office_en: &'a str,
    pub reason: &'a str,
}

pub async fn list_holders(tx: &mut Tx<Public>) -> Result<Vec<Holder>, Failure> {
    Ok(prepared("select id, office_vi, office_en, ready, mine from slip.holders()").load(&mut **tx).await?)
}
pub async fn get_replacement(tx: &mut Tx<Public>) -> Result<Option<Replacement>, Failure> {
    let sql = "select id, was_vi, was_en, email, office_vi, office_en, reason, proposed_by, proposed_at, mine, about_me from slip.replacement()";
    let found: Vec<Replacement> = prepared(sql).load(&mut **tx).await?;
    Ok(found.into_iter().next())
}
pub async fn propose_replacement(tx: &mut Tx<Public>, new: NewHolder<'_>) -> Result<(), Failure> {
    prepared("select slip.propose_replacement({}, {}, {}, {}, {})")
        .bind::<Nullable<SqlUuid>, _>(new.in_place_of)
        .bind::<Text, _>(new.email.to_owned())
        .bind::<Text, _>(new.office_vi.to_owned())
        .bind::<Text, _>(new.office_en.to_owned())
        .bind::<Text, _>(new.reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
pub async fn confirm_replacement(tx: &mut Tx<Public>, of: Uuid) -> Result<(), Failure> {
    prepared("select slip.confirm_replacement({})").bind::<SqlUuid, _>(of).execute(&mut **tx).await?;
    Ok(())
}
pub async fn drop_replacement(tx: &mut Tx<Public>) -> Result<(), Failure> {
    prepared("select slip.drop_replacement()").execute(&mut **tx).await?;
    Ok(())
}

/// A key holder as minutes name one.
#[derive(Deserialize, Clone)]
pub struct Present {
    pub office_vi: String,
    pub office_en: String,
    pub name: Option<String>,
    /// When the key was turned.
    pub at: Option<DateTime<Utc>>,
}
/// A place of the sealed list.
#[derive(Deserialize, Clone)]
pub struct SealedPlace {
    pub ranking_group: Uuid,
    pub code: String,
    pub prize: Option<Uuid>,
    pub reserve: Option<i32>,
    pub rank: Option<i32>,
    /// None for a key holder until the slips are open.
    pub mark: Option<i32>,
}
/// How a tie over a prize line was answered.
#[derive(Deserialize, Clone)]
pub struct SealedTie {
    pub ranking_group: Uuid,
    pub level: i32,
    pub mark: i32,
    /// all_in | all_out | another
    pub answer: String,
    pub reason: String,
}
/// What was sealed, by whom and when.
#[derive(Deserialize, Clone)]
pub struct SealMinutes {
    pub sealed_at: DateTime<Utc>,
    pub closed_at: DateTime<Utc>,
    /// None for a key holder until the slips are open.
    pub sha256: Option<String>,
    pub organizer: Option<String>,
    pub chair: Option<String>,
    pub papers: i64,
    pub unread: i64,
    pub places: Vec<SealedPlace>,
    pub ties: Vec<SealedTie>,
    pub holders: Vec<Present>,
}
/// A slip that the opening opened.
#[derive(Deserialize, Clone)]
pub struct OpenedSlip {
    pub code: String,
    pub prize: Uuid,
    pub category: Uuid,
    pub unit: Option<Uuid>,
    pub number: i32,
    pub title: String,
    pub authors: Vec<String>,
    pub rank: Option<i32>,
    pub mark: Option<i32>,
}
/// Which slips opened, by whose keys.
#[derive(Deserialize, Clone)]
pub struct OpeningMinutes {
    pub opened_at: DateTime<Utc>,
    pub sha256: String,
    /// Slips that stay closed.
    pub closed: i64,
    pub keys: Vec<Present>,
    pub winners: Vec<OpenedSlip>,
}
#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = Nullable<Jsonb>)]
    minutes: Option<serde_json::Value>,
}
#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
}

/// organizer | holder | auditor; None: somebody who reads no minutes.
pub async fn get_minutes_reader(tx: &Tx<Public>) -> Result<Option<String>, Failure> {
    let row: Word = prepared("select slip.minutes_reader() as word").get_result(&mut &**tx).await?;
    Ok(row.word)
}
async fn minutes<T: for<'a> Deserialize<'a>>(tx: &mut Tx<Public>, sql: &'static str) -> Result<Option<T>, Failure> {
    let row: Written = prepared(sql).get_result(&mut **tx).await?;
    row.minutes.map(serde_json::from_value).transpose().map_err(Failure::broken)
}
/// None before the seal.
pub async fn get_seal_minutes(tx: &mut Tx<Public>) -> Result<Option<SealMinutes>, Failure> {
    minutes(tx, "select slip.seal_minutes() as minutes").await
}
/// None before the opening, and for who reads no names.
pub async fn get_opening_minutes(tx: &mut Tx<Public>) -> Result<Option<OpeningMinutes>, Failure> {
    minutes(tx, "select slip.opening_minutes() as minutes").await
}
