//! SQL of more time for an entry.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// More time that an entry was given.
#[derive(QueryableByName, Clone, Debug)]
pub struct Extension {
    #[diesel(sql_type = Timestamptz)]
    pub until: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
/// The newest first.
pub async fn list_extensions(tx: &mut Tx<Clerk>, entry: Uuid) -> Result<Vec<Extension>, Failure> {
    let sql = "select until, reason, at from named.extension where entry = {} and contest = phach.contest() order by at desc";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut **tx).await?)
}
/// Refuses what is cut or has ended, and a time that is past, before the common deadline or after queries close.
pub async fn extend(tx: &mut Tx<Clerk>, entry: Uuid, until: DateTime<Utc>, reason: &str) -> Result<(), Failure> {
    let sql = "select named.extend({}, {}, {})";
    prepared(sql).bind::<SqlUuid, _>(entry).bind::<Timestamptz, _>(until).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
/// Every entry in writing of the account with this address; refuses where there is none.
pub async fn extend_drafts(tx: &mut Tx<Clerk>, email_key: &str, until: DateTime<Utc>, reason: &str) -> Result<(), Failure> {
    let sql = "select named.extend_drafts({}, {}, {})";
    prepared(sql).bind::<Text, _>(email_key.to_owned()).bind::<Timestamptz, _>(until).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
