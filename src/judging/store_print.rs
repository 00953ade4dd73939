//! SQL of what is printed: papers with their mark sheets, and empty mark sheets.
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::shown::Shown;
use crate::platform::db::{Chair, Judge, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A paper to print. Whether its reading is a first or a third one is not among what is read.
#[derive(QueryableByName, Clone)]
pub struct Printed {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    /// The contest's own language: that of its papers.
    #[diesel(sql_type = Text)]
    pub lang: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    /// Of the own sheet, in hundredths; None: not handed in.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub marks: Option<Value>,
    #[diesel(sql_type = Text)]
    pub comment: String,
}
/// The own papers in the own order, or one of them; at most `n` from the `from`-th.
pub async fn list_own(tx: &mut Tx<Judge>, shown: Shown, code: &str, (from, n): (i64, i64)) -> Result<Vec<Printed>, Failure> {
    let sql = "select p.code, p.title, p.body, c.lang, p.category, s.marks, coalesce(s.comment, '') as comment
        from blind.assignment a join blind.paper p on p.code = a.paper join contest.contest c on c.id = a.contest
          left join blind.sheet s on s.paper = a.paper and s.judge = a.judge
        where a.judge = phach.account() and a.contest = phach.contest() and a.state <> 'recused' and {} in ('', a.paper)
          and {} in ('', case when a.state = 'open' and exists (select from blind.draft d where d.judge = a.judge and d.paper = a.paper) then 'begun' else a.state end)
        order by a.place, a.paper offset {} limit {}";
    let q = prepared(sql).bind::<Text, _>(code.to_owned()).bind::<Text, _>(shown.state()).bind::<BigInt, _>(from).bind::<BigInt, _>(n);
    Ok(q.load(&mut **tx).await?)
}

/// A code, and the category whose rubric is on its sheet.
#[derive(QueryableByName, Clone)]
pub struct EmptySheet {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
}
/// What a judge has not handed in, by code.
pub async fn list_open_of(tx: &mut Tx<Chair>, judge: Uuid) -> Result<Vec<EmptySheet>, Failure> {
    let sql = "select p.code, p.category from blind.assignment a join blind.paper p on p.code = a.paper
        where a.contest = phach.contest() and a.judge = {} and a.state = 'open' order by p.code";
    Ok(prepared(sql).bind::<SqlUuid, _>(judge).load(&mut **tx).await?)
}
