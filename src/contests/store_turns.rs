//! SQL of the list that says whose turn it is.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::platform::db::{Organizer, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// How far the contest is, as its organizer may know.
#[derive(QueryableByName, Clone, Debug)]
pub struct Progress {
    /// 0 not cut, 1 cut, 2 assigned, 3 closed, 4 sealed.
    #[diesel(sql_type = Integer)]
    pub stage: i32,
    /// Categories whose slips were cut, the first time at least.
    #[diesel(sql_type = BigInt)]
    pub cut: i64,
    /// Judges who have not declared.
    #[diesel(sql_type = Integer)]
    pub undeclared: i32,
    /// Ties over a prize line that wait for the chair.
    #[diesel(sql_type = BigInt)]
    pub ties: i64,
    /// The chair asks for the round to be opened again.
    #[diesel(sql_type = Bool)]
    pub reopening: bool,
    #[diesel(sql_type = Bool)]
    pub opened: bool,
    /// One key is turned, and waits that long for a second.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub key_until: Option<DateTime<Utc>>,
}

pub async fn get_progress(tx: &mut Tx<Organizer>) -> Result<Progress, Failure> {
    let sql = "select s.stage, (select count(distinct category) from slip.cuts()) as cut, blind.undeclared() as undeclared, case when s.stage = 3 then (select count(*) from blind.open_ties()) else 0 end as ties,
          exists (select from blind.open_reopening()) as reopening, slip.opened_at() is not null as opened, slip.first_key_until() as key_until
        from contest.standing() s";
    Ok(prepared(sql).get_result(&mut **tx).await?)
}
