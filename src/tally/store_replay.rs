//! What a replay of the tally reads, by the administrator and as the blind side's owner: `phach verify` alone.
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Bytea, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use super::replay::{Stood, Tallied, ThirdRule};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// Papers read at once.
const PIECE: i64 = 5_000;

/// One state of the blind side for all that follows, until `end`; nothing is written.
pub async fn begin(conn: &mut AsyncPgConnection) -> Result<(), Failure> {
    Ok(conn.batch_execute("begin transaction isolation level repeatable read read only; set local role phach_blind_owner; set local search_path = pg_catalog, pg_temp").await?)
}
pub async fn end(conn: &mut AsyncPgConnection) -> Result<(), Failure> {
    Ok(conn.batch_execute("rollback").await?)
}

/// A contest as a replay meets it.
#[derive(QueryableByName, Clone, Debug)]
pub struct Round {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Integer)]
    pub threshold: i32,
    #[diesel(sql_type = Text)]
    pub third: String,
    #[diesel(sql_type = BigInt)]
    pub papers: i64,
    /// Closed, and no further reading is under way: the standings are final until something is mended.
    #[diesel(sql_type = Bool)]
    pub stands: bool,
}
impl Round {
    pub fn rule(&self) -> Option<ThirdRule> {
        ThirdRule::parse(&self.third)
    }
}

/// Contests that have papers, by address.
pub async fn list_rounds(conn: &mut AsyncPgConnection) -> Result<Vec<Round>, Failure> {
    let sql = "select c.id, c.slug, c.threshold, c.third, p.papers, exists (select from blind.closing z where z.contest = c.id) and not blind.extra_waits(c.id) as stands
        from contest.contest c join (select contest, count(*) as papers from blind.paper group by contest) p on p.contest = c.id order by c.slug";
    Ok(prepared(sql).load(conn).await?)
}

/// A paper with its tally and its sheets.
pub struct Paper {
    pub code: String,
    pub ranking_group: Uuid,
    pub retired: bool,
    pub tallied: Tallied,
}

#[derive(QueryableByName)]
struct PaperRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = SqlUuid)]
    ranking_group: Uuid,
    #[diesel(sql_type = Bool)]
    retired: bool,
    #[diesel(sql_type = Array<Integer>)]
    firsts: Vec<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    third_sheet: Option<i32>,
    #[diesel(sql_type = Bool)]
    odd_sheets: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    chair: Option<i32>,
    #[diesel(sql_type = Integer)]
    wanted: i32,
    #[diesel(sql_type = Integer)]
    extra: i32,
    #[diesel(sql_type = Array<Integer>)]
    marks: Vec<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    third: Option<i32>,
    #[diesel(sql_type = Bool)]
    third_wanted: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    agreed: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    agreed_how: Option<String>,
}

/// Papers behind a code, in the order of codes; less than asked for: the last ones.
pub async fn list_papers(conn: &mut AsyncPgConnection, contest: Uuid, behind: &str) -> Result<(Vec<Paper>, bool), Failure> {
    let sql = "select p.code, p.ranking_group, p.retired, p.wanted, p.extra, p.marks, p.third, p.third_wanted, p.agreed, p.agreed_how,
          coalesce(s.firsts, array[]::int[]) as firsts, s.third_sheet, coalesce(s.thirds > 1 or s.unsummed, false) as odd_sheets,
          (select m.mark from blind.chair_mark m where m.paper = p.code order by m.at desc, m.id desc limit 1) as chair
        from (select * from blind.paper where contest = {} and code > {} order by code limit {}) p
          left join lateral (select array_agg(x.total) filter (where not x.third) as firsts, max(x.total) filter (where x.third) as third_sheet,
              count(*) filter (where x.third) as thirds, bool_or(x.total <> (select sum(v.value::int) from jsonb_each_text(x.marks) v)) as unsummed
            from blind.sheet x where x.paper = p.code) s on true
        order by p.code";
    let rows: Vec<PaperRow> = prepared(sql).bind::<SqlUuid, _>(contest).bind::<Text, _>(behind.to_owned()).bind::<BigInt, _>(PIECE).load(conn).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|n| n == PIECE);
    let paper = |r: PaperRow| Paper {
        code: r.code,
        ranking_group: r.ranking_group,
        retired: r.retired,
        tallied: Tallied {
            firsts: r.firsts,
            third_sheet: r.third_sheet,
            odd_sheets: r.odd_sheets,
            chair: r.chair,
            wanted: r.wanted,
            extra: r.extra,
            marks: r.marks,
            third: r.third,
            third_wanted: r.third_wanted,
            agreed: r.agreed,
            how: r.agreed_how,
        },
    };
    Ok((rows.into_iter().map(paper).collect(), more))
}

#[derive(QueryableByName)]
struct StandingRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Nullable<Integer>)]
    mark: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    rank: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    place: Option<i32>,
}
/// The standings that Postgres keeps of a group, in the order of codes as bytes.
pub async fn list_stood(conn: &mut AsyncPgConnection, contest: Uuid, group: Uuid) -> Result<Vec<Stood>, Failure> {
    let sql = "select code, mark, rank, place from blind.standing where contest = {} and ranking_group = {} order by code collate \"C\"";
    let rows: Vec<StandingRow> = prepared(sql).bind::<SqlUuid, _>(contest).bind::<SqlUuid, _>(group).load(conn).await?;
    Ok(rows.into_iter().map(|r| Stood { code: r.code, mark: r.mark, rank: r.rank, place: r.place }).collect())
}

/// A seal: the text it froze, its hash, and what standings and prize list say now.
#[derive(QueryableByName)]
pub struct Seal {
    #[diesel(sql_type = Text)]
    pub content: String,
    #[diesel(sql_type = Bytea)]
    pub sha256: Vec<u8>,
    #[diesel(sql_type = Text)]
    pub now_says: String,
}
pub async fn get_seal(conn: &mut AsyncPgConnection, contest: Uuid) -> Result<Option<Seal>, Failure> {
    use diesel::OptionalExtension;
    let sql = "select s.content, s.sha256, coalesce(blind.seal_text(s.contest), '') as now_says from blind.seal s where s.contest = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(contest).get_result(conn).await.optional()?)
}
