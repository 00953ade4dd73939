//! The parts of the rules as stored, for any hat: they are public by nature.
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::Lang;
use crate::platform::query::prepared;

macro_rules! named {
    ($($name:ident)*) => { $(impl $name {
        pub fn name(&self, lang: Lang) -> &str {
            lang.pick(&self.name_vi, &self.name_en)
        }
    })* };
}
named!(Category RankingGroup Unit Prize Criterion);

#[derive(QueryableByName, Clone, Debug)]
pub struct Category {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    /// text | script
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Syllables.
    #[diesel(sql_type = Nullable<Integer>)]
    pub min_words: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub max_words: Option<i32>,
    #[diesel(sql_type = Integer)]
    pub min_authors: i32,
    #[diesel(sql_type = Integer)]
    pub max_authors: i32,
    #[diesel(sql_type = SqlUuid)]
    pub rubric: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub ranking_group: Uuid,
}

#[derive(QueryableByName, Clone, Debug)]
pub struct RankingGroup {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    /// Hundredths.
    #[diesel(sql_type = Integer)]
    pub total: i32,
}

#[derive(QueryableByName, Clone, Debug)]
pub struct Unit {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub parent: Option<Uuid>,
    /// 0 at the root: how far the tree's list is indented.
    #[diesel(sql_type = Integer)]
    pub depth: i32,
}

#[derive(QueryableByName, Clone, Debug)]
pub struct Prize {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    /// individual | collective
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub ranking_group: Option<Uuid>,
    /// 1 is the highest.
    #[diesel(sql_type = Integer)]
    pub level: i32,
    #[diesel(sql_type = Integer)]
    pub places: i32,
    /// Whole units of the currency.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub amount: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    pub currency: Option<String>,
}

#[derive(QueryableByName, Clone, Debug)]
pub struct Criterion {
    #[diesel(sql_type = SqlUuid)]
    pub rubric: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    #[diesel(sql_type = Text)]
    pub description_vi: String,
    #[diesel(sql_type = Text)]
    pub description_en: String,
    /// Hundredths.
    #[diesel(sql_type = Integer)]
    pub max: i32,
    /// Hundredths, of the rubric.
    #[diesel(sql_type = Integer)]
    pub step: i32,
    /// Hundredths, of the rubric.
    #[diesel(sql_type = Integer)]
    pub total: i32,
}

pub async fn list_categories<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Category>, Failure> {
    let sql = "select id, key, name_vi, name_en, kind, min_words, max_words, min_authors, max_authors, rubric, ranking_group
        from contest.category where contest = phach.contest() order by position";
    Ok(prepared(sql).load(&mut **tx).await?)
}
pub async fn list_groups<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<RankingGroup>, Failure> {
    let sql = "select id, key, name_vi, name_en, total from contest.ranking_group where contest = phach.contest() order by position";
    Ok(prepared(sql).load(&mut **tx).await?)
}
/// The tree in order: each unit under its parent.
pub async fn list_units<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Unit>, Failure> {
    let sql = "with recursive tree(id, key, name_vi, name_en, parent, depth, path) as (
          select id, key, name_vi, name_en, parent, 0, array[position] from contest.unit where contest = phach.contest() and parent is null
          union all select u.id, u.key, u.name_vi, u.name_en, u.parent, t.depth + 1, t.path || u.position from contest.unit u join tree t on u.parent = t.id)
        select id, key, name_vi, name_en, parent, depth from tree order by path";
    Ok(prepared(sql).load(&mut **tx).await?)
}
/// By ranking group, highest level first; collectives last.
pub async fn list_prizes<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Prize>, Failure> {
    let sql = "select p.id, p.key, p.name_vi, p.name_en, p.kind, p.ranking_group, p.level, p.places, p.amount, p.currency
        from contest.prize p left join contest.ranking_group g on g.id = p.ranking_group
        where p.contest = phach.contest() order by p.kind desc, g.position, p.level, p.position";
    Ok(prepared(sql).load(&mut **tx).await?)
}
/// Every rubric's criteria, in the order of the rules.
pub async fn list_criteria<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Criterion>, Failure> {
    let sql = "select c.rubric, c.key, c.name_vi, c.name_en, c.description_vi, c.description_en, c.max, r.step, r.total
        from contest.criterion c join contest.rubric r on r.id = c.rubric where r.contest = phach.contest() order by r.key, c.position";
    Ok(prepared(sql).load(&mut **tx).await?)
}
