//! SQL about what two people decide after the opening: collectives, and the letters of a name or a title.
use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Hat, Organizer, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A decision that waits for a second person.
#[derive(QueryableByName, Clone)]
pub struct Decision {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// award | `take_back` | correct
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub prize: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    /// As a correction wants them.
    #[diesel(sql_type = Nullable<Text>)]
    pub title: Option<String>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    pub authors: Option<Vec<String>>,
    /// As they stand.
    #[diesel(sql_type = Nullable<Text>)]
    pub was_title: Option<String>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    pub was_authors: Option<Vec<String>>,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Text)]
    pub proposed_by: String,
    #[diesel(sql_type = Timestamptz)]
    pub proposed_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    pub mine: bool,
}
/// A collective's prize as it stands.
#[derive(QueryableByName, Clone)]
pub struct Award {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub prize: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub unit: Uuid,
    #[diesel(sql_type = Text)]
    pub reason: String,
}
/// What a unit has, the units under it included, of what a collective prize asks.
#[derive(QueryableByName, Clone)]
pub struct Had {
    #[diesel(sql_type = SqlUuid)]
    pub prize: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub unit: Uuid,
    /// Individual prizes that count.
    #[diesel(sql_type = BigInt)]
    pub prizes: i64,
    #[diesel(sql_type = BigInt)]
    pub received: i64,
    #[diesel(sql_type = BigInt)]
    pub valid: i64,
    #[diesel(sql_type = Bool)]
    pub met: bool,
}
/// A collective that has a prize and no longer what it asks for.
#[derive(QueryableByName, Clone)]
pub struct Unmet {
    #[diesel(sql_type = SqlUuid)]
    pub prize: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub unit: Uuid,
}
#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
}

/// organizer | holder; None: somebody who decides nothing here.
pub async fn get_decider(tx: &Tx<Public>) -> Result<Option<String>, Failure> {
    let row: Option<Word> = prepared("select result.decider() as word").get_result(&mut &**tx).await.optional()?;
    Ok(row.and_then(|r| r.word))
}
/// What waits, the oldest first.
pub async fn list_decisions<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Decision>, Failure> {
    let sql = "select id, kind, prize, unit, title, authors, was_title, was_authors, reason, proposed_by, proposed_at, mine from result.decisions()";
    Ok(prepared(sql).load(&mut **tx).await?)
}
pub async fn list_awards(tx: &mut Tx<Organizer>) -> Result<Vec<Award>, Failure> {
    Ok(prepared("select id, prize, unit, reason from result.collectives()").load(&mut **tx).await?)
}
pub async fn list_had(tx: &mut Tx<Organizer>) -> Result<Vec<Had>, Failure> {
    Ok(prepared("select prize, unit, prizes, received, valid, met from result.needs()").load(&mut **tx).await?)
}
/// For who decides here; nothing for anybody else.
pub async fn list_unmet<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Unmet>, Failure> {
    Ok(prepared("select prize, unit from result.unmet()").load(&mut **tx).await?)
}
pub async fn propose_award(tx: &mut Tx<Organizer>, prize: Uuid, unit: Uuid, reason: &str) -> Result<(), Failure> {
    let q = prepared("select result.propose_award({}, {}, {})").bind::<SqlUuid, _>(prize).bind::<SqlUuid, _>(unit).bind::<Text, _>(reason.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}
pub async fn propose_take_back(tx: &mut Tx<Organizer>, award: Uuid, reason: &str) -> Result<(), Failure> {
    prepared("select result.propose_take_back({}, {})").bind::<SqlUuid, _>(award).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
/// How a winner's title and authors are to be read.
pub struct Correction<'a> {
    pub code: &'a str,
    pub title: &'a str,
    pub authors: Vec<String>,
    pub reason: &'a str,
}
pub async fn propose_correction(tx: &mut Tx<Organizer>, c: Correction<'_>) -> Result<(), Failure> {
    let q = prepared("select result.propose_correction({}, {}, {}, {})").bind::<Text, _>(c.code.to_owned()).bind::<Text, _>(c.title.to_owned());
    q.bind::<Array<Text>, _>(c.authors).bind::<Text, _>(c.reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
pub async fn confirm(tx: &mut Tx<Public>, of: Uuid) -> Result<(), Failure> {
    prepared("select result.confirm_decision({})").bind::<SqlUuid, _>(of).execute(&mut **tx).await?;
    Ok(())
}
/// By whoever proposed it.
pub async fn drop_decision(tx: &mut Tx<Public>, of: Uuid) -> Result<(), Failure> {
    prepared("select result.drop_decision({})").bind::<SqlUuid, _>(of).execute(&mut **tx).await?;
    Ok(())
}
