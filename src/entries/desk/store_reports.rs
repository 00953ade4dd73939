//! SQL of what was reported of an entry's text: a kind and a paragraph, from nobody in particular.
use chrono::NaiveDate;
use diesel::QueryableByName;
use diesel::sql_types::{Date, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName, Clone, Debug)]
pub struct Report {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// identity-seen | unreadable | suspected-copy
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub paragraph: Option<i32>,
    /// It came with this day's batch.
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    /// mended | cannot-be-mended | no-problem
    #[diesel(sql_type = Nullable<Text>)]
    pub answer: Option<String>,
}
/// Open ones first, then by day and paragraph.
pub async fn list_reports(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Report>, Failure> {
    let sql = "select id, kind, paragraph, day, answer from named.report where entry = {} and contest = phach.contest() order by answer is not null, day, paragraph, kind, id";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}
/// The answer goes back with the batch. Errors: as `named.answer_report` refuses.
pub async fn answer(tx: &mut Tx<Clerk>, entry: Uuid, report: Uuid, word: &str) -> Result<(), Failure> {
    let q = prepared("select named.answer_report({}, {}, {})").bind::<SqlUuid, _>(entry).bind::<SqlUuid, _>(report).bind::<Text, _>(word.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}
