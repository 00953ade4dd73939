//! SQL of what the worker does by itself.
use diesel::QueryableByName;
use diesel::sql_types::Integer;
use diesel_async::RunQueryDsl;

use super::jobs::Turn;
use crate::platform::db::{Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Integer)]
    n: i32,
}

pub async fn take(tx: &mut Tx<Worker>, turn: Turn) -> Result<i32, Failure> {
    let sql = match turn {
        Turn::RemindDrafts => "select named.remind_drafts() as n",
        Turn::RaiseOverdue => "select named.raise_overdue() as n",
        Turn::RaiseFailedLetters => "select named.raise_failed_letters() as n",
    };
    let count: Count = prepared(sql).get_result(&mut **tx).await?;
    Ok(count.n)
}
