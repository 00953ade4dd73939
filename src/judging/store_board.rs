//! The chair's SQL: progress, one paper, excuses, the close; and the dealer's, for the assignment.
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use super::deal::{Input, Judge, Lack, Plan, Slot};
use super::store_replay::pairs_json;
use crate::platform::db::{Chair, Dealer, Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::names::by_given_name;
use crate::platform::query::prepared;

/// Where the round stands, in papers and readings.
#[derive(QueryableByName, Clone, Copy, Default, Debug)]
pub struct Progress {
    #[diesel(sql_type = BigInt)]
    pub papers: i64,
    /// First readings owed by the rules, less those excused.
    #[diesel(sql_type = BigInt)]
    pub wanted: i64,
    #[diesel(sql_type = BigInt)]
    pub done: i64,
    /// Papers that lack a first reading.
    #[diesel(sql_type = BigInt)]
    pub short: i64,
    /// Papers that wait for a third mark.
    #[diesel(sql_type = BigInt)]
    pub thirds_waiting: i64,
    #[diesel(sql_type = BigInt)]
    pub thirds_done: i64,
    #[diesel(sql_type = BigInt)]
    pub agreed: i64,
    /// Readings, third ones too, that are in no judge's hands.
    #[diesel(sql_type = BigInt)]
    pub unassigned: i64,
    /// Papers read before their text was amended: the chair has not decided yet whether they are read again.
    #[diesel(sql_type = BigInt)]
    pub new_texts: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub closed_at: Option<chrono::DateTime<chrono::Utc>>,
    #[diesel(sql_type = Bool)]
    pub sealed: bool,
    /// Papers that are read once more because of a tie.
    #[diesel(sql_type = BigInt)]
    pub extra_waiting: i64,
    /// There are no papers, and none can come any more.
    #[diesel(sql_type = Bool)]
    pub nothing_comes: bool,
}
/// A judge and what is in the judge's hands.
#[derive(QueryableByName, Clone, Debug)]
pub struct JudgeLine {
    #[diesel(sql_type = SqlUuid)]
    pub judge: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Bool)]
    pub declared: bool,
    #[diesel(sql_type = BigInt)]
    pub open_papers: i64,
    #[diesel(sql_type = BigInt)]
    pub marked: i64,
    #[diesel(sql_type = BigInt)]
    pub recused: i64,
    /// Marks no more.
    #[diesel(sql_type = Bool)]
    pub withdrawn: bool,
}
/// A paper with a first reading in nobody's hands.
#[derive(QueryableByName, Clone, Debug)]
pub struct Short {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Integer)]
    pub missing: i32,
    /// The last assignment found nobody: the chair may excuse it.
    #[diesel(sql_type = Bool)]
    pub excusable: bool,
}

pub async fn get_progress(tx: &mut Tx<Chair>) -> Result<Progress, Failure> {
    let sql = "with held as (select paper, count(*) filter (where not third) as firsts, count(*) filter (where third) as thirds
            from blind.assignment where contest = phach.contest() and state <> 'recused' group by paper)
        select count(*) as papers, coalesce(sum(p.wanted), 0)::bigint as wanted, coalesce(sum(cardinality(p.marks)), 0)::bigint as done,
          count(*) filter (where cardinality(p.marks) < p.wanted) as short, count(*) filter (where p.third_wanted) as thirds_waiting,
          count(p.third) as thirds_done, count(p.agreed) as agreed,
          coalesce(sum(greatest(p.wanted - coalesce(h.firsts, 0), 0) + greatest(p.third_wanted::int - coalesce(h.thirds, 0), 0)), 0)::bigint as unassigned,
          count(*) filter (where p.new_text) as new_texts, (select at from blind.closing where contest = phach.contest()) as closed_at,
          exists (select from blind.seal where contest = phach.contest()) as sealed,
          count(*) filter (where p.extra > 0 and cardinality(p.marks) < p.wanted) as extra_waiting, blind.nothing_comes() as nothing_comes
        from blind.paper p left join held h on h.paper = p.code where p.contest = phach.contest()";
    Ok(prepared(sql).get_result(&mut **tx).await?)
}
/// What follows the close.
#[derive(QueryableByName, Clone, Copy, Default, Debug)]
pub struct Ends {
    /// Ties over a prize line that wait for an answer.
    #[diesel(sql_type = BigInt)]
    pub ties: i64,
    #[diesel(sql_type = Bool)]
    pub opened: bool,
}
pub async fn get_ends(tx: &mut Tx<Chair>) -> Result<Ends, Failure> {
    let sql = "select case when exists (select from blind.seal where contest = phach.contest()) then 0 else (select count(*) from blind.open_ties()) end as ties,
        slip.opened_at() is not null as opened";
    Ok(prepared(sql).get_result(&mut **tx).await?)
}
/// All of them, in the Vietnamese order of names.
pub async fn list_judges<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<JudgeLine>, Failure> {
    let sql = "select judge, name, declared, open_papers, marked, recused, withdrawn from blind.judges()";
    let mut judges: Vec<JudgeLine> = prepared(sql).load(&mut **tx).await?;
    judges.sort_by_cached_key(|j| (by_given_name(&j.name), j.judge));
    Ok(judges)
}
/// Those that may be excused first.
pub async fn list_short(tx: &mut Tx<Chair>, n: i64) -> Result<Vec<Short>, Failure> {
    let sql = "with held as (select paper, count(*)::int as n from blind.assignment where contest = phach.contest() and state <> 'recused' and not third group by paper),
          gone as (select paper from blind.shortage where deal = (select id from blind.deal where contest = phach.contest() order by seed desc limit 1) and not third)
        select p.code, p.category, p.wanted - coalesce(h.n, 0) as missing, g.paper is not null as excusable
        from blind.paper p left join held h on h.paper = p.code left join gone g on g.paper = p.code
        where p.contest = phach.contest() and not p.third_wanted and p.wanted > coalesce(h.n, 0) order by excusable desc, p.code limit {}";
    Ok(prepared(sql).bind::<BigInt, _>(n).load(&mut **tx).await?)
}
pub async fn excuse(tx: &mut Tx<Chair>, code: &str, reason: &str) -> Result<(), Failure> {
    prepared("select blind.excuse_reading({}, {})").bind::<Text, _>(code.to_owned()).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
pub async fn close(tx: &mut Tx<Chair>) -> Result<(), Failure> {
    prepared("select blind.close_round()").execute(&mut **tx).await?;
    Ok(())
}

/// A paper as the chair sees it.
#[derive(QueryableByName, Clone, Debug)]
pub struct BoardPaper {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    /// The contest's own language, for whoever has it read aloud.
    #[diesel(sql_type = Text)]
    pub lang: String,
    #[diesel(sql_type = Integer)]
    pub wanted: i32,
    #[diesel(sql_type = Array<Integer>)]
    pub marks: Vec<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub third: Option<i32>,
    #[diesel(sql_type = Bool)]
    pub third_wanted: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    pub agreed: Option<i32>,
    /// mean | third | chair
    #[diesel(sql_type = Nullable<Text>)]
    pub agreed_how: Option<String>,
    /// A third mark is wanted, and the last assignment found nobody for it.
    #[diesel(sql_type = Bool)]
    pub third_short: bool,
    /// Of the rubric: the most that can be given, and the steps.
    #[diesel(sql_type = Integer)]
    pub total: i32,
    #[diesel(sql_type = Integer)]
    pub step: i32,
    #[diesel(sql_type = Bool)]
    pub closed: bool,
}
/// A reading: a judge who has the paper, had it, or has marked it.
#[derive(QueryableByName, Clone, Debug)]
pub struct Reading {
    #[diesel(sql_type = SqlUuid)]
    pub judge: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Bool)]
    pub third: bool,
    /// open | marked | recused
    #[diesel(sql_type = Text)]
    pub state: String,
    /// {criterion: hundredths}; null until marked.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub marks: Option<serde_json::Value>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub total: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    pub comment: Option<String>,
}
/// A reading excused by the chair.
#[derive(QueryableByName, Clone, Debug)]
pub struct Excused {
    #[diesel(sql_type = Integer)]
    pub readings: i32,
    #[diesel(sql_type = Text)]
    pub reason: String,
}
pub async fn get_paper(tx: &Tx<Chair>, code: &str) -> Result<Option<BoardPaper>, Failure> {
    let sql = "select p.code, p.category, p.title, p.body, c.lang, p.wanted, p.marks, p.third, p.third_wanted, p.agreed, p.agreed_how, r.total, r.step,
          exists (select from blind.closing z where z.contest = p.contest) as closed,
          p.third_wanted and exists (select from blind.shortage s where s.paper = p.code and s.third
              and s.deal = (select d.id from blind.deal d where d.contest = p.contest order by d.seed desc limit 1))
            and not exists (select from blind.assignment a where a.paper = p.code and a.third and a.state <> 'recused') as third_short
        from blind.paper p join contest.contest c on c.id = p.contest join contest.category k on k.id = p.category join contest.rubric r on r.id = k.rubric
        where p.contest = phach.contest() and p.code = {}";
    Ok(prepared(sql).bind::<Text, _>(code.to_owned()).get_result(&mut &**tx).await.optional()?)
}
/// First readings, then the third; by name, which tells no order of time.
pub async fn list_readings(tx: &mut Tx<Chair>, code: &str) -> Result<Vec<Reading>, Failure> {
    let sql = "select a.judge, coalesce(j.name, '') as name, a.third, a.state, s.marks, s.total, s.comment from blind.assignment a
        left join blind.judges() j on j.judge = a.judge left join blind.sheet s on s.paper = a.paper and s.judge = a.judge
        where a.contest = phach.contest() and a.paper = {} order by a.third, j.name, a.judge";
    Ok(prepared(sql).bind::<Text, _>(code.to_owned()).load(&mut **tx).await?)
}
pub async fn list_excused(tx: &mut Tx<Chair>, code: &str) -> Result<Vec<Excused>, Failure> {
    let sql = "select readings, reason from blind.excuse where contest = phach.contest() and paper = {} order by readings, reason";
    Ok(prepared(sql).bind::<Text, _>(code.to_owned()).load(&mut **tx).await?)
}

#[derive(QueryableByName)]
struct LackRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = SqlUuid)]
    ranking_group: Uuid,
    #[diesel(sql_type = Bool)]
    third: bool,
    #[diesel(sql_type = Integer)]
    need: i32,
}
#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = SqlUuid)]
    judge: Uuid,
    #[diesel(sql_type = Text)]
    paper: String,
}
/// Exclusions of a ranking group; none where there are fewer than five.
#[derive(QueryableByName, Clone, Debug)]
pub struct ExclusionCount {
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
    #[diesel(sql_type = Nullable<Integer>)]
    pub pairs: Option<i32>,
}

/// What the assignment page has to know before anything else.
#[derive(QueryableByName, Clone, Copy, Debug)]
pub struct DealFacts {
    #[diesel(sql_type = BigInt)]
    pub papers: i64,
    #[diesel(sql_type = Bool)]
    /// Nothing can be dealt any more.
    pub closed: bool,
}
pub async fn get_deal_facts(tx: &mut Tx<Dealer>) -> Result<DealFacts, Failure> {
    let sql = "select count(*) as papers, not blind.round_open() as closed from blind.paper where contest = phach.contest()";
    Ok(prepared(sql).get_result(&mut **tx).await?)
}
/// An assignment of a national contest is one long statement; the limits of a page would cut it off.
pub async fn take_time(tx: &mut Tx<Dealer>) -> Result<(), Failure> {
    tx.batch_execute("set local statement_timeout = '180s'; set local idle_in_transaction_session_timeout = '180s'").await?;
    Ok(())
}
/// Papers that lack readings, judges who have declared and mark, and who may not have what. What a judge gave up, or waits for a third
/// mark, only of these ranking groups; with `moves` nothing else.
pub async fn read_input(tx: &mut Tx<Dealer>, judges: &[JudgeLine], cap: Option<u32>, (groups, moves): (&[Uuid], bool)) -> Result<Input, Failure> {
    let lacking = "select p.code, p.ranking_group, p.third_wanted as third, (case when p.third_wanted then 1 else p.wanted end
          - count(a.paper) filter (where a.state <> 'recused' and a.third = p.third_wanted))::int as need
        from blind.paper p left join blind.assignment a on a.paper = p.code and a.contest = p.contest
        where p.contest = phach.contest() group by p.code
        having case when p.third_wanted then 1 else p.wanted end > count(a.paper) filter (where a.state <> 'recused' and a.third = p.third_wanted)
          and case when p.third_wanted or coalesce(bool_or(a.state = 'recused'), false) then p.ranking_group = any({}) else not {} end";
    let rows: Vec<LackRow> = prepared(lacking).bind::<Array<SqlUuid>, _>(groups.to_vec()).bind::<Bool, _>(moves).load(&mut **tx).await?;
    let lack = |r: LackRow| Lack { code: r.code, group: r.ranking_group, need: u32::try_from(r.need).unwrap_or(0), third: r.third, barred: vec![] };
    let lacks: Vec<Lack> = rows.into_iter().map(lack).collect();
    let codes: Vec<String> = lacks.iter().map(|l| l.code.clone()).collect();
    // who gave a paper away in a share never began it, and may have it back
    let barred = "select judge, paper from slip.exclusions() where paper = any({}) union all
        select judge, paper from blind.assignment where contest = phach.contest() and paper = any({}) and not (state = 'recused' and shared is not null)";
    let pairs: Vec<Pair> = prepared(barred).bind::<Array<Text>, _>(codes.clone()).bind::<Array<Text>, _>(codes).load(&mut **tx).await?;
    let pairs: Vec<(Uuid, String)> = pairs.into_iter().map(|p| (p.judge, p.paper)).collect();
    let seat = |j: &JudgeLine| Judge { id: j.judge, load: u32::try_from(j.open_papers + j.marked).unwrap_or(u32::MAX) };
    Ok(Input::new(lacks, judges.iter().filter(|j| j.declared && !j.withdrawn).map(seat).collect(), &pairs, cap))
}
pub async fn list_exclusion_counts(tx: &mut Tx<Dealer>) -> Result<Vec<ExclusionCount>, Failure> {
    Ok(prepared("select ranking_group, pairs from slip.exclusion_counts()").load(&mut **tx).await?)
}
/// Deals the pairs by the seed that was taken. Postgres checks each again; `deal_stale` or `deal_excluded` where something changed meanwhile.
pub async fn deal_out(tx: &mut Tx<Dealer>, input: &Input, plan: &Plan, slots: &[Slot]) -> Result<(), Failure> {
    let code = |paper: usize| input.lacks.get(paper).map(|l| l.code.clone()).unwrap_or_default();
    let short = |(paper, missing): &(usize, u32)| serde_json::json!({"paper": code(*paper), "missing": missing});
    prepared("select blind.deal_out({}, {}, {})")
        .bind::<Jsonb, _>(pairs_json(input, slots))
        .bind::<Jsonb, _>(serde_json::Value::Array(plan.short.iter().map(short).collect()))
        .bind::<Text, _>(input.text())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
