//! What `phach verify` reads of the published results, by the administrator and as their owner.
use diesel::QueryableByName;
use diesel::sql_types::{Bytea, Integer, Text, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// An edition's canonical text and the hash that stands on its page.
#[derive(QueryableByName)]
pub struct Edition {
    #[diesel(sql_type = Integer)]
    pub n: i32,
    #[diesel(sql_type = Text)]
    pub content: String,
    #[diesel(sql_type = Bytea)]
    pub sha256: Vec<u8>,
}
/// All editions of a contest's results, the first one first.
pub async fn list_editions(conn: &mut AsyncPgConnection, contest: Uuid) -> Result<Vec<Edition>, Failure> {
    conn.batch_execute("begin transaction read only; set local role phach_result_owner; set local search_path = pg_catalog, pg_temp").await?;
    let editions = prepared("select n, content, sha256 from result.edition where contest = {} order by n").bind::<SqlUuid, _>(contest).load(conn).await;
    conn.batch_execute("rollback").await?;
    Ok(editions?)
}
