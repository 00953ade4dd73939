//! SQL of what the chair mends: discrepancies, a mark decided, a sheet set aside, a judge withdrawn.
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::store_board::JudgeLine;
use crate::platform::db::{Chair, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A paper whose first marks lie too far apart.
#[derive(QueryableByName, Clone, Debug)]
pub struct Discrepancy {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Array<Integer>)]
    pub marks: Vec<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub third: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub agreed: Option<i32>,
    /// wanted | dealt | short | in | chair
    #[diesel(sql_type = Text)]
    pub state: String,
}
/// The largest gap first; `open`: only those that wait for a third mark. At most `n` from the `from`-th.
pub async fn list_discrepancies(tx: &mut Tx<Chair>, open: bool, from: i64, n: i64) -> Result<Vec<Discrepancy>, Failure> {
    let sql = "with last as (select id from blind.deal where contest = phach.contest() order by seed desc limit 1)
        select p.code, p.category, p.marks, p.third, p.agreed, case
            when p.agreed_how = 'chair' then 'chair' when not p.third_wanted then 'in'
            when exists (select from blind.assignment a where a.paper = p.code and a.third and a.state = 'open') then 'dealt'
            when exists (select from blind.shortage s join last on last.id = s.deal where s.paper = p.code and s.third) then 'short' else 'wanted' end as state
        from blind.paper p where p.contest = phach.contest() and (p.third_wanted or not {} and p.agreed_how in ('third', 'chair'))
        order by p.marks[cardinality(p.marks)] - p.marks[1] desc, p.code offset {} limit {}";
    Ok(prepared(sql).bind::<Bool, _>(open).bind::<BigInt, _>(from).bind::<BigInt, _>(n).load(&mut **tx).await?)
}
#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}
/// All papers with a discrepancy, settled ones too.
pub async fn count_discrepancies(tx: &mut Tx<Chair>) -> Result<i64, Failure> {
    let sql = "select count(*) as n from blind.paper where contest = phach.contest() and (third_wanted or agreed_how in ('third', 'chair'))";
    let row: Count = prepared(sql).get_result(&mut **tx).await?;
    Ok(row.n)
}

/// A mark that the chair decided.
#[derive(QueryableByName, Clone, Debug)]
pub struct Decided {
    #[diesel(sql_type = Integer)]
    pub mark: i32,
    #[diesel(sql_type = Array<Integer>)]
    pub marks: Vec<i32>,
    #[diesel(sql_type = Text)]
    pub reason: String,
}
pub async fn list_decided(tx: &mut Tx<Chair>, code: &str) -> Result<Vec<Decided>, Failure> {
    let sql = "select mark, marks, reason from blind.chair_mark where contest = phach.contest() and paper = {} order by mark, reason";
    Ok(prepared(sql).bind::<Text, _>(code.to_owned()).load(&mut **tx).await?)
}
/// Errors: as `blind.decide_mark` refuses.
pub async fn decide_mark(tx: &mut Tx<Chair>, code: &str, mark: i32, reason: &str) -> Result<(), Failure> {
    let q = prepared("select blind.decide_mark({}, {}, {})").bind::<Text, _>(code.to_owned()).bind::<Integer, _>(mark).bind::<Text, _>(reason.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}
/// One judge's sheet on a paper stands no more. Errors: as `blind.set_aside` refuses.
pub async fn set_aside(tx: &mut Tx<Chair>, code: &str, judge: Uuid, reason: &str) -> Result<(), Failure> {
    let q = prepared("select blind.set_aside({}, {}, {})").bind::<Text, _>(code.to_owned()).bind::<SqlUuid, _>(judge).bind::<Text, _>(reason.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}

/// A judge's withdrawal.
#[derive(QueryableByName, Clone, Debug)]
pub struct Withdrawal {
    /// kept | again
    #[diesel(sql_type = Text)]
    pub sheets: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
}
pub async fn get_judge(tx: &Tx<Chair>, judge: Uuid) -> Result<Option<JudgeLine>, Failure> {
    let sql = "select judge, name, declared, open_papers, marked, recused, withdrawn from blind.judges() where judge = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(judge).get_result(&mut &**tx).await.optional()?)
}
pub async fn get_withdrawal(tx: &mut Tx<Chair>, judge: Uuid) -> Result<Option<Withdrawal>, Failure> {
    let sql = "select sheets, reason from blind.withdrawal where contest = phach.contest() and judge = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(judge).get_result(&mut **tx).await.optional()?)
}
/// Errors: as `blind.withdraw_judge` refuses.
pub async fn withdraw_judge(tx: &mut Tx<Chair>, judge: Uuid, sheets: &str, reason: &str) -> Result<(), Failure> {
    let q = prepared("select blind.withdraw_judge({}, {}, {})").bind::<SqlUuid, _>(judge).bind::<Text, _>(sheets.to_owned()).bind::<Text, _>(reason.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}
#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
pub async fn is_closed(tx: &mut Tx<Chair>) -> Result<bool, Failure> {
    let row: Yes = prepared("select exists (select from blind.closing where contest = phach.contest()) as yes").get_result(&mut **tx).await?;
    Ok(row.yes)
}

/// Where a ranking group stands.
#[derive(QueryableByName, Clone, Debug)]
pub struct GroupProgress {
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = BigInt)]
    pub papers: i64,
    /// First readings owed, and in.
    #[diesel(sql_type = BigInt)]
    pub wanted: i64,
    #[diesel(sql_type = BigInt)]
    pub done: i64,
    #[diesel(sql_type = BigInt)]
    pub thirds_waiting: i64,
    #[diesel(sql_type = BigInt)]
    pub thirds_done: i64,
    /// Readings, third ones too, that are in no judge's hands.
    #[diesel(sql_type = BigInt)]
    pub unassigned: i64,
}
pub async fn list_group_progress(tx: &mut Tx<Chair>) -> Result<Vec<GroupProgress>, Failure> {
    let sql = "with held as (select paper, count(*) filter (where not third) as firsts, count(*) filter (where third) as thirds
            from blind.assignment where contest = phach.contest() and state <> 'recused' group by paper)
        select p.ranking_group, count(*) as papers, sum(p.wanted)::bigint as wanted, sum(cardinality(p.marks))::bigint as done,
          count(*) filter (where p.third_wanted) as thirds_waiting, count(p.third) as thirds_done,
          sum(greatest(p.wanted - coalesce(h.firsts, 0), 0) + greatest(p.third_wanted::int - coalesce(h.thirds, 0), 0))::bigint as unassigned
        from blind.paper p left join held h on h.paper = p.code where p.contest = phach.contest() group by p.ranking_group";
    Ok(prepared(sql).load(&mut **tx).await?)
}
