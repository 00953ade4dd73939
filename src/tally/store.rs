//! SQL of the room, under the chair's hat and, where nothing is answered, the organizer's.
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Chair, Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName, Clone, Debug)]
pub struct Facts {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub closed_at: Option<chrono::DateTime<chrono::Utc>>,
    #[diesel(sql_type = Bool)]
    pub sealed: bool,
    /// Papers that are read once more because of a tie.
    #[diesel(sql_type = BigInt)]
    pub extra_waiting: i64,
}
/// A group's size.
#[derive(QueryableByName, Clone, Debug)]
pub struct Size {
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = BigInt)]
    pub papers: i64,
    /// Without a mark, because nobody could read them.
    #[diesel(sql_type = BigInt)]
    pub unread: i64,
}
/// A paper's standing.
#[derive(QueryableByName, Clone, Debug)]
pub struct Standing {
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
    #[diesel(sql_type = Integer)]
    pub readings: i32,
    /// mean | third | chair | extra
    #[diesel(sql_type = Nullable<Text>)]
    pub agreed_how: Option<String>,
}
/// Equal marks on places that have prizes.
#[derive(QueryableByName, Clone, Debug)]
pub struct BlockRow {
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = Integer)]
    pub mark: i32,
    #[diesel(sql_type = Integer)]
    pub first: i32,
    #[diesel(sql_type = Integer)]
    pub last: i32,
}
/// A tie that waits for the chair's answer.
#[derive(QueryableByName, Clone, Debug)]
pub struct Tie {
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = Integer)]
    pub level: i32,
    #[diesel(sql_type = Integer)]
    pub mark: i32,
    #[diesel(sql_type = Integer)]
    pub first: i32,
    #[diesel(sql_type = Integer)]
    pub last: i32,
}
/// A level of prizes: by the rules, and what can be given of it.
#[derive(QueryableByName, Clone, Debug)]
pub struct LevelRow {
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = Integer)]
    pub level: i32,
    /// The least mark, hundredths.
    #[diesel(sql_type = Nullable<Integer>)]
    pub minimum: Option<i32>,
    #[diesel(sql_type = Integer)]
    pub places: i32,
    /// The others are withheld.
    #[diesel(sql_type = Integer)]
    pub given: i32,
    /// Fewer papers are left than places, whatever their marks.
    #[diesel(sql_type = Bool)]
    pub few: bool,
}
/// By group, highest level first; of a round that is not closed nothing can be given.
pub async fn list_levels<H: Hat>(tx: &Tx<H>) -> Result<Vec<LevelRow>, Failure> {
    let sql = "select ranking_group, level, minimum, places, given, few from blind.prize_levels() order by ranking_group, level";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
/// An answer on record.
#[derive(QueryableByName, Clone, Debug)]
pub struct AnswerRow {
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = Integer)]
    pub level: i32,
    #[diesel(sql_type = Integer)]
    pub mark: i32,
    /// all_in | all_out | another
    #[diesel(sql_type = Text)]
    pub answer: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
}

pub async fn get_facts<H: Hat>(tx: &Tx<H>) -> Result<Facts, Failure> {
    let sql = "select (select at from blind.closing where contest = phach.contest()) as closed_at, exists (select from blind.seal where contest = phach.contest()) as sealed,
          (select count(*) from blind.paper where contest = phach.contest() and extra > 0 and cardinality(marks) < wanted) as extra_waiting";
    Ok(prepared(sql).get_result(&mut &**tx).await?)
}
pub async fn list_sizes<H: Hat>(tx: &Tx<H>) -> Result<Vec<Size>, Failure> {
    let sql = "select g.id as ranking_group, r.n + u.n as papers, u.n as unread from contest.ranking_group g,
          lateral (select coalesce((select last from blind.step where contest = g.contest and ranking_group = g.id order by mark limit 1), 0) as n) r,
          lateral (select count(*) as n from blind.standing where contest = g.contest and ranking_group = g.id and place is null) u
        where g.contest = phach.contest() and r.n + u.n > 0";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
/// In the order of places, the unread last; at most `n` behind this place and code.
pub async fn list_standings<H: Hat>(tx: &Tx<H>, group: Uuid, (place, code): (i32, &str), n: i64) -> Result<Vec<Standing>, Failure> {
    let sql = "select code, category, mark, rank, place, readings, how as agreed_how from blind.standing
        where contest = phach.contest() and ranking_group = {} and (ord, code) > ({}, {}) order by ord, code limit {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(group).bind::<Integer, _>(place).bind::<Text, _>(code.to_owned()).bind::<BigInt, _>(n).load(&mut &**tx).await?)
}
/// Blocks of two and more that begin on a place with a prize, of all groups.
pub async fn list_blocks<H: Hat>(tx: &Tx<H>) -> Result<Vec<BlockRow>, Failure> {
    let sql = "with prized as (select ranking_group, sum(places) as places from contest.prize where contest = phach.contest() and kind = 'individual' group by 1)
        select s.ranking_group, s.mark, s.first, s.last from prized z join blind.step s on s.contest = phach.contest() and s.ranking_group = z.ranking_group
          and s.last > s.first and s.first <= z.places order by s.ranking_group, s.first";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
pub async fn list_ties<H: Hat>(tx: &Tx<H>) -> Result<Vec<Tie>, Failure> {
    Ok(prepared("select ranking_group, level, mark, first, last from blind.open_ties() order by level").load(&mut &**tx).await?)
}
pub async fn list_answers<H: Hat>(tx: &Tx<H>) -> Result<Vec<AnswerRow>, Failure> {
    let sql = "select ranking_group, level, mark, answer, reason from blind.tie_answer where contest = phach.contest()
        union all select ranking_group, level, mark, 'another', reason from blind.extra_reading where contest = phach.contest() order by ranking_group, level, mark";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
pub async fn answer_tie(tx: &mut Tx<Chair>, tie: (Uuid, i32, i32), answer: &str, reason: &str) -> Result<(), Failure> {
    prepared("select blind.answer_tie({}, {}, {}, {}, {})")
        .bind::<SqlUuid, _>(tie.0)
        .bind::<Integer, _>(tie.1)
        .bind::<Integer, _>(tie.2)
        .bind::<Text, _>(answer.to_owned())
        .bind::<Text, _>(reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
