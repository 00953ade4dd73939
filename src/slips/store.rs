//! All SQL of the room.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Integer, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A cut that was made: how many entries, and when.
#[derive(QueryableByName, Clone, Debug)]
pub struct Cut {
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Integer)]
    pub entries: i32,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// The organizer allowed a small batch.
#[derive(QueryableByName, Clone, Debug)]
pub struct Waiver {
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}

/// In the order they were made.
pub async fn list_cuts(tx: &mut Tx<Clerk>) -> Result<Vec<Cut>, Failure> {
    Ok(prepared("select category, entries, at from slip.cuts()").load(&mut **tx).await?)
}

/// In the order they were given.
pub async fn list_waivers(tx: &mut Tx<Clerk>) -> Result<Vec<Waiver>, Failure> {
    Ok(prepared("select category, at from contest.waiver where contest = phach.contest() order by at").load(&mut **tx).await?)
}

/// Crossing *cut*: every valid entry of the category that has a slip loses it; how many. Errors: as `slip.cut` refuses.
pub async fn cut(tx: &mut Tx<Clerk>, category: Uuid) -> Result<i32, Failure> {
    let row: Number = prepared("select slip.cut({}) as n").bind::<SqlUuid, _>(category).get_result(&mut **tx).await?;
    Ok(row.n)
}
