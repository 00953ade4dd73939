//! SQL of the organizer's rules pages, of public changes, and of extensions.
use chrono::{DateTime, NaiveDate, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Dates, Ruleset};
use super::rows::{Ids, from_json, to_json};
use crate::platform::db::{Hat, Organizer, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Json {
    #[diesel(sql_type = Jsonb)]
    rules: Value,
}

/// The whole rules. To change them: held until the transaction ends, so that what is written was made of what stands.
pub async fn read_rules(tx: &mut Tx<Organizer>, to_change: bool) -> Result<(Ruleset, Ids), Failure> {
    let found: Json = prepared("select contest.rules({}) as rules").bind::<Bool, _>(to_change).get_result(&mut **tx).await?;
    from_json(found.rules).ok_or_else(|| Failure::broken("rules with a word that the program does not know"))
}

/// A change of one section: its word, why, and what the public is shown of it.
pub struct Change<'a> {
    pub section: &'a str,
    pub reason: &'a str,
    pub what: Value,
}

/// Writes changed rules. Refuses what is frozen, in use, or cannot be missing any more.
pub async fn revise(tx: &mut Tx<Organizer>, contest: Uuid, rules: &Ruleset, ids: &mut Ids, change: Change<'_>) -> Result<(), Failure> {
    prepared("select contest.revise({}, {}, {}, {})")
        .bind::<Text, _>(change.section.to_owned())
        .bind::<Jsonb, _>(to_json(rules, ids, contest))
        .bind::<Text, _>(change.reason.to_owned())
        .bind::<Jsonb, _>(change.what)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

#[derive(QueryableByName, Clone, Copy, Debug)]
pub struct Standing {
    /// Submissions are open, or were.
    #[diesel(sql_type = Bool)]
    pub opened: bool,
    /// 0 not cut, 1 cut, 2 assigned, 3 closed, 4 sealed.
    #[diesel(sql_type = Integer)]
    pub stage: i32,
}
pub async fn get_standing(tx: &mut Tx<Organizer>) -> Result<Standing, Failure> {
    Ok(prepared("select opened, stage from contest.standing()").get_result(&mut **tx).await?)
}

/// Something that the rules lack.
#[derive(QueryableByName, Clone, Debug)]
pub struct Problem {
    #[diesel(sql_type = Text)]
    pub problem: String,
    /// Without it the program could not work: submissions do not open.
    #[diesel(sql_type = Bool)]
    pub blocks: bool,
    #[diesel(sql_type = Text)]
    pub what_vi: String,
    #[diesel(sql_type = Text)]
    pub what_en: String,
}
pub async fn list_problems(tx: &mut Tx<Organizer>) -> Result<Vec<Problem>, Failure> {
    Ok(prepared("select problem, blocks, what_vi, what_en from contest.problems()").load(&mut **tx).await?)
}

/// A change after submissions opened.
#[derive(QueryableByName, Clone, Debug)]
pub struct PublicChange {
    #[diesel(sql_type = Text)]
    pub section: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Jsonb)]
    pub what: Value,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
/// The newest first.
pub async fn list_changes<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<PublicChange>, Failure> {
    Ok(prepared("select section, reason, what, at from contest.change where contest = phach.contest() order by n desc").load(&mut **tx).await?)
}

/// An extension proposed and neither confirmed nor taken back.
#[derive(QueryableByName, Clone, Debug)]
pub struct Proposed {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub closes_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub intake_closes_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub queries_close_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Date>)]
    pub postmark_by: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub proposed_at: DateTime<Utc>,
    /// The name of who proposed it.
    #[diesel(sql_type = Text)]
    pub proposed_by: String,
    /// By whoever asks.
    #[diesel(sql_type = Bool)]
    pub mine: bool,
}
const PROPOSED: &str = "select id, closes_at, intake_closes_at, queries_close_at, postmark_by, reason, proposed_at, proposed_by, mine from account.extension()";

/// For officials who may confirm it; None where there is none, and for everybody else.
pub async fn get_extension<H: Hat>(tx: &mut Tx<H>) -> Result<Option<Proposed>, Failure> {
    let found: Vec<Proposed> = prepared(PROPOSED).load(&mut **tx).await?;
    Ok(found.into_iter().next())
}
#[derive(QueryableByName)]
struct May {
    #[diesel(sql_type = Bool)]
    may: bool,
}
/// Whether the visitor is an official who may confirm extensions.
pub async fn may_confirm(tx: &Tx<Public>) -> Result<bool, Failure> {
    let found: May = prepared("select account.may_confirm() as may").get_result(&mut &**tx).await?;
    Ok(found.may)
}
pub async fn propose_extension(tx: &mut Tx<Organizer>, dates: &Dates, reason: &str) -> Result<(), Failure> {
    prepared("select account.propose_extension({}, {}, {}, {}, {})")
        .bind::<Timestamptz, _>(dates.closes)
        .bind::<Timestamptz, _>(dates.intake_closes)
        .bind::<Timestamptz, _>(dates.queries_close)
        .bind::<Nullable<Date>, _>(dates.postmark_by)
        .bind::<Text, _>(reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
pub async fn drop_extension(tx: &mut Tx<Organizer>) -> Result<(), Failure> {
    prepared("select contest.drop_extension()").execute(&mut **tx).await?;
    Ok(())
}
pub async fn confirm_extension(tx: &mut Tx<Public>, id: Uuid) -> Result<(), Failure> {
    prepared("select account.confirm_extension({})").bind::<SqlUuid, _>(id).execute(&mut **tx).await?;
    Ok(())
}
