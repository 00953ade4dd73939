//! SQL of a closed round re-opened: asked for by the chair, confirmed by an organizer.
use chrono::{DateTime, Utc};
use diesel::sql_types::{Bool, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Chair, Hat, Organizer, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A request that waits for an organizer's answer.
#[derive(QueryableByName, Clone, Debug)]
pub struct Asked {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// It lapses then.
    #[diesel(sql_type = Timestamptz)]
    pub until: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub asked_by: String,
    /// The visitor's own.
    #[diesel(sql_type = Bool)]
    pub mine: bool,
}
/// For the chair and the organizer.
pub async fn get_asked<H: Hat>(tx: &mut Tx<H>) -> Result<Option<Asked>, Failure> {
    Ok(prepared("select id, reason, until, asked_by, mine from blind.open_reopening()").get_result(&mut **tx).await.optional()?)
}

/// A closing that was taken back.
#[derive(QueryableByName, Clone, Debug)]
pub struct Past {
    #[diesel(sql_type = Timestamptz)]
    pub closed_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub reason: String,
}
/// The newest first.
pub async fn list_past<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Past>, Failure> {
    let sql = "select p.closed_at, p.at, r.reason from blind.round_past p join blind.reopening r on r.id = p.reopening where p.contest = phach.contest() order by p.at desc";
    Ok(prepared(sql).load(&mut **tx).await?)
}

/// Errors: as `blind.ask_reopening` refuses.
pub async fn ask(tx: &mut Tx<Chair>, reason: &str) -> Result<(), Failure> {
    prepared("select blind.ask_reopening({})").bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
/// Errors: `reopening_gone` where it waits no more.
pub async fn withdraw(tx: &mut Tx<Chair>, id: Uuid) -> Result<(), Failure> {
    prepared("select blind.withdraw_reopening({})").bind::<SqlUuid, _>(id).execute(&mut **tx).await?;
    Ok(())
}
/// Confirms or declines. Errors: `reopening_gone`, `reopening_two` where the same person asked, `sealed`.
pub async fn answer(tx: &mut Tx<Organizer>, id: Uuid, yes: bool) -> Result<(), Failure> {
    prepared("select blind.answer_reopening({}, {})").bind::<SqlUuid, _>(id).bind::<Bool, _>(yes).execute(&mut **tx).await?;
    Ok(())
}
