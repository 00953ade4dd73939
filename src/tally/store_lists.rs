//! SQL of the standings' charts, of a code that is looked for, and of the list to take away.
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::charts::{Pair, Part};
use super::store::Standing;
use crate::platform::db::{Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// Behind every place: papers that nobody could read.
pub const UNREAD: i32 = i32::MAX;

#[derive(QueryableByName)]
struct PartRow {
    #[diesel(sql_type = Integer)]
    part: i32,
    #[diesel(sql_type = Integer)]
    papers: i32,
}
#[derive(QueryableByName)]
struct PairRow {
    #[diesel(sql_type = Integer)]
    low: i32,
    #[diesel(sql_type = Integer)]
    high: i32,
    #[diesel(sql_type = Integer)]
    papers: i32,
}
#[derive(QueryableByName)]
struct MarkRow {
    #[diesel(sql_type = Nullable<Integer>)]
    mark: Option<i32>,
}

pub async fn list_parts<H: Hat>(tx: &Tx<H>, group: Uuid) -> Result<Vec<Part>, Failure> {
    let sql = "select part, papers from blind.distribution where contest = phach.contest() and ranking_group = {} order by part";
    let rows: Vec<PartRow> = prepared(sql).bind::<SqlUuid, _>(group).load(&mut &**tx).await?;
    Ok(rows.into_iter().map(|r| Part { part: r.part, papers: r.papers }).collect())
}
pub async fn list_pairs<H: Hat>(tx: &Tx<H>, group: Uuid) -> Result<Vec<Pair>, Failure> {
    let sql = "select low, high, papers from blind.spread where contest = phach.contest() and ranking_group = {} order by low, high";
    let rows: Vec<PairRow> = prepared(sql).bind::<SqlUuid, _>(group).load(&mut &**tx).await?;
    Ok(rows.into_iter().map(|r| Pair { low: r.low, high: r.high, papers: r.papers }).collect())
}
/// The mark on a place; None: nobody stands there.
pub async fn get_mark_at<H: Hat>(tx: &Tx<H>, group: Uuid, place: i32) -> Result<Option<i32>, Failure> {
    let sql = "select max(mark) as mark from blind.standing where contest = phach.contest() and ranking_group = {} and place = {}";
    let row: MarkRow = prepared(sql).bind::<SqlUuid, _>(group).bind::<Integer, _>(place).get_result(&mut &**tx).await?;
    Ok(row.mark)
}

/// Standings whose code begins so, over all groups, in the order of codes.
pub async fn find_codes<H: Hat>(tx: &Tx<H>, beginning: &str, n: i64) -> Result<Vec<(Uuid, Standing)>, Failure> {
    let sql = "select s.ranking_group, s.code, s.category, s.mark, s.rank, s.place, s.readings, s.how as agreed_how from blind.standing s
        where s.contest = phach.contest() and s.code between {} and {} || 'ZZZZZZZZZZZZ' order by s.code limit {}";
    let q = prepared(sql).bind::<Text, _>(beginning.to_owned()).bind::<Text, _>(beginning.to_owned()).bind::<BigInt, _>(n);
    let rows: Vec<Found> = q.load(&mut &**tx).await?;
    Ok(rows.into_iter().map(|f| (f.ranking_group, f.standing)).collect())
}
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    ranking_group: Uuid,
    #[diesel(embed)]
    standing: Standing,
}

/// A line of the list: a standing with its markings, lowest first, and what the proposal gives it.
#[derive(QueryableByName)]
pub struct ListLine {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Nullable<Integer>)]
    pub mark: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub rank: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub place: Option<i32>,
    #[diesel(sql_type = Array<Integer>)]
    pub marks: Vec<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub third: Option<i32>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub prize: Option<Uuid>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub reserve: Option<i32>,
}

/// Of a group, behind this place and code.
pub async fn list_lines<H: Hat>(tx: &mut Tx<H>, group: Uuid, (place, code): (i32, &str), n: i32) -> Result<Vec<ListLine>, Failure> {
    let sql = "select s.code, s.category, s.mark, s.rank, s.place, p.marks, p.third, x.prize, x.reserve from blind.standing s join blind.paper p on p.code = s.code
          left join blind.proposal x on x.contest = s.contest and x.code = s.code
        where s.contest = phach.contest() and s.ranking_group = {} and (s.ord, s.code) > ({}, {})
        order by s.ord, s.code limit {}";
    let q = prepared(sql).bind::<SqlUuid, _>(group).bind::<Integer, _>(place).bind::<Text, _>(code.to_owned()).bind::<Integer, _>(n);
    Ok(q.load(&mut **tx).await?)
}
/// Puts on record that the list is taken away, before its first line.
pub async fn note_export<H: Hat>(tx: &mut Tx<H>, form: &str) -> Result<(), Failure> {
    prepared("select blind.note_export({})").bind::<Text, _>(form.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
