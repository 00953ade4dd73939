//! All SQL of the room.
use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Bytea, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Organizer, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A place in the proposal: a code with its prize, or the n-th reserve of its group.
#[derive(QueryableByName, Clone)]
pub struct Place {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = Nullable<Integer>)]
    pub mark: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub rank: Option<i32>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub prize: Option<Uuid>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub reserve: Option<i32>,
}

/// What has been done so far on the way from close to publication.
#[derive(QueryableByName, Clone, Default)]
pub struct Facts {
    #[diesel(sql_type = Bool)]
    pub closed: bool,
    #[diesel(sql_type = BigInt)]
    pub open_ties: i64,
    #[diesel(sql_type = BigInt)]
    pub proposed: i64,
    #[diesel(sql_type = Nullable<Bytea>)]
    pub sealed: Option<Vec<u8>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub sealed_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub opened_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    pub holders: i64,
}

pub async fn get_facts(tx: &mut Tx<Organizer>) -> Result<Facts, Failure> {
    let sql = "select exists (select from blind.closing where contest = phach.contest()) as closed,
          (select count(*) from blind.open_ties()) as open_ties, (select count(*) from blind.proposal where contest = phach.contest()) as proposed,
          (select sha256 from blind.seal where contest = phach.contest()) as sealed, (select at from blind.seal where contest = phach.contest()) as sealed_at,
          slip.opened_at() as opened_at, (select at from result.publication where contest = phach.contest()) as published_at,
          (select count(id) from contest.key_holder where contest = phach.contest()) as holders";
    Ok(prepared(sql).get_result(&mut **tx).await?)
}
pub async fn list_proposal(tx: &mut Tx<Organizer>) -> Result<Vec<Place>, Failure> {
    let sql = "select p.code, s.ranking_group, s.mark, s.rank, p.prize, p.reserve from blind.proposal p
        join blind.standing s on s.contest = p.contest and s.code = p.code where p.contest = phach.contest() order by s.ranking_group, s.place";
    Ok(prepared(sql).load(&mut **tx).await?)
}
pub async fn propose(tx: &mut Tx<Organizer>, reserves: i32) -> Result<(), Failure> {
    prepared("select blind.propose({})").bind::<Integer, _>(reserves).execute(&mut **tx).await?;
    Ok(())
}
pub async fn seal(tx: &mut Tx<Organizer>) -> Result<(), Failure> {
    prepared("select blind.seal_ranking()").execute(&mut **tx).await?;
    Ok(())
}

/// The visitor's key in this contest, by office.
#[derive(QueryableByName, Clone)]
pub struct MyKey {
    #[diesel(sql_type = Text)]
    pub office_vi: String,
    #[diesel(sql_type = Text)]
    pub office_en: String,
    /// It works again from then: a password or an address was changed less than a day ago.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub rests_until: Option<DateTime<Utc>>,
}
#[derive(QueryableByName, Clone)]
pub struct KeyRow {
    #[diesel(sql_type = Text)]
    pub office_vi: String,
    #[diesel(sql_type = Text)]
    pub office_en: String,
    #[diesel(sql_type = Bool)]
    pub turned: bool,
    #[diesel(sql_type = Bool)]
    pub mine: bool,
}
#[derive(QueryableByName, Clone)]
pub struct ToOpen {
    #[diesel(sql_type = Timestamptz)]
    pub sealed_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub opened_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Integer)]
    pub winners: i32,
}
#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

pub async fn get_my_key(tx: &Tx<Public>) -> Result<Option<MyKey>, Failure> {
    Ok(prepared("select office_vi, office_en, rests_until from slip.my_key()").get_result(&mut &**tx).await.optional()?)
}
pub async fn is_signed_in(tx: &Tx<Public>) -> Result<bool, Failure> {
    let row: Yes = prepared("select phach.account() is not null as yes").get_result(&mut &**tx).await?;
    Ok(row.yes)
}
pub async fn list_keys(tx: &mut Tx<Public>) -> Result<Vec<KeyRow>, Failure> {
    Ok(prepared("select office_vi, office_en, turned, mine from slip.keys()").load(&mut **tx).await?)
}
pub async fn get_seal_to_open(tx: &mut Tx<Public>) -> Result<Option<ToOpen>, Failure> {
    Ok(prepared("select sealed_at, opened_at, winners from slip.seal_to_open()").get_result(&mut **tx).await.optional()?)
}
/// True where this key was the second, and the winners' slips are open.
pub async fn turn_key(tx: &mut Tx<Public>, last4: &str) -> Result<bool, Failure> {
    let row: Yes = prepared("select slip.turn_key({}) as yes").bind::<Text, _>(last4.to_owned()).get_result(&mut **tx).await?;
    Ok(row.yes)
}

/// A winner, once opened. The code is the organizer's alone.
#[derive(QueryableByName, Clone)]
pub struct Winner {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub prize: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Array<Text>)]
    pub authors: Vec<String>,
}
pub async fn list_winners(tx: &mut Tx<Organizer>) -> Result<Vec<Winner>, Failure> {
    Ok(prepared("select code, prize, category, unit, title, authors from result.winners()").load(&mut **tx).await?)
}
/// One whose slip is open and that has a prize.
pub async fn get_winner(tx: &Tx<Organizer>, code: &str) -> Result<Option<Winner>, Failure> {
    let sql = "select code, prize, category, unit, title, authors from result.winners() where code = {}";
    Ok(prepared(sql).bind::<Text, _>(code.to_owned()).get_result(&mut &**tx).await.optional()?)
}
#[derive(QueryableByName, Clone)]
pub struct UnitCount {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    #[diesel(sql_type = BigInt)]
    pub received: i64,
    #[diesel(sql_type = BigInt)]
    pub valid: i64,
}
pub async fn list_unit_counts(tx: &mut Tx<Organizer>) -> Result<Vec<UnitCount>, Failure> {
    Ok(prepared("select unit, received, valid from slip.unit_counts()").load(&mut **tx).await?)
}

pub async fn publish(tx: &mut Tx<Organizer>) -> Result<(), Failure> {
    prepared("select result.publish()").execute(&mut **tx).await?;
    Ok(())
}

#[derive(QueryableByName, Clone)]
pub struct Publication {
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Bytea)]
    pub sha256: Vec<u8>,
    /// Of what was sealed: standings and prizes by code.
    #[diesel(sql_type = Bytea)]
    pub seal_sha256: Vec<u8>,
}
pub async fn get_publication(tx: &mut Tx<Public>) -> Result<Option<Publication>, Failure> {
    Ok(prepared("select at, sha256, seal_sha256 from result.publication where contest = phach.contest()").get_result(&mut **tx).await.optional()?)
}
