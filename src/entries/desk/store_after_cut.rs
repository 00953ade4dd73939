//! SQL of what the desk does about an entry that is cut.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Integer, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Version;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// Strikes the entry out; its paper leaves the marking with the batch. Errors: as `named.strike_out` refuses.
pub async fn strike_out(tx: &mut Tx<Clerk>, entry: Uuid, reason: &str) -> Result<(), Failure> {
    prepared("select named.strike_out({}, {})").bind::<SqlUuid, _>(entry).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
/// Grants a withdrawal that the contestant asked for. Errors: as `named.grant_withdrawal` refuses.
pub async fn grant_withdrawal(tx: &mut Tx<Clerk>, entry: Uuid) -> Result<(), Failure> {
    prepared("select named.grant_withdrawal({})").bind::<SqlUuid, _>(entry).execute(&mut **tx).await?;
    Ok(())
}

/// A clean text that was given after the cut.
#[derive(QueryableByName, Clone, Debug)]
pub struct Amendment {
    #[diesel(sql_type = Integer)]
    pub n: i32,
    /// reread | masked | repaired
    #[diesel(sql_type = Text)]
    pub how: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
/// The newest first: that one counts.
pub async fn list_amendments(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Amendment>, Failure> {
    let sql = "select n, how, title, body, reason, at from named.amendment where entry = {} and contest = phach.contest() order by n desc";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// The clean text as it stands.
pub struct Standing {
    pub title: String,
    pub body: String,
}
/// The last amendment's, else the version's own.
pub fn standing(version: &Version, last: Option<&Amendment>) -> Standing {
    match last {
        Some(a) => Standing { title: a.title.clone(), body: a.body.clone() },
        None => Standing { title: version.title.clone(), body: version.body.clone().unwrap_or_default() },
    }
}

/// A new clean text, as the desk gives it.
pub struct NewText<'a> {
    pub entry: Uuid,
    /// How many amendments the clerk saw.
    pub seen: i32,
    pub how: &'a str,
    pub title: &'a str,
    pub body: &'a str,
    pub reason: &'a str,
}
/// Keeps it; the paper has it with the next batch. Errors: as `named.amend` refuses.
pub async fn amend(tx: &mut Tx<Clerk>, t: NewText<'_>) -> Result<(), Failure> {
    prepared("select named.amend({}, {}, {}, {}, {}, {})")
        .bind::<SqlUuid, _>(t.entry)
        .bind::<Integer, _>(t.seen)
        .bind::<Text, _>(t.how.to_owned())
        .bind::<Text, _>(t.title.to_owned())
        .bind::<Text, _>(t.body.to_owned())
        .bind::<Text, _>(t.reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
