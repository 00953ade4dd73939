//! SQL of what the worker does for contestants by itself.
use diesel::QueryableByName;
use diesel::sql_types::Integer;
use diesel_async::RunQueryDsl;

use crate::platform::db::{Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Integer)]
    n: i32,
}

/// Letters to those whose drafts would miss the deadline; how many.
pub async fn remind_drafts(tx: &mut Tx<Worker>) -> Result<i32, Failure> {
    let letters: Count = prepared("select named.remind_drafts() as n").get_result(&mut **tx).await?;
    Ok(letters.n)
}

/// Doubts that time alone raises; how many.
pub async fn raise_overdue(tx: &mut Tx<Worker>) -> Result<i32, Failure> {
    let raised: Count = prepared("select named.raise_overdue() as n").get_result(&mut **tx).await?;
    Ok(raised.n)
}

/// Letters given up become doubts about the entries they were about; how many letters.
pub async fn raise_failed_letters(tx: &mut Tx<Worker>) -> Result<i32, Failure> {
    let letters: Count = prepared("select named.raise_failed_letters() as n").get_result(&mut **tx).await?;
    Ok(letters.n)
}
