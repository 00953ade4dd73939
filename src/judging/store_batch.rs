//! SQL of the batch: when it is due, what it may move, what became of it.
use chrono::NaiveDate;
use diesel::QueryableByName;
use diesel::sql_types::{Array, Bool, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Chair, Dealer, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Groups {
    #[diesel(sql_type = Array<SqlUuid>)]
    groups: Vec<Uuid>,
}
/// Ranking groups whose moves the chair may call now: all from five moves on, else those in which every first marking is in.
pub async fn list_callable_groups(tx: &mut Tx<Dealer>) -> Result<Vec<Uuid>, Failure> {
    let row: Groups = prepared("select blind.callable_groups() as groups").get_result(&mut **tx).await?;
    Ok(row.groups)
}
/// Begins a batch (`chair`, `night` or `quiet`) and carries out what waits on the other side; the groups whose readings may be
/// dealt in it. Errors: `batch_small` where the chair has to wait, `sealed`.
pub async fn begin(tx: &mut Tx<Dealer>, call: &str) -> Result<Vec<Uuid>, Failure> {
    let row: Groups = prepared("select blind.begin_batch({}) as groups").bind::<Text, _>(call.to_owned()).get_result(&mut **tx).await?;
    Ok(row.groups)
}
#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}
/// Ends it; how many moves passed.
pub async fn end(tx: &mut Tx<Dealer>) -> Result<i32, Failure> {
    let row: Number = prepared("select blind.end_batch() as n").get_result(&mut **tx).await?;
    Ok(row.n)
}

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
/// Whether a reading, a third one too, is in no judge's hands.
pub async fn is_lacking(tx: &mut Tx<Dealer>) -> Result<bool, Failure> {
    let sql = "select exists (select from blind.paper p where p.contest = phach.contest() and case when p.third_wanted then 1 else p.wanted end
        > (select count(*) from blind.assignment a where a.paper = p.code and a.state <> 'recused' and a.third = p.third_wanted)) as yes";
    let row: Yes = prepared(sql).get_result(&mut **tx).await?;
    Ok(row.yes)
}

/// A contest whose batch is to pass now.
#[derive(QueryableByName, Debug)]
pub struct Due {
    #[diesel(sql_type = SqlUuid)]
    pub contest: Uuid,
    /// night | quiet
    #[diesel(sql_type = Text)]
    pub call: String,
}
pub async fn list_due(tx: &mut Tx<Dealer>) -> Result<Vec<Due>, Failure> {
    Ok(prepared("select contest, call from blind.batches_due()").load(&mut **tx).await?)
}

/// Tells the chair of every round that could be closed now, each once; how many rounds.
pub async fn tell_marked(tx: &mut Tx<Dealer>) -> Result<i32, Failure> {
    let row: Number = prepared("select blind.tell_marked() as n").get_result(&mut **tx).await?;
    Ok(row.n)
}

#[derive(QueryableByName, PartialEq, Eq)]
pub struct KnownShort {
    #[diesel(sql_type = Text)]
    pub paper: String,
    #[diesel(sql_type = Integer)]
    pub missing: i32,
}
/// What the last assignment itself found nobody for, by code.
pub async fn list_known_short(tx: &mut Tx<Dealer>) -> Result<Vec<KnownShort>, Failure> {
    let sql = "select paper, missing from blind.shortage where contest = phach.contest()
          and deal = (select id from blind.deal where contest = phach.contest() order by seed desc limit 1) and not carried order by paper collate \"C\"";
    Ok(prepared(sql).load(&mut **tx).await?)
}

#[derive(QueryableByName)]
struct Code {
    #[diesel(sql_type = Text)]
    code: String,
}
/// Papers that were read before their text was amended, in the order of codes.
pub async fn list_new_texts(tx: &mut Tx<Chair>) -> Result<Vec<String>, Failure> {
    let found: Vec<Code> = prepared("select code from blind.paper where contest = phach.contest() and new_text order by code").load(&mut **tx).await?;
    Ok(found.into_iter().map(|c| c.code).collect())
}
/// Whether such a paper is read again. Errors: as `blind.decide_reading` refuses.
pub async fn decide_reading(tx: &mut Tx<Chair>, code: &str, again: bool, reason: &str) -> Result<(), Failure> {
    prepared("select blind.decide_reading({}, {}, {})").bind::<Text, _>(code.to_owned()).bind::<Bool, _>(again).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// A sheet that stands no more, as it was handed in.
#[derive(QueryableByName, Clone, Debug)]
pub struct Aside {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Bool)]
    pub third: bool,
    #[diesel(sql_type = Integer)]
    pub total: i32,
    #[diesel(sql_type = Text)]
    pub reason: String,
}
pub async fn list_aside(tx: &mut Tx<Chair>, code: &str) -> Result<Vec<Aside>, Failure> {
    let sql = "select coalesce(j.name, '') as name, a.third, a.total, a.reason from blind.aside a left join blind.judges() j on j.judge = a.judge
        where a.contest = phach.contest() and a.paper = {} order by a.third, j.name, a.judge, a.total";
    Ok(prepared(sql).bind::<Text, _>(code.to_owned()).load(&mut **tx).await?)
}

/// What the chair reads of the batch.
#[derive(QueryableByName, Clone, Debug)]
pub struct BatchState {
    /// None below five.
    #[diesel(sql_type = Nullable<Integer>)]
    pub waiting: Option<i32>,
    #[diesel(sql_type = Bool)]
    pub callable: bool,
    #[diesel(sql_type = Nullable<Date>)]
    pub last_day: Option<NaiveDate>,
    /// None below five.
    #[diesel(sql_type = Nullable<Integer>)]
    pub last_moves: Option<i32>,
}
pub async fn get_state(tx: &mut Tx<Chair>) -> Result<BatchState, Failure> {
    Ok(prepared("select waiting, callable, last_day, last_moves from blind.batch_state()").get_result(&mut **tx).await?)
}
